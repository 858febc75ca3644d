//! 統合: M1–M7, M9.
use daicho::*;
use daicho_tests::*;
use serde_json::json;

fn named(family: &str, given: &str) -> CustomerForm {
    CustomerForm { family_name: family.into(), given_name: given.into(), ..hanako("09012345678", "a@example.jp") }
}

fn codes(preview: &MergePreview) -> Vec<&str> {
    preview.blockers.iter().map(|blocker| blocker.code.as_str()).collect()
}

fn pair() -> (Desk<MemoryStore>, CustomerId, CustomerId) {
    let desk = Desk::open();
    let a = desk.register(hanako("09012345678", "a@example.jp")).unwrap();
    let b = desk.register(hanako("0312345678", "b@example.jp")).unwrap();
    (desk, a, b)
}

fn link(desk: &mut Desk<MemoryStore>, customer: CustomerId, line: Option<LineLink>) {
    let actor = std::mem::replace(&mut desk.actor, Actor::new(id("line"), Role::System));
    desk.run(LinkLine { customer, line }).unwrap();
    desk.actor = actor;
}

fn line(user: &str) -> LineLink {
    LineLink { provider: "p".into(), user: user.into(), display_name: Some(format!("{user}さん")), picture_url: None }
}

#[test]
fn m1_equal_names_merge_and_no_others() {
    let desk = Desk::open();
    let mergeable = |a: (&str, &str), b: (&str, &str)| {
        let (a, b) = (desk.register(named(a.0, a.1)).unwrap(), desk.register(named(b.0, b.1)).unwrap());
        let preview = desk.preview(a, b).unwrap();
        assert!(codes(&preview).is_empty() || codes(&preview) == ["merge.name_mismatch"]);
        preview.blockers.is_empty()
    };
    for (a, b) in [
        (("山田", "太郎"), ("山田", "太郎")),
        (("山 田", "太郎"), ("山田", "太\u{3000}郎")),
        (("山田太", "郎"), ("山田", "太郎")),
        (("ﾔﾏﾀﾞ", "ﾀﾛｳ"), ("ヤマダ", "タロウ")),
        (("Ｊｏｈｎ", "Ｓｍｉｔｈ"), ("John", "Smith")),
        (("山\u{00A0}田", "太\u{200B}郎"), ("\u{FEFF}山田", "太郎")),
        (("葛\u{E0100}城", "太郎"), ("葛城", "太郎")),
        (("が", "太郎"), ("か\u{3099}", "太郎")),
    ] {
        assert!(mergeable(a, b), "{a:?} {b:?}");
    }
    for (a, b) in [
        ("髙橋", "高橋"),
        ("山﨑", "山崎"),
        ("やまだ", "ヤマダ"),
        ("サトー", "サトウ"),
        ("㈱山田", "(株)山田"),
        ("john", "John"),
        ("山田", "山本"),
    ] {
        assert!(!mergeable((a, "太郎"), (b, "太郎")), "{a} {b}");
    }
}

#[test]
fn m1_the_policy_spaces_only_leaves_widths_apart() {
    let desk = Desk::open();
    let (half, full, spaced) = (
        desk.register(named("ﾔﾏﾀﾞ", "太郎")).unwrap(),
        desk.register(named("ヤマダ", "太郎")).unwrap(),
        desk.register(named("ヤ マダ", "太\u{3000}郎")).unwrap(),
    );
    assert!(codes(&desk.preview(half, full).unwrap()).is_empty());
    desk.configure(|settings| settings.merge_names = MergeNames::SpacesOnly).unwrap();
    assert_eq!(codes(&desk.preview(half, full).unwrap()), ["merge.name_mismatch"]);
    assert!(codes(&desk.preview(spaced, full).unwrap()).is_empty());
}

#[test]
fn m1_a_mismatch_carries_both_keys_and_shows_neither() {
    let desk = Desk::open();
    let (a, b) = (desk.register(named("髙橋", "花子")).unwrap(), desk.register(named("高橋", "花 子")).unwrap());
    let error = desk.merge(a, b).unwrap_err();
    assert_eq!(error.code(), "merge.name_mismatch");
    assert_eq!(
        error.data(),
        json!({ "sourceKey": "髙橋花子", "targetKey": "高橋花子", "remedy": "correct the name of one of them first, then merge" })
    );
    let preview = desk.preview(a, b).unwrap();
    let data = preview.blockers[0].data.as_ref().unwrap();
    assert_eq!((data.source_key.as_deref(), data.target_key.as_deref()), (Some("髙橋花子"), Some("高橋花子")));
    for shown in [error.to_string(), format!("{error:?}"), format!("{preview:?}"), format!("{data:?}"), preview.blockers[0].detail.clone()]
    {
        assert!(!shown.contains("橋") && !shown.contains("花子"), "{shown}");
    }
    // The audited way: correct the name first.
    desk.edit(a, |form| form.family_name = "高橋".into()).unwrap();
    assert!(desk.merge(a, b).is_ok());
}

