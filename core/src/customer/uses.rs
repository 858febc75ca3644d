use crate::id::CustomerId;
use crate::log::{Halt, Look, Read};
use crate::record::{Kind, key};

/// Which kinds of record are a use of the customer they name, and by what they are found: whoever has one has a history, and is neither deleted (W4) nor
/// taken back with the import that made them (I5). A new kind has to say so here.
pub(crate) fn uses(kind: Kind, customer: CustomerId) -> Option<Read> {
    match kind {
        Kind::Reservation | Kind::ManualVisit | Kind::Sale | Kind::Ticket | Kind::PointLot | Kind::Listing => {
            Some(Read::Parent { kind, parent: customer.to_string() })
        }
        Kind::Merge => Some(Read::Key { kind, key: key::merged(customer) }),
        Kind::NotSame => Some(Read::Key { kind, key: key::not_same(customer) }),
        Kind::Settings
        | Kind::Counters
        | Kind::Customer
        | Kind::TicketPlan
        | Kind::Segment
        | Kind::Figures
        | Kind::Import
        | Kind::Block
        | Kind::Receipt
        | Kind::Sealed => None,
    }
}

/// The kinds of record by which a customer was used, in the order of their declaration.
pub(crate) fn used_by(look: &dyn Look, customer: CustomerId) -> Result<Vec<Kind>, Halt> {
    let reads: Vec<Read> = Kind::ALL.iter().filter_map(|kind| uses(*kind, customer)).collect();
    look.want(&reads)?;
    let mut found = Vec::new();
    for read in &reads {
        if !look.look(read)?.is_empty() {
            found.push(read.kind());
        }
    }
    Ok(found)
}
