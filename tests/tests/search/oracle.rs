//! What a condition means, over plain records, with loops and nothing kept: what the index answers must be this (S13).
use std::collections::BTreeMap;

use daicho::text::{email::partial_key, phone::digits_key, search_key};
use daicho::*;
use daicho_tests::*;

/// A salon as its store has it.
pub(crate) struct Oracle {
    now: Instant,
    settings: Settings,
    customers: BTreeMap<CustomerId, Customer>,
    reservations: Vec<Reservation>,
    by_hand: Vec<ManualVisit>,
    sales: Vec<Sale>,
    listings: Vec<Listing>,
    segments: BTreeMap<SegmentId, Segment>,
}

struct Visit {
    at: Instant,
    order: (u8, u32),
    day: Date,
    menus: Vec<MenuId>,
    amount: i64,
}

fn all<T: Entity + Clone, S: Store>(desk: &Desk<S>) -> Vec<T> {
    let page = desk.ledger.store().scan(desk.ledger.salon(), T::KIND, None, 100_000).unwrap();
    page.records.iter().filter_map(|record| T::of(record).cloned()).collect()
}

impl Oracle {
    pub(crate) fn of<S: Store>(desk: &Desk<S>) -> Self {
        Self {
            now: desk.now,
            settings: all::<Settings, S>(desk).pop().unwrap_or_default(),
            customers: all::<Customer, S>(desk).into_iter().map(|customer| (customer.id, customer)).collect(),
            reservations: all(desk),
            by_hand: all(desk),
            sales: all(desk),
            listings: all(desk),
            segments: all::<Segment, S>(desk).into_iter().map(|segment| (segment.id.clone(), segment)).collect(),
        }
    }

    /// Everybody of whom a condition holds, by number.
    pub(crate) fn found(&self, condition: &Condition) -> Vec<CustomerId> {
        self.customers
            .values()
            .filter(|customer| customer.is_active() && self.holds(customer, condition))
            .map(|customer| customer.id)
            .collect()
    }

    fn today(&self) -> Date {
        self.day(self.now)
    }

    fn day(&self, at: Instant) -> Date {
        self.settings.calendar.day_of(at).unwrap()
    }

    fn of_customer(&self, id: CustomerId) -> impl Iterator<Item = &Reservation> {
        self.reservations.iter().filter(move |reservation| reservation.customer == id)
    }

    // N1, N6: visits of reservations and those by hand, the latest last.
    fn visits(&self, id: CustomerId) -> Vec<Visit> {
        let visited = self.of_customer(id).filter(|reservation| matches!(reservation.booking, BookingState::Visited { .. }));
        let mut visits: Vec<Visit> = visited
            .map(|reservation| Visit {
                at: reservation.start,
                order: (1, reservation.id.ordinal()),
                day: self.day(reservation.start),
                menus: reservation.menus_done(),
                amount: reservation.amount().unwrap().0,
            })
            .collect();
        let by_hand = self.by_hand.iter().filter(|visit| visit.customer == id && visit.reservation.is_none());
        visits.extend(by_hand.map(|visit| Visit {
            at: visit.at,
            order: (0, visit.id.ordinal()),
            day: visit.day,
            menus: visit.menus.clone(),
            amount: visit.amount.0,
        }));
        visits.sort_by_key(|visit| (visit.at, visit.order));
        visits
    }

    fn count(&self, id: CustomerId, field: CountField) -> u32 {
        let count = match field {
            CountField::Visits => self.visits(id).len(),
            CountField::Reservations => {
                self.of_customer(id).filter(|one| one.ever_confirmed && !matches!(one.booking, BookingState::EnteredInError { .. })).count()
            }
            CountField::Cancellations => self
                .of_customer(id)
                .filter(|one| match one.booking {
                    BookingState::Cancelled { by, .. } => by == CancelledBy::Customer && one.ever_confirmed,
                    BookingState::NoShow { .. } => true,
                    _ => false,
                })
                .count(),
        };
        u32::try_from(count).unwrap()
    }

    fn amount(&self, id: CustomerId) -> i64 {
        let alone = self.sales.iter().filter(|sale| sale.customer == id && sale.stands() && sale.reservation.is_none());
        self.visits(id).iter().map(|visit| visit.amount).sum::<i64>() + alone.map(|sale| sale.total.0).sum::<i64>()
    }

    fn resolved(&self, mut id: CustomerId) -> CustomerId {
        while let Some(CustomerState::Merged { into, .. }) = self.customers.get(&id).map(|customer| customer.state.clone()) {
            id = into;
        }
        id
    }

