//! What a salon asks of its customers: the recipes of the manual and what is typed into the boxes, each as a count and the first fifty rows, those seen
//! last first.

use daicho::{
    Condition, Count, CountField, CustomerSort, DayField, DaySpan, Flag, Frequency, Ledger, ReservationCondition, SearchCustomers, SortBy,
    Store, TextField, When,
};

use crate::fill::manager;
use crate::measure::{Line, Times, alone};
use crate::salon::{Failure, NOW, Salon};

const ROUNDS: u32 = 100;

fn at_least(field: CountField, count: u32) -> Condition {
    Condition::Count { field, count: Count::AtLeast { count } }
}

fn text(field: TextField, contains: impl Into<String>) -> Condition {
    Condition::Text { field, contains: contains.into() }
}

fn on(field: DayField, from: Option<When>, to: Option<When>) -> Condition {
    Condition::Day { field, days: DaySpan { from, to } }
}

fn all(salon: &Salon) -> Result<Vec<(&'static str, Vec<Condition>)>, Failure> {
    use CountField::{Cancellations, Visits};
    let months = |months| Some(When::Months { months });
    let middle = salon.person(salon.customers().div_ceil(2));
    let phone: String = middle.phone.chars().filter(char::is_ascii_digit).skip(7).collect();
    let served = ReservationCondition::Staff { of: vec!["staff-3".parse()?] };
    Ok(vec![
        ("Q1 last visit six months ago or earlier, 3 visits", vec![on(DayField::LastVisit, None, months(-6)), at_least(Visits, 3)]),
        ("Q2 3 cancellations, last-minute cancel", vec![at_least(Cancellations, 3), Condition::Flag { flag: Flag::LastMinuteCancel }]),
        (
            "Q3 LINE not linked, 2 visits",
            vec![Condition::Not { that: Box::new(Condition::Flag { flag: Flag::Line }) }, at_least(Visits, 2)],
        ),
        ("Q4 last menu cut, 5 visits", vec![Condition::LastMenu { of: vec!["cut".parse()?] }, at_least(Visits, 5)]),
        (
            "Q5 registered within a month, 1 visit",
            vec![on(DayField::FirstRegistered, months(-1), None), Condition::Count { field: Visits, count: Count::Exactly { count: 1 } }],
        ),
        ("Q6a name contains 山田", vec![text(TextField::Name, "山田")]),
        ("Q6b name contains 山田太", vec![text(TextField::Name, "山田太")]),
        (
            "Q7 6 visits in 360 days, ever served by one of staff",
            vec![
                Condition::Frequency { frequency: Frequency::Trailing { days: 360, times: 6 } },
                Condition::Reservation { that: Box::new(served) },
            ],
        ),
        ("Q8 phone's last four digits, e-mail partial", vec![text(TextField::Phone, phone), text(TextField::Email, "yama")]),
        ("Q9 40 visits in 1,000 days", vec![Condition::Frequency { frequency: Frequency::Trailing { days: 1_000, times: 40 } }]),
    ])
}

/// Asks a ledger all of them.
pub fn run<S: Store>(ledger: &Ledger<S>, salon: &Salon) -> Result<Vec<Line>, Failure> {
    let mut lines = Vec::new();
    for (what, of) in all(salon)? {
        let question = SearchCustomers {
            condition: Some(Condition::All { of }),
            sort: Some(CustomerSort { by: SortBy::LastVisit, descending: true }),
            ..SearchCustomers::default()
        };
        let mut times = Times::default();
        let mut total = 0;
        for _ in 0..ROUNDS {
            total = alone(&mut times, || Ok(ledger.search(&question, &manager()?, NOW)?.total))?;
        }
        lines.push(Line { what: format!("index: {what}"), ours: times, peer: Times::default(), remark: format!("{total} found") });
    }
    Ok(lines)
}
