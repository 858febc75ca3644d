//! The walk over every state and every move: R2, R3.
use std::collections::{BTreeMap, BTreeSet};

use daicho::booking::{FeeStage, PrepaymentStage, Stage, Step, TRANSITIONS, Transition, stages};
use daicho::store::Overlay;
use daicho::*;
use daicho_tests::till::{menu, sale};
use daicho_tests::*;

type State = (Stage, PrepaymentStage, FeeStage);

const START: Instant = MORNING.plus_ms(3 * HOUR);
const PRICE: i64 = 4_400;

// What SPEC's R2 and R4 leave possible, in words of their own; the table is held to it below.
fn can_exist((stage, prepayment, fee): State) -> bool {
    use PrepaymentStage as P;
    match stage {
        Stage::Tentative | Stage::Confirmed | Stage::Visited | Stage::CheckedOut => prepayment != P::Kept && fee == FeeStage::None,
        Stage::CancelledEarly | Stage::CancelledByShop | Stage::EnteredInError => {
            matches!(prepayment, P::NotSelected | P::Unpaid | P::Refunded) && fee == FeeStage::None
        }
        Stage::CancelledLate | Stage::NoShow => match prepayment {
            P::NotSelected | P::Unpaid | P::Refunded => true,
            P::Paid => false,
            P::Kept => fee != FeeStage::None,
        },
    }
}

fn product() -> impl Iterator<Item = State> {
    Stage::ALL.iter().flat_map(|stage| {
        PrepaymentStage::ALL.iter().flat_map(move |prepayment| FeeStage::ALL.iter().map(move |fee| (*stage, *prepayment, *fee)))
    })
}

// The table, read here and not through the library's own look-up.
fn rows(state: State, step: Step) -> Vec<&'static Transition> {
    let fits = |row: &&Transition| {
        row.step == step && row.from.contains(&state.0) && row.prepayment.contains(&state.1) && row.fee.contains(&state.2)
    };
    TRANSITIONS.iter().filter(fits).collect()
}

fn leads_to(row: &Transition, from: State, to: State) -> bool {
    fn axis<T: PartialEq>(allowed: &[T], from: T, to: T) -> bool {
        if allowed.is_empty() { from == to } else { allowed.contains(&to) }
    }
    axis(row.to, from.0, to.0) && axis(row.to_prepayment, from.1, to.1) && axis(row.to_fee, from.2, to.2)
}

// A salon that uses prepayment, at whose late cancels and no-shows so many yen fall due.
fn salon(fee: i64) -> (Desk<MemoryStore>, CustomerId) {
    let desk = Desk::open();
    let charge = Charge::Yen { amount: Yen(fee) };
    desk.configure(|settings| {
        settings.prepayment = true;
        let deadline = Deadline::HoursBefore { hours: 1 };
        settings.cancellation =
            CancellationPolicy { deadline, tiers: vec![FeeTier { hours_before: 24, charge }], no_show: charge, ..strict() };
    })
    .unwrap();
    let who = desk.register(hanako("09012345678", "a@example.jp")).unwrap();
    (desk, who)
}

fn stored<S: Store>(desk: &Desk<S>, id: ReservationId) -> Reservation {
    let read = daicho::log::Read::Id { kind: Kind::Reservation, id: id.to_string() };
    let found = desk.ledger.store().load(desk.ledger.salon(), &[read]).unwrap().records.remove(0);
    match &found[0] {
        Record::Reservation(reservation) => Reservation::clone(reservation),
        _ => panic!("{id} is a reservation"),
    }
}

