/** Bulk answers: bytes as arrays. */
import { type CustomerId, DaichoError, type PackedColumn, NO_DAY, customerId, id, unpack } from "daicho";

import { HANAKO, NOW, cut, desk, open } from "./people.js";
import { ok, same, test, thrown } from "./registry.js";

const COLUMNS: readonly PackedColumn[] = [
  "number", "visits", "reservations", "cancellations", "amount", "due", "firstRegistered", "firstVisit", "lastVisit", "line", "lastMinuteCancel", "noShow",
  "account", "newsletter", "phoneRegistration",
];
/** 2026-11-21 */
const TODAY = 20_778;

/** Three customers: one who came yesterday and paid, one who came never, one by phone. */
async function salon() {
  const ledger = await open();
  const at = desk(ledger);
  const register = async (given: string, phone: string) =>
    (await at.registerCustomer({ path: "counter", form: { ...HANAKO, givenName: given, phones: [phone] } })).output.customer;
  const [came, never] = [await register("花子", "090-1234-5671"), await register("月子", "090-1234-5672")];
  const { output: third } = await at.registerByPhone({ familyName: "スズキ", givenName: "ハル", phone: "090-1234-5673" });
  const { output: booked } = await at.book(cut(came, -24));
  await at.moveReservation({ reservation: booked.reservation, to: { type: "visit" } });
  return { ledger, at, all: [came, never, third.customer] as CustomerId[] };
}

test("S9 packed customers are the found ones, and their columns what their rows say", async () => {
  const { ledger, at, all } = await salon();
  const sort = { by: "lastVisit", descending: true } as const;
  const { total, cursor, sequence, customers, columns } = await at.packCustomers({ criteria: {}, sort, columns: ["visits", "amount", "lastVisit", "phoneRegistration"] });
  const found = await at.findCustomers({ criteria: {}, sort });
  same([total, cursor, sequence, [...customers].map(customerId)], [found.total, found.cursor, found.sequence, found.customers]);
  same([...customers].map(customerId), all);
  ok(columns.visits instanceof Uint32Array && columns.amount instanceof Float64Array, "counts and yen");
  ok(columns.lastVisit instanceof Int32Array && columns.phoneRegistration instanceof Uint8Array, "days and flags");
  const rows = (await at.getCustomerRows({ customers: all })).customers ?? [];
  same([...columns.visits], rows.map((row) => row.visits));
  same([...columns.amount], rows.map((row) => row.amount));
  const day = (text?: string) => (text === undefined ? NO_DAY : Date.parse(text) / 86_400_000);
  same([...columns.lastVisit], rows.map((row) => day(row.lastVisit)));
  same([[...columns.visits], [...columns.lastVisit], [...columns.phoneRegistration]], [[1, 0, 0], [TODAY - 1, NO_DAY, NO_DAY], [0, 0, 1]]);
  // @ts-expect-error: a column that was not asked for is not there, and the type checker knows.
  same(columns.due, undefined);
  // Not through a bound desk, and no column.
  const plain = await ledger.packCustomers({ criteria: {} }, { actor: { id: id("staff-1"), role: "staff" }, now: NOW });
  same([[...plain.customers], plain.columns, plain.total], [[1, 2, 3], {}, 3]);
});

test("S9 every column is packed, in pages too", async () => {
  const { at } = await salon();
  const whole = await at.packCustomers({ criteria: {}, columns: COLUMNS });
  same(Object.keys(whole.columns), COLUMNS);
  const first = await at.packCustomers({ criteria: {}, columns: COLUMNS, pageSize: 2 });
  ok(first.cursor !== undefined, "there is another page");
  const second = await at.packCustomers({ criteria: {}, columns: COLUMNS, pageSize: 2, cursor: first.cursor });
  same(second.cursor, undefined);
  for (const column of COLUMNS) same([...first.columns[column], ...second.columns[column]], [...whole.columns[column]]);
  same([...whole.columns.number], [1, 2, 3]);
});

test("S9 nobody is packed too", async () => {
  const { customers, columns, total } = await desk(await open()).packCustomers({ criteria: {}, columns: COLUMNS });
  same([customers.length, total, COLUMNS.map((column) => columns[column].length)], [0, 0, COLUMNS.map(() => 0)]);
});

test("S9 a packed answer of text is the same bytes", async () => {
  const { ledger, at } = await salon();
  const input = { criteria: {}, columns: ["amount", "line"] };
  const answer = JSON.parse(await ledger.call(JSON.stringify({ operation: "packCustomers", input, actor: { id: "m", role: "manager" }, now: NOW }))) as {
    ok: { packed: string; total: number };
  };
  const bytes = Uint8Array.from(atob(answer.ok.packed), (letter) => letter.charCodeAt(0));
  const { customers, columns } = unpack<"amount" | "line">(bytes);
  const expected = await at.packCustomers({ criteria: {}, columns: ["amount", "line"] });
  same([answer.ok.total, [...customers], [...columns.amount], [...columns.line]], [3, [...expected.customers], [...expected.columns.amount], [...expected.columns.line]]);
  // From the middle of a buffer, where no wide number may begin.
  const shifted = new Uint8Array(bytes.length + 3);
  shifted.set(bytes, 3);
  same([...unpack(shifted.subarray(3)).customers], [...customers]);
  if (typeof Buffer !== "undefined") same([...unpack(Buffer.from(shifted.buffer).subarray(3)).customers], [...customers]);
  // Yen beyond 32 bits, on both sides of nothing: where the second entry says that its values begin.
  const view = new DataView(bytes.buffer);
  const begin = view.getUint32(16 + 32 + 28, true);
  const large = [Number.MAX_SAFE_INTEGER, -4_294_967_297, -1];
  large.forEach((yen, row) => view.setBigInt64(begin + 8 * row, BigInt(yen), true));
  same([...unpack<"amount">(bytes).columns.amount], large);
  const changed = (place: number, to: number) => bytes.map((byte, at) => (at === place ? to : byte));
  // The last goes on in somebody else's bytes.
  const larger = new Uint8Array(bytes.length + 8);
  larger.set(bytes);
  const beyond = larger.subarray(0, bytes.length - 8);
  for (const wrong of [new Uint8Array(), changed(7, 0x32), bytes.subarray(0, 40), bytes.subarray(8), changed(40, 9), beyond]) {
    same((await thrown(DaichoError, () => void unpack(wrong))).code, "ledger.bad_request");
  }
});

test("A4 what cannot be packed is a typed error", async () => {
  const { at } = await salon();
  const code = async (input: object) => (await thrown(DaichoError, async () => void (await at.packCustomers(input as { criteria: object })))).code;
  same(await code({ criteria: {}, columns: ["visits", "amount", "visits"] }), "ledger.bad_request");
  same(await code({ criteria: {}, columns: ["givenName"] }), "ledger.bad_request");
  same(await code({ criteria: {}, pageSize: 1_000_001 }), "search.page_size");
  same(await code({ criteria: {}, pageSize: 0 }), "search.page_size");
  same(await code({ criteria: {}, cursor: "x" }), "search.cursor");
});
