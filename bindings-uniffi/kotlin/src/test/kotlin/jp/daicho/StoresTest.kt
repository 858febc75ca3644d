package jp.daicho

import java.nio.file.Files
import java.nio.file.Path
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestFactory
import org.junit.jupiter.api.io.TempDir

/** A store whose answers can be spoilt. */
class SpoiltStore : MapStore() {
    var spoil: ((Loaded) -> Loaded)? = null

    override fun load(salon: String, reads: List<Read>): Loaded {
        val loaded = super.load(salon, reads)
        return if (reads.first().kind == "customer") spoil?.invoke(loaded) ?: loaded else loaded
    }
}

class HostStoreTest : Salon() {
    private val store = SpoiltStore()
    override val ledger = Ledger.over(store, SalonId("salon-1"))

    @Test
    fun a_ledger_works_over_a_store_of_the_host() {
        val who = register()
        assertEquals("山田", card(who).customer.familyName)
        val shelf = store.shelf("salon-1")
        assertEquals(1u to 1, shelf.head.sequence to shelf.entries.size)
        assertTrue("phone:09012345678" in shelf.rows.getValue(RowName("customer", "c1")).keys)
        val found = ledger.searchCustomers(SearchCustomers(Criteria(name = "やまだ")), MANAGER, MORNING)
        assertEquals(listOf(who), found.customers.map { it.id })
    }

    @Test
    fun a_store_written_in_kotlin_passes_every_check() {
        val results = checkStore(MapStore())
        assertEquals(emptyList<CheckResult>(), results.filterNot { it.passed })
        assertTrue(results.size >= 40, "${results.size} checks")
    }

    @Test
    fun a_store_that_ignores_what_is_expected_fails_a_check() {
        class Careless : MapStore() {
            override fun commit(salon: String, batch: Batch) = super.commit(salon, batch.copy(expected = shelf(salon).head.sequence))
        }
        assertTrue(checkStore(Careless()).any { !it.passed })
    }

    @Test
    fun a4_what_the_store_throws_on_purpose_comes_back_typed() {
        store.spoil = { throw StoreException.Unavailable("disk busy") }
        val error = refusal { card(CustomerId("c1")) }
        assertEquals("store.unavailable" to true, error.code to error.retryable)
        assertTrue("disk busy" in error.detail, error.detail)
    }

    @Test
    fun a4_what_the_store_throws_by_mistake_is_typed_and_does_not_quote_it() {
        store.spoil = { throw IllegalArgumentException("山田") }
        val error = refusal { card(CustomerId("c1")) }
        assertEquals("store.failed", error.code)
        assertTrue("IllegalArgumentException" in error.detail, error.detail)
        assertFalse("山田" in error.toString(), error.toString())
        store.spoil = null
        assertEquals(CustomerId("c1"), register())
    }

    @TestFactory
    fun a4_a_malformed_answer_is_corrupt(): List<DynamicTest> {
        fun spoilt(change: Row.() -> Row) = { loaded: Loaded -> loaded.copy(rows = loaded.rows.map { rows -> rows.map(change) }) }
        val answers = mapOf<String, (Loaded) -> Loaded>(
            "too few lists" to { it.copy(rows = emptyList()) },
            "too many lists" to { it.copy(rows = it.rows + listOf(emptyList())) },
            "twice" to { it.copy(rows = it.rows.map { rows -> rows + rows }) },
            "another kind" to spoilt { copy(kind = "reservation") },
            "no kind" to spoilt { copy(kind = "山田") },
            "another id" to spoilt { copy(id = "c2") },
            "no id" to spoilt { copy(id = "") },
            "a parent" to spoilt { copy(parent = "c9") },
            "fewer keys" to spoilt { copy(keys = keys.drop(1)) },
            "no JSON" to spoilt { copy(body = "{山田") },
            "another body" to spoilt { copy(body = "{}") },
            "no hash" to { it.copy(head = it.head.copy(hash = "zz")) },
        )
        return answers.map { (name, spoil) ->
            DynamicTest.dynamicTest(name) {
                val store = SpoiltStore()
                Ledger.over(store, SalonId("salon-1")).use { ledger ->
                    val who = ledger.registerCustomer(RegisterCustomer(EntryPath.COUNTER, HANAKO), context()).output.customer
                    store.spoil = spoil
                    val error = refusal { ledger.getCustomer(GetCustomer(who), MANAGER, MORNING) }
                    assertEquals("store.corrupt", error.code)
                    assertFalse("山田" in error.toString(), error.toString())
                }
            }
        }
    }
}

class SqliteTest : Salon() {
    @TempDir
    lateinit var folder: Path

    private val path get() = folder.resolve("salon.daicho").toString()

    @Test
    fun a_file_that_is_opened_again_has_everything() {
        val who = Ledger.open(path, SalonId("salon-1")).use {
            it.registerCustomer(RegisterCustomer(EntryPath.COUNTER, HANAKO), context()).output.customer
        }
        Ledger.open(path, SalonId("salon-1")).use {
            assertEquals("山田", it.getCustomer(GetCustomer(who), MANAGER, MORNING).customer.familyName)
            assertEquals(emptyList<Breach>(), it.check(CheckLedger(), MANAGER).breaches)
        }
        Ledger.open(path, SalonId("salon-2")).use {
            assertEquals("customer.not_found", refusal { it.getCustomer(GetCustomer(who), MANAGER, MORNING) }.code)
        }
    }

    @Test
    fun a_file_of_another_kind_is_refused() {
        Files.writeString(Path.of(path), "something else entirely, and long enough to be no database")
        assertEquals("store.foreign", refusal { Ledger.open(path, SalonId("salon-1")) }.code)
    }
}
