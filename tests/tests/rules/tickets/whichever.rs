//! Tickets that nobody named: which of those that fit pay for a visit (K7).
use super::*;

// A ticket for these menus that lasts so many days, of so many uses.
fn ticket(desk: &Desk<MemoryStore>, who: CustomerId, menus: &[&str], days: u32, uses: u32) -> TicketId {
    let terms =
        TicketTerms { menus: menus.iter().map(|menu| id(menu)).collect(), valid: TicketValidity::Days { days }, uses, ..three_cuts() };
    let name = format!("plan-{}-{days}-{uses}", menus.join("-"));
    let plan = desk.plan(&name, terms).unwrap_or_else(|_| id(&name));
    desk.sell(who, &plan, 10_000).unwrap()
}

fn lines(menus: &[&str]) -> Vec<Line> {
    menus.iter().map(|menu| Line { menu: id(menu), staff: None, price: Yen(1_000), kind: LineKind::Basic }).collect()
}

fn kept(desk: &Desk<MemoryStore>, who: CustomerId, booked: ReservationId) -> Vec<(TicketId, u32)> {
    desk.reservation(who, booked).unwrap().unwrap().reservation.tickets.iter().map(|hold| (hold.ticket, hold.uses)).collect()
}

fn book(desk: &Desk<MemoryStore>, who: CustomerId, menus: &[&str], wishes: Vec<TicketWish>) -> Result<Vec<(TicketId, u32)>, Error> {
    let booked = desk.run(Book { lines: lines(menus), ..with(wishes, who, START) })?.reservation;
    let held = kept(desk, who, booked);
    desk.step(booked, Move::CancelByShop)?;
    Ok(held)
}

fn empty() -> (Desk<MemoryStore>, CustomerId) {
    let desk = Desk::open();
    let who = desk.register(hanako("09012345678", "a@example.jp")).unwrap();
    (desk, who)
}

#[test]
fn k7_each_of_several_menus_is_paid_where_some_choice_of_tickets_pays_it() {
    let (desk, who) = empty();
    let cuts = ticket(&desk, who, &["cut"], 7, 5);
    let colors = ticket(&desk, who, &["color"], 30, 5);
    assert_eq!(book(&desk, who, &["cut", "color"], vec![uses(None, 2)]).unwrap(), [(cuts, 1), (colors, 1)]);
    assert_eq!(book(&desk, who, &["cut", "color"], vec![uses(None, 1)]).unwrap(), [(cuts, 1)], "the earlier one");
    // More uses than there are menus: those that pay first, then the earliest.
    assert_eq!(book(&desk, who, &["cut", "color"], vec![uses(None, 4)]).unwrap(), [(cuts, 3), (colors, 1)]);
    // At the till as when booked (K5).
    let booked = desk.run(Book { lines: lines(&["cut", "color"]), ..cut(who, MORNING) }).unwrap().reservation;
    desk.step(booked, Move::Visit).unwrap();
    let paid = ["cut", "color"].map(|name| SaleLine { by_ticket: true, ..menu(name, 1_000) });
    let done = desk.run(CheckOut { tickets: vec![uses(None, 2)], ..sale(who, Some(booked), paid.to_vec(), 0) }).unwrap();
    assert_eq!((done.total, kept(&desk, who, booked)), (Yen::ZERO, vec![(cuts, 1), (colors, 1)]));
    assert_eq!(desk.breaches().unwrap(), []);
}

#[test]
fn k7_one_ticket_makes_way_for_another() {
    let (desk, who) = empty();
    // The earliest pays for anything, the next for the cut alone: only if the first pays for the color both are paid.
    let any = ticket(&desk, who, &[], 7, 1);
    let cuts = ticket(&desk, who, &["cut"], 30, 1);
    assert_eq!(book(&desk, who, &["cut", "color"], vec![uses(None, 2)]).unwrap(), [(any, 1), (cuts, 1)]);
}

