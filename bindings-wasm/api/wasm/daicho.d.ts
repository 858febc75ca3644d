/* tslint:disable */
/* eslint-disable */
/**
 * The decisions of one salon's ledger. It keeps no records, only the index of what the host's store keeps.
 */
export class Engine {
    free(): void;
    [Symbol.dispose](): void;
    /**
     * Opens a request (JSON, see the core's JSON door) as a task. Nothing is decided before the first step. What of the answer is bytes is a part of the
     * text, or stands [beside](Task::packed) it.
     */
    call(request: string, beside: boolean): Task;
    /**
     * The engine of a salon, over a store that may hold an index and may keep one: a rehearsal's only holds that of the ledger below; with the key of the
     * blocks (G5), if the host has one. Throws the fault, as JSON, of an id or a key that cannot be one.
     */
    constructor(salon: string, hasIndex: boolean, keepsIndex: boolean, blockKey?: Uint8Array | number[] | null);
}

/**
 * One request on its way: steps until the answer.
 */
export class Task {
    private constructor();
    free(): void;
    [Symbol.dispose](): void;
    /**
     * The block that goes beside the question `keepIndex`. It is given once: it is as large as the index.
     */
    block(): Uint8Array | undefined;
    /**
     * The next step, as JSON: `{"ask": …}`, `{"done": …}` with the JSON door's answer, or `{"error": …}`. The first call takes no reply, each later one the
     * store's reply to the question before; to `index`, with the block beside it.
     */
    next(reply?: string | null, block?: Uint8Array | number[] | null): string;
    /**
     * The bytes beside an answer. They are given once.
     */
    packed(): Uint8Array | undefined;
}

/**
 * Every code the ledger can give, as JSON.
 */
export function codes(): string;

/**
 * The idempotency key of an import's chunk, by its first row: the one the core's own import gives, so that a run begun in one language goes
 * on in another.
 */
export function importKey(_import: string, first: number): string;

/**
 * The name of every operation, as JSON: commands, queries, searches, audits.
 */
export function operations(): string;

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
