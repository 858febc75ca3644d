// Array.filter over objects, as a page would do it: the customers in the order of the page, each with their reservations.
import { closeSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";

import { customers, lines, main, questions, reservations } from "./talk.mjs";

const FILE = "salon.json";
const LIVE = new Set(["tentative", "prepaymentUnpaid", "upcoming", "prepaid", "visited"]);
const CANCELLED = new Set(["cancelled", "feeUnpaid"]);

function prepare(folder) {
  const all = customers(folder);
  const byNumber = new Map(all.map((customer) => [customer.number, Object.assign(customer, { booked: [] })]));
  reservations(folder, ({ customer, ...booked }) => byNumber.get(customer).booked.push(booked));
  // In parts: a text of all would be longer than a string may be.
  const file = openSync(join(folder, FILE), "w");
  for (let at = 0; at < all.length; at += 100) writeSync(file, `${JSON.stringify(all.slice(at, at + 100))}\n`);
  closeSync(file);
}

function opened(folder) {
  const all = [];
  for (const part of lines(join(folder, FILE))) all.push(...JSON.parse(part));
  const { terms: t } = questions(folder);
  const { today } = t;
  const away = (customer, least, most) => customer.lastVisit !== null && customer.lastVisit <= today - least && customer.lastVisit >= today - most;
  const asked = {
    Q1: (c) => c.lastVisit !== null && c.lastVisit <= t.halfYearAgo && c.visits >= 3,
    Q2: (c) => c.cancellations >= 3 && c.late > 0,
    Q3: (c) => !c.line && c.visits >= 2,
    Q4: (c) => c.visits >= 5 && c.lastMenus.includes(t.lastMenu),
    Q5: (c) => c.visits === 1 && c.registered >= t.monthAgo,
    Q6a: (c) => c.names.includes(t.name),
    Q6b: (c) => c.names.includes(t.nameAcross),
    Q7: (c) =>
      c.visits >= 6 &&
      c.booked.some((b) => b.label === "visited" && b.staff === t.staff) &&
      c.booked.filter((b) => b.label === "visited" && b.day >= t.trailingFrom).length >= 6,
    Q8: (c) => c.phone.includes(t.phoneEnd) && c.email.includes(t.emailStart),
    Q9: (c) => c.names.includes(t.nameShort),
    Q10: (c) => c.booked.some((b) => CANCELLED.has(b.label) && b.staff === t.otherStaff && b.day >= today - 180 && b.day <= today),
    Q11: (c) =>
      c.visits >= 1 && !c.line && !c.newsletter && c.late === 0 && c.channel !== t.notChannel &&
      !c.booked.some((b) => LIVE.has(b.label) && b.menus.includes(t.notMenu)),
    Q12: (c) => c.visits >= 1 && c.visits * 90 >= 3 * Math.max(today - c.firstVisit + 1, 90),
    Q13: (c) => (c.visits >= 10 && away(c, 0, 90)) || (c.visits >= 3 && c.visits <= 9 && away(c, 91, 180)),
    Q14: (c) => c.amount >= t.yen[0] && c.amount <= t.yen[1] && c.lastMenus.some((menu) => t.menus.includes(menu)),
    Q15: (c) => c.visits >= 5 && c.email.includes(t.emailPart),
    Q16: (c) => c.noShows > 0 && c.registered >= t.month[0] && c.registered <= t.month[1],
    Q17: (c) => c.newsletter && c.channel === t.channel,
  };
  return (name) => {
    const found = all.filter(asked[name]);
    return { total: found.length, page: found.slice(0, 50).map((customer) => customer.number) };
  };
}

await main("Array.filter over objects", prepare, opened);
