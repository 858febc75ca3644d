// sql.js by hand: the SQL of src/beside/sql.rs and all of SQLite's indexes, without trigrams, which it has not.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import initSqlJs from "sql.js";

import { main, questions } from "./talk.mjs";

const { version } = JSON.parse(readFileSync(new URL("node_modules/sql.js/package.json", import.meta.url), "utf8"));

// The database was made along with SQLite's own.
const prepare = () => undefined;

async function opened(folder) {
  const { Database } = await initSqlJs();
  const database = new Database(readFileSync(join(folder, "salon-plain.sqlite")));
  const asked = new Map();
  for (const { name, sqlite } of questions(folder).questions) {
    asked.set(name, { count: database.prepare(sqlite.count), page: database.prepare(sqlite.page) });
  }
  return (name) => {
    const { count, page } = asked.get(name);
    count.step();
    const [total] = count.get();
    count.reset();
    const numbers = [];
    while (page.step()) numbers.push(page.get()[0]);
    page.reset();
    return { total, page: numbers };
  };
}

await main(`sql.js ${version}`, prepare, opened);
