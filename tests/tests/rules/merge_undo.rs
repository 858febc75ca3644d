//! The merge history and the undo that a salon may allow: M8, D2.
use daicho::*;
use daicho_tests::*;

// A salon that allows an undo for seven days, with three records of one person.
fn salon() -> (Desk<MemoryStore>, [CustomerId; 3]) {
    let desk = Desk::open();
    desk.configure(|settings| settings.unmerge_days = 7).unwrap();
    let ids = [("09012345678", "a"), ("0312345678", "b"), ("0399999999", "c")]
        .map(|(phone, name)| desk.register(hanako(phone, &format!("{name}@example.jp"))).unwrap());
    (desk, ids)
}

fn undo(desk: &Desk<MemoryStore>, merge: MergeId) -> Result<Unmerged, Error> {
    desk.run(Unmerge { merge })
}

fn record(desk: &Desk<MemoryStore>, who: CustomerId) -> serde_json::Value {
    let mut value = serde_json::to_value(desk.customer(who).unwrap()).unwrap();
    value.as_object_mut().unwrap().remove("version");
    value
}

fn link(desk: &mut Desk<MemoryStore>, customer: CustomerId, user: Option<&str>) -> Result<Edited, Error> {
    let actor = std::mem::replace(&mut desk.actor, Actor::new(id("line"), Role::System));
    let line = user.map(|user| LineLink { provider: "p".into(), user: user.into(), display_name: None, picture_url: None });
    let linked = desk.run(LinkLine { customer, line });
    desk.actor = actor;
    linked
}

#[test]
fn m8_the_history_says_who_when_which_and_what_moved() {
    let (desk, [a, b, c]) = salon();
    desk.book(a, MORNING.plus_ms(DAY)).unwrap();
    desk.book(a, MORNING.plus_ms(2 * DAY)).unwrap();
    desk.list(a, ListKind::Grey, "理由").unwrap();
    desk.merge(a, b).unwrap();
    desk.merge(b, c).unwrap();
    let lines = desk.ask(GetMerges { customer: b }).unwrap().merges;
    assert_eq!(lines.iter().map(|row| (row.merge.source, row.merge.target)).collect::<Vec<_>>(), [(b, c), (a, b)], "newest first");
    let first = &lines[1];
    assert_eq!(
        (first.merge.source_number, first.merge.target_number, first.merge.at, first.merge.by.clone()),
        (1, 2, MORNING, id("manager-1"))
    );
    assert_eq!(first.summary, ["reservation 2", "listing 1"]);
    assert_eq!(desk.ask(GetMerges { customer: a }).unwrap().merges.len(), 1);
}

#[test]
fn m8_there_is_no_undo_unless_the_salon_allows_it() {
    let (desk, [a, b, _]) = salon();
    desk.configure(|settings| settings.unmerge_days = 0).unwrap();
    let merge = desk.merge(a, b).unwrap().merge;
    assert_eq!(undo(&desk, merge).unwrap_err().code(), "merge.no_undo");
    assert_eq!(Settings::default().unmerge_days, 0);
    assert_eq!(undo(&desk, id("m9")).unwrap_err().code(), "merge.not_found");
}

#[test]
fn m8_the_window_includes_its_last_millisecond() {
    for (after, open) in [(-1, true), (0, true), (1, false)] {
        let (mut desk, [a, b, _]) = salon();
        let merge = desk.merge(a, b).unwrap().merge;
        desk.now = MORNING.plus_ms(7 * DAY + after);
        assert_eq!(undo(&desk, merge).is_ok(), open, "{after}");
    }
}

#[test]
fn m8_an_undo_gives_back_both_customers_and_everything_that_moved() {
    let (mut desk, [a, b, _]) = salon();
    link(&mut desk, a, Some("UA")).unwrap();
    desk.edit(a, |form| {
        (form.shop_comment, form.birthday, form.attributes) = (Some("右利き".into()), Some("1990-01-01".into()), vec!["車椅子".into()])
    })
    .unwrap();
    desk.list(a, ListKind::Black, "暴言").unwrap();
    let own = desk.list(b, ListKind::Black, "無断").unwrap().listing;
    desk.list(a, ListKind::Watch, "声").unwrap();
    let mut cards = [a, b].map(|who| (record(&desk, who), desk.ask(GetListings { customer: who }).unwrap().listings));
    let late = MORNING.plus_ms(DAY);
    desk.run(RemoveListing { listing: own }).unwrap();
    let booked = desk.book(b, late).unwrap();
    let own = desk.list(b, ListKind::Black, "無断").unwrap().listing;
    cards[1].1 = desk.ask(GetListings { customer: b }).unwrap().listings;
    let merge = desk.merge(a, b).unwrap().merge;
    assert_eq!(undo(&desk, merge).unwrap(), Unmerged { source: a, target: b, kept: vec![] });
    for (who, (before, listings)) in [a, b].into_iter().zip(cards) {
        assert_eq!(record(&desk, who), before);
        let unversioned = |listings: Vec<Listing>| listings.into_iter().map(|entry| Listing { version: 0, ..entry }).collect::<Vec<_>>();
        assert!(unversioned(desk.ask(GetListings { customer: who }).unwrap().listings) == unversioned(listings));
    }
    assert_eq!(desk.ask(GetListings { customer: b }).unwrap().listings.iter().find(|entry| entry.id == own).unwrap().memo, "無断");
    assert_eq!(desk.ask(GetReservations { customer: b }).unwrap().reservations[0].reservation.id, booked);
    let history = desk.ask(GetMerges { customer: a }).unwrap().merges;
    assert_eq!(history[0].merge.undone_at, Some(MORNING));
    assert_eq!(undo(&desk, merge).unwrap_err().code(), "merge.no_undo", "once is enough");
    assert!(desk.merge(a, b).is_ok() && desk.merge(a, b).is_err());
}

