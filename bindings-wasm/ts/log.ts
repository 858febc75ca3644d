/** The log of a salon, as every store of this package keeps it. */
import { DaichoError } from "./error.js";
import type { Entry, Head } from "./wasm/daicho.types.js";

/** Where the log stands after these entries; throws if they are not the next ones without gaps. */
export function nextHead(head: Head, entries: readonly Entry[]): Head {
  let next = head;
  for (const { sequence, hash } of entries) {
    if (sequence !== next.sequence + 1) {
      throw new DaichoError({ code: "store.failed", detail: `entry ${sequence} cannot follow entry ${next.sequence}` });
    }
    next = { sequence, hash };
  }
  return next;
}
