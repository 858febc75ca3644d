//! Orders about visits by hand, ticket plans and the salon's settings.

use super::super::model::Axis;
use super::super::orders::{Cancellation, Charge, Deadline, Entered, Order, Policies, Rule, Terms, Valid};
use super::Drawing;

const CHARGES: [Charge; 9] = [
    Charge::Percent(50),
    Charge::Percent(80),
    Charge::Yen(3_000),
    Charge::Percent(100),
    Charge::Percent(33),
    Charge::Percent(0),
    Charge::Yen(0),
    Charge::Yen(1_000),
    Charge::Yen(20_000),
];
const RULES: [Option<Rule>; 5] = [
    None,
    Some(Rule::PerVisit(7)),
    Some(Rule::PerSales { yen: 100, points: 1 }),
    Some(Rule::PerSales { yen: 1_000, points: 3 }),
    Some(Rule::PerVisit(30)),
];
const VALID: [Valid; 5] = [Valid::Forever, Valid::Days(1), Valid::Days(20), Valid::Months(1), Valid::Months(2)];

impl Drawing<'_> {
    fn entered(&mut self, customer: u32) -> Entered {
        let today = self.model.today(self.now);
        let day = match self.dice.below(20) {
            0 => today + 1,
            1..=5 => today,
            _ => today - self.dice.between(1, 60),
        };
        let own = || (1_u32..).zip(&self.model.bookings).filter(|(_, booking)| booking.owner == customer);
        let (visited, own): (Vec<u32>, Vec<u32>) =
            (own().filter(|(_, booking)| booking.axis == Axis::Visited).map(|(id, _)| id).collect(), own().map(|(id, _)| id).collect());
        let any = self.any(self.model.bookings.len());
        let booking = match self.dice.below(20) {
            0 => Some(any),
            1 => self.dice.maybe(&own),
            2..=4 => self.dice.maybe(&visited),
            _ => None,
        };
        let menus = self.dice.pick(&[vec![], vec![1], vec![2, 3], vec![3]]);
        Entered { day, menus, amount: self.dice.pick(&[0, 3_000, 5_555]), booking }
    }

    pub(super) fn add_visit(&mut self) -> Order {
        let customer = self.customer();
        Order::AddVisit { customer, form: self.entered(customer) }
    }

    fn entered_visit(&mut self) -> (u32, u32, u32) {
        let there: Vec<u32> = (1_u32..).zip(&self.model.visits).filter(|(_, visit)| !visit.removed).map(|(id, _)| id).collect();
        let any = self.any(self.model.visits.len());
        let visit = if self.dice.percent(93) { self.dice.maybe(&there).unwrap_or(any) } else { any };
        let known = self.model.visit(visit).map_or((1, 1), |visit| (visit.version, visit.owner));
        let stale = u32::from(self.dice.percent(7));
        (visit, known.0 + stale, known.1)
    }

    pub(super) fn edit_visit(&mut self) -> Order {
        if self.model.visits.iter().all(|visit| visit.removed) && self.dice.percent(80) {
            return self.add_visit();
        }
        let (visit, based_on, owner) = self.entered_visit();
        Order::EditVisit { visit, based_on, form: self.entered(owner) }
    }

    pub(super) fn remove_visit(&mut self) -> Order {
        let (visit, based_on, _) = self.entered_visit();
        Order::RemoveVisit { visit, based_on }
    }

    pub(super) fn set_last_visit(&mut self) -> Order {
        let customer = self.customer();
        let today = self.model.today(self.now);
        let last = self.model.figures(customer).last.unwrap_or(today);
        let day = self.dice.pick(&[today, today - 1, last, last + 1, last - 1, last - 20, today + 1]);
        Order::SetLastVisit { customer, day }
    }

    pub(super) fn save_plan(&mut self) -> Order {
        let missing: Vec<u32> = (1..=3).filter(|plan| self.model.plan(*plan).is_none()).collect();
        let plan = missing.first().copied().unwrap_or_else(|| self.dice.pick(&[1, 2, 3]));
        let known = self.model.plan(plan).map_or(0, |plan| plan.version);
        let based_on = if self.dice.percent(93) { known } else { known + 1 };
        let terms = Terms {
            price: self.dice.pick(&[10_000, 11, 5_500, 0, 9_999]),
            uses: self.dice.pick(&[1, 2, 3, 5]),
            valid: self.dice.pick(&[Valid::Days(1), Valid::Days(10), Valid::Days(45), Valid::Months(1), Valid::Months(3)]),
            menus: self.dice.pick(&[vec![], vec![], vec![1], vec![2], vec![1, 2]]),
            staff: self.dice.pick(&[vec![], vec![], vec![], vec![1]]),
            shops: self.dice.pick(&[vec![], vec![], vec![], vec![1]]),
        };
        Order::SavePlan { plan, based_on, terms, retired: !missing.contains(&plan) && self.dice.percent(20) }
    }

    fn cancellation(&mut self) -> Cancellation {
        let deadline = self.dice.pick(&[
            Deadline::Hours(0),
            Deadline::Hours(24),
            Deadline::Hours(48),
            Deadline::Days { days: 1, minutes: 1_080 },
            Deadline::Days { days: 0, minutes: 540 },
            Deadline::Days { days: 3, minutes: 0 },
        ]);
        let all = [1, 3, 24, 48, 72];
        let tiers = (0..self.dice.below(4)).map(|_| (self.dice.pick(&all), self.dice.pick(&CHARGES))).collect();
        Cancellation { deadline, tiers, no_show: self.dice.pick(&CHARGES), consume_tickets: self.dice.percent(45) }
    }

    // One or two things at a time; the first settings are of a salon that uses most of it.
    pub(super) fn configure(&mut self) -> Order {
        let known = self.model.settings_version;
        let mut policies = self.model.policies.clone();
        if known <= 1 {
            policies = Policies {
                prepayment: self.dice.percent(70),
                black_online_only: self.dice.percent(40),
                unmerge_days: self.dice.pick(&[0, 7, 30, 90]),
                cancellation: self.cancellation(),
                extend_expired: self.dice.percent(50),
                rule: self.dice.pick(&RULES),
                points_valid: self.dice.pick(&VALID),
            };
        }
        for _ in 0..=self.dice.below(2) {
            match self.dice.below(7) {
                0 => policies.prepayment = !policies.prepayment,
                1 => policies.black_online_only = !policies.black_online_only,
                2 => policies.unmerge_days = self.dice.pick(&[0, 7, 30, 90]),
                3 => policies.extend_expired = !policies.extend_expired,
                4 => policies.rule = self.dice.pick(&RULES),
                5 => policies.points_valid = self.dice.pick(&VALID),
                _ => policies.cancellation = self.cancellation(),
            }
        }
        let stale = u32::from(self.dice.percent(4));
        Order::Configure { based_on: known + stale, policies }
    }
}
