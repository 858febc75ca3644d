//! The columns against `holds.rs`: whoever satisfies a question by the one satisfies it by the other, in whatever order the records came.
use std::collections::BTreeMap;

use super::super::asked::{Asked, AskedReservation, Bounds, OfReservation, is_live};
use super::super::holds::Facts;
use super::*;
use crate::id::{MenuId, ReservationId};
use crate::money::Yen;
use crate::record::{DayField, Flag, Frequency, Gender, Label, MoneyField, TextField, VisitCategory, VisitMark, VisitRef, YenRange};
use crate::search::row::LineFace;
use crate::time::{DateRange, Instant};

pub(super) const HOUR: i64 = 3_600_000;
pub(super) const DAY: i64 = 24 * HOUR;
// 2026-11-21 10:00 in Japan.
pub(super) const NOW: Instant = Instant(1_795_222_800_000);

#[derive(Default)]
pub(super) struct Salon {
    pub(super) calendar: Calendar,
    pub(super) profiles: BTreeMap<CustomerId, Profile>,
    pub(super) figures: BTreeMap<CustomerId, Figures>,
    pub(super) booked: Vec<Booked>,
    pub(super) by_hand: Vec<(CustomerId, Date)>,
    pub(super) lists: BTreeMap<CustomerId, Vec<ListKind>>,
    pub(super) categories: Vec<VisitCategory>,
}

pub(super) fn customer(n: u32) -> CustomerId {
    CustomerId::from_ordinal(n)
}

pub(super) fn date(text: &str) -> Date {
    text.parse().unwrap()
}

pub(super) fn menu(text: &str) -> MenuId {
    text.parse().unwrap()
}

pub(super) fn profile(n: u32, names: &[&str], phone: &str) -> Profile {
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let split = |name: &str| name.char_indices().nth(n as usize / 3 % 3).map_or(0, |(place, _)| place);
    Profile {
        id: customer(n),
        number: n,
        family_name: String::new(),
        given_name: String::new(),
        family_kana: None,
        given_kana: None,
        phone_registration: n.is_multiple_of(5),
        line: n.is_multiple_of(2).then(|| LineFace { display_name: names.get(1).map(|name| (*name).to_owned()), picture_url: None }),
        phones: Vec::new(),
        gender: [None, Some(Gender::Female), Some(Gender::Male), Some(Gender::Other)][n as usize % 4],
        has_account: n.is_multiple_of(3),
        newsletter: n.is_multiple_of(7),
        channels: texts([&["紹介", "看板"][..], &["看板"], &[]][n as usize % 3]),
        registered_on: date(["1929-12-31", "2026-10-01", "2109-06-04", "2109-06-05", "1868-01-01"][n as usize % 5]),
        names: texts(names),
        // Some are two words of them, at any place.
        families: names.iter().map(|name| split(name)).collect(),
        emails: texts(&[&format!("mail{n}@example.jp")]),
        digits: texts(&[phone]),
        postal_code: texts(&["1500001"]),
        address: texts(&["東京都渋谷区"]),
        company: Vec::new(),
        attributes: texts(&["車椅子"]),
        custom_fields: vec![("肌質".to_owned(), ["乾燥", "", "脂性"][n as usize % 3].to_owned())],
        kana: None,
        name: names.first().map_or_else(Default::default, |name| {
            let (family, given) = name.split_at(split(name));
            let words = if family.is_empty() { [given, ""] } else { [family, given] };
            [words[0], words[1], "", ""].map(str::to_owned)
        }),
        former_names: (n % 4 == 1).then(|| ["旧姓", "花子", "", ""].map(str::to_owned)).into_iter().collect(),
        birthday: [None, Some("1929-12-31"), Some("--02-29"), Some("1990-05-12")][n as usize % 4].map(|text| text.parse().unwrap()),
        placeholder: n.is_multiple_of(9),
    }
}

impl Salon {
    pub(super) fn come(&mut self, n: u32, id: u32, start: Instant, label: Label) {
        let place = id as usize;
        self.booked.push(Booked {
            id: ReservationId::from_ordinal(id),
            customer: customer(n),
            shop: ["honten", "ekimae"][place % 2].parse().unwrap(),
            staff: None,
            start,
            end: start,
            label,
            staffs: vec![["sato", "abe", "ito"][place % 3].parse().unwrap()],
            menus: vec![menu(["cut", "color"][place % 2]), menu(["spa", "perm", "nail", "set"][place % 4])],
        });
    }

