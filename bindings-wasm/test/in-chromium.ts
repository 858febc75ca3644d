import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, describe, test } from "node:test";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

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
    const write = (prefix: string): Promise<number> => {
      const place = prefix === "a" ? tab : other;
      return place.evaluate(async (chosen) => {
        const { IndexedDbStore, Ledger } = await import("daicho");
        const ledger = await Ledger.open({ salon: "s", store: await IndexedDbStore.open("two-tabs") });
        let done = 0;
        for (let n = 0; n < 25; n += 1) {
          const row = { kind: "customer", id: `${chosen}${n}`, keys: [], body: "" };
          // A writer that gives up says so: what counts is that every reported commit is there.
          await ledger.execute({ op: "put", row }).then(
            () => (done += 1),
            (error: { code?: string }) => {
              if (error.code !== "conflict") throw error;
            },
          );
        }
        return done;
      }, prefix);
    };
    const done = await Promise.all([write("a"), write("b")]);
    const kept = await tab.evaluate(async () => {
      const { IndexedDbStore } = await import("daicho");
      const store = await IndexedDbStore.open("two-tabs");
      const { head, rows } = await store.scan("s", "customer", "", 100);
      return [head.sequence, rows.length];
    });
    assert.ok(done[0] > 0 && done[1] > 0, "both wrote");
    assert.deepEqual(kept, [done[0] + done[1], done[0] + done[1]]);
  });

  test("the page logged no error", () => {
    assert.deepEqual(uncaught, []);
  });
});
