/** The package as Node sees it. */
import "./node-source.js";
export * from "./index.js";
