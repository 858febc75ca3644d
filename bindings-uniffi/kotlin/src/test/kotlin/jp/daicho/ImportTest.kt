package jp.daicho

import java.io.ByteArrayInputStream
import java.nio.file.Files
import java.nio.file.Path
import java.util.zip.ZipInputStream
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

class ImportTest : Salon() {
    private val file = "姓,名,電話番号\r\n佐藤,春子,090-0000-0001\r\n,夏子,090-0000-0002\r\n佐藤,春子,090-0000-0001\r\n".toByteArray()
    private val id = ImportId("import-1")

    @Test
    fun i2_each_row_ends_as_exactly_one_of_three() {
        val report = ledger.importBytes(file, id, context())
        assertEquals(ImportCounts(imported = 1u, errors = 1u, existing = 1u, blank = 0u), report.counts)
        assertTrue(report.rows[0].result is RowResult.Imported)
        val wrong = report.rows[1].result as RowResult.Error
        assertEquals(listOf("姓：必須項目です。入力してください。"), wrong.problems.map { it.japanese })
        assertTrue(report.rows[2].result is RowResult.Existing)
    }

    @Test
    fun i2_what_was_refused_comes_back_is_mended_and_imported_again() {
        val workbook = errorWorkbook(file, ledger.importBytes(file, id, context()))
        val texts = ZipInputStream(ByteArrayInputStream(workbook)).use { zip ->
            generateSequence { zip.nextEntry }.first { it.name == "xl/sharedStrings.xml" }
            zip.readBytes().toString(Charsets.UTF_8)
        }
        assertTrue("エラー理由" in texts && "姓：必須項目です。" in texts && "夏子" in texts, texts)
        assertFalse("春子" in texts, texts)
        assertEquals(1u, ledger.importBytes(workbook, ImportId("import-2"), context()).counts.errors)
        val mended = "姓,名,電話番号,元の行番号,エラー理由\r\n鈴木,夏子,090-0000-0002,3,姓：必須項目です。\r\n".toByteArray()
        val report = ledger.importBytes(mended, ImportId("import-3"), context())
        assertEquals(1u to emptyList<IgnoredColumn>(), report.counts.imported to report.ignored)
    }

    @Test
    fun i5_running_again_doubles_nothing_and_a_rehearsal_is_the_run() {
        val preview = ledger.rehearsal().use { it.importBytes(file, id, context()) }
        val first = ledger.importBytes(file, id, context())
        assertEquals(preview, first)
        assertEquals(first, ledger.importBytes(file, id, context()))
        assertEquals("customer.not_found", refusal { card(CustomerId("c2")) }.code)
    }

    @Test
    fun i1_the_template_is_read_back(@TempDir folder: Path) {
        val path = folder.resolve("顧客情報テンプレート.xlsx")
        Files.write(path, importTemplate())
        val report = ledger.importFile(path.toString(), id, context())
        // Its sample row is nobody.
        assertEquals(Triple(0u, 1u, emptyList<IgnoredColumn>()), Triple(report.counts.imported, report.counts.errors, report.ignored))
        assertTrue(importTemplateCsv().toString(Charsets.UTF_8).contains("姓"))
    }

    @Test
    fun a_listener_hears_of_each_commit_and_may_break_off() {
        val rows = "姓,名\r\n" + (0 until 1200).joinToString("") { "佐藤,${'\u4e00' + it}子\r\n" }
        val heard = mutableListOf<UInt>()
        val listener = object : ImportListener {
            override fun onProgress(soFar: ImportCounts): Boolean {
                heard += soFar.imported
                return heard.size < 2
            }
        }
        val report = ledger.importBytes(rows.toByteArray(), id, context(), listener)
        assertEquals(listOf(500u, 1000u), heard)
        assertFalse(report.finished)
    }

    @Test
    fun a4_a_listener_that_throws_is_typed() {
        val listener = object : ImportListener {
            override fun onProgress(soFar: ImportCounts): Boolean = throw IllegalStateException("山田")
        }
        val error = refusal { ledger.importBytes(file, id, context(), listener) }
        assertEquals("import.listener", error.code)
        assertFalse("山田" in error.toString(), error.toString())
    }

    @Test
    fun i7_what_is_no_sheet_is_refused() {
        assertEquals("import.no_heading", refusal { ledger.importBytes(ByteArray(0), id, context()) }.code)
        assertEquals("sheet.unreadable", refusal { ledger.importFile("/nowhere/at-all.xlsx", id, context()) }.code)
    }
}
