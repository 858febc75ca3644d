import type { WasmSource } from "./loading.js";
/**
 * Loads the module, once; later calls wait for the first. Without a source it is the file beside this package's code.
 * `Ledger.open` calls it: a page calls it itself to load early, or from a place of its own.
 */
export declare function load(source?: WasmSource): Promise<void>;
/** The version of the module, which it loads if need be. */
export declare function version(): Promise<string>;
