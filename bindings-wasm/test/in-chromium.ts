import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, describe, test } from "node:test";
import { fileURLToPath } from "node:url";

import { type Page, chromium } from "playwright-core";

import type { Page as Tests } from "./page.js";
import { serve } from "./server.js";

declare const page: Tests;

const executablePath = process.env["DAICHO_CHROMIUM"] ?? "/usr/bin/chromium";
const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const served = await serve(join(dirname(fileURLToPath(import.meta.url)), ".."));
const profile = await mkdtemp(join(tmpdir(), "daicho-chromium-"));
const browser = await chromium.launchPersistentContext(profile, { executablePath, headless: true, args });
after(async () => {
  await browser.close();
  served.close();
  await rm(profile, { recursive: true, force: true });
});

const tab = await browser.newPage();
const uncaught: string[] = [];
tab.on("pageerror", (error) => uncaught.push(error.stack ?? error.message));
tab.on("console", (message) => {
  if (message.type() === "error" || message.type() === "warning") uncaught.push(message.text());
});
await tab.goto(served.address);
await tab.waitForFunction(() => "page" in globalThis, undefined, { timeout: 30_000 }).catch((cause: unknown) => {
  throw new Error(`the page of the tests did not load: ${uncaught.join("\n")}`, { cause });
});

describe(`in Chromium ${browser.browser()?.version() ?? ""}`.trim(), async () => {
  for (const name of await tab.evaluate(() => page.names())) {
    test(name, async () => {
      const failure = await tab.evaluate((chosen) => page.run(chosen), name);
      assert.equal(failure, null, failure ?? "");
    });
  }

  test("two tabs that write at once lose no commit and double none", async () => {
    const other = await browser.newPage();
    await other.goto(served.address);
    const write = (place: Page): Promise<number[]> =>
      place.evaluate(async () => {
        const { IndexedDbStore, Ledger } = await import("daicho");
        const ledger = await Ledger.open({ salon: "s", store: await IndexedDbStore.open("two-tabs") });
        const at = ledger.as({ id: "staff-1" as never, role: "staff" }, "phone", { now: () => 1_795_222_800_000 });
        const numbers: number[] = [];
        for (let n = 0; n < 10; n += 1) {
          const { output } = await at.registerByPhone({ familyName: "ヤマダ", givenName: "ハナ", phone: "0312345678" });
          numbers.push(output.number);
        }
        return numbers;
      });
    const numbers = (await Promise.all([write(tab), write(other)])).flat().sort((a, b) => a - b);
    assert.deepEqual(numbers, Array.from({ length: 20 }, (_, n) => n + 1));
    await other.close();
  });

  test("M9 a page killed among its commits leaves whole commits only", async () => {
    const write = async (): Promise<void> => {
      const { IndexedDbStore, Ledger } = await import("daicho");
      const ledger = await Ledger.open({ salon: "s", store: await IndexedDbStore.open("killed") });
      const at = ledger.as({ id: "staff-1" as never, role: "staff" }, "phone", { now: () => 1_795_222_800_000 });
      Object.assign(globalThis, { begun: 0 });
      for (;;) {
        await at.registerByPhone({ familyName: "ヤマダ", givenName: "ハナ", phone: "0312345678" });
        Object.assign(globalThis, { begun: (globalThis as unknown as { begun: number }).begun + 1 });
      }
    };
    const look = () =>
      tab.evaluate(async () => {
        const { IndexedDbStore, Ledger } = await import("daicho");
        const ledger = await Ledger.open({ salon: "s", store: await IndexedDbStore.open("killed") });
        const at = ledger.as({ id: "manager-1" as never, role: "manager" }, "counter", { now: () => 1_795_222_800_000 });
        const { breaches = [], entries } = await at.check({});
        return { breaches, entries, customers: (await at.searchCustomers({})).total };
      });
    let before = 0;
    for (const way of ["close", "crash", "close", "crash"] as const) {
      const victim = await browser.newPage();
      await victim.goto(served.address);
      // Never answered: the page dies on the way.
      const writing = victim.evaluate(write).catch(() => undefined);
      await victim.waitForFunction("globalThis.begun >= 3");
      if (way === "close") await victim.close();
      else {
        const gone = new Promise((resolve) => victim.once("crash", resolve));
        await victim.goto("chrome://crash").catch(() => undefined);
        await gone;
        await victim.close();
      }
      await writing;
      const { breaches, entries, customers } = await look();
      assert.deepEqual(breaches, []);
      assert.equal(customers, entries, "each entry made one customer");
      assert.ok(customers >= before + 3, "what was answered is kept");
      before = customers;
    }
  });

  test("I2 D1 C8 M4 the desk of the examples takes in a book, and makes one of whoever is in it twice", async () => {
    const desk = await browser.newPage();
    desk.on("pageerror", (error) => uncaught.push(error.stack ?? error.message));
    desk.on("dialog", (dialog) => void dialog.accept());
    await desk.goto(`${served.address}example/desk/index.html`);
    await desk.waitForSelector("body[data-ready]");
    const csv = [
      "姓,名,セイ,メイ,電話番号,生年月日",
      "佐々木,彩,ササキ,アヤ,090-0000-0803,1990-04-01",
      "高橋,彩,タカハシ,アヤ,090-0000-0803,1990-04-01",
      "<b>山田</b>,花子,ヤマダ,ハナコ,090-0000-0001,",
      "鈴木,一郎,スズキ,イチロウ,110,",
    ].join("\r\n");
    await desk.setInputFiles("#file", { name: "book.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
    await desk.getByText("成功 3件、データエラー 1件、登録済み 0件").waitFor();
    assert.match((await desk.textContent("#preview")) ?? "", /\n\d+行目 \S+：\S+。$/u, "staff read what is wrong");
    const saved = async (button: string): Promise<number> => {
      const [file] = await Promise.all([desk.waitForEvent("download"), desk.getByRole("button", { name: button }).click()]);
      const bytes = await readFile(await file.path());
      assert.equal(bytes.subarray(0, 2).toString(), "PK", file.suggestedFilename());
      return bytes.length;
    };
    await saved("エラーの行をダウンロード");
    assert.equal(await desk.locator("#customers tr").count(), 0, "a preview keeps nothing");
    await desk.getByRole("button", { name: "登録する" }).click();
    await desk.getByText("登録しました: 成功 3件").waitFor();
    assert.deepEqual(await desk.locator("#customers td:nth-child(2)").allTextContents(), ["佐々木 彩", "高橋 彩", "<b>山田</b> 花子"]);

    const pair = desk.locator("article");
    await pair.getByText("電話番号が同じです").waitFor();
    assert.ok(await pair.getByRole("button", { name: "No.1に統合" }).isDisabled(), "the name comes first (M1)");
    await pair.getByRole("button", { name: "No.1を「高橋 彩」に直す" }).click();
    await pair.getByRole("button", { name: "No.1に統合" }).click();
    await desk.getByText("ありません").waitFor();
    await desk.fill("#query", "来店回数 >= たくさん");
    await desk.getByText("が要ります").waitFor();
    await desk.fill("#query", "タカハシ");
    await desk.getByText("1人").waitFor();
    assert.deepEqual(await desk.locator("#customers td").allTextContents(), ["1", "高橋 彩", "タカハシ アヤ", "090-0000-0803", "0回"]);
    await saved("この検索結果をExcelへ");
    assert.equal(await desk.textContent("#trouble"), "");
    await desk.close();
  });

  test("the page logged no error", () => {
    assert.deepEqual(uncaught, []);
  });
});
