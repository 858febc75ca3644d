/** The search index kept with the store: a page that is opened again reads one block instead of every record. */
import { type Kind, MemoryStore, type Store } from "daicho";

import { HANAKO, desk, open } from "./people.js";
import { ok, same, test } from "./registry.js";

const SALON = "salon-1";
/** More records than may change before the index is kept. */
const MANY = 4_200;

/** A store, and the kinds of which every record was read through it. */
function watched(store: Store) {
  const scanned = new Set<Kind>();
  const through: Store = {
    load: (salon, reads) => store.load(salon, reads),
    scan: (salon, kind, after, limit) => {
      scanned.add(kind);
      return store.scan(salon, kind, after, limit);
    },
    changes: (salon, since, limit) => store.changes(salon, since, limit),
    commit: (salon, batch) => store.commit(salon, batch),
    index: async (salon) => store.index?.(salon),
    keepIndex: async (salon, block) => store.keepIndex?.(salon, block),
  };
  return { through, scanned };
}

/** Many customers, as rows alone. */
async function crowd(store: Store): Promise<void> {
  const { output } = await desk(await open(store)).registerCustomer({ path: "counter", form: HANAKO });
  const { head, records } = await store.load(SALON, [{ by: "id", kind: "customer", id: output.customer }]);
  const row = records[0]?.[0];
  if (row === undefined) throw new Error("the customer is not there");
  const puts = Array.from({ length: MANY }, (_, n) => {
    const number = n + 1_000;
    const id = `c${number}`;
    const keys = (row.keys ?? []).map((key) => (key === "number:1" ? `number:${number}` : key));
    return { ...row, id, keys, body: JSON.stringify({ ...(JSON.parse(row.body) as object), id, number }) };
  });
  const entry = { sequence: head.sequence + 1, body: "{}", hash: "1".repeat(64) };
  same(await store.commit(SALON, { expected: head.sequence, entries: [entry], puts, removes: [] }), "committed");
}

/** Registers the tests for one kind of store. */
export function keepsItsIndex(name: string, make: () => Promise<Store>): void {
  test(`a ledger opened again reads the kept index and what happened since (${name})`, async () => {
    const store = await make();
    await crowd(store);
    const at = desk(await open(store));
    const found = async (ledger = at) => (await ledger.searchCustomers({ criteria: { name: "花子" } })).total;
    same(await found(), MANY + 1);
    ok(((await store.index?.(SALON))?.length ?? 0) > 10_000, "a block is kept");
    await at.registerCustomer({ path: "counter", form: HANAKO });
    const { through, scanned } = watched(store);
    same(await found(desk(await open(through))), MANY + 2);
    ok(!scanned.has("customer"), `the customers were read: ${[...scanned].join(" ")}`);
  });

  test(`a damaged index is not believed (${name})`, async () => {
    const store = await make();
    await crowd(store);
    const found = async (from: Store) => (await desk(await open(from)).searchCustomers({ criteria: {} })).total;
    await found(store);
    const block = Uint8Array.from((await store.index?.(SALON)) ?? []);
    const middle = block.length >> 1;
    block[middle] = ((block[middle] ?? 0) + 1) % 256;
    await store.keepIndex?.(SALON, block);
    const { through, scanned } = watched(store);
    same(await found(through), MANY + 1);
    ok(scanned.has("customer"), "the customers were read");
  });
}

keepsItsIndex("MemoryStore", async () => new MemoryStore());

test("a store whose index cannot be read is searched all the same", async () => {
  const { through, scanned } = watched(new MemoryStore());
  const broken: Store = { ...through, index: () => Promise.reject(new Error("no index today")) };
  await crowd(broken);
  same((await desk(await open(broken)).searchCustomers({ criteria: {} })).total, MANY + 1);
  ok(scanned.has("customer"), "the customers were read");
});
