//! `docs/search.md`, drawn from the words of the query language (S10).

use std::fmt::Write as _;

use daicho::error::LedgerError;
use daicho::search::{SearchFieldKind, parse, print};
use daicho::{Error, SearchField, SearchFields, Tongue};

/// Where the page lies, from the repository's root.
pub const PAGE: &str = "docs/search.md";

const HEAD: &str = "# Segments and the query language

The words are drawn from `core/src/search/language/words.rs`, and a test holds this page to them. Change the words, then run
`DAICHO_WRITE=1 cargo test -p daicho-tests --test search s10_the_page`.

A segment セグメント is a condition on customers: one tree (`Condition`) with three faces. JSON is the tree itself, and `parseQuery` gives you that of any line; a line of the
query language says all of it as people write, in English, in Japanese or mixed, in full or half width; and the form (`Criteria`) is the manual's search screen, with its
rules for boxes: only the left box of a count is \"exactly\", days are dates, and everything that is filled in must hold. A search takes a form and a line together.
`parseQuery` reads a line, `printQuery` writes one in both languages, `completeQuery` says what could be written next, `explainCustomer` says why somebody
is found or is not. `saveSegment` keeps a condition under a name.

Only active customers are found: whoever has left or was merged is in no segment (S8). `listWithdrawn`, `listErased` and `listMerges` list those.

A line that cannot be read is the error `search.query`: `data.column` says where, `data.english` and `data.japanese` what was expected there. A label that the
salon does not use (R2) and a 来店区分 that was renamed are errors once they are searched for; `data.segment` names the saved segment that asks for them.

";

const TAIL: &str = "
A question holds 1,000 conditions at most, those of its segments included, 32 deep, with its segments 96; 10,000 entries in all its lists, and 20,000
characters in all its texts and names. What a karte holds is not asked for yet: there are no kartes.

A label that needs prepayment is offered once the salon takes prepayment (R2); `getSegments` and `listSearchFields` say which segments and which of the salon's own values there are.

## Pages

`searchCustomers` answers rows, `findCustomers` ids, `packCustomers` columns. An answer says how many there are on all pages together, and its `cursor` is what the next page is asked
with; `sort` and `pageSize` say how they stand and how many (S9). Pages of one walk are of one snapshot if their `sequence` is equal. If something changed in between, a page begins
after the last row of the page before, wherever that row stands by now: whoever moved across it meanwhile is met twice or not at all, everybody else once.

## Live segments

`followSegments` says who came into saved segments and who left them since the same follower last asked, and, up to an instant `until`, when next somebody comes or goes though nobody
does anything, by midnight alone. It is asked, it does not call: ask after each command, and again at `nextChange`. What was last asked is known as long as the session lives, for
sixteen followers. To a new one it says that it `begins`: ask `findCustomers` who is in the segment then.
";

const HAND: &str = "What people write by hand is read too:

| by hand | is the same as |
|---|---|
";

/// What people write by hand.
const BY_HAND: &[&str] = &[
    "来店回数が3回以上",
    "最終来店日 6か月前以前",
    "最終来店日が2026/1/5以降",
    "初回登録日 2026年1月5日〜2026年2月5日",
    "合計利用金額 10,000円以上",
    "合計利用金額 1万5千円〜2万円",
    "合計利用金額 1.5万円未満",
    "最終来店日 1年半前以前",
    "LINE連携なし",
    "LINE未登録",
    "メルマガ受信する かつ 直前キャンセルなし",
    "名前に「山田」を含まない",
    "リストがブラックリスト以外",
    "予約(予約日 >= 今日)なし",
    "(LINE連携 または ユーザー登録) でない",
];