// Makes one move, whichever command it is, with an input that nothing but the state can refuse.
fn make<S: Store>(desk: &Desk<S>, now: &Reservation, step: Step) -> Result<(), Error> {
    let reservation = now.id;
    let why = || "理由".to_owned();
    let to = match step {
        Step::Confirm => Move::Confirm,
        Step::ChoosePrepayment => Move::ChoosePrepayment,
        Step::PayPrepayment => Move::PayPrepayment,
        Step::RefundPrepayment => Move::RefundPrepayment,
        Step::Visit => Move::Visit,
        Step::UndoVisit => Move::UndoVisit { reason: why() },
        Step::CancelByCustomer => Move::CancelByCustomer,
        Step::CancelByShop => Move::CancelByShop,
        Step::NoShow => Move::NoShow,
        Step::PayFee => Move::PayFee { amount: now.due() },
        Step::WaiveFee => Move::WaiveFee { reason: why() },
        Step::EnteredInError => Move::EnteredInError,
        Step::Reschedule => {
            let start = now.start.plus_ms(HOUR);
            return desk.run(Reschedule { reservation, start, end: start.plus_ms(HOUR), staff: None }).map(drop);
        }
        Step::Checkout => {
            let cash = if matches!(now.prepayment, Prepayment::Paid { .. }) { 0 } else { PRICE };
            return desk.run(sale(now.customer, Some(reservation), vec![menu("cut", PRICE)], cash)).map(drop);
        }
        Step::VoidSale => {
            let sale = now.checkout.as_ref().map_or_else(|| id("s99"), |checkout| checkout.sale);
            return desk.run(VoidSale { sale, reason: why() }).map(drop);
        }
    };
    desk.step(reservation, to).map(drop)
}

// A world of its own over what is there: nothing that happens in it happens.
fn trial<'d>(desk: &'d Desk<MemoryStore>, actor: &Actor) -> Desk<Overlay<&'d MemoryStore>> {
    let mut trial = Desk::over(Overlay::new(desk.ledger.store()));
    (trial.actor, trial.now, trial.channel) = (actor.clone(), desk.now, desk.channel);
    trial
}

fn other_manager() -> Actor {
    Actor::new(id("manager-2"), Role::Manager)
}

// How a state is reached: the fee of the salon, how it was booked, and then each move, made early or late.
#[derive(Clone)]
struct Path {
    fee: i64,
    tentative: bool,
    prepay: bool,
    late: bool,
    steps: Vec<(Step, bool)>,
}

impl Path {
    fn walk(&self) -> (Desk<MemoryStore>, Reservation) {
        let (mut desk, who) = salon(self.fee);
        let book = Book { tentative: self.tentative, prepay: self.prepay, ..cut(who, START) };
        let id = desk.run(book).unwrap().reservation;
        for (step, late) in &self.steps {
            desk.now = if *late { START.plus_ms(2 * HOUR) } else { MORNING };
            make(&desk, &stored(&desk, id), *step).unwrap();
        }
        desk.now = if self.late { START.plus_ms(2 * HOUR) } else { MORNING };
        let now = stored(&desk, id);
        (desk, now)
    }
}

// Every state that bookings and moves reach, with one way to it, early and late; each move that was tried on the way is judged by the table.
fn reached() -> BTreeMap<(State, bool), Path> {
    let mut found: BTreeMap<(State, bool), Path> = BTreeMap::new();
    let mut seen: BTreeSet<(State, bool, i64)> = BTreeSet::new();
    let mut todo = Vec::new();
    for fee in [0, 1_000, 9_999] {
        for (tentative, prepay) in [(false, false), (false, true), (true, false), (true, true)] {
            todo.push(Path { fee, tentative, prepay, late: false, steps: Vec::new() });
        }
    }
    while let Some(path) = todo.pop() {
        let (desk, now) = path.walk();
        let from = stages(&now);
        if !seen.insert((from, path.late, path.fee)) {
            continue;
        }
        assert_eq!(desk.breaches().unwrap(), [], "{from:?} by {:?}", path.steps);
        found.entry((from, path.late)).or_insert_with(|| path.clone());
        if !path.late {
            todo.push(Path { late: true, ..path.clone() });
        }
        for step in Step::ALL {
            let trial = trial(&desk, &other_manager());
            let Ok(()) = make(&trial, &now, *step) else { continue };
            let to = stages(&stored(&trial, now.id));
            let allowed = rows(from, *step);
            assert!(allowed.iter().any(|row| leads_to(row, from, to)), "{step:?} led from {from:?} to {to:?}");
            let mut steps = path.steps.clone();
            steps.push((*step, path.late));
            todo.push(Path { steps, ..path.clone() });
        }
    }
    found
}

