/** `daicho/sheets` as Node sees it. */
import "./node-source.js";
export * from "./sheets.js";
