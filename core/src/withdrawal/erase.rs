use super::{LostTicket, lost_tickets};
use crate::customer::{belongings, erase_histories, erase_records, keep_block, not_active, on_black_list, person};
use crate::error::{CustomerError, Error};
use crate::id::{CustomerId, ReservationId};
use crate::log::{Actor, Command, Context, Draft, Halt, Look, Query, Read, Role};
use crate::money::Yen;
use crate::points;
use crate::record::{Customer, CustomerState, Figures, Kind, Pending, Reservation, Sealed};
use crate::time::Instant;

wire! {
    /// 個人情報の消去: takes away all that is personal of a customer who has a history, and keeps the figures (W4): visits, yen, uses, points, days. Those who
    /// were merged into them are the same person, and go with them. It cannot be undone: no merge is taken back over it (M8), no import, and nothing of it
    /// is left in the store.
    ///
    /// Once more on the same customer takes away what was written since, such as the reason of a waiver.
    #[derive(Copy, Debug)]
    pub struct EraseCustomer {
        /// Who.
        pub customer: CustomerId,
    }
}

wire! {
    /// An erased customer.
    #[derive(Copy, Debug)]
    pub struct Erased {
        /// Who it was.
        pub customer: CustomerId,
        /// Their customer number お客様番号: it resolves to a record that shows nothing.
        pub number: u32,
        /// How many records held something personal, theirs and what hung on it.
        pub records: u32,
        /// How many changes in the journal did.
        pub parts: u32,
    }
}

wire! {
    /// What an erasure would do (W4).
    #[derive(Copy, Debug)]
    pub struct PreviewErasure {
        /// Who.
        pub customer: CustomerId,
    }
}

wire! {
    /// What an erasure would do, and what stands in its way: nothing has happened yet.
    pub struct ErasurePreview {
        /// Who were merged into them: erased with them.
        pub merged: Vec<CustomerId>,
        /// Reservations that have not come to their end, in order of their start. They stand in the way: bring them to it, or cancel them.
        pub open_reservations: Vec<ReservationId>,
        /// Whether the customer has asked to be shown their record, which stands in the way too.
        pub disclosure_pending: bool,
        /// Whether they are on the black list: digests of how they can be reached stay, to block them if they return (G5).
        pub blacklisted: bool,
        /// キャンセル料未払い. A due does not stop an erasure, and stays: it can be paid or waived afterwards, and nobody can be written to about it.
        pub due: Yen,
        /// Tickets with uses left, the earliest to expire first: nobody can use them any more.
        pub tickets: Vec<LostTicket>,
        /// Points that could be spent today: they are lost.
        pub points: u32,
        /// References of pictures 画像: the pictures themselves are the host's to delete, before these are gone.
        pub pictures: Vec<String>,
        /// How many records hang on the customer and keep their figures.
        pub records: u32,
    }
}

redacted_debug!(ErasurePreview { merged, open_reservations, disclosure_pending, blacklisted, due, points, records });

// Whoever was merged is erased under the id they have now.
fn erasable(look: &dyn Look, id: CustomerId) -> Result<Customer, Halt> {
    let customer: Customer = look.find(id)?.ok_or(CustomerError::NotFound { customer: id })?;
    match customer.state {
        CustomerState::Merged { .. } => Err(not_active(&customer).into()),
        CustomerState::Active | CustomerState::Withdrawn { .. } | CustomerState::Erased { .. } => Ok(customer),
    }
}

// Somebody is to be served, or to be sent away: both need to know whom. So an end comes first, and with it word of what it costs.
fn open_reservations(look: &dyn Look, customer: CustomerId) -> Result<Vec<ReservationId>, Halt> {
    let mut open: Vec<Reservation> = look.children(customer)?;
    open.retain(|reservation| reservation.booking.is_open());
    open.sort_by_key(|reservation| (reservation.start, reservation.id));
    Ok(open.into_iter().map(|reservation| reservation.id).collect())
}

fn is_erased(customer: &Customer) -> bool {
    matches!(customer.state, CustomerState::Erased { .. })
}

fn in_the_way(look: &dyn Look, customer: &Customer) -> Result<Option<Error>, Halt> {
    if customer.pending == Some(Pending::Disclosure) {
        return Ok(Some(CustomerError::DisclosurePending { customer: customer.id }.into()));
    }
    let reservations = open_reservations(look, customer.id)?;
    Ok((!reservations.is_empty()).then(|| CustomerError::OpenReservations { customer: customer.id, reservations }.into()))
}

impl Command for EraseCustomer {
    type Output = Erased;
    const NAME: &'static str = "eraseCustomer";
    // It cannot be undone.
    const ROLES: &'static [Role] = Role::MANAGERS;

    fn reads(&self) -> Vec<Read> {
        let all = Kind::OWNED.iter().map(|kind| Read::Parent { kind: *kind, parent: self.customer.to_string() });
        all.chain([Read::one::<Customer>(self.customer), Read::children::<Sealed>(self.customer)]).collect()
    }

    fn decide(&self, draft: &mut Draft<'_>, context: &Context) -> Result<Erased, Halt> {
        let customer = erasable(draft, self.customer)?;
        if let Some(error) = in_the_way(draft, &customer)? {
            return Err(error.into());
        }
        let number = customer.number;
        let person = person(draft, customer)?;
        let belongings = belongings(draft, &person)?;
        if !person.iter().all(is_erased) {
            keep_block(draft, &person, context, true)?;
        }
        draft.leave_no_trace();
        // Before the records: of what they read to, the histories are told again.
        let parts = erase_histories(draft, &person, &belongings)?;
        let mut records = erase_records(draft, &belongings)?;
        for one in person {
            let before = one.clone();
            let state =
                if one.id == self.customer && !is_erased(&one) { CustomerState::Erased { at: context.now } } else { one.state.clone() };
            let after = Customer { state, pending: None, ..one.impersonal() };
            if after != before {
                records = records.saturating_add(1);
                draft.put(Customer { version: before.version.saturating_add(1), ..after })?;
            }
        }
        Ok(Erased { customer: self.customer, number, records, parts })
    }
}

impl Query for PreviewErasure {
    type Output = ErasurePreview;
    const NAME: &'static str = "previewErasure";
    const ROLES: &'static [Role] = Role::SALON;

    fn answer(&self, look: &dyn Look, _: &Actor, now: Instant) -> Result<ErasurePreview, Halt> {
        let customer = erasable(look, self.customer)?;
        let settings = crate::log::shared_settings(look)?;
        let today = settings.calendar.day_of(now)?;
        let disclosure_pending = customer.pending == Some(Pending::Disclosure);
        let open_reservations = open_reservations(look, customer.id)?;
        let person = person(look, customer)?;
        let belongings = belongings(look, &person)?;
        Ok(ErasurePreview {
            merged: person.iter().skip(1).map(|customer| customer.id).collect(),
            open_reservations,
            disclosure_pending,
            blacklisted: on_black_list(look, self.customer)?,
            due: look.find::<Figures>(self.customer)?.map_or(Yen::ZERO, |figures| figures.due),
            tickets: lost_tickets(look, self.customer, today)?,
            points: if settings.points.rule.is_some() { points::balance(look, self.customer, today)? } else { 0 },
            pictures: person.iter().flat_map(|customer| customer.pictures.iter().cloned()).collect(),
            records: u32::try_from(belongings.len()).unwrap_or(u32::MAX),
        })
    }
}
