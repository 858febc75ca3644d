package jp.daicho

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

class BoundaryTest : Salon() {
    private fun assertQuiet(value: Any) {
        for (personal in listOf("山田", "花子", "ヤマダ", "ハナコ", "5678", "hanako")) {
            assertFalse(personal in value.toString(), value.toString())
        }
    }

    @Test
    fun a4_what_is_printed_holds_no_personal_data() {
        val who = register()
        ledger.addListing(AddListing(who, ListKind.WATCH, "山田さん"), context())
        val search = SearchCustomers(Criteria(name = "山田", phone = "5678"))
        assertQuiet(HANAKO)
        assertQuiet(card(who))
        assertQuiet(card(who).customer)
        assertQuiet(card(who).customer.phones)
        assertQuiet(card(who).customer.emails)
        assertQuiet(search)
        assertQuiet(ledger.searchCustomers(search, MANAGER, MORNING))
        assertQuiet(ledger.getListings(GetListings(who), MANAGER, MORNING))
        assertQuiet(ledger.journal(ReadJournal(0u, 10u), MANAGER))
        assertQuiet(Cell.Text("山田"))
        assertQuiet(Row("customer", "c1", keys = listOf("name:山田"), body = "山田"))
    }

    @Test
    fun a4_a_thrown_error_prints_no_personal_data() {
        val source = register()
        val target = register(SECOND.copy(familyName = "佐藤"))
        val error = refusal { ledger.merge(MergeCustomers(source, target, fingerprint = ""), context()) }
        assertTrue("山田" in error.data.text, error.data.text)
        assertQuiet(error)
        assertTrue("merge.name_mismatch" in error.toString(), error.toString())
    }

    @Test
    fun a4_a_malformed_id_is_a_typed_error() {
        assertEquals("access.bad_id", refusal { card(CustomerId("17")) }.code)
        assertEquals("access.bad_id", refusal { Ledger.inMemory(SalonId("a salon")) }.code)
    }

    @Test
    fun a4_a_malformed_id_has_one_code_whether_typed_or_as_json() {
        val request = """{"operation":"getCustomer","input":{"customer":"17"},"actor":{"id":"m","role":"manager"},"now":1795222800000}"""
        val answer = ledger.call(request)
        assertTrue("\"access.bad_id\"" in answer && "\"fields\":[\"customer\"]" in answer, answer)
    }

    @Test
    fun a1_entropy_is_sixteen_bytes() {
        val call = RegisterCustomer(EntryPath.COUNTER, HANAKO)
        assertEquals("ledger.bad_request", refusal { ledger.registerCustomer(call, context(entropy = ByteArray(5))) }.code)
        assertFalse(ledger.registerCustomer(call, context(entropy = ByteArray(16))).replayed)
    }

    @Test
    fun i5_a_rehearsal_answers_and_keeps_nothing() {
        ledger.rehearsal().use {
            val done = it.registerCustomer(RegisterCustomer(EntryPath.COUNTER, HANAKO), context())
            assertEquals(1u, it.getCustomer(GetCustomer(done.output.customer), MANAGER, MORNING).customer.number)
        }
        assertEquals("customer.not_found", refusal { card(CustomerId("c1")) }.code)
    }

    @Test
    fun records_are_values() {
        val customer = card(register()).customer
        assertEquals(customer, card(CustomerId("c1")).customer)
        assertEquals(SalonId("salon-1"), ledger.salon())
    }

    @Test
    fun a_closed_ledger_refuses() {
        val closed = Ledger.inMemory(SalonId("salon-1"))
        closed.close()
        assertThrows(IllegalStateException::class.java) { closed.salon() }
    }
}
