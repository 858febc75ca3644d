/** Rows in memory, found by id, parent and key. */
import type { Kind, Read, Row } from "./wasm/daicho.types.js";

interface OfKind {
  /** `null`: gone, whatever lies below says. */
  readonly rows: Map<string, Row | null>;
  readonly parents: Map<string, Set<string>>;
  readonly keys: Map<string, Set<string>>;
  /** The ids in order; left out while it must be made anew. */
  order?: readonly string[];
}

export class Table {
  readonly #kinds = new Map<Kind, OfKind>();

  /** Keeps a row in the place of the one of the same id. */
  put(row: Row): void {
    const own = Object.freeze({ ...row, keys: [...(row.keys ?? [])] });
    const kind = this.#forget(row.kind, row.id);
    this.#set(kind, row.id, own);
    if (own.parent !== undefined) file(kind.parents, own.parent, row.id);
    for (const key of own.keys) file(kind.keys, key, row.id);
  }

  /** Removes a row for good. */
  remove(kind: Kind, id: string): void {
    const of = this.#forget(kind, id);
    if (of.rows.delete(id)) delete of.order;
  }

  /** Remembers that a row is gone, whatever lies below this table says. */
  hide(kind: Kind, id: string): void {
    this.#set(this.#forget(kind, id), id, null);
  }

  /** Whether this table says anything of an id. */
  knows(kind: Kind, id: string): boolean {
    return this.#kinds.get(kind)?.rows.has(id) ?? false;
  }

  /** The rows that a read finds, in order of id. */
  find(read: Read): Row[] {
    const of = this.#kinds.get(read.kind);
    if (of === undefined) return [];
    const ids = read.by === "id" ? [read.id] : [...((read.by === "parent" ? of.parents.get(read.parent) : of.keys.get(read.key)) ?? [])];
    return present(ids.sort(compareIds).map((id) => of.rows.get(id)));
  }

  /** Up to `limit` rows of a kind with ids above `after`, in order of id. */
  scan(kind: Kind, after: string | undefined, limit: number): Row[] {
    const of = this.#kinds.get(kind);
    if (of === undefined) return [];
    const order = (of.order ??= [...of.rows.keys()].sort(compareIds));
    const rows: Row[] = [];
    for (let at = after === undefined ? 0 : above(order, after); at < order.length && rows.length < limit; at += 1) {
      const row = of.rows.get(order[at] ?? "");
      if (row != null) rows.push(row);
    }
    return rows;
  }

  /** This table laid over rows from below: its rows win, what it hides is gone. */
  over(kind: Kind, below: readonly Row[], own: readonly Row[]): Row[] {
    return [...below.filter(({ id }) => !this.knows(kind, id)), ...own].sort((a, b) => compareIds(a.id, b.id));
  }

  #of(kind: Kind): OfKind {
    const of = this.#kinds.get(kind) ?? { rows: new Map(), parents: new Map(), keys: new Map() };
    this.#kinds.set(kind, of);
    return of;
  }

  #set(of: OfKind, id: string, row: Row | null): void {
    if (!of.rows.has(id)) delete of.order;
    of.rows.set(id, row);
  }

  #forget(kind: Kind, id: string): OfKind {
    const of = this.#of(kind);
    const old = of.rows.get(id);
    if (old?.parent !== undefined) unfile(of.parents, old.parent, id);
    for (const key of old?.keys ?? []) unfile(of.keys, key, id);
    return of;
  }
}

/** By UTF-8 bytes, as every store orders ids: by code points, which JavaScript's own comparison of texts does not do above U+FFFF. */
export function compareIds(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) {
    if (a.charCodeAt(at) !== b.charCodeAt(at)) return (a.codePointAt(at) ?? 0) - (b.codePointAt(at) ?? 0);
  }
  return a.length - b.length;
}

function present(rows: readonly (Row | null | undefined)[]): Row[] {
  return rows.filter((row) => row != null);
}

/** The first place in the order whose id is above this one. */
function above(order: readonly string[], id: string): number {
  let [low, high] = [0, order.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareIds(order[middle] ?? "", id) > 0) high = middle;
    else low = middle + 1;
  }
  return low;
}

function file(index: Map<string, Set<string>>, name: string, id: string): void {
  const ids = index.get(name);
  if (ids === undefined) index.set(name, new Set([id]));
  else ids.add(id);
}

function unfile(index: Map<string, Set<string>>, name: string, id: string): void {
  const ids = index.get(name);
  if (ids?.delete(id) && ids.size === 0) index.delete(name);
}
