package jp.daicho

import com.google.gson.JsonArray
import com.google.gson.JsonElement
import com.google.gson.JsonObject
import com.google.gson.JsonParser
import com.google.gson.JsonPrimitive
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.extension
import kotlin.io.path.nameWithoutExtension
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestFactory

/** The golden vectors, each case a test: see tests/vectors/README.md. */
class VectorsTest {
    @TestFactory
    fun golden_vectors(): List<DynamicTest> {
        val files = Files.list(Path.of("../../tests/vectors")).use { all -> all.filter { it.extension == "json" }.sorted().toList() }
        assertTrue(files.isNotEmpty())
        return files.flatMap { file ->
            val vectors = parse(Files.readString(file)).asJsonObject
            assertEquals(1, vectors["format"].asInt)
            vectors["cases"].asJsonArray.map(JsonElement::getAsJsonObject).map { case ->
                DynamicTest.dynamicTest("${file.nameWithoutExtension}: ${case["name"].asString}") { run(case) }
            }
        }
    }

    @Test
    fun a_wrong_expectation_is_noticed() {
        fun difference(wanted: String, got: String) = difference(parse(wanted), parse(got), "")
        assertNotNull(difference("""{"a": 1}""", """{"a": 2}"""))
        assertNotNull(difference("""{"a": {"${'$'}absent": true}}""", """{"a": null}"""))
        assertNotNull(difference("""{"a": {"${'$'}any": true}}""", "{}"))
        assertNotNull(difference("[1]", "[1, 2]"))
        assertNotNull(difference("1", "\"1\""))
        assertNull(difference("""{"a": [{}]}""", """{"a": [{"b": 1}], "c": 2}"""))
    }

    private fun parse(text: String): JsonElement = JsonParser.parseString(text)

    private fun run(case: JsonObject) = Ledger.inMemory(SalonId("salon-1")).use { ledger ->
        val answers = mutableListOf<JsonElement?>()
        fun call(request: JsonObject): JsonObject {
            val answer = parse(ledger.call(fillIn(request, answers).toString())).asJsonObject
            answers += answer["ok"]
            return answer
        }
        for (request in case["before"]?.asJsonArray ?: JsonArray()) {
            val answer = call(request.asJsonObject)
            assertTrue(answer.has("ok"), "request ${answers.size} (before): $answer")
        }
        for (expected in case["then"].asJsonArray.map(JsonElement::getAsJsonObject)) {
            val kind = listOf("ok", "error").single(expected::has)
            val answer = call(expected["request"].asJsonObject)
            assertTrue(answer.has(kind), "request ${answers.size}: $answer")
            assertNull(difference(expected[kind], answer[kind], "request ${answers.size}: "))
        }
    }

    private fun fillIn(request: JsonObject, answers: List<JsonElement?>): JsonElement {
        val place = answers.size + 1
        val filled = parse("""{"actor": {"id": "manager-1", "role": "manager"}, "channel": "counter", "now": 1795222800000}""").asJsonObject
        filled.addProperty("key", "k$place")
        filled.addProperty("entropy", "0".repeat(32))
        request.entrySet().forEach { (field, value) -> filled.add(field, value) }
        return refer(filled, answers)
    }

    // "$3.output.fingerprint" is that value of the third answer.
    private fun refer(value: JsonElement, answers: List<JsonElement?>): JsonElement = when {
        value is JsonObject -> JsonObject().apply { value.entrySet().forEach { (field, entry) -> add(field, refer(entry, answers)) } }
        value is JsonArray -> JsonArray().apply { value.forEach { add(refer(it, answers)) } }
        value is JsonPrimitive && value.isString -> {
            val (number, path) = Regex("""\$(\d+)\.(.+)""").matchEntire(value.asString)?.destructured ?: return value
            path.split(".").fold(answers[number.toInt() - 1]) { found, part ->
                if (found is JsonArray) found[part.toInt()] else found?.asJsonObject?.get(part)
            } ?: error("${value.asString} refers to nothing")
        }
        else -> value
    }

    /** What of `wanted` is not in `got`, if anything. */
    private fun difference(wanted: JsonElement, got: JsonElement, place: String): String? = when {
        wanted is JsonObject && wanted["\$any"] != null -> null
        wanted is JsonObject && got is JsonObject -> wanted.entrySet().firstNotNullOfOrNull { (field, value) ->
            val found = got[field]
            when {
                value is JsonObject && value["\$absent"] != null -> if (found == null) null else "$place.$field is there: $found"
                found == null -> "$place.$field is not there"
                else -> difference(value, found, "$place.$field")
            }
        }
        wanted is JsonArray && got is JsonArray && wanted.size() == got.size() ->
            wanted.zip(got).withIndex().firstNotNullOfOrNull { (index, pair) -> difference(pair.first, pair.second, "$place[$index]") }
        else -> if (wanted == got) null else "$place: $got instead of $wanted"
    }
}
