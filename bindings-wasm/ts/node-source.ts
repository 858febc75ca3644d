/** In Node the modules' bytes are read from the disk. */
import { readFile } from "node:fs/promises";

import { readModulesBy } from "./loading.js";

readModulesBy((name) => readFile(new URL(`./wasm/${name}_bg.wasm`, import.meta.url)));