#[test]
fn m1_another_split_is_allowed_with_a_warning_and_the_name_stays_whole() {
    let desk = Desk::open();
    let (a, b) = (desk.register(named("山", "田太郎")).unwrap(), desk.register(named("山田", "太郎")).unwrap());
    let ask = |from_source: &[&str]| {
        desk.ask(PreviewMerge {
            source: a,
            target: b,
            from_source: from_source.iter().map(|name| (*name).to_owned()).collect(),
            line: None,
        })
        .unwrap()
    };
    assert_eq!(ask(&[]).warnings, [MergeWarning::SplitDiffers]);
    for (chosen, family, given) in [(vec![], "山田", "太郎"), (vec!["familyName"], "山", "田太郎"), (vec!["givenName"], "山", "田太郎")]
    {
        let result = ask(&chosen).result;
        assert_eq!((result.family_name.as_str(), result.given_name.as_str()), (family, given), "{chosen:?}");
    }
}

fn full(tag: &str) -> CustomerForm {
    let text = |name: &str| Some(format!("{name}{tag}"));
    CustomerForm {
        birthday: Some(if tag == "A" { "1990-01-01" } else { "--02-29" }.into()),
        gender: Some(if tag == "A" { Gender::Female } else { Gender::Other }),
        postal_code: text("〒"),
        prefecture: text("県"),
        city_street: text("市"),
        building: text("棟"),
        attributes: vec!["共通".into(), format!("属性{tag}")],
        channels: vec![format!("経路{tag}"), "紹介".into()],
        company: text("社"),
        department: text("部"),
        fax: text("F"),
        home_page: text("https://"),
        shop_comment: text("備考"),
        pictures: vec![format!("{tag}.jpg")],
        custom_fields: vec![
            CustomField { name: "共通".into(), value: tag.into() },
            CustomField { name: format!("項目{tag}"), value: tag.into() },
        ],
        registered_on: Some(if tag == "A" { "2019-01-01" } else { "2021-01-01" }.parse().unwrap()),
        has_account: tag == "A",
        ..hanako(if tag == "A" { "09012345678" } else { "0312345678" }, &format!("{tag}@example.jp"))
    }
}

#[test]
fn m2_the_target_wins_and_everything_else_of_the_source_comes_along() {
    let desk = Desk::open();
    let (a, b) = (desk.register(full("A")).unwrap(), desk.register(full("B")).unwrap());
    desk.merge(a, b).unwrap();
    let text = |name: &str| Some(format!("{name}B"));
    let expected = CustomerForm {
        phones: vec!["0312345678".into(), "09012345678".into()],
        emails: vec!["B@example.jp".into(), "A@example.jp".into()],
        attributes: vec!["共通".into(), "属性B".into(), "属性A".into()],
        channels: vec!["経路B".into(), "紹介".into(), "経路A".into()],
        shop_comment: Some("備考B\n\n【統合元 No.1】\n備考A".into()),
        pictures: vec!["B.jpg".into(), "A.jpg".into()],
        custom_fields: [("共通", "B"), ("項目B", "B"), ("項目A", "A")]
            .map(|(name, value)| CustomField { name: name.into(), value: value.into() })
            .into(),
        registered_on: Some("2019-01-01".parse().unwrap()),
        has_account: true,
        company: text("社"),
        ..full("B")
    };
    assert_eq!(serde_json::to_value(desk.form(b).unwrap()).unwrap(), serde_json::to_value(expected).unwrap());
}

