import { type WasmSource } from "./loading.js";
import type { DateSystem, ImportReport, ImportRow } from "./wasm/daicho.types.js";
export { type ExportOf, type ExportOptions, type FileFormat, exportWorkbook } from "./export.js";
export { type ImportOptions, type ImportProgress, importWorkbook } from "./import.js";
/** Loads the module of sheets; the functions here do so themselves. */
export declare function load(source?: WasmSource): Promise<void>;
/** A file of rows, read as it is asked for: only the rows of one answer are in memory. */
export declare class Sheet {
    #private;
    /** @internal Use `openSheet`. */
    constructor(bytes: Uint8Array);
    /** What the file's date serials count from. Known once a row was read. */
    get dateSystem(): DateSystem;
    /** The next rows, so many at most; fewer only at the end. Rows that hold nothing are left out. Throws a `DaichoError` of a code `sheet.…`. */
    next(rows: number): ImportRow[];
    /** Frees what the module keeps for the file. Reading to the end does so too. */
    close(): void;
}
/** Opens an xlsx workbook or a CSV file (UTF-8 or Shift_JIS) behind the limits of I7. What is wrong with it is said when it is read. */
export declare function openSheet(bytes: Uint8Array | ArrayBuffer): Promise<Sheet>;
/** 顧客情報テンプレート.xlsx for a download: its name and its bytes (I1). */
export declare function importTemplate(): Promise<{
    name: string;
    bytes: Uint8Array;
}>;
/**
 * The rows of a file that an import, or its preview, refused, as a workbook: heading and cells as they stand in the file, and right of them the number of the row
 * and what is wrong with it, in Japanese. Staff mend it and import it again, under a new id: those who were taken are not in it (I2).
 */
export declare function errorWorkbook(bytes: Uint8Array | ArrayBuffer, report: ImportReport): Promise<Uint8Array>;
