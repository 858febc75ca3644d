/** Files through the import, as a page does it. */
import { DaichoError, id } from "daicho";
import { type ImportProgress, importTemplate, importWorkbook, openSheet } from "daicho/sheets";

import { MANAGER, NOW, desk, open } from "./people.js";
import { ok, same, test, thrown } from "./registry.js";

const options = { actor: MANAGER, channel: "counter", now: NOW } as const;
const csv = (...lines: string[]): Uint8Array => new TextEncoder().encode(lines.join("\r\n"));

test("I1 the template can be downloaded, and imported with its sample row", async () => {
  const { name, bytes } = await importTemplate();
  same(name, "顧客情報テンプレート.xlsx");
  const ledger = await open();
  const { counts, ignored } = await importWorkbook(ledger, bytes, { ...options, importId: "i1" });
  same([counts, ignored], [{ imported: 1, errors: 0, existing: 0, blank: 0 }, []]);
  const { customers } = await desk(ledger).searchCustomers({ criteria: { name: "ヤマダ" } });
  same(customers?.map((row) => [row.familyName, row.givenName, row.phones]), [["山田", "花子", ["090-1234-5678"]]]);
});

test("I2 I4 each row ends as one of three, and repairs are told", async () => {
  const ledger = await open();
  const file = csv("姓,名,セイ,電話番号", "山田,花子,ﾔﾏﾀﾞ,09012345678", "山田,花子,,090-1234-5678", ",太郎,,");
  const report = await importWorkbook(ledger, file, { ...options, importId: "i1" });
  same(report.rows?.map(({ row, result }) => [row, result.type]), [[2, "imported"], [3, "existing"], [4, "error"]]);
  same(report.rows?.[0]?.repairs?.map(({ kind, after }) => [kind, after]), [["halfWidthKana", "ヤマダ"]]);
  same(report.counts, { imported: 1, existing: 1, errors: 1, blank: 0 });
});

test("I5 a preview equals the run, a second run doubles nothing, and progress is told", async () => {
  const ledger = await open();
  const lines = Array.from({ length: 1200 }, (_, n) => `山田,花子${n},0901234${String(n).padStart(4, "0")}`);
  const file = csv("姓,名,電話番号", ...lines);
  const preview = await importWorkbook(ledger.rehearsal(), file, { ...options, importId: "i1" });
  const seen: ImportProgress[] = [];
  const run = (): ReturnType<typeof importWorkbook> => importWorkbook(ledger, file, { ...options, importId: "i1", onProgress: (step) => seen.push(step) });
  same(await run(), preview);
  same(seen.map(({ done, replayed }) => [done.total.imported, replayed]), [[500, false], [1000, false], [1200, false]]);
  same(await run(), preview);
  ok(seen.slice(3).every(({ replayed }) => replayed), "the second run replays");
  same((await desk(ledger).searchCustomers({})).total, 1200);
});

test("I5 an import that was stopped goes on where it stopped, and one that was undone does not", async () => {
  const ledger = await open();
  const file = csv("姓,名", ...Array.from({ length: 600 }, (_, n) => `山田,花子${n}`));
  const stop = new AbortController();
  const stopped = importWorkbook(ledger, file, { ...options, importId: "i1", signal: stop.signal, onProgress: () => stop.abort() });
  same((await thrown(DOMException, async () => void (await stopped))).name, "AbortError");
  same((await desk(ledger).getImport({ import: id("i1") })).imported, 500);
  same((await importWorkbook(ledger, file, { ...options, importId: "i1" })).counts.imported, 600);
  await desk(ledger).undoImport({ import: id("i1") });
  const undone = await thrown(DaichoError, async () => void (await importWorkbook(ledger, file, { ...options, importId: "i1" })));
  same(undone.code, "import.undone");
});

test("I7 a file that is none, or of no known heading, is a typed error", async () => {
  const ledger = await open();
  const broken = await thrown(DaichoError, async () => void (await importWorkbook(ledger, new TextEncoder().encode("PK\u0003\u0004"), { ...options, importId: "i1" })));
  ok(broken.code.startsWith("sheet."), broken.code);
  const heading = await thrown(DaichoError, async () => void (await importWorkbook(ledger, csv("a,b", "1,2"), { ...options, importId: "i1" })));
  same(heading.code, "import.no_heading");
  same((await desk(ledger).searchCustomers({})).total, 0);
});

test("a sheet is read as it is asked for, to its end", async () => {
  const sheet = await openSheet(csv("a", "b", "", "c"));
  same(sheet.next(2).map(({ row }) => row), [1, 2]);
  same(sheet.next(2), [{ row: 4, cells: [{ type: "text", text: "c" }] }]);
  same([sheet.next(2), sheet.dateSystem], [[], "d1900"]);
  sheet.close();
});
