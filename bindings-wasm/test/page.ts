/** Runs inside the browser: holds the tests and runs one by its name. */
import "./everywhere.js";
import "./indexeddb.js";
import { registry } from "./registry.js";

/** What the runner outside calls. */
export interface Page {
  names(): string[];
  /** `null` if the test passed, else what went wrong. */
  run(name: string): Promise<string | null>;
}

const page: Page = {
  names: () => [...registry.keys()],
  run: async (name) => {
    try {
      await registry.get(name)?.();
      return registry.has(name) ? null : "there is no such test";
    } catch (error) {
      return error instanceof Error ? (error.stack ?? error.message) : String(error);
    }
  },
};
Object.assign(globalThis, { page });
