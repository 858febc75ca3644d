/** A store of the host's own: anything that can commit atomically. */
import { type Batch, type Committed, type Kind, Ledger, type Loaded, MemoryStore, type Read, type Store } from "daicho";
import { checkStore } from "daicho/conformance";

/** Counts what passes through; a real one would speak to the host's server. */
class CountingStore implements Store {
  commits = 0;
  readonly #inner = new MemoryStore();

  load(salon: string, reads: readonly Read[]): Promise<Loaded> {
    return this.#inner.load(salon, reads);
  }
  scan = (salon: string, kind: Kind, after: string | undefined, limit: number) => this.#inner.scan(salon, kind, after, limit);
  changes: Store["changes"] = (salon, since, limit) => this.#inner.changes(salon, since, limit);
  async commit(salon: string, batch: Batch): Promise<Committed> {
    this.commits += 1;
    return this.#inner.commit(salon, batch);
  }
}

// In a test of the host's: the very checks that daicho's own stores pass.
const broken = (await checkStore(new CountingStore())).filter((check) => !check.passed);
if (broken.length > 0) throw new Error(broken.map(({ name, detail }) => `${name}: ${detail ?? ""}`).join("\n"));

export const ledger = await Ledger.open({ salon: "ginza", store: new CountingStore() });
