// Typed arrays by hand: a column each in the order of the page, texts as one run of bytes, reservations row by row.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";

import { customers, main, questions, reservations } from "./talk.mjs";

const FILE = "salon.arrays";
const NEVER = -1;
const LIVE = ["tentative", "prepaymentUnpaid", "upcoming", "prepaid", "visited"];
const CANCELLED = ["cancelled", "feeUnpaid"];

// The code of each text, in the order they come.
function codes() {
  const known = new Map();
  return { known, of: (text) => known.get(text) ?? (known.set(text, known.size), known.size - 1) };
}

// One run of bytes with an end of line behind each text, and where each begins.
function run(texts) {
  const begins = new Uint32Array(texts.length + 1);
  const bytes = [];
  let at = 0;
  texts.forEach((text, row) => {
    begins[row] = at;
    const one = Buffer.from(`${text}\n`);
    bytes.push(one);
    at += one.length;
  });
  begins[texts.length] = at;
  return { begins, bytes: new Uint8Array(Buffer.concat(bytes)) };
}

// An array of numbers that doubles when it is full.
function growing(Type) {
  let values = new Type(1 << 16);
  let length = 0;
  return {
    push(value) {
      if (length === values.length) {
        const larger = new Type(2 * length);
        larger.set(values);
        values = larger;
      }
      values[length++] = value;
    },
    all: () => values.subarray(0, length),
  };
}

function prepare(folder) {
  const all = customers(folder);
  const [menus, staff, labels, channels] = [codes(), codes(), codes(), codes()];
  const mask = (names) => names.reduce((bits, menu) => bits | (1 << menus.of(menu)), 0);
  const column = (Type, of) => Type.from(all, of);
  const rowOf = new Map(all.map((customer, row) => [customer.number, row]));
  const booked = { row: growing(Uint32Array), day: growing(Int32Array), label: growing(Uint8Array), staff: growing(Uint8Array), menus: growing(Uint32Array) };
  reservations(folder, (one) => {
    booked.row.push(rowOf.get(one.customer));
    booked.day.push(one.day);
    booked.label.push(labels.of(one.label));
    booked.staff.push(staff.of(one.staff));
    booked.menus.push(mask(one.menus));
  });
  const first = new Uint32Array(all.length + 1);
  for (const row of booked.row.all()) first[row + 1] += 1;
  for (let row = 0; row < all.length; row += 1) first[row + 1] += first[row];
  const order = new Uint32Array(first[all.length]);
  const next = first.slice();
  booked.row.all().forEach((row, at) => {
    order[next[row]++] = at;
  });
  const days = booked.day.all();
  for (let row = 0; row < all.length; row += 1) order.subarray(first[row], first[row + 1]).sort((one, other) => days[one] - days[other]);
  const ordered = (column) => {
    const values = column.all();
    return values.constructor.from(order, (at) => values[at]);
  };
  const salon = {
    number: column(Uint32Array, (c) => c.number),
    registered: column(Int32Array, (c) => c.registered),
    line: column(Uint8Array, (c) => Number(c.line)),
    newsletter: column(Uint8Array, (c) => Number(c.newsletter)),
    visits: column(Uint16Array, (c) => c.visits),
    cancellations: column(Uint16Array, (c) => c.cancellations),
    late: column(Uint16Array, (c) => c.late),
    noShows: column(Uint16Array, (c) => c.noShows),
    amount: column(Int32Array, (c) => c.amount),
    firstVisit: column(Int32Array, (c) => c.firstVisit ?? NEVER),
    lastVisit: column(Int32Array, (c) => c.lastVisit ?? NEVER),
    lastMenus: column(Uint32Array, (c) => mask(c.lastMenus)),
    channel: column(Uint8Array, (c) => channels.of(c.channel)),
    names: run(all.map((c) => c.names)),
    phones: run(all.map((c) => c.phone)),
    emails: run(all.map((c) => c.email)),
    first,
    day: ordered(booked.day),
    label: ordered(booked.label),
    staff: ordered(booked.staff),
    menus: ordered(booked.menus),
    codes: { menus: menus.known, staff: staff.known, labels: labels.known, channels: channels.known },
  };
  writeFileSync(join(folder, FILE), serialize(salon));
}

