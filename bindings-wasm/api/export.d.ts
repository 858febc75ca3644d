/** Whole files of what a ledger answers: one page after the other. */
import type { Ledger } from "./ledger.js";
import type { ExportCustomers, ExportReservations, ExportTickets, QueryContext } from "./wasm/daicho.types.js";
/** What a file is written as: an Excel workbook, or CSV in UTF-8 or in Shift_JIS, which old programs want. */
export type FileFormat = "xlsx" | "csv" | "csvShiftJis";
type Whole<Input> = Omit<Input, "pageSize" | "cursor">;
/** What goes into a file: 顧客, 予約 or 回数券, asked for as in the operation of the name. */
export type ExportOf = {
    readonly customers: Whole<ExportCustomers>;
} | {
    readonly reservations: Whole<ExportReservations>;
} | {
    readonly tickets: Whole<ExportTickets>;
};
/** What an export needs besides the question. */
export interface ExportOptions extends QueryContext {
    /** Left out: an Excel workbook. */
    readonly format?: FileFormat;
    /** Told after each page: how many rows are written, and of how many. */
    readonly onProgress?: (rows: number, total: number) => void;
    /** Stops the export between two pages. */
    readonly signal?: AbortSignal;
}
/** An export as a file (I6), for a download. No cell of it is a formula. Rejects with a `DaichoError`, or with the signal's reason. */
export declare function exportWorkbook(ledger: Ledger, what: ExportOf, options: ExportOptions): Promise<Uint8Array>;
export {};
