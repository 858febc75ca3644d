package jp.daicho

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

class ListsAndMergesTest : Salon() {
    private fun mayBook(customer: CustomerId, channel: Channel) = ledger.mayBook(MayBook(customer, channel), MANAGER, MORNING)

    private fun blacklist(customer: CustomerId) =
        ledger.addListing(AddListing(customer, ListKind.BLACK, "無断キャンセル3回"), context()).output

    @Test
    fun g2_everybody_on_a_list_is_shown_with_the_memo() {
        val who = register()
        val listed = blacklist(who)
        val entry = ledger.listListed(ListListed(ListKind.BLACK), MANAGER, MORNING).entries.single()
        assertEquals(Triple(listed.listing, "無断キャンセル3回", who), Triple(entry.listing, entry.memo, entry.customer.id))
        assertEquals("listing.already_listed", refusal { blacklist(who) }.code)
    }

    @Test
    fun g3_black_is_denied_in_the_manuals_words_and_nothing_more() {
        val who = register()
        assertEquals(Verdict.ALLOWED, mayBook(who, Channel.SITE).verdict)
        blacklist(who)
        for (channel in Channel.entries) {
            val gate = mayBook(who, channel)
            assertEquals(Verdict.DENIED to FULLY_BOOKED, gate.verdict to gate.publicMessage)
            assertEquals(listOf(GateReason.Blacklisted), gate.staffReasons)
        }
        val customer = Actor(ActorId("account-1"), Role.CUSTOMER, who)
        val error = refusal { book(who, context(actor = customer, channel = Channel.SITE)) }
        assertEquals("booking.unavailable", error.code)
        assertEquals("{\"publicMessage\":\"$FULLY_BOOKED\"}", error.data.text)
    }

    @Test
    fun g4_an_existing_reservation_can_be_cancelled() {
        val who = register()
        val booked = book(who)
        assertEquals(listOf(booked), blacklist(who).openReservations)
        val moved = ledger.moveReservation(MoveReservation(booked, Move.CancelByCustomer), context()).output
        assertEquals(Label.CANCELLED, moved.label)
    }

    @Test
    fun g5_a_block_outlives_its_record_under_the_key_of_the_host() {
        val who = register()
        blacklist(who)
        assertEquals("customer.block_key_missing", refusal { ledger.eraseCustomer(EraseCustomer(who), context()) }.code)
        assertEquals("ledger.bad_request", refusal { ledger.withBlockKey(ByteArray(31)) }.code)
        ledger.withBlockKey(ByteArray(32) { 7 }).use { keyed ->
            assertEquals(1u, keyed.eraseCustomer(EraseCustomer(who), context()).output.number)
            val again = keyed.registerCustomer(RegisterCustomer(EntryPath.COUNTER, HANAKO), context()).output
            assertEquals(listOf(who to listOf(Likeness.PHONE, Likeness.EMAIL, Likeness.KANA)), again.returns.map { it.customer to it.why })
        }
    }

    @Test
    fun r3_a_move_that_is_not_allowed_is_a_typed_error() {
        val call = MoveReservation(book(register()), Move.Visit)
        ledger.moveReservation(call, context(MORNING + DAY))
        val error = refusal { ledger.moveReservation(call, context(MORNING + DAY)) }
        assertTrue(error.code.startsWith("booking."), error.code)
    }

    @Test
    fun m1_names_that_differ_are_a_blocker_with_its_remedy() {
        val source = register()
        val target = register(SECOND.copy(givenName = "春子"))
        val preview = ledger.previewMerge(PreviewMerge(source, target), MANAGER, MORNING)
        assertEquals(listOf("merge.name_mismatch"), preview.blockers.map { it.code })
        val data = preview.blockers.single().data
        assertEquals(Triple("山田花子", "山田春子", null), Triple(data?.sourceKey, data?.targetKey, data?.customer))
        assertFalse("花子" in data.toString(), data.toString())
        val error = refusal { ledger.merge(MergeCustomers(source, target, fingerprint = preview.fingerprint), context()) }
        assertEquals("merge.name_mismatch", error.code)
        assertTrue("\"sourceKey\":\"山田花子\"" in error.data.text, error.data.text)
    }

    @Test
    fun m4_m7_m8_preview_merge_and_history() {
        val source = register()
        val target = register(SECOND)
        val booked = book(source)
        val preview = ledger.previewMerge(PreviewMerge(source, target), MANAGER, MORNING)
        assertEquals(emptyList<Blocker>() to 1u, preview.blockers to preview.moves.reservations)
        val merged = ledger.merge(MergeCustomers(source, target, fingerprint = preview.fingerprint), context()).output
        assertEquals(target to merged.after, merged.target to merged.before)
        val card = card(source)
        assertEquals(target to source, card.customer.id to card.mergedFrom)
        assertEquals(listOf("080-1111-2222", "090-1234-5678"), card.customer.phones.map { it.entered })
        val rows = ledger.getReservations(GetReservations(target), MANAGER, MORNING).reservations
        assertEquals(listOf(booked), rows.map { it.reservation.id })
        val row = ledger.listMerges(ListMerges(), MANAGER, MORNING).merges.single()
        assertEquals(Triple(merged.merge, source, target), Triple(row.merge.id, row.merge.source, row.merge.target))
    }

    @Test
    fun m4_a_merge_refuses_once_something_moved_since_its_preview() {
        val source = register()
        val target = register(SECOND)
        val preview = ledger.previewMerge(PreviewMerge(source, target), MANAGER, MORNING)
        book(source)
        val error = refusal { ledger.merge(MergeCustomers(source, target, fingerprint = preview.fingerprint), context()) }
        assertEquals("merge.moved", error.code)
    }
}
