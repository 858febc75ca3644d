/** The slice from end to end, as a page would use it. */
import { DaichoError } from "daicho";

import { HANAKO, MANAGER, NOW, cut, desk, open } from "./people.js";
import { ok, same, test, thrown } from "./registry.js";

const FULL = "申し訳ございませんが、ご希望の時間帯は予約がいっぱいとなっております。";

test("C3 C7 a registered customer has a number and full-width kana", async () => {
  const at = desk(await open());
  const { output, sequence, replayed } = await at.registerCustomer({ path: "counter", form: HANAKO });
  same([output.number, sequence, replayed], [1, 1, false]);
  const { customer } = await at.getCustomer({ customer: output.customer });
  same([customer.familyKana, customer.givenKana, customer.phones?.[0]?.digits], ["ヤマダ", "ハナコ", "09012345678"]);
});

test("P1 P2 P3 a phone registration is listed until a real address is known", async () => {
  const at = desk(await open());
  const { output } = await at.registerByPhone({ familyName: "ヤマダ", givenName: "ハナ", phone: "00011111111" });
  same((await at.listPhoneRegistrations({})).total, 1);
  const { customer } = await at.getCustomer({ customer: output.customer });
  same(customer.emails?.[0]?.entered, "00011111111@leporto.com");
  const form = { familyName: "山田", givenName: "花", familyKana: "ヤマダ", givenKana: "ハナ", phones: ["00011111111"], emails: ["hana@example.jp"] };
  await at.editCustomer({ customer: output.customer, basedOn: customer.version, form });
  same((await at.listPhoneRegistrations({})).total, 0);
});

test("S2 S3 a search finds parts of names in any kana, and the last four digits", async () => {
  const at = desk(await open());
  const { output } = await at.registerCustomer({ path: "counter", form: HANAKO });
  for (const criteria of [{ name: "山田花" }, { name: "やまだ" }, { phone: "5678" }, { email: "HANAKO@" }]) {
    same((await at.searchCustomers({ criteria })).customers?.map((row) => row.id), [output.customer]);
  }
  same((await at.searchCustomers({ criteria: { name: "佐藤" } })).total, 0);
});

test("G1 a customer on the watch list has a mark and may book", async () => {
  const at = desk(await open());
  const { output } = await at.registerCustomer({ path: "counter", form: HANAKO });
  await at.addListing({ customer: output.customer, list: "watch", memo: "よく遅れる" });
  same((await at.listListed({ list: "watch" })).entries?.map((entry) => entry.memo), ["よく遅れる"]);
  same((await at.mayBook({ customer: output.customer, channel: "site" })).verdict, "allowedWithWarnings");
  await at.book(cut(output.customer));
});

test("G3 the black list denies with the sentence of a full calendar and nothing else", async () => {
  const ledger = await open();
  const at = desk(ledger);
  const { output } = await at.registerCustomer({ path: "counter", form: HANAKO });
  await at.addListing({ customer: output.customer, list: "black", memo: "無断キャンセルが続いた" });
  const self = { id: MANAGER.id, role: "customer" as const, customer: output.customer };
  const gate = await ledger.mayBook({ customer: output.customer, channel: "site" }, { actor: self, now: NOW });
  same([gate.verdict, gate.publicMessage, gate.staffReasons ?? []], ["denied", FULL, []]);
  const error = await thrown(DaichoError, async () => void (await ledger.book(cut(output.customer), { actor: self, channel: "site", now: NOW })));
  same([error.code, error.data], ["booking.unavailable", { publicMessage: FULL }]);
  const staff = await thrown(DaichoError, async () => void (await at.book(cut(output.customer))));
  same(staff.code, "booking.blacklisted");
});

test("R3 R4 a reservation is booked and cancelled", async () => {
  const at = desk(await open());
  const { output } = await at.registerCustomer({ path: "counter", form: HANAKO });
  const booked = await at.book(cut(output.customer));
  same(booked.output.label, "upcoming");
  const moved = await at.moveReservation({ reservation: booked.output.reservation, to: { type: "cancelByCustomer" } });
  same(moved.output.label, "cancelled");
  const again = await thrown(DaichoError, async () => void (await at.moveReservation({ reservation: booked.output.reservation, to: { type: "visit" } })));
  ok(again.code.startsWith("booking."), again.code);
});

