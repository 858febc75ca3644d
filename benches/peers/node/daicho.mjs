// The library's own npm package over a store of plain files: the records are read once, in order, and the index is kept beside them as one block.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { lines, main, questions } from "./talk.mjs";

// All records came with one entry; an index that was kept along with the plain files names it so (`src/beside/ours.rs`).
const HEAD = { sequence: 1, hash: "1".repeat(64) };
const BLOCK = "index.block";
const CUSTOMERS = "rows-customer.jsonl";

// The rows of a kind were written along with the plain files, and the first search keeps the index; of a large salon there is the index alone.
async function prepare(folder) {
  const ask = await opened(folder);
  await ask(questions(folder).questions[0].name);
  if (!existsSync(join(folder, BLOCK))) throw new Error("no index was kept");
}

class Rows {
  #folder;
  #walks = new Map();
  #customers;

  constructor(folder) {
    this.#folder = folder;
  }
  async load(_salon, reads) {
    return { head: HEAD, records: reads.map((read) => (read.by === "id" && read.kind === "customer" ? this.#customer(read.id) : [])) };
  }
  // Read when the first is asked for: a search asks for none.
  #customer(id) {
    const path = join(this.#folder, CUSTOMERS);
    this.#customers ??= new Map(existsSync(path) ? Array.from(lines(path), (line) => [/"id":"(c\d+)"/.exec(line)[1], line]) : []);
    const line = this.#customers.get(id);
    return line === undefined ? [] : [JSON.parse(line)];
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
const COLUMNS = ["number", "visits", "reservations", "cancellations", "amount", "due", "firstRegistered", "firstVisit", "lastVisit", "line", "noShow"];

async function opened(folder) {
  const { Ledger, id } = await import(pathToFileURL(join(process.argv[2], "node.js")).href);
  const ledger = await Ledger.open({ salon: "salon-1", store: new Rows(folder) });
  const { now, questions: asked } = questions(folder);
  const desk = ledger.as({ id: id("manager-1"), role: "manager" }, "counter", { now: () => now });
  const searches = new Map(asked.map(({ name, condition }) => [name, { condition, sort: { by: "lastVisit", descending: true }, pageSize: 50 }]));
  const number = (customer) => Number(customer.slice(1)) - FIRST;
  // `Q1+columns` and `Q1+rows`: the same page with what a list shows of it.
  const pages = {
    async ids(search) {
      const { total, customers = [] } = await desk.findCustomers(search);
      return { total, page: customers.map(number) };
    },
    async columns(search) {
      const { total, customers } = await desk.packCustomers({ ...search, columns: COLUMNS });
      return { total, page: customers.map((ordinal) => ordinal - FIRST) };
    },
    async rows(search) {
      const { total, customers } = await desk.searchCustomers(search);
      return { total, page: customers.map(({ id }) => number(id)) };
    },
  };
  return (asked) => {
    const [name, page = "ids"] = asked.split("+");
    return pages[page](searches.get(name));
  };
}

await main("daicho, this checkout, as the npm package", prepare, opened);
