/** Loading a WebAssembly module, once. */
import { DaichoError } from "./error.js";

/** Where a module comes from: an address, a response, its bytes, or a compiled module. */
export type WasmSource = string | URL | globalThis.Response | BufferSource | WebAssembly.Module;

let readFile: ((name: string) => Promise<WasmSource>) | undefined;

/** For a runtime that cannot fetch the file beside the glue. */
export function readModulesBy(read: (name: string) => Promise<WasmSource>): void {
  readFile = read;
}

/** One module of the package. */
export class Loading {
  #loaded: Promise<void> | undefined;
  readonly #init: (options?: { module_or_path: WasmSource }) => Promise<unknown>;
  readonly #name: string;

  constructor(name: string, init: (options?: { module_or_path: WasmSource }) => Promise<unknown>) {
    this.#name = name;
    this.#init = init;
  }

  /** Loads the module from a source, unless it is loaded or being loaded. */
  load(source?: WasmSource): Promise<void> {
    this.#loaded ??= this.#start(source).catch((cause: unknown) => {
      // A page that was offline may try again.
      this.#loaded = undefined;
      throw new DaichoError({ code: "module.not_loaded", detail: `the WebAssembly module ${this.#name} could not be loaded: let the bundler leave the package as it is, or give load() its address or bytes`, retryable: true }, { cause });
    });
    return this.#loaded;
  }

  async #start(source: WasmSource | undefined): Promise<void> {
    const given = source ?? (await readFile?.(this.#name));
    // Without a source the glue fetches the file beside it.
    await (given === undefined ? this.#init() : this.#init({ module_or_path: given }));
  }
}