    // Everybody who is not like everybody else.
    pub(super) fn of_odd_people() -> Self {
        let mut salon = Self::default();
        let names = ["山田太郎", "ヤマダタロウ", "高橋", "田", "太", "山口花", "佐藤", "口"];
        for n in 1..=90 {
            let place = n as usize;
            salon.profiles.insert(
                customer(n),
                profile(n, &[names[place % 8], names[place / 8 % 8]], ["09012345678", "0312345678", "5678", "05678901"][place % 4]),
            );
        }
        // Counts about what a byte holds, sums about what 32 bits hold, figures of nobody.
        for (n, count) in (1..).zip([0_u32, 1, 253, 254, 255, 256, 257, 70_000, u32::MAX]) {
            for (of, shift) in [(n, 0), (n + 10, 10), (n + 20, 20), (n + 100, 0)] {
                let mut figures = Figures::none(customer(of));
                match shift {
                    0 => figures.visits = count,
                    10 => figures.reservations = count,
                    _ => figures.cancelled_early = count,
                }
                figures.amount = Yen(i64::from(count) * 99 - 99);
                figures.due = Yen(i64::from(count % 3) * 500);
                figures.cancelled_late = figures.cancelled_late.max(count % 2);
                figures.no_shows = u32::from(count == 253);
                salon.figures.insert(customer(of), figures);
            }
        }
        for (n, amount) in (31..).zip([i64::from(u32::MAX) - 1, u32::MAX.into(), i64::from(u32::MAX) + 1, -1, i64::MAX, i64::MIN, 300, 299])
        {
            salon.figures.insert(customer(n), Figures { visits: n % 3, amount: Yen(amount), ..Figures::none(customer(n)) });
        }
        for (n, day) in
            (40..).zip(["1868-01-03", "1929-12-31", "1930-01-01", "2026-11-21", "2026-11-22", "2109-06-04", "2109-06-05", "9999-12-30"])
        {
            let at = Calendar::default().at(date(day), if n % 2 == 0 { 1 } else { 1_439 });
            let mark = VisitMark {
                visit: VisitRef::Reservation { id: ReservationId::from_ordinal(n) },
                at,
                day: None,
                menus: vec![menu("cut"), menu("spa")],
            };
            salon
                .figures
                .insert(customer(n), Figures { first_visit: Some(mark.clone()), last_visits: vec![mark], ..Figures::none(customer(n)) });
            salon.come(n, n * 7, at, Label::Visited);
            salon.come(n, n * 7 + 1, at.plus_ms(1), Label::Upcoming);
        }
        // Eleven to fourteen visits, three to five weeks apart; two of them with one ahead; one 256 times.
        let mut id = 1_000;
        for n in 50..70 {
            for visit in 0..i64::from(11 + n % 4) {
                id += 1;
                salon.come(n, id, NOW.plus_ms(-visit * i64::from(n % 15 + 20) * DAY - i64::from(n) * DAY), Label::Visited);
            }
            if n % 7 == 0 {
                id += 1;
                salon.come(n, id, NOW.plus_ms(3 * DAY), Label::Visited);
            }
        }
        salon.by_hand.extend((0..256).map(|day| (customer(71), date("2025-06-01").days_after(day * 2))));
        salon.by_hand.extend([(customer(72), date("1900-01-01")), (customer(72), date("2026-11-20")), (customer(52), date("2026-11-20"))]);
        salon.by_hand.extend([(customer(52), date("2026-11-20")), (customer(73), date("2026-11-21"))]);
        // Every label, before now, at it and after it, to the millisecond.
        for (n, label) in (1_u32..).zip(Label::ALL.into_iter().cycle().take(40)) {
            salon.come(n % 90 + 1, n * 64 + 5_000, NOW.plus_ms([0, 1, -1, 60_000, -60_000, DAY, -DAY][n as usize % 7]), label);
        }
        for (n, on) in (1..).zip([vec![ListKind::Watch], vec![ListKind::Grey, ListKind::Black], vec![ListKind::Black]]) {
            salon.lists.insert(customer(n * 9), on);
        }
        let category = |name: &str| VisitCategory {
            name: name.to_owned(),
            visits_from: None,
            visits_to: None,
            within_days: None,
            after_days: None,
            frequency: None,
        };
        salon.categories = vec![
            VisitCategory { visits_from: Some(256), ..category("毎日") },
            VisitCategory { visits_from: Some(12), within_days: Some(60), ..category("VIP") },
            VisitCategory { frequency: Some(Frequency::Average { days: 60, times: 1 }), visits_to: Some(14), ..category("常連") },
            VisitCategory { after_days: Some(90), ..category("休眠") },
        ];
        salon
    }

