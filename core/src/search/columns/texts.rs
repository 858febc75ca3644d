//! Texts that are searched in parts: a dictionary of the distinct ones, who bears each, and for every few characters in a row the texts that hold them.
//!
//! To look for a needle is to take the texts that hold the rarest two runs of characters in it, and to look through those. A text ends in runs that are
//! shorter, so a needle of one character is the beginning of a run too, and any needle is served from the same table.

use std::collections::BTreeMap;

use super::bits::{Bits, at, lengthen, number};
use super::lists::Lists;

pub(super) struct Texts {
    // Characters of a run: two where words are kanji, three where they are digits or letters.
    run: usize,
    // All texts, one after the other, and where each ends. A text that nobody bears any more is blanked.
    bytes: Vec<u8>,
    ends: Vec<u32>,
    bearers: Lists<u32>,
    // From a text to its number plus one: open addressing, 0 is free.
    table: Vec<u32>,
    unborne: usize,
    runs: BTreeMap<u64, Holding>,
}

/// The texts that hold a run, ascending: each as the distance from the one before, in groups of seven bits.
#[derive(Default)]
struct Holding {
    last: u32,
    distances: Vec<u8>,
}

const CHAR_BITS: u32 = 21;
const ANY_CHAR: u64 = (1 << CHAR_BITS) - 1;

impl Holding {
    fn push(&mut self, text: u32) {
        if !self.distances.is_empty() && self.last == text {
            return;
        }
        let mut rest = text.wrapping_sub(self.last);
        self.last = text;
        loop {
            let low = u8::try_from(rest & 0x7F).unwrap_or_default();
            rest >>= 7;
            if rest == 0 {
                self.distances.push(low);
                return;
            }
            self.distances.push(low | 0x80);
        }
    }

    fn texts(&self) -> impl Iterator<Item = u32> {
        let (mut at, mut shift, mut sum) = (0_u32, 0_u32, 0_u32);
        self.distances.iter().filter_map(move |byte| {
            sum |= u32::from(byte & 0x7F) << shift;
            if byte & 0x80 != 0 {
                shift = shift.saturating_add(7);
                return None;
            }
            at = at.wrapping_add(sum);
            (shift, sum) = (0, 0);
            Some(at)
        })
    }
}

// One number for some characters in a row; those that are not there are 0.
fn packed(characters: &[char], run: usize) -> u64 {
    (0..run).fold(0, |packed, place| packed << CHAR_BITS | characters.get(place).map_or(0, |c| u64::from(u32::from(*c))))
}

// FNV-1a: short keys of people, not of an attacker's choosing alone; a collision costs a comparison.
fn hash(text: &[u8]) -> usize {
    let hash = text.iter().fold(0x811C_9DC5_u32, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193));
    at(hash ^ hash >> 15)
}

impl Texts {
    /// Texts by runs of so many characters, three at most.
    pub(super) fn by(run: usize) -> Self {
        Self { run, bytes: Vec::new(), ends: Vec::new(), bearers: Lists::default(), table: Vec::new(), unborne: 0, runs: BTreeMap::new() }
    }

    fn text(&self, text: u32) -> &[u8] {
        let end = |place: Option<usize>| place.and_then(|place| self.ends.get(place)).map_or(0, |end| at(*end));
        self.bytes.get(end(at(text).checked_sub(1))..end(Some(at(text)))).unwrap_or_default()
    }

    /// The texts of a row; it had none before.
    pub(super) fn add(&mut self, row: u32, texts: &[String]) {
        for text in texts.iter().filter(|text| !text.is_empty()) {
            let entry = self.entry(text);
            if self.bearers.get(entry).binary_search(&row).is_err() {
                self.bearers.insert(entry, row);
            }
        }
    }

    /// Takes the texts of a row out again.
    pub(super) fn remove(&mut self, row: u32, texts: &[String]) {
        for text in texts {
            let Some(entry) = self.find(text.as_bytes()) else { continue };
            if self.bearers.get(entry).binary_search(&row).is_err() {
                continue;
            }
            self.bearers.remove(entry, row);
            if self.bearers.get(entry).is_empty() {
                self.blank(entry);
            }
        }
        if self.unborne > 64 && self.unborne > self.ends.len() / 2 {
            self.tidy();
        }
    }

    // Whoever left is not to be read out of memory.
    fn blank(&mut self, entry: u32) {
        let length = self.text(entry).len();
        let end = self.ends.get(at(entry)).map_or(0, |end| at(*end));
        if let Some(bytes) = self.bytes.get_mut(end.saturating_sub(length)..end) {
            bytes.fill(0);
        }
        self.unborne = self.unborne.saturating_add(1);
    }

    fn tidy(&mut self) {
        let old = core::mem::replace(self, Self::by(self.run));
        for entry in 0..number(old.ends.len()) {
            if let (bearers @ [_, ..], Ok(text)) = (old.bearers.get(entry), core::str::from_utf8(old.text(entry))) {
                let entry = self.entry(text);
                self.bearers.put(entry, bearers);
            }
        }
    }

    fn find(&self, text: &[u8]) -> Option<u32> {
        let mask = self.table.len().checked_sub(1)?;
        let mut place = hash(text) & mask;
        loop {
            let entry = self.table.get(place)?.checked_sub(1)?;
            if self.text(entry) == text {
                return Some(entry);
            }
            place = place.wrapping_add(1) & mask;
        }
    }

