use super::crowd::{Crowd, is_stand_in, rarity, tells};
use super::person::{Born, Key, Name, Part, Person, wholes};
use super::points::{Likelihood, MOST_BY_ONE, Matter, Says, is_firm, likelihood, of, of_name};

/// What two persons have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Comparison {
    /// The sum, at least [`Likelihood::Possible`]'s.
    pub(crate) points: i32,
    /// What it means.
    pub(crate) likelihood: Likelihood,
    /// What it is the sum of, in the order of [`Matter`].
    pub(crate) signals: Vec<(Matter, Says, i32)>,
}

/// Whether two parts of names can be one, and how.
pub(super) fn parts(one: Part, other: Part) -> Says {
    let shared = |key: Key, same: Key| key != 0 && key == same;
    let read = one.reading != 0 && other.reading != 0;
    let in_kana = one.in_kana || other.in_kana || one.writing == 0 || other.writing == 0;
    let confused = shared(one.confused, other.confused);
    if shared(one.writing, other.writing) {
        return if read && one.unvoiced != other.unvoiced { Says::OtherReading } else { Says::Same };
    }
    if shared(one.unvoiced, other.unvoiced) {
        return match one.reading == other.reading {
            _ if !in_kana && confused => Says::Confusable,
            true if in_kana => Says::SameReading,
            false if in_kana => Says::NearReading,
            true => Says::OtherWriting,
            false => Says::Different,
        };
    }
    match read {
        false if confused => Says::Confusable,
        false if in_kana => Says::Unknown,
        _ => Says::Different,
    }
}

// One way to lay two names beside each other.
struct Beside {
    // None, where one of the two has nothing written and nothing read: somebody who is still being typed in.
    family: Option<Says>,
    given: Option<Says>,
    swapped: bool,
    former: bool,
    rarity: Option<i32>,
    points: i32,
}

impl Beside {
    fn of(crowd: &impl Crowd, two: [&Person; 2], [one, other]: [&Name; 2], (swapped, former): (bool, bool)) -> Option<Self> {
        let (theirs_family, theirs_given) = if swapped { (other.given, other.family) } else { (other.family, other.given) };
        let said = |one: Part, other: Part| (!one.is_empty() && !other.is_empty()).then(|| parts(one, other));
        let (family, given) = (said(one.family, theirs_family), said(one.given, theirs_given));
        let firm = family.is_some_and(is_firm) && given.is_some_and(is_firm);
        // Who stands in each other's place is the same in both, or it is chance.
        if swapped && !firm {
            return None;
        }
        let mut points = 0_i32;
        for (matter, says) in [(Matter::FamilyName, family), (Matter::GivenName, given)] {
            if let Some(says) = says {
                points = points.saturating_add(of_name(matter, says)?);
            }
        }
        let rarity = firm.then(|| {
            let rarest = |one: [(Key, Key, bool); 4], other: [(Key, Key, bool); 4]| {
                let both = one.iter().flat_map(|own| other.iter().map(move |theirs| (own, theirs)));
                let shared = both.filter(|((family, given, whole), theirs)| {
                    (*family, *given) == (theirs.0, theirs.1) && *family != 0 && *given != 0 && (*whole || theirs.2)
                });
                shared.map(|((family, given, _), _)| rarity(crowd, (*family, *given), two)).max().unwrap_or_default()
            };
            let straight = rarest(wholes(one.family, one.given), wholes(theirs_family, theirs_given));
            // In the other's order the 名 of one is the 姓 of the other: the less rare of both counts.
            if swapped { straight.min(rarest(wholes(one.given, one.family), wholes(other.family, other.given))) } else { straight }
        });
        points = points.saturating_add(rarity.unwrap_or_default());
        for (is, matter) in [(swapped, Matter::NameOrder), (former, Matter::FormerName)] {
            points = points.saturating_add(if is { of(matter, Says::Same) } else { 0 });
        }
        Some(Self { family, given, swapped, former, rarity, points })
    }

    // Of all names that the two have or had.
    fn best(crowd: &impl Crowd, two: [&Person; 2]) -> Option<Self> {
        let [one, other] = two;
        let mut best: Option<Self> = None;
        for (place, name) in one.names.iter().enumerate() {
            for (theirs, other) in other.names.iter().enumerate() {
                for swapped in [false, true] {
                    let beside = Self::of(crowd, two, [name, other], (swapped, place > 0 || theirs > 0));
                    if let Some(beside) = beside.filter(|beside| best.as_ref().is_none_or(|best| best.points < beside.points)) {
                        best = Some(beside);
                    }
                }
            }
        }
        best
    }

