import type { Store } from "./store.js";
/** A request on its way, as the module sees it. */
export interface Task {
    next(reply?: string): string;
    free(): void;
}
/** Drives a task to its end and frees it. */
export declare function drive(task: Task, store: Store, salon: string): Promise<unknown>;
/** A call into the module. A trap there leaves it unusable: it becomes a typed error that says so. */
export declare function guarded<T>(call: () => T): T;
