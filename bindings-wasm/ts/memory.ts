import { EMPTY, type Change, type Changes, type Committed, type Entry, type Head, type Loaded, type Read, type Row, type Scanned, type Store } from "./store.js";

interface Salon {
  head: Head;
  readonly entries: Entry[];
  /** Rows by kind, then id. */
  readonly records: Map<string, Map<string, Row>>;
}

/** A store that forgets: for tests, trials and pages that keep nothing. */
export class MemoryStore implements Store {
  readonly #salons = new Map<string, Salon>();

  async load(salon: string, reads: readonly Read[]): Promise<Loaded> {
    const { head, records } = this.#salon(salon);
    const rows = new Set<Row>();
    for (const { kind, by, value } of reads) {
      const ofKind = records.get(kind);
      if (by === "id") {
        const row = ofKind?.get(value);
        if (row !== undefined) rows.add(row);
        continue;
      }
      for (const row of ofKind?.values() ?? []) {
        if (by === "parent" ? row.parent === value : row.keys.includes(value)) rows.add(row);
      }
    }
    return { head, rows: [...rows] };
  }

  async scan(salon: string, kind: string, after: string, limit: number): Promise<Scanned> {
    const { head, records } = this.#salon(salon);
    const ids = [...(records.get(kind)?.keys() ?? [])].filter((id) => after === "" || id > after);
    const rows = ids.sort(compare).slice(0, limit).map((id) => records.get(kind)?.get(id));
    return { head, rows: rows.filter((row) => row !== undefined) };
  }

  async changes(salon: string, since: number, limit: number): Promise<Changes> {
    const { head, entries } = this.#salon(salon);
    return { head, entries: entries.filter(({ sequence }) => sequence > since).slice(0, limit) };
  }

  async commit(salon: string, change: Change): Promise<Committed> {
    const kept = this.#salon(salon);
    const { sequence, hash } = kept.head;
    if (sequence !== change.expected.sequence || hash !== change.expected.hash) return "conflict";
    kept.head = { ...change.head };
    for (const entry of change.entries) kept.entries.push(Object.freeze({ ...entry }));
    for (const { kind, id } of change.remove ?? []) kept.records.get(kind)?.delete(id);
    for (const row of change.put ?? []) {
      const ofKind = kept.records.get(row.kind) ?? new Map<string, Row>();
      kept.records.set(row.kind, ofKind);
      ofKind.set(row.id, Object.freeze({ ...row, keys: Object.freeze([...row.keys]) }));
    }
    return "committed";
  }

  #salon(name: string): Salon {
    const salon = this.#salons.get(name) ?? { head: EMPTY, entries: [], records: new Map() };
    this.#salons.set(name, salon);
    return salon;
  }
}

/** By UTF-16 code units, as IndexedDB orders keys. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