    fn holds(&self, customer: &Customer, condition: &Condition) -> bool {
        let id = customer.id;
        let any = |texts: Vec<String>, key: String| texts.iter().any(|text| text.contains(&key));
        match condition {
            Condition::All { of } => of.iter().all(|one| self.holds(customer, one)),
            Condition::Any { of } => of.iter().any(|one| self.holds(customer, one)),
            Condition::Not { that } => !self.holds(customer, that),
            Condition::Segment { segment } => self.holds(customer, &self.segments[segment].condition),
            Condition::Text { field, contains } => match field {
                TextField::Name => {
                    let kana = |kana: &Option<String>| kana.clone().unwrap_or_default();
                    let (family, given) = (customer.family_name.clone(), customer.given_name.clone());
                    let (family_kana, given_kana) = (kana(&customer.family_kana), kana(&customer.given_kana));
                    let line = customer.line.as_ref().and_then(|line| line.display_name.clone()).unwrap_or_default();
                    let texts =
                        [format!("{family}{given}"), format!("{family_kana}{given_kana}"), family, given, family_kana, given_kana, line];
                    any(texts.iter().map(|text| search_key(text)).collect(), search_key(contains))
                }
                TextField::Phone => any(customer.phones.iter().map(|phone| phone.digits.clone()).collect(), digits_key(contains)),
                TextField::Email => any(customer.emails.iter().map(|email| email.key.clone()).collect(), partial_key(contains)),
                TextField::PostalCode => {
                    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
                    any(customer.postal_code.iter().map(|code| digits(code)).collect(), digits(contains))
                }
                TextField::Address => {
                    let parts = [&customer.prefecture, &customer.city_street, &customer.building];
                    let whole: String = parts.into_iter().flatten().cloned().collect();
                    any(vec![search_key(&whole)], search_key(contains))
                }
                TextField::Company => {
                    any(customer.company.iter().chain(&customer.department).map(|text| search_key(text)).collect(), search_key(contains))
                }
                TextField::Attribute => any(customer.attributes.iter().map(|text| search_key(text)).collect(), search_key(contains)),
            },
            Condition::Number { is } => self.customers.values().any(|other| {
                self.resolved(other.id) == id && (other.number.to_string() == *is || other.number_aliases.iter().any(|alias| alias == is))
            }),
            Condition::CustomField { name, contains } => customer.custom_fields.iter().any(|field| {
                field.name == *name
                    && !field.value.is_empty()
                    && contains.as_ref().is_none_or(|text| search_key(&field.value).contains(&search_key(text)))
            }),
            Condition::Count { field, count } => {
                let found = self.count(id, *field);
                match *count {
                    Count::Exactly { count } => found == count,
                    Count::Between { from, to } => from <= found && found <= to,
                    Count::AtLeast { count } => found >= count,
                    Count::AtMost { count } => found <= count,
                }
            }
            Condition::Money { field, yen } => {
                let visits = i64::try_from(self.visits(id).len()).unwrap();
                let found = match field {
                    MoneyField::Amount => Some(self.amount(id)),
                    MoneyField::Average => (visits > 0).then(|| self.amount(id).div_euclid(visits)),
                    MoneyField::Due => Some(self.of_customer(id).map(|one| one.due().0).sum()),
                };
                found.is_some_and(|found| yen.from.is_none_or(|from| from.0 <= found) && yen.to.is_none_or(|to| found <= to.0))
            }
            Condition::Day { field, days } => {
                let visits = self.visits(id);
                let found = match field {
                    DayField::FirstRegistered => Some(customer.registered_on),
                    DayField::FirstVisit => visits.first().map(|visit| visit.day),
                    DayField::LastVisit => visits.last().map(|visit| visit.day),
                };
                found.is_some_and(|found| self.within(*days, found))
            }
            Condition::Flag { flag } => match flag {
                Flag::Line => customer.line.is_some(),
                Flag::LastMinuteCancel => self.of_customer(id).any(|one| {
                    let late = matches!(one.booking, BookingState::Cancelled { by: CancelledBy::Customer, timing: CancelTiming::Late, .. });
                    late && one.ever_confirmed
                }),
                Flag::NoShow => self.of_customer(id).any(|one| matches!(one.booking, BookingState::NoShow { .. })),
                Flag::Account => customer.has_account,
                Flag::Newsletter => customer.newsletter.as_ref().is_some_and(|newsletter| newsletter.opted_in),
                Flag::PhoneRegistration => customer.phone_registration,
            },
            Condition::LastMenu { of } => self.visits(id).last().is_some_and(|visit| visit.menus.iter().any(|menu| of.contains(menu))),
            Condition::Category { of } => {
                let days: Vec<Date> = self.days(id);
                let first = self.settings.visit_categories.iter().find(|category| self.meets(category, &days));
                first.is_some_and(|category| of.contains(&category.name))
            }
            Condition::Channel { of } => customer.channels.iter().any(|channel| of.contains(channel)),
            Condition::Gender { of } => customer.gender.is_some_and(|gender| of.contains(&gender)),
            Condition::Listed { on } => {
                self.listings.iter().any(|entry| entry.customer == id && entry.state == ListingState::Standing && on.contains(&entry.list))
            }
            Condition::Frequency { frequency } => self.often(*frequency, &self.days(id)),
            Condition::Reservation { that } => {
                let mut asked = Vec::new();
                named(that, true, &mut asked);
                self.of_customer(id).any(|one| {
                    let Some(label) = one.label() else { return false };
                    let over = matches!(one.booking, BookingState::Cancelled { .. } | BookingState::NoShow { .. });
                    (!over || asked.contains(&label)) && self.of_reservation(one, label, that)
                })
            }
        }
    }

