use core::cmp::Ordering;

use super::columns::{Found, Stand};
use crate::error::{Error, LedgerError, SearchError};
use crate::log::digest_hex;

/// Rows of a page when nobody says how many.
const PAGE_SIZE: u32 = 50;

/// How large pages may be.
#[derive(Clone, Copy)]
pub(crate) struct Sizes {
    most: u32,
}

impl Sizes {
    /// Of rows, that hold names and all.
    pub(crate) const OF_ROWS: Self = Self { most: 1_000 };
    /// Of nothing but ids.
    pub(super) const OF_IDS: Self = Self { most: 100_000 };
    /// Of ids and columns as bytes: nothing is made of each row, so the whole of a large chain may be one page.
    pub(super) const OF_PACKED: Self = Self { most: 1_000_000 };

    /// The same, as it is asked for.
    pub(super) const fn limit(self) -> u32 {
        self.most
    }

    /// How many rows a page is to have.
    pub(crate) fn size(self, asked: Option<u32>) -> Result<usize, SearchError> {
        let size = asked.unwrap_or(PAGE_SIZE);
        let size = usize::try_from(size).ok().filter(|_| (1..=self.most).contains(&size));
        size.ok_or(SearchError::PageSize { field: "pageSize", max: self.most })
    }

    /// The most rows of a page.
    pub(super) fn most(self) -> usize {
        usize::try_from(self.most).unwrap_or(usize::MAX)
    }
}

/// All that decides which rows there are and in which order. A cursor names it by a digest.
pub(super) trait Decides {
    fn digest(&self) -> Result<String, Error>;
}

/// An operation and what it is asked.
pub(super) struct Plainly<Q>(pub(super) &'static str, pub(super) Q);

impl<Q: serde::Serialize> Decides for Plainly<Q> {
    fn digest(&self) -> Result<String, Error> {
        digest(self.0, &self.1)
    }
}

/// What a cursor calls a question.
pub(super) fn digest(name: &str, question: &impl serde::Serialize) -> Result<String, Error> {
    let question = crate::encode::to_json(question).map_err(|_| LedgerError::Encoding { place: "question" })?;
    Ok(digest_hex(&[name.as_bytes(), b"\n", question.as_bytes()]).chars().take(16).collect())
}

/// Which page of which question is asked for (S9).
pub(super) struct Paging<'q> {
    size: usize,
    sequence: u32,
    // Digested only where there is a cursor to read or to make.
    question: &'q dyn Decides,
    cursor: Option<Cursor>,
}

/// Where a page ended: after which row, at which place of the log, in answer to which question. A cursor outlives a page and may be logged
/// by a host, so it names the row by its id and holds nothing that was searched for or found.
struct Cursor {
    sequence: u32,
    seen: u32,
    last: u32,
}

/// One page.
pub(super) struct Cut<T> {
    pub(super) rows: Vec<T>,
    pub(super) total: u32,
    pub(super) cursor: Option<String>,
}

impl Cursor {
    const VERSION: &'static str = "1";
    const LENGTH: usize = 41;

    fn text(&self, question: &str) -> String {
        let mut text = String::with_capacity(Self::LENGTH);
        text.push_str(Self::VERSION);
        // Not by `format`, which would be a twentieth of a whole question.
        for number in [self.sequence, self.seen, self.last] {
            for place in (0..8).rev() {
                text.push(char::from_digit(number >> (4 * place) & 0xF, 16).unwrap_or_default());
            }
        }
        text.push_str(question);
        text
    }

    fn read(text: &str, question: &str) -> Result<Self, SearchError> {
        let wrong = || SearchError::Cursor { field: "cursor" };
        let digits = |text: &str| text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        if text.len() != Self::LENGTH || !text.starts_with(Self::VERSION) || !digits(text) {
            return Err(wrong());
        }
        let number =
            |from: usize| text.get(from..from.saturating_add(8)).and_then(|hex| u32::from_str_radix(hex, 16).ok()).ok_or_else(wrong);
        let cursor = Self { sequence: number(1)?, seen: number(9)?, last: number(17)? };
        if text.get(25..) == Some(question) { Ok(cursor) } else { Err(SearchError::CursorOfOther { field: "cursor" }) }
    }
}

