//! Somebody of whom every text that a person can leave in a ledger is a canary: what an erasure must take away, and where it may be found.

use daicho::*;

use crate::till::{self, menu, sale, three_cuts, uses, visit};
use crate::{DAY, Desk, HOUR, MORNING, cut, hanako, id, strict};

/// What is looked for, as UTF-8.
pub const CANARIES: [&str; 8] = ["金糸雀", "カナリア", "ｶﾅﾘｱ", "CANARY", "canary", "55555555", "5555-5555", "\"year\":1955"];

/// The first canary in some bytes.
#[must_use]
pub fn canary_in(bytes: &[u8]) -> Option<&'static str> {
    CANARIES.into_iter().find(|canary| bytes.windows(canary.len()).any(|window| window == canary.as_bytes()))
}

/// Where canaries are in what a store gives: records with their keys, and entries of the log.
///
/// # Panics
/// If the store cannot be read.
#[must_use]
#[expect(clippy::expect_used, reason = "a test stops where something is wrong")]
pub fn canaries_kept<S: Store>(desk: &Desk<S>) -> Vec<String> {
    let (store, salon) = (desk.ledger.store(), desk.ledger.salon());
    let mut found = Vec::new();
    let mut look = |place: String, text: &str| found.extend(canary_in(text.as_bytes()).map(|canary| format!("{place}: {canary}")));
    for kind in Kind::ALL {
        for record in store.scan(salon, *kind, None, 100_000).expect("a page").records {
            let place = format!("{} {}", kind.name(), record.id());
            look(place.clone(), &record.to_json().expect("a record"));
            look(place.clone(), &place);
            record.keys().iter().for_each(|key| look(format!("key of {place}"), key));
        }
    }
    for entry in store.changes(salon, 0, 100_000).expect("the log") {
        look(format!("entry {}", entry.sequence), &entry.body);
    }
    if let Some(block) = store.index(salon).expect("the index") {
        found.extend(canary_in(&block).map(|canary| format!("index: {canary}")));
    }
    found
}

/// The canary of one text, so that what is found says whence it came.
#[must_use]
pub fn canary(of: &str) -> String {
    format!("CANARY {of}")
}

/// A form with a canary in every text.
#[must_use]
pub fn form() -> CustomerForm {
    let text = |of: &str| Some(canary(of));
    CustomerForm {
        family_name: "山田".into(),
        given_name: "花子".into(),
        family_kana: Some("ｶﾅﾘｱ".into()),
        given_kana: Some("カナリア".into()),
        phones: vec!["090-5555-5555".into()],
        emails: vec!["CANARY@example.jp".into()],
        birthday: Some("1955-05-05".into()),
        gender: Some(Gender::Female),
        prefecture: text("prefecture"),
        city_street: text("cityStreet"),
        building: text("building"),
        company: text("company"),
        department: text("department"),
        fax: Some("03-5555-5555".into()),
        home_page: text("homePage"),
        attributes: vec![canary("attribute")],
        channels: vec![canary("channel")],
        newsletter: Some(NewsletterForm { opted_in: true, how: text("how"), wording: text("wording") }),
        shop_comment: text("shopComment"),
        pictures: vec![canary("picture")],
        custom_fields: vec![CustomField { name: canary("field"), value: canary("value") }],
        number_aliases: vec!["CANARY".into(), "777".into()],
        ..CustomerForm::default()
    }
}

/// A LINE account of canaries.
#[must_use]
pub fn line() -> LineLink {
    LineLink { provider: canary("provider"), user: canary("user"), display_name: Some(canary("display")), picture_url: Some(canary("url")) }
}

/// Who is to be erased, and a third who is not.
#[derive(Clone, Copy, Debug)]
pub struct Life {
    /// Who is to be erased.
    pub who: CustomerId,
    /// Who was merged into them.
    pub source: CustomerId,
    /// Somebody else, in whom they were merged for a day.
    pub other: CustomerId,
    /// A cancellation fee that is due.
    pub due: ReservationId,
}

