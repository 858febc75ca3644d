/** The files of the golden vectors: from the disk in Node, from the test's server in a browser. */

const inBrowser = "document" in globalThis;

/** Each file's text by its name. */
export const files: Record<string, string> = inBrowser
  ? ((await (await fetch("/vectors.json")).json()) as Record<string, string>)
  : await (await import("./vectors-on-disk.js")).read();

if (Object.keys(files).length === 0) throw new Error("there are no golden vectors");
