//! Points (Z1): every single one lies in a lot and is somewhere.

use super::super::days::{Day, Ms};
use super::super::orders::Rule;
use super::tickets::last_day;
use super::{Answer, Axis, Flaw, Salon};

/// What earned points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Source {
    Visit(u32),
    Manual(u32),
    Sale(u32),
    /// A voided sale, in which points were spent that have expired since.
    Returned(u32),
    ByHand,
}

#[derive(Clone, Debug)]
pub(in super::super) struct Lot {
    pub(in super::super) owner: u32,
    pub(in super::super) source: Source,
    pub(in super::super) expires_on: Option<Day>,
    /// What its source has earned and was not taken back.
    pub(in super::super) granted: i64,
    /// What of that could not be taken back yet.
    pub(in super::super) owed: i64,
    /// Sales in which some were spent, voided ones too.
    pub(in super::super) spent_in: Vec<u32>,
}

/// A single point.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Point {
    pub(in super::super) lot: usize,
    pub(in super::super) at: Place,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Place {
    Here,
    Spent { sale: u32 },
    Gone,
}

impl Rule {
    pub(in super::super) const fn of(self, amount: i64) -> i64 {
        match self {
            Self::PerVisit(points) => points,
            Self::PerSales { yen, points } => amount / yen * points,
        }
    }
}

impl Salon {
    // Of a customer's points those that can be spent on a day, in the order in which they are: the earliest to expire first.
    fn spendable(&self, owner: u32, day: Day) -> Vec<usize> {
        let alive = |lot: &Lot| lot.owner == owner && (lot.expires_on.is_none_or(|last| day <= last) || self.has(Flaw::PointsNeverExpire));
        let mut found: Vec<(bool, Option<Day>, usize, usize)> = self
            .points
            .iter()
            .enumerate()
            .filter(|(_, point)| point.at == Place::Here && alive(&self.lots[point.lot]))
            .map(|(n, point)| (self.lots[point.lot].expires_on.is_none(), self.lots[point.lot].expires_on, point.lot, n))
            .collect();
        found.sort_unstable();
        found.into_iter().map(|(_, _, _, n)| n).collect()
    }

    pub(in super::super) fn balance(&self, owner: u32, now: Ms) -> i64 {
        i64::try_from(self.spendable(owner, self.today(now)).len()).unwrap()
    }

    /// The points that expire next: their last day, and how many.
    pub(in super::super) fn next_expiry(&self, owner: u32, now: Ms) -> (Option<Day>, i64) {
        let days: Vec<Option<Day>> =
            self.spendable(owner, self.today(now)).into_iter().map(|n| self.lots[self.points[n].lot].expires_on).collect();
        let next = days.iter().flatten().min().copied();
        (next, i64::try_from(days.iter().filter(|day| next.is_some() && **day == next).count()).unwrap())
    }

    /// What a visit of a reservation earns: by the rule frozen when it was booked, else the salon's; nothing while the salon has none.
    pub(in super::super) fn rule_for(&self, booking: u32) -> Option<Rule> {
        self.policies.rule.map(|today| self.bookings[super::place(booking)].rule.unwrap_or(today))
    }

    /// 仮ポイント: what the reservations ahead will earn.
    pub(in super::super) fn provisional(&self, owner: u32) -> i64 {
        let ahead = (1_u32..).zip(&self.bookings).filter(|(_, booking)| booking.owner == owner && booking.axis == Axis::Confirmed);
        ahead.filter_map(|(id, _)| self.rule_for(id).map(|rule| rule.of(self.unpaid(id)))).sum()
    }

    pub(super) fn earn_visit(&mut self, booking: u32, amount: i64, now: Ms) -> i64 {
        let owner = self.bookings[super::place(booking)].owner;
        let points = self.bookings[super::place(booking)].rule.map_or(0, |rule| rule.of(amount));
        self.settle(Source::Visit(booking), owner, points, now)
    }

