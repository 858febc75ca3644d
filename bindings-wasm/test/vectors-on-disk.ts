/** The files of the golden vectors, in Node. */
import { readFile, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const DIRECTORY = join(dirname(fileURLToPath(import.meta.url)), "../../tests/vectors");

/** Each file's text by its name. */
export async function read(): Promise<Record<string, string>> {
  const names = (await readdir(DIRECTORY)).filter((name) => name.endsWith(".json")).sort();
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await readFile(join(DIRECTORY, name), "utf8")] as const)));
}
