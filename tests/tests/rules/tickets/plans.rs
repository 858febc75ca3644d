//! Ticket plans and what is sold by them: K1.
use super::*;

#[test]
fn k1_a_sold_ticket_keeps_the_terms_of_its_plan_whatever_becomes_of_that() {
    let (desk, who, ticket) = salon();
    let sold = desk.ticket(ticket).unwrap().ticket;
    assert_eq!((sold.customer, sold.plan.as_str(), sold.sold_on, sold.expires_on), (who, "cut-3", day("2026-11-21"), day("2027-05-21")));
    assert_eq!(sold.terms, three_cuts());
    assert_eq!(desk.ask(GetSales { customer: who }).unwrap().sales[0].id, sold.sale);
    let dearer = TicketTerms { price: Yen(12_000), uses: 2, menus: vec![id("perm")], ..three_cuts() };
    let save = |based_on, terms, retired| desk.run(SaveTicketPlan { plan: id("cut-3"), based_on, terms, retired });
    assert_eq!(save(0, dearer.clone(), false).unwrap_err().code(), "ticket.plan_version");
    assert_eq!(save(1, dearer.clone(), false).unwrap().version, 2);
    assert_eq!(desk.ticket(ticket).unwrap().ticket, sold);
    assert!(held(&desk, who, vec![uses(Some(ticket), 3)]).is_ok());
    // The old price is no price any more, and a retired plan is not sold.
    assert_eq!(desk.sell(who, &id("cut-3"), 10_000).unwrap_err().code(), "sale.line");
    assert_eq!(desk.ticket(desk.sell(who, &id("cut-3"), 12_000).unwrap()).unwrap().ticket.terms, dearer);
    save(2, dearer, true).unwrap();
    assert_eq!(desk.sell(who, &id("cut-3"), 12_000).unwrap_err().code(), "ticket.plan_retired");
    assert_eq!(desk.sell(who, &id("none"), 12_000).unwrap_err().code(), "ticket.plan_not_found");
    assert_eq!(desk.ask(GetTicketPlans {}).unwrap().plans.len(), 1);
}

#[test]
fn k1_plans_that_cannot_be_are_refused() {
    let desk = Desk::open();
    let days = |days| TicketValidity::Days { days };
    let months = |months| TicketValidity::Months { months };
    for (field, terms) in [
        ("name", TicketTerms { name: " \u{3000}".into(), ..three_cuts() }),
        ("price", TicketTerms { price: Yen(-1), ..three_cuts() }),
        ("price", TicketTerms { price: Yen(1_000_000_001), ..three_cuts() }),
        ("uses", TicketTerms { uses: 0, ..three_cuts() }),
        ("uses", TicketTerms { uses: 1_001, ..three_cuts() }),
        ("valid", TicketTerms { valid: days(0), ..three_cuts() }),
        ("valid", TicketTerms { valid: days(36_501), ..three_cuts() }),
        ("valid", TicketTerms { valid: months(0), ..three_cuts() }),
        ("valid", TicketTerms { valid: months(1_201), ..three_cuts() }),
        ("menus", TicketTerms { menus: vec![id("m"); 1_001], ..three_cuts() }),
        ("staff", TicketTerms { staff: vec![id("m"); 1_001], ..three_cuts() }),
        ("shops", TicketTerms { shops: vec![id("m"); 1_001], ..three_cuts() }),
    ] {
        let error = desk.plan("p", terms).unwrap_err();
        assert_eq!((error.code(), error.fields()), ("ticket.terms", vec![field.to_owned()]));
    }
    desk.plan("spaced", TicketTerms { name: "\u{3000}カット\u{200B}3回券 ".into(), ..three_cuts() }).unwrap();
    assert_eq!(desk.ask(GetTicketPlans {}).unwrap().plans[0].terms.name, "カット3回券");
    let all = vec![id("m"); 1_000];
    for (n, terms) in [
        TicketTerms { price: Yen::ZERO, uses: 1, valid: days(1), menus: all, ..three_cuts() },
        TicketTerms { price: Yen::MAX, uses: 1_000, valid: days(36_500), ..three_cuts() },
        TicketTerms { valid: months(1_200), staff: vec![id("m"); 1_000], shops: vec![id("m"); 1_000], ..three_cuts() },
    ]
    .into_iter()
    .enumerate()
    {
        assert!(desk.plan(&format!("p{n}"), terms).is_ok());
    }
}

