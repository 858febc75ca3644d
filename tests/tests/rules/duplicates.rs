//! 重複の候補: D1, and what D2 takes out of it.
use daicho::*;
use daicho_tests::*;

/// Somebody's fields: 姓 名 セイ メイ, phone, e-mail, birthday; empty ones are left out.
type Fields<'t> = [&'t str; 7];

fn form([family, given, family_kana, given_kana, phone, email, birthday]: Fields<'_>) -> CustomerForm {
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    CustomerForm {
        family_name: family.into(),
        given_name: given.into(),
        family_kana: some(family_kana),
        given_kana: some(given_kana),
        phones: some(phone).into_iter().collect(),
        emails: some(email).into_iter().collect(),
        birthday: some(birthday),
        ..CustomerForm::default()
    }
}

/// A desk at which only the name is asked for.
fn desk() -> Desk<MemoryStore> {
    let desk = Desk::open();
    let optional = |field| FieldRule { path: EntryPath::Counter, field, usage: FieldUse::Optional };
    use CustomerField::{Emails, FamilyKana, GivenKana, Phones};
    desk.configure(|settings| settings.field_rules = [FamilyKana, GivenKana, Phones, Emails].map(optional).into()).unwrap();
    desk
}

fn pairs<S: Store>(desk: &Desk<S>) -> Vec<DuplicatePair> {
    let query = ListDuplicates { tongue: Tongue::Japanese, ..ListDuplicates::default() };
    desk.ledger.search(&query, &desk.actor, desk.now).unwrap().pairs
}

/// How much two look like one person, in a ledger of nobody else; and why.
fn likelihood(one: Fields<'_>, other: Fields<'_>) -> (Option<Likelihood>, Vec<(Matter, Says)>) {
    let desk = desk();
    let one = desk.register(form(one)).unwrap();
    let typed = form(other);
    let find = FindDuplicates { form: typed.clone(), line_name: None, tongue: Tongue::English };
    let while_typed = desk.ledger.search(&find, &desk.actor, desk.now).unwrap().customers;
    desk.register(typed).unwrap();
    let found = pairs(&desk);
    let signals = |signals: &[Signal]| signals.iter().map(|signal| (signal.matter, signal.says)).collect::<Vec<_>>();
    let of_one = desk.ledger.search(&GetDuplicates { customer: one, tongue: Tongue::English }, &desk.actor, desk.now).unwrap().customers;
    // Whichever way it is asked.
    assert_eq!(found.len(), of_one.len());
    assert_eq!(found.len(), while_typed.len());
    let Some(pair) = found.first() else { return (None, Vec::new()) };
    for like in of_one.iter().chain(&while_typed) {
        assert_eq!((like.likelihood, like.points, signals(&like.signals)), (pair.likelihood, pair.points, signals(&pair.signals)));
    }
    assert!(pair.signals.iter().all(|signal| !signal.text.is_empty()));
    (Some(pair.likelihood), signals(&pair.signals))
}

const POSSIBLE: Option<Likelihood> = Some(Likelihood::Possible);
const LIKELY: Option<Likelihood> = Some(Likelihood::Likely);

