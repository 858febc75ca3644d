use super::enter::{VisitForm, blank, filled, keep};
use crate::customer::active;
use crate::error::SaleError;
use crate::id::{CustomerId, ManualVisitId};
use crate::log::{Command, Context, Draft, Halt, Role};
use crate::record::{Figures, ManualVisit, VisitRef};
use crate::time::Date;

wire! {
    /// 最終来店日の変更 (N5): the last visit is never typed over. If it was entered by hand its day is corrected; otherwise a visit by hand is added on
    /// a later day. The day that it is already changes nothing.
    #[derive(Debug)]
    pub struct SetLastVisit {
        /// Whose.
        pub customer: CustomerId,
        /// 最終来店日 as it shall be.
        pub day: Date,
    }
}

wire! {
    /// 最終来店日 as it was asked for.
    #[derive(Debug)]
    pub struct LastVisitSet {
        /// The visit by hand that is the last one; left out where a reservation's was on that day already.
        pub visit: Option<ManualVisitId>,
        /// Its version now.
        pub version: Option<u32>,
        /// Points earned now, less those taken back; left out where none moved.
        pub points: Option<i32>,
    }
}

impl Command for SetLastVisit {
    type Output = LastVisitSet;
    const NAME: &'static str = "setLastVisit";
    const ROLES: &'static [Role] = Role::SALON;

    fn decide(&self, draft: &mut Draft<'_>, context: &Context) -> Result<LastVisitSet, Halt> {
        let customer = active(draft, self.customer)?.id;
        let calendar = draft.settings()?.calendar;
        let figures: Option<Figures> = draft.read().find(customer)?;
        let mut visits = Vec::new();
        for mark in figures.iter().flat_map(|figures| &figures.last_visits) {
            visits.push((mark.visit, mark.day(calendar)?));
        }
        let by_hand: Option<ManualVisit> = match visits.first() {
            Some((VisitRef::Manual { id }, _)) => draft.read().find(id)?,
            _ => None,
        };
        if visits.first().is_some_and(|(_, day)| *day == self.day) {
            let (visit, version) = by_hand.map(|visit| (visit.id, visit.version)).unzip();
            return Ok(LastVisitSet { visit, version, points: None });
        }
        // One by hand gets another day, so only those before it can stand in the way.
        let others = visits.iter().skip(usize::from(by_hand.is_some())).map(|(_, day)| *day);
        if let Some(day) = others.max().filter(|day| *day > self.day) {
            return Err(SaleError::LaterVisit { field: "day", day }.into());
        }
        let visit = match by_hand {
            Some(visit) => ManualVisit { version: visit.version.saturating_add(1), ..visit },
            None => blank(draft, customer, self.day, context)?,
        };
        let form = VisitForm { day: self.day, ..form_of(&visit) };
        let visit = filled(draft, visit, &form, context.now)?;
        let entered = keep(draft, visit, context)?;
        Ok(LastVisitSet { visit: Some(entered.visit), version: Some(entered.version), points: entered.points })
    }
}

fn form_of(visit: &ManualVisit) -> VisitForm {
    VisitForm {
        day: visit.day,
        shop: visit.shop.clone(),
        staff: visit.staff.clone(),
        menus: visit.menus.clone(),
        amount: Some(visit.amount),
        service_memo: visit.service_memo.clone(),
        proposal_memo: visit.proposal_memo.clone(),
        reservation: visit.reservation,
    }
}
