import { type Change, type Changes, type Committed, type Loaded, type Read, type Scanned, type Store } from "./store.js";
/** A store that forgets: for tests, trials and pages that keep nothing. */
export declare class MemoryStore implements Store {
    #private;
    load(salon: string, reads: readonly Read[]): Promise<Loaded>;
    scan(salon: string, kind: string, after: string, limit: number): Promise<Scanned>;
    changes(salon: string, since: number, limit: number): Promise<Changes>;
    commit(salon: string, change: Change): Promise<Committed>;
}
