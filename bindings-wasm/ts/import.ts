/** An import of a whole file: its heading, then its rows in commands of some hundred. */
import { DaichoError } from "./error.js";
import type { Ledger } from "./ledger.js";
import { wasm } from "./wasm-module.js";
import { type Sheet, openSheet } from "./sheets.js";
import type { CommandContext, ImportId, ImportReport, ImportedRows, QueryContext, RowOutcome } from "./wasm/daicho.types.js";

/** How many rows go into one commit. Fixed, since a second run must cut the file as the first did. */
const CHUNK = 500;

/** The most that the report of a whole file tells of repairs and mistakes, in bytes of UTF-8 (I7). */
const MOST_TOLD = 64_000_000;
/** What one repair or mistake takes besides its texts, about. */
const TELLING = 64;

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
export async function importWorkbook(ledger: Ledger, bytes: Uint8Array | ArrayBuffer, options: ImportOptions): Promise<ImportReport> {
  const sheet = await openSheet(bytes);
  try {
    return await take(ledger, sheet, options);
  } finally {
    sheet.close();
  }
}

async function take(ledger: Ledger, sheet: Sheet, options: ImportOptions): Promise<ImportReport> {
  const { actor, channel, now, onProgress, signal } = options;
  const importId = options.importId as ImportId;
  const { columns = [], ignored = [] } = await ledger.readHeading({ cells: sheet.next(1)[0]?.cells ?? [] }, { actor, now });
  await notUndone(ledger, importId, { actor, now });
  const unread = new Set<number>();
  const counts = { imported: 0, errors: 0, existing: 0, blank: 0 };
  const outcomes: RowOutcome[] = [];
  const room = new Room(MOST_TOLD);
  for (let rows = sheet.next(CHUNK); rows.length > 0; rows = sheet.next(CHUNK)) {
    signal?.throwIfAborted();
    const input = { import: importId, columns, dateSystem: sheet.dateSystem, rows };
    const key = wasm.importKey(importId, rows[0]?.row ?? 0);
    const { output, replayed } = await ledger.importRows(input, { actor, channel, now, key });
    for (const name of ["imported", "errors", "existing", "blank"] as const) counts[name] += output.counts[name];
    for (const outcome of output.rows ?? []) outcomes.push(room.tell(outcome));
    for (const position of output.unreadPositions ?? []) unread.add(position);
    onProgress?.({ done: output, replayed });
  }
  return { import: importId, counts, rows: outcomes, ignored, unreadPositions: [...unread].sort((a, b) => a - b), finished: true };
}

/** What a report still has room for. Where there is none, a row that is wrong says only the first thing, without the value. */
class Room {
  #left: number;

  constructor(left: number) {
    this.#left = left;
  }

  #takes(texts: readonly (string | undefined)[]): boolean {
    const needed = texts.reduce((sum, text) => sum + bytes(text), TELLING);
    const fits = needed <= this.#left;
    this.#left = fits ? this.#left - needed : 0;
    return fits;
  }

  tell(outcome: RowOutcome): RowOutcome {
    const told = { ...outcome };
    if (told.result.type === "error") {
      const { problems } = told.result;
      const fitting = fitted(problems, ({ column, field, value, code, reason, japanese }) =>
        this.#takes([column, field, value, code, reason, japanese]),
      );
      const first = problems.slice(0, 1).map(({ value: _, ...rest }) => rest);
      told.result = { type: "error", problems: fitting.length > 0 ? fitting : first };
    }
    if (told.repairs !== undefined) told.repairs = fitted(told.repairs, ({ column, before, after }) => this.#takes([column, before, after]));
    return told;
  }
}

function bytes(text = ""): number {
  let sum = text.length;
  for (let place = 0; place < text.length; place += 1) {
    const unit = text.charCodeAt(place);
    // Each half of a pair is two of its four bytes.
    if (unit >= 0x80) sum += unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 1 : 2;
  }
  return sum;
}

function fitted<T>(all: readonly T[], takes: (one: T) => boolean): T[] {
  const end = all.findIndex((one) => !takes(one));
  return end < 0 ? [...all] : all.slice(0, end);
}

/** Chunks that were done would be answered from their receipts, as if their customers were still there. */
async function notUndone(ledger: Ledger, importId: ImportId, context: QueryContext): Promise<void> {
  const known = await ledger.getImport({ import: importId }, context).catch((error: unknown) => {
    if (error instanceof DaichoError && error.code === "import.not_found") return undefined;
    throw error;
  });
  if (known?.undoneAt === undefined) return;
  throw new DaichoError({ code: "import.undone", detail: `import ${importId} was undone; import again under a new id`, data: { import: importId } });
}
