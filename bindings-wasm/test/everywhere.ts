/** The tests that run in every runtime. */
import "./conformance.js";
import "./kept-index.js";
import "./ledger.js";
import "./packed.js";
import "./segments.js";
import "./sheets.js";
import "./slice.js";
import "./till.js";
import "./vectors.js";
