/** A file the staff chose: first the preview, then the import. */
import { DaichoError, type Ledger, id } from "daicho";
import { type ImportOptions, importWorkbook } from "daicho/sheets";

/** One id for one file, so that the same file chosen twice is the same import. */
async function importIdOf(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export async function importFile(ledger: Ledger, file: File, show: (line: string) => void): Promise<void> {
  const bytes = await file.arrayBuffer();
  const options: ImportOptions = { actor: { id: id("staff-1"), role: "staff" }, channel: "counter", now: Date.now(), importId: await importIdOf(bytes) };
  const rehearsal = ledger.rehearsal();
  try {
    const preview = await importWorkbook(rehearsal, bytes, options);
    show(`成功 ${preview.counts.imported}件、エラー ${preview.counts.errors}件、登録済み ${preview.counts.existing}件`);
    await importWorkbook(ledger, bytes, { ...options, onProgress: ({ done }) => show(`${done.total.imported}件`) });
  } catch (error) {
    if (!(error instanceof DaichoError)) throw error;
    show(error.code === "sheet.old_format" ? ".xlsx で保存し直してください" : error.detail);
  } finally {
    rehearsal.close();
  }
}
