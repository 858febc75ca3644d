//! A salon out of a seed: customers as a Japanese salon has them, with their reservations over four years.
//!
//! Everything about customer *n* is drawn from the seed and *n* alone, so a salon of a million customers needs no memory, any part of it can be
//! drawn again (the fill of a store, the rows of an import and the hand-written peer all see the same people), and the first ten thousand
//! customers of a large salon are those of a small one, but for their days: they came one after the other in the time that the salon has been open.
//! There is no clock: the salon's last day is [`NOW`].
//!
//! What it looks like, per thousand customers: about 10 are registered twice ([`Person::twin_of`]: the same name by the key of M1, the same phone
//! or e-mail, written differently), 20 share a phone with a relative of the same family name, 50 came by phone registration with a placeholder
//! address, 400 have LINE, 10 are on a list. They have 12 reservations each on average; one in five has none, one in ten thousand 200.

use std::sync::LazyLock;

use daicho::text::{email, one_line, phone};
use daicho::{
    ActorId, Birthday, CancellationPolicy, Cell, Charge, Customer, CustomerId, CustomerState, Date, Deadline, Email, EmailKind, EntryPath,
    FeeTier, Gender, Instant, LineLink, ListKind, Listing, ListingId, ListingState, Newsletter, Settings,
};

use crate::names::{FAMILY_NAMES, GIVEN_NAMES, romaji};
use crate::random::Random;

/// The salon's now: 2026-11-21 10:00 in Japan. Nothing was done later; reservations lie ahead of it.
pub const NOW: Instant = Instant(1_795_222_800_000);
/// An hour in milliseconds.
pub const HOUR: i64 = 3_600_000;
/// A day in milliseconds.
pub const DAY: i64 = 24 * HOUR;
/// How many days the salon has been open.
pub const OPEN_DAYS: i64 = 4 * 365;

// 2026-11-21.
const TODAY: i32 = 20_778;
const CHANNELS: [&str; 6] = ["検索サイト", "SNS", "紹介", "通りがかり", "ホームページ", "チラシ"];
const MAIL_DOMAINS: [&str; 5] = ["example.jp", "mail.example.ne.jp", "example.com", "keitai.example.ne.jp", "home.example.or.jp"];
const TOWNS: [(&str, &str, &str); 6] = [
    ("150-0001", "東京都", "渋谷区神宮前1-2-3"),
    ("530-0001", "大阪府", "大阪市北区梅田2-4-5"),
    ("460-0008", "愛知県", "名古屋市中区栄3-15-1"),
    ("810-0001", "福岡県", "福岡市中央区天神1-1-1"),
    ("060-0042", "北海道", "札幌市中央区大通西4"),
    ("980-0811", "宮城県", "仙台市青葉区一番町3-7"),
];

/// An error of this crate: whatever went wrong, it ends the program.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// A salon that can be drawn, any part of it, any number of times.
#[derive(Clone, Debug)]
pub struct Salon {
    seed: u64,
    customers: u32,
}

/// A customer as somebody wrote them down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Their place in the salon, from 1: with a fresh ledger also their customer number.
    pub place: u32,
    /// The place of the same person's first registration, if this is the second.
    pub twin_of: Option<u32>,
    /// 姓
    pub family_name: String,
    /// 名
    pub given_name: String,
    /// セイ
    pub family_kana: String,
    /// メイ
    pub given_kana: String,
    /// 電話番号 as typed.
    pub phone: String,
    /// メールアドレス as typed.
    pub email: Option<String>,
    /// 生年月日
    pub birthday: Option<(i32, u32, u32)>,
    /// 性別
    pub gender: Gender,
    /// 流入経路
    pub channel: Option<&'static str>,
    /// The index of the town they live in.
    town: Option<usize>,
    /// LINE: user id and display name.
    pub line: Option<(String, String)>,
    /// Days since 1970 of 初回登録日.
    pub registered: i32,
    /// Whether they came by 新規電話予約.
    pub by_phone: bool,
    /// The list they are on.
    pub listed: Option<ListKind>,
}

/// The salon's settings: prepayment offered, free cancels until the day before, half the price after, all of it for a no-show.
#[must_use]
pub fn settings() -> Settings {
    let cancellation = CancellationPolicy {
        deadline: Deadline::HoursBefore { hours: 24 },
        tiers: vec![FeeTier { hours_before: 24, charge: Charge::Percent { percent: 50 } }],
        no_show: Charge::Percent { percent: 100 },
        tickets: daicho::LateTickets::Release,
    };
    Settings { version: 1, prepayment: true, cancellation, ..Settings::default() }
}

