import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";

import { PACKAGE, typeCheck } from "./run.js";

describe("types", () => {
  test("the examples pass the strict type checker", async () => {
    await typeCheck(join(PACKAGE, "example/tsconfig.json"));
  });

  test("the example of the README passes the strict type checker", async () => {
    const [, code] = /```ts\n(.*?)```/s.exec(await readFile(join(PACKAGE, "README.md"), "utf8")) ?? [];
    assert.ok(code !== undefined, "the README has an example");
    // Inside the package, so that its own name resolves.
    const directory = await mkdtemp(join(PACKAGE, "build/readme-"));
    try {
      await writeFile(join(directory, "readme.ts"), code);
      await writeFile(join(directory, "tsconfig.json"), JSON.stringify({ extends: "../../example/tsconfig.json", include: ["."] }));
      await typeCheck(join(directory, "tsconfig.json"));
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});
