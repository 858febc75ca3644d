package jp.daicho.example

import java.nio.file.Path
import java.time.Instant
import java.util.UUID
import jp.daicho.*
import kotlin.io.path.readBytes
import kotlin.io.path.writeBytes

/** Imports a file that staff chose: first the preview, then the import, then what is to be mended. */
fun importBook(ledger: Ledger, file: Path, show: (String) -> Unit) {
    val staff = Actor(ActorId("staff-1"), Role.STAFF)
    val context = CommandContext(staff, Channel.COUNTER, Instant.now(), CommandKey(UUID.randomUUID().toString()))
    // Keep it until the import has ended: after a crash the same file goes on under it.
    val id = ImportId(UUID.randomUUID().toString())
    val listener = object : ImportListener {
        override fun onProgress(soFar: ImportCounts): Boolean? {
            show("${soFar.imported}件")
            return true
        }
    }
    try {
        val preview = ledger.rehearsal().use { it.importFile(file.toString(), id, context).counts }
        show("成功 ${preview.imported}件、エラー ${preview.errors}件、登録済み ${preview.existing}件")
        val report = ledger.importFile(file.toString(), id, context, listener)
        if (report.counts.errors > 0u) file.resolveSibling("エラー.xlsx").writeBytes(errorWorkbook(file.readBytes(), report))
    } catch (error: DaichoException) {
        show(if (error.code == "sheet.old_format") ".xlsx で保存し直してください" else error.detail)
    }
}
