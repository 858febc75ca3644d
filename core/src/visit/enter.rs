use crate::customer::{active, limits};
use crate::error::{BookingError, SaleError};
use crate::id::{CustomerId, ManualVisitId, MenuId, ReservationId, ShopId, StaffId};
use crate::log::{Command, Context, Draft, Halt, Look, Role};
use crate::money::Yen;
use crate::points;
use crate::record::{BookingState, Kind, ManualVisit, PointSource, Reservation};
use crate::text::multi_line;
use crate::time::{Calendar, Date, Instant};

wire! {
    /// The form of a visit by hand. In an edit it replaces the whole.
    pub struct VisitForm {
        /// ご利用日, not in the future.
        pub day: Date,
        /// 店舗
        pub shop: Option<ShopId>,
        /// 担当スタッフ
        pub staff: Option<StaffId>,
        /// メニュー, at most 50.
        pub menus: Vec<MenuId>,
        /// ご利用金額
        pub amount: Option<Yen>,
        /// 接客メモ
        pub service_memo: Option<String>,
        /// 提案メモ
        pub proposal_memo: Option<String>,
        /// The reservation whose details these are, one that was visited; the visit then counts as that one only (N1).
        pub reservation: Option<ReservationId>,
    }
}

redacted_debug!(VisitForm { day, shop, staff, menus, amount, reservation });

wire! {
    /// Adds a visit by hand (N5).
    #[derive(Debug)]
    pub struct AddVisit {
        /// Whose.
        pub customer: CustomerId,
        /// The visit.
        pub form: VisitForm,
    }
}

wire! {
    /// Corrects a visit that was entered by hand (N5).
    #[derive(Debug)]
    pub struct EditVisit {
        /// Which.
        pub visit: ManualVisitId,
        /// The version that the form was read from.
        pub based_on: u32,
        /// The visit as it shall be.
        pub form: VisitForm,
    }
}

wire! {
    /// Deletes a visit that was entered by hand (N5). The journal keeps it.
    #[derive(Debug)]
    pub struct RemoveVisit {
        /// Which.
        pub visit: ManualVisitId,
        /// The version that was seen.
        pub based_on: u32,
    }
}

wire! {
    /// A visit that was entered, corrected or deleted.
    #[derive(Debug)]
    pub struct EnteredVisit {
        /// Which.
        pub visit: ManualVisitId,
        /// Its version now; 0 once deleted.
        pub version: u32,
        /// Points earned now, less those taken back; left out where none moved.
        pub points: Option<i32>,
    }
}

/// The middle of a business day: it stays within that day when the salon moves the hour at which its day begins.
fn middle(calendar: Calendar, day: Date) -> Instant {
    calendar.start_of(day).plus_ms(12 * 3_600_000)
}

/// A visit as it is kept, from its form.
pub(super) fn filled(look: &dyn Look, mut visit: ManualVisit, form: &VisitForm, now: Instant) -> Result<ManualVisit, Halt> {
    let calendar = crate::log::settings(look)?.calendar;
    if form.day > calendar.day_of(now)? {
        return Err(SaleError::VisitInFuture { field: "day" }.into());
    }
    if form.menus.len() > 50 {
        return Err(SaleError::VisitMenus { field: "menus" }.into());
    }
    if let Some(id) = form.reservation {
        let reservation: Option<Reservation> = look.find(id)?;
        let own = reservation.filter(|reservation| reservation.customer == visit.customer);
        let booking = own.ok_or(BookingError::NotFound { reservation: id })?.booking;
        // Tied to one that nobody came to, it would count nowhere (N1). One that was tied before stays so when that visit is taken back.
        if visit.reservation != Some(id) && !matches!(booking, BookingState::Visited { .. }) {
            return Err(SaleError::NotVisited { field: "reservation", reservation: id, state: booking.name() }.into());
        }
    }
    let memo = |field: &'static str, raw: &Option<String>| {
        raw.as_deref().map(|raw| multi_line(field, raw, limits::COMMENT)).transpose().map(|text| text.filter(|text| !text.is_empty()))
    };
    visit.day = form.day;
    visit.at = middle(calendar, form.day);
    visit.shop.clone_from(&form.shop);
    visit.staff.clone_from(&form.staff);
    visit.menus.clone_from(&form.menus);
    visit.amount = form.amount.unwrap_or_default().on_a_line("amount")?;
    visit.service_memo = memo("serviceMemo", &form.service_memo)?;
    visit.proposal_memo = memo("proposalMemo", &form.proposal_memo)?;
    visit.reservation = form.reservation;
    Ok(visit)
}

