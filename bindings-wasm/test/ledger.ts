/** The way from a call through the module to a store and back. */
import { DaichoError, Ledger, MemoryStore, OverlayStore, type Store, id, version } from "daicho";

import { drive } from "../dist/steps.js";
import { HANAKO, MANAGER, NOW, STAFF, cut, desk, open } from "./people.js";
import { ok, same, test, thrown } from "./registry.js";

const context = { actor: MANAGER, channel: "counter", now: NOW } as const;

test("the module says its version", async () => {
  ok(/^\d+\.\d+\.\d+$/.test(await version()), "three numbers");
});

test("A2 the same command under the same key is done once and answers the same", async () => {
  const ledger = await open();
  const keyed = { ...context, key: "k1" };
  const first = await ledger.registerCustomer({ path: "counter", form: HANAKO }, keyed);
  const again = await ledger.registerCustomer({ path: "counter", form: HANAKO }, keyed);
  same([again.output, again.sequence, first.replayed, again.replayed], [first.output, 1, false, true]);
  const other = await thrown(DaichoError, async () => void (await ledger.registerByPhone({ familyName: "ア", givenName: "イ", phone: "0312345678" }, keyed)));
  same(other.code, "access.key_reused");
});

test("A2 without a key each command is one of its own", async () => {
  const ledger = await open();
  await ledger.registerCustomer({ path: "counter", form: HANAKO }, context);
  same((await ledger.registerCustomer({ path: "counter", form: HANAKO }, context)).output.number, 2);
});

test("T1 an instant is a number or a Date, and nothing stands in for one", async () => {
  const ledger = await open();
  await ledger.registerCustomer({ path: "counter", form: HANAKO }, { ...context, now: new Date(NOW) });
  same((await ledger.journal({ since: 0, limit: 1 }, context)).entries?.[0]?.at, NOW);
  for (const now of [undefined, NaN, new Date("no day"), 0.5]) {
    const error = await thrown(DaichoError, async () => void (await ledger.getSettings({}, { actor: MANAGER, now: now as number })));
    same(error.code, "ledger.bad_request");
  }
});

test("A3 a role that may not is told so, and a salon sees only itself", async () => {
  const store = new MemoryStore();
  const [here, there] = [await open(store, "here"), await open(store, "there")];
  const { output } = await here.registerCustomer({ path: "counter", form: HANAKO }, context);
  const error = await thrown(DaichoError, async () => void (await here.check({}, { actor: STAFF, now: NOW })));
  same(error.code, "access.forbidden");
  const missing = await thrown(DaichoError, async () => void (await there.getCustomer({ customer: output.customer }, context)));
  same(missing.code, "customer.not_found");
});

test("A4 a salon id that cannot be one is a typed error", async () => {
  const error = await thrown(DaichoError, async () => void (await Ledger.open({ salon: "two words", store: new MemoryStore() })));
  same([error.name, error.code, error instanceof Error], ["DaichoError", "access.bad_id", true]);
});

test("G5 a block outlives its record under the key of the host", async () => {
  const store = new MemoryStore();
  const black = await desk(await open(store)).registerCustomer({ path: "counter", form: HANAKO });
  const customer = black.output.customer;
  await desk(await open(store)).addListing({ customer, list: "black", memo: "無断キャンセル3回" });
  const without = await thrown(DaichoError, async () => void (await desk(await open(store)).eraseCustomer({ customer })));
  same([without.code, without.fields], ["customer.block_key_missing", ["blockKey"]]);
  const short = await thrown(DaichoError, async () => void (await Ledger.open({ salon: "salon-1", store, blockKey: new Uint8Array(31) })));
  same(short.code, "ledger.bad_request");
  const ledger = await Ledger.open({ salon: "salon-1", store, blockKey: new Uint8Array(32).fill(7) });
  same((await desk(ledger).eraseCustomer({ customer })).output.number, 1);
  const again = await desk(ledger.rehearsal()).registerCustomer({ path: "counter", form: HANAKO });
  same(again.output.returns?.map(({ customer, why }) => [customer, why]), [[customer, ["phone", "email", "kana"]]]);
  same((await desk(ledger).check({})).breaches, undefined);
});

test("A4 what is missing is named by its field", async () => {
  const ledger = await open();
  const error = await thrown(DaichoError, async () => void (await ledger.registerCustomer({ path: "counter", form: { ...HANAKO, givenName: " " } }, context)));
  same([error.code, error.fields, error.retryable], ["customer.required", ["givenName"], false]);
});

