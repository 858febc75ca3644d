//! Sales of any lines: R9, K5, Q5.
use super::*;

#[derive(Clone, Debug)]
struct Till {
    lines: Vec<(bool, i64, u32, i64)>,
    discount: u8,
    points: u32,
    prepaid: bool,
}

fn till() -> impl Strategy<Value = Till> {
    let line = (any::<bool>(), 0_i64..20_000, 1_u32..4, 0_i64..100);
    (prop::collection::vec(line, 1..8), 0_u8..=100, 0_u32..400, any::<bool>()).prop_map(|(lines, discount, points, prepaid)| Till {
        lines,
        discount,
        points,
        prepaid,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn r9_q5_the_quote_is_the_sale_and_every_sum_reconciles_to_the_yen(till in till()) {
        let (desk, who) = salon();
        desk.configure(|settings| settings.points.rule = Some(PointRule::PerVisit { points: 300 })).unwrap();
        let booked = if till.prepaid { prepaid(&desk, who) } else { visited(&desk, who) };
        let lines: Vec<SaleLine> = till
            .lines
            .iter()
            .map(|(reduced, price, quantity, percent)| SaleLine {
                rate: if *reduced { TaxRate::Reduced } else { TaxRate::Standard },
                quantity: *quantity,
                discount: Some(Yen(price * i64::from(*quantity) * percent / 100)),
                ..menu("cut", *price)
            })
            .collect();
        let all: i64 = lines.iter().map(|line| line.price.0 * i64::from(line.quantity) - line.discount.unwrap().0).sum();
        let off = all * i64::from(till.discount) / 100;
        let discount = Some(Yen(off));
        let ask = QuoteSale {
            customer: who,
            reservation: Some(booked),
            shop: None,
            staff: None,
            lines: lines.clone(),
            discount,
            points: Some(till.points),
            tickets: Vec::new(),
        };
        let quote = desk.ask(ask);
        let total = all - off;
        let left = (total - if till.prepaid { 4_400 } else { 0 }).max(0);
        if till.points > 300 || i64::from(till.points) > left {
            prop_assert_eq!(quote.unwrap_err().code(), "points.too_many");
            return Ok(());
        }
        let quote = quote.unwrap();
        prop_assert_eq!((quote.total.0, quote.due.0), (total, left - i64::from(till.points)));
        let payments = (quote.due > Yen::ZERO).then_some(Payment { method: PaymentMethod::Cash, amount: quote.due }).into_iter().collect();
        let closing = CheckOut { discount, points: Some(till.points), payments, ..sale(who, Some(booked), lines, 0) };
        let done = desk.run(closing).unwrap();
        prop_assert_eq!((done.total, &done.taxes, done.refund), (quote.total, &quote.taxes, quote.refund));
        let kept = the_sale(&desk, who, done.sale);
        let sum = |method: PaymentMethod| kept.payments.iter().filter(|payment| payment.method == method).map(|payment| payment.amount.0).sum::<i64>();
        prop_assert_eq!(sum(PaymentMethod::Prepayment), quote.prepaid.0);
        prop_assert_eq!(sum(PaymentMethod::Points), i64::from(quote.points));
        prop_assert_eq!(kept.payments.iter().map(|payment| payment.amount.0).sum::<i64>(), total);
        prop_assert_eq!(quote.prepaid.0 + quote.refund.0, if till.prepaid { 4_400 } else { 0 });
        prop_assert_eq!(kept.taxes.iter().map(|line| line.amount.0).sum::<i64>(), total);
        for tax in &kept.taxes {
            let percent = tax.rate.percent();
            prop_assert_eq!(tax.tax.0, tax.amount.0 * percent / (100 + percent));
            // Each rate bears its share of the discount, to the yen.
            let own: i64 = kept.lines.iter().filter(|line| line.rate == tax.rate).map(|line| line.charged().unwrap().0).sum();
            let share = own - tax.amount.0;
            prop_assert!(share >= 0 && (share * all - off * own).abs() < all.max(1), "{share} of {own}");
        }
        let page = desk.ask(GetDocument { sale: done.sale, kind: DocumentKind::Receipt }).unwrap();
        prop_assert_eq!(page.lines.iter().map(|line| line.amount.0).sum::<i64>() - page.discount.0, page.total.0);
        prop_assert_eq!(page.tax.0, page.taxes.iter().map(|line| line.tax.0).sum::<i64>());
        prop_assert_eq!(desk.breaches().unwrap(), []);
    }

    #[test]
    fn k5_lines_are_paid_by_ticket_exactly_where_their_uses_can_cover_them(
        tickets in prop::collection::vec((1_usize..8, 1_u32..4), 1..5),
        lines in prop::collection::vec((0_usize..3, 1_u32..4), 1..6),
    ) {
        let (desk, who) = salon();
        let names = ["cut", "perm", "spa"];
        let sold: Vec<TicketWish> = tickets.iter().enumerate().map(|(n, (covers, count))| {
            let menus = (0..3).filter(|menu| covers & (1 << menu) != 0).map(|menu| id(names[menu])).collect();
            let plan = desk.plan(&format!("p{n}"), TicketTerms { menus, uses: *count, ..three_cuts() }).unwrap();
            uses(Some(desk.sell(who, &plan, 10_000).unwrap()), *count)
        }).collect();
        let booked_lines = names.map(|name| Line { menu: id(name), staff: None, price: Yen(1), kind: LineKind::Basic }).to_vec();
        let booked = desk.run(Book { lines: booked_lines, tickets: sold, ..cut(who, START) }).unwrap().reservation;
        desk.step(booked, Move::Visit).unwrap();
        // Hall's condition: whatever set of menus is asked for, there are as many uses that cover one of it.
        let fits = |lines: &[(usize, u32)]| (1_usize..8).all(|set| {
            let asked: u32 = lines.iter().filter(|(menu, _)| set & (1 << menu) != 0).map(|(_, count)| count).sum();
            let there: u32 = tickets.iter().filter(|(covers, _)| covers & set != 0).map(|(_, count)| count).sum();
            asked <= there
        });
        let expected = (1..=lines.len()).find(|upto| !fits(&lines[..*upto]));
        let sold = lines.iter().map(|(name, quantity)| SaleLine { by_ticket: true, quantity: *quantity, ..menu(names[*name], 1) }).collect();
        match desk.run(sale(who, Some(booked), sold, 0)) {
            Ok(done) => prop_assert!(expected.is_none() && done.total == Yen::ZERO),
            Err(error) => {
                prop_assert_eq!(error.code(), "ticket.not_paid");
                prop_assert_eq!(error.data()["position"].as_u64(), expected.map(|place| u64::try_from(place).unwrap()));
            }
        }
    }
}
