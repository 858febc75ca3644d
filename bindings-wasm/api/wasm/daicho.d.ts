/* tslint:disable */
/* eslint-disable */

/**
 * The decisions of one ledger 台帳. It keeps no records: those live in the host's store.
 */
export class Engine {
    free(): void;
    [Symbol.dispose](): void;
    /**
     * Opens a request (JSON) as a task. Nothing is decided before the first step.
     */
    execute(request: string): Task;
    /**
     * An engine, ready to take requests.
     */
    constructor();
}

/**
 * One request on its way: steps until the answer.
 */
export class Task {
    private constructor();
    free(): void;
    [Symbol.dispose](): void;
    /**
     * The next step, as JSON: `{"ask": …}`, `{"done": …}` or `{"error": …}`. The first call takes no reply, each later
     * one the store's reply to the question before.
     */
    next(reply?: string | null): string;
}

/**
 * The version of the module, so that a page can tell a stale cached file from a fresh one.
 */
export function version(): string;

export type InitInput = RequestInfo | URL | Response | BufferSource | WebAssembly.Module;


export type SyncInitInput = BufferSource | WebAssembly.Module;

/**
 * Instantiates the given `module`, which can either be bytes or
 * a precompiled `WebAssembly.Module`.
 *
 * @param {{ module: SyncInitInput }} module - Passing `SyncInitInput` directly is deprecated.
 *
 * @returns {InitOutput}
 */
export function initSync(module: { module: SyncInitInput } | SyncInitInput): InitOutput;

/**
 * If `module_or_path` is {RequestInfo} or {URL}, makes a request and
 * for everything else, calls `WebAssembly.instantiate` directly.
 *
 * @param {{ module_or_path: InitInput | Promise<InitInput> }} module_or_path - Passing `InitInput` directly is deprecated.
 *
 * @returns {Promise<InitOutput>}
 */
export default function __wbg_init (module_or_path?: { module_or_path: InitInput | Promise<InitInput> } | InitInput | Promise<InitInput>): Promise<InitOutput>;
