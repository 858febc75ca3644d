use std::collections::BTreeMap;

use crate::encode::Fnv;
use crate::record::Birthday;
use crate::text::evidence::{confused_name_key, kana_key, name_key, unvoiced_kana_key};
use crate::text::{is_katakana_name, search_key};

/// A text as a number: equal for equal texts, and for different ones practically never. 0 is no text.
pub(super) type Key = u64;

fn key(text: &str) -> Key {
    key_of([text])
}

// Of texts one after the other.
fn key_of<const N: usize>(texts: [&str; N]) -> Key {
    // Whoever makes two names collide on purpose gets a suggestion that a person looks at.
    let hash = texts.into_iter().fold(Fnv::new(), Fnv::and);
    if texts.iter().all(|text| text.is_empty()) { 0 } else { hash.number().max(1) }
}

/// 姓 or 名, once as it is written and once as it is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Part {
    /// As written.
    pub(super) writing: Key,
    /// The same with 斎 and 斉 as one.
    pub(super) confused: Key,
    /// As read; also of one that is written in kana.
    pub(super) reading: Key,
    /// The same with ガ and カ as one.
    pub(super) unvoiced: Key,
    /// Whether it is written in kana alone, and so may be anybody's kanji.
    pub(super) in_kana: bool,
}

impl Part {
    fn of(writing: &str, kana: &str) -> Self {
        let in_kana = is_katakana_name(writing);
        let reading = if kana.is_empty() && in_kana { writing } else { kana };
        Self {
            writing: key(&name_key(writing)),
            confused: key(&confused_name_key(writing)),
            reading: key(&kana_key(reading)),
            unvoiced: key(&unvoiced_kana_key(reading)),
            in_kana,
        }
    }

    /// Whether there is nothing to compare.
    pub(super) const fn is_empty(self) -> bool {
        self.writing == 0 && self.reading == 0
    }

    /// The keys of which two parts that can be one share at least one, if they can be compared at all.
    pub(super) fn keys(self) -> impl Iterator<Item = Key> {
        let second = if self.unvoiced == self.confused { 0 } else { self.unvoiced };
        [self.confused, second].into_iter().filter(|key| *key != 0)
    }
}

/// The keys of a 姓 or 名, as written and as read.
pub(super) fn keys_of(writing: &str, kana: &str) -> impl Iterator<Item = Key> {
    Part::of(writing, kana).keys()
}

/// 姓名
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) family: Part,
    pub(super) given: Part,
}

/// 姓 and 名 as one name: each as it is written and as it is read. With each, whether the name is that by itself. Where 姓 is taken as written and 名 as read,
/// or the other way round, that is so if the one has no reading or the other nothing but one; else it only answers a name for which it is so.
pub(super) const fn wholes(family: Part, given: Part) -> [(Key, Key, bool); 4] {
    const fn half(written: Part, read: Part) -> bool {
        read.in_kana || written.unvoiced == 0 && read.unvoiced != 0
    }
    [
        (family.confused, given.confused, true),
        (family.unvoiced, given.unvoiced, true),
        (family.confused, given.unvoiced, half(family, given)),
        (family.unvoiced, given.confused, half(given, family)),
    ]
}

/// The four texts of a name: 姓, 名, セイ and メイ.
pub(crate) type NameTexts<T> = [T; 4];

/// A birthday 生年月日, of which the year may be unknown. All of one day follow each other, the one without a year first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Born {
    pub(super) month: u32,
    pub(super) day: u32,
    pub(super) year: Option<i32>,
}

/// The texts that a person is made of.
#[derive(Default)]
pub(crate) struct Texts<'t> {
    /// The name now, and after it those that were.
    pub(crate) names: Vec<NameTexts<&'t str>>,
    /// Digits (C4).
    pub(crate) phones: Vec<&'t str>,
    /// Keys of real addresses: placeholders match nobody (P2).
    pub(crate) emails: Vec<&'t str>,
    pub(crate) birthday: Option<&'t Birthday>,
    /// Whether a LINE account is linked.
    pub(crate) line: bool,
    /// LINE名: no identity, and a hint (L2).
    pub(crate) line_name: Option<&'t str>,
}

