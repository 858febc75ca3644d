//! The same as `tests.rs`, of more customers than a block holds: what a block leaves out, and what a page leaves out, must be what a walk leaves out.

use core::cmp::Ordering;

use super::super::asked::{Asked, OfReservation};
use super::super::gojuon::GojuonOrder;
use super::super::holds::Facts;
use super::tests::{DAY, NOW, Salon, customer, date, menu, profile, questions, reservation};
use super::*;
use crate::id::ReservationId;
use crate::money::Yen;
use crate::record::{DayField, Flag, Label, TextField, VisitMark, VisitRef};

const PEOPLE: u32 = 10_300;

struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from((self.0 >> 33) % u64::from(end)).unwrap()
    }
}

// More than two blocks of people. In the second nobody ever came or paid; days, counts and sums are alike where they can be, and do not fit where they can be too
// large.
fn salon(in_order: bool) -> Salon {
    let mut salon = Salon { categories: Salon::of_odd_people().categories, ..Salon::default() };
    let mut dice = Dice(7);
    let mut id = 100;
    for n in 1..=PEOPLE {
        let kana = ["ヤマダ", "ヤマタ", "アベ", "ヤマダカワノウエシタ", "ヤマダカワノウエナカ"][dice.below(5) as usize];
        let mut who = profile(n, &[["山田", "高橋", "田口"][dice.below(3) as usize], kana], &format!("0901{}", dice.below(100_000)));
        who.kana = (dice.below(9) > 0).then(|| GojuonOrder::of(Some(kana), None)).flatten();
        who.registered_on = date("2026-11-21").days_before(dice.below(40) * (n / 3_000));
        who.number = if in_order { n * 3 } else { 9_000_000 - n };
        if dice.below(20) > 0 {
            salon.profiles.insert(who.id, who);
        }
        let mut figures = Figures::none(customer(n));
        let silent = (4_096..8_192).contains(&n);
        if !silent {
            figures.visits = [dice.below(9), dice.below(9), 254 + dice.below(3)][dice.below(30) as usize / 14];
            figures.amount = Yen(i64::from(dice.below(50)) * 1_000 + [0, 0, i64::from(u32::MAX)][dice.below(30) as usize / 14]);
            figures.due = Yen(i64::from(dice.below(40) / 39) * 700);
            figures.cancelled_late = dice.below(5) / 4;
            figures.cancelled_early = dice.below(5);
        }
        if !silent && dice.below(4) > 0 {
            let day = if dice.below(50) == 0 {
                date("1925-01-01").days_after(dice.below(3))
            } else {
                date("2026-11-25").days_before(dice.below(300))
            };
            let visit = VisitRef::Reservation { id: ReservationId::from_ordinal(n) };
            let mark =
                VisitMark { visit, at: salon.calendar.at(day, 600), day: None, menus: vec![menu(["cut", "spa"][dice.below(2) as usize])] };
            (figures.first_visit, figures.last_visits) = (Some(mark.clone()), vec![mark]);
        }
        if dice.below(10) > 0 {
            salon.figures.insert(customer(n), figures);
        }
        for _ in 0..dice.below(4) * u32::from(!silent) + dice.below(40) / 39 * 13 {
            id += 1;
            let label = if n < 6_000 { Label::ALL[dice.below(8) as usize] } else { Label::Visited };
            let odd = i64::from(dice.below(30) / 29);
            salon.come(n, id, NOW.plus_ms((-i64::from(dice.below(400)) + 5) * DAY + i64::from(dice.below(3)) * 60_000 + odd), label);
        }
    }
    salon.lists.insert(customer(9_999), vec![ListKind::Black]);
    salon
}

fn any_question(dice: &mut Dice, depth: u32) -> Asked {
    let each = |dice: &mut Dice| (0..1 + dice.below(3)).map(|_| any_question(dice, depth - 1)).collect();
    match if depth == 0 { 9 } else { dice.below(6) } {
        0 | 1 => Asked::All(each(dice)),
        2 => Asked::Any(each(dice)),
        3 => Asked::Not(Box::new(any_question(dice, depth - 1))),
        _ => {
            let mut questions = questions();
            let place = dice.below(u32::try_from(questions.len()).unwrap());
            questions.swap_remove(place as usize)
        }
    }
}

struct Check<'s> {
    salon: &'s Salon,
    columns: Columns,
    facts: Vec<Facts<'s>>,
}

impl<'s> Check<'s> {
    fn of(salon: &'s Salon, backwards: bool) -> Self {
        Self { salon, columns: salon.columns(backwards), facts: salon.facts(NOW) }
    }

