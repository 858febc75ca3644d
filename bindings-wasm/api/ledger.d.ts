import type { Outcome, Request } from "./requests.js";
import type { Store } from "./store.js";
/** What a ledger needs. */
export interface LedgerOptions {
    /** Id of the salon. A ledger reaches this salon's data only. */
    readonly salon: string;
    /** What keeps the data. */
    readonly store: Store;
}
/** A salon's ledger 台帳. */
export declare class Ledger {
    #private;
    private constructor();
    /** Opens a salon's ledger over a store. Loads the module, if it is not loaded yet. */
    static open(options: LedgerOptions): Promise<Ledger>;
    /** Carries out one request. Rejects with a `DaichoError`. */
    execute<const R extends Request>(request: R): Promise<Outcome<R>>;
    /** Frees what the module keeps for this ledger. Requests on their way still end; the store stays open. */
    close(): void;
}
