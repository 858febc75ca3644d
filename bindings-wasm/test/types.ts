import { describe, test } from "node:test";
import { join } from "node:path";

import { PACKAGE, typeCheck } from "./run.js";

describe("types", () => {
  test("the example passes the strict type checker", async () => {
    await typeCheck(join(PACKAGE, "example/tsconfig.json"));
  });
});
