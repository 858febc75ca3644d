//! A file of its own for each test, and somebody at the counter.
#![allow(dead_code, reason = "each test file uses a part")]
#![allow(clippy::unwrap_used, reason = "tests stop where something is wrong")]

use std::cell::Cell;
use std::path::{Path, PathBuf};

use daicho::{
    Actor, Book, Channel, Command, Context, CustomerForm, CustomerId, Entropy, EntryPath, Error, Instant, Ledger, Line, LineKind,
    RegisterCustomer, Role, Store, Yen,
};

/// 2026-11-21 10:00 in Japan.
pub(crate) const MORNING: Instant = Instant(1_795_222_800_000);
pub(crate) const HOUR: i64 = 3_600_000;

/// A directory that goes when the test ends well.
pub(crate) struct Place(PathBuf);

impl Place {
    pub(crate) fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }
}

pub(crate) struct Desk<S> {
    pub(crate) ledger: Ledger<S>,
    keys: String,
    next: Cell<u64>,
}

impl<S: Store> Desk<S> {
    pub(crate) fn over(store: S) -> Self {
        Self::named(store, "k")
    }
    pub(crate) fn named(store: S, keys: &str) -> Self {
        Self { ledger: Ledger::open(store, "salon-1".parse().unwrap()), keys: keys.to_owned(), next: Cell::new(1) }
    }
    pub(crate) fn run<C>(&self, command: &C) -> Result<C::Output, Error>
    where
        C: Command + Sync,
        C::Output: Send,
    {
        let count = self.next.replace(self.next.get() + 1);
        let context = Context {
            actor: Actor::new("manager-1".parse().unwrap(), Role::Manager),
            channel: Channel::Counter,
            now: MORNING,
            key: format!("{}-{count}", self.keys).parse().unwrap(),
            entropy: Entropy(u128::from(count).to_be_bytes()),
        };
        Ok(self.ledger.execute(command, &context)?.output)
    }
    pub(crate) fn register(&self, given_name: &str) -> Result<CustomerId, Error> {
        let form = CustomerForm {
            family_name: "山田".into(),
            given_name: given_name.into(),
            family_kana: Some("ヤマダ".into()),
            given_kana: Some("ハナコ".into()),
            phones: vec!["090-1234-5678".into(), "03-1234-5678".into()],
            emails: vec!["hanako@example.jp".into()],
            birthday: Some("1990-02-03".into()),
            attributes: vec!["車椅子".into()],
            channels: vec!["紹介".into(), "看板".into()],
            ..CustomerForm::default()
        };
        Ok(self.run(&RegisterCustomer { path: EntryPath::Counter, form, line: None })?.customer)
    }
}

pub(crate) fn booking(customer: CustomerId, start: Instant) -> Book {
    let line = |menu: &str, price| Line { menu: menu.parse().unwrap(), staff: None, price: Yen(price), kind: LineKind::Basic };
    Book {
        customer,
        shop: "本店".parse().unwrap(),
        staff: Some("staff-7".parse().unwrap()),
        lines: vec![line("カット", 4_400), line("カラー", 6_600)],
        start,
        end: start.plus_ms(HOUR),
        comment: None,
        prepay: false,
        tentative: false,
        tickets: Vec::new(),
    }
}
