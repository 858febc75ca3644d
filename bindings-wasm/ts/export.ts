/** Whole files of what a ledger answers: one page after the other. */
import type { Ledger } from "./ledger.js";
import { guarded } from "./steps.js";
import { load } from "./sheets.js";
import type { ExportCustomers, ExportPage, ExportReservations, ExportTickets, QueryContext } from "./wasm/daicho.types.js";
import * as wasm from "./wasm/daicho-sheets.js";

/** Rows of a page: the most there may be. */
const PAGE = 1000;

/** What a file is written as: an Excel workbook, or CSV in UTF-8 or in Shift_JIS, which old programs want. */
export type FileFormat = "xlsx" | "csv" | "csvShiftJis";

type Whole<Input> = Omit<Input, "pageSize" | "cursor">;

/** What goes into a file: 顧客, 予約 or 回数券, asked for as in the operation of the name. */
export type ExportOf =
  | { readonly customers: Whole<ExportCustomers> }
  | { readonly reservations: Whole<ExportReservations> }
  | { readonly tickets: Whole<ExportTickets> };

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
export async function exportWorkbook(ledger: Ledger, what: ExportOf, options: ExportOptions): Promise<Uint8Array> {
  await load();
  const { actor, now, format = "xlsx", onProgress, signal } = options;
  const { sheet, ask } = pages(ledger, what, { actor, now });
  const file = guarded(() => new wasm.Export(format, sheet));
  try {
    let rows = 0;
    let cursor: string | undefined;
    do {
      signal?.throwIfAborted();
      const page = await ask({ pageSize: PAGE, ...(cursor === undefined ? {} : { cursor }) });
      guarded(() => file.add(JSON.stringify(page)));
      rows += page.rows?.length ?? 0;
      onProgress?.(rows, page.total);
      cursor = page.cursor;
    } while (cursor !== undefined);
  } catch (error) {
    file.free();
    throw error;
  }
  return guarded(() => file.finish());
}

type Place = Pick<ExportCustomers, "pageSize" | "cursor">;

function pages(ledger: Ledger, what: ExportOf, context: QueryContext): { sheet: string; ask: (place: Place) => Promise<ExportPage> } {
  if ("customers" in what) return { sheet: "顧客", ask: (place) => ledger.exportCustomers({ ...what.customers, ...place }, context) };
  if ("reservations" in what) return { sheet: "予約", ask: (place) => ledger.exportReservations({ ...what.reservations, ...place }, context) };
  return { sheet: "回数券", ask: (place) => ledger.exportTickets({ ...what.tickets, ...place }, context) };
}
