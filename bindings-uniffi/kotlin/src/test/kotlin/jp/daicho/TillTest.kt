package jp.daicho

import java.time.LocalDate
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** A day at the salon: tickets, checkout, points, documents, figures. */
class TillTest : Salon() {
    private val who: CustomerId
    private val cut = SaleLine(SaleItem.Menu(MenuId("cut")), price = 4400, quantity = 1u, rate = TaxRate.STANDARD)
    private val shampoo =
        SaleLine(SaleItem.Retail(ProductId("shampoo")), name = "シャンプー", price = 1080, quantity = 1u, rate = TaxRate.REDUCED)

    init {
        val settings = ledger.getSettings(GetSettings(), MANAGER, MORNING).copy(
            points = PointsPolicy(PointRule.PerSales(yen = 100, points = 1u), PointValidity.Months(12u)),
            issuer = Issuer("サロン花", "T1234567890123"),
        )
        ledger.configureSalon(ConfigureSalon(settings), context())
        val terms = TicketTerms("カット5回券", price = 11_000, uses = 5u, valid = TicketValidity.Months(6u), menus = listOf(MenuId("cut")))
        ledger.saveTicketPlan(SaveTicketPlan(TicketPlanId("cut5"), basedOn = 0u, terms = terms), context())
        who = register()
    }

    private fun checkOut(call: CheckOut) = ledger.checkOut(call, context()).output

    private fun sellTicket(): CheckedOut {
        val line = SaleLine(SaleItem.Ticket(TicketPlanId("cut5")), price = 11_000, quantity = 1u, rate = TaxRate.STANDARD)
        return checkOut(CheckOut(who, shop = ShopId("shop-1"), lines = listOf(line), payments = cash(11_000)))
    }

    private fun cash(amount: Long) = listOf(Payment(PaymentMethod.CASH, amount))

    private fun visit(reservation: ReservationId) = ledger.moveReservation(MoveReservation(reservation, Move.Visit), context()).output

    private fun uses(ticket: TicketId): Triple<UInt, UInt, UInt> {
        val row = ledger.getTicket(GetTicket(ticket), MANAGER, MORNING)
        return Triple(row.remaining, row.held, row.used)
    }

    @Test
    fun k4_r9_z1_a_day_at_the_salon() {
        val sold = sellTicket()
        val ticket = sold.tickets.single()
        assertEquals(11_000L to 110, sold.total to sold.points)
        assertEquals(listOf(TaxLine(TaxRate.STANDARD, 11_000, 1000)), sold.taxes)

        val booked = book(who, start = MORNING, tickets = listOf(TicketWish(uses = 1u)))
        assertEquals(Triple(5u, 1u, 0u), uses(ticket))
        val points = ledger.getPoints(GetPoints(who), MANAGER, MORNING).now
        assertEquals(Triple(110u, 0u, LocalDate.of(2027, 11, 21)), Triple(points.balance, points.provisional, points.nextExpiry))
        assertEquals(null, visit(booked).points)
        assertEquals(Triple(4u, 0u, 1u), uses(ticket))

        val lines = listOf(cut.copy(byTicket = true), shampoo)
        assertEquals(980L, ledger.quoteSale(QuoteSale(who, booked, lines = lines, points = 100u), MANAGER, MORNING).due)
        val closed = checkOut(CheckOut(who, booked, lines = lines, points = 100u, payments = cash(980)))
        assertEquals(1080L to 10, closed.total to closed.points)

        val figures = ledger.getFigures(GetFigures(who), MANAGER, MORNING)
        assertEquals(Triple(1u, 12_080L, 20u), Triple(figures.visits, figures.amount, figures.points))
        assertEquals(LocalDate.of(2026, 11, 21) to listOf(MenuId("cut")), figures.lastVisit to figures.lastMenus)
        val receipt = ledger.getDocument(GetDocument(closed.sale, DocumentKind.RECEIPT), MANAGER, MORNING)
        assertEquals(Triple("山田 花子", "サロン花", 80L), Triple(receipt.addressee, receipt.issuer, receipt.tax))
        assertEquals(listOf(Triple("cut", 0L, true), Triple("シャンプー", 1080L, false)), receipt.lines.map { Triple(it.name, it.amount, it.byTicket) })
        assertEquals(listOf(Payment(PaymentMethod.POINTS, 100), Payment(PaymentMethod.CASH, 980)), receipt.payments)
    }