/// Lines that show what can be said.
const EXAMPLES: &[(&str, &str)] = &[
    ("last_visit <= -6mo and visits >= 3", "good customers who have not come for half a year"),
    ("cancellations >= 3 and last_minute_cancel", "who cancels often, and late"),
    ("not line and visits >= 2", "regulars whose LINE is not linked"),
    ("registered >= -1mo and visits = 1", "new this month, and came once"),
    ("visits = 1..3 or amount >= 50000", "few visits, or much spent"),
    (
        "reservation(staff = sato and menu = (cut, color) and date >= -90d)",
        "with one and the same person, one of two menus, in the last 90 days",
    ),
    (
        "reservation(status = cancelled and date = today..+7d)",
        "cancelled for the coming week; cancelled ones are looked at only when the status asks",
    ),
    ("frequency(60d) >= 1 and list != black", "comes every two months on average, and is not on the black list"),
    (
        "trailing(90d) >= 3 or gaps <= 30d",
        "three visits in the last 90 days; or the last three visits no more than 30 days apart on average",
    ),
    ("last_visit = -1y..-2w", "came last between a year and two weeks ago; `d` 日, `w` 週間, `mo` か月, `y` 年"),
    ("name ~ 山田 and field(\"肌質\") ~ 乾燥", "part of a name, and of a text in a field of the salon's own"),
    ("segment(regulars) and not segment(vip)", "in one saved segment and not in another"),
];

const fn kind(kind: SearchFieldKind) -> &'static str {
    match kind {
        SearchFieldKind::Text => "part of a text",
        SearchFieldKind::Exact => "a whole text",
        SearchFieldKind::CustomField => "a field of the salon's own, by name; alone: it has any text",
        SearchFieldKind::Count => "how many",
        SearchFieldKind::Money => "how much, in yen",
        SearchFieldKind::Day => "a day: `2026-11-21`, `today`, `-30d`, `-6mo`, or a span `a..b`, both ends included",
        SearchFieldKind::Flag => "is so; `not` before it: is not",
        SearchFieldKind::Choice => "one of several",
        SearchFieldKind::Frequency => "at least so often: in so many days, `(60d)`",
        SearchFieldKind::Gaps => "days between the last three visits, on average",
        SearchFieldKind::Reservation => "all of one and the same reservation",
        SearchFieldKind::Segment => "a saved segment",
    }
}

fn table(page: &mut String, fields: &[SearchField]) {
    page.push_str("| English | 日本語 | what is asked | signs | values |\n|---|---|---|---|---|\n");
    for field in fields {
        let values: Vec<String> = field.values.iter().map(|value| format!("`{}` {}", value.english, value.japanese)).collect();
        let signs: Vec<String> = field.operators.iter().map(|sign| format!("`{sign}`")).collect();
        let _ = writeln!(
            page,
            "| `{}` | {} | {} | {} | {} |",
            field.english,
            field.japanese,
            kind(field.kind),
            signs.join(" "),
            values.join(", ")
        );
    }
}

/// The page as it must be.
///
/// # Errors
/// An example that cannot be read.
pub fn page(fields: &SearchFields) -> Result<String, Error> {
    let mut page = HEAD.to_owned();
    page.push_str("## Examples\n\n| in English | 日本語で | who |\n|---|---|---|\n");
    for (line, who) in EXAMPLES {
        let condition = parse(line, Tongue::English)?;
        let _ = writeln!(page, "| `{}` | `{}` | {who} |", print(&condition, Tongue::English), print(&condition, Tongue::Japanese));
    }
    if let Some((line, _)) = EXAMPLES.first() {
        let json = serde_json::to_string(&parse(line, Tongue::English)?).map_err(|_| LedgerError::Encoding { place: "page" })?;
        let _ = writeln!(page, "\nThe first of them in JSON:\n\n```json\n{json}\n```");
    }
    page.push_str("\n`and` かつ joins more closely than `or` または, `not` でない more closely than both; brackets as usual.\n\n");
    page.push_str(HAND);
    for line in BY_HAND {
        let condition = parse(line, Tongue::Japanese)?;
        let _ = writeln!(page, "| `{line}` | `{}` |", print(&condition, Tongue::English));
    }
    page.push_str("\nA day needs its year: `1月5日` is refused. So is 半年以上前, since 以上 and 以内 leave open which way is meant; say 半年前以前 or 半年前以降. A number without a sign, `来店回数 3`, is `=`. Who has no such day is in no condition on
it, and so in its denial: `last_visit <= -6mo` leaves out who never came, `not last_visit >= -6mo` finds them too. Texts stand in quotes, `\"…\"` or `「…」`, or bare where they hold no space or sign.\n\n");
    page.push_str("## What can be asked of a customer\n\n");
    table(&mut page, &fields.customer);
    page.push_str("\n## What can be asked of one and the same reservation\n\n");
    table(&mut page, &fields.reservation);
    page.push_str(TAIL);
    Ok(page)
}
