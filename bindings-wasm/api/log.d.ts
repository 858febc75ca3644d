import type { Entry, Head } from "./wasm/daicho.types.js";
/** Where the log stands after these entries; throws if they are not the next ones without gaps. */
export declare function nextHead(head: Head, entries: readonly Entry[]): Head;
