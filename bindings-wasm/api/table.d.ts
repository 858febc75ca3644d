/** Rows in memory, found by id, parent and key. */
import type { Kind, Read, Row } from "./wasm/daicho.types.js";
export declare class Table {
    #private;
    /** Keeps a row in the place of the one of the same id. */
    put(row: Row): void;
    /** Removes a row for good. */
    remove(kind: Kind, id: string): void;
    /** Remembers that a row is gone, whatever lies below this table says. */
    hide(kind: Kind, id: string): void;
    /** Whether this table says anything of an id. */
    knows(kind: Kind, id: string): boolean;
    /** The rows that a read finds, in order of id. */
    find(read: Read): Row[];
    /** Up to `limit` rows of a kind with ids above `after`, in order of id. */
    scan(kind: Kind, after: string | undefined, limit: number): Row[];
    /** This table laid over rows from below: its rows win, what it hides is gone. */
    over(kind: Kind, below: readonly Row[], own: readonly Row[]): Row[];
}
/** By UTF-8 bytes, as every store orders ids: by code points, which JavaScript's own comparison of texts does not do above U+FFFF. */
export declare function compareIds(a: string, b: string): number;
