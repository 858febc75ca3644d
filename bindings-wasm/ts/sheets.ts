/**
 * `daicho/sheets`: xlsx and CSV files, for an import 一括登録 and from exports, in a module of its own.
 *
 * @module
 */
import { DaichoError, type Fault } from "./error.js";
import { Loading, type WasmSource } from "./loading.js";
import { guarded } from "./steps.js";
import type { DateSystem, ImportReport, ImportRow } from "./wasm/daicho.types.js";
import init, * as wasm from "./wasm/daicho-sheets.js";

export { type ExportOf, type ExportOptions, type FileFormat, exportWorkbook } from "./export.js";
export { type ImportOptions, type ImportProgress, importWorkbook } from "./import.js";

const loading = new Loading("daicho-sheets", init);

/** Loads the module of sheets; the functions here do so themselves. */
export function load(source?: WasmSource): Promise<void> {
  return loading.load(source);
}

type Chunk = { readonly dateSystem: DateSystem; readonly rows: ImportRow[]; readonly end: boolean } | { readonly error: Fault };

/** A file of rows, read as it is asked for: only the rows of one answer are in memory. */
export class Sheet {
  #workbook: wasm.Workbook | undefined;
  #dateSystem: DateSystem = "d1900";

  /** @internal Use `openSheet`. */
  constructor(bytes: Uint8Array) {
    this.#workbook = guarded(() => new wasm.Workbook(bytes));
  }

  /** What the file's date serials count from. Known once a row was read. */
  get dateSystem(): DateSystem {
    return this.#dateSystem;
  }

  /** The next rows, so many at most; fewer only at the end. Rows that hold nothing are left out. Throws a `DaichoError` of a code `sheet.…`. */
  next(rows: number): ImportRow[] {
    const workbook = this.#workbook;
    if (workbook === undefined) return [];
    const chunk = JSON.parse(guarded(() => workbook.next(rows))) as Chunk;
    if ("error" in chunk) {
      this.close();
      throw new DaichoError(chunk.error);
    }
    this.#dateSystem = chunk.dateSystem;
    if (chunk.end) this.close();
    return chunk.rows;
  }

  /** Frees what the module keeps for the file. Reading to the end does so too. */
  close(): void {
    this.#workbook?.free();
    this.#workbook = undefined;
  }
}

/** Opens an xlsx workbook or a CSV file (UTF-8 or Shift_JIS) behind the limits of I7. What is wrong with it is said when it is read. */
export async function openSheet(bytes: Uint8Array | ArrayBuffer): Promise<Sheet> {
  await load();
  return new Sheet(bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes));
}

/** 顧客情報テンプレート.xlsx for a download: its name and its bytes (I1). */
export async function importTemplate(): Promise<{ name: string; bytes: Uint8Array }> {
  await load();
  return guarded(() => ({ name: wasm.templateName(), bytes: wasm.templateBytes() }));
}

/**
 * The rows of a file that an import, or its preview, refused, as a workbook: heading and cells as they stand in the file, and right of them the number of the row
 * and what is wrong with it, in Japanese. Staff mend it and import it again, under a new id: those who were taken are not in it (I2).
 */
export async function errorWorkbook(bytes: Uint8Array | ArrayBuffer, report: ImportReport): Promise<Uint8Array> {
  await load();
  const refused = (report.rows ?? []).filter(({ result }) => result.type === "error");
  return guarded(() => wasm.errorWorkbook(bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes), JSON.stringify(refused)));
}
