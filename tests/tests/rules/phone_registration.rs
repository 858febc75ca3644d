//! 新規電話予約: P1–P3.
use daicho::*;
use daicho_tests::*;

fn mail(customer: &Customer) -> Vec<(&str, bool)> {
    customer.emails.iter().map(|email| (email.entered.as_str(), email.kind == EmailKind::Placeholder)).collect()
}

#[test]
fn p1_a_name_and_a_phone_are_enough_and_kana_is_filled_from_katakana() {
    let desk = Desk::open();
    let names = |family: &str, given: &str| {
        let customer = desk.customer(desk.phone_in(family, given, "00011111111").unwrap()).unwrap();
        (customer.family_kana, customer.given_kana, customer.provisional_name)
    };
    let kana = |text: &str| Some(text.to_owned());
    assert_eq!(names("ヤマダ", "ハナコ"), (kana("ヤマダ"), kana("ハナコ"), true));
    assert_eq!(names("ﾔﾏﾀﾞ", "花子"), (kana("ヤマダ"), None, true));
    assert_eq!(names("山田", "花子"), (None, None, false));
    assert_eq!(names("山田", "さくら"), (None, kana("サクラ"), false), "hiragana is how she is called, not a stand-in");
    let given = RegisterByPhone {
        family_name: "ヤマダ".into(),
        given_name: "ハナ".into(),
        family_kana: Some("やまだ".into()),
        given_kana: Some("\u{200B} ".into()),
        phone: "0312345678".into(),
    };
    let customer = desk.customer(desk.run(given).unwrap().customer).unwrap();
    assert_eq!((customer.family_kana.as_deref(), customer.given_kana.as_deref()), (Some("ヤマダ"), Some("ハナ")));
}

#[test]
fn p1_kanji_end_the_provisional_name() {
    let desk = Desk::open();
    let who = desk.phone_in("ヤマダ", "ハナコ", "00011111111").unwrap();
    desk.edit(who, |form| form.company = Some("花屋".into())).unwrap();
    assert!(desk.customer(who).unwrap().provisional_name);
    desk.edit(who, |form| (form.family_name, form.given_name) = ("山田".into(), "花子".into())).unwrap();
    let customer = desk.customer(who).unwrap();
    assert!(!customer.provisional_name);
    assert_eq!((customer.family_kana.as_deref(), customer.given_kana.as_deref()), (Some("ヤマダ"), Some("ハナコ")));
}

#[test]
fn p2_the_placeholder_is_the_digits_at_the_salons_domain_and_matches_nobody() {
    let desk = Desk::open();
    let one = desk.phone_in("ヤマダ", "ハナ", "000-1111-1111").unwrap();
    let two = desk.phone_in("サトウ", "マリ", "+81 90-1234-5678").unwrap();
    let three = desk.phone_in("ヤマダ", "タロウ", "００011111111").unwrap();
    assert_eq!(mail(&desk.customer(one).unwrap()), [("00011111111@leporto.com", true)]);
    assert_eq!(mail(&desk.customer(two).unwrap()), [("09012345678@leporto.com", true)]);
    assert_eq!(mail(&desk.customer(three).unwrap()), [("00011111111@leporto.com", true)], "two may carry the same one");
    let found = |key: &str| {
        desk.ledger.store().load(desk.ledger.salon(), &[daicho::log::Read::Key { kind: Kind::Customer, key: key.into() }]).unwrap().records
            [0]
        .len()
    };
    assert_eq!((found("email:00011111111@leporto.com"), found("phone:00011111111")), (0, 2));
    desk.configure(|settings| settings.placeholder_domain = "Salon.example".into()).unwrap();
    let four = desk.phone_in("ヤマダ", "ハナ", "0312345678").unwrap();
    assert_eq!(mail(&desk.customer(four).unwrap()), [("0312345678@Salon.example", true)]);
    assert_eq!(mail(&desk.customer(one).unwrap()), [("00011111111@leporto.com", true)], "the old ones stay as they are");
    desk.edit(one, |form| form.company = Some("花屋".into())).unwrap();
    assert_eq!(mail(&desk.customer(one).unwrap()), [("00011111111@leporto.com", true)], "and stay placeholders");
    for wrong in ["", "a b.example", "日本.example", "x@y.example", &format!("{}.example", "x".repeat(200))] {
        assert!(desk.configure(|settings| settings.placeholder_domain = wrong.into()).is_err(), "{wrong}");
    }
}

