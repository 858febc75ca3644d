import type { WasmSource } from "./loading.js";
import { loading, wasm } from "./wasm-module.js";

/**
 * Loads the module, once; later calls wait for the first. Without a source it is the file beside this package's code.
 * `Ledger.open` calls it: a page calls it itself to load early, or from a place of its own.
 */
export function load(source?: WasmSource): Promise<void> {
  return loading.load(source);
}

/** The version of the module, which it loads if need be. */
export async function version(): Promise<string> {
  await load();
  return wasm.version();
}
