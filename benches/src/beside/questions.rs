//! The eighteen searches, and what they ask about.

use daicho::{Condition, Date};
use serde::Serialize;
use serde_json::{Value, json};

use crate::salon::{Failure, NOW, Salon};

/// How many of the questions have indexes made for them at the peers; the others come after.
pub const INDEXED: usize = 9;

/// One search: count and first fifty ids by last visit, the newest first, ties by customer number.
#[derive(Clone, Debug)]
pub struct Question {
    /// Its short name.
    pub name: &'static str,
    /// What it asks.
    pub words: String,
    /// As the library is asked.
    pub condition: Condition,
    /// The same as JSON.
    pub json: Value,
}

/// The days and needles of the questions, as the hand-written sides take them. Days count from 1970.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Terms {
    /// The day of the question.
    pub today: i32,
    /// Q1: six months ago.
    pub half_year_ago: i32,
    /// Q4.
    pub last_menu: &'static str,
    /// Q5: a month ago.
    pub month_ago: i32,
    /// Q6a.
    pub name: &'static str,
    /// Q6b: across 姓 and 名.
    pub name_across: &'static str,
    /// Q7: the first of the last 360 days.
    pub trailing_from: i32,
    /// Q7.
    pub staff: &'static str,
    /// Q8: the last four digits of somebody's phone.
    pub phone_end: String,
    /// Q8: how their address begins.
    pub email_start: String,
    /// Q9.
    pub name_short: &'static str,
    /// Q10.
    pub other_staff: &'static str,
    /// Q11.
    pub not_channel: &'static str,
    /// Q11.
    pub not_menu: &'static str,
    /// Q14.
    pub menus: [&'static str; 2],
    /// Q14.
    pub yen: [u32; 2],
    /// Q15.
    pub email_part: &'static str,
    /// Q16: the first and the last day of a month.
    pub month: [i32; 2],
    /// Q17.
    pub channel: &'static str,
}

fn today() -> Result<Date, Failure> {
    Ok(daicho::Calendar::default().day_of(NOW)?)
}

impl Terms {
    /// What is asked about in a salon: somebody in its middle has the phone and the address of Q8.
    pub fn of(salon: &Salon) -> Result<Self, Failure> {
        let today = today()?;
        let middle = salon.customers().div_ceil(2).max(1);
        let known = (middle..=salon.customers()).map(|place| salon.person(place)).find(|person| person.email.is_some());
        let (phone, email) = known.map_or_else(Default::default, |person| (person.phone, person.email.unwrap_or_default()));
        let digits: Vec<char> = daicho::text::phone::digits_key(&phone).chars().collect();
        let email = daicho::text::email::partial_key(&email);
        let day = |text: &str| -> Result<i32, Failure> { Ok(text.parse::<Date>()?.day_number()) };
        Ok(Self {
            today: today.day_number(),
            half_year_ago: today.months_before(6).day_number(),
            last_menu: "cut-color",
            month_ago: today.months_before(1).day_number(),
            name: "山田",
            name_across: "山田太",
            trailing_from: today.days_before(359).day_number(),
            staff: "staff-3",
            phone_end: digits.iter().skip(digits.len().saturating_sub(4)).collect(),
            email_start: email.chars().take(4).collect(),
            name_short: "林",
            other_staff: "staff-5",
            not_channel: "SNS",
            not_menu: "color",
            menus: ["perm", "color"],
            yen: [50_000, 100_000],
            email_part: "keitai",
            month: [day("2025-04-01")?, day("2025-04-30")?],
            channel: "紹介",
        })
    }
}

fn all(of: &[Value]) -> Value {
    json!({ "type": "all", "of": of })
}

fn not(that: &Value) -> Value {
    json!({ "type": "not", "that": that })
}

fn text(field: &str, contains: &str) -> Value {
    json!({ "type": "text", "field": field, "contains": contains })
}

fn count(field: &str, least: u32) -> Value {
    json!({ "type": "count", "field": field, "count": { "type": "atLeast", "count": least } })
}

fn flag(flag: &str) -> Value {
    json!({ "type": "flag", "flag": flag })
}

fn last_visit(days: &Value) -> Value {
    json!({ "type": "day", "field": "lastVisit", "days": days })
}

fn ago(days: i32) -> Value {
    json!({ "type": "days", "days": -days })
}

fn reservation(of: &[Value]) -> Value {
    json!({ "type": "reservation", "that": all(of) })
}

