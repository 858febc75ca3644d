//! The cancellation policy キャンセルポリシー (R4, R6): until when it is free, and what it costs after.

use crate::error::{AmountError, BookingError};
use crate::money::Yen;
use crate::time::{Calendar, Instant};

wire! {
    /// A cancellation policy (R6): the deadline, and what falls due after it.
    #[derive(Debug)]
    pub struct CancellationPolicy {
        /// Until when the customer may cancel freely.
        pub deadline: Deadline,
        /// What a late cancel costs, by how late it comes. Of the tiers whose time has been reached the one nearest to the start counts;
        /// a cancel later than the deadline but before every tier costs nothing.
        pub tiers: Vec<FeeTier>,
        /// What a no-show costs.
        pub no_show: Charge,
        /// What a late cancel or a no-show does to held tickets (K4).
        #[serde(default, skip_serializing_if = "LateTickets::is_default")]
        pub tickets: LateTickets,
    }
}

wire! {
    /// What a late cancel or a no-show does to the tickets that were held for it (K4).
    #[derive(Copy, Debug, Default)]
    pub enum LateTickets {
        /// They are free again; the fee is charged instead: the default.
        #[default]
        Release,
        /// They are used up, and no fee is charged.
        Consume,
    }
}

impl LateTickets {
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

impl Default for CancellationPolicy {
    /// Free at any time before the start; nothing is ever charged.
    fn default() -> Self {
        Self {
            deadline: Deadline::HoursBefore { hours: 0 },
            tiers: Vec::new(),
            no_show: Charge::Yen { amount: Yen::ZERO },
            tickets: LateTickets::Release,
        }
    }
}

wire! {
    /// Until when a customer may cancel freely (R6).
    #[derive(Copy, Debug)]
    #[serde(tag = "type")]
    pub enum Deadline {
        /// n hours before the start.
        HoursBefore {
            /// Hours, 0 to 8,760.
            hours: u32,
        },
        /// The business day n days before the reservation's, at a time of day (T2): where the day begins at 05:00, 02:00 is an hour of the
        /// night that ends it.
        DaysBefore {
            /// Days, 0 to 365.
            days: u32,
            /// Minutes after midnight, 0 to 1,439.
            minutes: i32,
        },
    }
}

wire! {
    /// One tier of the cancellation fee (R6).
    #[derive(Copy, Debug)]
    pub struct FeeTier {
        /// It counts for cancels less than so many hours before the start, 0 to 8,760.
        pub hours_before: u32,
        /// What falls due.
        pub charge: Charge,
    }
}

wire! {
    /// An amount or a share of the lines' price (R6).
    #[derive(Copy, Debug)]
    #[serde(tag = "type")]
    pub enum Charge {
        /// So many yen.
        Yen {
            /// The amount.
            amount: Yen,
        },
        /// Whole percent of the lines' price, rounded down.
        Percent {
            /// 0 to 100.
            percent: u8,
        },
    }
}

impl Charge {
    /// The yen this charge comes to.
    pub fn of(self, price: Yen) -> Result<Yen, AmountError> {
        match self {
            Self::Yen { amount } => Ok(amount),
            Self::Percent { percent } => price.percent(percent),
        }
    }

    fn checked(self, field: &'static str) -> Result<(), BookingError> {
        let possible = match self {
            Self::Yen { amount } => amount.on_a_line(field).is_ok(),
            Self::Percent { percent } => percent <= 100,
        };
        if possible { Ok(()) } else { Err(BookingError::Policy { field, expected: "¥0 to ¥1,000,000,000, or 0 to 100 percent" }) }
    }
}

const MS_PER_HOUR: i64 = 3_600_000;

impl CancellationPolicy {
    /// This policy, if its figures are possible.
    pub fn checked(self) -> Result<Self, BookingError> {
        let deadline = match self.deadline {
            Deadline::HoursBefore { hours } => hours <= 8_760,
            Deadline::DaysBefore { days, minutes } => days <= 365 && (0..1_440).contains(&minutes),
        };
        if !deadline {
            return Err(BookingError::Policy {
                field: "deadline",
                expected: "0 to 8760 hours, or 0 to 365 days at 0 to 1439 minutes after midnight",
            });
        }
        if self.tiers.len() > 20 || self.tiers.iter().any(|tier| tier.hours_before > 8_760) {
            return Err(BookingError::Policy { field: "tiers", expected: "at most 20 tiers of at most 8760 hours" });
        }
        self.tiers.iter().try_for_each(|tier| tier.charge.checked("tiers"))?;
        self.no_show.checked("noShow")?;
        Ok(self)
    }

    /// The last instant at which the customer may cancel freely (R4).
    #[must_use]
    pub fn deadline_for(&self, start: Instant, calendar: Calendar) -> Instant {
        match self.deadline {
            Deadline::HoursBefore { hours } => start.plus_ms(-i64::from(hours) * MS_PER_HOUR),
            Deadline::DaysBefore { days, minutes } => {
                let day = calendar.day_of(start).map(|day| day.days_before(days));
                // Within that business day: an hour before it begins is one of the night that ends it (T2).
                let minutes = if minutes < calendar.day_starts_minutes { minutes.saturating_add(1_440) } else { minutes };
                // A deadline after the start would let a customer cancel a visit that began.
                day.map_or(start, |day| calendar.at(day, minutes).min(start))
            }
        }
    }

    /// What a cancel at this instant, after the deadline, costs.
    pub fn late_fee(&self, start: Instant, at: Instant, price: Yen) -> Result<Yen, AmountError> {
        let reached = self.tiers.iter().filter(|tier| at > start.plus_ms(-i64::from(tier.hours_before) * MS_PER_HOUR));
        reached.min_by_key(|tier| tier.hours_before).map_or(Ok(Yen::ZERO), |tier| tier.charge.of(price))
    }
}
