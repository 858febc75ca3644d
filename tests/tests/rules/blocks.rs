//! A block outlives its record: G5, and what G3 and W3 say of whoever returns.
use daicho::*;
use daicho_tests::canary::canaries_kept;
use daicho_tests::*;
use serde_json::{Value, json};

fn key(byte: u8) -> BlockKey {
    BlockKey::new(&[byte; 32]).unwrap()
}

fn keyed(byte: u8) -> Desk<MemoryStore> {
    let mut desk = Desk::open();
    desk.ledger = Ledger::open(MemoryStore::new(), id("salon-1")).with_block_key(key(byte));
    desk
}

/// Somebody on the black list, with every way to be reached.
fn rude<S: Store>(desk: &mut Desk<S>) -> CustomerId {
    let who = desk.register(hanako("090-1234-5678", "Hanako@example.jp")).unwrap();
    let manager = core::mem::replace(&mut desk.actor, Actor::new(id("line"), Role::System));
    let line = LineLink { provider: "p".into(), user: "u".into(), display_name: None, picture_url: None };
    desk.run(LinkLine { customer: who, line: Some(line) }).unwrap();
    desk.actor = manager;
    desk.list(who, ListKind::Black, "暴言").unwrap();
    who
}

fn leave<S: Store>(desk: &mut Desk<S>, who: CustomerId) -> Executed<Withdrawn> {
    let manager = core::mem::replace(&mut desk.actor, Actor::customer(id("web"), who));
    desk.channel = Channel::Site;
    let left = desk.execute(&Withdraw { customer: who, reason: "x".into(), cancel_reservations: true }).unwrap();
    (desk.actor, desk.channel) = (manager, Channel::Counter);
    left
}

fn stranger() -> CustomerForm {
    CustomerForm {
        family_name: "佐藤".into(),
        given_name: "桜".into(),
        family_kana: Some("サトウ".into()),
        given_kana: Some("サクラ".into()),
        ..hanako("080-0000-1111", "s@example.jp")
    }
}

fn come<S: Store>(desk: &Desk<S>, form: CustomerForm) -> Registered {
    desk.run(RegisterCustomer { path: EntryPath::Counter, form, line: None }).unwrap()
}

// What whoever comes has in common with whoever was blocked, and by what they are known.
fn ways() -> Vec<(CustomerForm, Vec<Likeness>)> {
    use Likeness::{Email, Kana, Name, Phone};
    let form = stranger;
    vec![
        (CustomerForm { emails: vec!["other@example.jp".into(), " hanako@EXAMPLE.jp".into()], ..form() }, vec![Email]),
        (
            CustomerForm {
                phones: vec!["+81 90-1234-5678".into()],
                family_kana: Some("ﾔﾏﾀﾞ".into()),
                given_kana: Some("はなこ".into()),
                ..form()
            },
            vec![Phone, Kana],
        ),
        // Typed in with another kana name, or without one.
        (
            CustomerForm { phones: vec!["09012345678".into()], family_name: "山田".into(), given_name: "花　子".into(), ..form() },
            vec![Name, Phone],
        ),
        // A phone is a family's, a name is many people's.
        (CustomerForm { phones: vec!["090-1234-5678".into()], ..form() }, vec![]),
        (CustomerForm { family_kana: Some("ヤマダ".into()), given_kana: Some("ハナコ".into()), ..form() }, vec![]),
        (CustomerForm { family_name: "山田".into(), given_name: "花子".into(), ..form() }, vec![]),
        (form(), vec![]),
    ]
}

#[test]
fn g5_p1_whoever_was_only_known_by_phone_and_name_without_kana_is_known_when_they_return() {
    let desk = keyed(1);
    let call = |phone: &str| RegisterByPhone {
        family_name: "鈴木".into(),
        given_name: "花子".into(),
        family_kana: None,
        given_kana: None,
        phone: phone.into(),
    };
    let who = desk.run(call("09012345678")).unwrap().customer;
    desk.list(who, ListKind::Black, "暴言").unwrap();
    desk.run(EraseCustomer { customer: who }).unwrap();
    let again = desk.run(call("090-1234-5678")).unwrap();
    assert_eq!(again.returns, [Return { customer: who, number: 1, why: vec![Likeness::Name, Likeness::Phone], blocked: false }]);
    assert_eq!(desk.run(call("09012345679")).unwrap().returns, []);
}

