/** A day at the salon, as a till would use the package: tickets, checkout, points, documents, figures. */
import { type CheckOut, type CustomerId, DaichoError, type Ledger, type SaleLine, type TicketTerms, id } from "daicho";

import { HANAKO, MANAGER, NOW, cut, desk, open } from "./people.js";
import { same, test, thrown } from "./registry.js";

const DAY = 86_400_000;
const CUT: SaleLine = { item: { type: "menu", menu: id("cut") }, price: 5500, quantity: 1, rate: "standard" };
const SHAMPOO: SaleLine = { item: { type: "retail", product: id("shampoo") }, name: "シャンプー", price: 1080, quantity: 1, rate: "reduced" };
const TICKET: SaleLine = { item: { type: "ticket", plan: id("cut5") }, price: 11_000, quantity: 1, rate: "standard" };

/** A salon with points, one ticket plan and one customer, who has bought a ticket: ¥11,000, 110 points. */
async function salon() {
  const ledger = await open();
  const at = desk(ledger);
  const settings = await at.getSettings({});
  const points = { rule: { type: "perSales", yen: 100, points: 1 }, valid: { type: "months", months: 12 } } as const;
  await at.configureSalon({ settings: { ...settings, points, issuer: { name: "サロン花", registrationNumber: "T1234567890123" } } });
  const terms: TicketTerms = { name: "カット5回券", price: 11_000, uses: 5, valid: { type: "months", months: 6 }, menus: [id("cut")] };
  await at.saveTicketPlan({ plan: id("cut5"), basedOn: 0, terms });
  const customer = (await at.registerCustomer({ path: "counter", form: HANAKO })).output.customer;
  const sold = (await at.checkOut({ customer, shop: id("ginza"), lines: [TICKET], payments: [{ method: "card", amount: 11_000 }] })).output;
  return { ledger, at, customer, sold };
}

async function refused(action: () => Promise<unknown>) {
  const { code, fields, data } = await thrown(DaichoError, async () => void (await action()));
  return { code, fields, data: data as Record<string, unknown> };
}

test("K4 R9 Z1 a day at the salon", async () => {
  const { at, customer, sold } = await salon();
  const [ticket] = sold.tickets ?? [];
  same([sold.total, sold.taxes, sold.points, ticket], [11_000, [{ rate: "standard", amount: 11_000, tax: 1000 }], 110, "t1"]);

  const { reservation } = (await at.book({ ...cut(customer, 0), tickets: [{ uses: 1 }] })).output;
  const held = await at.getTicket({ ticket: ticket! });
  same([held.remaining, held.held, held.used, held.ticket.expiresOn], [5, 1, 0, "2027-05-21"]);
  same((await at.getPoints({ customer })).now, { balance: 110, provisional: 0, nextExpiry: "2027-11-21", nextExpiring: 110 });

  same((await at.moveReservation({ reservation, to: { type: "visit" } })).output.points, undefined);
  const used = await at.getTicket({ ticket: ticket! });
  same([used.remaining, used.held, used.used], [4, 0, 1]);

  const lines = [{ ...CUT, byTicket: true }, SHAMPOO];
  same((await at.quoteSale({ customer, reservation, lines, points: 100 })).due, 980);
  const closed = (await at.checkOut({ customer, reservation, lines, points: 100, payments: [{ method: "cash", amount: 980 }] })).output;
  same([closed.total, closed.points], [1080, 10]);

  const figures = await at.getFigures({ customer, frequencies: [{ type: "average", days: 30, times: 1 }] });
  same([figures.visits, figures.amount, figures.lastVisit, figures.lastMenus, figures.points], [1, 12_080, "2026-11-21", ["cut"], 20]);
  const receipt = await at.getDocument({ sale: closed.sale, kind: "receipt" });
  same([receipt.addressee, receipt.issuer, receipt.registrationNumber, receipt.tax], ["山田 花子", "サロン花", "T1234567890123", 80]);
  same(receipt.payments, [{ method: "points", amount: 100 }, { method: "cash", amount: 980 }]);
  same(receipt.lines?.map(({ name, amount, byTicket }) => [name, amount, byTicket ?? false]), [["cut", 0, true], ["シャンプー", 1080, false]]);
  const sales = await at.getSales({ customer });
  same([sales.count, sales.total], [2, 12_080]);
});

