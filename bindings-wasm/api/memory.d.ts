import { type Batch, type Committed, type Loaded, type Scanned, type Store } from "./store.js";
import type { Entry, Kind, Read } from "./wasm/daicho.types.js";
/** A store that forgets: for tests, trials and pages that keep nothing. */
export declare class MemoryStore implements Store {
    #private;
    load(salon: string, reads: readonly Read[]): Promise<Loaded>;
    scan(salon: string, kind: Kind, after: string | undefined, limit: number): Promise<Scanned>;
    changes(salon: string, since: number, limit: number): Promise<readonly Entry[]>;
    commit(salon: string, { expected, entries, puts, removes, erases }: Batch): Promise<Committed>;
    index(salon: string): Promise<Uint8Array | undefined>;
    keepIndex(salon: string, block: Uint8Array): Promise<void>;
}
