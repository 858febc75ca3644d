import type { LedgerErrorCode } from "./wasm/daicho.types.js";
/** Codes of errors: of the rules and the stores, of sheets, and of the way to the WebAssembly modules. */
export type DaichoErrorCode = LedgerErrorCode
/** A file that is no sheet, or passes a limit. */
 | `sheet.${string}`
/** The module stopped: the page or worker must be loaded anew; `cause` says where. */
 | "module.stopped"
/** The module could not be loaded; `cause` says why. */
 | "module.not_loaded";
/** An error as the modules say it. */
export interface Fault {
    readonly code: DaichoErrorCode;
    readonly detail: string;
    readonly fields?: readonly string[];
    readonly data?: unknown;
    readonly retryable?: boolean;
}
/** Every error of this package. Neither the code nor the detail nor the fields ever hold personal data. */
export declare class DaichoError extends Error {
    #private;
    readonly name = "DaichoError";
    /** Stable, for programs. */
    readonly code: DaichoErrorCode;
    /** For people who read logs. */
    readonly detail: string;
    /** The fields of the request that are at fault. */
    readonly fields: readonly string[];
    /** Whether the same call, under the same key, may go through when made again as it is. */
    readonly retryable: boolean;
    constructor({ code, detail, fields, data, retryable }: Fault, options?: ErrorOptions);
    /** What a program needs to go on, such as the three values of a conflicting edit. May hold personal data: show it, do not log it. */
    get data(): unknown;
}