    pub(super) fn columns(&self, backwards: bool) -> Columns {
        let mut columns = Columns::default();
        columns.set_calendar(self.calendar);
        if backwards {
            columns.reserve(80, 2_000);
        }
        let feed: [&dyn Fn(&mut Columns); 5] = [
            &|columns| self.profiles.values().for_each(|profile| columns.put_customer(profile.id, profile.number, Some(profile))),
            &|columns| self.figures.values().for_each(|figures| columns.put_figures(figures.customer, Some(figures))),
            &|columns| self.booked.iter().for_each(|booked| columns.put_reservation(booked)),
            &|columns| self.by_hand.iter().for_each(|(customer, day)| columns.put_visit(*customer, *day)),
            &|columns| self.lists.iter().for_each(|(customer, on)| columns.put_lists(*customer, on)),
        ];
        if backwards {
            self.by_hand.iter().rev().for_each(|(customer, day)| columns.put_visit(*customer, *day));
            self.booked.iter().rev().for_each(|booked| columns.put_reservation(booked));
            self.figures.values().rev().for_each(|figures| columns.put_figures(figures.customer, Some(figures)));
            feed[4](&mut columns);
            self.profiles.values().rev().for_each(|profile| columns.put_customer(profile.id, profile.number, Some(profile)));
        } else {
            feed.iter().for_each(|feed| feed(&mut columns));
        }
        columns.settle();
        columns
    }

    /// All that is known of everybody.
    pub(super) fn facts(&self, now: Instant) -> Vec<Facts<'_>> {
        let today = self.calendar.day_of(now).unwrap();
        let (mut booked, mut visits) = (BTreeMap::<CustomerId, Vec<&Booked>>::new(), BTreeMap::<CustomerId, Vec<Date>>::new());
        for one in &self.booked {
            booked.entry(one.customer).or_default().push(one);
            if one.is_visited() {
                visits.entry(one.customer).or_default().push(self.calendar.day_of(one.start).unwrap());
            }
        }
        self.by_hand.iter().for_each(|(who, day)| visits.entry(*who).or_default().push(*day));
        visits.values_mut().for_each(|visits| visits.sort_unstable());
        let mut all = Vec::new();
        for profile in self.profiles.values() {
            let id = &profile.id;
            all.push(Facts {
                profile,
                figures: self.figures.get(id),
                booked: booked.remove(id).unwrap_or_default(),
                visits: visits.remove(id).unwrap_or_default(),
                lists: self.lists.get(id).cloned().unwrap_or_default(),
                calendar: self.calendar,
                categories: &self.categories,
                now,
                today,
            });
        }
        all
    }

    fn expected(&self, asked: &Asked, now: Instant) -> Vec<CustomerId> {
        self.facts(now).iter().filter(|facts| facts.satisfy(asked).unwrap()).map(|facts| facts.profile.id).collect()
    }

    /// Every question, on days near and far.
    fn agrees_with(&self, columns: &Columns) {
        for label in Label::ALL {
            let count = self.booked.iter().filter(|booked| booked.label == label).count();
            assert_eq!(columns.in_use(label), u32::try_from(count).unwrap(), "{label:?}");
        }
        let days = ["2026-11-21", "2026-11-22", "2026-12-31", "2030-01-01", "1929-12-31", "2109-06-05", "2300-01-01"];
        let mut idle = Vec::new();
        for (place, asked) in questions().iter().enumerate() {
            let mut found = Vec::new();
            for now in days.iter().map(|day| self.calendar.at(date(day), 600)).chain([NOW, NOW.plus_ms(-1), NOW.plus_ms(1)]) {
                let today = self.calendar.day_of(now).unwrap();
                let answer = columns.answer(asked, Against { categories: &self.categories, now, today }).unwrap();
                let mut answer: Vec<CustomerId> = answer.rows().map(|row| columns.customer(row)).collect();
                answer.sort_unstable();
                assert_eq!(answer, self.expected(asked, now), "question {place} at {now:?}");
                found.push(answer.len());
            }
            if !found.iter().any(|found| (1..self.profiles.len()).contains(found)) {
                idle.push(place);
            }
        }
        assert!(idle.len() <= 12, "nobody, or everybody, always satisfies these: {idle:?}");
    }
}

pub(super) fn reservation(that: OfReservation, asked: &[Label]) -> Asked {
    let among = Label::ALL.into_iter().filter(|label| is_live(*label) || asked.contains(label)).collect();
    Asked::Reservation(AskedReservation { among, that })
}

