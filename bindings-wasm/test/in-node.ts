import { describe, test } from "node:test";

import "./everywhere.js";
import { registry } from "./registry.js";

describe("in Node", () => {
  for (const [name, body] of registry) test(name, body);
});