#[test]
fn g5_a_block_outlives_a_withdrawal_and_an_erasure_and_knows_by_what_somebody_returns() {
    for erased in [false, true] {
        let mut desk = keyed(1);
        let who = rude(&mut desk);
        if erased {
            desk.run(EraseCustomer { customer: who }).unwrap();
        } else {
            leave(&mut desk, who);
        }
        for (form, why) in ways() {
            let came = come(&desk, form);
            let expected =
                if why.is_empty() { vec![] } else { vec![Return { customer: who, number: 1, why: why.clone(), blocked: false }] };
            assert_eq!(came.returns, expected, "erased: {erased}");
            // Staff are told, and decide.
            assert_eq!(desk.ask(MayBook { customer: came.customer, channel: Channel::Site }).unwrap().verdict, Verdict::Allowed);
        }
        // By LINE, and by the phone alone in katakana.
        let manager = core::mem::replace(&mut desk.actor, Actor::new(id("line"), Role::System));
        let line = LineLink { provider: "p".into(), user: "u".into(), display_name: None, picture_url: None };
        let came = desk.run(IdentifyLineCustomer { line, form: stranger() }).unwrap();
        assert_eq!((came.identified, came.returns[0].why.as_slice()), (LineIdentity::Registered, [Likeness::Line].as_slice()));
        desk.actor = manager;
        let (family_name, given_name) = ("ヤマダ".to_owned(), "ハナコ".to_owned());
        let call = RegisterByPhone { family_name, given_name, family_kana: None, given_kana: None, phone: "09012345678".into() };
        assert_eq!(desk.run(call).unwrap().returns[0].why, [Likeness::Phone, Likeness::Kana]);
        // And in a file.
        let columns = import::read_heading(&["姓", "名", "メールアドレス"].map(Cell::text)).unwrap().columns;
        let rows = vec![ImportRow { row: 2, cells: ["鈴木", "一", "hanako@example.jp"].map(Cell::text).to_vec() }];
        let imported = desk.run(ImportRows { import: id("f"), columns, date_system: DateSystem::D1900, rows }).unwrap();
        let RowResult::Imported { returns, .. } = &imported.rows[0].result else { panic!("{imported:?}") };
        assert_eq!(returns.iter().map(|known| known.customer).collect::<Vec<_>>(), [who]);
        assert_eq!(desk.ledger.check().unwrap().breaches, []);
    }
}

#[test]
fn g5_the_policy_is_off_or_suggest_or_block() {
    for (policy, told, verdict) in [
        (None, true, Verdict::Allowed),
        (Some(ReturnPolicy::Suggest), true, Verdict::Allowed),
        (Some(ReturnPolicy::Off), false, Verdict::Allowed),
        (Some(ReturnPolicy::Block), true, Verdict::Denied),
    ] {
        let mut desk = keyed(1);
        desk.configure(|settings| settings.returns = policy).unwrap();
        let who = rude(&mut desk);
        desk.run(EraseCustomer { customer: who }).unwrap();
        let came = come(&desk, CustomerForm { emails: vec!["hanako@example.jp".into()], ..stranger() });
        assert_eq!(
            came.returns.iter().map(|known| known.blocked).collect::<Vec<_>>(),
            if told { vec![verdict == Verdict::Denied] } else { vec![] }
        );
        let gate = desk.ask(MayBook { customer: came.customer, channel: Channel::Site }).unwrap();
        assert_eq!(gate.verdict, verdict, "{policy:?}");
        if verdict == Verdict::Denied {
            // G3: the public is told what anybody is told when nothing is free.
            assert_eq!(gate.public_message.as_deref(), Some(FULLY_BOOKED));
            let memo = desk.ask(GetListings { customer: came.customer }).unwrap().listings[0].memo.clone();
            assert!(memo.contains("No.1"), "{memo}");
            assert_eq!(desk.book(came.customer, MORNING.plus_ms(DAY)).unwrap_err().code(), "booking.blacklisted");
        }
        assert_eq!(desk.ledger.check().unwrap().breaches, []);
    }
}

