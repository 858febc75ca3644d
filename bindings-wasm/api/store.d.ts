/**
 * What keeps a salon's log and records. A store knows no rule: it finds rows by what they name, and commits all or nothing.
 */
import type { Entry, Head, Kind, Read, Row } from "./wasm/daicho.types.js";
/** Rows for each read, all as of one head. */
export interface Loaded {
    readonly head: Head;
    /** One list for each read, in the order asked: the rows it finds, in order of id. */
    readonly records: readonly (readonly Row[])[];
}
/** Some rows of a kind in the order of their ids, and where the log stood. */
export interface Scanned {
    readonly head: Head;
    readonly records: readonly Row[];
}
/** What a record is named by. */
export interface RowId {
    readonly kind: Kind;
    readonly id: string;
}
/** What one commit appends and writes. */
export interface Batch {
    /** The sequence at which the log must stand for this to be appended. */
    readonly expected: number;
    /** The next entries, from `expected + 1`, without gaps. */
    readonly entries: readonly Entry[];
    /** Rows to keep, each in the place of the one of the same kind and id. They are written after the removes. */
    readonly puts: readonly Row[];
    /** Rows to remove. */
    readonly removes: readonly RowId[];
    /**
     * An erasure (W4): what this replaces and removes shall not be readable afterwards in anything that the store keeps, as far as it can see to that, and
     * the index goes with it in the same commit: it holds names.
     */
    readonly erases?: boolean;
}
/** Whether the commit happened: if not, somebody else appended first and nothing was written. */
export type Committed = "committed" | "conflict";
/**
 * A store of the host's. Each method sees one salon only. Five promises make a store, and `checkStore` checks them all:
 *
 * 1. Everything one `load` or `scan` returns is as of the head it returns.
 * 2. A `commit` appends and writes wholly or not at all, whatever fails and whenever the page dies.
 * 3. A commit whose `expected` is not the log's sequence changes nothing and is a `"conflict"`.
 * 4. What was committed is kept, and every later call sees it.
 * 5. No salon sees another's rows or entries.
 *
 * After a commit that `erases`, `index` gives none until one is kept again.
 *
 * Rows are found by kind and id, parent or any of their keys, and are given back as they were given. Ids are ordered by their UTF-8 bytes.
 * A method that cannot do its work rejects: with a `DaichoError` of a code `store.…`, or with anything else, which becomes the `cause`
 * of one of code `store.failed`.
 */
export interface Store {
    /** The rows that each read finds, all as of one head. */
    load(salon: string, reads: readonly Read[]): Promise<Loaded>;
    /** At most `limit` rows of a kind with ids above `after` (from the first, if left out), in order of id. */
    scan(salon: string, kind: Kind, after: string | undefined, limit: number): Promise<Scanned>;
    /** At most `limit` entries with sequences above `since`, in order. */
    changes(salon: string, since: number, limit: number): Promise<readonly Entry[]>;
    /** Appends and writes in one transaction, durable when the promise resolves, if the log still stands at `expected`. */
    commit(salon: string, batch: Batch): Promise<Committed>;
    /**
     * The block that `keepIndex` was last given, as it was given. It makes the first search quick and is nothing else: a store may forget it at any
     * time, and may leave both methods out.
     */
    index?(salon: string): Promise<Uint8Array | undefined>;
    /** Keeps the salon's search index, as one block, in the place of the one before. It holds customers' names and numbers, like the rows do. */
    keepIndex?(salon: string, block: Uint8Array): Promise<void>;
}
/** The head of an empty log. */
export declare const EMPTY: Head;
