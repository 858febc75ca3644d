//! The records, read page by page; of each what the rules between records need to know.

use std::collections::{BTreeMap, BTreeSet};

use super::log::Replay;
use super::{Findings, Stop, customers, reservations, tills};
use crate::error::StoreError;
use crate::id::{CustomerId, ImportId, ReservationId, SaleId, TicketId};
use crate::log::Read;
use crate::money::Yen;
use crate::record::{
    BookingState, Counters, Customer, CustomerState, EntryPath, Figures, Import, Kind, LateTickets, Listing, Merge, NotSame, Part, Record,
    Reservation, Settings, Ticket, TicketHold,
};
use crate::store::{Head, Port};

const PAGE: u32 = 500;

/// What is remembered of a customer.
pub(super) struct Person {
    pub(super) number: u32,
    pub(super) state: CustomerState,
    pub(super) entry_path: EntryPath,
    pub(super) phone_registration: bool,
    pub(super) import: Option<ImportId>,
    pub(super) aliases: Vec<String>,
    pub(super) line: Option<(String, String)>,
}

/// A record that hangs on a customer.
pub(super) struct Child {
    pub(super) kind: Kind,
    pub(super) id: String,
    pub(super) customer: CustomerId,
    /// Records that must be the same customer's.
    pub(super) bound_to: Vec<(Kind, String)>,
}

/// What is remembered of the records.
#[derive(Default)]
pub(super) struct Ledger {
    pub(super) records: u32,
    pub(super) counters: Counters,
    pub(super) customers: BTreeMap<CustomerId, Person>,
    pub(super) children: Vec<Child>,
    pub(super) listings: Vec<Listing>,
    pub(super) merges: Vec<Merge>,
    pub(super) marks: Vec<NotSame>,
    pub(super) imports: Vec<Import>,
    /// Whose blocks stand (G5), and their numbers.
    pub(super) blocks: Vec<(CustomerId, u32)>,
    /// Figures as they are kept.
    pub(super) figures: BTreeMap<CustomerId, Figures>,
    /// Figures added up from nothing (N10).
    pub(super) sums: BTreeMap<CustomerId, Figures>,
    pub(super) reservations: BTreeMap<ReservationId, Uses>,
    pub(super) tickets: BTreeMap<TicketId, Ticket>,
    pub(super) sales: BTreeMap<SaleId, (Option<ReservationId>, bool, CustomerId, Yen)>,
    pub(super) point_sources: tills::PointSources,
    /// The reservations that tickets pay for.
    pub(super) with_tickets: Vec<Record>,
}

/// What is remembered of a reservation.
pub(super) struct Uses {
    pub(super) customer: CustomerId,
    pub(super) booking: BookingState,
    pub(super) tickets: Vec<TicketHold>,
    pub(super) policy: LateTickets,
    pub(super) checkout: Option<(SaleId, Yen)>,
}

impl Ledger {
    pub(super) async fn read(port: &Port, head: &Head, replay: &mut Replay, findings: &mut Findings) -> Result<Self, Stop> {
        let mut ledger = Self::default();
        for kind in Kind::ALL {
            ledger.read_kind(port, head, *kind, replay, findings).await?;
        }
        Ok(ledger)
    }

    async fn read_kind(&mut self, port: &Port, head: &Head, kind: Kind, replay: &mut Replay, findings: &mut Findings) -> Result<(), Stop> {
        let mut after = None;
        loop {
            let page = match port.scan(kind, after.clone(), PAGE).await {
                Ok(page) => page,
                Err(StoreError::Corrupt { place, detail }) => {
                    // What lies behind a row that cannot be read cannot be reached: the log will say what is missing.
                    findings.note("A5", kind, place, format!("it cannot be read: {detail}"));
                    return Ok(());
                }
                Err(error) => return Err(error.into()),
            };
            if page.head != *head {
                return Err(Stop::Moved);
            }
            if !matches!(kind, Kind::Receipt | Kind::Sealed) {
                found_again(port, &page.records, findings).await?;
            }
            for record in &page.records {
                self.records = self.records.saturating_add(1);
                replay.compare(record, findings);
                self.remember(record, findings);
            }
            let full = u32::try_from(page.records.len()).is_ok_and(|count| count >= PAGE);
            let last = page.records.last().map(|record| record.id());
            if !full || last == after {
                return Ok(());
            }
            after = last;
        }
    }