pub(super) fn range(from: Option<&str>, to: Option<&str>) -> DateRange {
    DateRange { from: from.map(date), to: to.map(date) }
}

pub(super) fn questions() -> Vec<Asked> {
    let mut all = Vec::new();
    for field in [CountField::Visits, CountField::Reservations, CountField::Cancellations] {
        for (least, most) in [(0, 0), (1, 253), (254, 254), (255, 255), (256, 256), (254, 256), (255, u32::MAX), (257, u32::MAX), (0, 254)]
        {
            all.push(Asked::Count(field, Bounds { least, most }));
        }
    }
    for field in [MoneyField::Amount, MoneyField::Average, MoneyField::Due] {
        let big = i64::from(u32::MAX);
        for (from, to) in [
            (Some(0), Some(0)),
            (Some(1), None),
            (None, Some(-1)),
            (Some(98), Some(150)),
            (Some(300), Some(500)),
            (Some(big - 1), None),
            (None, Some(big)),
            (Some(big + 1), Some(i64::MAX)),
        ] {
            all.push(Asked::Money(field, YenRange { from: from.map(Yen), to: to.map(Yen) }));
        }
    }
    let spans = [
        (Some("1930-01-01"), None),
        (None, Some("1929-12-31")),
        (Some("2026-11-21"), Some("2026-11-22")),
        (Some("1868-01-01"), Some("2109-06-04")),
        (Some("2109-06-05"), None),
        (None, Some("2026-11-20")),
    ];
    for (from, to) in spans {
        all.extend([DayField::FirstRegistered, DayField::FirstVisit, DayField::LastVisit].map(|field| Asked::Day(field, range(from, to))));
        all.push(reservation(OfReservation::Day(range(from, to)), &[]));
    }
    for flag in [Flag::Line, Flag::LastMinuteCancel, Flag::NoShow, Flag::Account, Flag::Newsletter, Flag::PhoneRegistration] {
        all.push(Asked::Not(Box::new(Asked::Flag(flag))));
    }
    for (days, times) in [(60, 1), (30, 1), (365, 8), (1, 1), (36_500, 1), (36_500, 36_500)] {
        all.push(Asked::Not(Box::new(Asked::Frequency(Frequency::Average { days, times }))));
    }
    for (days, times) in [(1, 1), (90, 1), (90, 2), (400, 12), (500, 13), (500, 14), (600, 200), (36_500, 256), (36_500, 1)] {
        all.push(Asked::Frequency(Frequency::Trailing { days, times }));
    }
    all.extend([1, 22, 30, 36_500].map(|days| Asked::Frequency(Frequency::LastGaps { days })));
    all.extend(["毎日", "VIP", "常連", "休眠"].map(|name| Asked::Category(vec![name.to_owned()])));
    for needle in ["山", "田", "口", "太", "山田", "田太郎", "ダタ", "山田太郎"] {
        all.push(Asked::Text(TextField::Name, needle.to_owned()));
    }
    for needle in ["5678", "8", "123", "0901234", "678901"] {
        all.push(Asked::Text(TextField::Phone, needle.to_owned()));
    }
    all.push(Asked::Text(TextField::Email, "mail1".to_owned()));
    all.push(Asked::CustomField("肌質".to_owned(), None));
    all.push(Asked::CustomField("肌質".to_owned(), Some("乾".to_owned())));
    all.push(Asked::LastMenu(vec![menu("spa")]));
    all.push(Asked::Channel(vec!["紹介".to_owned()]));
    all.push(Asked::Gender(vec![Gender::Female, Gender::Other]));
    all.push(Asked::Listed(vec![ListKind::Black]));
    all.push(Asked::Holder([customer(3), customer(500)].into()));
    for label in Label::ALL {
        all.push(reservation(OfReservation::Status(vec![label]), &[label]));
        all.push(reservation(OfReservation::Not(Box::new(OfReservation::Status(vec![label, Label::Visited]))), &[]));
    }
    all.push(reservation(
        OfReservation::All(vec![
            OfReservation::Staff(vec!["sato".parse().unwrap(), "ito".parse().unwrap()]),
            OfReservation::Any(vec![OfReservation::Menu(vec![menu("nail")]), OfReservation::Shop(vec!["honten".parse().unwrap()])]),
        ]),
        &Label::ALL,
    ));
    all.push(Asked::All(vec![
        Asked::Any(vec![Asked::Flag(Flag::Line), Asked::Gender(vec![Gender::Male])]),
        Asked::Not(Box::new(Asked::Text(TextField::Name, "田".to_owned()))),
        Asked::Segment(Box::new(Asked::All(Vec::new()))),
    ]));
    all
}