#[test]
fn m8_later_edits_stay_and_versions_go_on() {
    let (mut desk, [a, b, _]) = salon();
    let moved = desk.book(a, MORNING.plus_ms(DAY)).unwrap();
    desk.edit(a, |form| (form.birthday, form.company) = (Some("1990-01-01".into()), Some("花屋".into()))).unwrap();
    let merge = desk.merge(a, b).unwrap().merge;
    desk.now = MORNING.plus_ms(DAY);
    let united = desk.form(b).unwrap();
    desk.edit(b, |form| form.company = Some("魚屋".into())).unwrap();
    desk.edit(b, |form| form.department = Some("店".into())).unwrap();
    desk.step(moved, Move::Visit).unwrap();
    let new = desk.book(b, MORNING.plus_ms(3 * DAY)).unwrap();
    assert_eq!(undo(&desk, merge).unwrap().kept, ["company"]);
    let (source, target) = (desk.customer(a).unwrap(), desk.customer(b).unwrap());
    assert_eq!((source.version, target.version), (4, 5));
    assert_eq!((target.company.as_deref(), target.department.as_deref(), target.birthday.is_none()), (Some("魚屋"), Some("店"), true));
    assert_eq!(desk.reservation(a, moved).unwrap().unwrap().label, Label::Visited, "what moved returns as it is now");
    assert!(desk.reservation(b, new).unwrap().is_some());
    // An edit based on the united record still knows its base.
    desk.run(EditCustomer { customer: b, based_on: 2, form: CustomerForm { fax: Some("03-1".into()), ..united } }).unwrap();
    let target = desk.customer(b).unwrap();
    assert_eq!((target.fax.as_deref(), target.birthday.is_none(), target.phones.len()), (Some("03-1"), true, 1));
}

#[test]
fn m8_only_the_last_merge_into_a_customer_can_be_undone() {
    let (desk, [a, b, c]) = salon();
    let wording = |opted_in| Some(NewsletterForm { opted_in, how: Some("用紙".into()), wording: Some("受け取る".into()) });
    for (who, opted_in) in [(a, false), (b, false), (c, true)] {
        desk.edit(who, |form| form.newsletter = wording(opted_in)).unwrap();
    }
    let (first, second) = (desk.merge(a, c).unwrap().merge, desk.merge(b, c).unwrap().merge);
    // Undone alone, the first would take back the opt-out that B brought as well.
    assert_eq!(undo(&desk, first).unwrap_err().code(), "merge.no_undo");
    undo(&desk, second).unwrap();
    assert!(!desk.customer(c).unwrap().newsletter.unwrap().opted_in);
    undo(&desk, first).unwrap();
    assert!(desk.customer(c).unwrap().newsletter.unwrap().opted_in);
}

#[test]
fn m8_a_merge_whose_target_was_merged_on_is_undone_after_that_one() {
    let (desk, [a, b, c]) = salon();
    let booked = desk.book(a, MORNING.plus_ms(DAY)).unwrap();
    for (who, memo) in [(a, "一"), (b, "二"), (c, "三")] {
        desk.list(who, ListKind::Black, memo).unwrap();
    }
    let (first, second) = (desk.merge(a, b).unwrap().merge, desk.merge(b, c).unwrap().merge);
    assert_eq!(undo(&desk, first).unwrap_err().code(), "merge.no_undo");
    undo(&desk, second).unwrap();
    let marks = |who| desk.ask(GetCustomer { customer: who }).unwrap().marks.into_iter().map(|mark| mark.memo).collect::<Vec<_>>();
    assert_eq!((marks(b), marks(c)), (vec!["二\n\n【統合元 No.1】\n一".to_owned()], vec!["三".to_owned()]));
    assert!(desk.reservation(b, booked).unwrap().is_some());
    undo(&desk, first).unwrap();
    assert_eq!((marks(a), marks(b)), (vec!["一".to_owned()], vec!["二".to_owned()]));
    assert!(desk.reservation(a, booked).unwrap().is_some());
}

