/** The browser's own database: what every store must do, and what only this one can get wrong. */
import { DaichoError, IndexedDbStore } from "daicho";

import { conforms } from "./conformance.js";
import { keepsItsIndex } from "./kept-index.js";
import { HANAKO, desk, open } from "./people.js";
import { ok, same, test, thrown } from "./registry.js";

let opened = 0;
const fresh = (): string => `test-${(opened += 1)}`;
const ENTRY = { sequence: 1, body: "{}", hash: "1".repeat(64) };

conforms("IndexedDbStore", () => IndexedDbStore.open(fresh()));

keepsItsIndex("IndexedDbStore", () => IndexedDbStore.open(fresh()));

test("a database of the first layout keeps what it holds, can keep an index, and finds receipts by their entry (IndexedDbStore)", async () => {
  const name = fresh();
  const old = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open(name, 1);
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore("log", { keyPath: ["salon", "sequence"] }).add({ salon: "s", ...ENTRY });
      const records = opening.result.createObjectStore("record", { keyPath: ["salon", "kind", "place"] });
      records.createIndex("parent", ["salon", "kind", "parent"]);
      records.createIndex("key", "lookup", { multiEntry: true });
      for (const kind of ["receipt", "customer"]) {
        const body = JSON.stringify({ sequence: 1 });
        records.add({ salon: "s", kind, place: new TextEncoder().encode("id-1"), id: "id-1", keys: [], body, lookup: [] });
      }
    };
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  old.close();
  const store = await IndexedDbStore.open(name);
  same(await store.changes("s", 0, 10), [ENTRY]);
  const keyed = (kind: "receipt" | "customer") => ({ by: "key", kind, key: "entry:1" }) as const;
  const { records } = await store.load("s", [keyed("receipt"), keyed("customer"), { by: "id", kind: "receipt", id: "id-1" }]);
  same(records.map((rows) => rows.map(({ id, keys }) => [id, keys])), [[["id-1", ["entry:1"]]], [], [["id-1", ["entry:1"]]]]);
  await store.keepIndex("s", Uint8Array.of(1, 2, 3));
  same([...((await store.index("s")) ?? [])], [1, 2, 3]);
});

test("what was committed is there after closing and opening again (IndexedDbStore)", async () => {
  const name = fresh();
  const before = await IndexedDbStore.open(name);
  const { output } = await desk(await open(before)).registerCustomer({ path: "counter", form: { ...HANAKO, familyName: "𠮷田" } });
  before.close();
  const at = desk(await open(await IndexedDbStore.open(name)));
  same((await at.getCustomer({ customer: output.customer })).customer.familyName, "𠮷田");
  same((await at.searchCustomers({ criteria: { name: "吉田" } })).total, 1);
});

test("two ledgers on one database that race lose no commit and double none (IndexedDbStore)", async () => {
  const name = fresh();
  const desks = [desk(await open(await IndexedDbStore.open(name))), desk(await open(await IndexedDbStore.open(name)))];
  const done = await Promise.all([...desks, ...desks, ...desks].map((at) => at.registerCustomer({ path: "counter", form: HANAKO })));
  same(done.map(({ output }) => output.number).sort(), [1, 2, 3, 4, 5, 6]);
  for (const at of desks) same((await at.searchCustomers({})).total, 6);
});

test("a row that cannot be stored fails the whole commit (IndexedDbStore)", async () => {
  const store = await IndexedDbStore.open(fresh());
  const row = { kind: "customer" as const, id: "c1", keys: [], body: Symbol("no text") as unknown as string };
  let failed = false;
  await store.commit("s", { expected: 0, entries: [ENTRY], puts: [row], removes: [] }).catch(() => (failed = true));
  ok(failed, "rejected");
  same((await store.load("s", [])).head.sequence, 0);
});

test("A4 a closed database is a typed error that may be tried again (IndexedDbStore)", async () => {
  const store = await IndexedDbStore.open(fresh());
  const at = desk(await open(store));
  store.close();
  const error = await thrown(DaichoError, async () => void (await at.getSettings({})));
  same([error.code, error.retryable], ["store.unavailable", true]);
});