#[test]
fn g5_digests_need_the_key_and_are_each_salons_own() {
    let dump =
        |desk: &Desk<MemoryStore>| -> Vec<Record> { desk.ledger.store().scan(desk.ledger.salon(), Kind::Block, None, 10).unwrap().records };
    let digests = |byte: u8, salon: &str| {
        let mut desk = keyed(byte);
        desk.ledger = Ledger::open(MemoryStore::new(), id(salon)).with_block_key(key(byte));
        let who = rude(&mut desk);
        desk.run(EraseCustomer { customer: who }).unwrap();
        let kept = dump(&desk);
        let [Record::Block(block)] = kept.as_slice() else { panic!("one block") };
        block.digests.clone()
    };
    let one = digests(1, "salon-1");
    assert_eq!(one.len(), 4, "e-mail, LINE, phone and kana, phone and name");
    assert_eq!(one, digests(1, "salon-1"));
    for others in [digests(2, "salon-1"), digests(1, "salon-2")] {
        assert!(one.iter().all(|digest| !others.contains(digest)));
    }
    for short in [0, 16, 31] {
        assert_eq!(Error::from(BlockKey::new(&vec![1; short]).unwrap_err()).code(), "ledger.bad_request");
    }
    assert_eq!(format!("{:?}", key(7)), "BlockKey(..)");
}

#[test]
fn g5_no_block_is_lost_in_silence_for_want_of_a_key() {
    // Nobody on the black list is erased without one.
    let mut desk = Desk::open();
    let who = rude(&mut desk);
    let error = desk.run(EraseCustomer { customer: who }).unwrap_err();
    assert_eq!((error.code(), error.fields()), ("customer.block_key_missing", vec!["blockKey".to_owned()]));
    // Who leaves is not held back, and the record that stays is the block.
    leave(&mut desk, who);
    for (form, why) in ways() {
        let found = come(&desk, form).returns.into_iter().map(|known| known.why).collect::<Vec<_>>();
        let sorted = |mut why: Vec<Likeness>| {
            why.sort();
            why
        };
        assert_eq!(!found.is_empty(), !why.is_empty());
        assert!(found.iter().all(|found| why.iter().all(|one| sorted(found.clone()).contains(one))));
    }
    // With the key their record can go; from then on nobody comes in unseen.
    let store = desk.ledger.store();
    let with_key = Desk::over(store);
    let ledger = Ledger::open(store, id("salon-1")).with_block_key(key(1));
    ledger.execute(&EraseCustomer { customer: who }, &Context { key: id("erase"), ..with_key.context() }).unwrap();
    let refused = desk.run(RegisterCustomer { path: EntryPath::Counter, form: stranger(), line: None }).unwrap_err();
    assert_eq!(refused.code(), "customer.block_key_missing");
    desk.configure(|settings| settings.returns = Some(ReturnPolicy::Off)).unwrap();
    assert!(desk.register(stranger()).is_ok(), "where nobody looks, none is needed");
}

#[test]
fn g5_whoever_is_taken_off_the_list_is_blocked_no_more() {
    let mut desk = keyed(1);
    let who = rude(&mut desk);
    desk.run(EraseCustomer { customer: who }).unwrap();
    desk.run(RemoveListing { listing: id("l1") }).unwrap();
    assert_eq!(come(&desk, CustomerForm { emails: vec!["hanako@example.jp".into()], ..stranger() }).returns, []);
    assert_eq!(desk.ledger.check().unwrap().breaches, []);
    // Whoever never stood there leaves no digest.
    let other = desk.register(hanako("090-5555-5555", "canary@example.jp")).unwrap();
    desk.list(other, ListKind::Grey, "x").unwrap();
    desk.run(EraseCustomer { customer: other }).unwrap();
    assert!(desk.ledger.store().scan(desk.ledger.salon(), Kind::Block, None, 10).unwrap().records.is_empty());
    assert_eq!(canaries_kept(&desk), Vec::<String>::new());
}

