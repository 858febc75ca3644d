/** The core's conformance suite against stores written in TypeScript, one that breaks a promise included. */
import { type Batch, type Committed, type Entry, type Kind, type Loaded, MemoryStore, OverlayStore, type Read, type Scanned, type Store } from "daicho";
import { checkStore } from "daicho/conformance";

import { ok, same, test } from "./registry.js";

/** A store as a host would write it: one list of everything, copied for each commit. */
export class HostStore implements Store {
  #entries: readonly (Entry & { readonly salon: string })[] = [];
  #rows: readonly (Batch["puts"][number] & { readonly salon: string })[] = [];

  async load(salon: string, reads: readonly Read[]): Promise<Loaded> {
    return { head: this.#head(salon), records: reads.map((read) => this.#of(salon, read.kind).filter((row) => finds(read, row))) };
  }

  async scan(salon: string, kind: Kind, after: string | undefined, limit: number): Promise<Scanned> {
    const rows = this.#of(salon, kind).filter(({ id }) => after === undefined || order(id, after) > 0);
    return { head: this.#head(salon), records: rows.slice(0, limit) };
  }

  async changes(salon: string, since: number, limit: number): Promise<readonly Entry[]> {
    const entries = this.#entries.filter((entry) => entry.salon === salon && entry.sequence > since);
    return entries.slice(0, limit).map(({ salon: _, ...entry }) => entry);
  }

  async commit(salon: string, { expected, entries, puts, removes }: Batch): Promise<Committed> {
    if (this.#head(salon).sequence !== expected) return "conflict";
    if (entries.some(({ sequence }, n) => sequence !== expected + 1 + n)) throw new RangeError("a gap");
    const touched = new Set([...puts, ...removes].map(({ kind, id }) => `${kind}/${id}`));
    const kept = this.#rows.filter((row) => row.salon !== salon || !touched.has(`${row.kind}/${row.id}`));
    this.#rows = [...kept, ...puts.map((row) => ({ ...row, salon }))];
    this.#entries = [...this.#entries, ...entries.map((entry) => ({ ...entry, salon }))];
    return "committed";
  }

  #head(salon: string) {
    const last = this.#entries.filter((entry) => entry.salon === salon).at(-1);
    return last === undefined ? { sequence: 0, hash: "0".repeat(64) } : { sequence: last.sequence, hash: last.hash };
  }

  #of(salon: string, kind: Kind): Batch["puts"][number][] {
    const rows = this.#rows.filter((row) => row.salon === salon && row.kind === kind);
    return rows.map(({ salon: _, ...row }) => row).sort((a, b) => order(a.id, b.id));
  }
}

function finds(read: Read, row: Batch["puts"][number]): boolean {
  if (read.by === "id") return row.id === read.id;
  return read.by === "parent" ? row.parent === read.parent : (row.keys ?? []).includes(read.key);
}

/** By code points, that is by UTF-8 bytes. */
function order(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  const at = left.findIndex((character, n) => character !== right[n]);
  if (at < 0) return left.length - right.length;
  return (left[at]?.codePointAt(0) ?? 0) - (right[at]?.codePointAt(0) ?? -1);
}

/** Registers the suite for one kind of store. */
export function conforms(name: string, open: () => Promise<Store>): void {
  test(`the conformance suite passes (${name})`, async () => {
    const results = await checkStore(await open());
    same(results.filter(({ passed }) => !passed), []);
    ok(results.length >= 40, `${results.length} checks`);
  });
}

conforms("MemoryStore", async () => new MemoryStore());
conforms("OverlayStore", async () => new OverlayStore(new MemoryStore()));
conforms("a host's own store", async () => new HostStore());

test("the conformance suite finds a store that commits whatever it is given", async () => {
  class Careless extends HostStore {
    override async commit(salon: string, batch: Batch): Promise<Committed> {
      const { sequence } = (await this.load(salon, [])).head;
      const entries = batch.entries.map((entry, n) => ({ ...entry, sequence: sequence + 1 + n }));
      return super.commit(salon, { ...batch, expected: sequence, entries });
    }
  }
  const failed = (await checkStore(new Careless())).filter(({ passed }) => !passed).map(({ name }) => name);
  ok(failed.includes("commit_at_the_wrong_sequence_changes_nothing"), failed.join(" "));
});
