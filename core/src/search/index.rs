use std::collections::{BTreeMap, BTreeSet};

use super::asked::{Asked, Needs};
use super::columns::{Against, Bits, Columns};
use super::holds::Facts;
use super::reservations::Booked;
use super::row::{CustomerRow, Kept, Profile, Standing};
use super::tickets::Held;
use crate::error::Error;
use crate::id::{CustomerId, ListingId, ManualVisitId, MergeId, ReservationId, SegmentId, TicketId};
use crate::log::Role;
use crate::money::Yen;
use crate::record::{Customer, Figures, Kind, Label, ListKind, Listing, Mark, Merge, Record, Segment, VisitCategory};
use crate::time::{Calendar, Date, Instant};

/// A query of the index.
pub trait IndexQuery {
    /// What it answers.
    type Output;
    /// Its name in JSON.
    const NAME: &'static str;
    /// Who may ask (A3).
    const ROLES: &'static [Role];
    /// Answers from the index, which stands at one place of the log.
    fn find(&self, index: &Index, now: Instant) -> Result<Self::Output, Error>;
}

/// One salon's customers in memory, as of one place of the log, ready to be searched. Two indexes of one place are equal, however they came there.
#[derive(Default, PartialEq, Eq)]
pub struct Index {
    pub(super) sequence: u32,
    // Days are made from instants when asked for, so that a new calendar needs nothing rebuilt.
    calendar: Calendar,
    prepayment: bool,
    categories: Vec<VisitCategory>,
    customers: BTreeMap<CustomerId, Kept>,
    numbers: BTreeMap<String, BTreeSet<CustomerId>>,
    // As the store keeps them: what search shows is what the gate and the karte go by (N).
    figures: BTreeMap<CustomerId, Figures>,
    reservations: BTreeMap<ReservationId, Booked>,
    booked: BTreeMap<CustomerId, BTreeSet<ReservationId>>,
    // Visits by hand that count (N1).
    by_hand: BTreeMap<CustomerId, BTreeMap<ManualVisitId, Date>>,
    by_hand_of: BTreeMap<ManualVisitId, CustomerId>,
    segments: BTreeMap<SegmentId, Segment>,
    tickets: BTreeMap<TicketId, Held>,
    listings: BTreeMap<ListingId, Listing>,
    listed: BTreeMap<CustomerId, BTreeSet<ListingId>>,
    merges: BTreeMap<MergeId, Merge>,
    columns: Columns,
}

redacted_debug!(Index { sequence });

impl Index {
    /// The entry of the log up to which everything is in.
    #[must_use]
    pub const fn sequence(&self) -> u32 {
        self.sequence
    }

    // A record in the place of the one of the same kind and id. What is derived is derived per record, so the order of records does not matter.
    pub(super) fn put(&mut self, record: &Record) {
        match record {
            Record::Settings(settings) => {
                self.set_calendar(settings.calendar);
                self.prepayment = settings.prepayment;
                self.categories.clone_from(&settings.visit_categories);
            }
            Record::Customer(customer) => self.put_customer(customer),
            Record::Reservation(reservation) => {
                self.remove_reservation(reservation.id);
                if let Some(booked) = Booked::of(reservation) {
                    self.columns.put_reservation(&booked);
                    self.booked.entry(booked.customer).or_default().insert(booked.id);
                    self.reservations.insert(booked.id, booked);
                }
            }
            Record::ManualVisit(visit) => {
                self.remove_visit(visit.id);
                if visit.reservation.is_none() {
                    self.columns.put_visit(visit.customer, visit.day);
                    self.by_hand.entry(visit.customer).or_default().insert(visit.id, visit.day);
                    self.by_hand_of.insert(visit.id, visit.customer);
                }
            }
            Record::Segment(segment) => {
                self.segments.insert(segment.id.clone(), segment.as_ref().clone());
            }
            Record::Ticket(ticket) => {
                self.tickets.insert(ticket.id, Held::of(ticket));
            }
            Record::Figures(figures) => {
                let old = self.figures.insert(figures.customer, figures.as_ref().clone());
                self.columns.put_figures(figures.customer, old.as_ref(), Some(figures));
            }
            Record::Listing(listing) => {
                self.remove_listing(listing.id);
                if listing.stands() {
                    self.listed.entry(listing.customer).or_default().insert(listing.id);
                    self.listings.insert(listing.id, listing.as_ref().clone());
                    self.put_lists(listing.customer);
                }
            }
            Record::Merge(merge) => {
                self.merges.insert(merge.id, merge.as_ref().clone());
            }
            _ => {}
        }
    }