#[test]
fn g5_w4_no_digest_outlives_the_block_itself() {
    for erased in [false, true] {
        let mut desk = keyed(1);
        let who = rude(&mut desk);
        leave(&mut desk, who);
        if erased {
            desk.run(EraseCustomer { customer: who }).unwrap();
        }
        let kept = |desk: &Desk<MemoryStore>| {
            let (store, salon) = (desk.ledger.store(), desk.ledger.salon());
            let records = Kind::ALL.iter().flat_map(|kind| store.scan(salon, *kind, None, 1_000).unwrap().records);
            let records = records.map(|record| format!("{} {:?}", record.to_json().unwrap(), record.keys()));
            let entries = store.changes(salon, 0, 1_000).unwrap().into_iter().map(|entry| entry.body);
            records.chain(entries).collect::<String>()
        };
        let block = desk.ledger.store().scan(desk.ledger.salon(), Kind::Block, None, 10).unwrap().records.remove(0);
        let Record::Block(block) = block else { panic!("a block") };
        assert!(!block.digests.is_empty() && block.digests.iter().all(|digest| kept(&desk).contains(digest)));
        let listing = desk.ask(GetListings { customer: who }).unwrap().listings[0].id;
        desk.run(RemoveListing { listing }).unwrap();
        let left = kept(&desk);
        assert!(block.digests.iter().all(|digest| !left.contains(digest)), "erased: {erased}");
        // What was personal of somebody who only left is theirs to have erased, and stays until then.
        assert_eq!(left.contains("hanako@example.jp"), !erased);
        assert_eq!(desk.ledger.check().unwrap().breaches, []);
    }
}

#[test]
fn g5_g3_whoever_leaves_learns_nothing_of_their_block() {
    let answers: Vec<Value> = [false, true]
        .into_iter()
        .map(|blacklisted| {
            let mut desk = keyed(1);
            let who = desk.register(hanako("090-1234-5678", "hanako@example.jp")).unwrap();
            if blacklisted {
                desk.list(who, ListKind::Black, "暴言").unwrap();
            } else {
                desk.list(who, ListKind::Grey, "x").unwrap();
            }
            (desk.actor, desk.channel) = (Actor::customer(id("web"), who), Channel::Site);
            let answer = || serde_json::from_str::<Value>(&desk.call("withdraw", &json!({ "customer": who, "reason": "x" }))).unwrap();
            let mut told = answer();
            told["again"] = answer();
            told
        })
        .collect();
    assert_eq!(answers[0]["ok"], answers[1]["ok"]);
    // Neither does the answer of a key that was used before.
    let mut desk = keyed(1);
    let who = rude(&mut desk);
    (desk.actor, desk.channel) = (Actor::customer(id("web"), who), Channel::Site);
    let (context, leaving) = (desk.context(), Withdraw { customer: who, reason: "x".into(), cancel_reservations: false });
    for replayed in [false, true] {
        let told = desk.ledger.execute(&leaving, &context).unwrap();
        assert_eq!((told.replayed, told.changed.iter().map(|changed| changed.kind).collect::<Vec<_>>()), (replayed, vec![Kind::Customer]));
    }
}

#[test]
fn g5_a5_a_block_of_somebody_who_is_still_there_is_named() {
    let mut desk = keyed(1);
    let who = rude(&mut desk);
    desk.force(Block { customer: who, number: 1, since: MORNING, digests: vec!["x".into()] }.into()).unwrap();
    let breaches = desk.ledger.check().unwrap().breaches;
    assert!(breaches.iter().any(|breach| breach.rule == "G5" && breach.detail.contains("has not left")), "{breaches:?}");
    desk.run(RemoveListing { listing: id("l1") }).unwrap();
    desk.force(Block { customer: who, number: 1, since: MORNING, digests: vec!["x".into()] }.into()).unwrap();
    let breaches = desk.ledger.check().unwrap().breaches;
    assert!(breaches.iter().any(|breach| breach.rule == "G5" && breach.detail.contains("not on the black list")), "{breaches:?}");
}

#[test]
fn w3_whoever_returns_is_a_new_customer_and_a_suggestion() {
    let mut desk = Desk::open();
    let who = desk.register(hanako("090-1234-5678", "hanako@example.jp")).unwrap();
    leave(&mut desk, who);
    let came = come(&desk, hanako("090-1234-5678", "new@example.jp"));
    let left = |why: &[Likeness]| [Candidate { customer: who, why: why.to_vec(), withdrawn: true }];
    assert_eq!(came.suggestions, left(&[Likeness::Name, Likeness::Phone, Likeness::Kana]));
    assert_eq!((came.returns, desk.customer(who).unwrap().state.name()), (vec![], "withdrawn"));
    // By their address under another name; by a phone alone, or a kana name alone, nobody.
    assert_eq!(come(&desk, CustomerForm { emails: vec!["HANAKO@example.jp".into()], ..stranger() }).suggestions, left(&[Likeness::Email]));
    let family = come(&desk, CustomerForm { phones: vec!["090-1234-5678".into()], given_name: "椿".into(), ..stranger() });
    assert_eq!(family.suggestions, []);
    // Whoever was erased is suggested to nobody.
    desk.run(EraseCustomer { customer: who }).unwrap();
    let again = come(&desk, CustomerForm { family_name: "山本".into(), ..hanako("090-1234-5678", "hanako@example.jp") });
    assert_eq!(again.suggestions, []);
}

