/** Where a module comes from: an address, a response, its bytes, or a compiled module. */
export type WasmSource = string | URL | globalThis.Response | BufferSource | WebAssembly.Module;
/** For a runtime that cannot fetch the file beside the glue. */
export declare function readModulesBy(read: (name: string) => Promise<WasmSource>): void;
/** One module of the package. */
export declare class Loading {
    #private;
    constructor(name: string, init: (options?: {
        module_or_path: WasmSource;
    }) => Promise<unknown>);
    /** Loads the module from a source, unless it is loaded or being loaded. */
    load(source?: WasmSource): Promise<void>;
}