/// A life with a canary in every text.
///
/// # Errors
/// If a command is refused.
pub fn life<S: Store>(desk: &mut Desk<S>) -> Result<Life, Error> {
    desk.configure(|settings| {
        (settings.cancellation, settings.unmerge_days) = (strict(), 7);
        settings.points.rule = Some(PointRule::PerVisit { points: 100 });
    })?;
    let other = desk.register(hanako("0312345678", "other@example.jp"))?;
    desk.list(other, ListKind::Watch, "another's")?;
    // For a day they were somebody else, who had their phones, comment and memo meanwhile.
    let source = desk.register(form())?;
    desk.list(source, ListKind::Watch, &canary("first memo"))?;
    desk.run(Book { comment: Some(canary("first comment")), ..cut(source, MORNING.plus_ms(-30 * DAY)) })?;
    let merge = desk.merge(source, other)?.merge;
    desk.edit(other, |form| form.department = Some("another's".into()))?;
    desk.run(Unmerge { merge })?;
    desk.step(id("r1"), Move::Visit)?;
    desk.edit(source, |form| (form.family_name, form.given_name) = ("金糸雀".into(), "カナリア".into()))?;
    let line_link = line();
    let (actor, manager) = (Actor::new(id("system-1"), Role::System), desk.actor.clone());
    desk.actor = actor;
    desk.run(LinkLine { customer: source, line: Some(line_link) })?;
    desk.actor = manager;
    // And for good they became this one.
    let twin = CustomerForm { number_aliases: vec![], family_name: "金糸雀".into(), given_name: "カナリア".into(), ..form() };
    let who = desk.register(twin)?;
    desk.list(who, ListKind::Grey, &canary("grey memo"))?;
    desk.merge(source, who)?;
    // A visit that was taken back, checked out, voided, and checked out again, with a ticket that was changed by hand.
    let plan = desk.plan("cut-3", three_cuts())?;
    let ticket = desk.sell(who, &plan, 10_000)?;
    desk.run(AdjustTicket { ticket, uses: 1, reason: canary("uses") })?;
    let until = id("2028-01-01");
    desk.run(ExtendTicket { ticket, to: until, reason: Some(canary("extension")) })?;
    let visited =
        desk.run(Book { comment: Some(canary("comment")), tickets: vec![uses(None, 1)], ..cut(who, MORNING.plus_ms(-DAY)) })?.reservation;
    desk.step(visited, Move::Visit)?;
    desk.step(visited, Move::UndoVisit { reason: canary("correction") })?;
    desk.step(visited, Move::Visit)?;
    let alone = desk.run(sale(who, None, vec![till::line(SaleItem::Retail { product: id("shampoo") }, 3_000)], 3_000))?.sale;
    desk.run(VoidSale { sale: alone, reason: canary("void") })?;
    desk.run(sale(who, None, vec![menu("head-spa", 2_000)], 2_000))?;
    let seen = desk.points(who)?.balance;
    desk.run(AdjustPoints { customer: who, seen, balance: seen.saturating_add(50), reason: canary("points") })?;
    // Fees: one waived, one still due.
    for hour in [2, 3] {
        let late =
            desk.run(Book { comment: Some(canary(&format!("comment {hour}"))), ..cut(who, MORNING.plus_ms(hour * HOUR)) })?.reservation;
        desk.step(late, Move::CancelByCustomer)?;
        if hour == 2 {
            desk.step(late, Move::WaiveFee { reason: canary("waiver") })?;
        }
    }
    let due = id("r4");
    // Visits by hand: one that stays and was corrected, one that was deleted.
    let by_hand = |amount| VisitForm {
        service_memo: Some(canary("service")),
        proposal_memo: Some(canary("proposal")),
        ..visit(id("2026-11-01"), amount)
    };
    let entered = desk.run(AddVisit { customer: who, form: by_hand(500) })?;
    desk.run(EditVisit { visit: entered.visit, based_on: entered.version, form: by_hand(700) })?;
    let removed = desk.run(AddVisit { customer: who, form: by_hand(900) })?;
    desk.run(RemoveVisit { visit: removed.visit, based_on: removed.version })?;
    let listed = desk.list(who, ListKind::Watch, &canary("second memo"));
    let listing = match listed {
        Ok(listed) => listed.listing,
        // The source's entry came along.
        Err(_) => desk.ask(GetListings { customer: who })?.listings.first().map_or_else(|| id("l1"), |listing| listing.id),
    };
    let version =
        desk.ask(GetListings { customer: who })?.listings.iter().find(|entry| entry.id == listing).map_or(1, |entry| entry.version);
    desk.run(EditListing { listing, based_on: version, memo: canary("edited memo") })?;
    desk.run(RemoveListing { listing })?;
    // A file in which they are once more, and a row that is nobody's.
    #[expect(clippy::unwrap_used, reason = "a heading that can be read")]
    let columns = import::read_heading(&["姓", "名", "セイ", "メイ", "電話番号", "メールアドレス"].map(Cell::text)).unwrap().columns;
    let row = |row: u32, phone: Cell, email: &str| ImportRow {
        row,
        cells: vec![Cell::text("金糸雀"), Cell::text("カナリア"), Cell::text("ｶﾅﾘｱ"), Cell::text("かなりあ"), phone, Cell::text(email)],
    };
    let rows = vec![row(2, Cell::number("9055555555"), "canary@example.jp"), row(3, Cell::text("CANARY"), "canary")];
    desk.run(ImportRows { import: id("file-1"), columns, date_system: DateSystem::D1900, rows })?;
    Ok(Life { who, source, other, due })
}
