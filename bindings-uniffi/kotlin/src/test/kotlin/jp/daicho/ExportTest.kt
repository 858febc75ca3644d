package jp.daicho

import java.io.ByteArrayInputStream
import java.util.zip.ZipInputStream
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

class ExportTest : Salon() {
    private fun file(format: FileFormat, actor: Actor = MANAGER): ByteArray =
        ledger.exportCustomersFile(ExportCustomers(Criteria()), format, actor, MORNING)

    @Test
    fun i6_what_is_exported_is_imported_again_as_it_was() {
        register(HANAKO.copy(building = "=1+1", birthday = "--02-29", phones = listOf("090-1234-5678", "03-1234-5678")))
        val form = card(CustomerId("c1")).customer.toForm()
        for (format in FileFormat.entries) {
            Ledger.inMemory(SalonId("salon-2")).use { other ->
                val report = other.importBytes(file(format), ImportId("import-1"), context())
                assertEquals(1u, report.counts.imported)
                assertEquals(form, other.getCustomer(GetCustomer(CustomerId("c1")), MANAGER, MORNING).customer.toForm())
            }
        }
    }

    @Test
    fun i6_reservations_and_tickets_are_files_too_and_no_cell_is_a_formula() {
        book(register(HANAKO.copy(familyName = "=1+1")))
        val reservations = ledger.exportReservationsFile(ExportReservations(), FileFormat.CSV, MANAGER, MORNING).toString(Charsets.UTF_8)
        assertTrue("'=1+1" in reservations && "2026/11/22 10:00" in reservations, reservations)
        val tickets = ledger.exportTicketsFile(ExportTickets(), FileFormat.CSV_SHIFT_JIS, MANAGER, MORNING)
        assertTrue("回数券名" in tickets.toString(charset("windows-31j")))
        val parts = ZipInputStream(ByteArrayInputStream(file(FileFormat.XLSX))).use { zip ->
            generateSequence { zip.nextEntry }.associate { it.name to zip.readBytes().toString(Charsets.UTF_8) }
        }
        assertTrue("=1+1" in parts.getValue("xl/sharedStrings.xml"))
        assertFalse("<f" in parts.getValue("xl/worksheets/sheet1.xml"))
    }

    @Test
    fun i6_what_is_refused_is_typed() {
        register(HANAKO.copy(familyName = "𠮷田"))
        assertEquals("access.forbidden", refusal { file(FileFormat.XLSX, Actor(ActorId("staff-1"), Role.STAFF)) }.code)
        assertEquals("sheet.unencodable", refusal { file(FileFormat.CSV_SHIFT_JIS) }.code)
    }
}
