//! 要注意人物・グレーリスト・ブラックリスト: G1, G2, G4.
use daicho::*;
use daicho_tests::*;

fn salon() -> (Desk<MemoryStore>, CustomerId) {
    let desk = Desk::open();
    let who = desk.register(hanako("09012345678", "a@example.jp")).unwrap();
    (desk, who)
}

const LISTS: [ListKind; 3] = [ListKind::Watch, ListKind::Grey, ListKind::Black];

#[test]
fn g1_the_mark_and_the_memo_stand_beside_the_customer() {
    let (desk, who) = salon();
    for list in [ListKind::Black, ListKind::Watch, ListKind::Grey] {
        desk.list(who, list, &format!("{list:?}の理由")).unwrap();
    }
    let marks = desk.ask(GetCustomer { customer: who }).unwrap().marks;
    let shown: Vec<_> = marks.iter().map(|mark| (mark.list, mark.sign.as_deref(), mark.memo.as_str())).collect();
    assert_eq!(
        shown,
        [(ListKind::Watch, Some("❗"), "Watchの理由"), (ListKind::Grey, None, "Greyの理由"), (ListKind::Black, None, "Blackの理由")]
    );
}

#[test]
fn g2_a_memo_says_something() {
    let (desk, who) = salon();
    for blank in ["", " ", "\u{3000}", "\n\t\r\n", "\u{200B}\u{FEFF}", "\u{3000}\u{2060} \u{00A0}", "\u{FE0F}"] {
        let error = desk.list(who, ListKind::Watch, blank).unwrap_err();
        assert_eq!((error.code(), error.fields()), ("listing.memo_blank", vec!["memo".to_owned()]), "{blank:?}");
    }
    let listed = desk.list(who, ListKind::Watch, "\u{3000}声が大きい\r\n二行目 ").unwrap();
    assert_eq!(desk.ask(GetListings { customer: who }).unwrap().listings[0].memo, "声が大きい\n二行目");
    let edit = |memo: &str| desk.run(EditListing { listing: listed.listing, based_on: 1, memo: memo.into() });
    assert_eq!(edit("\u{3000}\n").unwrap_err().code(), "listing.memo_blank");
    assert_eq!(edit(&"字".repeat(4_001)).unwrap_err().code(), "text.too_long");
    assert!(edit(&"字".repeat(4_000)).is_ok());
}

#[test]
fn g2_one_entry_per_list_and_several_lists_per_customer() {
    let (desk, who) = salon();
    for list in LISTS {
        let first = desk.list(who, list, "理由").unwrap();
        let error = desk.list(who, list, "別の理由").unwrap_err();
        assert_eq!(error.code(), "listing.already_listed");
        assert_eq!(error.data(), serde_json::json!({ "customer": who, "listing": first.listing }));
    }
    assert_eq!(desk.list(id("c9"), ListKind::Watch, "理由").unwrap_err().code(), "customer.not_found");
    let other = desk.register(hanako("0312345678", "b@example.jp")).unwrap();
    desk.merge(other, who).unwrap();
    assert_eq!(desk.list(other, ListKind::Watch, "理由").unwrap_err().code(), "customer.not_active");
}

#[test]
fn g2_the_memo_is_edited_by_whoever_saw_it_last() {
    let (desk, who) = salon();
    let listed = desk.list(who, ListKind::Grey, "一").unwrap();
    let edit = |based_on: u32, memo: &str| desk.run(EditListing { listing: listed.listing, based_on, memo: memo.into() });
    assert_eq!(edit(1, "二").unwrap().version, 2);
    let error = edit(1, "三").unwrap_err();
    assert_eq!((error.code(), error.data()["version"].as_u64()), ("listing.stale", Some(2)));
    assert_eq!(desk.ask(GetListings { customer: who }).unwrap().listings[0].memo, "二");
}

