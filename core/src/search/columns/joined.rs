//! Texts of a row, of which the first two are a word, or two that were joined: 姓 and 名. What is looked for is in one of the words, or reaches from the end
//! of the first into the beginning of the second. Whatever more texts a row has are kept whole.

use super::bits::number;
use super::plan::Plan;
use super::runs::{Needle, Runs};
use super::texts::Texts;
use super::words::{Part, Words, cuts};

#[derive(serde::Serialize, serde::Deserialize)]
pub(super) struct Joined {
    pairs: [[Words; 2]; 2],
    rest: Texts,
    // The last character of the first word and the first of the second, where there are both.
    meeting: Runs,
}

const MEETING: usize = 2;
/// Where more than one row of so many has a certain meeting of words, the words are compared;
const COMMON: usize = 16;
/// or, where words must be looked at beyond the characters that meet, one of so many.
const COMMON_TO_LOOK_AT: usize = 1_024;
/// Of those who are told in so few bytes the words are looked at; of more, their numbers.
const FEW_BYTES: usize = 96;
/// While so many rows, and one of so many, are loose they are looked at.
const FEW_LOOSE: usize = 32;
const ONE_LOOSE_OF: usize = 4_096;

impl Joined {
    /// Texts by runs of so many characters.
    pub(super) fn by(run: usize) -> Self {
        let pairs = core::array::from_fn(|_| [Words::by(run), Words::by(run)]);
        Self { pairs, rest: Texts::by(run), meeting: Runs::of(MEETING) }
    }

    /// The texts of a row are these and no others. Of each may be said how many bytes of it are its first word.
    pub(super) fn put(&mut self, row: u32, texts: &[String], firsts: &[usize]) {
        let firsts = firsts.iter().copied().chain(core::iter::repeat(0));
        let mut texts = texts.iter().map(String::as_str).zip(firsts).filter(|(text, _)| !text.is_empty());
        let mut meets = false;
        for [first, second] in &mut self.pairs {
            let (text, length) = texts.next().unwrap_or_default();
            let (one, other) = text.split_at_checked(length).filter(|(one, _)| !one.is_empty()).unwrap_or((text, ""));
            let met = [first.of(row), second.of(row)];
            meets |= met != [one, other] && [met[1], other] != [""; 2];
            first.put(row, one);
            second.put(row, other);
        }
        if meets {
            self.meeting.change(row);
        }
        self.rest.put(row, &texts.map(|(text, _)| text).collect::<Vec<_>>());
    }

    // Room for so many: nobody has a second text without a first.
    fn rows(&self) -> usize {
        let [[first, _], _] = &self.pairs;
        first.room()
    }

    /// Whether a row has any text: then it has a first one.
    pub(super) fn has(&self, row: u32) -> bool {
        let [[first, _], _] = &self.pairs;
        first.has(row)
    }

    /// The words of the first two texts of a row.
    pub(super) fn pairs(&self, row: u32) -> [[&str; 2]; 2] {
        self.pairs.each_ref().map(|pair| pair.each_ref().map(|words| words.of(row)))
    }

    /// The words of the first text of a row.
    pub(super) fn words(&self, row: u32) -> [&str; 2] {
        let [first, _] = self.pairs(row);
        first
    }

    /// The texts of a row.
    pub(super) fn of(&self, row: u32) -> Vec<String> {
        let joined = self.pairs.iter().map(|[first, second]| [first.of(row), second.of(row)].concat()).filter(|text| !text.is_empty());
        joined.chain(self.rest.of(row).map(str::to_owned)).collect()
    }

    /// See [`Posted::is_sound`](super::posted::Posted::is_sound).
    pub(super) fn is_sound(&self) -> bool {
        self.meeting.are_sound() && self.rest.is_sound() && self.pairs.iter().flatten().all(Words::is_sound)
    }

