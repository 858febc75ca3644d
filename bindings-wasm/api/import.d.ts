import type { Ledger } from "./ledger.js";
import type { CommandContext, ImportReport, ImportedRows } from "./wasm/daicho.types.js";
/** How far an import has come. */
export interface ImportProgress {
    /** What became of the rows of the chunk just done; its `total` counts the import so far. */
    readonly done: ImportedRows;
    /** Whether an earlier run had done this chunk already. */
    readonly replayed: boolean;
}
/** What an import needs besides the file. */
export interface ImportOptions extends Pick<CommandContext, "actor" | "channel" | "now"> {
    /** The import, chosen by the host: one id per file. After a crash the same file under the same id neither doubles nor loses a row (I5). */
    readonly importId: string;
    /** Told after each chunk. */
    readonly onProgress?: (progress: ImportProgress) => void;
    /** Stops the import between two chunks; what was taken stays, and can be gone on with or undone. */
    readonly signal?: AbortSignal;
}
/**
 * Imports a file 一括登録 (I2–I5), 500 rows to a commit. On `ledger.rehearsal()` the same call is the preview: it answers what the ledger would
 * answer. Rejects with a `DaichoError`, or with the signal's reason.
 */
export declare function importWorkbook(ledger: Ledger, bytes: Uint8Array | ArrayBuffer, options: ImportOptions): Promise<ImportReport>;
