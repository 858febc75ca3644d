/** The way from a request through the module to a store and back. */
import { DaichoError, Ledger, MemoryStore, type Request, type Store, version } from "daicho";

import { drive } from "../dist/steps.js";
import { ok, same, test, thrown } from "./registry.js";

const ROW = { kind: "customer", id: "1", keys: ["name:山田太郎"], body: '{"姓":"山田","名":"𠮷"}' };

test("the module says its version", async () => {
  ok(/^\d+\.\d+\.\d+$/.test(await version()), "three numbers");
});

test("a record goes through the module into the store and back", async () => {
  const ledger = await Ledger.open({ salon: "s", store: new MemoryStore() });
  same(await ledger.execute({ op: "get", kind: "customer", id: "1" }), null);
  same(await ledger.execute({ op: "put", row: ROW }), null);
  same(await ledger.execute({ op: "get", kind: "customer", id: "1" }), ROW);
  ledger.close();
});

test("A3 a ledger sees only its own salon", async () => {
  const store = new MemoryStore();
  const [here, there] = [await Ledger.open({ salon: "here", store }), await Ledger.open({ salon: "there", store })];
  await here.execute({ op: "put", row: ROW });
  same(await there.execute({ op: "get", kind: "customer", id: "1" }), null);
});

test("commands at once on one ledger all happen, one after the other", async () => {
  const store = new MemoryStore();
  const ledger = await Ledger.open({ salon: "s", store });
  await Promise.all([1, 2, 3, 4].map((n) => ledger.execute({ op: "put", row: { ...ROW, id: String(n) } })));
  const { entries } = await store.changes("s", 0, 10);
  same(entries.map(({ sequence }) => sequence), [1, 2, 3, 4]);
});

test("A4 an unknown operation is a typed error", async () => {
  const ledger = await Ledger.open({ salon: "s", store: new MemoryStore() });
  const error = await thrown(DaichoError, async () => void (await ledger.execute({ op: "山田" } as unknown as Request)));
  same([error.name, error.code, error.fields], ["DaichoError", "bad_request", ["op"]]);
  ok(error instanceof Error && !`${error.message} ${error.detail}`.includes("山田"), "an Error without the value");
});

test("A4 a store that throws ends in a typed error with the cause", async () => {
  const cause = new Error("disk full");
  const store: Store = Object.assign(new MemoryStore(), { load: () => Promise.reject(cause) });
  const ledger = await Ledger.open({ salon: "s", store });
  const error = await thrown(DaichoError, async () => void (await ledger.execute({ op: "put", row: ROW })));
  ok(error.code === "store_failed" && error.cause === cause, "code and cause");
});

test("A4 a store that always conflicts ends in a typed error", async () => {
  const store: Store = Object.assign(new MemoryStore(), { commit: () => Promise.resolve("conflict" as const) });
  const ledger = await Ledger.open({ salon: "s", store });
  const error = await thrown(DaichoError, async () => void (await ledger.execute({ op: "put", row: ROW })));
  same(error.code, "conflict");
});

test("A4 a closed ledger is a typed error, and a request on its way still ends", async () => {
  const ledger = await Ledger.open({ salon: "s", store: new MemoryStore() });
  const onItsWay = ledger.execute({ op: "put", row: ROW });
  ledger.close();
  ledger.close();
  same(await onItsWay, null);
  const error = await thrown(DaichoError, async () => void (await ledger.execute({ op: "put", row: ROW })));
  same(error.code, "closed");
});

test("A4 a module that stops is a typed error, which its refusal to free does not hide", async () => {
  const trap = new WebAssembly.RuntimeError("unreachable");
  const task = {
    next: () => {
      throw trap;
    },
    free: () => {
      throw new Error("still borrowed");
    },
  };
  const error = await thrown(DaichoError, async () => void (await drive(task, new MemoryStore(), "s")));
  ok(error.code === "module_stopped" && error.cause === trap, "code and cause");
});