/// What of somebody is compared: no texts, only keys of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Person {
    // The name now, and after it those that were.
    pub(super) names: Box<[Name]>,
    pub(super) phones: Box<[Key]>,
    pub(super) emails: Box<[Key]>,
    pub(super) born: Option<Born>,
    pub(super) line: bool,
    pub(super) line_name: Key,
    // 姓名 joined, as LINE names are written: in either order, as written and as read.
    pub(super) joined: [Key; 4],
}

/// Makes persons of texts, and remembers 姓 and 名: of many people, many have the same.
#[derive(Default)]
pub(crate) struct Reader {
    parts: BTreeMap<(Key, Key), Part>,
}

impl Reader {
    fn part(&mut self, writing: &str, kana: &str) -> Part {
        *self.parts.entry((key(writing), key(kana))).or_insert_with(|| Part::of(writing, kana))
    }

    /// Somebody of these texts, of which names and the LINE name are [search keys](search_key).
    pub(crate) fn person(&mut self, texts: &Texts<'_>) -> Person {
        let joined = texts.names.first().map_or([0; 4], |[family, given, family_kana, given_kana]| {
            let join = |one: &str, other: &str| if one.is_empty() || other.is_empty() { 0 } else { key_of([one, other]) };
            [join(family, given), join(given, family), join(family_kana, given_kana), join(given_kana, family_kana)]
        });
        let mut emails: Vec<Key> = texts.emails.iter().map(|email| key(email)).collect();
        let mut phones: Vec<Key> = texts.phones.iter().map(|phone| key(phone)).collect();
        for keys in [&mut emails, &mut phones] {
            keys.sort_unstable();
            keys.dedup();
        }
        let names = texts.names.iter().map(|[family, given, family_kana, given_kana]| Name {
            family: self.part(family, family_kana),
            given: self.part(given, given_kana),
        });
        Person {
            names: names.collect(),
            phones: phones.into(),
            emails: emails.into(),
            born: texts.birthday.map(|birthday| Born { year: birthday.year, month: birthday.month, day: birthday.day }),
            line: texts.line,
            line_name: texts.line_name.map_or(0, key),
            joined,
        }
    }
}

impl Person {
    /// Somebody of these texts as they are typed.
    pub(crate) fn of(texts: &Texts<'_>) -> Self {
        let keys: Vec<NameTexts<String>> = texts.names.iter().map(|name| name.map(search_key)).collect();
        let line_name = texts.line_name.map(search_key);
        Reader::default().person(&Texts {
            names: keys.iter().map(|name| name.each_ref().map(String::as_str)).collect(),
            phones: texts.phones.clone(),
            emails: texts.emails.clone(),
            line_name: line_name.as_deref(),
            ..*texts
        })
    }

    /// A customer as the record says: what the columns say has to be the same.
    #[cfg(test)]
    pub(crate) fn of_customer(customer: &crate::record::Customer) -> Self {
        let text = |kana: &Option<String>| kana.clone().unwrap_or_default();
        let (family_kana, given_kana) = (text(&customer.family_kana), text(&customer.given_kana));
        let mut names = vec![[customer.family_name.as_str(), &customer.given_name, &family_kana, &given_kana]];
        names.extend(customer.former_names.iter().map(|name| name.texts()));
        Self::of(&Texts {
            names,
            phones: customer.phones.iter().map(|phone| phone.digits.as_str()).collect(),
            emails: customer.real_emails().map(|email| email.key.as_str()).collect(),
            birthday: customer.birthday.as_ref(),
            line: customer.line.is_some(),
            line_name: customer.line.as_ref().and_then(|line| line.display_name.as_deref()),
        })
    }
}