#[test]
fn k7_whichever_fit_are_chosen_beside_those_that_were_named() {
    let (desk, who) = empty();
    let early = ticket(&desk, who, &["cut"], 7, 1);
    let cuts = ticket(&desk, who, &["cut"], 14, 1);
    let colors = ticket(&desk, who, &["color"], 30, 1);
    for wishes in [vec![uses(None, 1), uses(Some(cuts), 1)], vec![uses(Some(cuts), 1), uses(None, 1)]] {
        assert_eq!(book(&desk, who, &["cut", "color"], wishes).unwrap(), [(cuts, 1), (colors, 1)]);
    }
    // What was named is there for whoever named it, in whatever order.
    assert_eq!(book(&desk, who, &["cut"], vec![uses(None, 1), uses(Some(early), 1)]).unwrap(), [(early, 1), (cuts, 1)]);
}

// Of each ticket so many uses; how many services they can pay for, by trying every way.
fn most_paid(plans: &[(Vec<usize>, u32)], pool: &mut [u32], menus: &[usize]) -> usize {
    let Some((first, rest)) = menus.split_first() else { return 0 };
    let mut most = most_paid(plans, pool, rest);
    for n in 0..pool.len() {
        if pool[n] > 0 && (plans[n].0.is_empty() || plans[n].0.contains(first)) {
            pool[n] -= 1;
            most = most.max(1 + most_paid(plans, pool, rest));
            pool[n] += 1;
        }
    }
    most
}

// Every way to take so many uses.
fn choices(plans: &[(Vec<usize>, u32)], wanted: u32) -> Vec<Vec<u32>> {
    let Some(((_, uses), rest)) = plans.split_first() else { return if wanted == 0 { vec![Vec::new()] } else { Vec::new() } };
    let own = |taken: u32| choices(rest, wanted - taken).into_iter().map(move |more| [vec![taken], more].concat());
    (0..=wanted.min(*uses)).flat_map(own).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn k7_no_other_choice_pays_for_more_nor_as_much_out_of_earlier_tickets(
        plans in prop::collection::vec((prop::collection::vec(0_usize..4, 0..3), 1_u32..4), 1..5),
        menus in prop::collection::vec(0_usize..4, 1..5),
        wanted in 1_u32..6,
    ) {
        const NAMES: [&str; 4] = ["cut", "color", "perm", "spa"];
        let (desk, who) = empty();
        let mut ids = Vec::new();
        for (days, (own, uses)) in (7_u32..).zip(&plans) {
            let mut own: Vec<&str> = own.iter().map(|menu| NAMES[*menu]).collect();
            own.sort_unstable();
            own.dedup();
            ids.push(ticket(&desk, who, &own, days, *uses));
        }
        let named: Vec<&str> = menus.iter().map(|menu| NAMES[*menu]).collect();
        let held = book(&desk, who, &named, vec![uses(None, wanted)]);
        // Those that fit any of the menus; the others are not asked.
        let fits = |(own, _): &&(Vec<usize>, u32)| own.is_empty() || own.iter().any(|menu| menus.contains(menu));
        let usable: Vec<(Vec<usize>, u32)> = plans.iter().map(|plan| if fits(&plan) { plan.clone() } else { (plan.0.clone(), 0) }).collect();
        let all = choices(&usable, wanted);
        let Ok(held) = held else {
            prop_assert!(all.is_empty());
            return Ok(());
        };
        let of = |ticket: &TicketId| held.iter().find(|(own, _)| own == ticket).map_or(0, |(_, uses)| *uses);
        let chosen: Vec<u32> = ids.iter().map(of).collect();
        let paid = |choice: &[u32]| most_paid(&usable, &mut choice.to_vec(), &menus);
        let best = all.iter().map(|choice| paid(choice)).max().unwrap();
        prop_assert_eq!(paid(&chosen), best);
        // Of as many that pay as much: as many as can be of the earliest, then of the next.
        let earliest = all.iter().filter(|choice| paid(choice) == best).max().unwrap();
        prop_assert_eq!(&chosen, earliest);
    }
}
