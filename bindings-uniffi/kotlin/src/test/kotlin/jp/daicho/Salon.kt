package jp.daicho

import java.time.Duration
import java.time.Instant
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertThrows

/** What the tests share: a salon in memory with a manager at the counter. */
abstract class Salon {
    open val ledger: Ledger = Ledger.inMemory(SalonId("salon-1"))
    private var count = 0

    @AfterEach
    fun close() = ledger.close()

    fun context(
        now: Instant = MORNING,
        actor: Actor = MANAGER,
        channel: Channel = Channel.COUNTER,
        entropy: ByteArray? = null,
    ): CommandContext {
        count += 1
        return CommandContext(actor, channel, now, CommandKey("k$count"), entropy)
    }

    fun register(form: CustomerForm = HANAKO): CustomerId =
        ledger.registerCustomer(RegisterCustomer(EntryPath.COUNTER, form), context()).output.customer

    fun card(customer: CustomerId): CustomerCard = ledger.getCustomer(GetCustomer(customer), MANAGER, MORNING)

    fun book(
        customer: CustomerId,
        context: CommandContext = context(),
        start: Instant = MORNING + DAY,
        tickets: List<TicketWish> = emptyList(),
    ): ReservationId {
        val cut = Line(menu = MenuId("cut"), price = 4400, kind = LineKind.BASIC)
        val end = start + Duration.ofHours(1)
        val call = Book(customer, ShopId("shop-1"), lines = listOf(cut), start = start, end = end, tickets = tickets)
        return ledger.book(call, context).output.reservation
    }

    fun refusal(call: () -> Unit): DaichoException = assertThrows(DaichoException::class.java, call)

    companion object {
        /** 10:00 in Japan. */
        val MORNING: Instant = Instant.parse("2026-11-21T01:00:00Z")
        val DAY: Duration = Duration.ofDays(1)
        val MANAGER = Actor(ActorId("manager-1"), Role.MANAGER)
        const val FULLY_BOOKED = "申し訳ございませんが、ご希望の時間帯は予約がいっぱいとなっております。"
        val HANAKO = CustomerForm(
            familyName = "山田",
            givenName = "花子",
            familyKana = "ヤマダ",
            givenKana = "ハナコ",
            phones = listOf("090-1234-5678"),
            emails = listOf("hanako@example.jp"),
        )
        val SECOND = HANAKO.copy(phones = listOf("080-1111-2222"), emails = listOf("second@example.jp"))
    }
}
