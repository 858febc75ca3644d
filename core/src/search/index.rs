use std::collections::{BTreeMap, BTreeSet};

use super::block::{Bulk, BulkOf};
use super::columns::Columns;
use super::lately::Lately;
use super::live::Followers;
use super::reservations::Booked;
use super::row::{CustomerRow, Profile};
use super::shelf::Shelf;
use super::tickets::Held;
use crate::error::Error;
use crate::id::{CustomerId, ListingId, ManualVisitId, MergeId, ReservationId, SegmentId, TicketId};
use crate::identity::People;
use crate::log::{Halt, Read, Role};
use crate::record::{
    Counters, Customer, CustomerState, Figures, Kind, Label, ListKind, Listing, Mark, Merge, NotSame, Record, Reservation, Segment,
    VisitCategory, key,
};
use crate::time::{Calendar, Date, Instant};

/// Records of a busy day.
const KEEP_AFTER: u32 = 4_096;

/// A query of the index.
pub trait IndexQuery {
    /// What it answers.
    type Output;
    /// Its name in JSON.
    const NAME: &'static str;
    /// Who may ask (A3).
    const ROLES: &'static [Role];
    /// Whether a part of the answer is bytes, see [`beside`](Self::beside).
    const IN_BYTES: bool = false;
    /// Answers from the index, which stands at one place of the log. [`Halt::Need`] names records that are to be shown and not at hand: ask again
    /// when the index [has them](Index::keep).
    fn find(&self, index: &Index, now: Instant) -> Result<Self::Output, Halt>;
    /// Takes the bytes out of an answer, to cross beside its text.
    fn beside(_: &mut Self::Output) -> Option<Vec<u8>> {
        None
    }
}

/// One salon's customers in memory, as of one place of the log, ready to be searched.
#[derive(Default)]
pub struct Index {
    pub(super) sequence: u32,
    // Records that came in since a block of it was last kept.
    unkept: u32,
    // Nothing came in since it was made quick to search.
    settled: bool,
    // Made under another calendar than the salon has now, or before somebody was erased.
    stale: bool,
    calendar: Calendar,
    prepayment: bool,
    categories: Vec<VisitCategory>,
    columns: Columns,
    // Numbers of old cards, in every state, for ever (C7, M6).
    aliases: BTreeMap<String, BTreeSet<CustomerId>>,
    aliases_of: BTreeMap<CustomerId, Vec<String>>,
    // Into whom (M6).
    merged: BTreeMap<CustomerId, CustomerId>,
    // Visits by hand that count (N1).
    by_hand: BTreeMap<ManualVisitId, (CustomerId, Date)>,
    segments: BTreeMap<SegmentId, Segment>,
    tickets: BTreeMap<TicketId, Held>,
    listings: BTreeMap<ListingId, Listing>,
    listed: BTreeMap<CustomerId, BTreeSet<ListingId>>,
    merges: BTreeMap<MergeId, Merge>,
    // Pairs marked as not the same person (D2), the lesser id first.
    not_same: BTreeSet<(CustomerId, CustomerId)>,
    shelf: Shelf,
    lately: Lately,
    followers: Followers,
}

redacted_debug!(Index { sequence });

/// Two indexes of one place of the log are equal, however they came there.
impl PartialEq for Index {
    fn eq(&self, other: &Self) -> bool {
        let own = |index: &Self| (index.sequence, index.stale, index.calendar, index.prepayment);
        own(self) == own(other)
            && self.categories == other.categories
            && self.columns == other.columns
            && self.aliases == other.aliases
            && self.merged == other.merged
            && self.by_hand == other.by_hand
            && self.segments == other.segments
            && self.tickets == other.tickets
            && self.listings == other.listings
            && self.merges == other.merges
            && self.not_same == other.not_same
    }
}

impl Eq for Index {}

impl Index {
    /// The entry of the log up to which everything is in.
    #[must_use]
    pub const fn sequence(&self) -> u32 {
        self.sequence
    }