    fn entry(&mut self, text: &str) -> u32 {
        if let Some(entry) = self.find(text.as_bytes()) {
            return entry;
        }
        let entry = number(self.ends.len());
        let start = self.bytes.len();
        lengthen(&mut self.bytes, start.saturating_add(text.len()));
        if let Some(bytes) = self.bytes.get_mut(start..) {
            bytes.copy_from_slice(text.as_bytes());
        }
        self.ends.push(number(self.bytes.len()));
        if self.ends.len().saturating_mul(4) > self.table.len().saturating_mul(3) {
            self.table = vec![0; self.ends.len().saturating_mul(2).next_power_of_two().max(16)];
            (0..=entry).for_each(|entry| self.enter(entry));
        } else {
            self.enter(entry);
        }
        let characters: Vec<char> = text.chars().collect();
        for place in 0..characters.len() {
            let run = packed(characters.get(place..).unwrap_or_default(), self.run);
            self.runs.entry(run).or_default().push(entry);
        }
        entry
    }

    // A blanked text is entered nowhere when the table grows: nobody asks for it.
    fn enter(&mut self, entry: u32) {
        let text = self.text(entry);
        let (Some(mask), false) = (self.table.len().checked_sub(1), text.first() == Some(&0)) else { return };
        let mut place = hash(text) & mask;
        while let Some(kept) = self.table.get_mut(place) {
            if *kept == 0 {
                *kept = entry.saturating_add(1);
                return;
            }
            place = place.wrapping_add(1) & mask;
        }
    }

    /// The rows with a text that holds a needle; an empty one is in every text.
    pub(super) fn holding(&self, needle: &str, words: usize) -> Bits {
        let mut found = Bits::none(words);
        let characters: Vec<char> = needle.chars().collect();
        if characters.len() <= self.run {
            let least = packed(&characters, self.run);
            let open = u32::try_from(self.run.saturating_sub(characters.len())).unwrap_or_default().saturating_mul(CHAR_BITS);
            let most = least | (1_u64 << open).wrapping_sub(1);
            let whole = characters.len() == self.run;
            debug_assert!(whole || most & ANY_CHAR == ANY_CHAR);
            for entry in self.runs.range(least..=most).flat_map(|(_, holding)| holding.texts()) {
                self.found(entry, &mut found);
            }
            return found;
        }
        let mut holdings = Vec::new();
        for run in characters.windows(self.run) {
            match self.runs.get(&packed(run, self.run)) {
                Some(holding) => holdings.push(holding),
                None => return found,
            }
        }
        holdings.sort_by_key(|holding| holding.distances.len());
        let mut holdings = holdings.into_iter();
        let mut entries: Vec<u32> = holdings.next().map(|holding| holding.texts().collect()).unwrap_or_default();
        if let Some(holding) = holdings.next() {
            let mut others = holding.texts().peekable();
            entries.retain(|entry| {
                while others.next_if(|other| other < entry).is_some() {}
                others.peek() == Some(entry)
            });
        }
        let needle = needle.as_bytes();
        for entry in entries {
            if self.text(entry).windows(needle.len()).any(|part| part == needle) {
                self.found(entry, &mut found);
            }
        }
        found
    }

    /// The rows with any text.
    pub(super) fn any(&self, words: usize) -> Bits {
        let mut found = Bits::none(words);
        (0..number(self.ends.len())).for_each(|entry| self.found(entry, &mut found));
        found
    }

    fn found(&self, entry: u32, found: &mut Bits) {
        self.bearers.get(entry).iter().for_each(|row| found.set(*row, true));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(texts: &Texts, needle: &str) -> Vec<u32> {
        texts.holding(needle, 1).rows().collect()
    }

    #[test]
    fn s2_any_part_is_found_whatever_its_length() {
        let people = ["山田太郎", "ヤマダタロウ", "山口花子", "田中山田", "太", "吉野太山田", "山田", "𠮷田太郎"];
        for run in [2, 3] {
            let mut texts = Texts::by(run);
            for (row, name) in (0..).zip(people) {
                texts.add(row, &[name.to_owned(), name.to_owned()]);
            }
            for name in people {
                let characters: Vec<char> = name.chars().collect();
                for from in 0..characters.len() {
                    for to in from + 1..=characters.len() {
                        let needle: String = characters[from..to].iter().collect();
                        let expected: Vec<u32> = (0..).zip(people).filter(|(_, name)| name.contains(&needle)).map(|(row, _)| row).collect();
                        assert_eq!(rows(&texts, &needle), expected, "{needle} by {run}");
                    }
                }
            }
            for none in ["山太", "田太山", "ヤマダタロウサ", "郎山", "x"] {
                assert_eq!(rows(&texts, none), [0; 0], "{none} by {run}");
            }
            assert_eq!(rows(&texts, "").len(), people.len());
        }
    }

    #[test]
    fn a_text_goes_with_the_last_who_bears_it_and_may_come_again() {
        let mut texts = Texts::by(2);
        let name = |n: u32| vec![format!("佐藤{}", n / 2), "サトウ".to_owned()];
        for round in 0..3 {
            (0..400).for_each(|n| texts.add(n, &name(n)));
            assert_eq!(texts.holding("佐藤17", 7).count(), 22, "17 and 170 to 179, round {round}");
            assert_eq!(texts.holding("サ", 7).count(), 400);
            (0..400).rev().filter(|n| *n != 35).for_each(|n| texts.remove(n, &name(n)));
            texts.remove(3, &name(3));
            assert_eq!(texts.holding("佐藤17", 7).rows().collect::<Vec<_>>(), [35]);
            assert_eq!(texts.any(7).rows().collect::<Vec<_>>(), [35]);
            assert!(texts.ends.len() < 150, "those nobody bears are cleared away");
            texts.remove(35, &name(35));
            assert!(!texts.bytes.windows(3).any(|part| part == "佐".as_bytes()), "nobody's name is left");
            assert_eq!(texts.any(7).count(), 0);
        }
    }
}