#[test]
fn r2_r3_the_walk_reaches_every_state_that_can_exist_and_no_other() {
    let reached: BTreeSet<State> = reached().into_keys().map(|(state, _)| state).collect();
    let possible: BTreeSet<State> = product().filter(|state| can_exist(*state)).collect();
    assert_eq!(reached, possible);
    // Each of SPEC's axes is there in full.
    assert_eq!(reached.len(), 4 * 4 + 3 * 3 + 2 * (3 * 4 + 3));
}

#[test]
fn r3_every_row_of_the_table_is_a_move_that_is_made_and_every_end_of_it_is_reached() {
    let mut unused: BTreeSet<(usize, String)> = BTreeSet::new();
    for (place, row) in TRANSITIONS.iter().enumerate() {
        unused.extend(row.to.iter().map(|to| (place, to.name().to_owned())));
        unused.extend(row.to_prepayment.iter().map(|to| (place, format!("prepayment {}", to.name()))));
        unused.extend(row.to_fee.iter().map(|to| (place, format!("fee {}", to.name()))));
        unused.insert((place, "made".to_owned()));
    }
    let reached = reached();
    for ((from, _), path) in &reached {
        for fee in [0, 1_000, 9_999] {
            let (desk, now) = Path { fee, ..path.clone() }.walk_if_same(*from);
            let Some(now) = now else { continue };
            // Also checked out for nothing: a prepayment goes back whole.
            for (step, free) in Step::ALL.iter().map(|step| (step, false)).chain([(&Step::Checkout, true)]) {
                let trial = trial(&desk, &other_manager());
                let made = if free {
                    trial.run(sale(now.customer, Some(now.id), vec![menu("cut", 0)], 0)).map(drop)
                } else {
                    make(&trial, &now, *step)
                };
                if made.is_err() {
                    continue;
                }
                let to = stages(&stored(&trial, now.id));
                for (place, _) in
                    TRANSITIONS.iter().enumerate().filter(|(_, row)| rows(*from, *step).iter().any(|own| std::ptr::eq(*own, *row)))
                {
                    unused.remove(&(place, to.0.name().to_owned()));
                    unused.remove(&(place, format!("prepayment {}", to.1.name())));
                    unused.remove(&(place, format!("fee {}", to.2.name())));
                    unused.remove(&(place, "made".to_owned()));
                }
            }
        }
    }
    assert!(unused.is_empty(), "the table promises what never happens: {unused:?}");
}

impl Path {
    // The same way under another fee, if it still leads there.
    fn walk_if_same(&self, to: State) -> (Desk<MemoryStore>, Option<Reservation>) {
        let (mut desk, who) = salon(self.fee);
        let book = Book { tentative: self.tentative, prepay: self.prepay, ..cut(who, START) };
        let id = desk.run(book).unwrap().reservation;
        for (step, late) in &self.steps {
            desk.now = if *late { START.plus_ms(2 * HOUR) } else { MORNING };
            if make(&desk, &stored(&desk, id), *step).is_err() {
                return (desk, None);
            }
        }
        desk.now = if self.late { START.plus_ms(2 * HOUR) } else { MORNING };
        let now = stored(&desk, id);
        let same = stages(&now) == to;
        (desk, same.then_some(now))
    }
}

