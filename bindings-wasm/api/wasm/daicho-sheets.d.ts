/* tslint:disable */
/* eslint-disable */

/**
 * A file of an export, written page by page (I6).
 */
export class Export {
    free(): void;
    [Symbol.dispose](): void;
    /**
     * Writes a page, as the operation answered it.
     */
    add(page: string): void;
    /**
     * The file.
     */
    finish(): Uint8Array;
    /**
     * A file as `xlsx`, `csv` or `csvShiftJis`. Throws an error as JSON, like the others here.
     */
    constructor(format: string, sheet_name: string);
}

/**
 * An xlsx workbook or CSV text (I1, I7), read row by row: only the rows asked for are in memory.
 */
export class Workbook {
    free(): void;
    [Symbol.dispose](): void;
    /**
     * The reader of a file. Nothing is read before the first call of `next`.
     */
    constructor(bytes: Uint8Array | number[]);
    /**
     * The next rows, so many at most, as JSON: `{"dateSystem", "rows": [{"row", "cells"}], "end"}` or `{"error": {"code", "detail"}}`, after
     * which there are no more.
     */
    next(rows: number): string;
}

/**
 * The rows of a file that an import refused, as a workbook to mend (I2), from the file and its outcomes as JSON.
 */
export function errorWorkbook(bytes: Uint8Array | number[], outcomes: string): Uint8Array;

/**
 * 顧客情報テンプレート.xlsx (I1). Empty only if there is a defect in the library.
 */
export function templateBytes(): Uint8Array;

/**
 * The file name under which the manual knows the template.
 */
export function templateName(): string;

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
