import { DaichoError } from "./error.js";
import type { Outcome, Request } from "./requests.js";
import { drive, guarded, type Task } from "./steps.js";
import type { Store } from "./store.js";
import { setUp, wasm } from "./wasm-module.js";

/** What a ledger needs. */
export interface LedgerOptions {
  /** Id of the salon. A ledger reaches this salon's data only. */
  readonly salon: string;
  /** What keeps the data. */
  readonly store: Store;
}

interface Engine {
  execute(request: string): Task;
  free(): void;
}

/** A salon's ledger 台帳. */
export class Ledger {
  #engine: Engine | undefined;
  readonly #options: LedgerOptions;

  private constructor(engine: Engine, options: LedgerOptions) {
    this.#engine = engine;
    this.#options = options;
  }

  /** Opens a salon's ledger over a store. Loads the module, if it is not loaded yet. */
  static async open(options: LedgerOptions): Promise<Ledger> {
    await setUp(undefined);
    return new Ledger(guarded(() => new wasm.Engine()), options);
  }

  /** Carries out one request. Rejects with a `DaichoError`. */
  async execute<const R extends Request>(request: R): Promise<Outcome<R>> {
    const engine = this.#engine;
    if (engine === undefined) throw new DaichoError("closed", "the ledger was closed");
    const task = guarded(() => engine.execute(JSON.stringify(request)));
    return (await drive(task, this.#options.store, this.#options.salon)) as Outcome<R>;
  }

  /** Frees what the module keeps for this ledger. Requests on their way still end; the store stays open. */
  close(): void {
    this.#engine?.free();
    this.#engine = undefined;
  }
}
