/** The package as Node sees it: the same, with the module's bytes read from the disk. */
import { readFile } from "node:fs/promises";

import { setDefaultSource } from "./wasm-module.js";

setDefaultSource(() => readFile(new URL("./wasm/daicho_bg.wasm", import.meta.url)));

export * from "./index.js";
