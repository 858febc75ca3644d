/**
 * `daicho/conformance`: the suite that tells whether a store keeps its promises, the same in every language.
 *
 * @module
 */
import { Loading, type WasmSource } from "./loading.js";
import { drive, guarded } from "./steps.js";
import type { Store } from "./store.js";
import type { CheckResult } from "./wasm/daicho.types.js";
import init, * as wasm from "./wasm/daicho-conformance.js";

export type { CheckResult };

const loading = new Loading("daicho-conformance", init);

/** Loads the module of the suite; `checkStore` does so itself. */
export function load(source?: WasmSource): Promise<void> {
  return loading.load(source);
}

/**
 * Runs every check against a store, in salons whose ids begin with a prefix that was never used on it. It answers what it found:
 * a store that keeps its promises passes each check.
 */
export async function checkStore(store: Store, prefix = "conformance"): Promise<CheckResult[]> {
  await load();
  const suite = guarded(() => new wasm.Conformance(prefix));
  const { done } = await drive(suite, store, prefix);
  return done as CheckResult[];
}
