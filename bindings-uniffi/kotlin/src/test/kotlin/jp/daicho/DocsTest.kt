package jp.daicho

import java.nio.file.Path
import jp.daicho.example.importBook
import kotlin.io.path.exists
import kotlin.io.path.readText
import kotlin.io.path.writeText
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

/** What the pages show is what is compiled, run and built here. */
class DocsTest : Salon() {
    private fun shown(page: String, language: String): String =
        checkNotNull(Regex("```$language\n(.*?)```", RegexOption.DOT_MATCHES_ALL).find(Path.of("../..", page).readText())).groupValues[1]

    @Test
    fun the_import_of_the_page_runs(@TempDir folder: Path) {
        val compiled = Path.of("src/test/kotlin/jp/daicho/example/ImportBook.kt").readText()
        assertEquals(compiled, "package jp.daicho.example\n\n" + shown("docs/import.md", "kotlin"))
        val file = folder.resolve("顧客名簿.csv")
        file.writeText("姓,名\r\n佐藤,春子\r\n,夏子\r\n")
        val said = mutableListOf<String>()
        importBook(ledger, file) { said += it }
        assertEquals(listOf("成功 1件、エラー 1件、登録済み 0件", "1件"), said)
        assertTrue(folder.resolve("エラー.xlsx").exists())
    }

    @Test
    fun the_first_lines_of_the_package_are_compiled() {
        val compiled = Path.of("src/test/kotlin/jp/daicho/example/FirstLines.kt").readText()
        assertEquals(compiled, "package jp.daicho.example\n\n" + shown("bindings-uniffi/README.md", "kotlin"))
    }

    @Test
    fun the_versions_for_gradle_are_those_of_the_package() {
        val (pom, page) = Path.of("pom.xml").readText() to Path.of("../README.md").readText()
        val version = { name: String -> checkNotNull(Regex("<artifactId>$name</artifactId>\\s*<version>(.*?)</version>").find(pom)).groupValues[1] }
        val kotlin = checkNotNull(Regex("<kotlin.version>(.*?)<").find(pom)).groupValues[1]
        for (line in listOf("jp.daicho:daicho:${version("daicho")}", "net.java.dev.jna:jna:${version("jna")}@aar", "version \"$kotlin\"")) {
            assertTrue(line in page, line)
        }
    }
}
