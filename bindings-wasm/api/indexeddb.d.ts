import { type Batch, type Committed, type Loaded, type Scanned, type Store } from "./store.js";
import type { Entry, Kind, Read } from "./wasm/daicho.types.js";
/**
 * A store in the browser's own database. Tabs and workers of one origin share it: each commit is one read-write
 * transaction, and of two writers that decided on the same head one gets `"conflict"`.
 *
 * An erasure (W4) removes and replaces rows, and the index with them. When the browser clears the bytes of removed rows out of its own files is the
 * browser's: no page can reach those.
 *
 * A transaction ends at the first foreign await, so every method only waits for requests of its own transaction.
 */
export declare class IndexedDbStore implements Store {
    #private;
    private constructor();
    /** Opens the database, and lays it out if it is new. */
    static open(name?: string): Promise<IndexedDbStore>;
    /** Closes the connection; the store cannot be used afterwards. */
    close(): void;
    load(salon: string, reads: readonly Read[]): Promise<Loaded>;
    scan(salon: string, kind: Kind, after: string | undefined, limit: number): Promise<Scanned>;
    changes(salon: string, since: number, limit: number): Promise<readonly Entry[]>;
    commit(salon: string, { expected, entries, puts, removes, erases }: Batch): Promise<Committed>;
    index(salon: string): Promise<Uint8Array | undefined>;
    keepIndex(salon: string, block: Uint8Array): Promise<void>;
}
