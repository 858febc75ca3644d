import { nextHead } from "./log.js";
import { EMPTY, type Batch, type Committed, type Loaded, type Scanned, type Store } from "./store.js";
import { Table } from "./table.js";
import type { Entry, Head, Kind, Read } from "./wasm/daicho.types.js";

interface Salon {
  head: Head;
  readonly entries: Entry[];
  readonly table: Table;
  index?: Uint8Array;
}

/** A store that forgets: for tests, trials and pages that keep nothing. */
export class MemoryStore implements Store {
  readonly #salons = new Map<string, Salon>();

  async load(salon: string, reads: readonly Read[]): Promise<Loaded> {
    const { head, table } = this.#salon(salon);
    return { head, records: reads.map((read) => table.find(read)) };
  }

  async scan(salon: string, kind: Kind, after: string | undefined, limit: number): Promise<Scanned> {
    const { head, table } = this.#salon(salon);
    return { head, records: table.scan(kind, after, limit) };
  }

  async changes(salon: string, since: number, limit: number): Promise<readonly Entry[]> {
    return this.#salon(salon).entries.slice(since, since + limit);
  }

  async commit(salon: string, { expected, entries, puts, removes, erases }: Batch): Promise<Committed> {
    const kept = this.#salon(salon);
    if (kept.head.sequence !== expected) return "conflict";
    const head = nextHead(kept.head, entries);
    for (const { kind, id } of removes) kept.table.remove(kind, id);
    for (const row of puts) kept.table.put(row);
    for (const entry of entries) kept.entries.push(Object.freeze({ ...entry }));
    if (erases === true) delete kept.index;
    kept.head = head;
    return "committed";
  }

  async index(salon: string): Promise<Uint8Array | undefined> {
    return this.#salon(salon).index;
  }

  async keepIndex(salon: string, block: Uint8Array): Promise<void> {
    this.#salon(salon).index = block;
  }

  #salon(name: string): Salon {
    const salon = this.#salons.get(name) ?? { head: EMPTY, entries: [], table: new Table() };
    this.#salons.set(name, salon);
    return salon;
  }
}
