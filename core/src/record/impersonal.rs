//! What is left of a record when nothing in it may tell of a person any more (W4): figures, days, yen, ids. Every kind and every field is named here,
//! so that a new one does not compile before somebody has decided.
//!
//! What the log itself tells of a record stays as it is, so that its history still reads: the log is never rewritten.

use super::{
    Block, Correction, Customer, Fee, Listing, ManualVisit, PointEntry, PointLot, PointMove, Record, Reservation, Sale, SaleState, Ticket,
    TicketEntry, TicketMove, key,
};

/// What stands in the place of a text that had to be given and was erased: a reason, a memo.
pub const ERASED_TEXT: &str = "（消去済み）";

fn gone() -> String {
    ERASED_TEXT.to_owned()
}

impl Record {
    /// The record without what is personal in it.
    #[must_use]
    pub fn impersonal(&self) -> Self {
        match self {
            Self::Customer(record) => Customer::clone(record).impersonal().into(),
            Self::Reservation(record) => reservation(Reservation::clone(record)).into(),
            Self::ManualVisit(record) => manual_visit(ManualVisit::clone(record)).into(),
            Self::Sale(record) => sale(Sale::clone(record)).into(),
            Self::Ticket(record) => ticket(Ticket::clone(record)).into(),
            Self::PointLot(record) => point_lot(PointLot::clone(record)).into(),
            Self::Listing(record) => Listing { memo: gone(), ..Listing::clone(record) }.into(),
            // It outlives whose it is, and its digests only itself (G5).
            Self::Block(record) => Block { digests: Vec::new(), ..Block::clone(record) }.into(),
            // Nobody's, or ids and figures alone.
            Self::Settings(_)
            | Self::Counters(_)
            | Self::TicketPlan(_)
            | Self::Figures(_)
            | Self::Merge(_)
            | Self::Segment(_)
            | Self::NotSame(_)
            | Self::Import(_)
            // Taken care of by whoever erases: they tell of other records.
            | Self::Receipt(_)
            | Self::Sealed(_) => self.clone(),
        }
    }
}

impl Customer {
    /// Number, state and how they came in stay; a number of the salon's own count that stood on an old card too, since none is given out twice (C7).
    #[must_use]
    pub fn impersonal(self) -> Self {
        let Self {
            id,
            number,
            version,
            state,
            withdrawal_reason: _,
            pending,
            entry_path,
            phone_registration,
            provisional_name,
            import,
            family_name: _,
            given_name: _,
            family_kana: _,
            given_kana: _,
            former_names: _,
            phones: _,
            emails: _,
            birthday: _,
            gender: _,
            postal_code: _,
            prefecture: _,
            city_street: _,
            building: _,
            line: _,
            attributes: _,
            channels: _,
            company: _,
            department: _,
            fax: _,
            home_page: _,
            newsletter: _,
            shop_comment: _,
            pictures: _,
            custom_fields: _,
            number_aliases,
            registered_on,
            has_account,
        } = self;
        Self {
            id,
            number,
            version,
            state,
            withdrawal_reason: None,
            pending,
            entry_path,
            phone_registration,
            provisional_name,
            import,
            family_name: String::new(),
            given_name: String::new(),
            family_kana: None,
            given_kana: None,
            former_names: Vec::new(),
            phones: Vec::new(),
            emails: Vec::new(),
            birthday: None,
            gender: None,
            postal_code: None,
            prefecture: None,
            city_street: None,
            building: None,
            line: None,
            attributes: Vec::new(),
            channels: Vec::new(),
            company: None,
            department: None,
            fax: None,
            home_page: None,
            newsletter: None,
            shop_comment: None,
            pictures: Vec::new(),
            custom_fields: Vec::new(),
            number_aliases: number_aliases.into_iter().filter(|alias| key::counted_number(alias).is_some()).collect(),
            registered_on,
            has_account,
        }
    }
}

fn reservation(mut record: Reservation) -> Reservation {
    let Reservation {
        id: _,
        customer: _,
        version: _,
        shop: _,
        staff: _,
        lines: _,
        start: _,
        end: _,
        booked_by: _,
        booked_at: _,
        comment,
        policy: _,
        deadline: _,
        policy_start: _,
        booking: _,
        prepayment: _,
        fee,
        ever_confirmed: _,
        tickets: _,
        covered: _,
        earns: _,
        checkout: _,
        corrections,
    } = &mut record;
    *comment = None;
    match fee {
        Fee::Waived { amount: _, by: _, reason } => *reason = gone(),
        Fee::None | Fee::Due { .. } | Fee::Paid { .. } => {}
    }
    for Correction { at: _, by: _, reason } in corrections {
        *reason = gone();
    }
    record
}

fn manual_visit(mut record: ManualVisit) -> ManualVisit {
    let ManualVisit {
        id: _,
        customer: _,
        version: _,
        day: _,
        at: _,
        shop: _,
        staff: _,
        menus: _,
        amount: _,
        service_memo,
        proposal_memo,
        reservation: _,
        earns: _,
        entered_by: _,
        entered_at: _,
    } = &mut record;
    (*service_memo, *proposal_memo) = (None, None);
    record
}

// What was sold stays under its name: the copy of an invoice has to be kept, and it names goods.
fn sale(mut record: Sale) -> Sale {
    let Sale {
        id: _,
        customer: _,
        version: _,
        reservation: _,
        shop: _,
        staff: _,
        at: _,
        by: _,
        lines: _,
        discount: _,
        total: _,
        taxes: _,
        payments: _,
        state,
    } = &mut record;
    match state {
        SaleState::Voided { at: _, by: _, reason } => *reason = gone(),
        SaleState::Closed => {}
    }
    record
}

fn ticket(mut record: Ticket) -> Ticket {
    let Ticket { id: _, customer: _, version: _, plan: _, terms: _, sale: _, sold_on: _, expires_on: _, entries } = &mut record;
    for TicketEntry { at: _, by: _, what } in entries {
        match what {
            TicketMove::Adjust { uses: _, reason } => *reason = gone(),
            TicketMove::Extend { from: _, to: _, reason } => *reason = reason.take().map(|_| gone()),
            TicketMove::Purchase { .. }
            | TicketMove::Hold { .. }
            | TicketMove::Consume { .. }
            | TicketMove::Release { .. }
            | TicketMove::Restore { .. } => {}
        }
    }
    record
}

fn point_lot(mut record: PointLot) -> PointLot {
    let PointLot { id: _, customer: _, version: _, source: _, expires_on: _, granted: _, owed: _, entries } = &mut record;
    for PointEntry { at: _, by: _, what } in entries {
        match what {
            PointMove::Adjust { points: _, reason } => *reason = gone(),
            PointMove::Earn { .. } | PointMove::Spend { .. } | PointMove::Return { .. } | PointMove::TakeBack { .. } => {}
        }
    }
    record
}