// A reservation in any state of the product, those included that no command makes.
fn planted(state: State, who: CustomerId) -> Reservation {
    let at = START.plus_ms(HOUR);
    let amount = Yen(1_000);
    let by_customer = |timing| BookingState::Cancelled { by: CancelledBy::Customer, at, timing };
    let booking = match state.0 {
        Stage::Tentative => BookingState::Tentative,
        Stage::Confirmed => BookingState::Confirmed,
        Stage::Visited | Stage::CheckedOut => BookingState::Visited { at },
        Stage::CancelledEarly => by_customer(CancelTiming::Early),
        Stage::CancelledLate => by_customer(CancelTiming::Late),
        Stage::CancelledByShop => BookingState::Cancelled { by: CancelledBy::Shop, at, timing: CancelTiming::Late },
        Stage::NoShow => BookingState::NoShow { at },
        Stage::EnteredInError => BookingState::EnteredInError { at },
    };
    let prepayment = match state.1 {
        PrepaymentStage::NotSelected => Prepayment::NotSelected,
        PrepaymentStage::Unpaid => Prepayment::Unpaid,
        PrepaymentStage::Paid => Prepayment::Paid { amount: Yen(PRICE) },
        PrepaymentStage::Refunded => Prepayment::Refunded { amount: Yen(PRICE) },
        PrepaymentStage::Kept => Prepayment::Kept { kept: amount, refund: Yen(PRICE - 1_000) },
    };
    let fee = match state.2 {
        FeeStage::None => Fee::None,
        FeeStage::Due => Fee::Due { amount },
        FeeStage::Paid => Fee::Paid { amount },
        FeeStage::Waived => Fee::Waived { amount, by: id("manager-1"), reason: "急病".into() },
    };
    let checkout = (state.0 == Stage::CheckedOut).then(|| VisitSale { sale: id("s99"), total: Yen(PRICE), menus: vec![id("cut")] });
    let book = cut(who, START);
    Reservation {
        id: id("r1"),
        customer: who,
        version: 1,
        shop: book.shop,
        staff: None,
        lines: book.lines,
        start: book.start,
        end: book.end,
        booked_by: Channel::Counter,
        booked_at: MORNING,
        comment: None,
        policy: strict(),
        deadline: START.plus_ms(-DAY),
        policy_start: None,
        booking,
        prepayment,
        fee,
        ever_confirmed: state.0 != Stage::Tentative,
        tickets: Vec::new(),
        covered: None,
        earns: None,
        checkout,
        corrections: Vec::new(),
    }
}

fn planted_sale(who: CustomerId) -> Sale {
    Sale {
        id: id("s99"),
        customer: who,
        version: 1,
        reservation: Some(id("r1")),
        shop: id("shop-1"),
        staff: None,
        at: START,
        by: id("manager-1"),
        lines: vec![menu("cut", PRICE)],
        discount: Yen::ZERO,
        total: Yen(PRICE),
        taxes: vec![TaxLine { rate: TaxRate::Standard, amount: Yen(PRICE), tax: Yen(400) }],
        payments: vec![Payment { method: PaymentMethod::Cash, amount: Yen(PRICE) }],
        state: SaleState::Closed,
    }
}

#[test]
fn r3_from_every_state_every_move_is_allowed_by_the_table_or_refused_with_it() {
    let (mut allowed_count, mut refused_count) = (0, 0);
    for state in product() {
        let (mut desk, who) = salon(1_000);
        desk.now = START.plus_ms(2 * HOUR);
        let before = planted(state, who);
        assert_eq!(stages(&before), state);
        desk.force(before.clone().into()).unwrap();
        desk.force(planted_sale(who).into()).unwrap();
        let possible: Vec<&str> = Step::ALL.iter().filter(|step| !rows(state, **step).is_empty()).map(|step| step.name()).collect();
        for step in Step::ALL {
            let trial = trial(&desk, &other_manager());
            let result = make(&trial, &before, *step);
            let after = stored(&trial, before.id);
            let rows = rows(state, *step);
            if rows.is_empty() {
                let error = result.expect_err("a move that the table does not have");
                assert_eq!(error.code(), "booking.not_allowed", "{step:?} from {state:?}");
                let expected =
                    serde_json::json!({ "reservation": "r1", "move": step.name(), "state": state.0.name(), "allowed": possible });
                assert_eq!(error.data(), expected, "{step:?} from {state:?}");
                assert!(after == before, "a refused move changes nothing");
                refused_count += 1;
            } else if can_exist(state) {
                assert!(result.is_ok(), "{step:?} from {state:?}: {result:?}");
                assert!(rows.iter().any(|row| leads_to(row, state, stages(&after))), "{step:?} led from {state:?} to {:?}", stages(&after));
                assert_eq!(after.version, before.version + 1, "{step:?} from {state:?}");
                allowed_count += 1;
            }
        }
    }
    assert_eq!((allowed_count, refused_count), (108, 2_320));
}

