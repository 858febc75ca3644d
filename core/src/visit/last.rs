use super::enter::{EnteredVisit, VisitForm, blank, filled, keep};
use crate::customer::active;
use crate::error::SaleError;
use crate::id::CustomerId;
use crate::log::{Command, Context, Draft, Halt, Role};
use crate::record::{Figures, ManualVisit, VisitRef};
use crate::time::Date;

wire! {
    /// 最終来店日の変更 (N5): the last visit is never typed over. If it was entered by hand its day is corrected; otherwise a visit by hand is added on
    /// a later day.
    #[derive(Debug)]
    pub struct SetLastVisit {
        /// Whose.
        pub customer: CustomerId,
        /// 最終来店日 as it shall be.
        pub day: Date,
    }
}

impl Command for SetLastVisit {
    type Output = EnteredVisit;
    const NAME: &'static str = "setLastVisit";
    const ROLES: &'static [Role] = Role::SALON;

    fn decide(&self, draft: &mut Draft<'_>, context: &Context) -> Result<EnteredVisit, Halt> {
        let customer = active(draft, self.customer)?.id;
        let calendar = draft.settings()?.calendar;
        let figures: Option<Figures> = draft.read().find(customer)?;
        let marks = figures.map(|figures| figures.last_visits).unwrap_or_default();
        let mut days = Vec::new();
        for mark in &marks {
            days.push((mark.visit, mark.day(calendar)?));
        }
        let latest = |found: &[(VisitRef, Date)]| found.iter().map(|(_, day)| *day).max();
        let later = |day: Option<Date>| day.filter(|day| *day > self.day);
        let refused = |day: Date| SaleError::LaterVisit { field: "day", day };
        let edited = match days.first() {
            // The latest was entered by hand: it was on this day, if no other visit was later.
            Some((VisitRef::Manual { id }, day)) if *day != self.day => {
                let others = days.get(1..).unwrap_or_default();
                if let Some(day) = later(latest(others)) {
                    return Err(refused(day).into());
                }
                draft.read().find::<ManualVisit>(*id)?
            }
            // A form that was saved as it was shown.
            Some((VisitRef::Manual { id }, _)) => {
                let visit: Option<ManualVisit> = draft.read().find(*id)?;
                let version = visit.map_or(0, |visit| visit.version);
                return Ok(EnteredVisit { visit: *id, version, points: None });
            }
            Some((_, day)) if *day >= self.day => return Err(refused(*day).into()),
            _ => None,
        };
        let visit = match edited {
            Some(mut visit) => {
                visit.version = visit.version.saturating_add(1);
                let form = VisitForm { day: self.day, ..form_of(&visit) };
                filled(draft, visit, &form, context.now)?
            }
            None => {
                let visit = blank(draft, customer, self.day, context)?;
                let form = VisitForm { day: self.day, ..form_of(&visit) };
                filled(draft, visit, &form, context.now)?
            }
        };
        keep(draft, visit, context)
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
