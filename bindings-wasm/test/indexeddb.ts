/** The browser's own database: what every store must do, and what only this one can get wrong. */
import { IndexedDbStore, Ledger } from "daicho";

import { ok, same, test } from "./registry.js";
import { checkStore } from "./stores.js";

let opened = 0;
const fresh = (): string => `test-${(opened += 1)}`;

checkStore("IndexedDbStore", () => IndexedDbStore.open(fresh()));

test("what was committed is there after closing and opening again (IndexedDbStore)", async () => {
  const name = fresh();
  const before = await IndexedDbStore.open(name);
  const ledger = await Ledger.open({ salon: "s", store: before });
  await ledger.execute({ op: "put", row: { kind: "customer", id: "1", keys: [], body: "髙橋" } });
  before.close();
  const after = await Ledger.open({ salon: "s", store: await IndexedDbStore.open(name) });
  const row = await after.execute({ op: "get", kind: "customer", id: "1" });
  same(row?.body, "髙橋");
});

test("two connections that race lose no commit (IndexedDbStore)", async () => {
  const name = fresh();
  const stores = [await IndexedDbStore.open(name), await IndexedDbStore.open(name)] as const;
  const change = (id: string) => ({
    expected: { sequence: 0, hash: "" },
    head: { sequence: 1, hash: id },
    entries: [{ sequence: 1, body: id }],
    put: [{ kind: "customer", id, keys: [], body: id }],
  });
  const results = await Promise.all([stores[0].commit("s", change("a")), stores[1].commit("s", change("b"))]);
  same([...results].sort(), ["committed", "conflict"]);
  const { rows } = await stores[0].scan("s", "customer", "", 10);
  same(rows.map(({ id }) => id), [results[0] === "committed" ? "a" : "b"]);
});

test("an entry whose number is taken fails the whole commit (IndexedDbStore)", async () => {
  const store = await IndexedDbStore.open(fresh());
  // Two entries of one number: the head check passes, `add` must not.
  const twice = { sequence: 1, body: "" };
  const change = { expected: { sequence: 0, hash: "" }, head: { sequence: 1, hash: "h" }, entries: [twice, twice] };
  same(await store.commit("s", change), "conflict");
  same((await store.load("s", [])).head.sequence, 0);
});

test("a row that cannot be stored fails the whole commit (IndexedDbStore)", async () => {
  const store = await IndexedDbStore.open(fresh());
  const row = { kind: "customer", id: Symbol("no key") as unknown as string, keys: [], body: "" };
  const change = { expected: { sequence: 0, hash: "" }, head: { sequence: 1, hash: "h" }, entries: [{ sequence: 1, body: "" }], put: [row] };
  let failed = false;
  await store.commit("s", change).catch(() => (failed = true));
  ok(failed, "rejected");
  same((await store.load("s", [])).head.sequence, 0);
});
