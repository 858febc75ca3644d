//! Edits of one customer by several people at once: C8.
use daicho::*;
use daicho_tests::*;

fn start() -> (Desk<MemoryStore>, CustomerId, CustomerForm) {
    let desk = Desk::open();
    let fields = [("肌質", "乾燥"), ("髪質", "細い"), ("趣味", "旅行")];
    let form = CustomerForm {
        postal_code: Some("150-0001".into()),
        prefecture: Some("東京都".into()),
        custom_fields: fields.map(|(name, value)| CustomField { name: name.into(), value: value.into() }).into(),
        ..hanako("090-1234-5678", "a@example.jp")
    };
    let who = desk.register(form).unwrap();
    let form = desk.form(who).unwrap();
    (desk, who, form)
}

fn save(desk: &Desk<MemoryStore>, customer: CustomerId, based_on: u32, form: CustomerForm) -> Result<u32, Error> {
    Ok(desk.run(EditCustomer { customer, based_on, form })?.version)
}

fn custom(form: &CustomerForm, name: &str, value: &str) -> CustomerForm {
    let mut form = form.clone();
    form.custom_fields.iter_mut().find(|field| field.name == name).unwrap().value = value.into();
    form
}

#[test]
fn c8_the_form_as_it_was_given_edits_nothing_whatever_it_holds() {
    let (desk, who, _) = start();
    let text = |text: &str| Some(text.to_owned());
    let full = CustomerForm {
        birthday: text("1990-02-28"),
        gender: Some(Gender::Female),
        city_street: text("渋谷区1-2"),
        building: text("花ビル"),
        attributes: vec!["VIP".into()],
        channels: vec!["紹介".into()],
        company: text("花屋"),
        department: text("営業"),
        fax: text("03-0000-0000"),
        home_page: text("https://example.jp/"),
        newsletter: Some(NewsletterForm { opted_in: true, how: text("用紙"), wording: text("メールを受け取ります") }),
        shop_comment: text("左利き"),
        pictures: vec!["p1".into()],
        number_aliases: vec!["A-1".into()],
        registered_on: Some("2020-01-01".parse().unwrap()),
        has_account: true,
        ..desk.form(who).unwrap()
    };
    save(&desk, who, 1, full.clone()).unwrap();
    // Nothing is left at its default, so nothing can be forgotten unseen.
    let shown = serde_json::to_value(desk.form(who).unwrap()).unwrap();
    assert_eq!(shown, serde_json::to_value(&full).unwrap());
    let empty = serde_json::to_value(CustomerForm::default()).unwrap();
    let fields = shown.as_object().unwrap();
    assert!(fields.iter().all(|(field, value)| empty.get(field) != Some(value)), "{fields:?}");

    let before = desk.customer(who).unwrap();
    let edit = desk.ask(GetCustomerForm { customer: who }).unwrap();
    assert_eq!((edit.customer, edit.based_on), (who, 2));
    assert_eq!(desk.run(edit).unwrap().version, 2);
    assert_eq!(desk.customer(who).unwrap(), before);
}

#[test]
fn c8_m6_the_form_of_a_merged_id_is_its_targets_and_whoever_left_has_none() {
    let mut desk = Desk::open();
    let [one, two] = ["090-1234-5678", "090-1234-5679"].map(|phone| desk.phone_in("ヤマダ", "ハナコ", phone).unwrap());
    desk.merge(one, two).unwrap();
    assert_eq!(desk.ask(GetCustomerForm { customer: one }).unwrap().customer, two);
    let staff = core::mem::replace(&mut desk.actor, Actor::customer(id("account-1"), two));
    desk.channel = Channel::Site;
    desk.run(Withdraw { customer: two, reason: "引っ越し".into(), cancel_reservations: false }).unwrap();
    desk.actor = staff;
    assert_eq!(desk.ask(GetCustomerForm { customer: one }).unwrap_err().code(), "customer.not_active");
}

#[test]
fn c8_edits_of_different_fields_survive_down_to_free_fields_and_parts_of_an_address() {
    let (desk, who, form) = start();
    save(&desk, who, 1, custom(&form, "肌質", "普通")).unwrap();
    save(&desk, who, 1, custom(&form, "髪質", "太い")).unwrap();
    let mut without = form.clone();
    without.custom_fields.retain(|field| field.name != "趣味");
    without.custom_fields.push(CustomField { name: "ペット".into(), value: "猫".into() });
    save(&desk, who, 1, without).unwrap();
    save(&desk, who, 1, CustomerForm { postal_code: Some("150-0002".into()), ..form.clone() }).unwrap();
    save(&desk, who, 1, CustomerForm { city_street: Some("渋谷区".into()), ..form.clone() }).unwrap();
    save(&desk, who, 1, CustomerForm { phones: vec!["0312345678".into()], ..form.clone() }).unwrap();
    save(&desk, who, 1, CustomerForm { emails: vec!["b@example.jp".into()], ..form }).unwrap();
    let now = desk.form(who).unwrap();
    let mut fields: Vec<(&str, &str)> = now.custom_fields.iter().map(|field| (field.name.as_str(), field.value.as_str())).collect();
    fields.sort_unstable();
    assert_eq!(fields, [("ペット", "猫"), ("肌質", "普通"), ("髪質", "太い")]);
    assert_eq!(
        (now.postal_code.as_deref(), now.prefecture.as_deref(), now.city_street.as_deref()),
        (Some("150-0002"), Some("東京都"), Some("渋谷区"))
    );
    assert_eq!((now.phones, now.emails), (vec!["0312345678".to_owned()], vec!["b@example.jp".to_owned()]));
    assert_eq!(desk.customer(who).unwrap().version, 8);
}

