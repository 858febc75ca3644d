import type { Row } from "./store.js";
/** What a ledger can be asked. */
export type Request = 
/** One record. */
{
    readonly op: "get";
    readonly kind: string;
    readonly id: string;
}
/** Write one record. */
 | {
    readonly op: "put";
    readonly row: Row;
};
/** What the answer to a request is. */
export type Outcome<R extends Request> = R extends {
    op: "get";
} ? Row | null : null;
