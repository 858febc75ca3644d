use core::fmt::Write as _;

use super::level::{Level, Shape};
use super::words::{
    FIELDS, Field, GENDERS, JOINTS, Joint, LABELS, LISTS, NONE, PREFIXES, RESERVATION_FIELDS, ReservationField, TODAY, Tongue, UNITS, Unit,
    Word, said,
};
use crate::record::{Condition, Count, DaySpan, Frequency, ReservationCondition, When, YenRange};

/// A condition as a line of the query language. [`parse`](super::parse) reads it back as the same condition, in either tongue.
#[must_use]
pub fn print(condition: &Condition, tongue: Tongue) -> String {
    let mut printer = Printer { line: String::new(), tongue };
    printer.condition(condition, Tightness::Or, Printer::customer);
    printer.line
}

/// How closely what stands around holds its parts together.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Tightness {
    Or,
    And,
    One,
}

struct Printer {
    line: String,
    tongue: Tongue,
}

impl Printer {
    fn condition<C: Level>(&mut self, condition: &C, around: Tightness, leaf: fn(&mut Self, &C)) {
        let (joint, of, own, inside) = match condition.shape() {
            Shape::All(of) => (Joint::And, of, Tightness::And, Tightness::One),
            Shape::Any(of) => (Joint::Or, of, Tightness::Or, Tightness::And),
            Shape::Not(that) => {
                // LINE連携なし, as people write it.
                if let (Some(flag), Tongue::Japanese) = (that.flag(), self.tongue) {
                    self.say(FIELDS, &Field::Flag(flag));
                    return self.line.push_str(NONE);
                }
                self.say(PREFIXES, &Joint::Not);
                self.line.push(' ');
                return self.condition(that, Tightness::One, leaf);
            }
            Shape::Leaf(condition) => return leaf(self, condition),
        };
        if of.len() < 2 {
            // Of one or of none: said so, lest it be read back as something else.
            self.say(PREFIXES, if joint == Joint::And { &Joint::All } else { &Joint::Any });
            self.line.push('(');
            of.iter().for_each(|one| self.condition(one, Tightness::Or, leaf));
            self.line.push(')');
            return;
        }
        let wrapped = own < around;
        if wrapped {
            self.line.push('(');
        }
        for (place, one) in of.iter().enumerate() {
            if place > 0 {
                self.line.push(' ');
                self.say(JOINTS, &joint);
                self.line.push(' ');
            }
            self.condition(one, inside, leaf);
        }
        if wrapped {
            self.line.push(')');
        }
    }

    fn customer(&mut self, condition: &Condition) {
        let field = |printer: &mut Self, field: Field| printer.say(FIELDS, &field);
        match condition {
            // The shapes are printed above.
            Condition::All { .. } | Condition::Any { .. } | Condition::Not { .. } => {}
            Condition::Text { field: of, contains } => {
                field(self, Field::Text(*of));
                self.line.push_str(" ~ ");
                self.quoted(contains);
            }
            Condition::Number { is } => {
                field(self, Field::Number);
                self.line.push_str(" = ");
                self.quoted(is);
            }
            Condition::CustomField { name, contains } => {
                field(self, Field::Own);
                self.line.push('(');
                self.quoted(name);
                self.line.push(')');
                if let Some(contains) = contains {
                    self.line.push_str(" ~ ");
                    self.quoted(contains);
                }
            }
            Condition::Count { field: of, count } => {
                field(self, Field::Count(*of));
                self.count(*count);
            }
            Condition::Money { field: of, yen } => {
                field(self, Field::Money(*of));
                self.yen(*yen);
            }
            Condition::Day { field: of, days } => {
                field(self, Field::Day(*of));
                self.days(*days);
            }
            Condition::Flag { flag } => field(self, Field::Flag(*flag)),
            Condition::LastMenu { of } => {
                field(self, Field::LastMenu);
                self.texts(of);
            }
            Condition::Category { of } => {
                field(self, Field::Category);
                self.texts(of);
            }
            Condition::Channel { of } => {
                field(self, Field::Channel);
                self.texts(of);
            }
            Condition::Gender { of } => {
                field(self, Field::Gender);
                self.words(of, GENDERS);
            }
            Condition::Listed { on } => {
                field(self, Field::Listed);
                self.words(on, LISTS);
            }
            Condition::Frequency { frequency } => self.frequency(*frequency),
            Condition::Reservation { that } => {
                field(self, Field::Reservation);
                self.line.push('(');
                self.condition(that.as_ref(), Tightness::Or, Self::reservation);
                self.line.push(')');
            }
            Condition::Segment { segment } => {
                field(self, Field::Segment);
                self.line.push('(');
                self.quoted(segment.as_str());
                self.line.push(')');
            }
        }
    }