    // Orders are kept of columns in which some were somebody else, and they are themselves again afterwards.
    fn shuffled(mut self) -> Self {
        let some: Vec<&Profile> = self.salon.profiles.values().step_by(97).collect();
        for (who, leaves) in some.iter().zip([true, false].into_iter().cycle()) {
            self.columns.put_figures(who.id, None);
            self.columns.put_customer(who.id, who.number, (!leaves).then_some(&profile(who.id.ordinal(), &["山口"], "0312345678")));
        }
        for sort in sorts().chain(sorts()) {
            self.columns.page(&Asked::All(Vec::new()), self.against(), sort, None, 1).unwrap();
        }
        for who in some {
            self.columns.put_figures(who.id, self.salon.figures.get(&who.id));
            self.columns.put_customer(who.id, who.number, Some(who));
        }
        self
    }

    fn against(&self) -> Against<'s> {
        Against { categories: &self.salon.categories, now: NOW, today: self.salon.calendar.day_of(NOW).unwrap() }
    }

    fn found(&self, asked: &Asked) -> Vec<&Facts<'s>> {
        self.facts.iter().filter(|facts| facts.satisfy(asked).unwrap()).collect()
    }

    fn answers(&self, asked: &Asked, what: &str) -> usize {
        let answer = self.columns.answer(asked, self.against()).unwrap();
        let mut answer: Vec<CustomerId> = answer.rows().map(|row| self.columns.customer(row)).collect();
        answer.sort_unstable();
        let expected: Vec<CustomerId> = self.found(asked).iter().map(|facts| facts.profile.id).collect();
        assert!(answer == expected, "{what}: {} found, {} expected", answer.len(), expected.len());
        answer.len()
    }

    // Without columns and ranks.
    fn order(&self, sort: CustomerSort, one: &Facts<'_>, other: &Facts<'_>) -> Ordering {
        let turned = |order: Ordering| if sort.descending { order.reverse() } else { order };
        fn lasting<T: Ord>(one: Option<T>, other: Option<T>, turned: impl Fn(Ordering) -> Ordering) -> Ordering {
            match (one, other) {
                (Some(one), Some(other)) => turned(one.cmp(&other)),
                (one, other) => one.is_none().cmp(&other.is_none()),
            }
        }
        let (this, that) = (one.profile, other.profile);
        let number = |facts: &Facts<'_>, of: fn(&Figures) -> i64| facts.figures.map_or(0, of);
        let by = match sort.by {
            SortBy::Number => turned(this.number.cmp(&that.number)),
            SortBy::FirstRegistered => turned(this.registered_on.cmp(&that.registered_on)),
            SortBy::Visits => turned(number(one, |figures| figures.visits.into()).cmp(&number(other, |figures| figures.visits.into()))),
            SortBy::Amount => turned(number(one, |figures| figures.amount.0).cmp(&number(other, |figures| figures.amount.0))),
            SortBy::Kana => lasting(this.kana.as_ref(), that.kana.as_ref(), turned),
            SortBy::LastVisit => lasting(one.day(DayField::LastVisit).unwrap(), other.day(DayField::LastVisit).unwrap(), turned),
        };
        by.then(this.number.cmp(&that.number)).then(this.id.cmp(&that.id))
    }

    fn pages(&self, asked: &Asked, sort: CustomerSort, dice: &mut Dice) {
        let mut all = self.found(asked);
        all.sort_by(|one, other| self.order(sort, one, other));
        let anybody = &self.facts[dice.below(u32::try_from(self.facts.len()).unwrap()) as usize];
        let places = [None, all.get(49).copied(), all.get(all.len() / 2).copied(), all.last().copied(), Some(anybody)];
        for after in places {
            for wanted in [1, 50, 3_000] {
                let stand = after.map(|facts| self.columns.stand(sort, self.columns.row_of(facts.profile.id).unwrap()));
                let rest: Vec<CustomerId> = all
                    .iter()
                    .filter(|one| after.is_none_or(|after| self.order(sort, one, after) == Ordering::Greater))
                    .map(|one| one.profile.id)
                    .collect();
                let found = self.columns.page(asked, self.against(), sort, stand, wanted).unwrap();
                assert_eq!((found.all, found.left), (all.len(), rest.len()), "{sort:?}");
                let first: Vec<CustomerId> = found.first.iter().map(|row| self.columns.customer(*row)).collect();
                assert!(first.iter().eq(rest.iter().take(wanted)), "{sort:?}, {wanted} after {:?}", stand);
            }
        }
    }
}

