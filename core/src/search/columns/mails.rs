//! E-mail addresses: of the first of each row the part before the @ as a text of its own, and from the @ on as one of few words. Whoever looks for a domain
//! need not look at anybody's address.

use super::plan::Plan;
use super::texts::Texts;
use super::words::{Part, Words, cuts};

#[derive(serde::Serialize, serde::Deserialize)]
pub(super) struct Mails {
    // Of the first address what stands before the @; the others, whole.
    locals: Texts,
    domains: Words,
}

impl Mails {
    /// Addresses by runs of so many characters.
    pub(super) fn by(run: usize) -> Self {
        Self { locals: Texts::by(run), domains: Words::by(run) }
    }

    /// The addresses of a row are these and no others.
    pub(super) fn put(&mut self, row: u32, texts: &[String]) {
        let mut texts: Vec<&str> = texts.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
        let mut domain = "";
        if let Some(first) = texts.first_mut()
            && let Some((local, rest)) = first.rfind('@').and_then(|place| first.split_at_checked(place))
            && !local.is_empty()
        {
            (*first, domain) = (local, rest);
        }
        self.locals.put(row, &texts);
        self.domains.put(row, domain);
    }

    /// The addresses of a row.
    pub(super) fn of(&self, row: u32) -> Vec<String> {
        let mut texts: Vec<String> = self.locals.of(row).map(str::to_owned).collect();
        if let Some(first) = texts.first_mut() {
            first.push_str(self.domains.of(row));
        }
        texts
    }

    /// See [`Posted::is_sound`](super::posted::Posted::is_sound).
    pub(super) fn is_sound(&self) -> bool {
        self.locals.is_sound() && self.domains.is_sound()
    }

    /// Makes what came since the last time quick to search.
    pub(super) fn settle(&mut self) {
        self.locals.settle();
        self.domains.settle();
    }

    /// Who has an address that holds a needle; an empty one is in every address.
    pub(super) fn holding(&self, needle: &str, words: usize) -> Plan<'_> {
        let mut any = vec![self.locals.rows_holding(needle, words)];
        any.extend(self.domains.with(needle, Part::Anywhere).map(Plan::from));
        for (end, beginning) in cuts(needle) {
            if let Some(domains) = self.domains.with(beginning, Part::Beginning) {
                any.push(Plan::all(vec![domains.into(), self.locals.rows_ending(end, words)]));
            }
        }
        Plan::any(any)
    }
}

#[cfg(test)]
mod tests {
    use super::super::column::rows_within;
    use super::super::kernels::BLOCK;
    use super::*;

    fn rows(mails: &Mails, needle: &str) -> Vec<u32> {
        let mut words = [u64::MAX; BLOCK];
        mails.holding(needle, 4).narrow(fearless_simd::Level::new(), 0, &mut words).unwrap();
        rows_within(0, words).collect()
    }

    #[test]
    fn s3_any_part_of_an_address_is_found_across_the_at() {
        let known = ["hanako@example.jp", "hana@keitai.jp", "a@b", "@b", "a@", "no-at", "a@b@keitai.jp", "keitai@a.jp", "hanako@exam"];
        let of = |row: u32| (0..row % 4).map(|more| known[(row / 4 + more * 2) as usize % known.len()].to_owned()).collect::<Vec<_>>();
        let mut mails = Mails::by(3);
        for settles in [false, true] {
            (0..200).for_each(|row| mails.put(row, &of(row + 1)));
            (0..200).for_each(|row| mails.put(row, &of(row)));
            if settles {
                mails.settle();
            }
            assert!((0..200).all(|row| mails.of(row) == of(row)));
            for needle in known
                .into_iter()
                .flat_map(|text| (0..text.len()).flat_map(move |from| (from + 1..=text.len()).map(move |to| text.get(from..to).unwrap())))
            {
                let expected: Vec<u32> = (0..200).filter(|row| of(*row).iter().any(|text| text.contains(needle))).collect();
                assert_eq!(rows(&mails, needle), expected, "{needle}");
            }
            assert_eq!(rows(&mails, "").len(), 150);
            assert_eq!(rows(&mails, "o@keitai"), [0; 0]);
        }
    }
}
