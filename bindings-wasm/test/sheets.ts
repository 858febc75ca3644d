/** Files through the import, as a page does it. */
import { type Cell, type CustomerId, DaichoError, type ImportedRows, type Ledger, id } from "daicho";
import { type ImportProgress, errorWorkbook, exportWorkbook, importTemplate, importWorkbook, openSheet } from "daicho/sheets";

import { HANAKO, MANAGER, NOW, STAFF, cut, desk, open } from "./people.js";
import { ok, same, test, thrown } from "./registry.js";

const options = { actor: MANAGER, channel: "counter", now: NOW } as const;
const csv = (...lines: string[]): Uint8Array => new TextEncoder().encode(lines.join("\r\n"));

test("I1 the template can be downloaded, and its sample row becomes nobody", async () => {
  const { name, bytes } = await importTemplate();
  same(name, "顧客情報テンプレート.xlsx");
  const ledger = await open();
  const { counts, ignored, rows } = await importWorkbook(ledger, bytes, { ...options, importId: "i1" });
  same([counts, ignored], [{ imported: 0, errors: 1, existing: 0, blank: 0 }, []]);
  same(rows?.map(({ row, result }) => [row, result.type === "error" && result.problems[0]?.code]), [[2, "import.sample"]]);
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

test("I6 what is exported is imported again as it was", async () => {
  const ledger = await open();
  const { output } = await desk(ledger).registerCustomer({ path: "counter", form: { ...HANAKO, building: "=1+1", birthday: "--02-29" as const } });
  const form = async (of: typeof ledger): Promise<unknown> => {
    const { familyName, familyKana, phones, emails, birthday, building } = (await desk(of).getCustomer({ customer: output.customer })).customer;
    return { familyName, familyKana, phones, emails, birthday, building };
  };
  for (const format of ["xlsx", "csv", "csvShiftJis"] as const) {
    const file = await exportWorkbook(ledger, { customers: {} }, { actor: MANAGER, now: NOW, format });
    const other = await open();
    same((await importWorkbook(other, file, { ...options, importId: "i1" })).counts.imported, 1);
    same(await form(other), await form(ledger));
  }
});

test("I6 an export has every page, and the asked-for rows only", async () => {
  const ledger = await open();
  const lines = Array.from({ length: 1200 }, (_, n) => `山田,花子${n}`);
  await importWorkbook(ledger, csv("姓,名", ...lines), { ...options, importId: "i1" });
  const seen: [number, number][] = [];
  const onProgress = (rows: number, total: number): void => void seen.push([rows, total]);
  const sheet = await openSheet(await exportWorkbook(ledger, { customers: { criteria: { name: "花子" } } }, { actor: MANAGER, now: NOW, onProgress }));
  same(sheet.next(2000).length, 1201);
  same(seen, [[1000, 1200], [1200, 1200]]);
  const customer: CustomerId = id("c1");
  await desk(ledger).book({ ...cut(customer), comment: "窓側" });
  const booked = await openSheet(await exportWorkbook(ledger, { reservations: {} }, { actor: MANAGER, now: NOW, format: "csv" }));
  same(booked.next(10).map(({ cells }) => cells?.length), [13, 13]);
  const none = await openSheet(await exportWorkbook(ledger, { tickets: {} }, { actor: MANAGER, now: NOW }));
  same(none.next(10).length, 1);
});

test("I6 an export that is not allowed, stopped or not to be written rejects", async () => {
  const ledger = await open();
  await desk(ledger).registerCustomer({ path: "counter", form: { ...HANAKO, familyName: "𠮷田" } });
  const refused = await thrown(DaichoError, async () => void (await exportWorkbook(ledger, { customers: {} }, { actor: STAFF, now: NOW })));
  same(refused.code, "access.forbidden");
  const stop = { actor: MANAGER, now: NOW, signal: AbortSignal.abort() };
  same((await thrown(DOMException, async () => void (await exportWorkbook(ledger, { customers: {} }, stop)))).name, "AbortError");
  const old = { actor: MANAGER, now: NOW, format: "csvShiftJis" } as const;
  same((await thrown(DaichoError, async () => void (await exportWorkbook(ledger, { customers: {} }, old)))).code, "sheet.unencodable");
});

test("I2 I7 of a file 64 megabytes are told, and of every row the first thing that is wrong", async () => {
  // What each commit says is the library's, and bounded there; what a whole file's report adds up to is told here.
  const problem = { row: 2, position: 1, column: "姓", field: "familyName", value: "あ".repeat(200), code: "customer.required", reason: "", japanese: "" };
  const result = { type: "error" as const, problems: Array.from({ length: 3 }, () => problem) };
  const repairs = [{ position: 1, column: "姓", kind: "repeated" as const, before: "い".repeat(200), after: "" }];
  const counts = { imported: 0, errors: 500, existing: 0, blank: 0 };
  const said: ImportedRows = { rows: Array.from({ length: 500 }, (_, row) => ({ row, result, repairs })), counts, total: counts, unreadPositions: [] };
  const ledger = {
    readHeading: () => Promise.resolve({ columns: [], ignored: [] }),
    getImport: () => Promise.resolve({}),
    importRows: () => Promise.resolve({ output: said, replayed: false }),
  };
  const file = csv("姓", ...Array.from({ length: 35_000 }, () => "x"));
  const { rows = [] } = await importWorkbook(ledger as unknown as Ledger, file, { ...options, importId: "i1" });
  const told = rows.map((row) => [row.result.type === "error" ? row.result.problems : [], row.repairs ?? []] as const);
  same(told.length, 35_000);
  same(told.at(0)?.map((all) => all.length), [3, 1]);
  same(told.at(-1), [[{ ...problem, value: undefined }].map(({ value: _, ...rest }) => rest), []]);
  const sum = told.flat(2).reduce((sum, one) => sum + new TextEncoder().encode(Object.values(one).join("")).length + 62, 0);
  ok(sum > 64_000_000 && sum < 68_000_000, `${sum} bytes`);
});

test("I2 what an import refused comes back with its reasons, is mended and imported again", async () => {
  const ledger = await open();
  const file = csv("姓,名,電話番号", "山田,花子,090-1234-5678", ",太郎,=1+1", "鈴木,一郎,");
  const preview = await importWorkbook(ledger.rehearsal(), file, { ...options, importId: "i1" });
  const report = await importWorkbook(ledger, file, { ...options, importId: "i1" });
  same([report.counts.imported, report.counts.errors], [2, 1]);
  const workbook = await errorWorkbook(file, report);
  same(await errorWorkbook(new Uint8Array(file).buffer, preview), workbook);
  const [heading, row, ...rest] = (await openSheet(workbook)).next(10).map(({ cells }) => cells ?? []);
  const shown = (cell: Cell | undefined): unknown => (cell?.type === "text" ? cell.text : cell?.type === "number" ? cell.literal : undefined);
  same(heading?.map(shown), ["姓", "名", "電話番号", "元の行番号", "エラー理由"]);
  same([row?.slice(0, 4).map(shown), rest.length], [[undefined, "太郎", "=1+1", "3"], 0]);
  ok(String(shown(row?.[4])).startsWith("姓：必須項目です。"), "the reason is told");
  const [wrong] = (report.rows ?? []).flatMap(({ result }) => (result.type === "error" ? result.problems : []));
  same([wrong?.code, wrong?.japanese], ["customer.required", "姓：必須項目です。入力してください。"]);
  const mended = csv(heading?.map(shown).join(",") ?? "", `佐藤,太郎,,3,${String(shown(row?.[4])).split("\n")[0]}`);
  const { counts, ignored, unreadPositions } = await importWorkbook(ledger, mended, { ...options, importId: "i2" });
  same([counts.imported, counts.errors, ignored, unreadPositions], [1, 0, [], []]);
});