#[test]
fn m2_blanks_are_filled_from_the_source_and_the_caller_may_choose_otherwise() {
    let (desk, _, b) = pair();
    let a = desk.register(full("A")).unwrap();
    let preview = desk.preview(a, b).unwrap();
    assert!(preview.fields.iter().all(|field| field.takes_source && field.target.is_none()));
    let names: Vec<&str> = preview.fields.iter().map(|field| field.field.as_str()).collect();
    assert_eq!(
        names,
        ["birthday", "gender", "postalCode", "prefecture", "cityStreet", "building", "company", "department", "homePage", "fax"]
    );
    assert_eq!(
        (preview.result.birthday.map(|day| day.to_string()).as_deref(), preview.result.fax.as_deref()),
        (Some("1990-01-01"), Some("FA"))
    );
    assert_eq!(preview.result.shop_comment.as_deref(), Some("【統合元 No.3】\n備考A"));
    let c = desk.register(full("C")).unwrap();
    let chosen =
        desk.ask(PreviewMerge { source: a, target: c, from_source: vec!["company".into(), "birthday".into()], line: None }).unwrap();
    assert_eq!((chosen.result.company.as_deref(), chosen.result.department.as_deref()), (Some("社A"), Some("部C")));
    let company = chosen.fields.iter().find(|field| field.field == "company").unwrap();
    assert_eq!((company.target.as_deref(), company.source.as_deref(), company.takes_source), (Some("社C"), Some("社A"), true));
    for wrong in ["companyName", "phones", "id", "version", ""] {
        let preview = desk.ask(PreviewMerge { source: a, target: c, from_source: vec!["fax".into(), wrong.into()], line: None }).unwrap();
        assert_eq!(codes(&preview), ["merge.unknown_field"], "{wrong}: a wish that cannot be met is not passed over");
    }
}

#[test]
fn m2_an_address_is_not_put_together_from_two() {
    let desk = Desk::open();
    let address = |prefecture: &str, city: Option<&str>| CustomerForm {
        prefecture: Some(prefecture.into()),
        city_street: city.map(ToOwned::to_owned),
        ..hanako("09012345678", "a@example.jp")
    };
    let (a, b, c) = (
        desk.register(address("大阪府", Some("北区1"))).unwrap(),
        desk.register(address("東京都", None)).unwrap(),
        desk.register(address("大阪府", None)).unwrap(),
    );
    assert_eq!(desk.preview(a, b).unwrap().result.city_street, None);
    assert_eq!(desk.preview(a, c).unwrap().result.city_street.as_deref(), Some("北区1"));
}

#[test]
fn m2_line_moves_and_two_accounts_need_a_choice() {
    let (mut desk, a, b) = pair();
    link(&mut desk, a, Some(line("UA")));
    assert_eq!(desk.preview(a, b).unwrap().result.line, Some(line("UA")));
    assert_eq!(desk.preview(b, a).unwrap().result.line, Some(line("UA")));
    link(&mut desk, b, Some(line("UB")));
    assert_eq!(codes(&desk.preview(a, b).unwrap()), ["merge.line_choice"]);
    assert_eq!(desk.merge(a, b).unwrap_err().fields(), ["line"]);
    let with = |choice| PreviewMerge { source: a, target: b, from_source: vec![], line: Some(choice) };
    assert_eq!(desk.ask(with(LineChoice::Target)).unwrap().result.line, Some(line("UB")));
    let preview = desk.ask(with(LineChoice::Source)).unwrap();
    assert_eq!(preview.result.line, Some(line("UA")));
    // The choice is part of what was shown.
    let merge =
        |line| MergeCustomers { source: a, target: b, from_source: vec![], line: Some(line), fingerprint: preview.fingerprint.clone() };
    assert_eq!(desk.run(merge(LineChoice::Target)).unwrap_err().code(), "merge.moved");
    desk.run(merge(LineChoice::Source)).unwrap();
    assert_eq!(desk.customer(b).unwrap().line, Some(line("UA")));
    // The account that was not chosen is nobody's now.
    let c = desk.register(hanako("0399999999", "c@example.jp")).unwrap();
    link(&mut desk, c, Some(line("UB")));
}

#[test]
fn m3_the_most_restrictive_wins_from_either_side() {
    for from_source in [true, false] {
        let (desk, a, b) = pair();
        let asked = |desk: &Desk<MemoryStore>, who: CustomerId, opted_in: bool| {
            desk.edit(who, |form| {
                form.newsletter = Some(NewsletterForm { opted_in, how: Some("用紙".into()), wording: Some("受け取る".into()) })
            })
            .unwrap();
        };
        asked(&desk, a, !from_source);
        asked(&desk, b, from_source);
        desk.list(if from_source { a } else { b }, ListKind::Black, "暴言").unwrap();
        assert!(desk.preview(a, b).unwrap().warnings.contains(&MergeWarning::Blacklisted));
        desk.merge(a, b).unwrap();
        let card = desk.ask(GetCustomer { customer: b }).unwrap();
        assert!(!card.customer.newsletter.unwrap().opted_in);
        assert_eq!(card.marks.len(), 1);
        assert_eq!(desk.book(b, MORNING.plus_ms(DAY)).unwrap_err().code(), "booking.blacklisted");
    }
}

