//! Business days (T2) and months (T4), counted one by one: slow, and nothing to get wrong.

/// Milliseconds since 1970 in UTC.
pub(super) type Ms = i64;
/// Days since 1970-01-01.
pub(super) type Day = i64;

pub(super) const MINUTE: Ms = 60_000;
pub(super) const HOUR: Ms = 60 * MINUTE;
pub(super) const DAY: Ms = 24 * HOUR;

/// Where the salon's clocks stand, and when its day begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) offset_minutes: i64,
    pub(super) day_starts_minutes: i64,
}

impl Clock {
    /// The business day that holds an instant.
    pub(super) const fn day_of(self, at: Ms) -> Day {
        (at + (self.offset_minutes - self.day_starts_minutes) * MINUTE).div_euclid(DAY)
    }

    /// The day that a wall calendar shows.
    pub(super) const fn wall_day_of(self, at: Ms) -> Day {
        (at + self.offset_minutes * MINUTE).div_euclid(DAY)
    }

    /// What the clocks show, in minutes after midnight.
    pub(super) const fn minutes_at(self, at: Ms) -> i64 {
        (at - self.at(self.wall_day_of(at), 0)).div_euclid(MINUTE)
    }

    /// When the clocks show so many minutes after midnight of a day on the wall calendar.
    pub(super) const fn at(self, day: Day, minutes: i64) -> Ms {
        day * DAY + (minutes - self.offset_minutes) * MINUTE
    }

    /// The first instant of a business day.
    pub(super) const fn start_of(self, day: Day) -> Ms {
        self.at(day, self.day_starts_minutes)
    }
}

const fn leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

const fn length(year: i64, month: i64) -> i64 {
    match month {
        2 if leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

// Year, month from 1, day from 1; the years from 1970 on are all that is needed here.
fn civil(day: Day) -> (i64, i64, i64) {
    let (mut year, mut month, mut left) = (1970, 1, day);
    while left >= length(year, month) {
        left -= length(year, month);
        (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    }
    (year, month, left + 1)
}

fn number(year: i64, month: i64, day: i64) -> Day {
    let (mut y, mut m, mut passed) = (1970, 1, 0);
    while (y, m) != (year, month) {
        passed += length(y, m);
        (y, m) = if m == 12 { (y + 1, 1) } else { (y, m + 1) };
    }
    passed + day - 1
}

/// The same day n months later, or the last of that month (T4).
pub(super) fn months_after(day: Day, months: i64) -> Day {
    let (mut year, mut month, day) = civil(day);
    for _ in 0..months {
        (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    }
    number(year, month, day.min(length(year, month)))
}

pub(super) fn shown(day: Day) -> String {
    let (year, month, day) = civil(day);
    format!("{year:04}-{month:02}-{day:02}")
}
