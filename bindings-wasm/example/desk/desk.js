// @ts-check
/** The counter's page 顧客台帳: a customer book comes in, is searched, and whoever is in it twice becomes one. Everything stays in this browser. */
import { DaichoError, IndexedDbStore, Ledger, id } from "daicho";
import { errorWorkbook, exportWorkbook, importTemplate, importWorkbook } from "daicho/sheets";

/** @import { Actor, CustomerRow, DuplicatePair, ImportCounts, ImportReport, SearchCustomers } from "daicho" */

/** @type {Actor} */
const actor = { id: id("staff-1"), role: "manager" };
const ledger = await Ledger.open({ salon: "ginza", store: await IndexedDbStore.open("desk") });
const desk = ledger.as(actor, "counter", { now: () => Date.now() });

/**
 * @template {HTMLElement} T
 * @param {string} name
 * @param {new () => T} type
 * @returns {T}
 */
function part(name, type) {
  const found = document.getElementById(name);
  if (found instanceof type) return found;
  throw new Error(`the page has no ${name}`);
}

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {...(Node | string)} children
 */
function element(name, ...children) {
  const made = document.createElement(name);
  // As text, never as markup: a name may be anything.
  made.append(...children);
  return made;
}

/**
 * @param {string} label
 * @param {() => Promise<void>} action
 */
function button(label, action) {
  const made = element("button", label);
  made.addEventListener("click", () => attempt(action));
  return made;
}

/** Of a question that cannot be read there is a sentence in Japanese. @param {DaichoError} error */
function forStaff({ data, detail }) {
  return typeof data === "object" && data !== null && "japanese" in data ? String(data.japanese) : detail;
}

/** @param {() => Promise<void>} action */
async function attempt(action) {
  const trouble = part("trouble", HTMLElement);
  trouble.textContent = "";
  try {
    await action();
  } catch (error) {
    trouble.textContent = error instanceof DaichoError ? `${forStaff(error)} (${error.code})` : error instanceof Error ? error.message : String(error);
  }
}

/**
 * @param {Uint8Array} bytes
 * @param {string} name
 */
function download(bytes, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([new Uint8Array(bytes)]));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** @param {CustomerRow} row */
const nameOf = (row) => `${row.familyName} ${row.givenName}`;
/** @param {CustomerRow} row */
const kanaOf = (row) => `${row.familyKana ?? ""} ${row.givenKana ?? ""}`.trim();
/** @param {ImportCounts} counts */
const inWords = (counts) => `成功 ${counts.imported}件、データエラー ${counts.errors}件、登録済み ${counts.existing}件`;

// 一括登録: a rehearsal first, which is the same import and keeps nothing.

/** @type {{ bytes: ArrayBuffer, name: string, importId: string, report: ImportReport } | undefined} */
let chosen;

async function preview() {
  const file = part("file", HTMLInputElement).files?.[0];
  if (file === undefined) return;
  part("take", HTMLButtonElement).disabled = true;
  part("mend", HTMLButtonElement).disabled = true;
  const bytes = await file.arrayBuffer();
  // Not made from the file, whose digest would outlive an erasure (W4).
  const importId = crypto.randomUUID();
  const rehearsal = ledger.rehearsal();
  const report = await importWorkbook(rehearsal, bytes, { actor, channel: "counter", now: Date.now(), importId }).finally(() => rehearsal.close());
  chosen = { bytes, name: file.name, importId, report };
  const repairs = (report.rows ?? []).reduce((sum, row) => sum + (row.repairs ?? []).length, 0);
  const wrong = (report.rows ?? []).flatMap(({ row, result }) => (result.type === "error" ? [`${row}行目 ${result.problems[0]?.japanese}`] : []));
  const shown = [...wrong.slice(0, 5), ...(wrong.length > 5 ? [`ほか${wrong.length - 5}行`] : [])];
  part("preview", HTMLElement).textContent = [`登録すると: ${inWords(report.counts)}`, `自動修正 ${repairs}か所`, ...shown].join("\n");
  part("take", HTMLButtonElement).disabled = report.counts.imported === 0;
  part("mend", HTMLButtonElement).disabled = report.counts.errors === 0;
}

async function take() {
  if (chosen === undefined) return;
  part("take", HTMLButtonElement).disabled = true;
  const say = part("preview", HTMLElement);
  const { counts } = await importWorkbook(ledger, chosen.bytes, {
    actor,
    channel: "counter",
    now: Date.now(),
    importId: chosen.importId,
    onProgress: ({ done }) => (say.textContent = `${done.total.imported}件登録しました`),
  });
  say.textContent = `登録しました: ${inWords(counts)}`;
  await show();
}

