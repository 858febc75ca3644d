/**
 * `daicho/conformance`: the suite that tells whether a store keeps its promises, the same in every language.
 *
 * @module
 */
import { type WasmSource } from "./loading.js";
import type { Store } from "./store.js";
import type { CheckResult } from "./wasm/daicho.types.js";
export type { CheckResult };
/** Loads the module of the suite; `checkStore` does so itself. */
export declare function load(source?: WasmSource): Promise<void>;
/**
 * Runs every check against a store, in salons whose ids begin with a prefix that was never used on it. It answers what it found:
 * a store that keeps its promises passes each check.
 */
export declare function checkStore(store: Store, prefix?: string): Promise<CheckResult[]>;