#[test]
fn r2_the_label_follows_the_state_wherever_a_move_leads() {
    for ((state, _), path) in reached() {
        let (desk, now) = path.walk();
        let label = match state.0 {
            Stage::Tentative => Some(Label::Tentative),
            Stage::Confirmed => Some(match state.1 {
                PrepaymentStage::Unpaid => Label::PrepaymentUnpaid,
                PrepaymentStage::Paid => Label::Prepaid,
                _ => Label::Upcoming,
            }),
            Stage::Visited | Stage::CheckedOut => Some(Label::Visited),
            Stage::CancelledLate | Stage::NoShow if state.2 == FeeStage::Due => Some(Label::FeeUnpaid),
            Stage::CancelledByShop if state.1 != PrepaymentStage::NotSelected => Some(Label::ShopCancelledPrepaid),
            Stage::CancelledEarly | Stage::CancelledLate | Stage::CancelledByShop | Stage::NoShow => Some(Label::Cancelled),
            Stage::EnteredInError => None,
        };
        assert_eq!(desk.reservation(now.customer, now.id).unwrap().map(|row| row.label), label, "{state:?}");
    }
}

// One reached state in which a move is allowed, for each move.
fn where_allowed() -> Vec<(Step, Path)> {
    let reached = reached();
    let one = |step: Step| {
        let path = reached.iter().find(|((state, late), _)| !rows(*state, step).is_empty() && (step != Step::NoShow || *late)).unwrap().1;
        (step, path.clone())
    };
    Step::ALL.iter().map(|step| one(*step)).collect()
}

#[test]
fn r3_a3_customers_cancel_move_and_choose_prepayment_and_the_salon_does_everything() {
    for (step, path) in where_allowed() {
        let (mut desk, now) = path.walk();
        let for_customers = matches!(step, Step::CancelByCustomer | Step::Reschedule | Step::ChoosePrepayment);
        for role in Role::ANYONE {
            let customer = *role == Role::Customer;
            let actor = if customer { Actor::customer(id("account-1"), now.customer) } else { Actor::new(id(role.name()), *role) };
            desk.channel = if customer { Channel::Site } else { Channel::Counter };
            let result = make(&trial(&desk, &actor), &now, step);
            let expected = if !customer || for_customers { None } else { Some("access.forbidden") };
            // A customer with an unpaid fee is refused by the gate, not by the role.
            let code = result.err().map(|error| error.code());
            assert_eq!(code, expected, "{step:?} by {role:?}");
        }
    }
}

#[test]
fn r3_each_move_is_in_the_journal_with_its_actor_instant_and_channel() {
    for (step, path) in where_allowed() {
        let (mut desk, now) = path.walk();
        (desk.actor, desk.channel) = (Actor::new(id("staff-7"), Role::Staff), Channel::StaffApp);
        desk.now = desk.now.plus_ms(5);
        make(&desk, &now, step).unwrap();
        let manager = Actor::new(id("manager-1"), Role::Manager);
        let entry = desk.ledger.journal(0, 1_000, &manager).unwrap().entries.pop().unwrap();
        assert_eq!((entry.actor.id.as_str(), entry.at, entry.channel), ("staff-7", desk.now, Channel::StaffApp), "{step:?}");
        let changed = entry.changes.iter().any(|change| change.id == now.id.to_string());
        assert!(changed, "{step:?} is told of the reservation");
    }
}