#[test]
fn c8_a_true_overlap_is_a_conflict_with_all_three_values_and_changes_nothing() {
    let (desk, who, form) = start();
    save(&desk, who, 1, CustomerForm { company: Some("花屋".into()), ..custom(&form, "肌質", "普通") }).unwrap();
    let mine = CustomerForm { company: Some("魚屋".into()), department: Some("店".into()), ..custom(&form, "肌質", "脂性") };
    let error = save(&desk, who, 1, mine).unwrap_err();
    assert_eq!((error.code(), error.fields()), ("customer.conflict", vec!["company".to_owned(), "customFields.肌質".to_owned()]));
    assert_eq!(error.data()["version"], 2);
    assert_eq!(
        error.data()["fields"],
        serde_json::json!([
            { "field": "company", "base": null, "stored": "花屋", "submitted": "魚屋" },
            { "field": "customFields.肌質", "base": "乾燥", "stored": "普通", "submitted": "脂性" },
        ])
    );
    let now = desk.customer(who).unwrap();
    assert_eq!((now.version, now.department), (2, None));
    // One emptied it, the other changed it: that is an overlap too.
    save(&desk, who, 2, CustomerForm { company: None, ..custom(&form, "肌質", "普通") }).unwrap();
    let error = save(&desk, who, 2, CustomerForm { company: Some("八百屋".into()), ..custom(&form, "肌質", "普通") }).unwrap_err();
    assert_eq!(error.data()["fields"][0]["stored"], serde_json::Value::Null);
}

#[test]
fn c8_the_same_change_by_both_is_no_conflict() {
    let (desk, who, form) = start();
    let changed = CustomerForm { company: Some("花屋".into()), ..form };
    assert_eq!(save(&desk, who, 1, changed.clone()).unwrap(), 2);
    assert_eq!(save(&desk, who, 1, changed).unwrap(), 2, "nothing changed, so it is the same version");
}

#[test]
fn c8_a_version_that_has_not_been_is_refused() {
    let (desk, who, form) = start();
    for version in [0, 2, u32::MAX] {
        assert_eq!(save(&desk, who, version, form.clone()).unwrap_err().code(), "customer.unknown_version", "{version}");
    }
}

#[test]
fn c8_an_edit_may_come_many_versions_late() {
    let (desk, who, form) = start();
    for n in 0..60 {
        desk.edit(who, |form| form.department = Some(format!("{n}課"))).unwrap();
    }
    assert_eq!(save(&desk, who, 1, CustomerForm { company: Some("花屋".into()), ..form.clone() }).unwrap(), 62);
    let now = desk.form(who).unwrap();
    assert_eq!((now.company.as_deref(), now.department.as_deref()), (Some("花屋"), Some("59課")));
    // From the middle of the history too: there the department was another.
    let middle = CustomerForm { department: Some("9課".into()), fax: Some("03-1".into()), ..form };
    assert_eq!(save(&desk, who, 11, middle).unwrap(), 63);
    let now = desk.form(who).unwrap();
    assert_eq!((now.company.as_deref(), now.department.as_deref(), now.fax.as_deref()), (Some("花屋"), Some("59課"), Some("03-1")));
}

#[test]
fn c8_what_happened_to_line_merges_and_the_other_mirrors_meanwhile_is_not_undone() {
    let (mut desk, who, form) = start();
    let line = LineLink { provider: "p".into(), user: "U1".into(), display_name: Some("はな".into()), picture_url: None };
    desk.actor = Actor::new(id("line"), Role::System);
    desk.run(LinkLine { customer: who, line: Some(line.clone()) }).unwrap();
    desk.actor = Actor::new(id("staff-1"), Role::Staff);
    save(&desk, who, 1, CustomerForm { company: Some("花屋".into()), ..form.clone() }).unwrap();
    assert_eq!(desk.customer(who).unwrap().line, Some(line.clone()));
    let other = desk.register(CustomerForm { birthday: Some("1990-01-01".into()), ..hanako("0312345678", "b@example.jp") }).unwrap();
    desk.merge(other, who).unwrap();
    save(&desk, who, 1, CustomerForm { department: Some("店".into()), ..form.clone() }).unwrap();
    let now = desk.customer(who).unwrap();
    assert_eq!((now.line, now.birthday.map(|day| day.to_string()).as_deref(), now.phones.len()), (Some(line), Some("1990-01-01"), 2));
    // But phones were changed by the merge: a late edit of the phones is an overlap.
    let error = save(&desk, who, 1, CustomerForm { phones: vec!["0399999999".into()], ..form }).unwrap_err();
    assert_eq!((error.code(), error.fields()), ("customer.conflict", vec!["phones".to_owned()]));
}

#[test]
fn c8_a_late_edit_cannot_empty_what_somebody_else_filled_in_meanwhile() {
    let desk = Desk::open();
    let who = desk.phone_in("ヤマダ", "ハナ", "0312345678").unwrap();
    let old = desk.form(who).unwrap();
    desk.edit(who, |form| (form.emails, form.birthday) = (vec!["hana@example.jp".into()], Some("1990-01-01".into()))).unwrap();
    save(&desk, who, 1, CustomerForm { company: Some("花屋".into()), ..old }).unwrap();
    let now = desk.customer(who).unwrap();
    assert_eq!(
        now.emails.iter().map(|email| (email.entered.as_str(), email.kind == EmailKind::Real)).collect::<Vec<_>>(),
        [("hana@example.jp", true)]
    );
    assert!(now.birthday.is_some() && !now.phone_registration);
}
