//! What a customer record is, and how it comes in: T1, T2, C1–C7, C9, C10.
use daicho::*;
use daicho_tests::*;

fn code<T: std::fmt::Debug>(result: Result<T, Error>) -> (String, Vec<String>) {
    let error = result.unwrap_err();
    (error.code().to_owned(), error.fields())
}

fn refused<T: std::fmt::Debug>(result: Result<T, Error>, expected: &str, field: &str) {
    assert_eq!(code(result), (expected.to_owned(), vec![field.to_owned()]));
}

fn register_on(desk: &Desk<MemoryStore>, path: EntryPath, form: CustomerForm) -> Result<Registered, Error> {
    let line = (path == EntryPath::Line).then(|| LineLink {
        provider: "p".into(),
        user: form.emails.concat(),
        display_name: None,
        picture_url: None,
    });
    desk.run(RegisterCustomer { path, form, line })
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

#[test]
fn t1_the_same_inputs_give_the_same_ledger_whenever_it_is_run() {
    let life = || {
        let desk = Desk::open();
        let a = desk.register(hanako("090-1234-5678", "a@example.jp")).unwrap();
        let b = desk.phone_in("山田", "花子", "0312345678").unwrap();
        desk.book(a, MORNING.plus_ms(DAY)).unwrap();
        desk.list(b, ListKind::Watch, "声が大きい").unwrap();
        desk.merge(a, b).unwrap();
        desk.ledger.store().load(desk.ledger.salon(), &[]).unwrap().head
    };
    let first = life();
    std::thread::yield_now();
    assert_eq!(first, life(), "the hash of the whole log");
}

#[test]
fn t1_nothing_in_core_reads_a_clock_or_a_zone() {
    fn scan(folder: &std::path::Path, found: &mut Vec<String>, files: &mut u32) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                scan(&path, found, files);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                *files += 1;
                let text = std::fs::read_to_string(&path).unwrap();
                for word in [
                    "SystemTime",
                    "Instant::now",
                    "Utc::now",
                    "Local::now",
                    "chrono::Local",
                    "offset::Local",
                    "std::time",
                    "thread_rng",
                    "getrandom",
                    "rand::",
                ] {
                    if text.contains(word) {
                        found.push(format!("{}: {word}", path.display()));
                    }
                }
            }
        }
    }
    let (mut found, mut files) = (Vec::new(), 0);
    scan(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/src"), &mut found, &mut files);
    assert!(files > 50, "only {files} files were read");
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn t2_the_business_day_decides_on_which_day_a_customer_was_registered() {
    let mut desk = Desk::open();
    let midnight = MORNING.plus_ms(-10 * HOUR);
    let on =
        |desk: &Desk<MemoryStore>| desk.customer(desk.register(hanako("090-1234-5678", "a@example.jp")).unwrap()).unwrap().registered_on;
    desk.now = midnight.plus_ms(-1);
    assert_eq!(on(&desk), day("2026-11-20"));
    desk.now = midnight;
    assert_eq!(on(&desk), day("2026-11-21"));
    desk.configure(|settings| settings.calendar.day_starts_minutes = 300).unwrap();
    desk.now = midnight.plus_ms(5 * HOUR - 1);
    assert_eq!(on(&desk), day("2026-11-20"));
    desk.now = midnight.plus_ms(5 * HOUR);
    assert_eq!(on(&desk), day("2026-11-21"));
    desk.configure(|settings| settings.calendar = Calendar { utc_offset_minutes: 0, day_starts_minutes: 0 }).unwrap();
    desk.now = midnight.plus_ms(9 * HOUR - 1);
    assert_eq!(on(&desk), day("2026-11-20"));
}

fn everything() -> CustomerForm {
    let text = |text: &str| Some(text.to_owned());
    CustomerForm {
        family_name: "髙橋".into(),
        given_name: "𠮷乃".into(),
        family_kana: text("タカハシ"),
        given_kana: text("ヨシノ"),
        phones: vec!["090-1234-5678".into(), "(03) 1234-5678".into()],
        emails: vec!["Yoshino.T@example.jp".into(), "a..b.@docomo.ne.jp".into()],
        birthday: text("1990-02-28"),
        gender: Some(Gender::Female),
        postal_code: text("150-0001"),
        prefecture: text("東京都"),
        city_street: text("渋谷区神宮前1-2-3"),
        building: text("メゾン台帳 405"),
        attributes: vec!["車椅子の方".into(), "お子様と一緒にご来店".into()],
        channels: vec!["Instagram".into(), "紹介".into()],
        company: text("株式会社はさみ"),
        department: text("総務部"),
        fax: text("03-1234-5679"),
        home_page: text("https://example.jp/?q=はさみ"),
        newsletter: Some(NewsletterForm {
            opted_in: true, how: text("来店時の用紙"), wording: text("お得な情報を受け取る")
        }),
        shop_comment: text("右利き\n左側に分け目"),
        pictures: vec!["pictures/1.jpg".into()],
        custom_fields: vec![
            CustomField { name: "肌質".into(), value: "乾燥".into() },
            CustomField { name: "髪質".into(), value: "細い".into() },
        ],
        number_aliases: vec!["旧-0057".into()],
        registered_on: Some(day("2019-04-30")),
        has_account: true,
    }
}

#[test]
fn c1_every_field_survives_the_way_in_and_out() {
    let desk = Desk::open();
    let who = desk.register(everything()).unwrap();
    assert_eq!(serde_json::to_value(desk.form(who).unwrap()).unwrap(), serde_json::to_value(everything()).unwrap());
    let consent = desk.customer(who).unwrap().newsletter.unwrap().consent.unwrap();
    assert_eq!((consent.at, consent.recorded_by), (MORNING, Some(id("manager-1"))));
    // Saving what the form shows changes nothing, and so does it for a customer with hardly a field.
    assert_eq!(desk.edit(who, |_| {}).unwrap(), 1);
    let bare = desk.phone_in("ヤマダ", "ハナ", "00011111111").unwrap();
    assert_eq!(desk.edit(bare, |_| {}).unwrap(), 1);
}

#[test]
fn c1_a_field_left_out_of_an_edit_is_emptied() {
    let desk = Desk::open();
    let who = desk.register(everything()).unwrap();
    desk.edit(who, |form| *form = hanako("090-1234-5678", "a@example.jp")).unwrap();
    let mut form = desk.form(who).unwrap();
    assert_eq!(form.registered_on.take(), Some(day("2019-04-30")), "the day somebody came first is kept");
    assert_eq!(serde_json::to_value(form).unwrap(), serde_json::to_value(hanako("090-1234-5678", "a@example.jp")).unwrap());
}

#[test]
fn c1_channels_come_from_the_salons_own_list_and_stay_when_it_shrinks() {
    let desk = Desk::open();
    desk.configure(|settings| settings.channels = vec!["紹介".into(), "Instagram".into()]).unwrap();
    let with = |channels: &[&str]| CustomerForm {
        channels: channels.iter().map(|text| (*text).to_owned()).collect(),
        ..hanako("090-1234-5678", "a@example.jp")
    };
    let who = desk.register(with(&["Instagram", "紹介"])).unwrap();
    let error = desk.register(with(&["紹介", "電柱"])).unwrap_err();
    assert_eq!((error.code(), error.data()["position"].as_u64()), ("customer.unknown_channel", Some(2)));
    desk.configure(|settings| settings.channels = vec!["紹介".into()]).unwrap();
    desk.edit(who, |form| form.company = Some("花屋".into())).unwrap();
    assert_eq!(desk.customer(who).unwrap().channels, ["Instagram", "紹介"]);
    refused(desk.register(with(&["Instagram"])), "customer.unknown_channel", "channels");
}

#[test]
fn c1_the_consent_keeps_its_day_until_somebody_consents_anew() {
    let mut desk = Desk::open();
    let who = desk.register(everything()).unwrap();
    let at = |desk: &Desk<MemoryStore>| desk.customer(who).unwrap().newsletter.unwrap().consent.unwrap().at;
    let opted = |opted_in: bool| move |form: &mut CustomerForm| form.newsletter.as_mut().unwrap().opted_in = opted_in;
    desk.now = MORNING.plus_ms(DAY);
    desk.edit(who, |form| form.company = None).unwrap();
    assert_eq!(at(&desk), MORNING);
    desk.edit(who, opted(false)).unwrap();
    assert_eq!(at(&desk), MORNING);
    desk.edit(who, opted(true)).unwrap();
    assert_eq!(at(&desk), MORNING.plus_ms(DAY), "opting in again is a consent of its own day");
    let unasked = CustomerForm {
        newsletter: Some(NewsletterForm { opted_in: true, how: None, wording: None }),
        ..hanako("090-1234-5678", "a@example.jp")
    };
    refused(desk.register(unasked), "customer.required", "newsletter.wording");
}

type Emptied = (&'static str, fn(&mut CustomerForm));
const EMPTIED: [Emptied; 6] = [
    ("familyName", |form| form.family_name = "\u{3000}\u{200B}".into()),
    ("givenName", |form| form.given_name.clear()),
    ("familyKana", |form| form.family_kana = Some(" ".into())),
    ("givenKana", |form| form.given_kana = None),
    ("phones", |form| form.phones = vec![String::new()]),
    ("emails", |form| form.emails = vec!["\u{3000}".into(), "\u{FEFF}".into()]),
];

#[test]
fn c2_each_path_requires_its_own_fields() {
    let desk = Desk::open();
    let required = |path: EntryPath| -> Vec<&'static str> {
        let missing = |(field, empty): &Emptied| {
            let mut form = hanako("090-1234-5678", "a@example.jp");
            empty(&mut form);
            match register_on(&desk, path, form) {
                Ok(_) => None,
                Err(error) => {
                    assert_eq!((error.code(), error.fields()), ("customer.required", vec![(*field).to_owned()]));
                    Some(*field)
                }
            }
        };
        EMPTIED.iter().filter_map(missing).collect()
    };
    assert_eq!(required(EntryPath::Counter), ["familyName", "givenName", "familyKana", "givenKana", "phones", "emails"]);
    let desk = Desk::open();
    let line = |form: CustomerForm| {
        desk.run(RegisterCustomer {
            path: EntryPath::Line,
            form,
            line: Some(LineLink { provider: "p".into(), user: format!("u{}", desk.context().key), display_name: None, picture_url: None }),
        })
    };
    let of_line: Vec<&str> = EMPTIED
        .iter()
        .filter(|(_, empty)| {
            let mut form = hanako("090-1234-5678", "a@example.jp");
            empty(&mut form);
            line(form).is_err()
        })
        .map(|(field, _)| *field)
        .collect();
    assert_eq!(of_line, ["familyName", "givenName", "emails"]);
    for (family, given, phone, field) in
        [("", "花", "0312345678", "familyName"), ("山", " ", "0312345678", "givenName"), ("山", "花", "", "phone")]
    {
        refused(desk.phone_in(family, given, phone), "customer.required", field);
    }
    assert!(desk.phone_in("山", "花", "0312345678").is_ok());
}

#[test]
fn c2_all_that_is_missing_is_told_at_once() {
    let desk = Desk::open();
    let form = CustomerForm { given_name: "花子".into(), emails: vec!["a@example.jp".into()], ..CustomerForm::default() };
    let error = desk.register(form).unwrap_err();
    assert_eq!(error.to_string(), "familyName, familyKana, givenKana, phones: required on this path");
    assert_eq!(error.fields(), ["familyName", "familyKana", "givenKana", "phones"]);
    // What stands where nothing may is told once nothing is missing.
    desk.configure(|settings| {
        let rule = |field, usage| FieldRule { path: EntryPath::Counter, field, usage };
        settings.field_rules = vec![rule(CustomerField::FamilyName, FieldUse::Unused), rule(CustomerField::GivenName, FieldUse::Unused)];
    })
    .unwrap();
    let unkempt = CustomerForm { emails: Vec::new(), ..hanako("090-1234-5678", "") };
    refused(desk.register(unkempt), "customer.required", "emails");
    refused(desk.register(hanako("090-1234-5678", "a@example.jp")), "customer.unused", "familyName");
}

#[test]
fn c2_a_salon_makes_any_field_unused_optional_or_required() {
    let desk = Desk::open();
    let rule = |field: CustomerField, usage: FieldUse| FieldRule { path: EntryPath::Counter, field, usage };
    let filled = everything();
    for field in CustomerField::ALL {
        desk.configure(|settings| settings.field_rules = vec![rule(field, FieldUse::Required)]).unwrap();
        assert!(desk.register(CustomerForm { number_aliases: Vec::new(), ..filled.clone() }).is_ok(), "{field:?}");
        let mut form = serde_json::to_value(&filled).unwrap();
        form.as_object_mut().unwrap().remove(field.name());
        form["numberAliases"] = serde_json::json!([]);
        let without: CustomerForm = serde_json::from_value(form).unwrap();
        refused(desk.register(without.clone()), "customer.required", field.name());
        desk.configure(|settings| settings.field_rules = vec![rule(field, FieldUse::Optional)]).unwrap();
        assert!(desk.register(without.clone()).is_ok(), "{field:?}");
        desk.configure(|settings| settings.field_rules = vec![rule(field, FieldUse::Unused)]).unwrap();
        assert!(desk.register(without).is_ok(), "{field:?}");
        refused(desk.register(CustomerForm { number_aliases: Vec::new(), ..filled.clone() }), "customer.unused", field.name());
        // Another path keeps its own rule.
        assert!(desk.phone_in("山田", "花子", "0312345678").is_ok());
    }
}

#[test]
fn c2_an_edit_neither_empties_what_is_required_nor_asks_for_what_never_was() {
    let desk = Desk::open();
    let at_counter = desk.register(hanako("090-1234-5678", "a@example.jp")).unwrap();
    let by_phone = desk.phone_in("ヤマダ", "ハナ", "0312345678").unwrap();
    for (field, empty) in EMPTIED {
        refused(desk.edit(at_counter, empty), "customer.required", field);
        let edited = desk.edit(by_phone, empty);
        match field {
            "familyName" | "givenName" | "phones" => refused(edited, "customer.required", field),
            _ => assert!(edited.is_ok(), "{field}"),
        }
    }
    // The salon changes its form: nobody who is in the ledger already is locked out of an edit by it.
    let rules = [(CustomerField::Birthday, FieldUse::Required), (CustomerField::Company, FieldUse::Unused)];
    desk.edit(at_counter, |form| form.company = Some("花屋".into())).unwrap();
    desk.configure(|settings| {
        settings.field_rules = rules.map(|(field, usage)| FieldRule { path: EntryPath::Counter, field, usage }).into()
    })
    .unwrap();
    desk.edit(at_counter, |form| form.department = Some("店".into())).unwrap();
    desk.edit(at_counter, |form| (form.birthday, form.company) = (Some("1990-01-01".into()), None)).unwrap();
    refused(desk.edit(at_counter, |form| form.birthday = None), "customer.required", "birthday");
    refused(desk.edit(at_counter, |form| form.company = Some("花屋".into())), "customer.unused", "company");
}

#[test]
fn c3_kana_is_taken_in_three_ways_and_kept_in_one() {
    let desk = Desk::open();
    let kana = |raw: &str| -> Result<Option<String>, Error> {
        let who = desk.register(CustomerForm { family_kana: Some(raw.into()), ..hanako("090-1234-5678", "a@example.jp") })?;
        Ok(desk.customer(who)?.family_kana)
    };
    for (raw, kept) in [
        ("やまだ", "ヤマダ"),
        ("ﾔﾏﾀﾞ", "ヤマダ"),
        ("ヤマダ", "ヤマダ"),
        ("か゛", "ガ"),
        ("さとー", "サトー"),
        ("アン・マリー", "アン・マリー"),
        ("\u{202E}ヤマ\u{3000}ダ\u{200B}", "ヤマ ダ"),
    ] {
        assert_eq!(kana(raw).unwrap().as_deref(), Some(kept), "{raw}");
    }
    for wrong in ["山田", "Yamada", "ヤマダ1", "ヤマ-ダ", "ヤマダ☆"] {
        refused(kana(wrong), "text.not_kana", "familyKana");
    }
    // The place is that in the text as typed, and the limit is for what is kept.
    assert_eq!(kana("\u{200B}ヤx").unwrap_err().data()["position"], 3);
    assert_eq!(kana(&"ｶﾞ".repeat(100)).unwrap(), Some("ガ".repeat(100)));
    refused(kana(&"ｶﾞ".repeat(101)), "text.too_long", "familyKana");
}

#[test]
fn c4_phones_are_kept_as_typed_and_known_by_their_digits() {
    let desk = Desk::open();
    let phone = |raw: &str| -> Result<(String, String), Error> {
        let who = desk.register(hanako(raw, "a@example.jp"))?;
        let phone = desk.customer(who)?.phones.remove(0);
        Ok((phone.entered, phone.digits))
    };
    for (raw, digits) in [
        ("090-1234-5678", "09012345678"),
        ("０９０ー１２３４−５６７８", "09012345678"),
        ("+81 (0)90 1234 5678", "09012345678"),
        ("81-90-1234-5678", "09012345678"),
        ("0081 90 1234 5678", "09012345678"),
        ("010-81-90-1234-5678", "09012345678"),
        ("（03）1234‐5678", "0312345678"),
        ("00011111111", "00011111111"),
    ] {
        assert_eq!(phone(raw).unwrap(), (raw.to_owned(), digits.to_owned()));
    }
    for wrong in ["110", "1234-5678", "+1 212 555 0100", "090-1234-56789", "09012345678 内線"] {
        refused(phone(wrong), "text.phone_not_accepted", "phones");
    }
    refused(phone("なし"), "text.no_digits", "phones");
}

#[test]
fn c4_a_family_shares_a_phone_and_nobody_is_taken_for_another() {
    let desk = Desk::open();
    let mother = register_on(&desk, EntryPath::Counter, hanako("0312345678", "a@example.jp")).unwrap();
    let son = CustomerForm { given_name: "太郎".into(), ..hanako("03-1234-5678", "a@example.jp") };
    let son = register_on(&desk, EntryPath::Counter, son).unwrap();
    assert_eq!((son.suggestions, mother.suggestions), (vec![], vec![]));
    let again = register_on(&desk, EntryPath::Counter, hanako("09012345678", "b@example.jp")).unwrap();
    assert_eq!(
        again.suggestions.iter().map(|one| one.customer).collect::<Vec<_>>(),
        [mother.customer],
        "the same name is a suggestion and no more"
    );
}

#[test]
fn c5_carrier_addresses_are_taken_and_254_bytes_are_the_end() {
    let desk = Desk::open();
    let email = |raw: &str| -> Result<(String, String), Error> {
        let who = desk.register(hanako("09012345678", raw))?;
        let email = desk.customer(who)?.emails.remove(0);
        Ok((email.entered, email.key))
    };
    for (raw, kept, key) in [
        ("a..b.@docomo.ne.jp", "a..b.@docomo.ne.jp", "a..b.@docomo.ne.jp"),
        (" .Hana-@ezweb.ne.jp\u{3000}", ".Hana-@ezweb.ne.jp", ".hana-@ezweb.ne.jp"),
        ("Hana+Salon@Example.JP", "Hana+Salon@Example.JP", "hana+salon@example.jp"),
        ("hana＠example.jp", "hana＠example.jp", "hana@example.jp"),
    ] {
        assert_eq!(email(raw).unwrap(), (kept.to_owned(), key.to_owned()));
    }
    let long = |bytes: usize| format!("{}@example.jp", "a".repeat(bytes - "@example.jp".len()));
    assert_eq!(email(&long(254)).unwrap().0.len(), 254);
    refused(email(&long(255)), "text.too_many_bytes", "emails");
    refused(email("hana.example.jp"), "text.no_at", "emails");
    refused(email("ha\u{7}na@example.jp"), "text.control_character", "emails");
    // Not unique: the second of the family is simply registered.
    assert!(email("a..b.@docomo.ne.jp").is_ok());
}

#[test]
fn c6_a_birthday_is_a_real_day_not_after_the_salons_today() {
    let mut desk = Desk::open();
    let birthday = |desk: &Desk<MemoryStore>, raw: &str| -> Result<Option<String>, Error> {
        let who = desk.register(CustomerForm { birthday: Some(raw.into()), ..hanako("09012345678", "a@example.jp") })?;
        Ok(desk.customer(who)?.birthday.map(|birthday| birthday.to_string()))
    };
    for good in ["2026-11-21", "2000-02-29", "--02-29", "--12-31", "1868-01-01"] {
        assert_eq!(birthday(&desk, good).unwrap().as_deref(), Some(good));
    }
    assert_eq!(birthday(&desk, " \u{3000}").unwrap(), None);
    refused(birthday(&desk, "2026-11-22"), "customer.birthday_after_today", "birthday");
    for wrong in ["2023-02-29", "--02-30", "--2-3", "1990/01/01", "1990-1-1", "平成2年", "--"] {
        refused(birthday(&desk, wrong), "customer.birthday_form", "birthday");
    }
    // The salon's own business day is the limit: at 04:59 it is still yesterday.
    desk.configure(|settings| settings.calendar.day_starts_minutes = 300).unwrap();
    desk.now = MORNING.plus_ms(-5 * HOUR - 1);
    refused(birthday(&desk, "2026-11-21"), "customer.birthday_after_today", "birthday");
    desk.now = MORNING.plus_ms(-5 * HOUR);
    assert!(birthday(&desk, "2026-11-21").is_ok());
}

#[test]
fn c7_numbers_are_given_in_order_and_never_again() {
    let desk = Desk::open();
    let register = |name: &str| {
        register_on(&desk, EntryPath::Counter, CustomerForm { given_name: name.into(), ..hanako("09012345678", "a@example.jp") }).unwrap()
    };
    let numbers: Vec<u32> = (0..3).map(|_| register("花子").number).collect();
    assert_eq!(numbers, [1, 2, 3]);
    desk.merge(id("c3"), id("c1")).unwrap();
    let fourth = register("花子");
    assert_eq!((fourth.number, fourth.customer), (4, id("c4")));
    assert!(desk.register(CustomerForm::default()).is_err());
    assert_eq!(register("花子").number, 5, "a registration that failed took no number");
}

fn holders(desk: &Desk<MemoryStore>, number: &str) -> Vec<String> {
    let read = daicho::log::Read::Key { kind: Kind::Customer, key: record_key(number) };
    desk.ledger.store().load(desk.ledger.salon(), &[read]).unwrap().records[0].iter().map(|record| record.id()).collect()
}

fn record_key(number: &str) -> String {
    format!("number:{number}")
}

#[test]
fn c7_old_card_numbers_are_found_and_belong_to_one_customer() {
    let desk = Desk::open();
    let with = |aliases: &[&str]| CustomerForm {
        number_aliases: aliases.iter().map(|text| (*text).to_owned()).collect(),
        ..hanako("09012345678", "a@example.jp")
    };
    let a = desk.register(with(&["Ａ－１２\u{3000}３", "0057"])).unwrap();
    assert_eq!(desk.customer(a).unwrap().number_aliases, ["A-123", "0057"]);
    assert_eq!(
        (holders(&desk, "A-123"), holders(&desk, "0057"), holders(&desk, "1")),
        (vec!["c1".to_owned()], vec!["c1".to_owned()], vec!["c1".to_owned()])
    );
    refused(desk.register(with(&["A-123"])), "customer.number_taken", "numberAliases");
    refused(desk.register(with(&["1"])), "customer.number_taken", "numberAliases");
    refused(desk.register(with(&["x", "ｘ "])), "customer.repeated", "numberAliases");
    // Also after a merge: the number resolves to the target and is nobody else's.
    let b = desk.register(with(&["b"])).unwrap();
    desk.merge(b, a).unwrap();
    refused(desk.register(with(&["b"])), "customer.number_taken", "numberAliases");
    refused(desk.register(with(&["2"])), "customer.number_taken", "numberAliases");
    // As many as a customer may have, in one go.
    let many: Vec<String> = (0..100).map(|n| format!("M-{n}")).collect();
    assert!(desk.register(with(&many.iter().map(String::as_str).collect::<Vec<_>>())).is_ok());
    // What is typed short may be long once normalised: refused, not cut.
    refused(desk.register(with(&[&"㍿".repeat(17)])), "text.too_long", "numberAliases");
}

#[test]
fn c7_a_number_on_an_old_card_is_stepped_over_so_that_the_search_finds_one_customer() {
    let desk = Desk::open();
    let with = |aliases: Vec<String>| CustomerForm { number_aliases: aliases, ..hanako("09012345678", "a@example.jp") };
    let number = |aliases: Vec<String>| register_on(&desk, EntryPath::Counter, with(aliases)).unwrap().number;
    assert_eq!(number(vec!["3".into(), "４".into(), "007".into(), "9000".into()]), 1);
    assert_eq!([number(vec![]), number(vec![]), number(vec![]), number(vec![])], [2, 5, 6, 7]);
    desk.edit(id("c1"), |form| form.number_aliases.push("8".into())).unwrap();
    assert_eq!(number(vec![]), 9);
    for text in ["3", "4", "8"] {
        assert_eq!(holders(&desk, text), ["c1"], "{text}");
    }
    // A whole box of cards, in two customers' hands.
    for from in [10, 110, 210, 310, 410, 510] {
        number((from..from + 100).map(|n| n.to_string()).collect());
    }
    assert_eq!(number(vec![]), 610, "the six who brought them have 10, 110 and so on");
    let mut seen = std::collections::BTreeSet::new();
    for n in 1..=620_u32 {
        assert!(holders(&desk, &n.to_string()).len() <= 1, "{n}");
        seen.extend(holders(&desk, &n.to_string()));
    }
    assert_eq!(seen.len(), 13);
}

type Limit<'a> = (&'a str, usize, &'a dyn Fn(&mut CustomerForm, String));

#[test]
fn c9_each_text_has_a_limit_and_nothing_is_cut() {
    let desk = Desk::open();
    let save = |change: &dyn Fn(&mut CustomerForm, String), text: String| {
        let mut form = hanako("09012345678", "a@example.jp");
        change(&mut form, text);
        desk.register(form)
    };
    let single: [Limit<'_>; 14] = [
        ("familyName", 100, &|form, text| form.family_name = text),
        ("givenName", 100, &|form, text| form.given_name = text),
        ("postalCode", 16, &|form, text| form.postal_code = Some(text)),
        ("prefecture", 50, &|form, text| form.prefecture = Some(text)),
        ("cityStreet", 255, &|form, text| form.city_street = Some(text)),
        ("building", 255, &|form, text| form.building = Some(text)),
        ("attributes", 255, &|form, text| form.attributes = vec![text]),
        ("channels", 255, &|form, text| form.channels = vec![text]),
        ("company", 255, &|form, text| form.company = Some(text)),
        ("department", 255, &|form, text| form.department = Some(text)),
        ("fax", 64, &|form, text| form.fax = Some(text)),
        ("homePage", 2_048, &|form, text| form.home_page = Some(text)),
        ("shopComment", 4_000, &|form, text| form.shop_comment = Some(text)),
        ("pictures", 2_048, &|form, text| form.pictures = vec![text]),
    ];
    for (field, max, change) in single {
        // 𠮷 is one scalar value, two UTF-16 units, four bytes.
        let who = save(change, "𠮷".repeat(max)).unwrap();
        assert!(serde_json::to_string(&desk.form(who).unwrap()).unwrap().contains(&"𠮷".repeat(max)), "{field}");
        refused(save(change, "𠮷".repeat(max + 1)), "text.too_long", field);
        // What nobody sees does not count.
        assert!(save(change, format!("\u{202E}{}\u{200B}\u{FEFF}", "𠮷".repeat(max))).is_ok(), "{field}");
    }
    refused(
        save(&|form, text| form.custom_fields = vec![CustomField { name: "x".into(), value: text }], "x".repeat(4_001)),
        "text.too_long",
        "customFields",
    );
    refused(
        save(&|form, text| form.custom_fields = vec![CustomField { name: text, value: "x".into() }], "x".repeat(256)),
        "text.too_long",
        "customFields",
    );
    refused(
        save(&|form, _| form.phones = (0..21).map(|n| format!("090123456{n:02}")).collect(), String::new()),
        "customer.too_many",
        "phones",
    );
    refused(save(&|form, _| form.attributes = (0..101).map(|n| n.to_string()).collect(), String::new()), "customer.too_many", "attributes");
}

#[test]
fn c9_what_nobody_can_see_is_taken_out_and_leaves_no_entry_behind() {
    let desk = Desk::open();
    let mut form = hanako("09012345678", "a@example.jp");
    form.family_name = "\u{FEFF}山\u{200B}田\u{202E}\u{7}".into();
    form.given_name = "花\n子".into();
    form.company = Some("\u{2066}花屋\u{2069}".into());
    form.attributes = vec!["\u{200B}".into(), "車椅子".into(), "\u{3000}\u{FEFF}".into()];
    form.channels = vec!["\u{2060}".into()];
    form.number_aliases = vec!["\u{200B}".into()];
    form.department = Some("\u{200D}".into());
    let who = desk.register(form).unwrap();
    let kept = desk.customer(who).unwrap();
    assert_eq!((kept.family_name.as_str(), kept.given_name.as_str(), kept.company.as_deref()), ("山田", "花 子", Some("花屋")));
    assert_eq!((kept.attributes, kept.channels, kept.number_aliases, kept.department), (vec!["車椅子".to_owned()], vec![], vec![], None));
}

#[test]
fn c10_a_real_address_brings_a_notice_and_a_placeholder_never_does() {
    let desk = Desk::open();
    let notices = |form: CustomerForm| register_on(&desk, EntryPath::Counter, form).unwrap().notices;
    assert_eq!(notices(hanako("09012345678", "a@example.jp")), [MailNotice { customer: id("c1"), kind: NoticeKind::Registration }]);
    assert_eq!(notices(hanako("09012345678", "09012345678@leporto.com")), []);
    let by_phone = RegisterByPhone {
        family_name: "山田".into(),
        given_name: "花".into(),
        family_kana: None,
        given_kana: None,
        phone: "00011111111".into(),
    };
    assert_eq!(desk.run(by_phone).unwrap().notices, []);
}

#[test]
fn l2_provider_and_user_are_compared_apart() {
    let mut desk = Desk::open();
    let [one, other] = [1, 2].map(|n| desk.register(hanako(&format!("031234567{n}"), &format!("{n}@example.jp"))).unwrap());
    desk.actor = Actor::new(id("line"), Role::System);
    let link = |customer, provider: &str, user: &str| {
        let line = LineLink { provider: provider.into(), user: user.into(), display_name: None, picture_url: None };
        desk.run(LinkLine { customer, line: Some(line) })
    };
    link(one, "a/b", "c").unwrap();
    link(other, "a", "b/c").unwrap();
    assert_eq!(link(other, "a/b", "c").unwrap_err().code(), "customer.line_taken");
    assert_eq!(desk.ledger.check().unwrap().breaches, Vec::new());
}
