/** A page that keeps its ledger in the browser's database. */
import { DaichoError, type DaichoErrorCode, IndexedDbStore, Ledger, load } from "daicho";

await load();
const store = await IndexedDbStore.open("salon");
const ledger = await Ledger.open({ salon: "ginza", store });

try {
  await ledger.execute({ op: "put", row: { kind: "customer", id: "1", keys: ["name:山田太郎"], body: "{}" } });
  const row = await ledger.execute({ op: "get", kind: "customer", id: "1" });
  document.title = row?.body ?? "";
} catch (error) {
  if (!(error instanceof DaichoError)) throw error;
  const code: DaichoErrorCode = error.code;
  document.title = code === "conflict" ? "もう一度お試しください" : error.fields.join("、");
} finally {
  ledger.close();
  store.close();
}
