/** The package as a stranger gets it: packed, installed into an empty project, imported, called and type-checked. */
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";

import { PACKAGE, run, typeCheck } from "./run.js";

const CALL = `
import { Ledger, MemoryStore, id, version } from "daicho";
import { checkStore } from "daicho/conformance";
import { importTemplate, importWorkbook } from "daicho/sheets";
const store = new MemoryStore();
const ledger = await Ledger.open({ salon: "s", store });
const context = { actor: { id: id("staff-1"), role: "staff" }, channel: "phone", now: 1_795_222_800_000 };
const { output } = await ledger.registerByPhone({ familyName: "ヤマダ", givenName: "ハナ", phone: "0312345678" }, context);
const { bytes } = await importTemplate();
const { counts } = await importWorkbook(ledger, bytes, { ...context, importId: "i1" });
const checks = await checkStore(store);
console.log(JSON.stringify([await version(), output.number, counts.imported, counts.errors, checks.every(({ passed }) => passed)]));
`;
/** The same with what TypeScript needs. */
const TYPED = CALL.replace("const context = {", 'const context: import("daicho").CommandContext = {');

const PROJECT = {
  compilerOptions: { target: "ES2022", lib: ["ES2022", "DOM"], module: "NodeNext", strict: true, skipLibCheck: false, types: [], noEmit: true },
  files: ["call.ts"],
};

describe("package", async () => {
  const directory = await mkdtemp(join(tmpdir(), "daicho-package-"));
  after(() => rm(directory, { recursive: true, force: true }));

  test("the packed package installs into an empty project", async () => {
    const packed = JSON.parse(await run("npm", ["pack", "--json", "--pack-destination", directory], PACKAGE)) as unknown;
    const [{ filename, files }] = Object.values(packed as object) as [{ filename: string; files: { path: string }[] }];
    const paths = files.map(({ path }) => path);
    assert.ok(paths.includes("dist/wasm/daicho_bg.wasm") && paths.includes("dist/index.d.ts"), paths.join(" "));
    assert.deepEqual(paths.filter((path) => !/^(dist\/|package\.json$|README|LICENSE)/.test(path)), []);
    await writeFile(join(directory, "package.json"), JSON.stringify({ name: "stranger", private: true, type: "module" }));
    await run("npm", ["install", "--offline", "--no-audit", "--no-fund", `./${filename}`], directory);
  });

  test("the installed package runs", async () => {
    await writeFile(join(directory, "call.mjs"), CALL);
    const said = JSON.parse(await run(process.execPath, ["call.mjs"], directory)) as [string, ...unknown[]];
    assert.match(said[0], /^\d+\.\d+\.\d+$/);
    // The template holds one row, its sample, which is nobody.
    assert.deepEqual(said.slice(1), [1, 0, 1, true]);
  });

  test("a file written against the installed package passes the strict type checker", async () => {
    await writeFile(join(directory, "call.ts"), TYPED);
    await writeFile(join(directory, "tsconfig.json"), JSON.stringify(PROJECT));
    await typeCheck(join(directory, "tsconfig.json"));
  });

  test("the type checker refuses a field that does not exist", async () => {
    await writeFile(join(directory, "call.ts"), TYPED.replace("phone: ", "fon: "));
    await assert.rejects(typeCheck(join(directory, "tsconfig.json")), /fon/);
  });
});
