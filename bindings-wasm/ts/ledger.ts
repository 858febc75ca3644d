import { DaichoError } from "./error.js";
import { type BoundOperations, bind, install } from "./operations.js";
import { OverlayStore } from "./overlay.js";
import { type Answer, type Task, drive, guarded } from "./steps.js";
import type { Store } from "./store.js";
import type { Actor, Channel, Operations } from "./wasm/daicho.types.js";
import { loading, wasm } from "./wasm-module.js";

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

interface Engine {
  call(request: string, beside: boolean): Task;
  free(): void;
}

interface Asked {
  readonly answer: Answer;
  readonly packed: Uint8Array | undefined;
  readonly cause: unknown;
}

/** A salon's ledger 台帳: one method for each operation. */
export interface Ledger extends Operations {}

// The methods of the interface are put on the prototype from the module's own list.
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging
export class Ledger {
  #engine: Engine | undefined;
  readonly #options: LedgerOptions;

  private constructor(engine: Engine, options: LedgerOptions) {
    this.#engine = engine;
    this.#options = options;
  }

  /** Opens a salon's ledger over a store. Loads the module, if it is not loaded yet. Nothing is read before the first call. */
  static async open(options: LedgerOptions): Promise<Ledger> {
    await loading.load();
    install(Ledger.prototype);
    return Ledger.#over(options);
  }

  static #over(options: LedgerOptions): Ledger {
    const { salon, store, blockKey } = options;
    return new Ledger(guarded(() => new wasm.Engine(salon, store.index !== undefined, store.keepIndex !== undefined, blockKey)), options);
  }

  /** The salon. */
  get salon(): string {
    return this.#options.salon;
  }

  /** The store. */
  get store(): Store {
    return this.#options.store;
  }

  /** One request as JSON text, one answer as JSON text: `{"ok": …}` or `{"error": …}`; the same in every language. */
  async call(request: string): Promise<string> {
    return JSON.stringify((await this.ask(request, false)).answer);
  }

  /** @internal The answer to a request, its bytes beside it or as a part of the text, and what the store threw if that ended it. */
  async ask(request: string, beside: boolean): Promise<Asked> {
    const engine = this.#engine;
    if (engine === undefined) throw new DaichoError({ code: "ledger.closed", detail: "the ledger is closed" });
    const task = guarded(() => engine.call(request, beside));
    const { done, packed, cause } = await drive(task, this.#options.store, this.#options.salon);
    return { answer: done as Answer, packed, cause };
  }

  /** The same operations for one actor, through one channel, at the instant of a clock of the caller's. */
  as(actor: Actor, channel: Channel, { now }: { readonly now: () => number | Date }): BoundOperations {
    return bind(this, actor, channel, now);
  }

  /** A ledger whose commits stay in memory: what it answers is what this one would answer (I5). Close it and nothing has happened. */
  rehearsal(): Ledger {
    return Ledger.#over({ ...this.#options, store: new OverlayStore(this.#options.store) });
  }

  /** Frees what the module keeps for this ledger. Calls on their way still end; the store stays open. */
  close(): void {
    this.#engine?.free();
    this.#engine = undefined;
  }
}
