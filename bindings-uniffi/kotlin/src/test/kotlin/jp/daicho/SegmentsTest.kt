package jp.daicho

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

class SegmentsTest : Salon() {
    private fun parse(line: String, tongue: Tongue = Tongue.JAPANESE) = ledger.parseQuery(ParseQuery(line, tongue), MANAGER, MORNING)

    private fun found(line: String) =
        ledger.searchCustomers(SearchCustomers(Criteria(), query = line), MANAGER, MORNING).customers.map { it.id }

    private fun explain(who: CustomerId, line: String) =
        ledger.explainCustomer(ExplainCustomer(who, query = line, tongue = Tongue.ENGLISH), MANAGER, MORNING)

    @Test
    fun s10_a_line_is_read_as_a_typed_condition_and_written_in_both_languages() {
        val read = parse("LINE連携なし かつ 来店回数が3回以上")
        val visits = Condition.Count(CountField.VISITS, Count.AtLeast(3u))
        assertEquals(Condition.All(listOf(Condition.Not(Condition.Flag(Flag.LINE)), visits)), read.condition)
        assertEquals("not line and visits >= 3" to "LINE連携なし かつ 来店回数 >= 3回", read.english to read.japanese)
        assertEquals(read, ledger.printQuery(PrintQuery(read.condition), MANAGER, MORNING))
    }

    @Test
    fun s10_a_segment_is_saved_used_changed_and_removed() {
        val who = register()
        val other = register(SECOND)
        ledger.addListing(AddListing(other, ListKind.GREY, "x"), context())
        val grey = SegmentId("grey")
        val saved = ledger.saveSegment(SaveSegment(grey, 0u, "グレー", parse("リスト = グレーリスト").condition), context()).output
        assertEquals(SavedSegment(grey, 1u), saved)
        assertEquals(listOf(other) to listOf(who), found("segment(grey)") to found("segment(grey) でない"))
        val stale = refusal { ledger.saveSegment(SaveSegment(grey, 0u, "グレー", Condition.Flag(Flag.LINE)), context()) }
        assertEquals("search.segment_version", stale.code)
        assertEquals(listOf(grey), ledger.getSegments(GetSegments(), MANAGER, MORNING).segments.map { it.id })
        ledger.removeSegment(RemoveSegment(grey, 1u), context())
        assertEquals("search.segment_not_found", refusal { found("segment(grey)") }.code)
    }

    @Test
    fun s10_an_error_names_the_column_in_both_languages() {
        for (error in listOf(refusal { parse("来店回数 ≧") }, refusal { found("来店回数 ≧") })) {
            assertEquals("search.query" to listOf("query"), error.code to error.fields)
            for (said in listOf("\"column\":7", "column 7: expected a number", "7文字目: 次のいずれかが要ります: 数")) {
                assertTrue(said in error.data.text, error.data.text)
            }
        }
    }

    @Test
    fun s10_a_line_is_completed() {
        val next = ledger.completeQuery(CompleteQuery("LINE連携 ", Tongue.JAPANESE), MANAGER, MORNING)
        assertEquals(listOf("なし", "かつ", "または").map { Completion(8u, it, true) }, next.options)
    }

    @Test
    fun s11_a_customer_is_explained() {
        val who = register()
        val explained = explain(who, "visits >= 1 or not line")
        assertTrue(explained.found)
        assertEquals(CustomerState.Active, explained.state)
        assertEquals(listOf(false, true), explained.tree.of.map { it.holds })
        assertEquals("✓ or\n  ✗ visits >= 1 (0)\n  ✓ not\n    ✗ line (no)\n", explained.text)
    }

    @Test
    fun s8_w3_who_has_left_is_on_a_list_of_their_own_and_explained() {
        val who = register()
        val customer = Actor(ActorId("account-1"), Role.CUSTOMER, who)
        ledger.withdraw(Withdraw(who, "引っ越し", false), context(actor = customer, channel = Channel.SITE))
        val row = ledger.listWithdrawn(ListWithdrawn(), MANAGER, MORNING).customers.single()
        assertEquals(listOf(who, "引っ越し", MORNING), listOf(row.id, row.reason, row.withdrawnAt))
        val explained = explain(who, "not line")
        assertFalse(explained.found)
        assertEquals(CustomerState.Withdrawn(MORNING), explained.state)
    }
}