    fn signals(&self) -> Vec<(Matter, Says, i32)> {
        let part = |matter, says: Option<Says>| says.map(|says| (matter, says, of_name(matter, says).unwrap_or_default()));
        let mut signals: Vec<_> =
            [part(Matter::FamilyName, self.family), part(Matter::GivenName, self.given)].into_iter().flatten().collect();
        for (is, matter) in [(self.swapped, Matter::NameOrder), (self.former, Matter::FormerName)] {
            if is {
                signals.push((matter, Says::Same, of(matter, Says::Same)));
            }
        }
        if let Some(points) = self.rarity.filter(|points| *points != 0) {
            signals.push((Matter::Rarity, if points > 0 { Says::Rare } else { Says::Common }, points));
        }
        signals
    }

    fn is_compared(&self) -> bool {
        [self.family, self.given].into_iter().flatten().any(|says| says != Says::Unknown)
    }
}

// Whether something is shared, of which both have any at all.
fn shares(own: &[Key], theirs: &[Key], says: impl Fn(Key) -> Option<Says>) -> Option<Says> {
    let shared = own.iter().filter(|key| theirs.binary_search(key).is_ok()).filter_map(|key| says(*key)).min();
    let both = || own.iter().any(|key| says(*key).is_some()) && theirs.iter().any(|key| says(*key).is_some());
    shared.or_else(|| both().then_some(Says::Different))
}

fn birthdays(one: Born, other: Born) -> Says {
    let year = one.year.zip(other.year);
    let (month, day) = (one.month == other.month, one.day == other.day);
    match year {
        None if month && day => Says::SameDay,
        None => Says::Different,
        Some((one_year, others_year)) => match (one_year == others_year, month, day) {
            (true, true, true) => Says::Same,
            (true, true, false) | (true, false, true) | (false, true, true) => Says::Near,
            (true, false, false) if one.month == other.day && one.day == other.month => Says::Near,
            _ => Says::Different,
        },
    }
}

/// Whether two who both have exactly this one's names are worth a look by the day of their birth alone, the year of which is not known of both.
pub(super) fn is_day_enough(crowd: &impl Crowd, person: &Person) -> bool {
    let day = of(Matter::Birthday, Says::SameDay);
    Beside::best(crowd, [person, person]).is_some_and(|name| likelihood(name.points.saturating_add(day)).is_some())
}

impl Comparison {
    /// What two of a crowd have in common; none if that is not worth a look.
    pub(super) fn of(crowd: &impl Crowd, two: [&Person; 2]) -> Option<Self> {
        let [one, other] = two;
        let name = Beside::best(crowd, two)?;
        let mut signals = name.signals();
        let mut compared = u32::from(name.is_compared());
        let mut add = |matter, says: Option<Says>| {
            if let Some(says) = says {
                compared = compared.saturating_add(1);
                signals.push((matter, says, of(matter, says)));
            }
        };
        let phone = |key| {
            let says = if !name.given.is_some_and(is_firm) && crowd.is_household(key) { Says::Household } else { Says::Same };
            tells(crowd.phone(key)).then_some(says)
        };
        add(Matter::Phone, shares(&one.phones, &other.phones, phone));
        add(Matter::Email, shares(&one.emails, &other.emails, |key| tells(crowd.email(key)).then_some(Says::Same)));
        let born = |person: &Person| person.born.filter(|born| !is_stand_in(crowd, *born));
        add(Matter::Birthday, born(one).zip(born(other)).map(|(one, other)| birthdays(one, other)));
        let named = |line: &Person, name: &Person| line.line_name != 0 && name.joined.contains(&line.line_name);
        let line = match (one.line, other.line) {
            // An account is linked to one customer (L2).
            (true, true) => Some(Says::Different),
            (true, false) if named(one, other) => Some(Says::NameOnLine),
            (false, true) if named(other, one) => Some(Says::NameOnLine),
            _ => None,
        };
        add(Matter::Line, line);
        let sum = signals.iter().fold(0_i32, |sum, (_, _, points)| sum.saturating_add(*points));
        let points = if compared < 2 { sum.min(MOST_BY_ONE) } else { sum };
        Some(Self { points, likelihood: likelihood(points)?, signals })
    }
}