#[test]
fn g2_removal_leaves_an_ordinary_customer_who_can_be_listed_again() {
    let (desk, who) = salon();
    for list in LISTS {
        let first = desk.list(who, list, "理由").unwrap();
        desk.run(RemoveListing { listing: first.listing }).unwrap();
        assert_eq!(desk.run(RemoveListing { listing: first.listing }).unwrap_err().code(), "listing.not_found");
        assert_eq!(
            desk.run(EditListing { listing: first.listing, based_on: 2, memo: "x".into() }).unwrap_err().code(),
            "listing.not_found"
        );
        assert_eq!(desk.ask(MayBook { customer: who, channel: Channel::Site }).unwrap().verdict, Verdict::Allowed);
        assert!(desk.ask(GetCustomer { customer: who }).unwrap().marks.is_empty());
        let again = desk.list(who, list, "また").unwrap();
        assert_ne!(again.listing, first.listing);
        desk.run(RemoveListing { listing: again.listing }).unwrap();
    }
}

#[test]
fn g2_who_did_what_and_when_stays_in_the_history() {
    let (mut desk, who) = salon();
    let listed = desk.list(who, ListKind::Black, "一").unwrap();
    desk.actor = Actor::new(id("staff-2"), Role::Staff);
    desk.now = MORNING.plus_ms(HOUR);
    desk.run(EditListing { listing: listed.listing, based_on: 1, memo: "二".into() }).unwrap();
    desk.actor = Actor::new(id("staff-3"), Role::Staff);
    desk.now = MORNING.plus_ms(2 * HOUR);
    desk.run(RemoveListing { listing: listed.listing }).unwrap();
    let entry = desk.ask(GetListings { customer: who }).unwrap().listings.remove(0);
    assert_eq!((entry.added_by, entry.added_at), (id("manager-1"), MORNING));
    assert_eq!(entry.state, ListingState::Removed { at: MORNING.plus_ms(2 * HOUR), by: id("staff-3") });
    let manager = Actor::new(id("manager-1"), Role::Manager);
    let journal = desk.ledger.journal(1, 10, &manager).unwrap().entries;
    let told: Vec<_> = journal.iter().map(|entry| (entry.command.as_str(), entry.actor.id.as_str(), entry.at.0 - MORNING.0)).collect();
    assert_eq!(told, [("addListing", "manager-1", 0), ("editListing", "staff-2", HOUR), ("removeListing", "staff-3", 2 * HOUR)]);
    let memo = journal[1].changes.iter().flat_map(|change| &change.fields).find(|field| field.field == "memo").unwrap();
    assert_eq!((memo.before.as_deref(), memo.after.as_deref()), (Some("\"一\""), Some("\"二\"")));
}

#[test]
fn g4_blacklisting_keeps_reservations_and_lists_them_and_they_can_only_be_cancelled() {
    let (mut desk, who) = salon();
    let booked: Vec<ReservationId> = (0..4).map(|n| desk.book(who, MORNING.plus_ms(n * DAY)).unwrap()).collect();
    desk.step(booked[0], Move::Visit).unwrap();
    desk.step(booked[1], Move::CancelByCustomer).unwrap();
    let tentative = desk.run(Book { tentative: true, ..cut(who, MORNING.plus_ms(9 * DAY)) }).unwrap().reservation;
    assert_eq!(desk.list(who, ListKind::Grey, "理由").unwrap().open_reservations, []);
    let listed = desk.list(who, ListKind::Black, "暴言").unwrap();
    assert_eq!(listed.open_reservations, [booked[2], booked[3], tentative]);
    assert_eq!(desk.reservation(who, booked[2]).unwrap().unwrap().label, Label::Upcoming);
    let start = MORNING.plus_ms(20 * DAY);
    let error = desk.run(Reschedule { reservation: booked[2], start, end: start.plus_ms(HOUR), staff: None }).unwrap_err();
    assert_eq!(error.code(), "booking.blacklisted");
    assert_eq!(desk.step(booked[2], Move::CancelByCustomer).unwrap().label, Some(Label::Cancelled));
    assert_eq!(desk.step(booked[3], Move::CancelByShop).unwrap().label, Some(Label::Cancelled));
    // The other way round, a visit that took place is recorded.
    desk.step(tentative, Move::Confirm).unwrap();
    desk.now = MORNING.plus_ms(9 * DAY);
    assert_eq!(desk.step(tentative, Move::Visit).unwrap().label, Some(Label::Visited));
}
