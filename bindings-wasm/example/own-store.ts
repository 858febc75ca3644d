/** A store of the host's own: anything that can commit atomically. */
import { type Change, type Committed, Ledger, type Loaded, MemoryStore, type Read, type Store } from "daicho";

/** Counts what passes through; a real one would speak to the host's server. */
class CountingStore implements Store {
  commits = 0;
  readonly #inner = new MemoryStore();

  load(salon: string, reads: readonly Read[]): Promise<Loaded> {
    return this.#inner.load(salon, reads);
  }
  scan: Store["scan"] = (salon, kind, after, limit) => this.#inner.scan(salon, kind, after, limit);
  changes: Store["changes"] = (salon, since, limit) => this.#inner.changes(salon, since, limit);
  async commit(salon: string, change: Change): Promise<Committed> {
    this.commits += 1;
    return this.#inner.commit(salon, change);
  }
}

export const ledger = await Ledger.open({ salon: "ginza", store: new CountingStore() });