/// How many reservations a customer has: k with a weight of 1 / (k + 4.7)², up to 200. The mean is 12.
static HISTORY: LazyLock<Vec<u64>> = LazyLock::new(|| {
    let mut sum = 0;
    (0..=200_u64)
        .map(|k| {
            sum += 1_000_000_000_000 / (10 * k + 47).pow(2);
            sum
        })
        .collect()
});

impl Salon {
    /// The salon of a seed, with so many customers.
    #[must_use]
    pub const fn new(seed: u64, customers: u32) -> Self {
        Self { seed, customers }
    }

    /// How many customers it has, those registered twice counted twice.
    #[must_use]
    pub const fn customers(&self) -> u32 {
        self.customers
    }

    /// The seed.
    #[must_use]
    pub const fn seed(&self) -> u64 {
        self.seed
    }

    /// Everybody, in order of registration.
    pub fn people(&self) -> impl Iterator<Item = Person> + '_ {
        (1..=self.customers).map(|place| self.person(place))
    }

    // A second registration is never somebody's first: chains end at the first one.
    fn twin_of(&self, place: u32) -> Option<u32> {
        let mut random = self.chance(place, 1);
        if place < 2 || !random.permille(10) {
            return None;
        }
        let first = u32::try_from(random.below(u64::from(place) - 1)).ok()? + 1;
        Some(self.twin_of(first).unwrap_or(first))
    }

    /// A stream of chance for one customer and one purpose.
    pub(crate) fn chance(&self, place: u32, purpose: u64) -> Random {
        Random::of(self.seed, u64::from(place) << 8 | purpose)
    }

    // The same for one reservation of theirs.
    pub(crate) fn chance_of_reservation(&self, place: u32, nth: usize) -> Random {
        let nth = u64::try_from(nth).unwrap_or_default();
        Random::of(self.seed.rotate_left(32), u64::from(place) << 16 | nth)
    }

    /// How many reservations a customer has.
    pub(crate) fn history_of(&self, place: u32) -> usize {
        let drawn = self.chance(place, 2).below(HISTORY.last().copied().unwrap_or(1));
        HISTORY.partition_point(|sum| *sum <= drawn)
    }

    /// The customer of a place, from 1.
    #[must_use]
    pub fn person(&self, place: u32) -> Person {
        match self.twin_of(place) {
            Some(first) => self.twin(place, first),
            None => self.original(place),
        }
    }

    fn original(&self, place: u32) -> Person {
        let mut random = self.chance(place, 3);
        let (family, given) = (FAMILY_NAMES.draw(&mut random), GIVEN_NAMES.draw(&mut random));
        let by_phone = random.permille(50);
        let _ = random.between(0, OPEN_DAYS);
        let mut person = Person {
            place,
            twin_of: None,
            family_name: family.text.to_owned(),
            given_name: given.text.to_owned(),
            family_kana: family.kana.to_owned(),
            given_kana: given.kana.to_owned(),
            phone: phone_of(place, &mut random),
            email: None,
            birthday: None,
            gender: if random.permille(850) { Gender::Female } else { Gender::Male },
            channel: random.one_of(&CHANNELS).copied().filter(|_| !by_phone),
            town: random.permille(500).then(|| usize::try_from(random.below(6)).unwrap_or(0)),
            line: random
                .permille(420)
                .then(|| (format!("U{:016x}{:016x}", random.next(), random.next()), display_name(given.text, given.kana, place))),
            registered: self.registered(place),
            by_phone,
            listed: match random.below(1000) {
                0..5 => Some(ListKind::Watch),
                5..8 => Some(ListKind::Grey),
                8..10 => Some(ListKind::Black),
                _ => None,
            },
        };
        if by_phone {
            // Somebody took the call and wrote the name as it sounded (P1).
            (person.family_name, person.given_name) = (person.family_kana.clone(), person.given_kana.clone());
            person.line = None;
            return person;
        }
        if random.permille(650) {
            let domain = random.one_of(&MAIL_DOMAINS).copied().unwrap_or("example.jp");
            person.email = Some(format!("{}.{}{place}@{domain}", romaji(given.kana), romaji(family.kana)));
        }
        if random.permille(700) {
            let part = |random: &mut Random, from, to| u32::try_from(random.between(from, to)).unwrap_or(1);
            person.birthday =
                Some((i32::try_from(random.between(1945, 2012)).unwrap_or(1980), part(&mut random, 1, 12), part(&mut random, 1, 28)));
        }
        if place > 1 && random.permille(20) {
            self.join_family(&mut person, &mut random);
        }
        person
    }

    // A relative: the same family name and phone, which is why a phone alone matches nobody (C4).
    fn join_family(&self, person: &mut Person, random: &mut Random) {
        let relative = u32::try_from(random.below(u64::from(person.place) - 1)).unwrap_or(0) + 1;
        let relative = self.twin_of(relative).unwrap_or(relative);
        let mut theirs = self.chance(relative, 3);
        let (family, given) = (FAMILY_NAMES.draw(&mut theirs), GIVEN_NAMES.draw(&mut theirs));
        if theirs.permille(50) || given.text == person.given_name {
            return;
        }
        let _ = theirs.between(0, OPEN_DAYS);
        (person.family_name, person.family_kana) = (family.text.to_owned(), family.kana.to_owned());
        person.phone = phone_of(relative, &mut theirs);
    }

    // Numbers are given out in the order of registration, as every salon's are.
    fn registered(&self, place: u32) -> i32 {
        let left = i64::from(self.customers.saturating_sub(place)) * OPEN_DAYS / i64::from(self.customers.max(1));
        TODAY - i32::try_from(left).unwrap_or(0)
    }

    // The same person, registered again by somebody who did not search first: written a little differently, with a newer phone or address.
    fn twin(&self, place: u32, first: u32) -> Person {
        let mut random = self.chance(place, 4);
        let mut person = Person { place, twin_of: Some(first), ..self.original(first) };
        let _ = random.between(1, 400);
        person.registered = self.registered(place);
        person.line = None;
        person.listed = None;
        match random.below(4) {
            0 => person.given_name = spaced(&person.given_name),
            1 => person.family_name.push('\u{3000}'),
            2 => person.phone = wide(&person.phone.replace('-', "")),
            _ => {}
        }
        if random.permille(300)
            && let Some(email) = &mut person.email
        {
            // A new phone, but the address of before, in the capitals a keyboard begins a line with.
            *email = email.get(..1).map(str::to_uppercase).unwrap_or_default() + email.get(1..).unwrap_or_default();
            person.phone = phone_of(place, &mut random);
        } else if random.permille(500) {
            person.email = None;
        }
        person
    }
}

