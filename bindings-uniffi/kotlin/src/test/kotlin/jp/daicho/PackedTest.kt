package jp.daicho

import java.time.LocalDate
import java.util.Base64
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

class PackedTest : Salon() {
    private fun packed(vararg columns: PackedColumn, size: UInt? = null, cursor: String? = null) =
        ledger.packCustomers(PackCustomers(Criteria(), columns = columns.toList(), pageSize = size, cursor = cursor), MANAGER, MORNING)

    // One who came yesterday and paid, one who came never, one by phone.
    private fun salon(): List<CustomerId> {
        val came = register()
        val visit = book(came, start = MORNING - DAY)
        ledger.moveReservation(MoveReservation(visit, Move.Visit), context())
        return listOf(came, register(SECOND), ledger.registerByPhone(RegisterByPhone("スズキ", "ハル", phone = "090-1234-5673"), context()).output.customer)
    }

    @Test
    fun s9_packed_customers_are_the_found_ones_and_their_columns_what_their_rows_say() {
        val all = salon()
        val answer = packed(PackedColumn.VISITS, PackedColumn.AMOUNT, PackedColumn.LAST_VISIT, PackedColumn.PHONE_REGISTRATION, PackedColumn.NUMBER)
        val found = ledger.findCustomers(FindCustomers(), MANAGER, MORNING)
        val unpacked = answer.unpack()
        assertEquals(all, found.customers)
        assertEquals(all, List(unpacked.size, unpacked::customer))
        assertEquals(found.total to found.sequence, answer.total to answer.sequence)
        val rows = ledger.getCustomerRows(GetCustomerRows(all), MANAGER, MORNING).customers
        assertEquals(rows.map { it.visits.toInt() }, unpacked.counts(PackedColumn.VISITS).toList())
        assertEquals(rows.map { it.number.toInt() }, unpacked.counts(PackedColumn.NUMBER).toList())
        assertEquals(rows.map { it.amount }, unpacked.yen(PackedColumn.AMOUNT).toList())
        assertEquals(rows.map { it.lastVisit }, unpacked.days(PackedColumn.LAST_VISIT).map { Unpacked.day(it) })
        assertEquals(listOf(4400L, 0L, 0L), unpacked.yen(PackedColumn.AMOUNT).toList())
        assertEquals(listOf(LocalDate.of(2026, 11, 20), null, null), unpacked.days(PackedColumn.LAST_VISIT).map { Unpacked.day(it) })
        assertEquals(listOf(false, false, true), unpacked.flags(PackedColumn.PHONE_REGISTRATION).toList())
    }

    @Test
    fun s9_every_column_is_packed_in_pages_too() {
        salon()
        val columns = PackedColumn.values()
        val first = packed(*columns, size = 2u)
        val second = packed(*columns, size = 2u, cursor = first.cursor)
        val (whole, pages) = packed(*columns).unpack() to listOf(first.unpack(), second.unpack())
        assertEquals(null, second.cursor)
        fun all(column: PackedColumn, of: Unpacked): List<Any> {
            val kinds = listOf<(PackedColumn) -> List<Any>>({ of.counts(it).toList() }, { of.yen(it).toList() }, { of.days(it).toList() }, { of.flags(it).toList() })
            return kinds.mapNotNull { runCatching { it(column) }.getOrNull() }.single()
        }
        for (column in columns) assertEquals(all(column, whole), pages.flatMap { all(column, it) }, column.name)
    }

    @Test
    fun s9_nobody_is_packed_too() {
        val nobody = packed(*PackedColumn.values()).unpack()
        assertEquals(0 to 0, nobody.size to nobody.counts(PackedColumn.VISITS).size + nobody.yen(PackedColumn.DUE).size + nobody.flags(PackedColumn.LINE).size)
    }

    @Test
    fun s9_a_packed_answer_of_text_is_the_same_bytes() {
        salon()
        val request = """{"operation":"packCustomers","input":{"columns":["amount"]},"actor":{"id":"m","role":"manager"},"now":${MORNING.toEpochMilli()}}"""
        val text = Regex("\"packed\":\"([^\"]+)\"").find(ledger.call(request))!!.groupValues[1]
        assertTrue(packed(PackedColumn.AMOUNT).packed.contentEquals(Base64.getDecoder().decode(text)))
    }

    @Test
    fun a4_what_cannot_be_packed_or_read_is_an_error_of_its_own() {
        salon()
        assertEquals("ledger.bad_request", refusal { packed(PackedColumn.LINE, PackedColumn.LINE) }.code)
        assertEquals("search.page_size", refusal { packed(size = 1_000_001u) }.code)
        val answer = packed(PackedColumn.LINE)
        val wrong = { action: () -> Unit -> assertThrows(IllegalArgumentException::class.java, action) }
        wrong { answer.unpack().counts(PackedColumn.VISITS) }
        wrong { answer.unpack().yen(PackedColumn.LINE) }
        for (cut in listOf(0, 7, 15, 40, answer.packed.size - 8)) wrong { Unpacked(answer.packed.copyOf(cut)) }
        for (place in listOf(0, 11, 15, 40, 47)) wrong { Unpacked(answer.packed.copyOf().also { it[place] = 0x7f }) }
    }
}