test("R9 K5 Z1 what does not add up is told by its code and figures", async () => {
  const { at, customer } = await salon();
  const { reservation } = (await at.book(cut(customer, 0))).output;
  const sell = (more: Partial<CheckOut>) => at.checkOut({ customer, reservation, lines: [CUT], ...more });
  const open = await refused(() => sell({ payments: [{ method: "cash", amount: 5500 }] }));
  same([open.code, open.data["state"], open.data["move"]], ["booking.not_allowed", "confirmed", "checkout"]);
  await at.moveReservation({ reservation, to: { type: "visit" } });
  const short = await refused(() => sell({ payments: [{ method: "cash", amount: 5000 }] }));
  same(short, { code: "sale.payment", fields: ["payments"], data: { field: "payments", due: 5500 } });
  const points = await refused(() => sell({ points: 166, payments: [{ method: "cash", amount: 5334 }] }));
  same([points.code, points.data["max"]], ["points.too_many", 165]);
  const unpaid = await refused(() => sell({ lines: [{ ...CUT, byTicket: true }] }));
  same([unpaid.code, unpaid.data["position"]], ["ticket.not_paid", 1]);
  const late = cut(customer, 24 * 365);
  same((await refused(() => at.book({ ...late, tickets: [{ ticket: id("t1"), uses: 1 }] }))).code, "ticket.expired");
});

test("N5 N7 a visit by hand counts, and is corrected by the version that was seen", async () => {
  const ledger = await open();
  const at = desk(ledger);
  const { customer } = (await at.registerCustomer({ path: "counter", form: HANAKO })).output;
  const { visit } = (await at.addVisit({ customer, form: { day: id("2026-11-01"), amount: 3000, menus: [id("cut")] } })).output;
  await at.setLastVisit({ customer, day: id("2026-11-20") });
  const stale = await refused(() => at.editVisit({ visit, basedOn: 1, form: { day: id("2026-11-02") } }));
  same([stale.code, stale.data["version"]], ["visit.version", 2]);
  const figures = await at.getFigures({ customer, frequencies: [{ type: "trailing", days: 2, times: 1 }, { type: "lastGaps", days: 30 }] });
  same([figures.visits, figures.manualVisits, figures.average, figures.lastVisit], [1, 1, 3000, "2026-11-20"]);
  same(figures.frequencies?.map((answer) => answer.holds ?? false), [true, false]);
});

test("R2 R7 labels on offer, and reservations that nobody has resolved", async () => {
  const { ledger, at, customer } = await salon();
  const { reservation } = (await at.book(cut(customer))).output;
  same((await at.listLabels({})).labels?.map(({ label, inUse }) => [label, inUse]), [["tentative", 0], ["upcoming", 1], ["visited", 0], ["feeUnpaid", 0], ["cancelled", 0]]);
  const wrong = await refused(() => at.listReservations({ labels: ["prepaid"] }));
  same([wrong.code, wrong.fields], ["search.label_not_offered", ["labels"]]);
  same((await at.listUnresolved({})).total, 0);
  const later = await ledger.listUnresolved({}, { actor: MANAGER, now: NOW + 9 * DAY });
  same(later.reservations?.map((row) => [row.reservation, row.label, row.who?.id]), [[reservation, "upcoming", customer]]);
});

test("K8 M7 a merge moves tickets and points, and its figures are numbers", async () => {
  const { ledger, at, customer } = await salon();
  const target = await second(ledger);
  const preview = await at.previewMerge({ source: customer, target });
  const { tickets, ticketUses, ticketHolds, points, salesYen } = preview.moves;
  const moves: readonly (number | undefined)[] = [tickets, ticketUses, ticketHolds, points, salesYen];
  same(moves, [1, 5, 0, 110, 11_000]);
  const { before, after } = (await at.merge({ source: customer, target, fingerprint: preview.fingerprint })).output;
  same(before, after);
  same((await at.listTickets({ expiringWithin: 365 })).tickets?.map((row) => [row.ticket, row.customer.id, row.remaining]), [["t1", target, 5]]);
});

async function second(ledger: Ledger): Promise<CustomerId> {
  const form = { ...HANAKO, phones: ["080-1111-2222"], emails: ["second@example.jp"] };
  return (await desk(ledger).registerCustomer({ path: "counter", form })).output.customer;
}