// No two places share a number: the factor is prime to 10⁸.
fn phone_of(place: u32, random: &mut Random) -> String {
    let prefix = random.one_of(&["090", "080", "070"]).copied().unwrap_or("090");
    let digits = (u64::from(place) * 48_271_003 + 12_345_678) % 100_000_000;
    format!("{prefix}-{:04}-{:04}", digits / 10_000, digits % 10_000)
}

fn display_name(given: &str, kana: &str, place: u32) -> String {
    match place % 4 {
        0 => given.to_owned(),
        1 => romaji(kana),
        2 => format!("{kana}♪"),
        _ => format!("{given}✨"),
    }
}

fn spaced(name: &str) -> String {
    let mut chars = name.chars();
    match (chars.next(), chars.as_str()) {
        (Some(first), rest) if !rest.is_empty() => format!("{first}\u{3000}{rest}"),
        _ => name.to_owned(),
    }
}

fn wide(digits: &str) -> String {
    digits.chars().map(|c| c.to_digit(10).and_then(|digit| char::from_u32(0xFF10 + digit)).unwrap_or(c)).collect()
}

impl Person {
    /// The row of the template 顧客情報テンプレート.xlsx (I1): 姓 名 セイ メイ 電話番号 生年月日 性別 メールアドレス 住所 流入経路. Every tenth phone was typed as a number
    /// and has lost its zero (I4).
    #[must_use]
    pub fn row(&self) -> Vec<Cell> {
        let text = |text: &str| if text.is_empty() { Cell::Empty } else { Cell::Text { text: text.to_owned() } };
        let plain: String = self.phone.chars().filter(char::is_ascii_digit).collect();
        let eaten = self.place.is_multiple_of(10) && plain.len() == 11;
        let phone = if eaten { Cell::Number { literal: plain.trim_start_matches('0').to_owned() } } else { text(&self.phone) };
        vec![
            text(&self.family_name),
            text(&self.given_name),
            text(&self.family_kana),
            text(&self.given_kana),
            phone,
            self.birthday.map_or(Cell::Empty, |(year, month, day)| text(&format!("{year}/{month}/{day}"))),
            text(if self.gender == Gender::Female { "女性" } else { "男性" }),
            text(self.email.as_deref().unwrap_or_default()),
            text(&self.town().map(|(_, prefecture, street)| [prefecture, street].concat()).unwrap_or_default()),
            text(self.channel.unwrap_or_default()),
        ]
    }