/// Keeps a visit, and the points that it earns (Z1).
pub(super) fn keep(draft: &mut Draft<'_>, visit: ManualVisit, context: &Context) -> Result<EnteredVisit, Halt> {
    // By the rule it was entered under, whatever the salon has set since: a corrected memo moves no points, a corrected amount does.
    let points = match visit.earns {
        Some(rule) => {
            // Tied to a reservation, that one earns.
            let earned = if visit.reservation.is_some() { 0 } else { rule.of(visit.amount) };
            points::settle(draft, visit.customer, PointSource::ManualVisit { visit: visit.id }, earned, context)?.moved()
        }
        None => None,
    };
    let entered = EnteredVisit { visit: visit.id, version: visit.version, points };
    draft.put(visit)?;
    Ok(entered)
}

/// A new visit by hand, blank but for its customer.
pub(super) fn blank(draft: &mut Draft<'_>, customer: CustomerId, day: Date, context: &Context) -> Result<ManualVisit, Halt> {
    Ok(ManualVisit {
        id: draft.new_manual_visit()?,
        customer,
        version: 1,
        day,
        at: context.now,
        shop: None,
        staff: None,
        menus: Vec::new(),
        amount: Yen::ZERO,
        service_memo: None,
        proposal_memo: None,
        reservation: None,
        earns: draft.settings()?.points.rule,
        entered_by: context.actor.id.clone(),
        entered_at: context.now,
    })
}

fn stored(look: &dyn Look, id: ManualVisitId, based_on: u32) -> Result<ManualVisit, Halt> {
    let visit: ManualVisit = look.find(id)?.ok_or(SaleError::VisitNotFound { visit: id })?;
    active(look, visit.customer)?;
    if visit.version == based_on { Ok(visit) } else { Err(SaleError::VisitVersion { field: "basedOn", version: visit.version }.into()) }
}

impl Command for AddVisit {
    type Output = EnteredVisit;
    const NAME: &'static str = "addVisit";
    const ROLES: &'static [Role] = Role::SALON;

    fn decide(&self, draft: &mut Draft<'_>, context: &Context) -> Result<EnteredVisit, Halt> {
        let customer = active(draft, self.customer)?.id;
        let visit = blank(draft, customer, self.form.day, context)?;
        let visit = filled(draft, visit, &self.form, context.now)?;
        keep(draft, visit, context)
    }
}

impl Command for EditVisit {
    type Output = EnteredVisit;
    const NAME: &'static str = "editVisit";
    const ROLES: &'static [Role] = Role::SALON;

    fn decide(&self, draft: &mut Draft<'_>, context: &Context) -> Result<EnteredVisit, Halt> {
        let mut visit = stored(draft, self.visit, self.based_on)?;
        visit.version = visit.version.saturating_add(1);
        let visit = filled(draft, visit, &self.form, context.now)?;
        keep(draft, visit, context)
    }
}

impl Command for RemoveVisit {
    type Output = EnteredVisit;
    const NAME: &'static str = "removeVisit";
    const ROLES: &'static [Role] = Role::SALON;

    fn decide(&self, draft: &mut Draft<'_>, context: &Context) -> Result<EnteredVisit, Halt> {
        let visit = stored(draft, self.visit, self.based_on)?;
        let source = PointSource::ManualVisit { visit: visit.id };
        let points = points::settle(draft, visit.customer, source, 0, context)?.moved();
        draft.remove(Kind::ManualVisit, &visit.id.to_string())?;
        Ok(EnteredVisit { visit: visit.id, version: 0, points })
    }
}