    // What goes into a block.
    pub(super) fn bulk(&self) -> BulkOf<'_> {
        BulkOf {
            columns: &self.columns,
            aliases: &self.aliases,
            aliases_of: &self.aliases_of,
            merged: &self.merged,
            by_hand: &self.by_hand,
            tickets: &self.tickets,
        }
    }

    // An index of what a block holds.
    pub(super) fn of_bulk(bulk: Bulk, sequence: u32) -> Self {
        let Bulk { columns, aliases, aliases_of, merged, by_hand, tickets } = bulk;
        let calendar = columns.calendar();
        Self { sequence, calendar, columns, aliases, aliases_of, merged, by_hand, tickets, ..Self::default() }
    }

    /// Whether so much came in since a block of it was last kept that another is worth its writing: a sixteenth of all there is, so that what a large import
    /// writes is some blocks and not one for every few thousand rows; and never less than a busy day's.
    pub(crate) fn is_due(&self) -> bool {
        self.unkept >= KEEP_AFTER.max(self.columns.size() / 16)
    }

    /// A block of it is kept as it stands.
    pub(crate) const fn set_kept(&mut self) {
        self.unkept = 0;
    }

    /// Whether it has to be [built](Self::build) anew: the salon's calendar changed, and with it the days of everything; or somebody's personal data was
    /// erased, whose name would stay among its words (W4).
    #[must_use]
    pub const fn is_stale(&self) -> bool {
        self.stale
    }

    // Words that nobody has any more stay among the others, and would go into the next block of it.
    pub(super) const fn set_stale(&mut self, erased: bool) {
        self.stale |= erased;
    }

    // Room for what the salon counted so far.
    pub(super) fn reserve(&mut self, counters: &Counters) {
        let more = |counted: u32| counted.saturating_add(1);
        self.columns.reserve(more(counters.customers), more(counters.reservations));
    }

    // A record in the place of the one of the same kind and id. What is derived is derived per record, so the order of records does not matter.
    pub(super) fn put(&mut self, record: &Record) {
        self.changed(record.kind(), &record.id());
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
                    self.followers.touch(booked.customer);
                }
            }
            Record::ManualVisit(visit) => {
                self.remove_visit(visit.id);
                if visit.reservation.is_none() {
                    self.columns.put_visit(visit.customer, visit.day);
                    self.by_hand.insert(visit.id, (visit.customer, visit.day));
                    self.followers.touch(visit.customer);
                }
            }
            Record::Segment(segment) => {
                self.segments.insert(segment.id.clone(), segment.as_ref().clone());
            }
            Record::Ticket(ticket) => {
                self.tickets.insert(ticket.id, Held::of(ticket));
            }
            Record::Figures(figures) => {
                self.columns.put_figures(figures.customer, Some(figures));
                self.followers.touch(figures.customer);
            }
            Record::Listing(listing) => {
                self.remove_listing(listing.id);
                if listing.stands() {
                    self.listed.entry(listing.customer).or_default().insert(listing.id);
                    self.listings.insert(listing.id, listing.as_ref().clone());
                    self.put_lists(listing.customer);
                }
            }
            Record::NotSame(mark) => {
                self.not_same.insert((mark.one.min(mark.other), mark.one.max(mark.other)));
            }
            Record::Merge(merge) => {
                self.merges.insert(merge.id, merge.as_ref().clone());
            }
            _ => {}
        }
    }

    pub(super) fn remove(&mut self, kind: Kind, id: &str) {
        self.changed(kind, id);
        match kind {
            Kind::Settings => {
                self.set_calendar(Calendar::default());
                self.prepayment = false;
                self.categories.clear();
            }
            Kind::Reservation => id.parse().map(|id| self.remove_reservation(id)).unwrap_or_default(),
            Kind::ManualVisit => id.parse().map(|id| self.remove_visit(id)).unwrap_or_default(),
            Kind::Segment => {
                id.parse().map(|id: SegmentId| self.segments.remove(&id)).ok();
            }
            Kind::Ticket => {
                id.parse().map(|id: TicketId| self.tickets.remove(&id)).ok();
            }
            Kind::Customer => id.parse().map(|id| self.remove_customer(id)).unwrap_or_default(),
            Kind::Figures => {
                if let Ok(customer) = id.parse() {
                    self.columns.put_figures(customer, None);
                    self.followers.touch(customer);
                }
            }
            Kind::Listing => id.parse().map(|id| self.remove_listing(id)).unwrap_or_default(),
            Kind::NotSame => {
                let pair = NotSame::pair_of(id);
                pair.map(|pair| self.not_same.remove(&pair));
            }
            Kind::Merge => {
                id.parse().map(|id: MergeId| self.merges.remove(&id)).ok();
            }
            _ => {}
        }
    }

    // What is remembered of a record is old.
    fn changed(&mut self, kind: Kind, id: &str) {
        self.unkept = self.unkept.saturating_add(1);
        self.settled = false;
        self.shelf.forget(kind, id);
        self.lately.forget();
        if matches!(kind, Kind::Settings | Kind::Segment) {
            self.followers.touch_everybody();
        }
    }

    fn remove_reservation(&mut self, id: ReservationId) {
        if let Some(customer) = self.columns.remove_reservation(id) {
            self.followers.touch(customer);
        }
    }

    fn put_customer(&mut self, customer: &Customer) {
        let id = customer.id;
        self.forget_customer(id);
        let aliases: Vec<String> = customer.number_aliases.iter().map(|alias| key::number_text(alias)).collect();
        for alias in &aliases {
            self.aliases.entry(alias.clone()).or_default().insert(id);
        }
        if !aliases.is_empty() {
            self.aliases_of.insert(id, aliases);
        }
        if let CustomerState::Merged { into, .. } = customer.state {
            self.merged.insert(id, into);
        }
        let profile = customer.is_active().then(|| Profile::of(customer));
        self.columns.put_customer(id, customer.number, profile.as_ref());
    }

    fn remove_customer(&mut self, id: CustomerId) {
        self.forget_customer(id);
        self.columns.put_customer(id, 0, None);
    }

    fn forget_customer(&mut self, id: CustomerId) {
        self.followers.touch(id);
        self.merged.remove(&id);
        for alias in self.aliases_of.remove(&id).into_iter().flatten() {
            if let Some(holders) = self.aliases.get_mut(&alias) {
                holders.remove(&id);
                if holders.is_empty() {
                    self.aliases.remove(&alias);
                }
            }
        }
    }

    // It is seldom that a salon moves, or lets its day begin at another hour.
    fn set_calendar(&mut self, calendar: Calendar) {
        if self.calendar != calendar {
            self.stale |= !self.columns.is_empty();
            self.calendar = calendar;
            self.columns.set_calendar(calendar);
        }
    }

    fn put_lists(&mut self, customer: CustomerId) {
        self.followers.touch(customer);
        let entries = self.listed.get(&customer).into_iter().flatten().filter_map(|entry| self.listings.get(entry));
        let on: Vec<ListKind> = entries.map(|entry| entry.list).collect();
        self.columns.put_lists(customer, &on);
    }

    fn remove_visit(&mut self, id: ManualVisitId) {
        if let Some((customer, day)) = self.by_hand.remove(&id) {
            self.columns.remove_visit(customer, day);
            self.followers.touch(customer);
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

    // Makes what came since the last question quick to search.
    pub(super) fn settle(&mut self) {
        if !self.settled {
            self.columns.settle();
            self.settled = true;
        }
    }

    /// Takes in records that a question [asked for](Halt::Need), as the store has them at a place of the log; `false`, and nothing done, if this index
    /// stands at another.
    pub fn keep(&mut self, sequence: u32, reads: Vec<Read>, records: Vec<Vec<Record>>) -> bool {
        let here = sequence == self.sequence;
        if here {
            self.shelf.keep(reads, records);
        }
        here
    }

    /// Those who follow segments.
    pub(super) const fn followers(&self) -> &Followers {
        &self.followers
    }

    /// Questions at hand.
    pub(super) const fn lately(&self) -> &Lately {
        &self.lately
    }

    /// Records at hand.
    pub(super) const fn shelf(&self) -> &Shelf {
        &self.shelf
    }

    /// The salon's calendar.
    pub(crate) const fn calendar(&self) -> Calendar {
        self.calendar
    }

    /// What it finds customers by.
    pub(super) const fn columns(&self) -> &Columns {
        &self.columns
    }

    /// How many reservations have a label (R2).
    pub(super) fn in_use(&self, label: Label) -> u32 {
        self.columns.in_use(label)
    }

    /// 来店区分 of the salon's settings (N9).
    pub(super) fn categories(&self) -> &[VisitCategory] {
        &self.categories
    }

    /// The saved segments.
    pub(super) const fn segments(&self) -> &BTreeMap<SegmentId, Segment> {
        &self.segments
    }

    /// Who is found by a number: its holders, or whom they were merged into, through chains (C7, M6).
    pub(super) fn holders(&self, number: &str) -> BTreeSet<CustomerId> {
        let counted = key::counted_number(number).map(|number| self.columns.numbered(number)).unwrap_or_default();
        let old_cards = self.aliases.get(number).into_iter().flatten().copied();
        counted.into_iter().chain(old_cards).filter_map(|id| self.resolve(id)).collect()
    }

    fn resolve(&self, id: CustomerId) -> Option<CustomerId> {
        let mut at = id;
        // A chain has no cycle (M6); the bound is against damaged stores.
        for _ in 0..=self.merged.len() {
            match self.merged.get(&at) {
                Some(into) => at = *into,
                None => return Some(at).filter(|at| self.columns.is_active(*at)),
            }
        }
        None
    }

    /// Whether a customer is active, and so in the searches (S8).
    pub(crate) fn is_active(&self, id: CustomerId) -> bool {
        self.columns.is_active(id)
    }

    /// The business day of an instant (T2).
    pub(super) fn day_of(&self, instant: Instant) -> Result<Date, Error> {
        Ok(self.calendar.day_of(instant)?)
    }

    /// 事前決済機能を利用する
    pub(super) const fn uses_prepayment(&self) -> bool {
        self.prepayment
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

    /// Everybody who is active, to be compared with each other (D1).
    pub(crate) fn who(&self) -> &People {
        self.columns.who()
    }

    /// Whether two are marked as not the same person (D2).
    pub(crate) fn is_not_same(&self, one: CustomerId, other: CustomerId) -> bool {
        self.not_same.contains(&(one.min(other), one.max(other)))
    }

    /// A customer's record, if it is at hand: that of everybody whose [line](Self::rows) was asked for.
    pub(crate) fn record(&self, customer: CustomerId) -> Option<&Customer> {
        self.shelf.see(customer)
    }

    /// The records of customers and their figures, those of whoever is active, in this order.
    pub(crate) fn whole(&self, customers: &[CustomerId]) -> Result<Vec<(&Customer, Figures)>, Halt> {
        let active = || customers.iter().copied().filter(|customer| self.is_active(*customer));
        self.shelf.want(active().flat_map(|id| [Read::one::<Customer>(id), Read::one::<Figures>(id)]))?;
        let figures = |id| self.shelf.see::<Figures>(id).cloned().unwrap_or_else(|| Figures::none(id));
        Ok(active().filter_map(|id| Some((self.shelf.see::<Customer>(id)?, figures(id)))).collect())
    }

    /// A reservation, if it is at hand: each whose [line](Self::booked) was asked for.
    pub(crate) fn reservation(&self, reservation: ReservationId) -> Option<&Reservation> {
        self.shelf.see(reservation)
    }

    pub(super) fn merges(&self) -> impl Iterator<Item = &Merge> {
        self.merges.values()
    }

    /// The lines of the customer list (C10) for these customers; none for one who is not active.
    pub(crate) fn rows(&self, customers: &[CustomerId]) -> Result<Vec<Option<CustomerRow>>, Halt> {
        let active = || customers.iter().copied().filter(|customer| self.is_active(*customer));
        self.shelf.want_each::<Customer, _>(active())?;
        Ok(customers.iter().map(|customer| self.row(*customer)).collect())
    }

    fn row(&self, id: CustomerId) -> Option<CustomerRow> {
        let customer = self.shelf.see::<Customer>(id).filter(|_| self.is_active(id))?;
        let marks = self.listed.get(&id).into_iter().flatten().filter_map(|listing| self.listings.get(listing));
        Some(CustomerRow::of(customer, self.columns.counted(id), Mark::of(marks)))
    }

    /// These reservations as the store has them, and the lines of their customers.
    pub(super) fn booked(&self, of: &[(ReservationId, CustomerId)]) -> Result<Vec<(Booked, Option<CustomerRow>)>, Halt> {
        let customers = of.iter().map(|(_, customer)| *customer).filter(|customer| self.is_active(*customer));
        let reservations = of.iter().map(|(reservation, _)| Read::one::<Reservation>(reservation));
        self.shelf.want(reservations.chain(customers.map(Read::one::<Customer>)))?;
        let booked = |(reservation, customer): &(ReservationId, CustomerId)| {
            let booked = self.shelf.see(*reservation).and_then(Booked::of)?;
            Some((booked, self.row(*customer)))
        };
        Ok(of.iter().filter_map(booked).collect())
    }
}
