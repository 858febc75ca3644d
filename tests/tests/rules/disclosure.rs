//! 開示: one person's whole record, and nothing of anybody else's (I6).
use std::collections::BTreeSet;

use daicho::*;
use daicho_tests::canary::{CANARIES, Life, canary_in, life};
use daicho_tests::till::visit;
use daicho_tests::*;
use serde_json::Value;

fn disclose(desk: &Desk<MemoryStore>, customer: CustomerId) -> Result<Disclosure, Error> {
    desk.ledger.audit(&DiscloseCustomer { customer }, &desk.actor)
}

fn text(disclosure: &Disclosure) -> String {
    serde_json::to_string(disclosure).unwrap()
}

// A life with a record of every kind that can be of one person, on the black list, marked beside somebody else.
fn full() -> (Desk<MemoryStore>, Life) {
    let mut desk = Desk::open();
    desk.ledger = Ledger::open(MemoryStore::new(), id("salon-1")).with_block_key(BlockKey::new(&[1; 32]).unwrap());
    let life = life(&mut desk).unwrap();
    desk.list(life.who, ListKind::Black, "CANARY").unwrap();
    desk.run(MarkNotSame { one: life.who, other: life.other, take_back: false }).unwrap();
    let everybody = Condition::All { of: Vec::new() };
    desk.run(SaveSegment { segment: id("everybody"), based_on: 0, name: "全員".into(), condition: everybody }).unwrap();
    desk.run(NoteRequest { customer: life.who, request: Some(Pending::Disclosure) }).unwrap();
    // Somebody else altogether, with everything of their own.
    desk.came(life.other, id("2026-11-02"), 4_321).unwrap();
    desk.book(life.other, MORNING.plus_ms(9 * DAY)).unwrap();
    (desk, life)
}

fn scan(desk: &Desk<MemoryStore>, kind: Kind) -> Vec<Record> {
    desk.ledger.store().scan(desk.ledger.salon(), kind, None, 10_000).unwrap().records
}

fn leave(desk: &mut Desk<MemoryStore>, who: CustomerId) {
    let (actor, channel) = (desk.actor.clone(), desk.channel);
    (desk.actor, desk.channel) = (Actor::customer(id("account-1"), who), Channel::Site);
    desk.run(Withdraw { customer: who, reason: "CANARY".into(), cancel_reservations: true }).unwrap();
    (desk.actor, desk.channel) = (actor, channel);
}

/// Where each kind of record is in the document.
const GIVEN: &[(Kind, &str)] = &[
    (Kind::Customer, "customer"),
    (Kind::Reservation, "reservations"),
    (Kind::ManualVisit, "visits"),
    (Kind::Sale, "sales"),
    (Kind::Ticket, "tickets"),
    (Kind::PointLot, "points"),
    (Kind::Listing, "listings"),
    (Kind::Figures, "figures"),
    (Kind::Block, "blocks"),
    (Kind::Merge, "merges"),
    (Kind::NotSame, "marks"),
    (Kind::Sealed, "journal"),
];

/// Kinds that are not in it, each with the reason.
const LEFT_OUT: &[(Kind, &str)] = &[
    (Kind::Settings, "the salon's own"),
    (Kind::Counters, "how many ids were given out"),
    (Kind::TicketPlan, "what the salon sells; a ticket has its own copy of the terms"),
    (Kind::Segment, "a question of the salon's, not an answer"),
    (Kind::Import, "counts of a whole file; what it wrote of a customer is in the journal, and the customer names the import"),
    (Kind::Receipt, "an answer given to the host, which repeats what the records and the journal say"),
];

// Everything that is somewhere in a document.
fn parts<'a>(value: &'a Value, found: &mut Vec<&'a Value>) {
    found.push(value);
    match value {
        Value::Array(values) => values.iter().for_each(|value| parts(value, found)),
        Value::Object(fields) => fields.values().for_each(|value| parts(value, found)),
        _ => {}
    }
}

