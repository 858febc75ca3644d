/** The tests that run in every runtime. */
import { MemoryStore } from "daicho";

import "./ledger.js";
import { checkStore } from "./stores.js";

checkStore("MemoryStore", () => Promise.resolve(new MemoryStore()));
