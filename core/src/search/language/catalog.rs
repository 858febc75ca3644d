//! What can be asked, for whoever builds a form or completes what is typed.

use super::words::{FIELDS, Field, GENDERS, LABELS, LISTS, RESERVATION_FIELDS, ReservationField, Word};
use crate::record::Settings;

wire! {
    /// A field that can be asked for.
    #[derive(Debug)]
    pub struct SearchField {
        /// Its word in English.
        pub english: String,
        /// 日本語の語
        pub japanese: String,
        /// What kind of thing is asked of it.
        pub kind: SearchFieldKind,
        /// The signs that may follow it.
        pub operators: Vec<String>,
        /// The values it can have, where they are few and known.
        pub values: Vec<SearchValue>,
    }
}

wire! {
    /// A value of a field.
    #[derive(Debug)]
    pub struct SearchValue {
        /// Its word in English; what the salon itself named has only its own name.
        pub english: String,
        /// 日本語の語
        pub japanese: String,
    }
}

wire! {
    /// What kind of thing is asked of a field.
    #[derive(Copy, Debug)]
    pub enum SearchFieldKind {
        /// Part of a text: `name ~ "山田"`.
        Text,
        /// A whole text: `number = "12"`.
        Exact,
        /// A field of the salon's own: `field("肌質") ~ "乾燥"`.
        CustomField,
        /// How many: `visits >= 3`.
        Count,
        /// How much: `amount >= 10000`.
        Money,
        /// A day: `last_visit <= -6mo`.
        Day,
        /// Something that is so: `line`.
        Flag,
        /// One of several: `list = black`.
        Choice,
        /// How often: `frequency(60d) >= 1`.
        Frequency,
        /// How many days between visits: `gaps <= 30d`.
        Gaps,
        /// Criteria of one and the same reservation: `reservation(status = visited)`.
        Reservation,
        /// Another segment: `segment("name")`.
        Segment,
    }
}

fn values<'w, T: 'static>(words: impl IntoIterator<Item = &'w Word<T>>) -> Vec<SearchValue> {
    words.into_iter().map(|word| SearchValue { english: word.english.to_owned(), japanese: word.japanese.to_owned() }).collect()
}

fn own(names: &[String]) -> Vec<SearchValue> {
    names.iter().map(|name| SearchValue { english: name.clone(), japanese: name.clone() }).collect()
}

fn field<T>(word: &Word<T>, kind: SearchFieldKind, values: Vec<SearchValue>) -> SearchField {
    let operators: &[&str] = match kind {
        SearchFieldKind::Text | SearchFieldKind::CustomField => &["~"],
        SearchFieldKind::Exact => &["="],
        SearchFieldKind::Count | SearchFieldKind::Money => &["=", "!=", ">=", "<=", ">", "<"],
        SearchFieldKind::Day => &["=", ">=", "<="],
        SearchFieldKind::Choice => &["=", "!="],
        SearchFieldKind::Frequency => &[">="],
        SearchFieldKind::Gaps => &["<="],
        SearchFieldKind::Flag | SearchFieldKind::Reservation | SearchFieldKind::Segment => &[],
    };
    SearchField {
        english: word.english.to_owned(),
        japanese: word.japanese.to_owned(),
        kind,
        operators: operators.iter().map(|sign| (*sign).to_owned()).collect(),
        values,
    }
}

/// The fields of customers and those of reservations, with the values of a salon's own settings.
pub(crate) fn search_fields(settings: &Settings) -> (Vec<SearchField>, Vec<SearchField>) {
    use SearchFieldKind as K;
    let customer = FIELDS.iter().map(|word| {
        let (kind, values) = match word.means {
            Field::Text(_) => (K::Text, Vec::new()),
            Field::Number => (K::Exact, Vec::new()),
            Field::Own => (K::CustomField, Vec::new()),
            Field::Count(_) => (K::Count, Vec::new()),
            Field::Money(_) => (K::Money, Vec::new()),
            Field::Day(_) => (K::Day, Vec::new()),
            Field::Flag(_) => (K::Flag, Vec::new()),
            Field::LastMenu => (K::Choice, Vec::new()),
            Field::Category => {
                let names: Vec<String> = settings.visit_categories.iter().map(|category| category.name.clone()).collect();
                (K::Choice, own(&names))
            }
            Field::Channel => (K::Choice, own(&settings.channels)),
            Field::Gender => (K::Choice, values(GENDERS)),
            Field::Listed => (K::Choice, values(LISTS)),
            Field::Average | Field::Trailing => (K::Frequency, Vec::new()),
            Field::Gaps => (K::Gaps, Vec::new()),
            Field::Reservation => (K::Reservation, Vec::new()),
            Field::Segment => (K::Segment, Vec::new()),
        };
        field(word, kind, values)
    });
    let reservation = RESERVATION_FIELDS.iter().map(|word| {
        let (kind, values) = match word.means {
            // As the setting offers them; those still in use besides are found by `listLabels` (R2).
            ReservationField::Status => {
                (K::Choice, values(LABELS.iter().filter(|word| settings.prepayment || !word.means.needs_prepayment())))
            }
            ReservationField::Day => (K::Day, Vec::new()),
            ReservationField::Staff | ReservationField::Menu | ReservationField::Shop => (K::Choice, Vec::new()),
        };
        field(word, kind, values)
    });
    (customer.collect(), reservation.collect())
}
