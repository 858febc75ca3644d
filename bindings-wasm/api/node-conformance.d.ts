/** `daicho/conformance` as Node sees it. */
import "./node-source.js";
export * from "./conformance.js";
