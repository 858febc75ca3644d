//! What reservations, visits by hand and sales come to (N): one part each, added up per customer.

use super::{BookingState, CancelTiming, CancelledBy, Keyed, Kind, ManualVisit, Record, Reservation, Sale};
use crate::error::AmountError;
use crate::id::{CustomerId, ManualVisitId, MenuId, RecordId, ReservationId};
use crate::money::Yen;
use crate::time::{Calendar, Date, Instant};

/// How many of the latest visits are at hand; an average of gaps needs three (N7).
const LATEST: usize = 3;

wire! {
    /// A customer's figures (N): counts and sums over everything that hangs on them. Derived, never typed: each commit that changes what they are
    /// made of changes them too, and `check` adds them up again from nothing.
    #[derive(Debug)]
    pub struct Figures {
        /// Whose.
        pub customer: CustomerId,
        /// 来店回数, those by hand included (N1).
        pub visits: u32,
        /// Those by hand.
        pub manual_visits: u32,
        /// キャンセル回数: by the customer, at or before the deadline (N2).
        pub cancelled_early: u32,
        /// 直前キャンセル: by the customer, after it (N2, N3).
        pub cancelled_late: u32,
        /// 無断キャンセル (N2).
        pub no_shows: u32,
        /// 予約回数: confirmed at least once (N4).
        pub reservations: u32,
        /// 合計利用金額 (N8).
        pub amount: Yen,
        /// Cancellation fees that are due (G3).
        pub due: Yen,
        /// Reservations that lie ahead or were never resolved, in order of id.
        pub open: Vec<OpenReservation>,
        /// The first visit.
        pub first_visit: Option<VisitMark>,
        /// The latest visits, the last one first; at most three (N5, N6, N7).
        pub last_visits: Vec<VisitMark>,
    }
}

wire! {
    /// An open reservation, as far as a new one must know (R8).
    #[derive(Copy, Debug)]
    pub struct OpenReservation {
        /// Which.
        pub id: ReservationId,
        /// Its start.
        pub start: Instant,
        /// Its end.
        pub end: Instant,
        /// 仮予約: it holds no time yet.
        pub tentative: bool,
    }
}

wire! {
    /// A visit among the others.
    #[derive(Debug)]
    pub struct VisitMark {
        /// Which.
        pub visit: VisitRef,
        /// Where it stands in time: the reservation's start; the middle of the day of one by hand.
        pub at: Instant,
        /// The day of one by hand.
        pub day: Option<Date>,
        /// The menus done 最終利用メニュー (N6).
        pub menus: Vec<MenuId>,
    }
}

wire! {
    /// What a visit is.
    #[derive(Copy, Debug, PartialOrd, Ord)]
    #[serde(tag = "type")]
    pub enum VisitRef {
        /// Entered by hand.
        Manual {
            /// Which.
            id: ManualVisitId,
        },
        /// By reservation.
        Reservation {
            /// Which.
            id: ReservationId,
        },
    }
}

impl VisitMark {
    /// Its business day.
    pub fn day(&self, calendar: Calendar) -> Result<Date, crate::error::TimeError> {
        self.day.map_or_else(|| calendar.day_of(self.at), Ok)
    }

    // Later start, then higher id (N6).
    const fn place(&self) -> (Instant, VisitRef) {
        (self.at, self.visit)
    }
}

/// What one record adds to its customer's figures. The rules of N1 to N4 and N8 are in the two functions that make one, and nowhere else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Whose.
    pub customer: CustomerId,
    visit: Option<VisitMark>,
    manual: bool,
    cancelled: Option<Cancelled>,
    reservation: bool,
    amount: Yen,
    due: Yen,
    open: Option<OpenReservation>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cancelled {
    Early,
    Late,
    NoShow,
}

impl Part {
    /// The kinds that are counted.
    pub const KINDS: [Kind; 3] = [Kind::Reservation, Kind::ManualVisit, Kind::Sale];

