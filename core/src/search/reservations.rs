//! Reservations of the whole salon 予約一覧: by label and day (R2), and those nobody has resolved (R7).

use std::collections::BTreeSet;

use super::columns::Booking;
use super::index::{Index, IndexQuery};
use super::page::{Paging, Plainly, Sizes};
use super::row::CustomerRow;
use crate::error::SearchError;
use crate::id::{CustomerId, MenuId, ReservationId, ShopId, StaffId};
use crate::log::{Halt, Role};
use crate::record::{Label, Reservation};
use crate::time::{Date, DateRange, Instant};

/// A reservation as the index keeps one.
#[derive(PartialEq, Eq)]
pub(super) struct Booked {
    pub(super) id: ReservationId,
    pub(super) customer: CustomerId,
    pub(super) shop: ShopId,
    pub(super) staff: Option<StaffId>,
    pub(super) start: Instant,
    pub(super) end: Instant,
    pub(super) label: Label,
    /// 担当スタッフ, the primary one's and the lines'.
    pub(super) staffs: Vec<StaffId>,
    /// Menus booked or done.
    pub(super) menus: Vec<MenuId>,
}

fn distinct<T: Ord>(items: impl Iterator<Item = T>) -> Vec<T> {
    items.collect::<BTreeSet<T>>().into_iter().collect()
}

impl Booked {
    /// None for one entered in error: it is in no list (R2).
    pub(super) fn of(reservation: &Reservation) -> Option<Self> {
        let label = reservation.label()?;
        Some(Self {
            id: reservation.id,
            customer: reservation.customer,
            shop: reservation.shop.clone(),
            staff: reservation.staff.clone(),
            start: reservation.start,
            end: reservation.end,
            label,
            staffs: distinct(reservation.staff.iter().chain(reservation.lines.iter().filter_map(|line| line.staff.as_ref())).cloned()),
            menus: distinct(reservation.lines.iter().map(|line| line.menu.clone()).chain(reservation.menus_done())),
        })
    }

    // As a filter, 予約中来店前 also means that the start lies ahead (R2).
    pub(super) fn is(&self, label: Label, as_of: Instant) -> bool {
        self.label == label && (label != Label::Upcoming || self.start > as_of)
    }

    /// Whether it was visited.
    pub(super) fn is_visited(&self) -> bool {
        self.label == Label::Visited
    }
}

wire! {
    /// 予約一覧: the salon's reservations, the earliest start first.
    #[derive(Debug, Default)]
    pub struct ListReservations {
        /// Any of these labels; left out: any. A label that is not offered is an error, see `listLabels` (R2).
        pub labels: Vec<Label>,
        /// The business day of their start.
        pub days: Option<DateRange>,
        /// 店舗
        pub shop: Option<ShopId>,
        /// Rows of a page, 1 to 1,000; left out: 50.
        pub page_size: Option<u32>,
        /// The cursor of the page before; left out: the first page.
        pub cursor: Option<String>,
    }
}

wire! {
    /// Confirmed reservations whose start has come, and nobody has said whether their customers did (R7); the longest ago first.
    #[derive(Debug, Default)]
    pub struct ListUnresolved {
        /// Rows of a page, 1 to 1,000; left out: 50.
        pub page_size: Option<u32>,
        /// The cursor of the page before; left out: the first page.
        pub cursor: Option<String>,
    }
}

wire! {
    /// A page of reservations.
    #[derive(Debug)]
    pub struct ReservationPage {
        /// The rows.
        pub reservations: Vec<ReservationLine>,
        /// How many there are on all pages together.
        pub total: u32,
        /// What to ask the next page with; none on the last.
        pub cursor: Option<String>,
        /// The place of the log this is as of.
        pub sequence: u32,
    }
}

wire! {
    /// A line of the reservation list.
    #[derive(Debug)]
    pub struct ReservationLine {
        /// Which.
        pub reservation: ReservationId,
        /// Its label 予約ステータス.
        pub label: Label,
        /// The business day of its start.
        pub day: Date,
        /// Start.
        pub start: Instant,
        /// End.
        pub end: Instant,
        /// 店舗
        pub shop: ShopId,
        /// 担当スタッフ
        pub staff: Option<StaffId>,
        /// Whose it is.
        pub customer: CustomerId,
        /// The customer, if active.
        pub who: Option<CustomerRow>,
    }
}