#[test]
fn p2_an_address_of_that_shape_typed_by_hand_is_a_placeholder_too() {
    let desk = Desk::open();
    let who = desk.register(hanako("09012345678", "０９０12345678@LEPORTO.com")).unwrap();
    let customer = desk.customer(who).unwrap();
    assert_eq!(mail(&customer), [("０９０12345678@LEPORTO.com", true)]);
    assert!(!customer.phone_registration, "but nobody is on the list who did not come by phone");
    let who = desk.register(hanako("09012345678", "hana@leporto.com")).unwrap();
    assert_eq!(mail(&desk.customer(who).unwrap()), [("hana@leporto.com", false)]);
}

#[test]
fn p3_the_whole_life_of_a_phone_registration() {
    let desk = Desk::open();
    let who = desk.phone_in("ヤマダ", "ハナコ", "00011111111").unwrap();
    let listed = || desk.customer(who).unwrap().phone_registration;
    assert!(listed());
    desk.edit(who, |form| form.phones = vec!["0312345678".into()]).unwrap();
    assert_eq!(mail(&desk.customer(who).unwrap()), [("00011111111@leporto.com", true)], "a new phone makes no new address");
    assert!(listed());
    desk.edit(who, |form| form.emails = vec!["22222222222@leporto.com".into()]).unwrap();
    assert!(listed(), "another placeholder is no real address");
    desk.edit(who, |form| form.emails.clear()).unwrap();
    assert!(listed(), "and none at all is none either");
    desk.edit(who, |form| form.emails = vec!["00011111111@leporto.com".into(), "hana@example.jp".into()]).unwrap();
    assert_eq!(mail(&desk.customer(who).unwrap()), [("hana@example.jp", false)], "the placeholder ends with the first real one");
    assert!(!listed());
    desk.edit(who, |form| form.emails.clear()).unwrap();
    assert!(!listed());
    desk.edit(who, |form| form.emails = vec!["00011111111@leporto.com".into()]).unwrap();
    assert_eq!(mail(&desk.customer(who).unwrap()), [("00011111111@leporto.com", true)]);
    assert!(!listed(), "for good");
}

#[test]
fn p3_a_merge_brings_a_phone_registration_along_and_never_back() {
    let desk = Desk::open();
    let phone = || desk.phone_in("山田", "花子", "00011111111").unwrap();
    let no_mail = |rules: &mut Settings| {
        rules.field_rules = vec![FieldRule { path: EntryPath::Counter, field: CustomerField::Emails, usage: FieldUse::Optional }]
    };
    desk.configure(no_mail).unwrap();
    let without = || desk.register(CustomerForm { emails: Vec::new(), ..hanako("09012345678", "") }).unwrap();
    let target = without();
    desk.merge(phone(), target).unwrap();
    let united = desk.customer(target).unwrap();
    assert_eq!((mail(&united), united.phone_registration), (vec![("00011111111@leporto.com", true)], true));
    // A real address on either side ends it.
    let (source, target) = (desk.register(hanako("09012345678", "a@example.jp")).unwrap(), phone());
    desk.merge(source, target).unwrap();
    let united = desk.customer(target).unwrap();
    assert_eq!((mail(&united), united.phone_registration), (vec![("a@example.jp", false)], false));
    desk.edit(target, |form| form.emails.clear()).unwrap();
    desk.merge(phone(), target).unwrap();
    assert!(!desk.customer(target).unwrap().phone_registration, "once off the list, for good");
}

#[test]
fn p3_whoever_a_merge_brings_onto_the_list_is_no_breach() {
    let desk = Desk::open();
    desk.configure(|settings| {
        settings.unmerge_days = 7;
        settings.field_rules = vec![FieldRule { path: EntryPath::Counter, field: CustomerField::Emails, usage: FieldUse::Optional }];
    })
    .unwrap();
    let came = desk.phone_in("山田", "花子", "00011111111").unwrap();
    let stays = desk.register(CustomerForm { emails: Vec::new(), ..hanako("0312345678", "") }).unwrap();
    let merge = desk.merge(came, stays).unwrap().merge;
    assert!(desk.customer(stays).unwrap().phone_registration);
    assert_eq!(desk.ledger.check().unwrap().breaches, Vec::new());
    desk.run(Unmerge { merge }).unwrap();
    assert!(!desk.customer(stays).unwrap().phone_registration);
    assert_eq!(desk.ledger.check().unwrap().breaches, Vec::new());
}