    /// What a record adds, if its kind is counted.
    pub fn of(record: &Record) -> Result<Option<Self>, AmountError> {
        match record {
            Record::Reservation(reservation) => Self::of_reservation(reservation).map(Some),
            Record::ManualVisit(visit) => Ok(Some(Self::of_manual_visit(visit))),
            Record::Sale(sale) => Ok(Some(Self::of_sale(sale))),
            _ => Ok(None),
        }
    }

    /// The visit that it is, if it is one.
    #[must_use]
    pub const fn visit(&self) -> Option<&VisitMark> {
        self.visit.as_ref()
    }

    /// What it adds to the amount (N8).
    #[must_use]
    pub const fn amount(&self) -> Yen {
        self.amount
    }

    const fn nothing(customer: CustomerId) -> Self {
        Self { customer, visit: None, manual: false, cancelled: None, reservation: false, amount: Yen::ZERO, due: Yen::ZERO, open: None }
    }

    fn of_reservation(reservation: &Reservation) -> Result<Self, AmountError> {
        let visited = matches!(reservation.booking, BookingState::Visited { .. });
        let open = reservation.booking.is_open();
        Ok(Self {
            // N1: one per reservation, however many menus. N6, N8: what was done and charged, once that is known; what was booked until then.
            visit: visited.then(|| VisitMark {
                visit: VisitRef::Reservation { id: reservation.id },
                at: reservation.start,
                day: None,
                menus: reservation.menus_done(),
            }),
            amount: if visited { reservation.amount()? } else { Yen::ZERO },
            // N2: the shop's cancels and tentatives that were never confirmed are nobody's fault.
            cancelled: match reservation.booking {
                BookingState::Cancelled { by: CancelledBy::Customer, timing, .. } if reservation.ever_confirmed => Some(match timing {
                    CancelTiming::Early => Cancelled::Early,
                    CancelTiming::Late => Cancelled::Late,
                }),
                BookingState::NoShow { .. } => Some(Cancelled::NoShow),
                _ => None,
            },
            // N4
            reservation: reservation.ever_confirmed && !matches!(reservation.booking, BookingState::EnteredInError { .. }),
            due: reservation.due(),
            open: open.then_some(OpenReservation {
                id: reservation.id,
                start: reservation.start,
                end: reservation.end,
                tentative: reservation.booking == BookingState::Tentative,
            }),
            ..Self::nothing(reservation.customer)
        })
    }

    // Tied to a reservation, it only says more of that one (N1).
    fn of_manual_visit(visit: &ManualVisit) -> Self {
        if visit.reservation.is_some() {
            return Self::nothing(visit.customer);
        }
        Self {
            visit: Some(VisitMark {
                visit: VisitRef::Manual { id: visit.id },
                at: visit.at,
                day: Some(visit.day),
                menus: visit.menus.clone(),
            }),
            manual: true,
            amount: visit.amount,
            ..Self::nothing(visit.customer)
        }
    }

    // The sale that closes a visit is counted with its reservation (R9); one that stands alone is an amount without a visit.
    fn of_sale(sale: &Sale) -> Self {
        let counts = sale.stands() && sale.reservation.is_none();
        Self { amount: if counts { sale.total } else { Yen::ZERO }, ..Self::nothing(sale.customer) }
    }
}

impl Figures {
    /// The figures of a customer on whom nothing hangs.
    #[must_use]
    pub const fn none(customer: CustomerId) -> Self {
        Self {
            customer,
            visits: 0,
            manual_visits: 0,
            cancelled_early: 0,
            cancelled_late: 0,
            no_shows: 0,
            reservations: 0,
            amount: Yen::ZERO,
            due: Yen::ZERO,
            open: Vec::new(),
            first_visit: None,
            last_visits: Vec::new(),
        }
    }

    /// Added up from nothing.
    pub fn sum(customer: CustomerId, parts: impl IntoIterator<Item = Part>) -> Result<Self, AmountError> {
        let mut figures = Self::none(customer);
        parts.into_iter().try_for_each(|part| figures.add(part))?;
        Ok(figures)
    }

    /// Whether nothing is counted: then no record of them is kept.
    #[must_use]
    pub fn is_none(&self) -> bool {
        *self == Self::none(self.customer)
    }