    pub(super) fn remove(&mut self, kind: Kind, id: &str) {
        match kind {
            Kind::Settings => {
                self.set_calendar(Calendar::default());
                self.prepayment = false;
                self.categories.clear();
            }
            Kind::Reservation => {
                id.parse().map(|id| self.remove_reservation(id)).unwrap_or_default();
            }
            Kind::ManualVisit => id.parse().map(|id| self.remove_visit(id)).unwrap_or_default(),
            Kind::Segment => {
                id.parse().map(|id: SegmentId| self.segments.remove(&id)).ok();
            }
            Kind::Ticket => {
                id.parse().map(|id: TicketId| self.tickets.remove(&id)).ok();
            }
            Kind::Customer => id.parse().map(|id| self.remove_customer(id)).unwrap_or_default(),
            Kind::Figures => {
                if let Some(old) = id.parse().ok().and_then(|id: CustomerId| self.figures.remove(&id)) {
                    self.columns.put_figures(old.customer, Some(&old), None);
                }
            }
            Kind::Listing => id.parse().map(|id| self.remove_listing(id)).unwrap_or_default(),
            Kind::Merge => {
                id.parse().map(|id: MergeId| self.merges.remove(&id)).ok();
            }
            _ => {}
        }
    }

    fn put_customer(&mut self, customer: &Customer) {
        let old = self.take_customer(customer.id);
        let kept = Kept::of(customer);
        for number in &kept.numbers {
            self.numbers.entry(number.clone()).or_default().insert(customer.id);
        }
        self.columns.put_customer(customer.id, old.as_ref().and_then(Kept::profile), kept.profile());
        self.customers.insert(customer.id, kept);
    }

    fn remove_customer(&mut self, id: CustomerId) {
        if let Some(old) = self.take_customer(id) {
            self.columns.put_customer(id, old.profile(), None);
        }
    }

    fn take_customer(&mut self, id: CustomerId) -> Option<Kept> {
        let old = self.customers.remove(&id)?;
        for number in &old.numbers {
            if let Some(holders) = self.numbers.get_mut(number) {
                holders.remove(&id);
                if holders.is_empty() {
                    self.numbers.remove(number);
                }
            }
        }
        Some(old)
    }

    // What was made from instants in the columns is made anew; it is seldom that a salon moves.
    fn set_calendar(&mut self, calendar: Calendar) {
        if self.calendar != calendar {
            self.calendar = calendar;
            let by_hand = self.by_hand.iter().flat_map(|(customer, visits)| visits.values().map(|day| (*customer, *day)));
            self.columns.set_calendar(calendar, self.figures.values(), self.reservations.values(), by_hand);
        }
    }

    fn put_lists(&mut self, customer: CustomerId) {
        let entries = self.listed.get(&customer).into_iter().flatten().filter_map(|entry| self.listings.get(entry));
        let on: Vec<ListKind> = entries.map(|entry| entry.list).collect();
        self.columns.put_lists(customer, &on);
    }

    fn remove_reservation(&mut self, id: ReservationId) {
        let Some(booked) = self.reservations.remove(&id) else { return };
        self.columns.remove_reservation(&booked);
        if let Some(ids) = self.booked.get_mut(&booked.customer) {
            ids.remove(&id);
            if ids.is_empty() {
                self.booked.remove(&booked.customer);
            }
        }
    }

    fn remove_visit(&mut self, id: ManualVisitId) {
        let Some(customer) = self.by_hand_of.remove(&id) else { return };
        if let Some(visits) = self.by_hand.get_mut(&customer) {
            if let Some(day) = visits.remove(&id) {
                self.columns.remove_visit(customer, day);
            }
            if visits.is_empty() {
                self.by_hand.remove(&customer);
            }
        }
    }

    fn remove_listing(&mut self, id: ListingId) {
        let Some(listing) = self.listings.remove(&id) else { return };
        if let Some(ids) = self.listed.get_mut(&listing.customer) {
            ids.remove(&id);
            if ids.is_empty() {
                self.listed.remove(&listing.customer);
            }
        }
        self.put_lists(listing.customer);
    }

    /// The columns, unless an instant in a damaged store lies on no day; then customers must be asked one by one.
    pub(super) fn columns(&self) -> Option<&Columns> {
        Some(&self.columns).filter(|columns| columns.is_whole())
    }

    /// How many reservations have a label (R2).
    pub(super) fn in_use(&self, label: Label) -> u32 {
        self.columns.in_use(label)
    }

    /// The rows in the columns of the active customers of whom a question holds.
    pub(super) fn answer(&self, columns: &Columns, asked: &Asked, now: Instant) -> Result<Bits, Error> {
        columns.answer(asked, Against { categories: &self.categories, now, today: self.day_of(now)? })
    }

    /// What is known of an active customer, as far as a question needs it.
    pub(super) fn facts<'i>(&'i self, profile: &'i Profile, needs: Needs, now: Instant) -> Result<Facts<'i>, Error> {
        let id = profile.id;
        let reservations = || self.booked.get(&id).into_iter().flatten().filter_map(|id| self.reservations.get(id));
        let mut visits = Vec::new();
        if needs.visits {
            visits.extend(self.by_hand.get(&id).into_iter().flat_map(BTreeMap::values).copied());
            for booked in reservations().filter(|booked| booked.is_visited()) {
                visits.push(self.day_of(booked.start)?);
            }
            visits.sort_unstable();
        }
        let lists = if needs.lists {
            self.listed.get(&id).into_iter().flatten().filter_map(|entry| self.listings.get(entry)).map(|entry| entry.list).collect()
        } else {
            Vec::new()
        };
        Ok(Facts {
            profile,
            figures: self.figures(id),
            booked: if needs.reservations { reservations().collect() } else { Vec::new() },
            visits,
            lists,
            calendar: self.calendar,
            categories: &self.categories,
            now,
            today: self.day_of(now)?,
        })
    }