    /// Makes what a source earns come to so many: more are earned, or some taken back. Answers how many moved.
    pub(super) fn settle(&mut self, source: Source, owner: u32, points: i64, now: Ms) -> i64 {
        let today = self.today(now);
        let own: Vec<usize> = (0..self.lots.len()).filter(|lot| self.lots[*lot].source == source).collect();
        let stands = |lot: &Lot| lot.granted - lot.owed;
        let now_stands: i64 = own.iter().map(|lot| stands(&self.lots[*lot])).sum();
        let mut earned = 0;
        for _ in now_stands..points {
            // What it owes is not earned a second time.
            if let Some(lot) = own.iter().find(|lot| self.lots[**lot].owed > 0) {
                self.lots[*lot].owed -= 1;
            } else {
                earned += 1;
            }
        }
        if earned > 0 {
            let expires_on = last_day(today, self.policies.points_valid);
            let latest = own.last().copied().filter(|lot| {
                let lot = &self.lots[*lot];
                let empty = lot.granted == 0 && !self.points.iter().any(|point| Some(&point.lot) == own.last() && point.at == Place::Here);
                empty || lot.expires_on.is_none_or(|last| today <= last)
            });
            // Nobody has anything of points that expired before they were earned.
            let lot = latest.unwrap_or_else(|| {
                self.lots.push(Lot { owner, source, expires_on, granted: 0, owed: 0, spent_in: Vec::new() });
                self.lots.len() - 1
            });
            // Earned anew, they last anew.
            if self.lots[lot].granted == 0 {
                self.lots[lot].expires_on = expires_on;
            }
            (0..earned).for_each(|_| self.points.push(Point { lot, at: Place::Here }));
            self.lots[lot].granted += earned;
        }
        let mut taken = 0;
        let mut left = now_stands - points;
        for lot in own.into_iter().rev() {
            let most = left.min(stands(&self.lots[lot])).max(0);
            left -= most;
            self.lots[lot].owed += most;
            taken += self.collect_from(lot, owner, most, today);
        }
        earned - taken
    }

    // First from its own, expired or not, then from whatever else can be spent; what is not there is owed. Answers how many could be spent.
    fn collect_from(&mut self, lot: usize, owner: u32, most: i64, today: Day) -> i64 {
        let own = (0..self.points.len()).filter(|n| self.points[*n].lot == lot && self.points[*n].at == Place::Here);
        let others = self.spendable(owner, today).into_iter().filter(|n| self.points[*n].lot != lot);
        let taken: Vec<usize> = own.chain(others).take(usize::try_from(most).unwrap()).collect();
        let before = self.spendable(owner, today).len();
        taken.iter().for_each(|n| self.points[*n].at = Place::Gone);
        let after = self.spendable(owner, today).len();
        let taken = i64::try_from(taken.len()).unwrap();
        self.lots[lot].granted -= taken;
        self.lots[lot].owed -= taken;
        i64::try_from(before - after).unwrap()
    }

    /// Spends so many in a sale, or nothing.
    pub(super) fn spend(&mut self, owner: u32, sale: u32, points: i64, now: Ms) -> bool {
        let found = self.spendable(owner, self.today(now));
        let points = usize::try_from(points).unwrap();
        for n in found.iter().take(points) {
            self.points[*n].at = Place::Spent { sale };
            self.lots[self.points[*n].lot].spent_in.push(sale);
        }
        found.len() >= points
    }

    /// What was spent in a sale is back where it was, or anew where that has expired, but for what is still owed.
    pub(super) fn give_back(&mut self, voided: u32, owner: u32, now: Ms) {
        let today = self.today(now);
        let (next, expires_on) = (self.lots.len(), last_day(today, self.policies.points_valid));
        let mut late = false;
        for point in self.points.iter_mut().filter(|point| point.at == Place::Spent { sale: voided }) {
            point.at = Place::Here;
            if self.flaw != Some(Flaw::ComeBackExpired) && self.lots[point.lot].expires_on.is_some_and(|last| last < today) {
                point.lot = next;
                late = true;
            }
        }
        if late {
            self.lots.push(Lot { owner, source: Source::Returned(voided), expires_on, granted: 0, owed: 0, spent_in: Vec::new() });
        }
        for lot in 0..self.lots.len() {
            if self.lots[lot].owner == owner && self.lots[lot].owed > 0 {
                self.collect_from(lot, owner, self.lots[lot].owed, today);
            }
        }
    }

    pub(super) fn adjust_points(&mut self, customer: u32, seen: i64, balance: i64, reason: bool, now: Ms) -> Answer {
        let mut reasons = self.must_be_active(customer);
        if self.policies.rule.is_none() {
            reasons.push("points.off");
        }
        if !reason {
            reasons.push("sale.reason_blank");
        }
        let today = self.today(now);
        let have = self.spendable(customer, today);
        let known = i64::try_from(have.len()).unwrap();
        if seen != known {
            reasons.push("points.moved");
        }
        super::unless(reasons)?;
        if balance > known {
            let expires_on = last_day(today, self.policies.points_valid);
            self.lots.push(Lot { owner: customer, source: Source::ByHand, expires_on, granted: 0, owed: 0, spent_in: Vec::new() });
            let lot = self.lots.len() - 1;
            (known..balance).for_each(|_| self.points.push(Point { lot, at: Place::Here }));
        }
        let fewer = usize::try_from(known - balance).unwrap_or(0);
        have.into_iter().take(fewer).for_each(|n| self.points[n].at = Place::Gone);
        Ok(vec![("balance", balance.into())])
    }
}