#[test]
fn m3_entries_on_the_same_list_become_one_with_both_memos() {
    let (desk, a, b) = pair();
    let (theirs, own) = (desk.list(a, ListKind::Black, "暴言").unwrap().listing, desk.list(b, ListKind::Black, "無断").unwrap().listing);
    desk.list(a, ListKind::Watch, "声").unwrap();
    let merged = desk.merge(a, b).unwrap();
    assert_eq!(merged.after.listings, 3);
    let marks = desk.ask(GetCustomer { customer: b }).unwrap().marks;
    let shown: Vec<_> = marks.iter().map(|mark| (mark.list, mark.memo.as_str())).collect();
    assert_eq!(shown, [(ListKind::Watch, "声"), (ListKind::Black, "無断\n\n【統合元 No.1】\n暴言")]);
    let entries = desk.ask(GetListings { customer: a }).unwrap().listings;
    assert_eq!(entries.iter().find(|entry| entry.id == theirs).unwrap().state, ListingState::Joined { with: own });
    // One removal makes an ordinary customer.
    desk.run(RemoveListing { listing: own }).unwrap();
    assert!(desk.book(b, MORNING.plus_ms(DAY)).is_ok());
}

#[test]
fn m3_an_unpaid_fee_moves_and_then_blocks_the_target() {
    let (desk, a, b) = pair();
    desk.configure(|settings| settings.cancellation = strict()).unwrap();
    let late = desk.book(a, MORNING.plus_ms(HOUR)).unwrap();
    desk.step(late, Move::CancelByCustomer).unwrap();
    assert_eq!(desk.preview(a, b).unwrap().warnings, [MergeWarning::UnpaidFee { amount: Yen(2_200) }]);
    let merged = desk.merge(a, b).unwrap();
    assert_eq!(merged.after.fees_due, Yen(2_200));
    let gate = desk.ask(MayBook { customer: b, channel: Channel::Site }).unwrap();
    assert_eq!((gate.verdict, gate.staff_reasons), (Verdict::Denied, vec![GateReason::UnpaidFee { amount: Yen(2_200) }]));
}

#[test]
fn m4_warnings_name_overlaps_and_recommend_the_other_way_round() {
    let (desk, a, b) = pair();
    let ours: Vec<ReservationId> = (1..=3).map(|n| desk.book(a, MORNING.plus_ms(n * DAY)).unwrap()).collect();
    assert_eq!(desk.preview(a, b).unwrap().warnings, [MergeWarning::RecommendReverse]);
    assert_eq!(desk.preview(b, a).unwrap().warnings, []);
    let theirs = desk.book(b, MORNING.plus_ms(DAY + HOUR / 2)).unwrap();
    desk.book(b, MORNING.plus_ms(2 * DAY + HOUR)).unwrap();
    assert_eq!(desk.preview(a, b).unwrap().warnings, [MergeWarning::OverlappingReservations { reservations: vec![ours[0], theirs] }]);
}