    fn of_reservation(&self, one: &Reservation, label: Label, condition: &ReservationCondition) -> bool {
        match condition {
            ReservationCondition::All { of } => of.iter().all(|part| self.of_reservation(one, label, part)),
            ReservationCondition::Any { of } => of.iter().any(|part| self.of_reservation(one, label, part)),
            ReservationCondition::Not { that } => !self.of_reservation(one, label, that),
            ReservationCondition::Status { of } => of.contains(&label) && (label != Label::Upcoming || one.start > self.now),
            ReservationCondition::Day { days } => self.within(*days, self.day(one.start)),
            ReservationCondition::Staff { of } => {
                of.iter().any(|who| one.staff.as_ref() == Some(who) || one.lines.iter().any(|line| line.staff.as_ref() == Some(who)))
            }
            ReservationCondition::Menu { of } => {
                of.iter().any(|menu| one.lines.iter().any(|line| line.menu == *menu) || one.menus_done().contains(menu))
            }
            ReservationCondition::Shop { of } => of.contains(&one.shop),
        }
    }

    fn days(&self, id: CustomerId) -> Vec<Date> {
        let mut days: Vec<Date> = self.visits(id).iter().map(|visit| visit.day).collect();
        days.sort();
        days
    }

    fn within(&self, span: DaySpan, day: Date) -> bool {
        let on = |when: When| match when {
            When::Day { day } => day,
            When::Days { days } => Date::from_day_number(self.today().day_number() + days).unwrap(),
            When::Months { months } if months <= 0 => self.today().months_before(months.unsigned_abs()),
            When::Months { months } => self.today().months_after(months.unsigned_abs()),
        };
        span.from.is_none_or(|from| on(from) <= day) && span.to.is_none_or(|to| day <= on(to))
    }

    // N7
    fn often(&self, frequency: Frequency, days: &[Date]) -> bool {
        let number = |day: &Date| i64::from(day.day_number());
        let today = number(&self.today());
        let past: Vec<i64> = days.iter().map(number).filter(|day| *day <= today).collect();
        let n = i64::try_from(past.len()).unwrap();
        match frequency {
            Frequency::Average { days, times } => {
                let span = past.first().map_or(0, |first| (today - first + 1).max(days.into()));
                n >= 1 && n * i64::from(days) >= i64::from(times) * span
            }
            Frequency::Trailing { days, times } => {
                i64::try_from(past.iter().filter(|day| **day > today - i64::from(days)).count()).unwrap() >= times.into()
            }
            Frequency::LastGaps { days } => n >= 3 && past[past.len() - 1] - past[past.len() - 3] <= 2 * i64::from(days),
        }
    }

    // N9
    fn meets(&self, category: &VisitCategory, days: &[Date]) -> bool {
        let n = u32::try_from(days.len()).unwrap();
        let since = days.last().map(|last| i64::from(self.today().day_number()) - i64::from(last.day_number()));
        category.visits_from.is_none_or(|from| n >= from)
            && category.visits_to.is_none_or(|to| n <= to)
            && category.frequency.is_none_or(|frequency| self.often(frequency, days))
            && category.within_days.is_none_or(|most| since.is_some_and(|since| since <= most.into()))
            && category.after_days.is_none_or(|least| since.is_some_and(|since| since >= least.into()))
    }
}

// S5: the labels that are asked for, not those that are excluded.
fn named(condition: &ReservationCondition, asked: bool, found: &mut Vec<Label>) {
    match condition {
        ReservationCondition::All { of } | ReservationCondition::Any { of } => of.iter().for_each(|one| named(one, asked, found)),
        ReservationCondition::Not { that } => named(that, !asked, found),
        ReservationCondition::Status { of } if asked => found.extend(of),
        _ => {}
    }
}
