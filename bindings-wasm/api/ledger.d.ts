import { type BoundOperations } from "./operations.js";
import { type Answer } from "./steps.js";
import type { Store } from "./store.js";
import type { Actor, Channel, Operations } from "./wasm/daicho.types.js";
/** What a ledger needs. */
export interface LedgerOptions {
    /** Id of the salon. A ledger reaches this salon's data only. */
    readonly salon: string;
    /** What keeps the data. */
    readonly store: Store;
    /**
     * The key under which blocks of the black list outlive their records (G5): at least 32 random bytes, which the host keeps apart from the store, as long as the
     * ledger. Without it nobody on the black list is erased, and where blocks are, nobody is registered.
     */
    readonly blockKey?: Uint8Array;
}
interface Asked {
    readonly answer: Answer;
    readonly packed: Uint8Array | undefined;
    readonly cause: unknown;
}
/** A salon's ledger 台帳: one method for each operation. */
export interface Ledger extends Operations {
}
export declare class Ledger {
    #private;
    private constructor();
    /** Opens a salon's ledger over a store. Loads the module, if it is not loaded yet. Nothing is read before the first call. */
    static open(options: LedgerOptions): Promise<Ledger>;
    /** The salon. */
    get salon(): string;
    /** The store. */
    get store(): Store;
    /** One request as JSON text, one answer as JSON text: `{"ok": …}` or `{"error": …}`; the same in every language. */
    call(request: string): Promise<string>;
    /** @internal The answer to a request, its bytes beside it or as a part of the text, and what the store threw if that ended it. */
    ask(request: string, beside: boolean): Promise<Asked>;
    /** The same operations for one actor, through one channel, at the instant of a clock of the caller's. */
    as(actor: Actor, channel: Channel, { now }: {
        readonly now: () => number | Date;
    }): BoundOperations;
    /** A ledger whose commits stay in memory: what it answers is what this one would answer (I5). Close it and nothing has happened. */
    rehearsal(): Ledger;
    /** Frees what the module keeps for this ledger. Calls on their way still end; the store stays open. */
    close(): void;
}
export {};