#[test]
fn m4_the_fingerprint_refuses_after_any_change_to_either_side() {
    type Change = (&'static str, fn(&mut Desk<MemoryStore>, CustomerId));
    let changes: [Change; 8] = [
        ("edit", |desk, who| {
            desk.edit(who, |form| form.company = Some("花屋".into())).unwrap();
        }),
        ("reservation", |desk, who| {
            desk.book(who, MORNING.plus_ms(DAY)).unwrap();
        }),
        ("move", |desk, who| {
            let row = desk.ask(GetReservations { customer: who }).unwrap().reservations.remove(0);
            desk.step(row.reservation.id, Move::CancelByShop).unwrap();
        }),
        ("listing", |desk, who| {
            desk.list(who, ListKind::Grey, "理由").unwrap();
        }),
        ("memo", |desk, who| {
            let entry = desk.ask(GetListings { customer: who }).unwrap().listings.remove(0);
            desk.run(EditListing { listing: entry.id, based_on: entry.version, memo: "別".into() }).unwrap();
        }),
        ("line", |desk, who| link(desk, who, Some(line(&who.to_string())))),
        ("mark", |desk, who| {
            desk.run(MarkNotSame { one: who, other: id("c3"), take_back: false }).unwrap();
        }),
        ("settings", |desk, _| {
            desk.configure(|settings| settings.unmerge_days = 1).unwrap();
        }),
    ];
    for (what, change) in changes {
        for side in 0..2 {
            let (mut desk, a, b) = pair();
            desk.register(hanako("0399999999", "c@example.jp")).unwrap();
            for who in [a, b] {
                desk.book(who, MORNING.plus_ms(5 * DAY)).unwrap();
                desk.list(who, ListKind::Watch, "理由").unwrap();
            }
            let fingerprint = desk.preview(a, b).unwrap().fingerprint;
            change(&mut desk, if side == 0 { a } else { b });
            let merge =
                |fingerprint: String| desk.run(MergeCustomers { source: a, target: b, from_source: vec![], line: None, fingerprint });
            assert_eq!(merge(fingerprint).unwrap_err().code(), "merge.moved", "{what} {side}");
            assert!(merge(desk.preview(a, b).unwrap().fingerprint).is_ok(), "{what} {side}");
        }
    }
    let (desk, a, b) = pair();
    let fingerprint = desk.preview(a, b).unwrap().fingerprint;
    desk.register(hanako("0399999999", "c@example.jp")).unwrap();
    assert!(desk.run(MergeCustomers { source: a, target: b, from_source: vec![], line: None, fingerprint }).is_ok(), "others may go on");
}

#[test]
fn m5_every_blocker_blocks_with_its_own_code() {
    let (desk, a, b) = pair();
    let blocked = |source: CustomerId, target: CustomerId| {
        let preview = desk.preview(source, target).unwrap();
        let codes: Vec<String> = preview.blockers.iter().map(|blocker| blocker.code.clone()).collect();
        let error = desk.merge(source, target).err();
        assert_eq!(error.as_ref().map(|error| error.code().to_owned()), codes.first().cloned());
        // Its data are those of the error, with types.
        let data = preview.blockers.first().map(|blocker| serde_json::to_value(&blocker.data).unwrap());
        assert_eq!(data, error.map(|error| error.data()));
        codes
    };
    assert_eq!(blocked(a, a), ["merge.same_customer"]);
    let customer = desk.customer(a).unwrap();
    for state in [
        CustomerState::Withdrawn { at: MORNING },
        CustomerState::Erased { at: MORNING },
        CustomerState::Merged { into: id("c9"), at: MORNING },
    ] {
        desk.force(Customer { state, ..customer.clone() }.into()).unwrap();
        assert_eq!((blocked(a, b), blocked(b, a)), (vec!["merge.not_active".to_owned()], vec!["merge.not_active".to_owned()]));
    }
    for pending in [Pending::Erasure, Pending::Disclosure] {
        desk.force(Customer { pending: Some(pending), ..customer.clone() }.into()).unwrap();
        assert_eq!((blocked(a, b), blocked(b, a)), (vec!["merge.pending".to_owned()], vec!["merge.pending".to_owned()]));
    }
    desk.force(customer.into()).unwrap();
    desk.run(MarkNotSame { one: b, other: a, take_back: false }).unwrap();
    assert_eq!((blocked(a, b), blocked(b, a)), (vec!["merge.not_same_person".to_owned()], vec!["merge.not_same_person".to_owned()]));
    desk.run(MarkNotSame { one: a, other: b, take_back: true }).unwrap();
    desk.edit(a, |form| form.shop_comment = Some("字".repeat(4_000))).unwrap();
    assert_eq!(blocked(a, b), ["merge.too_long"]);
    desk.edit(a, |form| form.shop_comment = None).unwrap();
    for (who, tens) in [(a, "1"), (b, "2")] {
        desk.edit(who, |form| form.phones = (10..30).map(|n| format!("0901234{tens}0{n}")).collect()).unwrap();
    }
    assert_eq!(blocked(a, b), ["merge.too_many"]);
    assert_eq!(desk.preview(a, id("c9")).unwrap_err().code(), "customer.not_found");
}

#[test]
fn m6_ids_and_numbers_resolve_through_chains_for_ever() {
    let desk = Desk::open();
    let all: Vec<CustomerId> = (0..20)
        .map(|n| desk.register(CustomerForm { number_aliases: vec![format!("旧{n}")], ..hanako("09012345678", "a@example.jp") }).unwrap())
        .collect();
    let booked = desk.book(all[0], MORNING.plus_ms(DAY)).unwrap();
    desk.list(all[0], ListKind::Grey, "理由").unwrap();
    for pair in all.windows(2) {
        desk.merge(pair[0], pair[1]).unwrap();
    }
    let end = *all.last().unwrap();
    for who in &all {
        let card = desk.ask(GetCustomer { customer: *who }).unwrap();
        assert_eq!((card.customer.id, card.marks.len(), card.merged_from), (end, 1, (*who != end).then_some(*who)));
        assert_eq!(desk.ask(GetReservations { customer: *who }).unwrap().reservations[0].reservation.id, booked);
    }
    // A merged id is never a target, and there are no cycles.
    for (source, target) in [(end, all[0]), (all[3], end), (all[0], all[1])] {
        assert_eq!(desk.merge(source, target).unwrap_err().code(), "merge.not_active");
    }
    let old = EditCustomer { customer: all[0], based_on: 1, form: hanako("09012345678", "a@example.jp") };
    assert_eq!(desk.run(old).unwrap_err().code(), "customer.not_active");
}

#[test]
fn m7_the_receipt_shows_both_sides_and_nothing_is_lost() {
    let (desk, a, b) = pair();
    desk.configure(|settings| (settings.cancellation, settings.prepayment) = (strict(), true)).unwrap();
    for who in [a, b] {
        let visited = desk.book(who, MORNING.plus_ms(-DAY)).unwrap();
        desk.step(visited, Move::Visit).unwrap();
        let late = desk.book(who, MORNING.plus_ms(-HOUR)).unwrap();
        desk.step(late, Move::NoShow).unwrap();
        let paid = desk.run(Book { prepay: true, ..cut(who, MORNING.plus_ms(3 * DAY)) }).unwrap().reservation;
        desk.step(paid, Move::PayPrepayment).unwrap();
        let wrong = desk.book(who, MORNING.plus_ms(4 * DAY)).unwrap();
        desk.step(wrong, Move::EnteredInError).unwrap();
        desk.list(who, ListKind::Watch, "理由").unwrap();
    }
    let preview = desk.preview(a, b).unwrap();
    let expected = |n: u32| Tally {
        reservations: 4 * n,
        visits: n,
        visited_yen: Yen(4_400 * i64::from(n)),
        fees_due: Yen(4_400 * i64::from(n)),
        prepaid: Yen(4_400 * i64::from(n)),
        listings: n,
        ..Tally::default()
    };
    assert_eq!((preview.moves, preview.both), (expected(1), expected(2)));
    let merged = desk.merge(a, b).unwrap();
    assert_eq!((merged.before, merged.after, merged.moved), (expected(2), expected(2), 5));
    let card = desk.ask(GetCustomer { customer: a }).unwrap();
    assert_eq!((card.visits, card.upcoming, card.last_visit), (2, 2, Some("2026-11-20".parse().unwrap())));
}

#[test]
fn m9_of_two_opposite_merges_exactly_one_wins() {
    let (desk, a, b) = pair();
    let (ab, ba) = (desk.preview(a, b).unwrap().fingerprint, desk.preview(b, a).unwrap().fingerprint);
    let merge = |source, target, fingerprint| MergeCustomers { source, target, from_source: vec![], line: None, fingerprint };
    desk.run(merge(a, b, ab)).unwrap();
    assert_eq!(desk.run(merge(b, a, ba)).unwrap_err().code(), "merge.not_active");
}

#[test]
fn m9_two_threads_merging_against_each_other_leave_one_merge() {
    for _ in 0..20 {
        let (desk, a, b) = pair();
        let merges = [(a, b), (b, a)].map(|(source, target)| {
            let fingerprint = desk.preview(source, target).unwrap().fingerprint;
            (MergeCustomers { source, target, from_source: vec![], line: None, fingerprint }, desk.context())
        });
        let (ledger, start) = (&desk.ledger, &std::sync::Barrier::new(2));
        let results: Vec<_> = std::thread::scope(|scope| {
            let threads = merges.map(|(merge, context)| {
                scope.spawn(move || {
                    start.wait();
                    ledger.execute(&merge, &context)
                })
            });
            threads.map(|thread| thread.join().unwrap()).into()
        });
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
        let lost = results.into_iter().find_map(Result::err).unwrap();
        assert_eq!(lost.code(), "merge.not_active");
        assert_eq!(desk.ask(GetMerges { customer: a }).unwrap().merges.len(), 1);
    }
}
