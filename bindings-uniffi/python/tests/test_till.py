import datetime

import daicho
from salon import DAY, MANAGER, MORNING, SalonTest

STANDARD, REDUCED = daicho.TaxRate.STANDARD, daicho.TaxRate.REDUCED
SHAMPOO = daicho.SaleItem.RETAIL(product="shampoo")


def cut(**more):
    return daicho.SaleLine(item=daicho.SaleItem.MENU(menu="cut"), price=4400, quantity=1, rate=STANDARD, **more)


def shampoo():
    return daicho.SaleLine(item=SHAMPOO, name="シャンプー", price=1080, quantity=1, rate=REDUCED)


def cash(amount):
    return [daicho.Payment(method=daicho.PaymentMethod.CASH, amount=amount)]


class TillTest(SalonTest):
    """A day at the salon: tickets, checkout, points, documents, figures."""

    def setUp(self):
        super().setUp()
        settings = self.ledger.get_settings(daicho.GetSettings(), MANAGER, MORNING)
        rule = daicho.PointRule.PER_SALES(yen=100, points=1)
        settings.points = daicho.PointsPolicy(rule=rule, valid=daicho.PointValidity.MONTHS(months=12))
        settings.issuer = daicho.Issuer(name="サロン花", registration_number="T1234567890123")
        self.ledger.configure_salon(daicho.ConfigureSalon(settings=settings), self.context())
        valid = daicho.TicketValidity.MONTHS(months=6)
        terms = daicho.TicketTerms(name="カット5回券", price=11_000, uses=5, valid=valid, menus=["cut"])
        self.ledger.save_ticket_plan(daicho.SaveTicketPlan(plan="cut5", based_on=0, terms=terms), self.context())
        self.who = self.register()

    def sell_ticket(self):
        line = daicho.SaleLine(item=daicho.SaleItem.TICKET(plan="cut5"), price=11_000, quantity=1, rate=STANDARD)
        return self.check_out(shop="shop-1", lines=[line], payments=cash(11_000))

    def check_out(self, **more):
        return self.ledger.check_out(daicho.CheckOut(customer=self.who, **more), self.context()).output

    def move(self, reservation, to):
        return self.ledger.move_reservation(daicho.MoveReservation(reservation=reservation, to=to), self.context()).output

    def ticket(self, ticket="t1"):
        row = self.ledger.get_ticket(daicho.GetTicket(ticket=ticket), MANAGER, MORNING)
        return row.remaining, row.held, row.used

    def balance(self):
        return self.ledger.get_points(daicho.GetPoints(customer=self.who), MANAGER, MORNING).now

    def test_k4_r9_z1_a_day_at_the_salon(self):
        sold = self.sell_ticket()
        self.assertEqual((sold.total, sold.points, sold.tickets), (11_000, 110, ["t1"]))
        self.assertEqual(sold.taxes, [daicho.TaxLine(rate=STANDARD, amount=11_000, tax=1000)])

        booked = self.book(self.who, start=MORNING, tickets=[daicho.TicketWish(uses=1)])
        self.assertEqual(self.ticket(), (5, 1, 0))
        now = self.balance()
        self.assertEqual((now.balance, now.provisional, now.next_expiry), (110, 0, datetime.date(2027, 11, 21)))
        self.assertIsNone(self.move(booked, daicho.Move.VISIT()).points)
        self.assertEqual(self.ticket(), (4, 0, 1))

        lines = [cut(by_ticket=True), shampoo()]
        quote = daicho.QuoteSale(customer=self.who, reservation=booked, lines=lines, points=100)
        self.assertEqual(self.ledger.quote_sale(quote, MANAGER, MORNING).due, 980)
        closed = self.check_out(reservation=booked, lines=lines, points=100, payments=cash(980))
        self.assertEqual((closed.total, closed.points), (1080, 10))

        figures = self.ledger.get_figures(daicho.GetFigures(customer=self.who), MANAGER, MORNING)
        self.assertEqual((figures.visits, figures.amount, figures.points), (1, 12_080, 20))
        self.assertEqual((figures.last_visit, figures.last_menus), (datetime.date(2026, 11, 21), ["cut"]))
        document = daicho.GetDocument(sale=closed.sale, kind=daicho.DocumentKind.RECEIPT)
        receipt = self.ledger.get_document(document, MANAGER, MORNING)
        self.assertEqual((receipt.addressee, receipt.issuer, receipt.tax), ("山田 花子", "サロン花", 80))
        self.assertEqual([(line.name, line.amount, line.by_ticket) for line in receipt.lines], [("cut", 0, True), ("シャンプー", 1080, False)])
        paid = [(payment.method, payment.amount) for payment in receipt.payments]
        self.assertEqual(paid, [(daicho.PaymentMethod.POINTS, 100), (daicho.PaymentMethod.CASH, 980)])

    def test_r9_k5_z1_what_does_not_add_up_is_told_by_its_code(self):
        self.sell_ticket()
        booked = self.book(self.who, start=MORNING)
        early = self.refusal(lambda: self.check_out(reservation=booked, lines=[cut()], payments=cash(4400)))
        self.assertEqual((early.code, early.data.read()["state"]), ("booking.not_allowed", "confirmed"))
        self.move(booked, daicho.Move.VISIT())
        for code, key, value, more in [
            ("sale.payment", "due", 4400, dict(lines=[cut()], payments=cash(4000))),
            ("points.too_many", "max", 154, dict(lines=[cut()], points=155, payments=cash(4245))),
            ("ticket.not_paid", "position", 1, dict(lines=[cut(by_ticket=True)])),
        ]:
            with self.subTest(code):
                error = self.refusal(lambda: self.check_out(reservation=booked, **more))
                self.assertEqual((error.code, error.data.read()[key]), (code, value))
        late = lambda: self.book(self.who, start=MORNING + 365 * DAY, tickets=[daicho.TicketWish(uses=1, ticket="t1")])
        self.assertEqual(self.refusal(late).code, "ticket.expired")

    def test_n5_n7_visits_by_hand_and_how_often(self):
        form = daicho.VisitForm(day=datetime.date(2026, 11, 1), amount=3000)
        visit = self.ledger.add_visit(daicho.AddVisit(customer=self.who, form=form), self.context()).output.visit
        last = daicho.SetLastVisit(customer=self.who, day=datetime.date(2026, 11, 20))
        self.assertEqual(self.ledger.set_last_visit(last, self.context()).output.visit, visit)
        stale = daicho.EditVisit(visit=visit, based_on=1, form=form)
        error = self.refusal(self.ledger.edit_visit, stale, self.context())
        self.assertEqual((error.code, error.data.read()["version"]), ("visit.version", 2))
        asked = [daicho.Frequency.TRAILING(days=2, times=1), daicho.Frequency.LAST_GAPS(days=30)]
        figures = self.ledger.get_figures(daicho.GetFigures(customer=self.who, frequencies=asked), MANAGER, MORNING)
        self.assertEqual((figures.visits, figures.average, figures.last_visit), (1, 3000, datetime.date(2026, 11, 20)))
        self.assertEqual([answer.holds for answer in figures.frequencies], [True, False])

    def test_r2_r7_labels_and_what_nobody_has_resolved(self):
        booked = self.book(self.who)
        labels = self.ledger.list_labels(daicho.ListLabels(), MANAGER, MORNING).labels
        self.assertEqual([row.japanese for row in labels], ["仮予約中", "予約中来店前", "来店済み", "キャンセル料未払い", "キャンセル"])
        wrong = daicho.ListReservations(labels=[daicho.Label.PREPAID])
        self.assertEqual(self.refusal(self.ledger.list_reservations, wrong, MANAGER, MORNING).code, "search.label_not_offered")
        rows = self.ledger.list_unresolved(daicho.ListUnresolved(), MANAGER, MORNING + 9 * DAY).reservations
        self.assertEqual([(row.reservation, row.label) for row in rows], [(booked, daicho.Label.UPCOMING)])

    def test_k8_m7_a_merge_moves_tickets_and_points(self):
        self.sell_ticket()
        target = self.register(phone="080-1111-2222", email="second@example.jp")
        preview = self.ledger.preview_merge(daicho.PreviewMerge(source=self.who, target=target), MANAGER, MORNING)
        moves = preview.moves
        self.assertEqual((moves.tickets, moves.ticket_uses, moves.ticket_holds, moves.points), (1, 5, 0, 110))
        call = daicho.MergeCustomers(source=self.who, target=target, fingerprint=preview.fingerprint)
        self.ledger.merge(call, self.context())
        rows = self.ledger.list_tickets(daicho.ListTickets(expiring_within=365), MANAGER, MORNING).tickets
        self.assertEqual([(row.ticket, row.customer.id, row.remaining) for row in rows], [("t1", target, 5)])
