import { DaichoError } from "./error.js";
import { nextHead } from "./log.js";
import { EMPTY, type Batch, type Committed, type Loaded, type Scanned, type Store } from "./store.js";
import { compareIds } from "./table.js";
import type { Entry, Head, Kind, Read, Row } from "./wasm/daicho.types.js";

/**
 * The layout:
 *
 * - `log`, key `[salon, sequence]`: the entries; the last is the head.
 * - `record`, key `[salon, kind, place]`: the rows, `place` being the id as bytes; index `parent` on `[salon, kind, parent]`, index `key`
 *   on each of `lookup`, from layout 3 also of receipts;
 * - `index`, key `salon`: the search index as one block, from layout 2.
 */
const LAYOUT = 3;
const LOG = "log";
const RECORD = "record";
const INDEX = "index";

interface LogRow extends Entry {
  readonly salon: string;
}

interface RecordRow extends Row {
  keys: string[];
  readonly salon: string;
  readonly place: Uint8Array<ArrayBuffer>;
  /** `[salon, kind, key]` for each of `keys`: an index over several values cannot be compound by itself. */
  readonly lookup: readonly (readonly [string, string, string])[];
}

/**
 * A store in the browser's own database. Tabs and workers of one origin share it: each commit is one read-write
 * transaction, and of two writers that decided on the same head one gets `"conflict"`.
 *
 * An erasure (W4) removes and replaces rows, and the index with them. When the browser clears the bytes of removed rows out of its own files is the
 * browser's: no page can reach those.
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
    if (globalThis.indexedDB === undefined) {
      throw new DaichoError({ code: "store.failed", detail: "there is no IndexedDB here: use MemoryStore, or a store of your own" });
    }
    const opening = indexedDB.open(name, LAYOUT);
    opening.onupgradeneeded = ({ oldVersion }) => {
      const database = opening.result;
      if (oldVersion < 1) {
        database.createObjectStore(LOG, { keyPath: ["salon", "sequence"] });
        const records = database.createObjectStore(RECORD, { keyPath: ["salon", "kind", "place"] });
        records.createIndex("parent", ["salon", "kind", "parent"]);
        records.createIndex("key", "lookup", { multiEntry: true });
      } else if (oldVersion < 3 && opening.transaction !== null) {
        giveReceiptsKeys(opening.transaction.objectStore(RECORD));
      }
      if (oldVersion < 2) database.createObjectStore(INDEX);
    };
    return new IndexedDbStore(await answer(opening));
  }

  /** Closes the connection; the store cannot be used afterwards. */
  close(): void {
    this.#database.close();
  }

  async load(salon: string, reads: readonly Read[]): Promise<Loaded> {
    const transaction = this.#transaction([LOG, RECORD], "readonly");
    const records = transaction.objectStore(RECORD);
    // All requests are made before the first is waited for: they run in one transaction, hence at one head.
    const head = lastHead(transaction, salon);
    const found = reads.map((read) => answer<RecordRow[]>(ask(records, salon, read)));
    return { head: await head, records: (await Promise.all(found)).map((rows) => rows.map(plain).sort(byId)) };
  }

  async scan(salon: string, kind: Kind, after: string | undefined, limit: number): Promise<Scanned> {
    const transaction = this.#transaction([LOG, RECORD], "readonly");
    const head = lastHead(transaction, salon);
    // An empty list sorts after every key of bytes: it is the end of the kind.
    const range = IDBKeyRange.bound([salon, kind, bytes(after ?? "")], [salon, kind, []], after !== undefined, true);
    const rows = limit > 0 ? await answer<RecordRow[]>(transaction.objectStore(RECORD).getAll(range, limit)) : [];
    return { head: await head, records: rows.map(plain) };
  }

  async changes(salon: string, since: number, limit: number): Promise<readonly Entry[]> {
    const transaction = this.#transaction([LOG], "readonly");
    const range = IDBKeyRange.bound([salon, since], [salon, []], true, true);
    const rows = limit > 0 ? await answer<LogRow[]>(transaction.objectStore(LOG).getAll(range, limit)) : [];
    return rows.map(({ sequence, body, hash }) => ({ sequence, body, hash }));
  }

  async commit(salon: string, { expected, entries, puts, removes, erases }: Batch): Promise<Committed> {
    const transaction = this.#transaction(erases === true ? [LOG, RECORD, INDEX] : [LOG, RECORD], "readwrite");
    const ended = end(transaction);
    // A transaction that fails rejects both a request and `ended`: only the latter is reported.
    ended.catch(() => undefined);
    try {
      const head = await lastHead(transaction, salon);
      if (head.sequence !== expected) {
        transaction.abort();
        return "conflict";
      }
      nextHead(head, entries);
      const log = transaction.objectStore(LOG);
      // `add`, never `put`: a second writer of this number must fail, whatever was read before.
      for (const { sequence, body, hash } of entries) log.add({ salon, sequence, body, hash } satisfies LogRow);
      const records = transaction.objectStore(RECORD);
      for (const { kind, id } of removes) records.delete([salon, kind, bytes(id)]);
      for (const row of puts) records.put(stored(salon, row));
      // It holds names (W4).
      if (erases === true) transaction.objectStore(INDEX).delete(salon);
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

  async index(salon: string): Promise<Uint8Array | undefined> {
    return answer<Uint8Array | undefined>(this.#transaction([INDEX], "readonly").objectStore(INDEX).get(salon));
  }

  async keepIndex(salon: string, block: Uint8Array): Promise<void> {
    // It can be lost without harm: nobody waits for the disk.
    const transaction = this.#transaction([INDEX], "readwrite", "relaxed");
    transaction.objectStore(INDEX).put(block, salon);
    await end(transaction);
  }

  #transaction(stores: readonly string[], mode: IDBTransactionMode, durability: IDBTransactionDurability = "strict"): IDBTransaction {
    try {
      return this.#database.transaction(stores, mode, { durability });
    } catch (cause) {
      throw new DaichoError({ code: "store.unavailable", detail: "the database is closed: open the store again", retryable: true }, { cause });
    }
  }
}

/** The rows that one read finds. */
function ask(records: IDBObjectStore, salon: string, read: Read): IDBRequest<RecordRow[]> {
  switch (read.by) {
    case "id":
      return records.getAll([salon, read.kind, bytes(read.id)]);
    case "parent":
      return records.index("parent").getAll([salon, read.kind, read.parent]);
    case "key":
      return records.index("key").getAll([salon, read.kind, read.key]);
  }
}

/** An id as a key that sorts by its UTF-8 bytes, as everywhere else: IndexedDB orders texts by UTF-16 units. */
function bytes(id: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(id);
}

function byId(a: Row, b: Row): number {
  return compareIds(a.id, b.id);
}

/** The head of a salon: its last entry. */
async function lastHead(transaction: IDBTransaction, salon: string): Promise<Head> {
  const range = IDBKeyRange.bound([salon], [salon, []]);
  const cursor = await answer(transaction.objectStore(LOG).openCursor(range, "prev"));
  if (cursor === null) return EMPTY;
  const { sequence, hash } = cursor.value as LogRow;
  return { sequence, hash };
}

function stored(salon: string, { kind, id, parent, keys = [], body }: Row): RecordRow {
  const lookup = [...new Set(keys)].map((key) => [salon, kind, key] as const);
  // A row without a parent must lack the property: `undefined` is no key, and the index then leaves the row out.
  return { salon, kind, place: bytes(id), id, ...(parent === undefined ? {} : { parent }), keys: [...keys], body, lookup };
}

/** An erasure finds the receipts of the commands that told of somebody by their entry of the log (W4). */
function giveReceiptsKeys(records: IDBObjectStore): void {
  const rows = records.openCursor();
  rows.onsuccess = () => {
    const cursor = rows.result;
    if (cursor === null) return;
    const row = cursor.value as RecordRow;
    if (row.kind === "receipt") {
      const { sequence } = JSON.parse(row.body) as { readonly sequence: number };
      cursor.update(stored(row.salon, { ...row, keys: [`entry:${sequence}`] }));
    }
    cursor.continue();
  };
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
