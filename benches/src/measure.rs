//! Two sides, measured turn by turn on a machine that others use too: what counts is their ratio.

use std::fmt::Debug;
use std::hint::black_box;
use std::time::Instant;

use crate::salon::Failure;

/// Times in nanoseconds, shortest first.
#[derive(Clone, Debug, Default)]
pub struct Times(Vec<u128>);

/// One line of the results.
#[derive(Debug)]
pub struct Line {
    /// What was done.
    pub what: String,
    /// How long the library took.
    pub ours: Times,
    /// How long the peer took, which is a hand-written SQLite unless the line names another; empty where there is nothing to compare.
    pub peer: Times,
    /// What both sides answered, or another remark.
    pub remark: String,
}

impl Times {
    fn take(&mut self, nanoseconds: u128) {
        let place = self.0.partition_point(|time| *time <= nanoseconds);
        self.0.insert(place, nanoseconds);
    }

    /// The time that so many percent of the runs took at most.
    #[must_use]
    pub fn percentile(&self, percent: usize) -> Option<u128> {
        let last = self.0.len().checked_sub(1)?;
        self.0.get((last * percent).div_ceil(100)).copied()
    }

    /// Times taken elsewhere.
    #[must_use]
    pub fn of(mut nanoseconds: Vec<u128>) -> Self {
        nanoseconds.sort_unstable();
        Self(nanoseconds)
    }

    fn shown(&self, percent: usize) -> String {
        self.percentile(percent).map_or_else(|| "–".to_owned(), duration)
    }
}

/// Nanoseconds in a unit that leaves one to four digits before the point.
#[must_use]
pub fn duration(nanoseconds: u128) -> String {
    let (unit, divisor) = match nanoseconds {
        0..10_000 => return format!("{nanoseconds} ns"),
        10_000..10_000_000 => ("µs", 1_000),
        10_000_000..10_000_000_000 => ("ms", 1_000_000),
        _ => ("s", 1_000_000_000),
    };
    format!("{}.{} {unit}", nanoseconds / divisor, nanoseconds % divisor * 10 / divisor)
}

/// Runs both sides by turns, each beginning every other round, and holds them to the same answer. A run does `per` pieces of work.
pub fn side_by_side<T: PartialEq + Debug>(
    what: impl Into<String>,
    rounds: u32,
    per: u32,
    mut ours: impl FnMut(u32) -> Result<T, Failure>,
    mut peer: impl FnMut(u32) -> Result<T, Failure>,
) -> Result<Line, Failure> {
    let mut line = Line { what: what.into(), ours: Times::default(), peer: Times::default(), remark: String::new() };
    for round in 0..rounds {
        let one = |answer: &mut dyn FnMut(u32) -> Result<T, Failure>, times: &mut Times| -> Result<T, Failure> {
            let began = Instant::now();
            let answered = black_box(answer(round)?);
            times.take(began.elapsed().as_nanos() / u128::from(per.max(1)));
            Ok(answered)
        };
        let (mine, theirs) = if round % 2 == 0 {
            let mine = one(&mut ours, &mut line.ours)?;
            (mine, one(&mut peer, &mut line.peer)?)
        } else {
            let theirs = one(&mut peer, &mut line.peer)?;
            (one(&mut ours, &mut line.ours)?, theirs)
        };
        if mine != theirs {
            return Err(format!("{}: the two sides differ: {mine:?} and {theirs:?}", line.what).into());
        }
    }
    Ok(line)
}

/// Runs one side alone.
pub fn alone<T>(times: &mut Times, work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    let began = Instant::now();
    let done = black_box(work()?);
    times.take(began.elapsed().as_nanos());
    Ok(done)
}

impl Line {
    /// The same with a remark.
    #[must_use]
    pub fn remark(mut self, remark: impl Into<String>) -> Self {
        self.remark = remark.into();
        self
    }

    /// How many times as long the peer took, by the medians.
    #[must_use]
    pub fn ratio(&self) -> String {
        let (Some(ours), Some(peer)) = (self.ours.percentile(50), self.peer.percentile(50)) else { return "–".to_owned() };
        let hundredths = peer * 100 / ours.max(1);
        if hundredths >= 1000 { format!("{}×", hundredths / 100) } else { format!("{}.{:02}×", hundredths / 100, hundredths % 100) }
    }

    /// The line of a Markdown table under [`HEADING`].
    #[must_use]
    pub fn row(&self) -> String {
        format!(
            "| {} | {} | {} | {} | {} | {} | {} |",
            self.what,
            self.ours.shown(50),
            self.ours.shown(99),
            self.peer.shown(50),
            self.peer.shown(99),
            self.ratio(),
            self.remark
        )
    }
}

/// The head of the table.
pub const HEADING: &str = "| work | daicho p50 | p99 | peer p50 | p99 | peer ÷ daicho | remark |\n|---|--:|--:|--:|--:|--:|---|";

/// The memory this process has in use, in kilobytes; 0 where the system does not say.
#[must_use]
pub fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()).and_then(|number| number.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_and_ratios_are_of_whole_numbers() {
        let times = Times::of((1..=100).rev().collect());
        assert_eq!((times.percentile(0), times.percentile(50), times.percentile(100)), (Some(1), Some(51), Some(100)));
        assert_eq!(Times::default().percentile(50), None);
        let line =
            |ours, peer| Line { what: String::new(), ours: Times::of(vec![ours]), peer: Times::of(vec![peer]), remark: String::new() };
        assert_eq!(
            (line(200, 350).ratio(), line(2, 50).ratio(), line(100, 5).ratio()),
            ("1.75×".to_owned(), "25×".to_owned(), "0.05×".to_owned())
        );
        assert_eq!([duration(9_999), duration(1_234_567), duration(61_500_000_000)], ["9999 ns", "1234.5 µs", "61.5 s"]);
    }

    #[test]
    fn two_sides_that_differ_are_an_error() {
        assert!(side_by_side("same", 2, 1, Ok, Ok).is_ok());
        assert!(side_by_side("other", 2, 1, Ok, |round| Ok(round + 1)).is_err());
    }
}