test("A4 an unknown field is a typed error without the value", async () => {
  const ledger = await open();
  const input = { path: "counter", form: HANAKO, nickname: "山ちゃん" } as const;
  const error = await thrown(DaichoError, async () => void (await ledger.registerCustomer(input, context)));
  ok(error.code === "ledger.bad_request" && !error.message.includes("山ちゃん"), error.message);
});

test("A4 a value of the wrong shape is named by its path, and a bad id by its own code", async () => {
  const ledger = await open();
  const book = cut(id("c1"));
  const lines = (book.lines ?? []).flatMap((line) => [line, { ...line, price: "5500" as unknown as number }]);
  const error = await thrown(DaichoError, async () => void (await ledger.book({ ...book, lines }, context)));
  same([error.code, error.fields, error.detail], ["ledger.bad_request", ["lines[1].price"], "not a request: input.lines[1].price: expected i64"]);
  const odd = await thrown(DaichoError, async () => void (await ledger.book(cut(id("17")), context)));
  same([odd.code, odd.fields, odd.detail], ["access.bad_id", ["customer"], "input.customer: not a CustomerId: expected c1, c2, …"]);
});

test("the raw door takes and gives JSON", async () => {
  const ledger = await open();
  const request = { operation: "getSettings", input: {}, actor: MANAGER, now: NOW };
  const answer = JSON.parse(await ledger.call(JSON.stringify(request))) as { ok: { placeholderDomain: string } };
  same(answer.ok.placeholderDomain, "leporto.com");
  const wrong = JSON.parse(await ledger.call("{")) as { error: { code: string } };
  same(wrong.error.code, "ledger.bad_request");
});

test("commands at once on one ledger all happen, one after the other", async () => {
  const ledger = await open();
  const done = await Promise.all([1, 2, 3, 4].map(() => ledger.registerCustomer({ path: "counter", form: HANAKO }, context)));
  same(done.map(({ output }) => output.number).sort(), [1, 2, 3, 4]);
});

test("A4 a store that throws ends in a typed error with the cause, and without its words", async () => {
  const cause = new TypeError("山田 is full");
  const store: Store = Object.assign(new MemoryStore(), { load: () => Promise.reject(cause) });
  const error = await thrown(DaichoError, async () => void (await desk(await open(store)).registerCustomer({ path: "counter", form: HANAKO })));
  ok(error.code === "store.failed" && error.cause === cause && error.detail.includes("TypeError") && !error.detail.includes("山田"), error.detail);
});

test("A4 a store that answers nonsense ends in a typed error", async () => {
  const store: Store = Object.assign(new MemoryStore(), { load: () => Promise.resolve({ head: { sequence: 0, hash: "" }, records: [] }) });
  const error = await thrown(DaichoError, async () => void (await desk(await open(store)).getSettings({})));
  same(error.code, "store.failed");
});

test("A4 a store that always conflicts ends in a typed error that may be tried again", async () => {
  const store: Store = Object.assign(new MemoryStore(), { commit: () => Promise.resolve("conflict" as const) });
  const error = await thrown(DaichoError, async () => void (await desk(await open(store)).registerCustomer({ path: "counter", form: HANAKO })));
  same([error.code, error.retryable], ["ledger.too_many_conflicts", true]);
});

test("A4 a closed ledger is a typed error, and a call on its way still ends", async () => {
  const ledger = await open();
  const onItsWay = ledger.registerCustomer({ path: "counter", form: HANAKO }, context);
  ledger.close();
  ledger.close();
  same((await onItsWay).output.number, 1);
  const error = await thrown(DaichoError, async () => void (await ledger.getSettings({}, context)));
  same(error.code, "ledger.closed");
});

test("A4 a module that stops is a typed error, which its refusal to free does not hide", async () => {
  const trap = new WebAssembly.RuntimeError("unreachable");
  const task = {
    next: () => {
      throw trap;
    },
    block: () => undefined,
    free: () => {
      throw new Error("still borrowed");
    },
  };
  const error = await thrown(DaichoError, async () => void (await drive(task, new MemoryStore(), "s")));
  ok(error.code === "module.stopped" && error.cause === trap, "code and cause");
});

test("I5 a rehearsal whose ledger moved on says so", async () => {
  const below = new MemoryStore();
  const ledger = await open(below);
  const rehearsal = await open(new OverlayStore(below));
  await rehearsal.registerCustomer({ path: "counter", form: HANAKO }, context);
  await ledger.registerCustomer({ path: "counter", form: HANAKO }, context);
  const error = await thrown(DaichoError, async () => void (await rehearsal.registerCustomer({ path: "counter", form: HANAKO }, context)));
  same([error.code, error.retryable], ["store.unavailable", true]);
});