#[test]
fn s13_columns_say_of_odd_people_what_the_rules_say() {
    let mut salon = Salon::of_odd_people();
    salon.agrees_with(&salon.columns(false));
    salon.agrees_with(&salon.columns(true));
    // The day begins at five, in another place of the world.
    salon.calendar = Calendar { utc_offset_minutes: -300, day_starts_minutes: 300 };
    salon.agrees_with(&salon.columns(false));
    salon.agrees_with(&salon.columns(true));
    assert!(salon.columns(false) == salon.columns(true));
}

#[test]
fn s13_whatever_goes_is_gone_and_may_come_back() {
    let mut salon = Salon::of_odd_people();
    let mut columns = salon.columns(false);
    let mut gone = Salon { calendar: salon.calendar, categories: salon.categories.clone(), ..Salon::default() };
    let odd = |n: u32| n % 2 == 1;
    for customer in salon.profiles.keys().copied().filter(|customer| odd(customer.ordinal())).collect::<Vec<_>>() {
        if let Some(profile) = salon.profiles.remove(&customer) {
            columns.put_customer(customer, profile.number, None);
            gone.profiles.insert(customer, profile);
        }
    }
    for customer in salon.figures.keys().copied().filter(|customer| customer.ordinal() % 3 == 1).collect::<Vec<_>>() {
        if let Some(figures) = salon.figures.remove(&customer) {
            columns.put_figures(customer, None);
            gone.figures.insert(customer, figures);
        }
    }
    let (stays, goes) = core::mem::take(&mut salon.booked).into_iter().partition(|booked| odd(booked.id.ordinal()));
    (salon.booked, gone.booked) = (stays, goes);
    for booked in &gone.booked {
        assert_eq!(columns.remove_reservation(booked.id), Some(booked.customer));
    }
    gone.by_hand = salon.by_hand.split_off(100);
    gone.by_hand.iter().for_each(|(customer, day)| columns.remove_visit(*customer, *day));
    columns.put_lists(customer(9), &[]);
    salon.lists.remove(&customer(9));
    let check = |salon: &Salon, columns: &Columns| {
        for (asked, now) in questions().iter().map(|asked| (asked, NOW)) {
            let today = salon.calendar.day_of(now).unwrap();
            let answer = columns.answer(asked, Against { categories: &salon.categories, now, today }).unwrap();
            let mut answer: Vec<CustomerId> = answer.rows().map(|row| columns.customer(row)).collect();
            answer.sort_unstable();
            assert_eq!(answer, salon.expected(asked, now));
        }
    };
    check(&salon, &columns);
    gone.profiles.values().for_each(|profile| columns.put_customer(profile.id, profile.number, Some(profile)));
    gone.figures.values().for_each(|figures| columns.put_figures(figures.customer, Some(figures)));
    gone.booked.iter().for_each(|booked| columns.put_reservation(booked));
    gone.by_hand.iter().for_each(|(customer, day)| columns.put_visit(*customer, *day));
    salon.profiles.append(&mut gone.profiles);
    salon.figures.append(&mut gone.figures);
    salon.booked.append(&mut gone.booked);
    salon.by_hand.append(&mut gone.by_hand);
    salon.agrees_with(&columns);
    // An edit that changes every text.
    for n in 1..=90 {
        let new = profile(n, &["花子", "ハナコ"], "0312340000");
        columns.put_customer(customer(n), n, Some(&new));
        salon.profiles.insert(customer(n), new);
    }
    check(&salon, &columns);
}

#[test]
fn an_instant_on_no_day_is_in_no_range_of_days_and_goes_as_it_came() {
    let mut columns = Columns::default();
    let mut salon = Salon::default();
    salon.come(1, 1, Instant(i64::MAX), Label::Visited);
    let [booked] = &salon.booked[..] else { panic!() };
    columns.put_reservation(booked);
    let on_any_day = DateRange { from: Some(Date::FIRST), to: Some(Date::LAST) };
    assert_eq!(columns.reservations(&[], Some(on_any_day), None, NOW).count(), 0);
    assert_eq!(columns.reservations(&[Label::Visited], None, None, NOW).map(|booking| booking.start).collect::<Vec<_>>(), [booked.start]);
    columns.remove_reservation(booked.id);
    columns.remove_reservation(booked.id);
    assert!(columns.reservations(&[], None, None, NOW).next().is_none() && columns == Columns::default());
}