wire! {
    /// The labels that a form may offer: the setting's, and those still in use (R2).
    #[derive(Copy, Debug)]
    pub struct ListLabels {}
}

wire! {
    /// Labels, in the manual's order.
    #[derive(Debug)]
    pub struct Labels {
        /// The labels.
        pub labels: Vec<OfferedLabel>,
    }
}

wire! {
    /// A label that a form may offer.
    #[derive(Debug)]
    pub struct OfferedLabel {
        /// Which.
        pub label: Label,
        /// The word staff know.
        pub japanese: String,
        /// How many reservations carry it.
        pub in_use: u32,
        /// Whether the salon's setting has it; one that it has not is offered only because it is in use.
        pub by_setting: bool,
    }
}

fn labels(index: &Index) -> Vec<OfferedLabel> {
    let offered = |label: Label| {
        let count = index.in_use(label);
        let by_setting = index.uses_prepayment() || !label.needs_prepayment();
        (by_setting || count > 0).then(|| OfferedLabel { label, japanese: label.japanese().to_owned(), in_use: count, by_setting })
    };
    Label::ALL.into_iter().filter_map(offered).collect()
}

impl Index {
    /// The labels that may be filtered by now: those of the setting, and those still in use (R2).
    pub(super) fn offered(&self) -> Vec<Label> {
        labels(self).into_iter().map(|row| row.label).collect()
    }
}

fn page(index: &Index, paging: &Paging<'_>, matches: Vec<Booking>) -> Result<ReservationPage, Halt> {
    let order = |booked: &Booking| (booked.start, booked.id);
    let cut = paging.cut(
        matches,
        |one, other| order(one).cmp(&order(other)),
        |booked| booked.id.ordinal(),
        |id| index.columns().reservation(ReservationId::from_ordinal(id)),
    )?;
    let mut reservations = Vec::new();
    let rows: Vec<(ReservationId, CustomerId)> = cut.rows.iter().map(|booked| (booked.id, booked.customer)).collect();
    for (booked, who) in index.booked(&rows)? {
        reservations.push(ReservationLine {
            reservation: booked.id,
            label: booked.label,
            day: index.day_of(booked.start)?,
            start: booked.start,
            end: booked.end,
            shop: booked.shop,
            staff: booked.staff,
            customer: booked.customer,
            who,
        });
    }
    Ok(ReservationPage { reservations, total: cut.total, cursor: cut.cursor, sequence: index.sequence() })
}

impl IndexQuery for ListReservations {
    type Output = ReservationPage;
    const NAME: &'static str = "listReservations";
    const ROLES: &'static [Role] = Role::SALON;

    fn find(&self, index: &Index, now: Instant) -> Result<ReservationPage, Halt> {
        let days = self.days.map(|days| days.checked("days")).transpose()?;
        let offered = labels(index);
        if let Some(label) = self.labels.iter().find(|label| offered.iter().all(|row| row.label != **label)) {
            let offered = offered.iter().map(|row| row.label.name()).collect();
            return Err(SearchError::LabelNotOffered { field: "labels", label: label.name(), segment: None, offered }.into());
        }
        let question = Plainly(Self::NAME, (&self.labels, &days, &self.shop));
        let paging = Paging::of(Sizes::OF_ROWS, self.page_size, self.cursor.as_deref(), index.sequence(), &question)?;
        page(index, &paging, index.columns().reservations(&self.labels, days, self.shop.as_ref(), now).collect())
    }
}

impl IndexQuery for ListUnresolved {
    type Output = ReservationPage;
    const NAME: &'static str = "listUnresolved";
    const ROLES: &'static [Role] = Role::SALON;

    fn find(&self, index: &Index, now: Instant) -> Result<ReservationPage, Halt> {
        let question = Plainly(Self::NAME, ());
        let paging = Paging::of(Sizes::OF_ROWS, self.page_size, self.cursor.as_deref(), index.sequence(), &question)?;
        page(index, &paging, index.columns().unresolved(now).collect())
    }
}

impl IndexQuery for ListLabels {
    type Output = Labels;
    const NAME: &'static str = "listLabels";
    const ROLES: &'static [Role] = Role::SALON;

    fn find(&self, index: &Index, _: Instant) -> Result<Labels, Halt> {
        Ok(Labels { labels: labels(index) })
    }
}
