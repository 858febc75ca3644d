import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
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

  test("the page logged no error", () => {
    assert.deepEqual(uncaught, []);
  });
});