#[test]
fn i6_every_kind_of_record_that_can_be_of_a_person_is_disclosed_or_has_a_reason_not_to_be() {
    let (mut desk, life) = full();
    leave(&mut desk, life.who);
    let theirs = [life.who, life.source];
    let document = serde_json::to_value(disclose(&desk, life.who).unwrap()).unwrap();
    let count = |section: &str| document[section].as_array().map_or(usize::from(!document[section].is_null()), Vec::len);
    for kind in Kind::ALL {
        let records = scan(&desk, *kind);
        assert!(!records.is_empty(), "a new kind: give `full` a {kind:?}, and say here where it is disclosed");
        let section = GIVEN.iter().find(|(known, _)| known == kind).map(|(_, section)| *section);
        let left_out = LEFT_OUT.iter().any(|(known, _)| known == kind);
        assert!(section.is_some() != left_out, "{kind:?}: is it disclosed, and where? If not, why?");
        let Some(section) = section else { continue };
        let mut held = Vec::new();
        parts(&document[section], &mut held);
        parts(&document["merged"], &mut held);
        let mut expected = 0;
        for record in records {
            let value = record.to_value().unwrap();
            let whole = match &record {
                Record::Figures(figures) => figures.customer == life.who,
                Record::Block(block) => theirs.contains(&block.customer),
                Record::Merge(_) | Record::NotSame(_) | Record::Sealed(_) => false,
                owned => owned.owner().is_some_and(|owner| theirs.contains(&owner)),
            };
            assert!(!whole || held.contains(&&value), "{kind:?} {} is not in {section}", record.id());
            expected += usize::from(whole);
        }
        match kind {
            Kind::Customer => assert_eq!((expected, count("customer"), count("merged")), (2, 1, 1)),
            Kind::Merge => assert_eq!(count(section), 2, "once with another, which was undone; once for good"),
            Kind::NotSame => assert_eq!(count(section), 1),
            Kind::Sealed => assert!(count(section) > 30),
            _ => assert!(expected > 0 && count(section) == expected, "{kind:?}"),
        }
    }
    assert_eq!(document["customer"]["pending"], "disclosure");
    assert!(document["customer"]["withdrawalReason"] == "CANARY" && document["customer"]["shopComment"].is_string());
    assert!(document["merged"][0]["formerNames"].is_array());
    for canary in CANARIES.into_iter().filter(|canary| *canary != "ｶﾅﾘｱ") {
        assert!(document.to_string().contains(canary), "{canary}");
    }
}

#[test]
fn i6_the_journal_of_a_disclosure_has_every_change_of_theirs_with_its_time_and_actor() {
    let (desk, life) = full();
    let disclosure = disclose(&desk, life.who).unwrap();
    let told: BTreeSet<_> = disclosure
        .journal
        .iter()
        .flat_map(|entry| entry.changes.iter().map(|change| (entry.sequence, change.kind, change.id.clone())))
        .collect();
    let mut all = 0;
    for entry in desk.ledger.journal(0, 1_000, &desk.actor).unwrap().entries {
        for change in
            entry.changes.iter().filter(|change| change.customer.is_some_and(|customer| [life.who, life.source].contains(&customer)))
        {
            assert!(told.contains(&(entry.sequence, change.kind, change.id.clone())), "{} {:?} {}", entry.command, change.kind, change.id);
            all += 1;
        }
        let Some(shown) = disclosure.journal.iter().find(|shown| shown.sequence == entry.sequence) else { continue };
        assert_eq!(
            (shown.at, &shown.by, shown.role, shown.channel, &shown.command),
            (entry.at, &entry.actor.id, entry.actor.role, entry.channel, &entry.command)
        );
        for change in &shown.changes {
            let whole = entry.changes.iter().find(|whole| (whole.kind, &whole.id) == (change.kind, &change.id)).unwrap();
            let own = whole.fields.iter().filter(|field| !["customer", "state", "owner"].contains(&field.field.as_str()));
            assert!(own.into_iter().all(|field| change.fields.contains(field)), "{} {:?}", entry.command, change.kind);
        }
    }
    assert!(all > 50, "{all}");
    // What was deleted is there: a visit by hand.
    assert!(disclosure.journal.iter().any(|entry| entry.command == "removeVisit" && entry.changes[0].operation == log::Operation::Remove));
    // What was done to theirs while they were taken for another is theirs.
    assert!(told.iter().any(|(_, kind, id)| *kind == Kind::Reservation && id == "r1"));
    let sequences: Vec<u32> = disclosure.journal.iter().map(|entry| entry.sequence).collect();
    assert!(sequences.is_sorted() && sequences.last() <= Some(&disclosure.sequence));
}

