import { DaichoError } from "./error.js";
import { nextHead } from "./log.js";
import { type Batch, type Committed, type Loaded, type Scanned, type Store } from "./store.js";
import { Table, compareIds } from "./table.js";
import type { Entry, Head, Kind, Read, Row } from "./wasm/daicho.types.js";

interface Salon {
  /** Where the store below stood when this overlay first looked. */
  readonly base: Head;
  head: Head;
  readonly entries: Entry[];
  readonly table: Table;
}

/**
 * A store whose commits stay in memory, laid over another that is only read: a rehearsal runs the very commands of the performance (I5).
 *
 * It stands on the place of the log where its first read found the store below. When others append there, its calls fail with a retryable
 * error, and the rehearsal begins again with a new overlay.
 */
export class OverlayStore implements Store {
  readonly #below: Store;
  readonly #salons = new Map<string, Salon>();

  constructor(below: Store) {
    this.#below = below;
  }

  async load(salon: string, reads: readonly Read[]): Promise<Loaded> {
    const below = await this.#below.load(salon, reads);
    const { head, table } = this.#standing(salon, below.head);
    return { head, records: reads.map((read, n) => table.over(read.kind, below.records[n] ?? [], table.find(read))) };
  }

  async scan(salon: string, kind: Kind, after: string | undefined, limit: number): Promise<Scanned> {
    const page: Row[] = [];
    let cursor = after;
    for (;;) {
      const below = await this.#below.scan(salon, kind, cursor, limit);
      const { head, table } = this.#standing(salon, below.head);
      // Where the answer from below ends, unless it is its last.
      const end = below.records.length >= limit ? below.records.at(-1)?.id : undefined;
      const own = table.scan(kind, cursor, Infinity).filter(({ id }) => end === undefined || compareIds(id, end) <= 0);
      page.push(...table.over(kind, below.records, own));
      if (page.length >= limit || end === undefined) return { head, records: page.slice(0, limit) };
      cursor = end;
    }
  }

  async changes(salon: string, since: number, limit: number): Promise<readonly Entry[]> {
    const below = await this.#below.changes(salon, since, limit);
    const kept = this.#salons.get(salon);
    if (kept === undefined) return below;
    const old = below.filter(({ sequence }) => sequence <= kept.base.sequence);
    return [...old, ...kept.entries.filter(({ sequence }) => sequence > since)].slice(0, limit);
  }

  /** The index of what lies below. Its own is not kept: what it holds is gone with it. */
  async index(salon: string): Promise<Uint8Array | undefined> {
    return this.#below.index?.(salon);
  }

  async commit(salon: string, { expected, entries, puts, removes }: Batch): Promise<Committed> {
    const below = await this.#below.load(salon, []);
    const kept = this.#standing(salon, below.head);
    if (kept.head.sequence !== expected) return "conflict";
    const head = nextHead(kept.head, entries);
    for (const { kind, id } of removes) kept.table.hide(kind, id);
    for (const row of puts) kept.table.put(row);
    kept.entries.push(...entries);
    kept.head = head;
    return "committed";
  }

  /** Holds the overlay to the place of the log on which it stands. */
  #standing(salon: string, below: Head): Salon {
    const kept = this.#salons.get(salon) ?? { base: below, head: below, entries: [], table: new Table() };
    this.#salons.set(salon, kept);
    if (kept.base.sequence === below.sequence && kept.base.hash === below.hash) return kept;
    throw new DaichoError({ code: "store.unavailable", detail: "the ledger changed during the rehearsal; rehearse again", retryable: true });
  }
}
