/** What every store must do, whoever wrote it. */
import type { Change, Row, Store } from "daicho";

import { same, test } from "./registry.js";

const customer = (id: string, more: Partial<Row> = {}): Row => ({ kind: "customer", id, keys: [], body: `body of ${id}`, ...more });
const visit = (id: string, parent: string): Row => ({ kind: "visit", id, parent, keys: [], body: "" });

/** A change that appends the n-th entry. */
const nth = (n: number, put: readonly Row[] = [], more: Partial<Change> = {}): Change => ({
  expected: { sequence: n - 1, hash: n === 1 ? "" : `h${n - 1}` },
  head: { sequence: n, hash: `h${n}` },
  entries: [{ sequence: n, body: `entry ${n}` }],
  put,
  ...more,
});

const ids = (rows: readonly Row[]): string[] => rows.map(({ id }) => id).sort();

/** Registers the checks for one kind of store; `open` gives a new, empty one each time. */
export function checkStore(name: string, open: () => Promise<Store>): void {
  const check = (what: string, body: (store: Store) => Promise<void>): void => {
    test(`${what} (${name})`, async () => body(await open()));
  };

  check("an empty salon has an empty head", async (store) => {
    same(await store.load("s", []), { head: { sequence: 0, hash: "" }, rows: [] });
    same(await store.changes("s", 0, 10), { head: { sequence: 0, hash: "" }, entries: [] });
  });

  check("rows are found by id, parent and key, each once", async (store) => {
    const rows = [customer("1", { keys: ["tel:0312345678", "name:山田"] }), customer("2", { keys: ["name:山田"] }), visit("v1", "1"), visit("v2", "2")];
    same(await store.commit("s", nth(1, rows)), "committed");
    const found = async (kind: string, by: "id" | "parent" | "key", value: string) => ids((await store.load("s", [{ kind, by, value }])).rows);
    same(await found("customer", "id", "2"), ["2"]);
    same(await found("customer", "id", "3"), []);
    same(await found("visit", "parent", "1"), ["v1"]);
    same(await found("customer", "key", "name:山田"), ["1", "2"]);
    same(await found("visit", "key", "name:山田"), []);
    const both = await store.load("s", [{ kind: "customer", by: "id", value: "1" }, { kind: "customer", by: "key", value: "tel:0312345678" }]);
    same(both, { head: { sequence: 1, hash: "h1" }, rows: [rows[0]] });
  });

  check("a row that is written again is found by its new keys only", async (store) => {
    await store.commit("s", nth(1, [customer("1", { parent: "old", keys: ["old"] })]));
    await store.commit("s", nth(2, [customer("1", { keys: ["new", "new"] })]));
    same((await store.load("s", [{ kind: "customer", by: "key", value: "old" }])).rows, []);
    same((await store.load("s", [{ kind: "customer", by: "parent", value: "old" }])).rows, []);
    same(ids((await store.load("s", [{ kind: "customer", by: "key", value: "new" }])).rows), ["1"]);
  });

  check("a removed row is gone from every way to it", async (store) => {
    await store.commit("s", nth(1, [customer("1", { parent: "p", keys: ["k"] })]));
    await store.commit("s", nth(2, [], { remove: [{ kind: "customer", id: "1" }] }));
    const reads = (["id", "parent", "key"] as const).map((by, n) => ({ kind: "customer", by, value: ["1", "p", "k"][n] ?? "" }));
    same((await store.load("s", reads)).rows, []);
  });

  check("M9 a change decided on an older head writes nothing", async (store) => {
    await store.commit("s", nth(1, [customer("1")]));
    same(await store.commit("s", nth(1, [customer("2")])), "conflict");
    same(await store.commit("s", { ...nth(2, [customer("3")]), expected: { sequence: 1, hash: "other" } }), "conflict");
    same((await store.changes("s", 0, 10)).entries, [{ sequence: 1, body: "entry 1" }]);
    same(ids((await store.scan("s", "customer", "", 10)).rows), ["1"]);
  });

  check("M9 of two writers at once exactly one wins", async (store) => {
    const results = await Promise.all(["a", "b"].map((id) => store.commit("s", nth(1, [customer(id)]))));
    same([...results].sort(), ["committed", "conflict"]);
    same((await store.scan("s", "customer", "", 10)).rows.length, 1);
  });

  check("a commit of several entries moves the head to the last", async (store) => {
    const entries = [1, 2, 3].map((sequence) => ({ sequence, body: `entry ${sequence}` }));
    await store.commit("s", { ...nth(1), head: { sequence: 3, hash: "h3" }, entries });
    same((await store.load("s", [])).head, { sequence: 3, hash: "h3" });
    same((await store.changes("s", 1, 1)).entries, [{ sequence: 2, body: "entry 2" }]);
    same(await store.commit("s", nth(4)), "committed");
  });

  check("a scan walks one kind in the order of ids, page by page", async (store) => {
    await store.commit("s", nth(1, [...["b", "a", "d", "c"].map((id) => customer(id)), visit("aa", "a")]));
    same((await store.scan("s", "customer", "", 3)).rows.map(({ id }) => id), ["a", "b", "c"]);
    same((await store.scan("s", "customer", "c", 3)).rows.map(({ id }) => id), ["d"]);
    same((await store.scan("s", "customer", "", 0)).rows, []);
  });

  check("A3 salons do not see each other, nor a salon whose name begins alike", async (store) => {
    await store.commit("s", nth(1, [customer("1", { parent: "p", keys: ["k"] })]));
    for (const salon of ["s2", "", "S"]) {
      same(await store.load(salon, [{ kind: "customer", by: "key", value: "k" }]), { head: { sequence: 0, hash: "" }, rows: [] });
      same((await store.scan(salon, "customer", "", 10)).rows, []);
    }
    same(await store.commit("s2", nth(1)), "committed");
  });
}