#[test]
fn d1_names_that_are_one_name_in_another_form_are_found() {
    let phone = "09012345678";
    for (one, other, says) in [
        // As written.
        (["山田", "花子", "", ""], ["山田", "花子", "", ""], [Says::Same; 2]),
        (["髙橋", "恵", "", ""], ["高橋", "惠", "", ""], [Says::Same; 2]),
        (["渡邊", "花子", "", ""], ["渡辺", "花子", "", ""], [Says::Same; 2]),
        (["佐々木", "花子", "", ""], ["佐佐木", "花子", "", ""], [Says::Same; 2]),
        (["やまだ", "はなこ", "", ""], ["ヤマダ", "ハナコ", "", ""], [Says::Same; 2]),
        // 斎 and 斉 are two characters that people mix up.
        (["斎藤", "花子", "", ""], ["斉藤", "花子", "", ""], [Says::Confusable, Says::Same]),
        (["斎藤", "花子", "サイトウ", "ハナコ"], ["斉藤", "花子", "サイトウ", "ハナコ"], [Says::Confusable, Says::Same]),
        // A registration by phone has kana alone.
        (["ヤマダ", "ハナコ", "", ""], ["山田", "花子", "ヤマダ", "ハナコ"], [Says::SameReading; 2]),
        (["山田", "さくら", "ヤマダ", "サクラ"], ["山田", "桜", "ヤマダ", "サクラ"], [Says::Same, Says::SameReading]),
        // Family registers have no small kana.
        (["キヨウゴク", "キヨウコ", "", ""], ["京極", "京子", "キョウゴク", "キョウコ"], [Says::SameReading; 2]),
        (["サトー", "ケーコ", "", ""], ["佐藤", "恵子", "サトウ", "ケイコ"], [Says::SameReading; 2]),
        // One name, two readings.
        (["中島", "花子", "ナカジマ", "ハナコ"], ["中島", "花子", "ナカシマ", "ハナコ"], [Says::Same; 2]),
        (["ナカジマ", "ハナコ", "", ""], ["中島", "花子", "ナカシマ", "ハナコ"], [Says::NearReading, Says::SameReading]),
        (["新谷", "花子", "アラヤ", "ハナコ"], ["新谷", "花子", "シンタニ", "ハナコ"], [Says::OtherReading, Says::Same]),
    ] {
        let with = |name: [&'static str; 4]| [name[0], name[1], name[2], name[3], phone, "", ""];
        let (found, signals) = likelihood(with(one), with(other));
        assert_eq!(found, LIKELY, "{one:?} {other:?} {signals:?}");
        assert_eq!(signals[..2], [(Matter::FamilyName, says[0]), (Matter::GivenName, says[1])], "{one:?} {other:?}");
    }
    // One name in kana, one in kanji of which nobody knows the reading: nothing speaks against it.
    let (found, signals) = likelihood(["ヤマダ", "ハナコ", "", "", phone, "", ""], ["山田", "花子", "", "", phone, "", ""]);
    assert_eq!(found, POSSIBLE);
    assert_eq!(signals, [(Matter::FamilyName, Says::Unknown), (Matter::GivenName, Says::Unknown), (Matter::Phone, Says::Same)]);
    // Read alike and written otherwise: 裕子 or 優子, and only the phone says so.
    let (found, signals) =
        likelihood(["山田", "裕子", "ヤマダ", "ユウコ", phone, "", ""], ["山田", "優子", "ヤマダ", "ユウコ", phone, "", ""]);
    assert_eq!((found, signals[1]), (POSSIBLE, (Matter::GivenName, Says::OtherWriting)));
}

#[test]
fn d1_families_and_twins_are_not_one_person() {
    let home = "0312345678";
    for (one, other) in [
        // One phone, one mailbox, several given names.
        (["山田", "花子", "ヤマダ", "ハナコ"], ["山田", "太郎", "ヤマダ", "タロウ"]),
        (["山田", "花子", "", ""], ["山田", "太郎", "", ""]),
        (["ヤマダ", "ハナコ", "", ""], ["山田", "太郎", "ヤマダ", "タロウ"]),
        // Twins rhyme.
        (["山田", "真奈", "ヤマダ", "マナ"], ["山田", "佳奈", "ヤマダ", "カナ"]),
        (["山田", "真由", "ヤマダ", "マユ"], ["山田", "真由美", "ヤマダ", "マユミ"]),
        // 大野 is not 小野, and 花子 is in both.
        (["山田", "広", "ヤマダ", "ヒロシ"], ["山田", "宏美", "ヤマダ", "ヒロミ"]),
    ] {
        let with = |name: [&'static str; 4]| [name[0], name[1], name[2], name[3], home, "ie@example.jp", "1990-05-12"];
        assert_eq!(likelihood(with(one), with(other)), (None, Vec::new()), "{one:?} {other:?}");
    }
    // Nor are two of one name who were born on other days; with one phone as well, a birthday may be mistyped.
    let who = |phone, birthday| ["山田", "花子", "ヤマダ", "ハナコ", phone, "", birthday];
    assert_eq!(likelihood(who("", "1990-05-12"), who("", "1961-11-03")).0, None);
    assert_eq!(likelihood(who(home, "1990-05-12"), who(home, "1961-11-03")).0, POSSIBLE);
}

#[test]
fn d1_a_phone_of_a_family_says_less_where_the_name_says_little() {
    let desk = desk();
    let home = "0312345678";
    let hanako = desk.register(form(["山田", "花子", "", "", home, "", ""])).unwrap();
    let in_kana = desk.phone_in("ヤマダ", "ユイ", home).unwrap();
    // Nobody knows how 花子 is read: it may be ユイ.
    assert_eq!(pairs(&desk).iter().map(|pair| (pair.one.id, pair.other.id)).collect::<Vec<_>>(), [(hanako, in_kana)]);
    // A second given name on that phone, and it is a family's.
    let taro = desk.register(form(["山田", "太郎", "", "", home, "", ""])).unwrap();
    assert!(pairs(&desk).is_empty());
    // The very same name is the same person all the same.
    let again = desk.register(form(["山田", "太郎", "", "", home, "", ""])).unwrap();
    let found = pairs(&desk);
    assert_eq!(
        found.iter().map(|pair| (pair.one.id, pair.other.id, pair.likelihood)).collect::<Vec<_>>(),
        [(taro, again, Likelihood::Likely)]
    );
}

#[test]
fn d1_swapped_and_former_names_are_found() {
    let phone = "09012345678";
    let (found, signals) =
        likelihood(["山田", "太郎", "ヤマダ", "タロウ", phone, "", ""], ["太郎", "山田", "タロウ", "ヤマダ", phone, "", ""]);
    assert_eq!(found, LIKELY);
    assert!(signals.contains(&(Matter::NameOrder, Says::Same)), "{signals:?}");

    // 山田 花子 marries, is corrected to 鈴木 花子, and calls under her old name.
    let desk = desk();
    let hanako = desk.register(form(["山田", "花子", "ヤマダ", "ハナコ", phone, "", ""])).unwrap();
    desk.edit(hanako, |form| {
        form.family_name = "鈴木".into();
        form.family_kana = Some("スズキ".into());
    })
    .unwrap();
    let former = &desk.customer(hanako).unwrap().former_names;
    assert_eq!(former.iter().map(|name| (name.family_name.as_str(), name.given_name.as_str())).collect::<Vec<_>>(), [("山田", "花子")]);
    let again = desk.phone_in("ヤマダ", "ハナコ", phone).unwrap();
    let found = pairs(&desk);
    assert_eq!((found[0].one.id, found[0].other.id, found[0].likelihood), (hanako, again, Likelihood::Likely));
    assert!(found[0].signals.iter().any(|signal| signal.matter == Matter::FormerName));
    // Without the history the new 姓 speaks against it, and the phone still says: look.
    let (found, signals) =
        likelihood(["山田", "花子", "ヤマダ", "ハナコ", phone, "", ""], ["鈴木", "花子", "スズキ", "ハナコ", phone, "", ""]);
    assert_eq!((found, signals[0]), (POSSIBLE, (Matter::FamilyName, Says::Different)));
    let born = |family, kana, birthday| [family, "花子", kana, "ハナコ", "", "", birthday];
    assert_eq!(likelihood(born("山田", "ヤマダ", "1990-05-12"), born("鈴木", "スズキ", "1990-05-12")).0, None);
}

#[test]
fn c8_a_name_is_remembered_once_and_never_the_present_one() {
    let desk = desk();
    let customer = desk.register(form(["山田", "花子", "", "", "", "", ""])).unwrap();
    let rename = |family: &str| desk.edit(customer, |form| form.family_name = family.into()).unwrap();
    let former = || desk.customer(customer).unwrap().former_names.into_iter().map(|name| name.family_name).collect::<Vec<_>>();
    for family in ["鈴木", "山\u{3000}田", "佐藤"] {
        rename(family);
    }
    assert_eq!(former(), ["山\u{3000}田", "鈴木"]);
    rename("鈴木");
    assert_eq!(former(), ["佐藤", "山\u{3000}田"]);
    // Another phone is no other name, and ten are as many as are kept beside the journal.
    desk.edit(customer, |form| form.phones = vec!["09012345678".into()]).unwrap();
    assert_eq!(former(), ["佐藤", "山\u{3000}田"]);
    for n in 0..20 {
        rename(&format!("姓{n}"));
    }
    assert_eq!(former(), (9..19).rev().map(|n| format!("姓{n}")).collect::<Vec<_>>());
}

#[test]
fn d1_what_many_share_says_little() {
    let desk = desk();
    let born = |n: usize| format!("19{:02}-{:02}-{:02}", 50 + n % 50, 1 + n % 12, 1 + n % 28);
    // 佐藤 花子 is everywhere, 勘解由小路 花子 is not; neither two have anything else to compare.
    for n in 0..40 {
        let (family, given) = (["佐藤", "鈴木", "田中", "高橋"][n % 4], ["花子", "太郎", "恵子"][n % 3]);
        desk.register(form([family, given, "", "", &format!("0901234{n:04}"), "", &born(n)])).unwrap();
    }
    assert!(pairs(&desk).is_empty());
    let rare: Vec<CustomerId> =
        ["", "08011112222"].map(|phone| desk.register(form(["勘解由小路", "花子", "", "", phone, "", ""])).unwrap()).into();
    let found = pairs(&desk);
    assert_eq!(
        found.iter().map(|pair| (pair.one.id, pair.other.id, pair.likelihood)).collect::<Vec<_>>(),
        [(rare[0], rare[1], Likelihood::Possible)]
    );
    assert!(found[0].signals.iter().any(|signal| (signal.matter, signal.says) == (Matter::Rarity, Says::Rare)));
    // Capped: one thing alone, however much it says, makes nothing likely.
    assert!(found[0].points <= 60);

    // The number of the shop itself, typed for everybody who gave none: the 21st holder makes it say nothing.
    let shop = "0399998888";
    let namesakes: Vec<CustomerId> = (0..2).map(|_| desk.register(form(["佐藤", "一", "", "", shop, "", "1990-01-02"])).unwrap()).collect();
    let likelihood = || pairs(&desk).iter().find(|pair| pair.one.id == namesakes[0]).map(|pair| pair.likelihood);
    assert_eq!(likelihood(), LIKELY);
    for n in 0..19 {
        assert!(
            pairs(&desk).iter().any(|pair| pair.signals.iter().any(|signal| (signal.matter, signal.says) == (Matter::Phone, Says::Same))),
            "{n}"
        );
        desk.register(form([&format!("姓{n}"), &format!("名{n}"), "", "", shop, "", ""])).unwrap();
    }
    assert!(!pairs(&desk).iter().any(|pair| pair.signals.iter().any(|signal| signal.matter == Matter::Phone)));
}

#[test]
fn d1_birthdays_are_weighed_by_how_near_they_are() {
    let who = |birthday: &'static str| ["佐藤", "花子", "サトウ", "ハナコ", "09012345678", "", birthday];
    let says =
        |one, other| likelihood(who(one), who(other)).1.into_iter().find(|(matter, _)| *matter == Matter::Birthday).map(|(_, says)| says);
    assert_eq!(says("1990-05-12", "1990-05-12"), Some(Says::Same));
    assert_eq!(says("1990-05-12", "--05-12"), Some(Says::SameDay));
    assert_eq!(says("--02-29", "--02-29"), Some(Says::SameDay));
    // A slip: one of the three, or month and day in each other's place.
    for slip in ["1991-05-12", "1990-06-12", "1990-05-21", "1990-12-05"] {
        assert_eq!(says("1990-05-12", slip), Some(Says::Near), "{slip}");
    }
    for other in ["1991-06-12", "1991-12-05", "--05-13"] {
        assert_eq!(says("1990-05-12", other), Some(Says::Different), "{other}");
    }
    assert_eq!(says("1990-05-12", ""), None);
}

#[test]
fn p2_placeholders_never_match_in_duplicates() {
    let desk = desk();
    // Two by phone under one number have one placeholder.
    let one = desk.phone_in("ヤマダ", "ハナコ", "09012345678").unwrap();
    desk.phone_in("ヤマダ", "ハナコ", "090-1234-5678").unwrap();
    let found = pairs(&desk);
    assert_eq!((found.len(), found[0].likelihood), (1, Likelihood::Likely));
    assert!(!found[0].signals.iter().any(|signal| signal.matter == Matter::Email));
    // A real address that is written like one is compared with real ones alone.
    desk.register(form(["ヤマダ", "ハナコ", "", "", "", "09012345678@example.jp", ""])).unwrap();
    assert!(pairs(&desk).iter().all(|pair| !pair.signals.iter().any(|signal| signal.matter == Matter::Email)));
    assert_eq!(desk.customer(one).unwrap().emails[0].kind, EmailKind::Placeholder);
}

#[test]
fn l2_a_line_name_is_a_hint_and_two_accounts_speak_against() {
    let mut desk = desk();
    let line =
        |user: &str, name: &str| LineLink { provider: "p".into(), user: user.into(), display_name: Some(name.into()), picture_url: None };
    let one = desk.register(form(["勘解由小路", "花子", "カデノコウジ", "ハナコ", "", "", ""])).unwrap();
    let other = desk.register(form(["カデノコウジ", "ハナコ", "", "", "", "", ""])).unwrap();
    let says = |desk: &Desk<MemoryStore>| {
        let pair = pairs(desk).pop().unwrap();
        pair.signals.iter().find(|signal| signal.matter == Matter::Line).map(|signal| (signal.says, signal.points))
    };
    assert_eq!(says(&desk), None);
    let staff = std::mem::replace(&mut desk.actor, Actor::new(id("line"), Role::System));
    desk.run(LinkLine { customer: other, line: Some(line("u1", "ハナコ　かでのこうじ")) }).unwrap();
    let system = std::mem::replace(&mut desk.actor, staff);
    assert_eq!(says(&desk), Some((Says::NameOnLine, 3)));
    let staff = std::mem::replace(&mut desk.actor, system);
    desk.run(LinkLine { customer: one, line: Some(line("u2", "花")) }).unwrap();
    desk.actor = staff;
    // Two accounts, and nothing but the name: not worth a look any more.
    assert!(pairs(&desk).iter().all(|pair| pair.signals.iter().any(|signal| (signal.says, signal.points) == (Says::Different, -10))));
}

#[test]
fn d1_suggest_correct_the_name_merge_in_one_flow() {
    let desk = desk();
    let phone = "09012345678";
    let known = desk.register(form(["山田", "花子", "ヤマダ", "ハナコ", phone, "hana@example.jp", "1990-05-12"])).unwrap();
    let by_phone = desk.phone_in("ヤマダ", "ハナコ", phone).unwrap();
    desk.book(by_phone, desk.now.plus_ms(DAY)).unwrap();
    // 1. Suggested, and said that the names are not written alike.
    let found = pairs(&desk);
    assert_eq!(found.iter().map(|pair| (pair.one.id, pair.other.id, pair.same_name)).collect::<Vec<_>>(), [(known, by_phone, false)]);
    assert_eq!(desk.merge(by_phone, known).unwrap_err().code(), "merge.name_mismatch");
    // 2. Corrected: the audited way.
    desk.edit(by_phone, |form| (form.family_name, form.given_name) = ("山田".into(), "花子".into())).unwrap();
    assert!(pairs(&desk)[0].same_name);
    // 3. Merged; and nothing is suggested any more.
    desk.merge(by_phone, known).unwrap();
    assert!(pairs(&desk).is_empty());
    assert_eq!(desk.ask(GetReservations { customer: known }).unwrap().reservations.len(), 1);
    let who = desk.customer(by_phone).unwrap();
    assert_eq!((who.id, who.former_names.len()), (known, 1));
    assert_eq!(desk.ask(GetCustomer { customer: known }).unwrap().customer.former_names[0].family_name, "ヤマダ");
}

#[test]
fn d2_whoever_is_marked_as_somebody_else_is_not_suggested_until_it_is_taken_back() {
    let desk = desk();
    let same = ["山田", "花子", "", "", "09012345678", "", ""];
    let ids: Vec<CustomerId> = (0..3).map(|_| desk.register(form(same)).unwrap()).collect();
    fn found<S: Store>(desk: &Desk<S>) -> Vec<(CustomerId, CustomerId)> {
        pairs(desk).iter().map(|pair| (pair.one.id, pair.other.id)).collect()
    }
    let of = |customer| {
        let like = desk.ledger.search(&GetDuplicates { customer, tongue: Tongue::English }, &desk.actor, desk.now).unwrap();
        like.customers.iter().map(|like| like.customer.id).collect::<Vec<_>>()
    };
    assert_eq!(found(&desk), [(ids[0], ids[1]), (ids[0], ids[2]), (ids[1], ids[2])]);
    desk.run(MarkNotSame { one: ids[2], other: ids[0], take_back: false }).unwrap();
    assert_eq!(found(&desk), [(ids[0], ids[1]), (ids[1], ids[2])]);
    assert_eq!((of(ids[0]), of(ids[2])), (vec![ids[1]], vec![ids[1]]));
    // It survives a merge of either side.
    desk.merge(ids[1], ids[0]).unwrap();
    assert!(found(&desk).is_empty());
    desk.run(MarkNotSame { one: ids[0], other: ids[2], take_back: true }).unwrap();
    assert_eq!(found(&desk), [(ids[0], ids[2])]);
    // A start from the store alone says the same.
    let fresh = Desk::over(desk.ledger.store());
    assert_eq!(found(&fresh), [(ids[0], ids[2])]);
}

#[test]
fn d1_pages_hold_each_pair_once_and_levels_are_asked_for() {
    let desk = desk();
    for n in 0..12 {
        for _ in 0..2 {
            let phone = if n % 3 == 0 { String::new() } else { format!("0901234{n:04}") };
            desk.register(form([&format!("勘解由小路{n}"), "花子", "", "", &phone, "", ""])).unwrap();
        }
    }
    let ask = |query: &ListDuplicates| desk.ledger.search(query, &desk.actor, desk.now);
    let all = ask(&ListDuplicates::default()).unwrap();
    assert_eq!((all.total, all.pairs.len(), all.cursor), (12, 12, None));
    assert!(all.pairs.is_sorted_by_key(|pair| (std::cmp::Reverse(pair.points), pair.one.id, pair.other.id)));
    for size in [1, 5, 11, 12] {
        let (mut seen, mut cursor) = (Vec::new(), None);
        loop {
            let page = ask(&ListDuplicates { page_size: Some(size), cursor, ..Default::default() }).unwrap();
            assert_eq!(page.total, 12);
            seen.extend(page.pairs.iter().map(|pair| (pair.one.id, pair.other.id)));
            cursor = page.cursor;
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(seen, all.pairs.iter().map(|pair| (pair.one.id, pair.other.id)).collect::<Vec<_>>());
    }
    let likely = ask(&ListDuplicates { at_least: Some(Likelihood::Likely), ..Default::default() }).unwrap();
    assert_eq!((likely.total, likely.pairs.iter().all(|pair| pair.likelihood == Likelihood::Likely)), (8, true));
    let wrong = |page_size, cursor: &str| {
        let query = ListDuplicates { page_size, cursor: Some(cursor.to_owned()), ..Default::default() };
        ask(&query).unwrap_err().code()
    };
    assert_eq!(wrong(Some(0), "d1-1-2"), "search.page_size");
    assert_eq!(wrong(Some(1_001), "d1-1-2"), "search.page_size");
    for cursor in ["", "d", "d1", "d1-1", "d01-1-2", "d1-1-2-3", "d1--1-2", "x1-1-2", "d99999999999-1-2"] {
        assert_eq!(wrong(None, cursor), "search.cursor", "{cursor}");
    }
}

#[test]
fn d1_while_somebody_is_typed_in_what_is_not_complete_counts_for_nothing() {
    let desk = desk();
    let known = desk.register(form(["山田", "花子", "ヤマダ", "ハナコ", "090-1234-5678", "hana@example.jp", "1990-05-12"])).unwrap();
    let find = |fields: Fields<'_>| {
        let query = FindDuplicates { form: form(fields), line_name: None, tongue: Tongue::Japanese };
        desk.ledger.search(&query, &desk.actor, desk.now).map(|found| found.customers)
    };
    for nothing in [
        ["", "", "", "", "", "", ""],
        ["山田", "", "", "", "", "", ""],
        ["山田", "花子", "", "", "090", "hana@", "1990-05"],
        ["山", "花", "ヤ", "ハ", "09012345678", "", ""],
    ] {
        let found = find(nothing).unwrap();
        assert!(found.iter().all(|like| like.likelihood == Likelihood::Possible), "{nothing:?}");
        assert_eq!(found.is_empty(), nothing[1] != "花子", "{nothing:?}");
    }
    // Field after field.
    let points: Vec<i32> = [
        ["山田", "花子", "", "", "", "", ""],
        ["山田", "花子", "ヤマダ", "ハナコ", "", "", ""],
        ["山田", "花子", "ヤマダ", "ハナコ", "09012345678", "", ""],
        ["山田", "花子", "ヤマダ", "ハナコ", "09012345678", "HANA@example.jp", ""],
        ["山田", "花子", "ヤマダ", "ハナコ", "09012345678", "HANA@example.jp", "1990-05-12"],
    ]
    .map(|fields| find(fields).unwrap().first().map_or(0, |like| like.points))
    .into();
    assert!(points.is_sorted() && points[0] < points[2] && points[3] < points[4], "{points:?}");
    assert_eq!(find(["山田", "花子", "", "", "09012345678", "", ""]).unwrap()[0].customer.id, known);
    let too_long = "山".repeat(101);
    assert_eq!(find([&too_long, "", "", "", "", "", ""]).unwrap_err().code(), "text.too_long");
}

#[test]
fn d1_each_signal_is_explained_in_both_languages_and_holds_nobodys_data() {
    let desk = desk();
    let texts = ["勘解由小路", "花子", "カデノコウジ", "ハナコ", "09012345678", "hana@example.jp", "1990-05-12"];
    for _ in 0..2 {
        desk.register(form(texts)).unwrap();
    }
    let page = |tongue| desk.ledger.search(&ListDuplicates { tongue, ..Default::default() }, &desk.actor, desk.now).unwrap();
    let (japanese, english) = (page(Tongue::Japanese), page(Tongue::English));
    let said = |page: &DuplicatePage| page.pairs[0].signals.iter().map(|signal| signal.text.clone()).collect::<Vec<_>>();
    assert_eq!(
        said(&japanese),
        [
            "姓が同じです",
            "名が同じです",
            "この台帳では同姓同名の別人が少ないと見られます",
            "電話番号が同じです",
            "メールアドレスが同じです",
            "生年月日が同じです"
        ]
    );
    assert_eq!(said(&english).last().map(String::as_str), Some("the same birthday"));
    assert!(said(&english).iter().all(|text| text.is_ascii()));
    let shown = format!("{japanese:?} {:?}", FindDuplicates { form: form(texts), line_name: Some("花子".into()), tongue: Tongue::English });
    for text in texts {
        assert!(!shown.contains(text), "{text}");
    }
}

#[test]
fn s8_whoever_is_not_active_is_suggested_to_nobody() {
    let mut desk = desk();
    let same = ["山田", "花子", "", "", "09012345678", "", ""];
    let (one, other) = (desk.register(form(same)).unwrap(), desk.register(form(same)).unwrap());
    assert_eq!(pairs(&desk).len(), 1);
    let staff = std::mem::replace(&mut desk.actor, Actor::customer(id("them"), other));
    let counter = std::mem::replace(&mut desk.channel, Channel::Site);
    desk.run(Withdraw { customer: other, reason: "引っ越し".into(), cancel_reservations: false }).unwrap();
    (desk.actor, desk.channel) = (staff, counter);
    assert!(pairs(&desk).is_empty());
    let of = |customer| desk.ledger.search(&GetDuplicates { customer, tongue: Tongue::English }, &desk.actor, desk.now);
    assert!(of(one).unwrap().customers.is_empty());
    assert_eq!(of(other).unwrap_err().code(), "customer.not_found");
    assert_eq!(of(id("c99")).unwrap_err().code(), "customer.not_found");
}

#[test]
fn d1_what_is_not_typed_yet_counts_for_nothing() {
    let desk = desk();
    let full = ["鈴木", "花子", "スズキ", "ハナコ", "09012345678", "hanako@example.jp", "1990-05-05"];
    desk.register(form(full)).unwrap();
    let typed = |fields: Fields<'_>| {
        let find = FindDuplicates { form: form(fields), line_name: None, tongue: Tongue::English };
        desk.ledger.search(&find, &desk.actor, desk.now).unwrap().customers
    };
    let name = ["鈴木", "花子", "", "", "", "", ""];
    let by_name = typed(name);
    assert_eq!(by_name.len(), 1);
    // Half a phone, half an address, half a birthday say neither yes nor no.
    for half in ["0", "090", "090-1234-567", "+81", "+81 90 1234", "9012345678"] {
        assert_eq!(typed(["鈴木", "花子", "", "", half, "", ""]), by_name, "{half}");
    }
    assert_eq!(typed(["鈴木", "花子", "", "", "", "hanako", "1990-"]), by_name);
    let other = typed(["鈴木", "花子", "", "", "09012345679", "", ""]);
    assert!(other.first().is_none_or(|other| other.points < by_name[0].points));
    // A phone alone is looked up in the search box; a part of the name with it says more, and no signal is of the part that is not there.
    assert_eq!(typed(["", "", "", "", "09012345678", "", ""]), []);
    let some = typed(["鈴木", "", "", "", "09012345678", "", ""]);
    assert_eq!(some[0].signals.iter().map(|signal| signal.matter).collect::<Vec<_>>(), [Matter::FamilyName, Matter::Phone]);
    assert_eq!(some[0].points, 50);
}

#[test]
fn p2_d1_two_placeholders_beside_real_addresses_do_not_match() {
    let desk = Desk::open();
    let both = |phone: &str, own: &str| CustomerForm { emails: vec![own.into(), "09012345678@leporto.com".into()], ..hanako(phone, "") };
    desk.register(both("0312345678", "a@example.jp")).unwrap();
    desk.register(both("0312345679", "b@example.jp")).unwrap();
    let page = desk.ledger.search(&ListDuplicates::default(), &desk.actor, desk.now).unwrap();
    let matched = |pair: &DuplicatePair| pair.signals.iter().any(|signal| (signal.matter, signal.says) == (Matter::Email, Says::Same));
    assert!(!page.pairs.iter().any(matched), "it never matches anyone");
}

#[test]
fn p2_nobody_has_a_placeholder_beside_a_real_address_whichever_way_they_came_in() {
    let desk = Desk::open();
    let columns = import::read_heading(&["姓", "名", "電話番号", "メールアドレス"].map(Cell::text)).unwrap().columns;
    let row = |row, email: &str| ImportRow { row, cells: ["山田", "花子", "09012345678", email].map(Cell::text).to_vec() };
    desk.run(ImportRows {
        import: id("f"),
        columns,
        date_system: DateSystem::D1900,
        rows: vec![row(2, "a@example.jp\n09012345678@leporto.com")],
    })
    .unwrap();
    let kinds = |who| desk.customer(who).unwrap().emails.iter().map(|email| email.kind).collect::<Vec<_>>();
    let one = desk
        .register(CustomerForm { emails: vec!["a@example.jp".into(), "09012345678@leporto.com".into()], ..hanako("0312345678", "") })
        .unwrap();
    let (imported, registered) = (kinds(id("c1")), kinds(one));
    assert_eq!([imported, registered], [[EmailKind::Real], [EmailKind::Real]]);
}

#[test]
fn d1_c4_a_whole_phone_that_no_plan_knows_is_compared_while_typing_as_it_is_afterwards() {
    let desk = Desk::open();
    let typed = |kana: &str, email: &str| CustomerForm {
        family_name: "佐藤".into(),
        family_kana: Some(kana.into()),
        ..hanako("00011111111", email)
    };
    desk.register(typed("サトウ", "a@example.jp")).unwrap();
    let find = FindDuplicates { form: typed("サトウ", "b@example.jp"), line_name: None, tongue: Tongue::English };
    let found: Vec<i32> = desk.ledger.search(&find, &desk.actor, desk.now).unwrap().customers.iter().map(|like| like.points).collect();
    let who = desk.register(typed("サトウ", "b@example.jp")).unwrap();
    let get = GetDuplicates { customer: who, tongue: Tongue::English };
    let of: Vec<i32> = desk.ledger.search(&get, &desk.actor, desk.now).unwrap().customers.iter().map(|like| like.points).collect();
    assert_eq!(found, of);
}