    /// 来店区分 of the salon's settings (N9).
    pub(super) fn categories(&self) -> &[VisitCategory] {
        &self.categories
    }

    /// The saved segments.
    pub(super) const fn segments(&self) -> &BTreeMap<SegmentId, Segment> {
        &self.segments
    }

    /// Every active customer, in the order of their registration (S8).
    pub(super) fn active(&self) -> impl Iterator<Item = &Profile> {
        self.customers.values().filter_map(Kept::profile)
    }

    /// The customer of an id, if active.
    pub(super) fn profile(&self, id: CustomerId) -> Option<&Profile> {
        self.customers.get(&id)?.profile()
    }

    /// Who is found by a number: its holders, or whom they were merged into, through chains (C7, M6).
    pub(super) fn holders(&self, number: &str) -> BTreeSet<CustomerId> {
        self.numbers.get(number).into_iter().flatten().filter_map(|id| self.resolve(*id)).collect()
    }

    fn resolve(&self, id: CustomerId) -> Option<CustomerId> {
        let mut at = id;
        // A chain has no cycle (M6); the bound is against damaged stores.
        for _ in 0..self.customers.len() {
            match &self.customers.get(&at)?.standing {
                Standing::Merged(into) => at = *into,
                Standing::Active(_) => return Some(at),
                Standing::Away => return None,
            }
        }
        None
    }

    /// A customer's figures; none where nothing is counted.
    pub(super) fn figures(&self, id: CustomerId) -> Option<&Figures> {
        self.figures.get(&id)
    }

    /// 来店回数 (N1).
    pub(super) fn visits(&self, id: CustomerId) -> u32 {
        self.figures(id).map_or(0, |figures| figures.visits)
    }

    /// 合計利用金額 (N8).
    pub(super) fn amount(&self, id: CustomerId) -> Yen {
        self.figures(id).map_or(Yen::ZERO, |figures| figures.amount)
    }

    /// 最終来店日: the business day of the latest visit (N5).
    pub(super) fn last_visit(&self, id: CustomerId) -> Result<Option<Date>, Error> {
        Ok(self.figures(id).and_then(Figures::last_visit).map(|mark| mark.day(self.calendar)).transpose()?)
    }

    /// The business day of an instant (T2).
    pub(super) fn day_of(&self, instant: Instant) -> Result<Date, Error> {
        Ok(self.calendar.day_of(instant)?)
    }

    /// 事前決済機能を利用する
    pub(super) const fn uses_prepayment(&self) -> bool {
        self.prepayment
    }

    /// Every reservation that is in a list, in the order they were booked.
    pub(super) fn reservations(&self) -> impl Iterator<Item = &Booked> {
        self.reservations.values()
    }

    /// The reservation of an id, if it is in a list.
    pub(super) fn reservation(&self, id: ReservationId) -> Option<&Booked> {
        self.reservations.get(&id)
    }

    /// The ticket of an id.
    pub(super) fn ticket(&self, id: TicketId) -> Option<&Held> {
        self.tickets.get(&id)
    }

    /// The entry of an id, if it stands.
    pub(super) fn listing(&self, id: ListingId) -> Option<&Listing> {
        self.listings.get(&id)
    }

    /// Every ticket, in the order they were sold.
    pub(super) fn tickets(&self) -> impl Iterator<Item = &Held> {
        self.tickets.values()
    }

    /// The entries that stand, on any list.
    pub(super) fn listings(&self) -> impl Iterator<Item = &Listing> {
        self.listings.values()
    }

    pub(super) fn merges(&self) -> impl Iterator<Item = &Merge> {
        self.merges.values()
    }

    /// The line of the customer list (C10).
    pub(super) fn row(&self, profile: &Profile) -> Result<CustomerRow, Error> {
        let id = profile.id;
        let marks = self.listed.get(&id).into_iter().flatten().filter_map(|listing| self.listings.get(listing));
        Ok(CustomerRow {
            id,
            number: profile.number,
            family_name: profile.family_name.clone(),
            given_name: profile.given_name.clone(),
            family_kana: profile.family_kana.clone(),
            given_kana: profile.given_kana.clone(),
            provisional_name: profile.provisional_name,
            line: profile.line.clone(),
            phones: profile.phones.iter().map(|phone| phone.entered.clone()).collect(),
            channels: profile.channels.clone(),
            registered_on: profile.registered_on,
            last_visit: self.last_visit(id)?,
            visits: self.visits(id),
            amount: self.amount(id),
            marks: Mark::of(marks),
        })
    }
}
