/** The generated glue and its one instance. Internal: the rest of the package goes through here. */
import { DaichoError } from "./error.js";
import type { WasmSource } from "./module.js";
import init, * as wasm from "./wasm/daicho.js";

export { wasm };

let loading: Promise<void> | undefined;
let defaultSource: (() => Promise<WasmSource>) | undefined;

/** For a runtime that cannot fetch the file beside the glue. */
export function setDefaultSource(source: () => Promise<WasmSource>): void {
  defaultSource = source;
}

/** Loads the module from a source, unless it is loaded or being loaded. */
export function setUp(source: WasmSource | undefined): Promise<void> {
  loading ??= start(source).catch((cause: unknown) => {
    // A page that was offline may try again.
    loading = undefined;
    throw new DaichoError("module_not_loaded", "the WebAssembly module could not be loaded", [], { cause });
  });
  return loading;
}

async function start(source: WasmSource | undefined): Promise<void> {
  const given = source ?? (await defaultSource?.());
  // Without a source the glue fetches the file beside it.
  await (given === undefined ? init() : init({ module_or_path: given }));
}
