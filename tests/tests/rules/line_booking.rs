//! LINE予約: L1, L2.
use daicho::*;
use daicho_tests::*;

fn line(provider: &str, user: &str, name: &str) -> LineLink {
    LineLink { provider: provider.into(), user: user.into(), display_name: Some(name.into()), picture_url: None }
}

fn comes(family: &str, given: &str, email: &str) -> CustomerForm {
    CustomerForm { family_name: family.into(), given_name: given.into(), emails: vec![email.into()], ..CustomerForm::default() }
}

fn salon() -> Desk<MemoryStore> {
    let mut desk = Desk::open();
    desk.register(hanako("09012345678", "hanako@example.jp")).unwrap();
    (desk.actor, desk.channel) = (Actor::new(id("line"), Role::System), Channel::Line);
    desk
}

fn identify(desk: &Desk<MemoryStore>, user: &str, form: CustomerForm) -> LineCustomer {
    desk.run(IdentifyLineCustomer { line: line("p", user, "はな"), form }).unwrap()
}

#[test]
fn l1_name_and_real_email_of_exactly_one_active_customer_link() {
    // The merge key of the name (M1) and the e-mail's key (C5), no more and no less.
    for (family, given, email, expected) in [
        ("山田", "花子", "hanako@example.jp", LineIdentity::Linked),
        ("山　田", "花\u{200B}子", " HANAKO@Example.JP ", LineIdentity::Linked),
        ("山", "田花子", "hanako@example.jp", LineIdentity::Linked),
        ("山田", "花子", "hana.ko@example.jp", LineIdentity::Registered),
        ("山田", "花子", "hanako+line@example.jp", LineIdentity::Registered),
        ("山田", "花", "hanako@example.jp", LineIdentity::Registered),
        ("ヤマダ", "ハナコ", "hanako@example.jp", LineIdentity::Registered),
    ] {
        let desk = salon();
        let found = identify(&desk, "u", comes(family, given, email));
        assert_eq!(found.identified, expected, "{family} {given} {email}");
        let linked = expected == LineIdentity::Linked;
        assert_eq!((found.customer, found.number, found.notices.len()), if linked { (id("c1"), 1, 0) } else { (id("c2"), 2, 1) });
        assert_eq!(
            found.suggestions.iter().map(|candidate| candidate.customer).collect::<Vec<_>>(),
            if linked { vec![] } else { vec![id("c1")] }
        );
        let of = desk.customer(found.customer).unwrap();
        assert_eq!(of.line, Some(line("p", "u", "はな")));
        // Nothing else of whoever is linked changes.
        assert_eq!((of.version, of.emails.len()), (if linked { 2 } else { 1 }, 1));
        assert_eq!(desk.ledger.check().unwrap().breaches, []);
    }
}

#[test]
fn l1_widths_differ_or_not_by_the_salons_policy() {
    for (names, expected) in [(MergeNames::FoldWidths, LineIdentity::Linked), (MergeNames::SpacesOnly, LineIdentity::Registered)] {
        let mut desk = Desk::open();
        desk.configure(|settings| settings.merge_names = names).unwrap();
        desk.register(CustomerForm { given_name: "ﾊﾅｺ".into(), ..hanako("09012345678", "hanako@example.jp") }).unwrap();
        desk.actor = Actor::new(id("line"), Role::System);
        assert_eq!(identify(&desk, "u", comes("山田", "ハナコ", "hanako@example.jp")).identified, expected);
    }
}

#[test]
fn l1_a_second_address_counts_and_a_placeholder_or_who_is_gone_never() {
    let mut desk = salon();
    let manager = Actor::new(id("manager-1"), Role::Manager);
    let system = core::mem::replace(&mut desk.actor, manager);
    desk.edit(id("c1"), |form| form.emails.push("second@example.jp".into())).unwrap();
    let by_phone = desk.phone_in("佐藤", "桜", "08011112222").unwrap();
    let (gone, merged) = (
        desk.register(hanako("0312345678", "gone@example.jp")).unwrap(),
        desk.register(hanako("0312345679", "merged@example.jp")).unwrap(),
    );
    desk.run(EraseCustomer { customer: gone }).unwrap();
    desk.merge(merged, id("c1")).unwrap();
    desk.actor = system;
    assert_eq!(identify(&desk, "u1", comes("佐藤", "桜", "08011112222@leporto.com")).suggestions[0].why, [Likeness::Name]);
    assert_ne!(identify(&desk, "u1", comes("佐藤", "桜", "x@example.jp")).customer, by_phone);
    let erased = identify(&desk, "u2", comes("山田", "花子", "gone@example.jp"));
    assert_eq!((erased.identified, erased.suggestions.len()), (LineIdentity::Registered, 1), "the name of c1 alone");
    // The merged one's address is the target's by now.
    assert_eq!(identify(&desk, "u3", comes("山田", "花子", "merged@example.jp")).customer, id("c1"));
}

