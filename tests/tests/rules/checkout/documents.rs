//! Documents of a sale: Q5.
use super::*;

fn issuer(desk: &Desk<MemoryStore>) {
    desk.configure(|settings| {
        settings.issuer = Issuer { name: Some("美容室 花".into()), registration_number: Some("T1234567890123".into()) };
    })
    .unwrap();
}

#[test]
fn q5_documents_have_lines_tax_by_rate_totals_and_the_registration_number() {
    let (mut desk, who) = salon();
    issuer(&desk);
    desk.plan("cut-3", three_cuts()).unwrap();
    let lines = vec![
        menu("cut", 4_400),
        SaleLine { quantity: 2, discount: Some(Yen(80)), name: Some("お茶".into()), ..tea(580) },
        line(SaleItem::Ticket { plan: id("cut-3") }, 10_000),
    ];
    let done = desk.run(CheckOut { discount: Some(Yen(480)), ..sale(who, None, lines, 15_000) }).unwrap();
    desk.now = MORNING.plus_ms(2 * DAY);
    let document = |kind| desk.ask(GetDocument { sale: done.sale, kind }).unwrap();
    for kind in [DocumentKind::Invoice, DocumentKind::Receipt, DocumentKind::DeliveryNote] {
        let page = document(kind);
        assert_eq!((page.kind, page.number, page.date, page.issued_on), (kind, done.sale, id("2026-11-21"), id("2026-11-23")));
        assert_eq!((page.issuer.as_deref(), page.registration_number.as_deref()), (Some("美容室 花"), Some("T1234567890123")));
        assert_eq!((page.addressee.as_str(), page.customer, page.shop.as_str()), ("山田 花子", who, "shop-1"));
        let rows: Vec<_> =
            page.lines.iter().map(|row| (row.name.as_str(), row.price.0, row.quantity, row.discount.0, row.amount.0, row.rate)).collect();
        assert_eq!(
            rows,
            [
                ("cut", 4_400, 1, 0, 4_400, TaxRate::Standard),
                ("お茶", 580, 2, 80, 1_080, TaxRate::Reduced),
                ("カット3回券", 10_000, 1, 0, 10_000, TaxRate::Standard)
            ]
        );
        assert_eq!((page.subtotal, page.discount, page.total), (Yen(15_480), Yen(480), Yen(15_000)));
        assert_eq!(taxes(&page.taxes), [(TaxRate::Standard, 13_953, 1_268), (TaxRate::Reduced, 1_047, 77)]);
        assert_eq!(page.tax, Yen(1_345));
        let paid: i64 = page.payments.iter().map(|payment| payment.amount.0).sum();
        assert_eq!(paid, if kind == DocumentKind::Receipt { 15_000 } else { 0 }, "how it was paid stands on receipts");
    }
}

#[test]
fn q5_a_document_is_addressed_to_the_company_and_to_whom_the_customer_became() {
    let (mut desk, who) = salon();
    let done = desk.run(sale(who, None, vec![shampoo(1_000)], 1_000)).unwrap();
    let page = |desk: &Desk<MemoryStore>| desk.ask(GetDocument { sale: done.sale, kind: DocumentKind::Receipt });
    desk.edit(who, |form| form.company = Some("花屋".into())).unwrap();
    assert_eq!(page(&desk).unwrap().addressee, "花屋");
    let target = desk.register(hanako("0312345678", "b@example.jp")).unwrap();
    desk.merge(who, target).unwrap();
    assert_eq!(page(&desk).unwrap().customer, target);
    let stranger = desk.register(hanako("0312345677", "c@example.jp")).unwrap();
    desk.actor = Actor::customer(id("account-1"), stranger);
    assert_eq!(page(&desk).unwrap_err().code(), "sale.not_found", "somebody else's is not there");
    desk.actor = Actor::customer(id("account-2"), target);
    assert!(page(&desk).is_ok());
}

#[test]
fn q5_a_line_paid_by_ticket_costs_nothing_and_a_voided_sale_has_no_document() {
    let (desk, who) = salon();
    let plan = desk.plan("cut-3", three_cuts()).unwrap();
    desk.sell(who, &plan, 10_000).unwrap();
    let booked = desk.run(Book { tickets: vec![uses(None, 1)], ..cut(who, START) }).unwrap().reservation;
    desk.step(booked, Move::Visit).unwrap();
    let done = desk.run(sale(who, Some(booked), vec![SaleLine { by_ticket: true, ..menu("cut", 4_400) }], 0)).unwrap();
    let page = || desk.ask(GetDocument { sale: done.sale, kind: DocumentKind::Invoice });
    let row = page().unwrap().lines.remove(0);
    assert_eq!((row.by_ticket, row.price, row.amount), (true, Yen(4_400), Yen::ZERO));
    assert_eq!((page().unwrap().total, page().unwrap().subtotal), (Yen::ZERO, Yen::ZERO));
    desk.run(VoidSale { sale: done.sale, reason: "x".into() }).unwrap();
    assert_eq!(page().unwrap_err().code(), "sale.voided");
    assert_eq!(desk.counts(id("t1")).unwrap(), (2, 0, 1), "what the visit used up is used up still");
}

#[test]
fn q5_a_registration_number_is_t_and_thirteen_digits() {
    let desk = Desk::open();
    for wrong in
        ["", "T", "1234567890123", "T123456789012", "T12345678901234", "t1234567890123", "T123456789012x", "T１２３４５６７８９０１２３"]
    {
        let set = desk.configure(|settings| settings.issuer.registration_number = Some(wrong.into()));
        assert_eq!(set.unwrap_err().code(), "salon.setting", "{wrong}");
    }
    issuer(&desk);
}