impl<'q> Paging<'q> {
    /// The page that is asked for.
    pub(super) fn of(
        sizes: Sizes,
        page_size: Option<u32>,
        cursor: Option<&str>,
        sequence: u32,
        question: &'q dyn Decides,
    ) -> Result<Self, Error> {
        let size = sizes.size(page_size)?;
        let cursor = cursor.map(|text| Ok::<_, Error>(Cursor::read(text, &question.digest()?)?)).transpose()?;
        // No page of this ledger can have ended at a place it has not reached.
        if cursor.as_ref().is_some_and(|cursor| cursor.sequence > sequence) {
            return Err(SearchError::Cursor { field: "cursor" }.into());
        }
        Ok(Self { size, sequence, question, cursor })
    }

    /// The page out of all matches. Rows are told apart by `id`, and no two are equal to `compare`.
    ///
    /// It begins after the row the last page ended with, wherever that row `stand`s by now; it need not be a match any more, for what matches may also change
    /// with the hour. If the row itself is gone, as many matches are left out as pages have shown before it.
    pub(super) fn cut<T: Copy>(
        &self,
        mut matches: Vec<T>,
        compare: impl Fn(&T, &T) -> Ordering,
        id: impl Fn(&T) -> u32,
        stand: impl Fn(u32) -> Option<T>,
    ) -> Result<Cut<T>, Error> {
        let all = matches.len();
        if let Some(cursor) = &self.cursor {
            match stand(cursor.last) {
                Some(last) => matches.retain(|row| compare(row, &last) == Ordering::Greater),
                // At the very place of the log where the page ended, its last row is there.
                None if cursor.sequence == self.sequence => return Err(SearchError::Cursor { field: "cursor" }.into()),
                None => {
                    matches.sort_unstable_by(&compare);
                    let gone = usize::try_from(cursor.seen.saturating_sub(1)).unwrap_or(usize::MAX);
                    matches.drain(..gone.min(all));
                }
            }
        }
        let before = all.saturating_sub(matches.len());
        let more = matches.len() > self.size;
        if more {
            // Only the page itself needs to be in order.
            matches.select_nth_unstable_by(self.size, &compare);
            matches.truncate(self.size);
        }
        matches.sort_unstable_by(&compare);
        let cursor = matches.last().filter(|_| more).map(|last| self.next(before.saturating_add(matches.len()), id(last))).transpose()?;
        Ok(Cut { rows: matches, total: count(all), cursor })
    }

    /// The page out of matches that are nowhere laid out one by one: `stand` says where a row of an id stands, a match or not, `first` finds the first so
    /// many after one, and counts, `id` says whose a row is. The same page as [`cut`](Self::cut) makes of the same matches.
    pub(super) fn pick(
        &self,
        stand: impl Fn(u32) -> Option<Stand>,
        first: impl Fn(Option<Stand>, usize) -> Result<Found, Error>,
        id: impl Fn(u32) -> u32,
    ) -> Result<Cut<u32>, Error> {
        let (mut after, mut gone) = (None, 0);
        if let Some(cursor) = &self.cursor {
            after = stand(cursor.last);
            if after.is_none() {
                if cursor.sequence == self.sequence {
                    return Err(SearchError::Cursor { field: "cursor" }.into());
                }
                gone = usize::try_from(cursor.seen.saturating_sub(1)).unwrap_or(usize::MAX);
            }
        }
        let Found { first: mut rows, all, left } = first(after, gone.saturating_add(self.size))?;
        rows.drain(..gone.min(rows.len()));
        let left = left.saturating_sub(gone);
        let before = all.saturating_sub(left);
        let cursor =
            rows.last().filter(|_| left > self.size).map(|last| self.next(before.saturating_add(rows.len()), id(*last))).transpose()?;
        Ok(Cut { rows, total: count(all), cursor })
    }

    // What the next page is asked with, once so many rows were seen and this was the last.
    fn next(&self, seen: usize, last: u32) -> Result<String, Error> {
        let cursor = Cursor { sequence: self.sequence, seen: count(seen), last };
        Ok(cursor.text(&self.question.digest()?))
    }
}

// Ids are 32 bits wide, so there are never more rows than that.
fn count(rows: usize) -> u32 {
    u32::try_from(rows).unwrap_or(u32::MAX)
}
