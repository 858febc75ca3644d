use crate::customer::limits;
use crate::error::{Error, TicketError};
use crate::id::TicketPlanId;
use crate::log::{Actor, Command, Context, Draft, Halt, Look, Query, Role};
use crate::money::Yen;
use crate::record::{TicketPlan, TicketTerms, TicketValidity, key};
use crate::text::one_line;
use crate::time::Instant;

wire! {
    /// 回数券メニュー: makes a plan or changes one (K1). Tickets that were sold keep the terms they were sold with.
    #[derive(Debug)]
    pub struct SaveTicketPlan {
        /// The host's name for it.
        pub plan: TicketPlanId,
        /// The version that the terms were read from; 0 for a new plan.
        pub based_on: u32,
        /// The terms as they shall be.
        pub terms: TicketTerms,
        /// Not sold any more.
        pub retired: bool,
    }
}

wire! {
    /// A saved plan.
    #[derive(Debug)]
    pub struct SavedTicketPlan {
        /// Which.
        pub plan: TicketPlanId,
        /// Its version now.
        pub version: u32,
    }
}

/// How many menus, staff or shops a plan can name.
const NAMED: usize = 1_000;

fn checked(terms: &TicketTerms) -> Result<TicketTerms, Error> {
    let wrong = |field: &'static str, expected: &'static str| TicketError::Terms { field, expected };
    let name = one_line("name", &terms.name, limits::LINE)?;
    if name.is_empty() {
        return Err(wrong("name", "a name").into());
    }
    if terms.price < Yen::ZERO || terms.price > Yen::MAX {
        return Err(wrong("price", "¥0 to ¥1,000,000,000").into());
    }
    if !(1..=1_000).contains(&terms.uses) {
        return Err(wrong("uses", "1 to 1000 uses").into());
    }
    let valid = match terms.valid {
        TicketValidity::Days { days } => (1..=36_500).contains(&days),
        TicketValidity::Months { months } => (1..=1_200).contains(&months),
    };
    if !valid {
        return Err(wrong("valid", "1 to 36500 days or 1 to 1200 months").into());
    }
    for (field, count) in [("menus", terms.menus.len()), ("staff", terms.staff.len()), ("shops", terms.shops.len())] {
        if count > NAMED {
            return Err(wrong(field, "at most 1000").into());
        }
    }
    Ok(TicketTerms { name, ..terms.clone() })
}

impl Command for SaveTicketPlan {
    type Output = SavedTicketPlan;
    const NAME: &'static str = "saveTicketPlan";
    const ROLES: &'static [Role] = Role::MANAGERS;

    fn decide(&self, draft: &mut Draft<'_>, _: &Context) -> Result<SavedTicketPlan, Halt> {
        let stored: Option<TicketPlan> = draft.read().find(&self.plan)?;
        let version = stored.map_or(0, |plan| plan.version);
        if version != self.based_on {
            return Err(TicketError::PlanVersion { field: "basedOn", version }.into());
        }
        let version = version.saturating_add(1);
        draft.put(TicketPlan { id: self.plan.clone(), version, terms: checked(&self.terms)?, retired: self.retired })?;
        Ok(SavedTicketPlan { plan: self.plan.clone(), version })
    }
}

wire! {
    /// Every ticket plan of the salon.
    #[derive(Copy, Debug)]
    pub struct GetTicketPlans {}
}

wire! {
    /// Ticket plans, by id.
    #[derive(Debug)]
    pub struct TicketPlans {
        /// The plans, retired ones included.
        pub plans: Vec<TicketPlan>,
    }
}

impl Query for GetTicketPlans {
    type Output = TicketPlans;
    const NAME: &'static str = "getTicketPlans";
    const ROLES: &'static [Role] = Role::ANYONE;

    fn answer(&self, look: &dyn Look, actor: &Actor, _: Instant) -> Result<TicketPlans, Halt> {
        let mut plans: Vec<TicketPlan> = look.keyed(key::TICKET_PLANS.to_owned())?;
        // A customer sees what can be bought.
        plans.retain(|plan| actor.role != Role::Customer || !plan.retired);
        plans.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(TicketPlans { plans })
    }
}
