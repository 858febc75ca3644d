/** The ledger's module: its glue and its one instance. The public declarations must not lead here: the glue's need newer libraries. */
import { Loading } from "./loading.js";
import * as wasm from "./wasm/daicho.js";
export { wasm };
export declare const loading: Loading;