#[test]
fn k1_managers_make_plans_and_customers_see_those_that_are_sold() {
    let (mut desk, who, _) = salon();
    desk.plan("old", three_cuts()).unwrap();
    desk.run(SaveTicketPlan { plan: id("old"), based_on: 1, terms: three_cuts(), retired: true }).unwrap();
    let seen = |desk: &Desk<MemoryStore>| desk.ask(GetTicketPlans {}).unwrap().plans.into_iter().map(|plan| plan.id).collect::<Vec<_>>();
    assert_eq!(seen(&desk), [id("cut-3"), id("old")]);
    desk.actor = Actor::new(id("staff-1"), Role::Staff);
    assert_eq!(desk.plan("new", three_cuts()).unwrap_err().code(), "access.forbidden");
    assert!(desk.sell(who, &id("cut-3"), 10_000).is_ok());
    desk.actor = Actor::customer(id("account-1"), who);
    assert_eq!(seen(&desk), [id("cut-3")]);
}

#[test]
fn k1_t4_the_period_is_days_or_months_clamped_to_the_months_end() {
    for (sold, valid, last) in [
        ("2026-11-21", TicketValidity::Days { days: 1 }, "2026-11-22"),
        ("2026-11-21", TicketValidity::Days { days: 365 }, "2027-11-21"),
        ("2026-11-21", TicketValidity::Months { months: 1 }, "2026-12-21"),
        ("2026-12-31", TicketValidity::Months { months: 2 }, "2027-02-28"),
        ("2027-12-31", TicketValidity::Months { months: 2 }, "2028-02-29"),
        ("2028-02-29", TicketValidity::Months { months: 12 }, "2029-02-28"),
        ("2028-02-29", TicketValidity::Months { months: 48 }, "2032-02-29"),
        ("2028-02-28", TicketValidity::Days { days: 1 }, "2028-02-29"),
        ("2026-10-31", TicketValidity::Months { months: 1 }, "2026-11-30"),
    ] {
        let (mut desk, who, _) = salon();
        desk.now = noon(sold);
        let plan = desk.plan("p", TicketTerms { valid, ..three_cuts() }).unwrap();
        let ticket = desk.sell(who, &plan, 10_000).unwrap();
        assert_eq!(desk.ticket(ticket).unwrap().ticket.expires_on, day(last), "{sold} {valid:?}");
    }
}

#[test]
fn k1_several_of_one_plan_in_one_sale_are_tickets_of_their_own() {
    let (desk, who, _) = salon();
    let two = SaleLine { quantity: 2, ..line(SaleItem::Ticket { plan: id("cut-3") }, 10_000) };
    let sold = desk.run(sale(who, None, vec![menu("cut", 4_400), two.clone()], 24_400)).unwrap();
    assert_eq!((sold.total, sold.tickets.clone()), (Yen(24_400), vec![id("t2"), id("t3")]));
    assert!(sold.tickets.iter().all(|ticket| desk.counts(*ticket).unwrap() == (3, 0, 0)));
    let many = |quantity| SaleLine { quantity, ..two.clone() };
    assert_eq!(desk.run(sale(who, None, vec![many(101)], 1_010_000)).unwrap_err().code(), "sale.lines");
    assert!(desk.run(sale(who, None, vec![many(100)], 1_000_000)).is_ok());
    let wrong = SaleLine { price: Yen(9_999), ..two };
    assert_eq!(desk.run(sale(who, None, vec![wrong], 20_000)).unwrap_err().code(), "sale.line", "sold at the plan's price");
}