#[test]
fn r3_what_needs_a_reason_is_refused_without_one() {
    for blank in ["", " \u{3000}", "\u{200B}"] {
        let why = || blank.to_owned();
        for (step, path) in where_allowed() {
            let (desk, now) = path.walk();
            let result = match step {
                Step::UndoVisit => desk.step(now.id, Move::UndoVisit { reason: why() }).map(drop),
                Step::WaiveFee => desk.step(now.id, Move::WaiveFee { reason: why() }).map(drop),
                Step::VoidSale => desk.run(VoidSale { sale: now.checkout.as_ref().unwrap().sale, reason: why() }).map(drop),
                _ => continue,
            };
            let error = result.unwrap_err();
            assert!(error.code().ends_with(".reason_blank") && error.fields() == ["reason"], "{step:?} {blank:?}: {error}");
            assert!(stored(&desk, now.id) == now);
        }
    }
}

#[test]
fn r3_a4_a_move_shows_its_name_and_never_its_reason() {
    let secret = || "CANARY".to_owned();
    for (to, name) in [
        (Move::Visit, "visit"),
        (Move::UndoVisit { reason: secret() }, "undoVisit"),
        (Move::WaiveFee { reason: secret() }, "waiveFee"),
        (Move::PayFee { amount: Yen(1) }, "payFee"),
    ] {
        assert_eq!(format!("{to:?}"), name);
    }
    let (reservation, sale, reason) = (id("r1"), id("s1"), secret());
    assert_eq!(format!("{:?}", TicketMove::Hold { reservation, uses: 1 }), "Hold");
    assert_eq!(format!("{:?}", TicketMove::Adjust { uses: 1, reason: reason.clone() }), "Adjust");
    assert_eq!(format!("{:?}", PointMove::Spend { sale, points: 1 }), "Spend");
    assert_eq!(format!("{:?}", PointMove::Adjust { points: 1, reason: reason.clone() }), "Adjust");
    let shown = format!("{:?}", Fee::Waived { amount: Yen(7), by: id("staff-1"), reason: reason.clone() });
    assert!(shown.contains("Waived") && shown.contains('7') && !shown.contains("CANARY"), "{shown}");
    let shown = format!("{:?}", SaleState::Voided { at: MORNING, by: id("staff-1"), reason });
    assert!(shown.contains("Voided") && shown.contains("staff-1") && !shown.contains("CANARY"), "{shown}");
}

#[test]
fn r3_an_undone_visit_keeps_who_undid_it_when_and_why() {
    let (mut desk, who) = salon(1_000);
    let visited = desk.book(who, START).unwrap();
    for reason in ["人違い", "日付違い"] {
        desk.step(visited, Move::Visit).unwrap();
        desk.now = desk.now.plus_ms(HOUR);
        desk.step(visited, Move::UndoVisit { reason: reason.into() }).unwrap();
    }
    let now = stored(&desk, visited);
    assert_eq!(now.booking, BookingState::Confirmed);
    let kept: Vec<_> = now.corrections.iter().map(|one| (one.at, one.by.as_str(), one.reason.as_str())).collect();
    assert_eq!(kept, [(MORNING.plus_ms(HOUR), "manager-1", "人違い"), (MORNING.plus_ms(2 * HOUR), "manager-1", "日付違い")]);
}

#[test]
fn r3_the_page_of_moves_is_the_table() {
    let place = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join(transition_doc::PAGE);
    let page = transition_doc::page();
    if std::env::var_os("DAICHO_WRITE").is_some() {
        std::fs::create_dir_all(place.parent().unwrap()).unwrap();
        std::fs::write(&place, &page).unwrap();
    }
    let kept = std::fs::read_to_string(&place).unwrap_or_default();
    assert!(kept == page, "{} is not what the table says: run this test with DAICHO_WRITE=1", transition_doc::PAGE);
    for row in TRANSITIONS {
        assert!(page.contains(&format!("`{}`", row.step.name())) && page.contains(row.note));
    }
}