function opened(folder) {
  const s = deserialize(readFileSync(join(folder, FILE)));
  const { terms: t } = questions(folder);
  const { today } = t;
  const rows = s.number.length;
  const hits = new Uint32Array(rows);
  const code = (known, text) => known.get(text) ?? 255;
  const menu = (name) => (s.codes.menus.has(name) ? 1 << s.codes.menus.get(name) : 0);
  const labels = (names) => names.reduce((bits, name) => bits | (s.codes.labels.has(name) ? 1 << s.codes.labels.get(name) : 0), 0);
  const [live, cancelled, visited] = [labels(LIVE), labels(CANCELLED), labels(["visited"])];
  const [staff, otherStaff] = [code(s.codes.staff, t.staff), code(s.codes.staff, t.otherStaff)];
  const [channel, notChannel] = [code(s.codes.channels, t.channel), code(s.codes.channels, t.notChannel)];
  const [lastMenu, notMenu, eitherMenu] = [menu(t.lastMenu), menu(t.notMenu), menu(t.menus[0]) | menu(t.menus[1])];
  for (const text of [s.names, s.phones, s.emails]) text.bytes = Buffer.from(text.bytes.buffer, text.bytes.byteOffset, text.bytes.byteLength);

  // A loop of its own for each question: one loop that calls a function would be compiled for all of them together.
  const loop = (holds) => new Function("s", "t", "k", "hits", `return () => { const { ${Object.keys(s).join(", ")} } = s; const { today } = t; let n = 0;
    for (let i = 0; i < ${rows}; i += 1) if (${holds}) hits[n++] = i; return n; };`)(
    s, t, { visited, cancelled, live, staff, otherStaff, channel, notChannel, lastMenu, notMenu, eitherMenu, someBooked, countVisits }, hits);

  function someBooked(row, among, who, from, to, what) {
    for (let at = s.first[row]; at < s.first[row + 1]; at += 1) {
      if ((among >> s.label[at]) & 1 && (who < 0 || s.staff[at] === who) && s.day[at] >= from && s.day[at] <= to && (what === 0 || s.menus[at] & what)) return true;
    }
    return false;
  }

  function countVisits(row, from) {
    let count = 0;
    for (let at = s.first[row + 1] - 1; at >= s.first[row] && s.day[at] >= from; at -= 1) if ((visited >> s.label[at]) & 1) count += 1;
    return count;
  }

  // The row whose text holds a byte: the last that begins at or before it.
  function rowAt(begins, at, from) {
    let low = from;
    let high = rows;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (begins[middle] <= at) low = middle;
      else high = middle;
    }
    return low;
  }

  function texts({ begins, bytes }, part, holds = () => true) {
    const needle = Buffer.from(part);
    return () => {
      let n = 0;
      let row = 0;
      for (let at = bytes.indexOf(needle); at >= 0; ) {
        row = rowAt(begins, at, row);
        if (holds(row)) hits[n++] = row;
        at = bytes.indexOf(needle, begins[row + 1]);
      }
      return n;
    };
  }

  const emailStart = Buffer.from(t.emailStart);
  const asked = {
    Q1: loop("lastVisit[i] !== -1 && lastVisit[i] <= t.halfYearAgo && visits[i] >= 3"),
    Q2: loop("cancellations[i] >= 3 && late[i] > 0"),
    Q3: loop("line[i] === 0 && visits[i] >= 2"),
    Q4: loop("visits[i] >= 5 && (lastMenus[i] & k.lastMenu) !== 0"),
    Q5: loop("visits[i] === 1 && registered[i] >= t.monthAgo"),
    Q6a: texts(s.names, t.name),
    Q6b: texts(s.names, t.nameAcross),
    Q7: loop("visits[i] >= 6 && lastVisit[i] >= t.trailingFrom && k.countVisits(i, t.trailingFrom) >= 6 && k.someBooked(i, k.visited, k.staff, 0, today, 0)"),
    Q8: texts(s.phones, t.phoneEnd, (row) => {
      const at = s.emails.bytes.subarray(s.emails.begins[row], s.emails.begins[row + 1]).indexOf(emailStart);
      return at >= 0;
    }),
    Q9: texts(s.names, t.nameShort),
    Q10: loop("k.someBooked(i, k.cancelled, k.otherStaff, today - 180, today, 0)"),
    Q11: loop("visits[i] >= 1 && line[i] === 0 && newsletter[i] === 0 && late[i] === 0 && channel[i] !== k.notChannel && !k.someBooked(i, k.live, -1, 0, 1e9, k.notMenu)"),
    Q12: loop("visits[i] >= 1 && visits[i] * 90 >= 3 * Math.max(today - firstVisit[i] + 1, 90)"),
    Q13: loop("(visits[i] >= 10 && lastVisit[i] >= today - 90) || (visits[i] >= 3 && visits[i] <= 9 && lastVisit[i] >= today - 180 && lastVisit[i] <= today - 91)"),
    Q14: loop("amount[i] >= t.yen[0] && amount[i] <= t.yen[1] && (lastMenus[i] & k.eitherMenu) !== 0"),
    Q15: texts(s.emails, t.emailPart, (row) => s.visits[row] >= 5),
    Q16: loop("noShows[i] > 0 && registered[i] >= t.month[0] && registered[i] <= t.month[1]"),
    Q17: loop("newsletter[i] === 1 && channel[i] === k.channel"),
  };
  return (name) => {
    const total = asked[name]();
    const page = [];
    for (let at = 0; at < total && at < 50; at += 1) page.push(s.number[hits[at]]);
    return { total, page };
  };
}

await main("typed arrays", prepare, opened);
