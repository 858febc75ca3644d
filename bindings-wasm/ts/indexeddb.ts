import { EMPTY, type Change, type Changes, type Committed, type Entry, type Head, type Loaded, type Read, type Row, type Scanned, type Store } from "./store.js";

/**
 * The layout:
 *
 * - `log`, key `[salon, sequence]`: the entries; the last one of a commit carries the head's hash.
 * - `record`, key `[salon, kind, id]`: the rows; index `parent` on `[salon, kind, parent]`, index `key` on each of `lookup`.
 */
const LAYOUT = 1;
const LOG = "log";
const RECORD = "record";

interface LogRow extends Entry {
  readonly salon: string;
  readonly hash: string;
}

interface RecordRow extends Row {
  readonly salon: string;
  /** `[salon, kind, key]` for each of `keys`: an index over several values cannot be compound by itself. */
  readonly lookup: readonly (readonly [string, string, string])[];
}

/**
 * A store in the browser's own database. Tabs and workers of one origin share it: each commit is one read-write
 * transaction, and of two writers that decided on the same head one gets `"conflict"`.
 *
 * A transaction ends at the first foreign await, so every method only waits for requests of its own transaction.
 */
export class IndexedDbStore implements Store {
  readonly #database: IDBDatabase;

  private constructor(database: IDBDatabase) {
    this.#database = database;
    // A tab with a newer layout, or one that deletes the database, must not wait for this one for ever.
    database.onversionchange = () => database.close();
  }

  /** Opens the database, and lays it out if it is new. */
  static async open(name = "daicho"): Promise<IndexedDbStore> {
    const opening = indexedDB.open(name, LAYOUT);
    opening.onupgradeneeded = () => {
      const database = opening.result;
      database.createObjectStore(LOG, { keyPath: ["salon", "sequence"] });
      const records = database.createObjectStore(RECORD, { keyPath: ["salon", "kind", "id"] });
      records.createIndex("parent", ["salon", "kind", "parent"]);
      records.createIndex("key", "lookup", { multiEntry: true });
    };
    return new IndexedDbStore(await answer(opening));
  }

  /** Closes the connection; the store cannot be used afterwards. */
  close(): void {
    this.#database.close();
  }

  async load(salon: string, reads: readonly Read[]): Promise<Loaded> {
    const transaction = this.#database.transaction([LOG, RECORD], "readonly");
    const records = transaction.objectStore(RECORD);
    // All requests are made before the first is waited for: they run in one transaction, hence at one head.
    const head = lastHead(transaction, salon);
    const found = reads.map(({ kind, by, value }) => {
      const source = by === "id" ? records : records.index(by);
      return answer<RecordRow[]>(source.getAll([salon, kind, value]));
    });
    const rows = new Map<string, Row>();
    for (const row of (await Promise.all(found)).flat()) rows.set(JSON.stringify([row.kind, row.id]), plain(row));
    return { head: await head, rows: [...rows.values()] };
  }

  async scan(salon: string, kind: string, after: string, limit: number): Promise<Scanned> {
    const transaction = this.#database.transaction([LOG, RECORD], "readonly");
    const head = lastHead(transaction, salon);
    // An empty list sorts after every string: it is the end of the kind.
    const range = IDBKeyRange.bound([salon, kind, after], [salon, kind, []], after !== "", true);
    const rows = limit > 0 ? await answer<RecordRow[]>(transaction.objectStore(RECORD).getAll(range, limit)) : [];
    return { head: await head, rows: rows.map(plain) };
  }

  async changes(salon: string, since: number, limit: number): Promise<Changes> {
    const transaction = this.#database.transaction([LOG], "readonly");
    const head = lastHead(transaction, salon);
    const range = IDBKeyRange.bound([salon, since], [salon, []], true, true);
    const rows = limit > 0 ? await answer<LogRow[]>(transaction.objectStore(LOG).getAll(range, limit)) : [];
    return { head: await head, entries: rows.map(({ sequence, body }) => ({ sequence, body })) };
  }

  async commit(salon: string, change: Change): Promise<Committed> {
    const transaction = this.#database.transaction([LOG, RECORD], "readwrite", { durability: "strict" });
    const ended = end(transaction);
    // A transaction that fails rejects both a request and `ended`: only the latter is reported.
    ended.catch(() => undefined);
    try {
      const head = await lastHead(transaction, salon);
      if (head.sequence !== change.expected.sequence || head.hash !== change.expected.hash) {
        transaction.abort();
        return "conflict";
      }
      const log = transaction.objectStore(LOG);
      const last = change.entries.length - 1;
      change.entries.forEach(({ sequence, body }, index) => {
        const row: LogRow = { salon, sequence, body, hash: index === last ? change.head.hash : "" };
        // `add`, never `put`: a second writer of this number must fail, whatever was read before.
        log.add(row);
      });
      const records = transaction.objectStore(RECORD);
      for (const { kind, id } of change.remove ?? []) records.delete([salon, kind, id]);
      for (const row of change.put ?? []) records.put(stored(salon, row));
    } catch (error) {
      abort(transaction);
      throw error;
    }
    try {
      await ended;
    } catch (error) {
      if (error instanceof DOMException && error.name === "ConstraintError") return "conflict";
      throw error;
    }
    return "committed";
  }
}

/** The head of a salon: its last entry. */
async function lastHead(transaction: IDBTransaction, salon: string): Promise<Head> {
  const range = IDBKeyRange.bound([salon], [salon, []]);
  const cursor = await answer(transaction.objectStore(LOG).openCursor(range, "prev"));
  if (cursor === null) return EMPTY;
  const { sequence, hash } = cursor.value as LogRow;
  return { sequence, hash };
}

function stored(salon: string, { kind, id, parent, keys, body }: Row): RecordRow {
  const lookup = [...new Set(keys)].map((key) => [salon, kind, key] as const);
  // A row without a parent must lack the property: `undefined` is no key, and the index then leaves the row out.
  return { salon, kind, id, ...(parent === undefined ? {} : { parent }), keys: [...keys], body, lookup };
}

function plain({ kind, id, parent, keys, body }: RecordRow): Row {
  return { kind, id, ...(parent === undefined ? {} : { parent }), keys, body };
}

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function end(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new DOMException("aborted", "AbortError"));
  });
}

/** Aborts a transaction that may have ended by itself. */
function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort();
  } catch {
    // It had ended already: nothing was written either way.
  }
}
