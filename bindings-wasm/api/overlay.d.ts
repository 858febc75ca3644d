import { type Batch, type Committed, type Loaded, type Scanned, type Store } from "./store.js";
import type { Entry, Kind, Read } from "./wasm/daicho.types.js";
/**
 * A store whose commits stay in memory, laid over another that is only read: a rehearsal runs the very commands of the performance (I5).
 *
 * It stands on the place of the log where its first read found the store below. When others append there, its calls fail with a retryable
 * error, and the rehearsal begins again with a new overlay.
 */
export declare class OverlayStore implements Store {
    #private;
    constructor(below: Store);
    load(salon: string, reads: readonly Read[]): Promise<Loaded>;
    scan(salon: string, kind: Kind, after: string | undefined, limit: number): Promise<Scanned>;
    changes(salon: string, since: number, limit: number): Promise<readonly Entry[]>;
    /** The index of what lies below. Its own is not kept: what it holds is gone with it. */
    index(salon: string): Promise<Uint8Array | undefined>;
    commit(salon: string, { expected, entries, puts, removes }: Batch): Promise<Committed>;
}
