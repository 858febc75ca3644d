package jp.daicho

import java.time.Instant
import java.time.LocalDate
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Test

class LedgerTest {
    private val now = Instant.parse("2026-11-21T10:00:00.123Z")

    @Test
    fun c1_a_registered_customer_is_found_with_all_its_fields() {
        Ledger.inMemory().use { ledger ->
            val customer = ledger.registerCustomer(RegisterCustomer("山田 太郎", LocalDate.of(1990, 2, 28), now))
            assertEquals(Customer(CustomerId("c1"), "山田 太郎", LocalDate.of(1990, 2, 28), now, 0L), customer)
            assertEquals(customer, ledger.findCustomer(FindCustomer(CustomerId("c1"))))
            assertNull(ledger.findCustomer(FindCustomer(CustomerId("c2"))))
        }
    }

    @Test
    fun c6_a_birthday_is_optional() {
        Ledger.inMemory().use { ledger ->
            assertNull(ledger.registerCustomer(RegisterCustomer(name = "𠮷田", now = now)).birthday)
        }
    }

    @Test
    fun a1_the_journal_answers_what_changed() {
        Ledger.inMemory().use { ledger ->
            ledger.registerCustomer(RegisterCustomer(name = "山田", now = now))
            assertEquals(listOf(Entry(1UL, "registered c1")), ledger.changes(0UL))
            assertEquals(emptyList<Entry>(), ledger.changes(1UL))
        }
    }

    @Test
    fun a4_a_refusal_carries_code_detail_and_fields() {
        Ledger.inMemory().use { ledger ->
            val refusal = assertThrows(DaichoException::class.java) { ledger.registerCustomer(RegisterCustomer(name = " ", now = now)) }
            assertEquals("customer.name_missing", refusal.code)
            assertEquals("a name is required", refusal.detail)
            assertEquals(listOf("name"), refusal.fields)
            assertEquals("code=customer.name_missing, detail=a name is required, fields=[name]", refusal.message)
        }
    }

    @Test
    fun a4_a_malformed_id_is_a_typed_error() {
        Ledger.inMemory().use { ledger ->
            val refusal = assertThrows(DaichoException::class.java) { ledger.findCustomer(FindCustomer(CustomerId("17"))) }
            assertEquals("id.malformed", refusal.code)
        }
    }

    @Test
    fun a4_what_a_record_prints_holds_no_personal_data() {
        Ledger.inMemory().use { ledger ->
            val customer = ledger.registerCustomer(RegisterCustomer(name = "山田", now = now))
            assertFalse("山田" in customer.toString(), customer.toString())
        }
    }

    @Test
    fun a_closed_ledger_refuses() {
        val ledger = Ledger.inMemory()
        ledger.close()
        assertThrows(IllegalStateException::class.java) { ledger.changes(0UL) }
    }
}
