/* tslint:disable */
/* eslint-disable */

/**
 * The checks of a store, as steps.
 */
export class Conformance {
    free(): void;
    [Symbol.dispose](): void;
    /**
     * The block that goes beside the question `keepIndex`.
     */
    block(): Uint8Array | undefined;
    /**
     * Every check, in salons whose ids begin with this prefix. Throws the fault, as JSON, of a prefix that no id begins with.
     */
    constructor(prefix: string);
    /**
     * The next step, as JSON: `{"ask": …, "salon": …}` or `{"done": […]}` with the results.
     */
    next(reply?: string | null, block?: Uint8Array | number[] | null): string;
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