    fn reservation(&mut self, condition: &ReservationCondition) {
        let field = |printer: &mut Self, field: ReservationField| printer.say(RESERVATION_FIELDS, &field);
        match condition {
            ReservationCondition::All { .. } | ReservationCondition::Any { .. } | ReservationCondition::Not { .. } => {}
            ReservationCondition::Status { of } => {
                field(self, ReservationField::Status);
                self.words(of, LABELS);
            }
            ReservationCondition::Day { days } => {
                field(self, ReservationField::Day);
                self.days(*days);
            }
            ReservationCondition::Staff { of } => {
                field(self, ReservationField::Staff);
                self.texts(of);
            }
            ReservationCondition::Menu { of } => {
                field(self, ReservationField::Menu);
                self.texts(of);
            }
            ReservationCondition::Shop { of } => {
                field(self, ReservationField::Shop);
                self.texts(of);
            }
        }
    }

    fn say<T: PartialEq>(&mut self, words: &'static [Word<T>], means: &T) {
        self.line.push_str(said(words, means, self.tongue));
    }

    fn quoted(&mut self, text: &str) {
        self.line.push_str(&quoted(text));
    }

    fn list<T>(&mut self, of: &[T], one: impl Fn(&mut Self, &T)) {
        self.line.push_str(" = ");
        if let [only] = of {
            return one(self, only);
        }
        self.line.push('(');
        for (place, item) in of.iter().enumerate() {
            if place > 0 {
                self.line.push_str(", ");
            }
            one(self, item);
        }
        self.line.push(')');
    }

    fn texts<T: ToString>(&mut self, of: &[T]) {
        self.list(of, |printer, text| printer.quoted(&text.to_string()));
    }

    fn words<T: PartialEq>(&mut self, of: &[T], words: &'static [Word<T>]) {
        self.list(of, |printer, one| printer.say(words, one));
    }

    fn number(&mut self, number: impl core::fmt::Display) {
        // Writing into a string cannot fail.
        let _ = write!(self.line, "{number}");
    }

    fn ends<T: Copy + PartialEq>(&mut self, from: Option<T>, to: Option<T>, one: impl Fn(&mut Self, T)) {
        match (from, to) {
            (Some(from), Some(to)) if from == to => {
                self.line.push_str(" = ");
                one(self, from);
            }
            (Some(from), None) => {
                self.line.push_str(" >= ");
                one(self, from);
            }
            (None, Some(to)) => {
                self.line.push_str(" <= ");
                one(self, to);
            }
            (from, to) => {
                self.line.push_str(" = ");
                from.into_iter().for_each(|from| one(self, from));
                self.line.push_str("..");
                to.into_iter().for_each(|to| one(self, to));
            }
        }
    }

    fn count(&mut self, count: Count) {
        let times = if self.tongue == Tongue::Japanese { "回" } else { "" };
        let _ = match count {
            Count::Exactly { count } => write!(self.line, " = {count}{times}"),
            Count::Between { from, to } => write!(self.line, " = {from}..{to}{times}"),
            Count::AtLeast { count } => write!(self.line, " >= {count}{times}"),
            Count::AtMost { count } => write!(self.line, " <= {count}{times}"),
        };
    }

    fn yen(&mut self, yen: YenRange) {
        self.ends(yen.from, yen.to, |printer, yen| printer.number(yen.0));
        if self.tongue == Tongue::Japanese && (yen.from.is_some() || yen.to.is_some()) {
            self.line.push('円');
        }
    }

    fn days(&mut self, span: DaySpan) {
        self.ends(span.from, span.to, |printer, when| match when {
            When::Day { day } => printer.number(day),
            When::Days { days: 0 } => printer.line.push_str(TODAY.said(printer.tongue)),
            When::Days { days } => printer.offset(days, Unit::Days),
            When::Months { months } => printer.offset(months, Unit::Months),
        });
    }

    fn offset(&mut self, number: i32, unit: Unit) {
        if number > 0 {
            self.line.push('+');
        }
        self.number(number);
        self.say(UNITS, &unit);
    }

    fn frequency(&mut self, frequency: Frequency) {
        let times = if self.tongue == Tongue::Japanese { "回" } else { "" };
        let (field, days, tail) = match frequency {
            Frequency::Average { days, times: least } => (Field::Average, days, format!(") >= {least}{times}")),
            Frequency::Trailing { days, times: least } => (Field::Trailing, days, format!(") >= {least}{times}")),
            Frequency::LastGaps { days } => (Field::Gaps, days, String::new()),
        };
        self.say(FIELDS, &field);
        self.line.push_str(if tail.is_empty() { " <= " } else { "(" });
        self.number(days);
        self.say(UNITS, &Unit::Days);
        self.line.push_str(&tail);
    }
}

/// A text as it stands in a line, whatever it holds.
pub(super) fn quoted(text: &str) -> String {
    let mut line = "\"".to_owned();
    for c in text.chars() {
        if matches!(c, '"' | '＂' | '\\') {
            line.push('\\');
        }
        line.push(c);
    }
    line.push('"');
    line
}
