// The library's own npm package over a store of plain files: the records are read once, in order, and the index is kept beside them as one block.
import { closeSync, existsSync, openSync, readFileSync, readSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { main, questions } from "./talk.mjs";

// All records came with one entry.
const HEAD = { sequence: 1, hash: "1".repeat(64) };
const BLOCK = "index.block";

// The rows of a kind were written along with the plain files; the first search keeps the index.
async function prepare(folder) {
  const ask = await opened(folder);
  await ask(questions(folder).questions[0].name);
  if (!existsSync(join(folder, BLOCK))) throw new Error("no index was kept");
}

function* lines(path) {
  const file = openSync(path);
  const buffer = Buffer.alloc(1 << 22);
  let kept = 0;
  for (;;) {
    const read = readSync(file, buffer, kept, buffer.length - kept);
    const filled = kept + read;
    let from = 0;
    for (let end = buffer.indexOf(10, from); end >= 0 && end < filled; end = buffer.indexOf(10, from)) {
      yield buffer.toString("utf8", from, end);
      from = end + 1;
    }
    buffer.copyWithin(0, from, filled);
    kept = filled - from;
    if (read === 0) break;
  }
  closeSync(file);
}

class Rows {
  #folder;
  #walks = new Map();

  constructor(folder) {
    this.#folder = folder;
  }
  async load(_salon, reads) {
    return { head: HEAD, records: reads.map(() => []) };
  }
  async scan(_salon, kind, after, limit) {
    if (!["customer", "reservation", "figures"].includes(kind)) return { head: HEAD, records: [] };
    if (after === undefined) this.#walks.set(kind, { last: undefined, lines: lines(join(this.#folder, `rows-${kind}.jsonl`)) });
    const walk = this.#walks.get(kind);
    if (walk?.last !== after) throw new Error(`a scan of ${kind} does not go on where it was`);
    const records = [];
    while (records.length < limit) {
      const next = walk.lines.next();
      if (next.done) break;
      records.push(JSON.parse(next.value));
    }
    walk.last = records.at(-1)?.id ?? after;
    return { head: HEAD, records };
  }
  async changes(_salon, since) {
    return since < HEAD.sequence ? [{ ...HEAD, body: "{}" }] : [];
  }
  async index() {
    const path = join(this.#folder, BLOCK);
    return existsSync(path) ? readFileSync(path) : undefined;
  }
  async keepIndex(_salon, block) {
    writeFileSync(join(this.#folder, BLOCK), block);
  }
  async commit() {
    throw new Error("a drawn salon takes no entries");
  }
}

// Numbers of customers are counted like their ids, which begin after this one (`src/drawn.rs`).
const FIRST = 100_000_000;

async function opened(folder) {
  const { Ledger, id } = await import(pathToFileURL(join(process.argv[2], "node.js")).href);
  const ledger = await Ledger.open({ salon: "salon-1", store: new Rows(folder) });
  const { now, questions: asked } = questions(folder);
  const desk = ledger.as({ id: id("manager-1"), role: "manager" }, "counter", { now: () => now });
  const searches = new Map(asked.map(({ name, condition }) => [name, { condition, sort: { by: "lastVisit", descending: true }, pageSize: 50 }]));
  return async (name) => {
    const { total, customers = [] } = await desk.findCustomers(searches.get(name));
    return { total, page: customers.map((customer) => Number(customer.slice(1)) - FIRST) };
  };
}

await main("daicho, this checkout, as the npm package", prepare, opened);
