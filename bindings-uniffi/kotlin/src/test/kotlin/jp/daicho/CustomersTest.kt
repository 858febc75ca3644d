package jp.daicho

import java.time.LocalDate
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

class CustomersTest : Salon() {
    @Test
    fun c1_a_registered_customer_has_every_field() {
        val customer = card(register(HANAKO.copy(birthday = "1990-02-28", hasAccount = true))).customer
        assertEquals(CustomerId("c1") to 1u, customer.id to customer.number)
        assertEquals("山田" to "花子", customer.familyName to customer.givenName)
        assertEquals(Birthday(1990, 2u, 28u), customer.birthday)
        assertEquals(LocalDate.of(2026, 11, 21), customer.registeredOn)
        assertTrue(customer.hasAccount)
    }

    @Test
    fun c2_a_required_field_is_named() {
        val error = refusal { register(HANAKO.copy(familyKana = null)) }
        assertEquals("customer.required" to listOf("familyKana"), error.code to error.fields)
    }

    @Test
    fun c8_a_true_overlap_is_a_conflict_with_all_three_values() {
        val who = register()
        val form = card(who).customer.toForm()
        val edit = EditCustomer(who, basedOn = 1u, form = form.copy(company = "花屋"))
        assertEquals(2u, ledger.editCustomer(edit, context()).output.version)
        val error = refusal { ledger.editCustomer(edit.copy(form = form.copy(company = "別の店")), context()) }
        assertEquals("customer.conflict" to listOf("company"), error.code to error.fields)
        assertTrue("\"stored\":\"花屋\",\"submitted\":\"別の店\"" in error.data.text, error.data.text)
        assertFalse(error.retryable)
    }

    @Test
    fun c10_registering_with_a_real_address_gives_a_notice() {
        val done = ledger.registerCustomer(RegisterCustomer(EntryPath.COUNTER, HANAKO), context())
        assertEquals(listOf(MailNotice(CustomerId("c1"), NoticeKind.REGISTRATION)), done.output.notices)
    }

    @Test
    fun p2_p3_a_phone_registration_gets_a_placeholder_and_is_listed() {
        val call = RegisterByPhone("ヤマダ", "ハナコ", phone = "090-1234-5678")
        val customer = card(ledger.registerByPhone(call, context()).output.customer).customer
        assertEquals("09012345678@leporto.com", customer.emails.single().entered)
        assertEquals(EmailKind.PLACEHOLDER, customer.emails.single().kind)
        val page = ledger.listPhoneRegistrations(ListPhoneRegistrations(), MANAGER, MORNING)
        assertEquals(listOf(customer.id), page.customers.map { it.id })
    }

    @Test
    fun s3_search_finds_a_phone_by_its_last_digits() {
        val who = register()
        register(SECOND)
        val page = ledger.searchCustomers(SearchCustomers(Criteria(name = "山田", phone = "5678")), MANAGER, MORNING)
        assertEquals(1u to listOf(who), page.total to page.customers.map { it.id })
    }

    @Test
    fun t2_the_day_of_a_reservation_is_the_salons() {
        val who = register()
        val booked = book(who)
        val row = ledger.getReservations(GetReservations(who), MANAGER, MORNING).reservations.single()
        assertEquals(booked to MORNING + DAY, row.reservation.id to row.reservation.start)
        assertEquals(LocalDate.of(2026, 11, 22), row.day)
    }

    @Test
    fun a1_the_journal_says_who_did_what() {
        register()
        val entry = ledger.journal(ReadJournal(since = 0u, limit = 10u), MANAGER).entries.single()
        assertEquals(Triple(1u, ActorId("manager-1"), "registerCustomer"), Triple(entry.sequence, entry.actor.id, entry.command))
    }

    @Test
    fun a2_the_same_key_with_the_same_command_returns_the_first_result() {
        val call = RegisterCustomer(EntryPath.COUNTER, HANAKO)
        val context = context()
        val first = ledger.registerCustomer(call, context)
        val again = ledger.registerCustomer(call, context)
        assertEquals(first.copy(replayed = true), again)
        assertFalse(first.replayed)
        val error = refusal { ledger.registerCustomer(call.copy(form = SECOND), context) }
        assertEquals("access.key_reused", error.code)
    }

    @Test
    fun a3_staff_may_not_change_the_settings() {
        val settings = ledger.getSettings(GetSettings(), MANAGER, MORNING)
        val staff = Actor(ActorId("staff-1"), Role.STAFF)
        assertEquals("access.forbidden", refusal { ledger.configureSalon(ConfigureSalon(settings), context(actor = staff)) }.code)
        assertEquals(settings.version + 1u, ledger.configureSalon(ConfigureSalon(settings), context()).output.version)
    }

    @Test
    fun a5_a_ledger_that_was_used_is_sound() {
        book(register())
        val report = ledger.check(CheckLedger(), MANAGER)
        assertEquals(emptyList<Breach>() to 2u, report.breaches to report.entries)
    }
}
