/** A page that keeps its ledger in the browser's database. */
import { type Actor, DaichoError, type DaichoErrorCode, IndexedDbStore, Ledger, id } from "daicho";

const store = await IndexedDbStore.open("salon");
const ledger = await Ledger.open({ salon: "ginza", store });
const staff: Actor = { id: id("staff-1"), role: "staff" };
const desk = ledger.as(staff, "counter", { now: () => Date.now() });

try {
  const { output } = await desk.registerByPhone({ familyName: "ヤマダ", givenName: "ハナコ", phone: "090-1234-5678" });
  await desk.addListing({ customer: output.customer, list: "watch", memo: "お急ぎの方" });
  const { customers = [] } = await desk.searchCustomers({ criteria: { phone: "5678" } });
  const gate = await desk.mayBook({ customer: output.customer, channel: "site" });
  document.title = gate.publicMessage ?? customers.map((row) => `${row.familyName} ${row.givenName}`).join("、");
} catch (error) {
  if (!(error instanceof DaichoError)) throw error;
  const code: DaichoErrorCode = error.code;
  document.title = code === "ledger.too_many_conflicts" ? "もう一度お試しください" : error.fields.join("、");
} finally {
  ledger.close();
  store.close();
}
