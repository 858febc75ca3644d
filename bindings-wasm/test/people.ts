/** Actors, an instant and customers that the tests share. */
import { type Actor, type Book, type CustomerForm, type CustomerId, Ledger, MemoryStore, type Store, id } from "daicho";

export const MANAGER: Actor = { id: id("manager-1"), role: "manager" };
export const STAFF: Actor = { id: id("staff-1"), role: "staff" };
/** 2026-11-21 10:00 in Japan. */
export const NOW = 1_795_222_800_000;
const HOUR = 3_600_000;

export const HANAKO: CustomerForm = {
  familyName: "山田",
  givenName: "花子",
  familyKana: "ﾔﾏﾀﾞ",
  givenKana: "はなこ",
  phones: ["090-1234-5678"],
  emails: ["hanako@example.jp"],
};

/** The ledger's operations as the manager at the counter. */
export function desk(ledger: Ledger) {
  return ledger.as(MANAGER, "counter", { now: () => NOW });
}

export async function open(store: Store = new MemoryStore(), salon = "salon-1"): Promise<Ledger> {
  return Ledger.open({ salon, store });
}

/** What booking a cut for a customer takes. */
export function cut(customer: CustomerId, hour = 48): Book {
  const start = NOW + hour * HOUR;
  return { customer, shop: id("ginza"), lines: [{ menu: id("cut"), price: 5500, kind: "basic" }], start, end: start + HOUR };
}
