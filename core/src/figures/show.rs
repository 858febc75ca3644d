use super::as_of;
use crate::customer::{may_name, resolve};
use crate::error::{AmountError, CustomerError};
use crate::id::{CustomerId, MenuId};
use crate::log::{Actor, Halt, Look, Query, Read, Role};
use crate::money::Yen;
use crate::points;
use crate::record::{Customer, Figures, Frequency, FrequencyAnswer, Merge, Part, Reservation, VisitCategory, key};
use crate::time::{Calendar, Date, Instant};

wire! {
    /// A customer's figures 合計利用状況 (N), now or as the ledger had them at a past instant.
    #[derive(Debug)]
    pub struct GetFigures {
        /// Whose; a merged id resolves (M6), but for an instant before its merge.
        pub customer: CustomerId,
        /// The past instant (N10): what was in the ledger then, whatever was entered late, corrected or merged since.
        pub as_of: Option<Instant>,
        /// How often they come: questions to answer along (N7).
        pub frequencies: Vec<Frequency>,
    }
}

wire! {
    /// A customer's figures (N).
    #[derive(Debug)]
    pub struct CustomerFigures {
        /// Whose.
        pub customer: CustomerId,
        /// 来店回数, those by hand included (N1).
        pub visits: u32,
        /// Those by hand.
        pub manual_visits: u32,
        /// キャンセル回数 (N2)
        pub cancellations: Cancellations,
        /// 直前キャンセル あり (N3)
        pub last_minute_cancel: bool,
        /// 無断キャンセル あり: a predicate of its own (N3).
        pub no_show: bool,
        /// 予約回数 (N4)
        pub reservations: u32,
        /// The business day of the first visit.
        pub first_visit: Option<Date>,
        /// 最終来店日 (N5)
        pub last_visit: Option<Date>,
        /// 最終利用メニュー (N6)
        pub last_menus: Vec<MenuId>,
        /// 合計利用金額 (N8)
        pub amount: Yen,
        /// 平均利用金額: a visit, rounded down; none without a visit (N8).
        pub average: Option<Yen>,
        /// What is left when the average is taken as often as there were visits (N8).
        pub average_remainder: Yen,
        /// キャンセル料未払い
        pub due: Yen,
        /// 来店区分 (N9)
        pub category: Option<String>,
        /// The answers to the questions of how often, in their order (N7).
        pub frequencies: Vec<FrequencyAnswer>,
        /// 所有ポイント; left out while the salon has none, and for a past instant (Z1).
        pub points: Option<u32>,
        /// 仮ポイント合計
        pub provisional_points: Option<u32>,
    }
}

wire! {
    /// キャンセル回数 and its parts (N2).
    #[derive(Copy, Debug)]
    pub struct Cancellations {
        /// All three together.
        pub total: u32,
        /// At or before the deadline.
        pub early: u32,
        /// 直前キャンセル
        pub late: u32,
        /// 無断キャンセル
        pub no_shows: u32,
    }
}

// Whose figures are asked for: at an instant before a merge, or after its undo, those of the source itself.
fn whose(look: &dyn Look, id: CustomerId, as_of: Option<Instant>) -> Result<CustomerId, Halt> {
    let Some(as_of) = as_of else { return Ok(resolve(look, id)?.id) };
    let mut at = id;
    // Bounded like `resolve`.
    for _ in 0..1_000 {
        look.find::<Customer>(at)?.ok_or(CustomerError::NotFound { customer: id })?;
        let merges: Vec<Merge> = look.keyed(key::merged(at))?;
        let stood = |merge: &&Merge| merge.source == at && merge.at <= as_of && merge.undone_at.is_none_or(|undone| undone > as_of);
        match merges.iter().find(stood) {
            Some(merge) => at = merge.target,
            None => return Ok(at),
        }
    }
    Err(CustomerError::NotFound { customer: id }.into())
}

// The days of all visits, the earliest first.
fn days(parts: &[Part], calendar: Calendar) -> Result<Vec<Date>, Halt> {
    let mut days = Vec::new();
    for mark in parts.iter().filter_map(Part::visit) {
        days.push(mark.day(calendar)?);
    }
    days.sort_unstable();
    Ok(days)
}

fn present(look: &dyn Look, customer: CustomerId) -> Result<Vec<Part>, Halt> {
    let reads = Part::KINDS.map(|kind| Read::Parent { kind, parent: customer.to_string() });
    look.want(&reads)?;
    let mut parts = Vec::new();
    for read in &reads {
        for record in look.look(read)? {
            parts.extend(Part::of(&record)?);
        }
    }
    Ok(parts)
}

impl Query for GetFigures {
    type Output = CustomerFigures;
    const NAME: &'static str = "getFigures";
    const ROLES: &'static [Role] = Role::SALON;

    fn answer(&self, look: &dyn Look, actor: &Actor, now: Instant) -> Result<CustomerFigures, Halt> {
        may_name(look, actor, self.customer, Self::NAME)?;
        let settings = crate::log::settings(look)?;
        let past = self.as_of.map(|as_of| as_of.checked("asOf")).transpose()?.filter(|as_of| *as_of < now);
        let customer = whose(look, self.customer, past)?;
        // The figures of today are kept; only questions about the days of the visits need them all (N7, N9).
        let asked = !self.frequencies.is_empty() || !settings.visit_categories.is_empty();
        let parts: Vec<Part> = match past {
            Some(as_of) => {
                let records = as_of::records(look, customer, as_of)?;
                let parts: Result<Vec<Option<Part>>, AmountError> = records.iter().map(Part::of).collect();
                parts?.into_iter().flatten().collect()
            }
            None if asked => present(look, customer)?,
            None => Vec::new(),
        };
        let figures = match past {
            Some(_) => Figures::sum(customer, parts.iter().cloned())?,
            None => look.find(customer)?.unwrap_or_else(|| Figures::none(customer)),
        };
        let today = settings.calendar.day_of(past.unwrap_or(now))?;
        let days = days(&parts, settings.calendar)?;
        let mut frequencies = Vec::new();
        for frequency in &self.frequencies {
            frequencies.push(frequency.holds("frequencies", &days, today)?);
        }
        let category = VisitCategory::of(&settings.visit_categories, &days, today)?.map(|category| category.name.clone());
        let shows_points = settings.points.rule.is_some() && past.is_none();
        let day = |mark: Option<&crate::record::VisitMark>| mark.map(|mark| mark.day(settings.calendar)).transpose();
        let count = i64::from(figures.visits);
        Ok(CustomerFigures {
            customer,
            visits: figures.visits,
            manual_visits: figures.manual_visits,
            cancellations: Cancellations {
                total: figures.cancellations(),
                early: figures.cancelled_early,
                late: figures.cancelled_late,
                no_shows: figures.no_shows,
            },
            last_minute_cancel: figures.cancelled_late > 0,
            no_show: figures.no_shows > 0,
            reservations: figures.reservations,
            first_visit: day(figures.first_visit.as_ref())?,
            last_visit: day(figures.last_visit())?,
            last_menus: figures.last_visit().map(|mark| mark.menus.clone()).unwrap_or_default(),
            amount: figures.amount,
            average: figures.amount.0.checked_div_euclid(count).map(Yen),
            average_remainder: Yen(figures.amount.0.checked_rem_euclid(count).unwrap_or(0)),
            due: figures.due,
            category,
            frequencies,
            points: if shows_points { Some(points::balance(look, customer, today)?) } else { None },
            provisional_points: if shows_points {
                Some(points::provisional(&look.children::<Reservation>(customer)?, &settings)?)
            } else {
                None
            },
        })
    }
}
