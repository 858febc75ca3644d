// How a side answers: one line in, one line out. See src/beside/talk.rs.
import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

const listed = (numbers) => numbers.join(",") || "-";

// What JavaScript and the buffers beside it hold; the resident set keeps what was freed.
function memory() {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

export const questions = (folder) => JSON.parse(readFileSync(join(folder, "questions.json"), "utf8"));

/** The lines of a file one by one: all of a large salon would be longer than a string may be. */
export function* lines(path) {
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
    if (kept === buffer.length) throw new Error(`a line of ${path} is too long`);
    if (read === 0) break;
  }
  closeSync(file);
}

// The lines of a plain file after its head, each as its cells.
function* rows(folder, name) {
  let head = true;
  for (const line of lines(join(folder, name))) {
    if (!head) yield line.split(",");
    head = false;
  }
}

/** The customers as objects in the order of the page, what is empty as null. */
export function customers(folder) {
  const number = (cell) => (cell === "" ? null : Number(cell));
  const read = Array.from(rows(folder, "customers.csv"), (cell) => ({
    number: Number(cell[0]), registered: Number(cell[1]), names: cell[2], phone: cell[3], email: cell[4], line: cell[5] === "1", visits: Number(cell[6]),
    reservations: Number(cell[7]), cancellations: Number(cell[8]), late: Number(cell[9]), noShows: Number(cell[10]), amount: Number(cell[11]),
    firstVisit: number(cell[12]), lastVisit: number(cell[13]), lastMenus: cell[14].split(" ").filter(Boolean), channel: cell[15], newsletter: cell[16] === "1",
  }));
  return read.sort((one, other) => (other.lastVisit ?? -1) - (one.lastVisit ?? -1) || one.number - other.number);
}

/** Each reservation of a plain file to a function. */
export function reservations(folder, each) {
  for (const [customer, day, label, staff, shop, menus] of rows(folder, "reservations.csv")) {
    each({ customer: Number(customer), day: Number(day), label, staff, shop, menus: menus.split(" ").filter(Boolean) });
  }
}

async function repeat(ask, name, runs, within) {
  const began = process.hrtime.bigint();
  const end = began + BigInt(within) * 1_000_000n;
  const times = [];
  let found;
  while (times.length === 0 || (times.length < runs && process.hrtime.bigint() < end)) {
    const start = process.hrtime.bigint();
    found = ask(name);
    // A side that answers at once is not made to wait for the next turn of the loop.
    if (found instanceof Promise) found = await found;
    times.push(process.hrtime.bigint() - start);
  }
  return `${found.total} ${listed(Array.from(found.page))} ${listed(times)}`;
}

/** `opened` returns a function from a question's name to its total and its page, or a promise of them. */
export async function main(about, prepare, opened) {
  const [folder, word] = process.argv.slice(-2);
  if (word === "prepare") return prepare(folder);
  const before = memory();
  const ask = await opened(folder);
  for await (const line of createInterface({ input: process.stdin })) {
    const [asked, name, runs, within] = line.split(" ");
    let answer;
    if (asked === "about") answer = `${about} in Node ${process.versions.node}`;
    else if (asked === "memory") answer = String(Math.max(0, memory() - before));
    else if (asked === "ask") answer = await repeat(ask, name, Number(runs), Number(within));
    else throw new Error(`cannot be answered: ${line}`);
    process.stdout.write(`${answer}\n`);
  }
}