async function mend() {
  if (chosen !== undefined) download(await errorWorkbook(chosen.bytes, chosen.report), "エラー.xlsx");
}

// 顧客検索

/** @returns {Pick<SearchCustomers, "criteria" | "query">} */
function asked() {
  const text = part("query", HTMLInputElement).value.trim();
  if (text === "") return {};
  if (/[<>=]/.test(text)) return { query: text };
  return { criteria: /^[\d\s+-]+$/.test(text) ? { phone: text } : { name: text } };
}

async function search() {
  const { customers = [], total } = await desk.searchCustomers({ ...asked(), pageSize: 50 });
  part("total", HTMLElement).textContent = `${total}人`;
  const line = (/** @type {CustomerRow} */ row) =>
    element(
      "tr",
      ...[String(row.number), nameOf(row), kanaOf(row), (row.phones ?? []).join("、"), `${row.visits}回`].map((text) => element("td", text)),
    );
  part("customers", HTMLElement).replaceChildren(...customers.map(line));
}

async function toExcel() {
  const criteria = asked();
  download(await exportWorkbook(ledger, { customers: criteria }, { actor, now: Date.now() }), "顧客.xlsx");
}

// 重複の可能性: suggested with why; staff decide, and correct a name first where it differs.

/** @param {DuplicatePair} pair */
function shownPair({ one, other, likelihood, points, signals = [], sameName = false }) {
  const who = (/** @type {CustomerRow} */ row) => `No.${row.number} ${nameOf(row)}${kanaOf(row) === "" ? "" : `（${kanaOf(row)}）`}`;
  const why = element("ul", ...signals.map((signal) => element("li", signal.text)));
  const merge = button(`No.${one.number}に統合`, async () => {
    const shown = await desk.previewMerge({ source: other.id, target: one.id });
    if (shown.blockers?.[0] !== undefined) throw new Error(shown.blockers[0].detail);
    const moves = `予約 ${shown.moves.reservations}件、売上 ${shown.moves.sales}件、回数券 ${shown.moves.tickets}件を移します。`;
    if (!confirm(`${who(other)} を ${who(one)} に統合します。\n${moves}`)) return;
    await desk.merge({ source: other.id, target: one.id, fingerprint: shown.fingerprint });
    await show();
  });
  merge.disabled = !sameName;
  const correct = (/** @type {CustomerRow} */ wrong, /** @type {CustomerRow} */ right) =>
    button(`No.${wrong.number}を「${nameOf(right)}」に直す`, async () => {
      const edit = await desk.getCustomerForm({ customer: wrong.id });
      const { form } = await desk.getCustomerForm({ customer: right.id });
      for (const field of /** @type {const} */ (["familyName", "givenName", "familyKana", "givenKana"])) {
        edit.form[field] = form[field] ?? "";
      }
      await desk.editCustomer(edit);
      await show();
    });
  const apart = button("別人です", async () => {
    await desk.markNotSame({ one: one.id, other: other.id });
    await show();
  });
  const word = likelihood === "likely" ? "おそらく同じ方" : "同じ方かもしれません";
  const actions = sameName ? [merge] : [correct(other, one), " ", correct(one, other), " ", merge];
  return element("article", element("p", `${who(one)} と ${who(other)}: ${word}（${points}点）`), why, element("p", ...actions, " ", apart));
}

async function show() {
  await search();
  const { pairs = [] } = await desk.listDuplicates({ tongue: "japanese", pageSize: 20 });
  part("pairs", HTMLElement).replaceChildren(...(pairs.length === 0 ? [element("p", "ありません")] : pairs.map(shownPair)));
}

part("file", HTMLInputElement).addEventListener("change", () => attempt(preview));
part("take", HTMLButtonElement).addEventListener("click", () => attempt(take));
part("mend", HTMLButtonElement).addEventListener("click", () => attempt(mend));
part("query", HTMLInputElement).addEventListener("input", () => attempt(search));
part("export", HTMLButtonElement).addEventListener("click", () => attempt(toExcel));
part("template", HTMLButtonElement).addEventListener("click", () =>
  attempt(async () => {
    const { name, bytes } = await importTemplate();
    download(bytes, name);
  }),
);
await attempt(show);
document.body.dataset["ready"] = "";
