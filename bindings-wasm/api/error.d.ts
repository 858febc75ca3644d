/** Codes of errors: from the rules, and from the way to them. */
export type DaichoErrorCode = 
/** The request is not one of the known operations. */
"bad_request"
/** The store answered something that does not fit the question. */
 | "bad_reply"
/** Another writer was faster each time. */
 | "conflict"
/** The store threw; `cause` is what it threw. */
 | "store_failed"
/** The ledger was closed before. */
 | "closed"
/** The module stopped: the page or worker must be loaded anew; `cause` says where. */
 | "module_stopped"
/** The module could not be loaded; `cause` says why. */
 | "module_not_loaded"
/** A defect of the library. */
 | "internal";
/** Every error of this package. Neither the code nor the detail ever holds personal data. */
export declare class DaichoError extends Error {
    readonly name = "DaichoError";
    /** Stable, for programs. */
    readonly code: DaichoErrorCode;
    /** For people who read logs. */
    readonly detail: string;
    /** The fields of the request that are at fault. */
    readonly fields: readonly string[];
    constructor(code: DaichoErrorCode, detail: string, fields?: readonly string[], options?: ErrorOptions);
}