#[test]
fn m8_a_real_address_entered_since_keeps_its_customer_off_the_phone_list() {
    let (desk, [a, ..]) = salon();
    let phone = desk.phone_in("山田", "花子", "00011111111").unwrap();
    let merge = desk.merge(a, phone).unwrap().merge;
    desk.edit(phone, |form| form.emails.push("second@example.jp".into())).unwrap();
    undo(&desk, merge).unwrap();
    let customer = desk.customer(phone).unwrap();
    assert!(!customer.phone_registration && customer.real_emails().next().is_some());
    // Without such an edit the registration is what it was.
    let again = desk.phone_in("山田", "花子", "00011111111").unwrap();
    let merge = desk.merge(a, again).unwrap().merge;
    undo(&desk, merge).unwrap();
    assert!(desk.customer(again).unwrap().phone_registration);
}

#[test]
fn m8_a_line_account_never_comes_back_to_two_customers() {
    let (mut desk, [a, b, c]) = salon();
    link(&mut desk, a, Some("UA")).unwrap();
    let merge = desk.merge(a, b).unwrap().merge;
    link(&mut desk, b, None).unwrap();
    link(&mut desk, c, Some("UA")).unwrap();
    assert_eq!(undo(&desk, merge).unwrap_err().code(), "merge.no_undo");
    link(&mut desk, c, None).unwrap();
    assert!(undo(&desk, merge).is_ok());
    assert_eq!(desk.customer(a).unwrap().line.unwrap().user, "UA");
    assert_eq!(link(&mut desk, b, Some("UA")).unwrap_err().code(), "customer.line_taken");
}

fn differ(desk: &Desk<MemoryStore>, one: CustomerId, other: CustomerId, different: bool) {
    desk.run(MarkNotSame { one, other, take_back: !different }).unwrap();
}

fn blocked(desk: &Desk<MemoryStore>, one: CustomerId, other: CustomerId) -> bool {
    desk.preview(one, other).unwrap().blockers.iter().any(|blocker| blocker.code == "merge.not_same_person")
}

#[test]
fn d2_a_mark_survives_merges_of_either_side_and_their_undoing() {
    let (desk, [a, b, c]) = salon();
    let d = desk.register(hanako("0388888888", "d@example.jp")).unwrap();
    differ(&desk, a, c, true);
    let first = desk.merge(a, b).unwrap().merge;
    assert!(blocked(&desk, b, c));
    desk.merge(c, d).unwrap();
    assert!(blocked(&desk, b, d), "the other side was merged too");
    undo(&desk, first).unwrap();
    assert!(blocked(&desk, a, d) && !blocked(&desk, b, d));
    differ(&desk, a, d, false);
    assert!(!blocked(&desk, a, d));
}

#[test]
fn d2_a_mark_that_both_had_is_still_the_targets_after_an_undo() {
    let (desk, [a, b, c]) = salon();
    differ(&desk, a, c, true);
    differ(&desk, b, c, true);
    let merge = desk.merge(a, b).unwrap().merge;
    assert!(blocked(&desk, b, c));
    undo(&desk, merge).unwrap();
    assert!(blocked(&desk, a, c) && blocked(&desk, b, c));
}

#[test]
fn d2_a_mark_that_both_had_stays_sound_through_merges_of_the_third() {
    let (desk, [a, b, c]) = salon();
    differ(&desk, a, c, true);
    differ(&desk, b, c, true);
    let first = desk.merge(a, b).unwrap().merge;
    let sound = || assert_eq!(desk.ledger.check().unwrap().breaches, Vec::new());
    sound();
    differ(&desk, b, c, false);
    let second = desk.merge(c, b).unwrap().merge;
    sound();
    undo(&desk, second).unwrap();
    undo(&desk, first).unwrap();
    sound();
    assert!(blocked(&desk, a, c) && !blocked(&desk, b, c) && !blocked(&desk, a, b));
}

#[test]
fn d2_marks_of_a_merged_pair_go_back_to_the_third_they_came_from() {
    let (desk, [a, b, c]) = salon();
    let d = desk.register(hanako("0388888888", "d@example.jp")).unwrap();
    differ(&desk, a, c, true);
    differ(&desk, b, c, true);
    let first = desk.merge(a, b).unwrap().merge;
    let second = desk.merge(c, d).unwrap().merge;
    undo(&desk, second).unwrap();
    undo(&desk, first).unwrap();
    assert_eq!([(a, c), (b, c), (a, d), (b, d)].map(|(one, other)| blocked(&desk, one, other)), [true, true, false, false]);
}