    /// キャンセル回数 (N2).
    #[must_use]
    pub const fn cancellations(&self) -> u32 {
        self.cancelled_early.saturating_add(self.cancelled_late).saturating_add(self.no_shows)
    }

    /// The latest visit.
    #[must_use]
    pub fn last_visit(&self) -> Option<&VisitMark> {
        self.last_visits.first()
    }

    /// Adds one record's part.
    pub fn add(&mut self, part: Part) -> Result<(), AmountError> {
        if part.visit.is_some() {
            up(&mut self.visits)?;
        }
        if part.manual {
            up(&mut self.manual_visits)?;
        }
        if let Some(cancelled) = part.cancelled {
            up(self.cancelled(cancelled))?;
        }
        if part.reservation {
            up(&mut self.reservations)?;
        }
        self.amount = self.amount.plus(part.amount)?;
        self.due = self.due.plus(part.due)?;
        if let Some(open) = part.open {
            let place = self.open.partition_point(|other| other.id < open.id);
            self.open.insert(place, open);
        }
        if let Some(visit) = part.visit {
            if self.first_visit.as_ref().is_none_or(|first| visit.place() < first.place()) {
                self.first_visit = Some(visit.clone());
            }
            let place = self.last_visits.partition_point(|other| other.place() > visit.place());
            if place < LATEST {
                self.last_visits.insert(place, visit);
                self.last_visits.truncate(LATEST);
            }
        }
        Ok(())
    }

    /// Puts one record's new part in the place of its old one. `false`: a first or latest visit went, and only the records know which one is
    /// that now; the figures must be added up anew.
    pub fn replace(&mut self, old: Option<Part>, new: Option<Part>) -> Result<bool, AmountError> {
        let Some(old) = old else { return new.map_or(Ok(()), |new| self.add(new)).map(|()| true) };
        if let Some(visit) = &old.visit {
            let same = new.as_ref().and_then(|new| new.visit.as_ref()).is_some_and(|new| new.place() == visit.place());
            let place = visit.place();
            let known = |mark: &VisitMark| mark.place() == place;
            if !same && (self.first_visit.as_ref().is_some_and(known) || self.last_visits.iter().any(known)) {
                return Ok(false);
            }
            if same {
                if self.first_visit.as_ref().is_some_and(known) {
                    self.first_visit = None;
                }
                self.last_visits.retain(|mark| !known(mark));
            }
        }
        if !self.take(&old) {
            return Ok(false);
        }
        if let Some(new) = new {
            self.add(new)?;
        }
        Ok(true)
    }

    // Takes the counts and sums of a part off; `false` if it was never in.
    fn take(&mut self, part: &Part) -> bool {
        let mut whole = part.visit.is_none() || down(&mut self.visits);
        whole &= !part.manual || down(&mut self.manual_visits);
        whole &= part.cancelled.is_none_or(|cancelled| down(self.cancelled(cancelled)));
        whole &= !part.reservation || down(&mut self.reservations);
        match (self.amount.minus(part.amount), self.due.minus(part.due)) {
            (Ok(amount), Ok(due)) => (self.amount, self.due) = (amount, due),
            _ => whole = false,
        }
        if let Some(open) = part.open {
            self.open.retain(|other| other.id != open.id);
        }
        whole
    }

    const fn cancelled(&mut self, kind: Cancelled) -> &mut u32 {
        match kind {
            Cancelled::Early => &mut self.cancelled_early,
            Cancelled::Late => &mut self.cancelled_late,
            Cancelled::NoShow => &mut self.no_shows,
        }
    }
}

fn up(count: &mut u32) -> Result<(), AmountError> {
    *count = count.checked_add(1).ok_or(AmountError::Overflow)?;
    Ok(())
}

const fn down(count: &mut u32) -> bool {
    match count.checked_sub(1) {
        Some(less) => {
            *count = less;
            true
        }
        None => false,
    }
}

impl Keyed for Figures {
    fn key_id(&self) -> RecordId {
        self.customer.into()
    }
}