#[test]
fn l1_two_who_are_exactly_the_same_are_both_left_alone() {
    let mut desk = salon();
    let system = core::mem::replace(&mut desk.actor, Actor::new(id("manager-1"), Role::Manager));
    desk.register(hanako("0312345678", "hanako@example.jp")).unwrap();
    desk.actor = system;
    let found = identify(&desk, "u", comes("山田", "花子", "hanako@example.jp"));
    assert_eq!((found.identified, found.customer, found.suggestions.len()), (LineIdentity::Registered, id("c3"), 2));
    assert!([id("c1"), id("c2")].iter().all(|one| desk.customer(*one).unwrap().line.is_none()));
}

#[test]
fn l1_several_or_one_who_is_linked_elsewhere_are_suggested_with_why() {
    let mut desk = salon();
    let found = identify(&desk, "u0", comes("山田", "花子", "hanako@example.jp"));
    assert_eq!(found.identified, LineIdentity::Linked);
    let elsewhere = identify(&desk, "u1", comes("山田", "花子", "hanako@example.jp"));
    let both = vec![Likeness::Name, Likeness::Email];
    assert_eq!(elsewhere.suggestions, [Candidate { customer: id("c1"), why: both.clone(), withdrawn: false }]);
    assert_eq!(desk.customer(id("c1")).unwrap().line.unwrap().user, "u0");
    let several = identify(&desk, "u2", comes("山田", "花子", "hanako@example.jp"));
    assert_eq!(
        several.suggestions.iter().map(|one| (one.customer, one.why.clone())).collect::<Vec<_>>(),
        [(id("c1"), both.clone()), (id("c2"), both)]
    );
    desk.actor = Actor::new(id("manager-1"), Role::Manager);
    assert_eq!(desk.ledger.check().unwrap().breaches, []);
}

#[test]
fn l2_the_account_is_provider_and_user_and_its_face_is_a_mirror() {
    let desk = salon();
    let first = identify(&desk, "u", comes("山田", "花子", "hanako@example.jp"));
    let again = |provider: &str, user: &str, name: &str| {
        desk.run(IdentifyLineCustomer { line: line(provider, user, name), form: comes("別", "人", "other@example.jp") }).unwrap()
    };
    // Under the same account anything else may differ: the form is not looked at.
    let known = again("p", "u", "改名");
    assert_eq!((known.identified, known.customer, known.notices.len()), (LineIdentity::Known, first.customer, 0));
    let mirrored = desk.customer(first.customer).unwrap();
    assert_eq!((mirrored.line.unwrap().display_name.as_deref(), mirrored.version), (Some("改名"), 3));
    let same = desk.execute(&IdentifyLineCustomer { line: line("p", "u", "改名"), form: comes("別", "人", "other@example.jp") }).unwrap();
    assert!(same.changed.is_empty(), "nothing new to mirror");
    for (provider, user) in [("q", "u"), ("p", "v"), ("p/u", ""), ("P", "u")] {
        let other = IdentifyLineCustomer { line: line(provider, user, "改名"), form: comes("別", "人", "other@example.jp") };
        match desk.run(other) {
            Ok(other) => assert_eq!(other.identified, LineIdentity::Registered, "{provider}/{user}"),
            Err(error) => assert_eq!(error.code(), "customer.required"),
        }
    }
    assert_eq!(desk.ledger.check().unwrap().breaches, []);
}

#[test]
fn l2_a_blacklisted_match_links_and_the_gate_refuses() {
    let mut desk = salon();
    let system = core::mem::replace(&mut desk.actor, Actor::new(id("manager-1"), Role::Manager));
    desk.list(id("c1"), ListKind::Black, "暴言").unwrap();
    desk.actor = system;
    assert_eq!(identify(&desk, "u", comes("山田", "花子", "hanako@example.jp")).identified, LineIdentity::Linked);
    desk.actor = Actor::customer(id("web"), id("c1"));
    assert_eq!(desk.book(id("c1"), MORNING.plus_ms(DAY)).unwrap_err(), Error::fully_booked());
}

#[test]
fn l1_what_the_path_asks_for_is_the_salons() {
    let mut desk = salon();
    let missing = desk
        .run(IdentifyLineCustomer { line: line("p", "u", "x"), form: CustomerForm { emails: vec![], ..comes("山田", "花子", "") } });
    assert_eq!(missing.unwrap_err().fields(), ["emails"]);
    desk.actor = Actor::new(id("staff-1"), Role::Staff);
    let asked = IdentifyLineCustomer { line: line("p", "u", "x"), form: comes("山田", "花子", "hanako@example.jp") };
    assert_eq!(desk.run(asked).unwrap_err().code(), "access.forbidden");
}
