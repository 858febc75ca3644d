/** Segments and the query language, as a search page would use them. */
import { type Condition, DaichoError, id } from "daicho";

import { HANAKO, NOW, desk, open } from "./people.js";
import { ok, same, test, thrown } from "./registry.js";

const SECOND = { ...HANAKO, phones: ["080-1111-2222"], emails: ["second@example.jp"] };

async function salon() {
  const ledger = await open();
  const at = desk(ledger);
  const found = async (query: string) => (await at.searchCustomers({ criteria: {}, query })).customers?.map((row) => row.id) ?? [];
  const register = async (form = HANAKO) => (await at.registerCustomer({ path: "counter", form })).output.customer;
  return { ledger, at, found, register };
}

async function refused(action: () => Promise<unknown>) {
  const { code, fields, data } = await thrown(DaichoError, async () => void (await action()));
  return { code, fields, data: data as Record<string, unknown> };
}

test("S10 a line is read as a typed condition and written in both languages", async () => {
  const { at } = await salon();
  const read = await at.parseQuery({ query: "LINE連携なし かつ 来店回数が3回以上", tongue: "japanese" });
  const condition: Condition = {
    type: "all",
    of: [
      { type: "not", that: { type: "flag", flag: "line" } },
      { type: "count", field: "visits", count: { type: "atLeast", count: 3 } },
    ],
  };
  same(read, { condition, english: "not line and visits >= 3", japanese: "LINE連携なし かつ 来店回数 >= 3回" });
  same(await at.printQuery({ condition }), read);
});

test("S10 a segment is saved, used, changed and removed", async () => {
  const { at, found, register } = await salon();
  const [who, other] = [await register(), await register(SECOND)];
  await at.addListing({ customer: other, list: "grey", memo: "x" });
  const { condition } = await at.parseQuery({ query: "リスト = グレーリスト", tongue: "japanese" });
  const save = () => at.saveSegment({ segment: id("grey"), basedOn: 0, name: "グレー", condition });
  same((await save()).output, { segment: "grey", version: 1 });
  same([await found("segment(grey)"), await found("segment(grey) でない")], [[other], [who]]);
  same((await refused(save)).code, "search.segment_version");
  same((await at.getSegments({})).segments?.map((segment) => segment.id), ["grey"]);
  await at.removeSegment({ segment: id("grey"), basedOn: 1 });
  same((await refused(() => found("segment(grey)"))).code, "search.segment_not_found");
});

test("S10 an error names the column in both languages", async () => {
  const { at, found } = await salon();
  for (const action of [() => at.parseQuery({ query: "来店回数 ≧", tongue: "japanese" }), () => found("来店回数 ≧")]) {
    const { code, fields, data } = await refused(action);
    same([code, fields], ["search.query", ["query"]]);
    same([data["column"], data["english"], data["japanese"]], [7, "column 7: expected a number", "7文字目: 次のいずれかが要ります: 数"]);
  }
});

test("S10 a line is completed", async () => {
  const { at } = await salon();
  const complete = async (query: string) => (await at.completeQuery({ query, tongue: "japanese" })).options;
  same((await complete("LINE連携 "))?.map(({ column, text, literal }) => [column, text, literal]), [[8, "なし", true], [8, "かつ", true], [8, "または", true]]);
  same((await complete("来店回"))?.map((option) => [option.column, option.text]), [[1, "来店回数"]]);
});

test("S11 a customer is explained", async () => {
  const { at, register } = await salon();
  const explained = await at.explainCustomer({ customer: await register(), query: "visits >= 1 or not line", tongue: "english" });
  ok(explained.found === true, "found");
  same([explained.state, explained.tree.of?.map((part) => part.holds ?? false)], [{ type: "active" }, [false, true]]);
  same(explained.text, "✓ or\n  ✗ visits >= 1 (0)\n  ✓ not\n    ✗ line (no)\n");
});

test("S8 W3 who has left is on a list of their own and explained", async () => {
  const { ledger, at, register } = await salon();
  const who = await register();
  const self = ledger.as({ id: id("account-1"), role: "customer", customer: who }, "site", { now: () => NOW });
  await self.withdraw({ customer: who, reason: "引っ越し" });
  const page = await at.listWithdrawn({});
  same([page.total, page.customers?.map((row) => [row.id, row.reason, row.withdrawnAt])], [1, [[who, "引っ越し", NOW]]]);
  const explained = await at.explainCustomer({ customer: who, query: "not line", tongue: "english" });
  same([explained.found ?? false, explained.state], [false, { type: "withdrawn", at: NOW }]);
});