/// The questions, those with indexes of their own first.
pub fn questions(terms: &Terms) -> Result<Vec<Question>, Failure> {
    let months_ago = |months: i32| json!({ "type": "months", "months": -months });
    let exactly_once = json!({ "type": "count", "field": "visits", "count": { "type": "exactly", "count": 1 } });
    let between = json!({ "type": "count", "field": "visits", "count": { "type": "between", "from": 3, "to": 9 } });
    let staff = |who: &str| json!({ "type": "staff", "of": [who] });
    let status = |of: &[&str]| json!({ "type": "status", "of": of });
    let since = |field: &str, from: Value| json!({ "type": "day", "field": field, "days": { "from": from } });
    let frequency = |frequency: Value| json!({ "type": "frequency", "frequency": frequency });
    let day = |day: &str| json!({ "type": "day", "day": day });
    let asked: Vec<(&'static str, String, Value)> = vec![
        ("Q1", "last visit ≥ 6 months ago, visits ≥ 3".to_owned(), all(&[last_visit(&json!({ "to": months_ago(6) })), count("visits", 3)])),
        ("Q2", "cancellations ≥ 3, a last-minute cancel".to_owned(), all(&[count("cancellations", 3), flag("lastMinuteCancel")])),
        ("Q3", "LINE not linked, visits ≥ 2".to_owned(), all(&[not(&flag("line")), count("visits", 2)])),
        (
            "Q4",
            format!("last menu {}, visits ≥ 5", terms.last_menu),
            all(&[json!({ "type": "lastMenu", "of": [terms.last_menu] }), count("visits", 5)]),
        ),
        ("Q5", "registered within a month, one visit".to_owned(), all(&[since("firstRegistered", months_ago(1)), exactly_once])),
        ("Q6a", format!("name contains {}", terms.name), text("name", terms.name)),
        ("Q6b", format!("name contains {}, across 姓 and 名", terms.name_across), text("name", terms.name_across)),
        (
            "Q7",
            format!("≥ 6 visits in 360 days, ever served by {}", terms.staff),
            all(&[
                frequency(json!({ "type": "trailing", "days": 360, "times": 6 })),
                reservation(&[status(&["visited"]), staff(terms.staff)]),
            ]),
        ),
        (
            "Q8",
            "phone's last four, part of an e-mail".to_owned(),
            all(&[text("phone", &terms.phone_end), text("email", &terms.email_start)]),
        ),
        ("Q9", format!("name contains {}", terms.name_short), text("name", terms.name_short)),
        (
            "Q10",
            format!("one cancelled with {}, last 180 days", terms.other_staff),
            reservation(&[
                status(&["cancelled", "feeUnpaid"]),
                staff(terms.other_staff),
                json!({ "type": "day", "days": { "from": ago(180), "to": ago(0) } }),
            ]),
        ),
        (
            "Q11",
            format!("came; not LINE, mail, late cancel, {}, {}", terms.not_channel, terms.not_menu),
            all(&[
                count("visits", 1),
                not(&flag("line")),
                not(&flag("newsletter")),
                not(&flag("lastMinuteCancel")),
                not(&json!({ "type": "channel", "of": [terms.not_channel] })),
                not(&reservation(&[json!({ "type": "menu", "of": [terms.not_menu] })])),
            ]),
        ),
        ("Q12", "three visits in every 90 days on average".to_owned(), frequency(json!({ "type": "average", "days": 90, "times": 3 }))),
        (
            "Q13",
            "≥ 10 visits, away ≤ 90 days; or 3–9, 91–180".to_owned(),
            json!({ "type": "any", "of": [
                all(&[count("visits", 10), last_visit(&json!({ "from": ago(90) }))]),
                all(&[between, last_visit(&json!({ "from": ago(180), "to": ago(91) }))]),
            ] }),
        ),
        (
            "Q14",
            format!("¥{} to ¥{}, last menu {}", terms.yen[0], terms.yen[1], terms.menus.join(" or ")),
            all(&[
                json!({ "type": "money", "field": "amount", "yen": { "from": terms.yen[0], "to": terms.yen[1] } }),
                json!({ "type": "lastMenu", "of": terms.menus }),
            ]),
        ),
        ("Q15", format!("e-mail contains {}, visits ≥ 5", terms.email_part), all(&[text("email", terms.email_part), count("visits", 5)])),
        (
            "Q16",
            "registered in April 2025, a no-show".to_owned(),
            all(&[
                json!({ "type": "day", "field": "firstRegistered", "days": { "from": day("2025-04-01"), "to": day("2025-04-30") } }),
                flag("noShow"),
            ]),
        ),
        (
            "Q17",
            format!("came by {}, takes the newsletter", terms.channel),
            all(&[json!({ "type": "channel", "of": [terms.channel] }), flag("newsletter")]),
        ),
    ];
    asked
        .into_iter()
        .map(|(name, words, json)| {
            let condition = serde_json::from_str(&json.to_string()).map_err(|error| format!("{name}: {error}"))?;
            Ok(Question { name, words, condition, json })
        })
        .collect()
}
