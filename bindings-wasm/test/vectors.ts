/** The golden vectors, see `tests/vectors/README.md`: what Rust answers, the package answers, through the JSON door. */
import { Ledger, MemoryStore } from "daicho";

import { test } from "./registry.js";
import { files } from "./vector-files.js";

type Json = null | boolean | number | string | Json[] | { [field: string]: Json };
type Fields = Record<string, Json>;

interface Case {
  readonly name: string;
  readonly before?: readonly Fields[];
  readonly then: readonly { readonly request: Fields; readonly ok?: Json; readonly error?: Json }[];
}

const DEFAULTS = { actor: { id: "manager-1", role: "manager" }, channel: "counter", now: 1_795_222_800_000, entropy: "0".repeat(32) };

for (const [file, text] of Object.entries(files)) {
  const { format, rule, cases } = JSON.parse(text) as { format: number; rule: string; cases: readonly Case[] };
  if (format !== 1) throw new Error(`${file}: format ${format} is not known`);
  if (cases.length === 0) throw new Error(`${file}: no cases`);
  for (const one of cases) test(`${rule} vector ${file}: ${one.name}`, () => run(one));
}

async function run({ before = [], then }: Case): Promise<void> {
  const ledger = await Ledger.open({ salon: "salon-1", store: new MemoryStore() });
  const answers: Json[] = [];
  const call = async (request: Fields): Promise<Fields> => {
    const whole = refer({ ...DEFAULTS, key: `k${answers.length + 1}`, ...request }, answers);
    const answer = JSON.parse(await ledger.call(JSON.stringify(whole))) as Fields;
    answers.push(answer["ok"] ?? null);
    return answer;
  };
  for (const request of before) {
    const answer = await call(request);
    if ("error" in answer) throw new Error(`request ${answers.length} (before) must succeed, it answered ${JSON.stringify(answer)}`);
  }
  if (then.length === 0) throw new Error("the case expects nothing");
  for (const expected of then) {
    const answer = await call(expected.request);
    const side = expected.ok === undefined ? "error" : "ok";
    if (expected[side] === undefined || (expected.ok !== undefined && expected.error !== undefined)) throw new Error("expected is either ok or error");
    if (!(side in answer)) throw new Error(`request ${answers.length} must end in ${side}, it answered ${JSON.stringify(answer)}`);
    included(expected[side], answer[side] ?? null, `request ${answers.length} ${side}`);
  }
  ledger.close();
}

/** Puts what earlier answers said in the place of `$N.path.to.value`. */
function refer(value: Json, answers: readonly Json[]): Json {
  if (Array.isArray(value)) return value.map((entry) => refer(entry, answers));
  if (isFields(value)) return Object.fromEntries(Object.entries(value).map(([field, entry]) => [field, refer(entry, answers)]));
  const [, number, path] = typeof value === "string" ? (/^\$(\d+)\.(.*)$/s.exec(value) ?? []) : [];
  if (number === undefined || path === undefined) return value;
  const step = (at: Json | undefined, field: string): Json | undefined => (at as Fields | undefined | null)?.[field];
  const found = path.split(".").reduce(step, answers[Number(number) - 1]);
  if (found === undefined) throw new Error(`${value} refers to nothing`);
  return found;
}

function included(wanted: Json, got: Json, path: string): void {
  if (isFields(wanted) && wanted["$any"] === true) return;
  if (isFields(wanted) && isFields(got)) {
    for (const [field, inner] of Object.entries(wanted)) {
      const absent = isFields(inner) && inner["$absent"] === true;
      const value = got[field];
      if (absent !== (value === undefined)) throw new Error(`${path}.${field}: expected ${JSON.stringify(inner)}, it is ${JSON.stringify(value) ?? "absent"}`);
      if (value !== undefined) included(inner, value, `${path}.${field}`);
    }
  } else if (Array.isArray(wanted) && Array.isArray(got) && wanted.length === got.length) {
    wanted.forEach((inner, n) => included(inner, got[n] ?? null, `${path}[${n}]`));
  } else if (wanted !== got) {
    throw new Error(`${path}: expected ${JSON.stringify(wanted)}, got ${JSON.stringify(got)}`);
  }
}

function isFields(value: Json): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