    /// Makes what came since the last time quick to search.
    pub(super) fn settle(&mut self) {
        self.pairs.as_flattened_mut().iter_mut().for_each(Words::settle);
        self.rest.settle();
        let rows = self.rows();
        if self.meeting.are_settled(rows) {
            return;
        }
        let Self { pairs, meeting, .. } = self;
        let ends =
            pairs.each_ref().map(|[first, second]| (first.told(|word| word.chars().next_back()), second.told(|word| word.chars().next())));
        meeting.post(rows, |tell| {
            for row in 0..number(rows) {
                for (last, first) in &ends {
                    if let Some(meeting) = last(row).zip(first(row)) {
                        tell(&[meeting.0, meeting.1], row);
                    }
                }
            }
        });
    }

    /// Who has a text that holds a needle; an empty one is in every text.
    pub(super) fn holding(&self, needle: &str, words: usize) -> Plan<'_> {
        if needle.is_empty() {
            return self.any();
        }
        let anywhere = self.pairs.iter().flatten().filter_map(|words| words.with(needle, Part::Anywhere));
        let mut any: Vec<Plan<'_>> = anywhere.map(Plan::from).collect();
        // Whoever came lately is looked at once, whatever the cuts, while they are few.
        let posted = self.meeting.loose_rows() <= FEW_LOOSE.saturating_add(self.rows() / ONE_LOOSE_OF);
        for (end, beginning) in cuts(needle) {
            self.across(end, beginning, words, posted, &mut any);
        }
        if posted && self.meeting.loose_rows() > 0 && cuts(needle).next().is_some() {
            let sought = needle.to_owned();
            any.push(Needle::loose(&self.meeting, move |row| {
                self.pairs.iter().any(|[first, second]| [first.of(row), second.of(row)].concat().contains(&sought))
            }));
        }
        if !self.rest.is_empty() {
            any.push(self.rest.rows_holding(needle, words));
        }
        Plan::any(any)
    }

    // Whose first word ends so and whose second one begins so: by what is posted of where they meet, or of everybody.
    fn across<'c>(&'c self, end: &str, beginning: &str, words: usize, posted: bool, any: &mut Vec<Plan<'c>>) {
        let meeting: Vec<char> = end.chars().next_back().into_iter().chain(beginning.chars().next()).collect();
        let is_run = meeting.iter().map(|c| c.len_utf8()).eq([end.len(), beginning.len()]);
        let common = self.rows() / if is_run { COMMON } else { COMMON_TO_LOOK_AT };
        match self.meeting.posted(&meeting) {
            0 if posted => {}
            bytes if posted && bytes <= common.saturating_add(64) => {
                let ending = (!is_run && bytes > FEW_BYTES).then(|| self.pairs.each_ref().map(|[first, _]| first.with(end, Part::End)));
                let (end, beginning) = (end.to_owned(), beginning.to_owned());
                any.push(Needle::plan(&self.meeting, meeting, words, is_run, move |row| {
                    let ends = |pair: usize, first: &Words| match &ending {
                        Some(ending) => ending.get(pair).and_then(Option::as_ref).is_some_and(|among| among.holds(row)),
                        None => first.of(row).ends_with(&end),
                    };
                    let across =
                        |(pair, [first, second]): (usize, &[Words; 2])| ends(pair, first) && second.of(row).starts_with(&beginning);
                    // The others are looked at apart.
                    !self.meeting.loose().holds(row) && self.pairs.iter().enumerate().any(across)
                }));
            }
            _ => any.extend(self.pairs.iter().filter_map(|[first, second]| {
                // Few 名 begin as needles go on.
                let second = second.with(beginning, Part::Beginning)?;
                let first = first.with(end, Part::End)?;
                Some(Plan::all(vec![first.into(), second.into()]))
            })),
        }
    }

    /// Who has any text.
    pub(super) fn any(&self) -> Plan<'_> {
        let [[first, _], _] = &self.pairs;
        first.any().into()
    }
}

#[cfg(test)]
mod tests {
    use super::super::column::rows_within;
    use super::super::kernels::BLOCK;
    use super::*;

    fn rows(texts: &Joined, needle: &str) -> Vec<u32> {
        let mut words = [u64::MAX; BLOCK];
        texts.holding(needle, 7).narrow(fearless_simd::Level::new(), 0, &mut words).unwrap();
        rows_within(0, words).collect()
    }