    fn remember(&mut self, record: &Record, findings: &mut Findings) {
        self.count(record, findings);
        if let Some(owner) = record.owner().filter(|_| record.owned_version().is_some()) {
            self.children.push(Child { kind: record.kind(), id: record.id(), customer: owner, bound_to: record.bound_to() });
        }
        match record {
            Record::Customer(customer) => {
                customers::alone(customer, findings);
                let stays = matches!(customer.state, CustomerState::Active | CustomerState::Merged { .. });
                findings.hold(
                    !stays || customer.withdrawal_reason.is_none(),
                    "W1",
                    Kind::Customer,
                    record.id(),
                    "a reason to leave without leaving",
                );
                self.customers.insert(customer.id, Person::of(customer));
            }
            Record::Reservation(reservation) => {
                reservations::alone(reservation, findings);
                self.reservations.insert(reservation.id, Uses::of(reservation));
                if !reservation.tickets.is_empty() || reservation.covered.is_some() {
                    self.with_tickets.push(record.clone());
                }
            }
            Record::Listing(listing) => self.listings.push(listing.as_ref().clone()),
            Record::Sale(sale) => {
                tills::sale(sale, findings);
                self.sales.insert(sale.id, (sale.reservation, sale.stands(), sale.customer, sale.total));
            }
            Record::Ticket(ticket) => {
                tills::ticket(ticket, findings);
                self.tickets.insert(ticket.id, ticket.as_ref().clone());
            }
            Record::PointLot(lot) => tills::points(lot, &mut self.point_sources, findings),
            Record::Figures(figures) => {
                self.figures.insert(figures.customer, figures.as_ref().clone());
            }
            Record::Merge(merge) => self.merges.push(merge.as_ref().clone()),
            Record::NotSame(mark) => self.marks.push(mark.as_ref().clone()),
            Record::Block(block) => self.blocks.push((block.customer, block.number)),
            Record::Import(import) => self.imports.push(import.as_ref().clone()),
            Record::Counters(counters) => {
                findings.hold(record.id() == Counters::ID, "C7", Kind::Counters, record.id(), "a second record of counters");
                self.counters = counters.as_ref().clone();
            }
            Record::Settings(_) => {
                findings.hold(record.id() == Settings::ID, "A5", Kind::Settings, record.id(), "a second record of settings")
            }
            _ => {}
        }
    }

    fn count(&mut self, record: &Record, findings: &mut Findings) {
        let counted = Part::of(record).and_then(|part| {
            part.map_or(Ok(()), |part| {
                let customer = part.customer;
                self.sums.entry(customer).or_insert_with(|| Figures::none(customer)).add(part)
            })
        });
        findings.hold(counted.is_ok(), "N8", record.kind(), record.id(), "its amounts cannot be added up");
    }

    pub(super) fn is_merged(&self, customer: CustomerId) -> bool {
        self.customers.get(&customer).is_some_and(|person| matches!(person.state, CustomerState::Merged { .. }))
    }
}

impl Person {
    fn of(customer: &Customer) -> Self {
        let line = customer.line.as_ref().filter(|_| customer.is_active());
        Self {
            number: customer.number,
            state: customer.state.clone(),
            entry_path: customer.entry_path,
            phone_registration: customer.phone_registration,
            import: customer.import.clone(),
            aliases: customer.number_aliases.clone(),
            line: line.map(|line| (line.provider.clone(), line.user.clone())),
        }
    }
}

impl Uses {
    fn of(reservation: &Reservation) -> Self {
        Self {
            customer: reservation.customer,
            booking: reservation.booking,
            tickets: reservation.tickets.clone(),
            policy: reservation.policy.tickets,
            checkout: reservation.checkout.as_ref().map(|checkout| (checkout.sale, checkout.total)),
        }
    }
}

// A record must be found by its id, its parent and its keys, and by no key that it does not have.
async fn found_again(port: &Port, records: &[Record], findings: &mut Findings) -> Result<(), Stop> {
    let mut reads = BTreeSet::new();
    for record in records {
        let kind = record.kind();
        reads.insert(Read::Id { kind, id: record.id() });
        reads.extend(record.parent().map(|parent| Read::Parent { kind, parent }));
        reads.extend(record.keys().into_iter().map(|key| Read::Key { kind, key }));
    }
    let reads: Vec<Read> = reads.into_iter().collect();
    let mut found: BTreeMap<&Read, BTreeSet<String>> = BTreeMap::new();
    for reads in reads.chunks(500) {
        let loaded = port.load(reads.to_vec()).await?;
        for (read, records) in reads.iter().zip(&loaded.records) {
            for record in records {
                findings.hold(answers(read, record), "A5", record.kind(), record.id(), "it is found by what it no longer has");
            }
            found.insert(read, records.iter().map(|record| record.id()).collect());
        }
    }
    for record in records {
        let (kind, id) = (record.kind(), record.id());
        let parent = record.parent().map(|parent| Read::Parent { kind, parent });
        let keys = record.keys().into_iter().map(|key| Read::Key { kind, key });
        let all = core::iter::once(Read::Id { kind, id: id.clone() })
            .chain(parent)
            .chain(keys)
            .all(|read| found.get(&read).is_some_and(|ids| ids.contains(&id)));
        findings.hold(all, "A5", kind, &id, "it is not found by its id, its parent and all of its keys");
    }
    Ok(())
}

fn answers(read: &Read, record: &Record) -> bool {
    match read {
        Read::Id { id, .. } => record.id() == *id,
        Read::Parent { parent, .. } => record.parent().as_ref() == Some(parent),
        Read::Key { key, .. } => record.keys().contains(key),
    }
}