#[test]
fn s13_blocks_say_of_thousands_what_the_rules_say() {
    for in_order in [true, false] {
        let salon = salon(in_order);
        let check = Check::of(&salon, !in_order);
        let mut some = 0;
        let all = questions();
        for (place, asked) in all.iter().enumerate() {
            some += usize::from((1..salon.profiles.len()).contains(&check.answers(asked, &format!("question {place}"))));
        }
        assert!(some > all.len() / 2, "{some} of {}", all.len());
        let mut dice = Dice(11);
        for round in 0..80 {
            check.answers(&any_question(&mut dice, 3), &format!("round {round}"));
        }
        // Of few customers, whose reservations are looked at one by one, and then of many.
        for label in Label::ALL {
            for rare in [Asked::Text(TextField::Phone, "090177".to_owned()), Asked::Flag(Flag::Newsletter), Asked::All(Vec::new())] {
                let staff = || OfReservation::Staff(vec!["sato".parse().unwrap(), "ito".parse().unwrap()]);
                let menus = || OfReservation::Menu(vec![menu("spa"), menu("cut")]);
                let status = || OfReservation::Status(vec![label]);
                let that = match label {
                    Label::Visited => OfReservation::All(vec![status(), staff(), menus()]),
                    _ => OfReservation::All(vec![OfReservation::Status(vec![label, Label::Visited]), menus()]),
                };
                check.answers(&Asked::All(vec![reservation(that, &[label, Label::Visited]), rare]), label.name());
                check.answers(&Asked::Not(Box::new(reservation(OfReservation::All(vec![status(), staff()]), &[label]))), label.name());
            }
        }
    }
}

fn sorts() -> impl Iterator<Item = CustomerSort> {
    let by = [SortBy::Number, SortBy::Kana, SortBy::FirstRegistered, SortBy::LastVisit, SortBy::Visits, SortBy::Amount];
    by.into_iter().flat_map(|by| [false, true].map(|descending| CustomerSort { by, descending }))
}

#[test]
fn s9_pages_of_thousands_are_those_of_a_whole_sort() {
    for (in_order, shuffled) in [(true, false), (false, false), (true, true)] {
        let salon = salon(in_order);
        let mut check = Check::of(&salon, !in_order);
        if shuffled {
            check = check.shuffled();
        }
        assert_eq!(check.columns.people.number.ascends(), in_order);
        let mut dice = Dice(13);
        for sort in sorts() {
            check.pages(&Asked::All(Vec::new()), sort, &mut dice);
            check.pages(&any_question(&mut dice, 2), sort, &mut dice);
            check.pages(&Asked::Flag(Flag::Line), sort, &mut dice);
        }
    }
}

#[test]
fn s13_whatever_a_block_says_it_is_asked_without_a_panic_and_to_an_end() {
    let salon = Salon::of_odd_people();
    let whole = postcard::to_allocvec(&salon.columns(false)).unwrap();
    let (mut dice, mut read) = (Dice(17), 0);
    // Where one byte is of moment, as few values are: the smallest, an odd one, the largest. And several at once.
    let one = (0..whole.len()).flat_map(|place| [0, 9, u8::MAX].map(|byte| vec![(place, byte)]));
    let some = (0..300).map(|_| {
        let byte = |dice: &mut Dice| (dice.below(u32::try_from(whole.len()).unwrap()) as usize, u8::try_from(dice.below(256)).unwrap());
        (0..=dice.below(3)).map(|_| byte(&mut dice)).collect::<Vec<_>>()
    });
    for changes in some.collect::<Vec<_>>().into_iter().chain(one.step_by(4)) {
        let mut bytes = whole.clone();
        changes.iter().for_each(|(place, byte)| bytes[*place] = *byte);
        let Some(mut columns) = postcard::from_bytes::<Columns>(&bytes).ok().filter(Columns::is_sound) else { continue };
        read += 1;
        let against = Against { categories: &salon.categories, now: NOW, today: salon.calendar.day_of(NOW).unwrap() };
        for asked in questions().iter().step_by(3) {
            drop(columns.answer(asked, against));
        }
        for sort in sorts() {
            drop(columns.page(&Asked::Flag(Flag::Line), against, sort, None, 9));
        }
        assert!(columns.who().pairs().iter().all(|pair| pair.one < pair.other));
        for profile in salon.profiles.values().step_by(7) {
            columns.put_customer(profile.id, profile.number, None);
            columns.put_figures(profile.id, None);
        }
        for booked in salon.booked.iter().step_by(11) {
            columns.put_reservation(booked);
            columns.remove_reservation(booked.id);
        }
        columns.settle();
    }
    assert!(read > 100, "{read}");
}