#[test]
fn g5_m6_whoever_left_is_known_by_what_those_were_reached_by_who_became_them() {
    for erased in [false, true] {
        let mut desk = keyed(1);
        let line = |user: &str| LineLink { provider: "p".into(), user: user.into(), display_name: None, picture_url: None };
        let manager = core::mem::replace(&mut desk.actor, Actor::new(id("line"), Role::System));
        let [source, target] = [("090-1234-5678", "u1"), ("080-1111-2222", "u2")].map(|(phone, user)| {
            let customer = desk.register(hanako(phone, "hanako@example.jp")).unwrap();
            desk.run(LinkLine { customer, line: Some(line(user)) }).unwrap();
            customer
        });
        desk.actor = manager;
        // Which of their two accounts stays is chosen (M2); the other is theirs all the same.
        let choice = Some(LineChoice::Target);
        let fingerprint = desk.ask(PreviewMerge { source, target, from_source: vec![], line: choice }).unwrap().fingerprint;
        desk.run(MergeCustomers { source, target, from_source: vec![], line: choice, fingerprint }).unwrap();
        desk.list(target, ListKind::Black, "暴言").unwrap();
        leave(&mut desk, target);
        if erased {
            desk.run(EraseCustomer { customer: target }).unwrap();
        }
        desk.actor = Actor::new(id("line"), Role::System);
        for user in ["u1", "u2"] {
            let came = desk.run(IdentifyLineCustomer { line: line(user), form: stranger() }).unwrap();
            assert_eq!(came.returns.iter().map(|known| known.customer).collect::<Vec<_>>(), [target], "{user}, erased: {erased}");
        }
        assert_eq!(desk.ledger.check().unwrap().breaches, []);
    }
}

#[test]
fn g5_a_name_that_is_written_in_kana_says_how_it_is_read() {
    let in_a_file = |desk: &Desk<MemoryStore>, names: [&str; 2]| {
        let columns = import::read_heading(&["姓", "名", "電話番号"].map(Cell::text)).unwrap().columns;
        let rows = vec![ImportRow { row: 2, cells: [names[0], names[1], "090-1234-5678"].map(Cell::text).to_vec() }];
        let mut done = desk.run(ImportRows { import: id("f"), columns, date_system: DateSystem::D1900, rows }).unwrap();
        let RowResult::Imported { customer, returns, .. } = done.rows.remove(0).result else { panic!("it is taken") };
        (customer, returns)
    };
    let known = |returns: &[Return]| returns.iter().map(|known| (known.customer, known.why.clone())).collect::<Vec<_>>();
    let by_reading = vec![Likeness::Phone, Likeness::Kana];
    // A file has 姓 and 名 in kana and no フリガナ: whoever was blocked is known by it when they come with kanji,
    let desk = keyed(1);
    let (who, _) = in_a_file(&desk, ["ヤマダ", "はなこ"]);
    desk.list(who, ListKind::Black, "暴言").unwrap();
    desk.run(EraseCustomer { customer: who }).unwrap();
    assert_eq!(known(&come(&desk, hanako("09012345678", "new@example.jp")).returns), [(who, by_reading.clone())]);
    // and whoever was blocked with kanji when they come in such a file.
    let mut desk = keyed(1);
    let who = rude(&mut desk);
    desk.run(EraseCustomer { customer: who }).unwrap();
    assert_eq!(known(&in_a_file(&desk, ["ﾔﾏﾀﾞ", "ハナコ"]).1), [(who, by_reading)]);
    // Half a reading is none: 山田 may be read in many ways.
    let mut desk = keyed(1);
    let who = rude(&mut desk);
    desk.run(EraseCustomer { customer: who }).unwrap();
    assert_eq!(known(&in_a_file(&desk, ["山田", "ハナコ"]).1), []);
}