test("M2 M4 M6 M8 two records of one person are merged as the preview showed", async () => {
  const at = desk(await open());
  const target = (await at.registerCustomer({ path: "counter", form: HANAKO })).output.customer;
  const second = { ...HANAKO, familyName: "山田　", phones: ["080-1111-2222"], emails: ["second@example.jp"] };
  const source = (await at.registerCustomer({ path: "counter", form: second })).output.customer;
  await at.book(cut(source));
  const preview = await at.previewMerge({ source, target });
  same([preview.blockers ?? [], preview.moves.reservations], [[], 1]);
  const merged = await at.merge({ source, target, fingerprint: preview.fingerprint });
  same(merged.output.before, merged.output.after);
  const card = await at.getCustomer({ customer: source });
  same([card.customer.id, card.mergedFrom], [target, source]);
  same(card.customer.phones?.map((phone) => phone.digits), ["09012345678", "08011112222"]);
  same((await at.getMerges({ customer: target })).merges?.map((row) => row.merge.id), [merged.output.merge]);
  const again = await thrown(DaichoError, async () => void (await at.merge({ source, target, fingerprint: preview.fingerprint })));
  ok(again.code.startsWith("merge."), again.code);
});

test("M1 a merge of different names is refused with the keys of both", async () => {
  const at = desk(await open());
  const target = (await at.registerCustomer({ path: "counter", form: { ...HANAKO, familyName: "髙橋" } })).output.customer;
  const source = (await at.registerCustomer({ path: "counter", form: { ...HANAKO, familyName: "高橋" } })).output.customer;
  const { fingerprint, blockers } = await at.previewMerge({ source, target });
  same(blockers?.map(({ code, data }) => [code, data?.sourceKey, data?.targetKey]), [["merge.name_mismatch", "高橋花子", "髙橋花子"]]);
  const error = await thrown(DaichoError, async () => void (await at.merge({ source, target, fingerprint })));
  same(error.code, "merge.name_mismatch");
  const said = `${error.message}${JSON.stringify(error)}${error.stack}`;
  ok(JSON.stringify(error.data).includes("髙橋") && !said.includes("髙橋"), "the names are in the data only");
});

test("C8 an overlapping edit is a typed conflict with the field and all three values", async () => {
  const at = desk(await open());
  const { output } = await at.registerCustomer({ path: "counter", form: HANAKO });
  const edit = (familyName: string) => at.editCustomer({ customer: output.customer, basedOn: 1, form: { ...HANAKO, familyName } });
  await edit("佐藤");
  const error = await thrown(DaichoError, async () => void (await edit("鈴木")));
  same([error.code, error.fields, error.retryable], ["customer.conflict", ["familyName"], false]);
  const data = JSON.stringify(error.data);
  ok(["山田", "佐藤", "鈴木"].every((name) => data.includes(name)), "base, stored and submitted");
});

test("I5 a rehearsal answers what the ledger would, and keeps nothing", async () => {
  const ledger = await open();
  const rehearsed = await desk(ledger.rehearsal()).registerCustomer({ path: "counter", form: HANAKO });
  same((await desk(ledger).searchCustomers({})).total, 0);
  same((await desk(ledger).registerCustomer({ path: "counter", form: HANAKO })).output, rehearsed.output);
});

test("A1 A5 the journal says who did what, and the check finds nothing wrong", async () => {
  const at = desk(await open());
  await at.registerCustomer({ path: "counter", form: HANAKO });
  const { entries } = await at.journal({ since: 0, limit: 10 });
  same(entries?.map((entry) => [entry.sequence, entry.command, entry.actor.id, entry.at]), [[1, "registerCustomer", MANAGER.id, NOW]]);
  same((await at.check({})).breaches ?? [], []);
});
