import type { WasmSource } from "./module.js";
import * as wasm from "./wasm/daicho.js";
export { wasm };
/** For a runtime that cannot fetch the file beside the glue. */
export declare function setDefaultSource(source: () => Promise<WasmSource>): void;
/** Loads the module from a source, unless it is loaded or being loaded. */
export declare function setUp(source: WasmSource | undefined): Promise<void>;
