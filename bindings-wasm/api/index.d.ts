/**
 * daicho 台帳: the customer ledger of a beauty salon, for pages, workers and Node.
 *
 * @module
 */
export { DaichoError, type DaichoErrorCode } from "./error.js";
export { id } from "./id.js";
export { IndexedDbStore } from "./indexeddb.js";
export { Ledger, type LedgerOptions } from "./ledger.js";
export { MemoryStore } from "./memory.js";
export type { WasmSource } from "./loading.js";
export { load, version } from "./module.js";
export type { BoundOperations, CommandDetails } from "./operations.js";
export { OverlayStore } from "./overlay.js";
export { NO_DAY, customerId, unpack } from "./packed.js";
export type { Batch, Committed, Loaded, RowId, Scanned, Store } from "./store.js";
export type * from "./wasm/daicho.types.js";
