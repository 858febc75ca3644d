//! Amounts of money as people write them: `10000`, `10,000`, `1万5千`, `1.5万`, `1千万`.

use super::reader::{Expected, Reader, Stuck};
use crate::money::Yen;
use crate::search::asked::MOST_YEN;

const YEN: Expected = Expected::kind("an amount such as 10000", "金額 (10000、10,000円、1万円 など)");

/// What stands before an amount.
pub(super) const MARKS: &[&str] = &["¥", "￥"];

// The units that count in tens of thousands, and those within such a group; the larger first.
const GROUPS: &[(&str, i64)] = &[("億", 100_000_000), ("万", 10_000)];
const WITHIN: &[(&str, i64)] = &[("千", 1_000), ("百", 100)];

/// An amount, far beyond what a salon takes at most: it is the same when it is printed and read again.
pub(super) fn yen(reader: &mut Reader) -> Result<Yen, Stuck> {
    let place = reader.place();
    reader.over(MARKS);
    let negative = reader.over(&["-"]);
    reader.over(MARKS);
    match falling(reader, GROUPS, |reader| falling(reader, WITHIN, digits)).and_then(Part::whole).filter(|amount| *amount <= MOST_YEN) {
        Some(amount) => Ok(Yen(if negative { amount.saturating_neg() } else { amount })),
        None => {
            reader.back_to(place);
            reader.stuck(YEN)
        }
    }
}

/// A number that may have decimals until a unit makes it whole: `1.5` of `1.5万`.
#[derive(Clone, Copy)]
struct Part {
    digits: i64,
    /// What to divide by: a power of ten.
    scale: i64,
}

impl Part {
    const fn whole(self) -> Option<i64> {
        if self.digits.rem_euclid(self.scale) == 0 { self.digits.checked_div(self.scale) } else { None }
    }

    fn times(self, unit: i64) -> Option<Self> {
        Some(Self { digits: self.digits.checked_mul(unit)?, ..self })
    }
}

// Parts with units that fall, such as 1億2万3: what follows a unit is smaller than it. Only the first may have decimals, and only if nothing follows.
fn falling(reader: &mut Reader, units: &[(&str, i64)], part: impl Fn(&mut Reader) -> Option<Part>) -> Option<Part> {
    let (mut sum, mut below) = (0_i64, None);
    loop {
        let one = part(reader)?;
        let unit = units.iter().find(|(unit, _)| reader.over(&[unit])).map_or(1, |(_, unit)| *unit);
        let one = one.times(unit)?;
        if below.is_none() && (unit == 1 || !reader.begins_digit()) {
            return Some(one);
        }
        // 1.5万5千 is no way to write an amount.
        if one.scale > 1 || below.is_some_and(|below| one.digits >= below) {
            return None;
        }
        (sum, below) = (sum.checked_add(one.digits)?, Some(unit));
        if unit == 1 || !reader.begins_digit() {
            return Some(Part { digits: sum, scale: 1 });
        }
    }
}

fn digits(reader: &mut Reader) -> Option<Part> {
    let whole = reader.digits()?;
    let Some((decimals, scale)) = reader.decimals() else { return Some(Part { digits: whole, scale: 1 }) };
    Some(Part { digits: whole.checked_mul(scale)?.checked_add(decimals)?, scale })
}