    fn town(&self) -> Option<(&'static str, &'static str, &'static str)> {
        self.town.and_then(|town| TOWNS.get(town)).copied()
    }

    /// The record of this customer, as its entry path would have made it.
    pub fn record(&self, id: CustomerId, number: u32) -> Result<Customer, Failure> {
        let phone = phone::parse("phones", &self.phone)?;
        let email = match &self.email {
            Some(address) => Some((address.clone(), EmailKind::Real)),
            None => self.by_phone.then(|| (format!("{}@leporto.com", phone.digits), EmailKind::Placeholder)),
        };
        let email = email
            .map(|(address, kind)| email::parse("emails", &address).map(|parsed| Email { entered: parsed.entered, key: parsed.key, kind }))
            .transpose()?;
        let path = match (self.by_phone, &self.line, &self.email) {
            (true, ..) => EntryPath::Phone,
            (false, Some(_), Some(_)) => EntryPath::Line,
            (false, None, Some(_)) => EntryPath::Counter,
            _ => EntryPath::Import,
        };
        let town = self.town();
        Ok(Customer {
            id,
            number,
            version: 1,
            state: CustomerState::Active,
            pending: None,
            entry_path: path,
            phone_registration: self.by_phone,
            withdrawal_reason: None,
            provisional_name: self.by_phone,
            import: None,
            family_name: one_line("familyName", &self.family_name, 100)?,
            given_name: one_line("givenName", &self.given_name, 100)?,
            family_kana: Some(self.family_kana.clone()),
            given_kana: Some(self.given_kana.clone()),
            former_names: Vec::new(),
            phones: vec![phone],
            emails: email.into_iter().collect(),
            birthday: self.birthday.map(|(year, month, day)| Birthday { year: Some(year), month, day }),
            gender: Some(self.gender),
            postal_code: town.map(|(code, ..)| code.to_owned()),
            prefecture: town.map(|(_, prefecture, _)| prefecture.to_owned()),
            city_street: town.map(|(.., street)| street.to_owned()),
            building: None,
            line: self.line.as_ref().map(|(user, name)| LineLink {
                provider: "2000000001".to_owned(),
                user: user.clone(),
                display_name: Some(name.clone()),
                picture_url: None,
            }),
            attributes: Vec::new(),
            channels: self.channel.map(ToOwned::to_owned).into_iter().collect(),
            company: None,
            department: None,
            fax: None,
            home_page: None,
            // メルマガ 受信する
            newsletter: (self.email.is_some() && self.place % 4 == 1).then_some(Newsletter { opted_in: true, consent: None }),
            shop_comment: self.place.is_multiple_of(20).then(|| "カラーの前にパッチテスト".to_owned()),
            pictures: Vec::new(),
            custom_fields: Vec::new(),
            number_aliases: Vec::new(),
            registered_on: Date::from_day_number(self.registered)?,
            has_account: self.email.is_some() && !self.place.is_multiple_of(3),
        })
    }

    /// The entry on the list this customer is on.
    #[must_use]
    pub fn listing(&self, id: ListingId, customer: CustomerId, by: &ActorId) -> Option<Listing> {
        let (list, memo) = match self.listed? {
            ListKind::Watch => (ListKind::Watch, "肌が弱い"),
            ListKind::Grey => (ListKind::Grey, "直前の変更が多い"),
            ListKind::Black => (ListKind::Black, "スタッフへの暴言"),
        };
        Some(Listing {
            id,
            customer,
            version: 1,
            list,
            memo: memo.to_owned(),
            added_at: NOW.plus_ms(-DAY),
            added_by: by.clone(),
            state: ListingState::Standing,
        })
    }
}
