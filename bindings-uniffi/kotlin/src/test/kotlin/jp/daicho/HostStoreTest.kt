package jp.daicho

import java.time.Instant
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** A store as a host would write it. */
private class HostStore : LedgerStore {
    var head = Head(0UL, "")
    val entries = mutableListOf<Entry>()
    val rows = mutableMapOf<String, Row>()
    var failure: Exception? = null

    override fun load(kind: String, keys: List<String>): Loaded {
        failure?.let { throw it }
        return Loaded(head, rows.values.filter { it.kind == kind && (it.id in keys || it.keys.any(keys::contains)) })
    }

    override fun scan(kind: String): Loaded {
        failure?.let { throw it }
        return Loaded(head, rows.values.filter { it.kind == kind })
    }

    override fun changes(since: ULong): List<Entry> {
        failure?.let { throw it }
        return entries.filter { it.sequence > since }
    }

    override fun commit(expected: ULong, head: Head, entry: Entry, rows: List<Row>) {
        if (this.head.sequence != expected) throw StoreException.Conflict()
        this.head = head
        entries += entry
        rows.forEach { this.rows[it.id] = it }
    }
}

class HostStoreTest {
    private val register = RegisterCustomer(name = "山田", now = Instant.EPOCH)

    @Test
    fun a_ledger_works_over_a_store_of_the_host() {
        val store = HostStore()
        Ledger.over(store).use { ledger ->
            val customer = ledger.registerCustomer(register)
            assertEquals(customer, ledger.findCustomer(FindCustomer(customer.id)))
            assertEquals(1UL, store.head.sequence)
            assertEquals(listOf("山田"), store.rows.getValue("c1").keys)
            assertEquals(listOf(Entry(1UL, "registered c1")), ledger.changes(0UL))
        }
    }

    @Test
    fun a4_what_the_store_throws_on_purpose_comes_back_typed() {
        val store = HostStore().apply { failure = StoreException.Unavailable("disk full") }
        Ledger.over(store).use { ledger ->
            val refusal = assertThrows(DaichoException::class.java) { ledger.registerCustomer(register) }
            assertEquals("store.unavailable", refusal.code)
            assertTrue("disk full" in refusal.detail, refusal.detail)
        }
    }

    @Test
    fun a4_what_the_store_throws_by_mistake_comes_back_typed() {
        val store = HostStore().apply { failure = IllegalArgumentException("a mistake") }
        Ledger.over(store).use { ledger ->
            val refusal = assertThrows(DaichoException::class.java) { ledger.changes(0UL) }
            assertEquals("store.unexpected", refusal.code)
            assertTrue("a mistake" in refusal.detail, refusal.detail)
        }
    }

    @Test
    fun the_ledger_goes_on_after_a_failure_of_the_store() {
        val store = HostStore().apply { failure = IllegalStateException() }
        Ledger.over(store).use { ledger ->
            assertThrows(DaichoException::class.java) { ledger.registerCustomer(register) }
            store.failure = null
            assertEquals(CustomerId("c1"), ledger.registerCustomer(register).id)
        }
    }
}
