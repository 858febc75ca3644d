/**
 * daicho 台帳: the customer ledger of a beauty salon, for pages, workers and Node.
 *
 * @module
 */
export { DaichoError, type DaichoErrorCode } from "./error.js";
export { IndexedDbStore } from "./indexeddb.js";
export { Ledger, type LedgerOptions } from "./ledger.js";
export { MemoryStore } from "./memory.js";
export { load, version, type WasmSource } from "./module.js";
export type { Request, Outcome } from "./requests.js";
export type { Change, Changes, Committed, Entry, Head, Loaded, Read, Row, RowId, Scanned, Store } from "./store.js";
