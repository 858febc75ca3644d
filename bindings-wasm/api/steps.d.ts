/** Carrying the module's questions to the store and the replies back, until it has its answer. */
import { type Fault } from "./error.js";
import type { Store } from "./store.js";
/** Work on its way, as the module sees it. */
export interface Task {
    /** The next step; to the question `index` the reply has the block beside it. */
    next(reply?: string, block?: Uint8Array): string;
    /** The block that goes beside the question `keepIndex`. */
    block(): Uint8Array | undefined;
    /** The bytes beside an answer. */
    packed?(): Uint8Array | undefined;
    free(): void;
}
/** What a request is answered. */
export type Answer = {
    readonly ok: unknown;
} | {
    readonly error: Fault;
};
/** The end of work: what it came to and the bytes beside it, and what the store threw last, if that ended it. */
export interface Driven {
    readonly done: unknown;
    readonly packed: Uint8Array | undefined;
    readonly cause: unknown;
}
/** Drives work to its end and frees it. */
export declare function drive(task: Task, store: Store, salon: string): Promise<Driven>;
/** A call into a module. A trap there leaves it unusable: it becomes a typed error that says so. */
export declare function guarded<T>(call: () => T): T;