    #[test]
    fn s2_of_many_who_may_have_it_across_their_words_those_who_do_are_found() {
        // So many that the numbers of words are compared, and few enough among all that they are not taken block by block.
        const ROWS: u32 = 70_000;
        let mut texts = Joined::by(2);
        let names = |row: u32| match row % 1_040 {
            0 => [["山田", "太郎"], ["ヤマダ", "タロウ"]][row as usize / 1_040 % 2],
            1 if row.is_multiple_of(3) => ["吉田", "太一"],
            2 if row.is_multiple_of(7) => ["田", "太"],
            _ => ["佐藤", "花子"],
        };
        for row in 0..ROWS {
            let [family, given] = names(row);
            // Of some it is the reading.
            let whole = [family, given].concat();
            let pair = if row % 5 == 0 { vec!["サトウハナコ".to_owned(), whole] } else { vec![whole] };
            let firsts = if row % 5 == 0 { vec!["サトウ".len(), family.len()] } else { vec![family.len()] };
            texts.put(row, &pair, &firsts);
        }
        texts.settle();
        let bytes = texts.meeting.posted(&['田', '太']);
        assert!(bytes > FEW_BYTES && bytes <= 64 + ROWS as usize / COMMON_TO_LOOK_AT, "{bytes}");
        for needle in ["山田太", "山田太郎", "吉田太", "田太一", "佐田太"] {
            let plan = texts.holding(needle, ROWS as usize / 64 + 1);
            let found: Vec<u32> = (0..ROWS as usize / 4_096 + 1)
                .flat_map(|block| {
                    let mut words = [u64::MAX; BLOCK];
                    plan.narrow(fearless_simd::Level::new(), block, &mut words).unwrap();
                    rows_within(block, words).collect::<Vec<_>>()
                })
                .collect();
            assert_eq!(found, (0..ROWS).filter(|row| names(*row).concat().contains(needle)).collect::<Vec<_>>(), "{needle}");
        }
    }

    #[test]
    fn s2_any_part_is_found_across_the_words_of_a_name() {
        let people =
            ["山田|太郎", "ヤマダ|タロウ", "山口|花子", "田中|山田", "太|", "吉野太|山田", "|山田", "𠮷田|太郎", "田|田", "ダタ|ダタ"];
        let names = |row: u32| {
            let name = |row: u32| people[row as usize % people.len()];
            let all: Vec<&str> = (0..row % 4).map(|more| name(row / 4 + more * 3)).collect();
            let firsts: Vec<usize> = all.iter().map(|name| name.find('|').unwrap()).collect();
            (all.iter().map(|name| name.replace('|', "")).collect::<Vec<_>>(), firsts)
        };
        let mut texts = Joined::by(2);
        let original = names;
        // Nothing is posted, everything, and everything but some who were renamed since.
        for (posted, renamed) in [(false, 0), (true, 0), (true, 20)] {
            let names = |row: u32| original(if row < renamed { row + 61 } else { row });
            for round in 0..2 {
                (0..192).filter(|row| !posted || *row < renamed).for_each(|row| {
                    let (names, firsts) = names(row + 1 - round);
                    texts.put(row, &names, &firsts);
                });
            }
            assert!((0..192).all(|row| texts.of(row) == names(row).0));
            for name in people
                .map(|name| name.replace('|', ""))
                .iter()
                .chain(["山太", "田太山", "郎山", "太郎山田太", "x"].map(str::to_owned).iter())
            {
                let characters: Vec<char> = name.chars().collect();
                for (from, to) in (0..characters.len()).flat_map(|from| (from + 1..=characters.len()).map(move |to| (from, to))) {
                    let needle: String = characters[from..to].iter().collect();
                    let expected: Vec<u32> = (0..192).filter(|row| names(*row).0.iter().any(|name| name.contains(&needle))).collect();
                    assert_eq!(rows(&texts, &needle), expected, "{needle}");
                }
            }
            assert_eq!(rows(&texts, ""), (0..192).filter(|row| !names(*row).0.is_empty()).collect::<Vec<_>>());
            texts.settle();
            assert!(texts.is_sound());
        }
    }
}