#[test]
fn i6_nothing_of_another_person_is_in_a_disclosure() {
    let (desk, life) = full();
    let theirs = text(&disclose(&desk, life.who).unwrap());
    for of_another in ["another's", "0312345678", "other@example.jp", "4321", "\"c1\"", "c1~"] {
        assert!(!theirs.contains(of_another), "{of_another}");
    }
    // The other one had the canaries' texts for a day, until the merge was undone: their history names the fields and no more.
    let other = disclose(&desk, life.other).unwrap();
    let shown = text(&other);
    assert_eq!(canary_in(shown.as_bytes()), None);
    assert!(shown.contains("another's") && shown.contains("0312345678") && shown.contains("4321"));
    for theirs in [life.who, life.source] {
        assert!(!shown.contains(&format!("\"{theirs}\"")) && !shown.contains(&format!("~{theirs}")), "{theirs}");
    }
    let left_out: BTreeSet<&str> =
        other.journal.iter().flat_map(|entry| &entry.changes).flat_map(|change| &change.of_others).map(String::as_str).collect();
    assert!(["phones", "shopComment", "department", "memo"].iter().all(|field| left_out.contains(field)), "{left_out:?}");
    assert_eq!((other.merges.len(), other.merges[0].source, other.merges[0].target), (1, None, Some(life.other)));
    assert!(other.merges[0].moved.is_empty() && other.merges[0].undone_at.is_some());
    assert_eq!(other.reservations.len(), 1);
}

#[test]
fn i6_m6_w3_w4_whoever_was_merged_has_left_or_is_erased_is_disclosed_too() {
    let (mut desk, life) = full();
    let merged = disclose(&desk, life.source).unwrap();
    let whole = disclose(&desk, life.who).unwrap();
    assert_eq!((merged.customer.id, merged.merged_from), (life.who, Some(life.source)));
    assert_eq!(Disclosure { merged_from: None, ..merged }, whole);
    leave(&mut desk, life.who);
    let left = disclose(&desk, life.who).unwrap();
    assert_eq!((left.customer.state.name(), left.blocks.len()), ("withdrawn", 1));
    desk.run(NoteRequest { customer: life.who, request: None }).unwrap();
    desk.run(EraseCustomer { customer: life.who }).unwrap();
    let erased = disclose(&desk, life.who).unwrap();
    assert_eq!((erased.customer.state.name(), canary_in(text(&erased).as_bytes())), ("erased", None));
    assert_eq!(
        (erased.sales.len(), erased.figures.map(|figures| figures.amount)),
        (left.sales.len(), left.figures.map(|figures| figures.amount))
    );
    assert!(erased.journal.len() > left.journal.len() && erased.journal[0].changes[0].erased);
    assert_eq!(disclose(&desk, id("c999")).unwrap_err().code(), "customer.not_found");
}

#[test]
fn i6_a3_only_who_decides_for_the_salon_discloses() {
    let (mut desk, life) = full();
    for actor in [Actor::new(id("staff-1"), Role::Staff), Actor::customer(id("account-1"), life.who)] {
        desk.actor = actor;
        assert_eq!(disclose(&desk, life.who).unwrap_err().code(), "access.forbidden");
    }
    for role in [Role::Manager, Role::System] {
        desk.actor = Actor::new(id("x"), role);
        assert!(disclose(&desk, life.who).is_ok());
    }
}

#[test]
fn i6_a4_a_disclosure_shows_nothing_in_debug_and_reads_back_from_its_json() {
    let (desk, life) = full();
    let disclosure = disclose(&desk, life.who).unwrap();
    assert_eq!(canary_in(format!("{disclosure:?} {:?}", disclosure.journal).as_bytes()), None);
    assert_eq!(serde_json::from_str::<Disclosure>(&text(&disclosure)).unwrap(), disclosure);
    let entered = desk.run(AddVisit { customer: life.other, form: visit(id("2026-11-03"), 1) }).unwrap();
    assert_eq!(disclose(&desk, life.other).unwrap().visits.last().unwrap().id, entered.visit);
}