    @Test
    fun r9_k5_z1_what_does_not_add_up_is_told_by_its_code() {
        val ticket = sellTicket().tickets.single()
        val booked = book(who, start = MORNING)
        val sale = CheckOut(who, booked, lines = listOf(cut), payments = cash(4400))
        val early = refusal { checkOut(sale) }
        assertEquals("booking.not_allowed", early.code)
        assertTrue("\"state\":\"confirmed\"" in early.data.text, early.data.text)
        visit(booked)
        val short = refusal { checkOut(sale.copy(payments = cash(4000))) }
        assertEquals(Triple("sale.payment", listOf("payments"), "{\"due\":4400,\"field\":\"payments\"}"), Triple(short.code, short.fields, short.data.text))
        assertEquals("points.too_many", refusal { checkOut(sale.copy(points = 155u, payments = cash(4245))) }.code)
        assertEquals("ticket.not_paid", refusal { checkOut(sale.copy(lines = listOf(cut.copy(byTicket = true)), payments = emptyList())) }.code)
        val late = refusal { book(who, start = MORNING + DAY.multipliedBy(365), tickets = listOf(TicketWish(ticket, 1u))) }
        assertEquals("ticket.expired", late.code)
    }

    @Test
    fun n5_n7_visits_by_hand_and_how_often() {
        val form = VisitForm(day = LocalDate.of(2026, 11, 1), amount = 3000)
        val visit: ManualVisitId = ledger.addVisit(AddVisit(who, form), context()).output.visit
        val last = LocalDate.of(2026, 11, 20)
        assertEquals(visit, ledger.setLastVisit(SetLastVisit(who, last), context()).output.visit)
        assertEquals("visit.version", refusal { ledger.editVisit(EditVisit(visit, basedOn = 1u, form = form), context()) }.code)
        val asked = listOf(Frequency.Trailing(days = 2u, times = 1u), Frequency.LastGaps(days = 30u))
        val figures = ledger.getFigures(GetFigures(who, frequencies = asked), MANAGER, MORNING)
        assertEquals(Triple(1u, 3000L, last), Triple(figures.visits, figures.average, figures.lastVisit))
        assertEquals(listOf(true, false), figures.frequencies.map { it.holds })
    }

    @Test
    fun r2_r7_labels_and_what_nobody_has_resolved() {
        val booked = book(who)
        val labels = ledger.listLabels(ListLabels(), MANAGER, MORNING).labels
        assertEquals(listOf("仮予約中", "予約中来店前", "来店済み", "キャンセル料未払い", "キャンセル"), labels.map { it.japanese })
        val wrong = ListReservations(labels = listOf(Label.PREPAID))
        assertEquals("search.label_not_offered", refusal { ledger.listReservations(wrong, MANAGER, MORNING) }.code)
        val row = ledger.listUnresolved(ListUnresolved(), MANAGER, MORNING + DAY.multipliedBy(9)).reservations.single()
        assertEquals(booked to Label.UPCOMING, row.reservation to row.label)
    }

    @Test
    fun k8_m7_a_merge_moves_tickets_and_points() {
        val ticket = sellTicket().tickets.single()
        val target = register(SECOND)
        val preview = ledger.previewMerge(PreviewMerge(who, target), MANAGER, MORNING)
        with(preview.moves) { assertEquals(listOf(5L, 0L, 110L), listOf(ticketUses, ticketHolds, points)) }
        ledger.merge(MergeCustomers(who, target, fingerprint = preview.fingerprint), context())
        val row = ledger.listTickets(ListTickets(expiringWithin = 365u), MANAGER, MORNING).tickets.single()
        assertEquals(Triple(ticket, target, 5u), Triple(row.ticket, row.customer.id, row.remaining))
    }
}
