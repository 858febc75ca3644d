/** A file the staff chose: first the preview, then the import. */
import { DaichoError, type Ledger, id } from "daicho";
import { type ImportOptions, importWorkbook } from "daicho/sheets";

export async function importFile(ledger: Ledger, file: File, show: (line: string) => void): Promise<void> {
  const bytes = await file.arrayBuffer();
  // Keep it until the import has ended: after a crash the same file goes on under it. It is not made from the file, whose digest would outlive an erasure (W4).
  const importId = crypto.randomUUID();
  const options: ImportOptions = { actor: { id: id("staff-1"), role: "staff" }, channel: "counter", now: Date.now(), importId };
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
