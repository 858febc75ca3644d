package jp.daicho.example

import jp.daicho.*
import java.time.Instant
import java.util.UUID

fun main() = Ledger.open("salon.daicho", SalonId("salon-1")).use { ledger ->
    val staff = Actor(ActorId("staff-1"), Role.STAFF)
    val context = CommandContext(staff, Channel.COUNTER, Instant.now(), CommandKey(UUID.randomUUID().toString()))
    val done = ledger.registerByPhone(RegisterByPhone("ヤマダ", "ハナコ", phone = "090-1234-5678"), context)
    println(done.output.customer)

    // A search: the form, a line of the query language, or a condition; all of them must hold.
    val condition = Condition.Any(listOf(Condition.Flag(Flag.LINE), Condition.Count(CountField.VISITS, Count.AtMost(3u))))
    val page = ledger.searchCustomers(SearchCustomers(Criteria(name = "ヤマダ"), condition, query = "registered >= -1mo"), staff, Instant.now())
    println("${page.total}: ${page.customers.map { it.id }}")
    try {
        ledger.searchCustomers(SearchCustomers(query = "来店回数 >="), staff, Instant.now())
    } catch (refused: DaichoException.Failed) {
        println("${refused.code} ${refused.data.text}") // search.query, with the column and what was expected there, in both languages
    }
}
