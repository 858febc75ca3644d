//! Who is who in a whole ledger (D1), beside what a hand-written SQLite says with one `GROUP BY` over a covering index: the same name and the same phone.
//! Where there is a Python with them: beside DuckDB, asked the same, and Splink, which scores pairs too.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use daicho::text::search_key;
use daicho::{CustomerForm, EntryPath, FindDuplicates, Ledger, ListDuplicates, Matter, RegisterCustomer, Says, Tongue};
use rusqlite::Connection;

use super::Folder;
use crate::drawn::Drawn;
use crate::fill::{context, manager, salon_id};
use crate::measure::{Line, Times, alone, memory};
use crate::salon::{Failure, NOW, Person, Salon};

const GROUPS: &str = "SELECT count(*) FROM (SELECT 1 FROM person GROUP BY name, phone HAVING count(*) > 1)";

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/peers/python/duplicates.py");

// What a peer groups by: normalised for it.
fn keys(person: &Person) -> (String, String) {
    let digits = person.phone.chars().filter(char::is_ascii_digit).collect();
    (search_key(&[person.family_name.as_str(), &person.given_name].concat()), digits)
}

fn peer(salon: &Salon) -> Result<Connection, Failure> {
    let mut connection = Connection::open_in_memory()?;
    connection.execute_batch("CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT NOT NULL, phone TEXT NOT NULL) STRICT")?;
    let transaction = connection.transaction()?;
    {
        let mut insert = transaction.prepare("INSERT INTO person VALUES (?, ?, ?)")?;
        for place in 1..=salon.customers() {
            let person = salon.person(place);
            let (name, digits) = keys(&person);
            insert.execute((place, name, digits))?;
        }
    }
    transaction.commit()?;
    connection.execute_batch("CREATE INDEX person_who ON person (name, phone)")?;
    Ok(connection)
}

/// What others say of the same people: by what was done, how many they found and how long they took.
#[derive(Debug, Default)]
struct Others {
    about: String,
    done: BTreeMap<String, (u64, Vec<u128>)>,
}

impl Others {
    fn asked(salon: &Salon, parent: &Path, python: &Path) -> Result<Self, Failure> {
        let folder = Folder::under(parent)?;
        let file = folder.file("people.csv");
        let mut out = std::io::BufWriter::new(std::fs::File::create(&file)?);
        writeln!(out, "unique_id,family,given,family_kana,given_kana,name,phone,email,birthday")?;
        for person in salon.people() {
            let (name, digits) = keys(&person);
            let Person { place, family_name, given_name, family_kana, given_kana, email, birthday, .. } = &person;
            let email = email.as_ref().map(|email| email.to_lowercase()).unwrap_or_default();
            let birthday = birthday.map(|(year, month, day)| format!("{year:04}-{month:02}-{day:02}")).unwrap_or_default();
            let texts =
                [search_key(family_name), search_key(given_name), search_key(family_kana), search_key(given_kana), name, digits, email];
            writeln!(out, "{place},{},{birthday}", texts.join(","))?;
        }
        out.flush()?;
        let told = Command::new(python).arg(SCRIPT).arg(&file).stderr(std::process::Stdio::inherit()).output()?;
        if !told.status.success() {
            return Err(format!("{SCRIPT}: {}", told.status).into());
        }
        let mut others = Self::default();
        for line in String::from_utf8(told.stdout)?.lines() {
            match line.split('\t').collect::<Vec<_>>()[..] {
                ["about", about] => others.about = about.to_owned(),
                [what, count, time] => {
                    let done = others.done.entry(what.to_owned()).or_default();
                    done.0 = count.parse()?;
                    done.1.push(time.parse()?);
                }
                _ => return Err(format!("not understood: {line}").into()),
            }
        }
        Ok(others)
    }

    fn line(&self, what: &str, ours: &Times, kind: &str) -> Result<Line, Failure> {
        let (count, times) = self.done.get(kind).ok_or("a peer was silent")?;
        let remark = format!("{count} {}; {}", if kind == "groups" { "groups" } else { "pairs" }, self.about);
        Ok(Line { what: what.to_owned(), ours: ours.clone(), peer: Times::of(times.clone()), remark })
    }
}

// As far as it is filled in while somebody waits.
fn form(person: &Person) -> CustomerForm {
    CustomerForm {
        family_name: person.family_name.clone(),
        given_name: person.given_name.clone(),
        phones: vec![person.phone.clone()],
        ..CustomerForm::default()
    }
}

/// All pairs from nothing, the same again, the same after somebody was entered, and whoever looks like somebody who is typed in.
pub fn run(salon: &Salon, parent: &Path, python: Option<&Path>) -> Result<Vec<Line>, Failure> {
    let ledger = Ledger::open(Drawn::new(salon)?, salon_id()?);
    let actor = manager()?;
    let count = ledger.search(&daicho::FindCustomers::default(), &actor, NOW)?.total;
    let peer = peer(salon)?;
    let (mut first, mut again, mut grouped, mut typed) = (Times::default(), Times::default(), Times::default(), Times::default());
    let before = memory();
    let list = ListDuplicates { tongue: Tongue::Japanese, page_size: Some(50), ..ListDuplicates::default() };
    let page = alone(&mut first, || Ok(ledger.search(&list, &actor, NOW)?))?;
    let used = memory().saturating_sub(before) * 1024 / u64::from(count.max(1));
    let mut groups = 0_u32;
    for _ in 0..5 {
        alone(&mut again, || Ok(ledger.search(&list, &actor, NOW)?))?;
        groups = alone(&mut grouped, || Ok(peer.query_row(GROUPS, (), |row| row.get(0))?))?;
    }
    // Somebody new is entered at the counter, and the list is looked at again.
    let mut changed = Times::default();
    let others = Salon::new(salon.seed() + 1, salon.customers());
    let mut left = page.total;
    for person in others.people().filter(|person| person.email.is_some()).take(20) {
        let form = CustomerForm {
            family_kana: Some(person.family_kana.clone()),
            given_kana: Some(person.given_kana.clone()),
            birthday: person.birthday.map(|(year, month, day)| format!("{year:04}-{month:02}-{day:02}")),
            emails: person.email.iter().cloned().collect(),
            ..form(&person)
        };
        let register = RegisterCustomer { path: EntryPath::Counter, form, line: None };
        ledger.execute(&register, &context(&format!("registered-{}", person.place))?)?;
        left = alone(&mut changed, || Ok(ledger.search(&list, &actor, NOW)?))?.total;
    }
    let somebody = salon.person(salon.customers().div_ceil(2));
    let find = FindDuplicates { form: form(&somebody), line_name: None, tongue: Tongue::Japanese };
    let mut found = 0;
    for _ in 0..20 {
        found = alone(&mut typed, || Ok(ledger.search(&find, &actor, NOW)?))?.total;
    }
    let both =
        |pair: &&daicho::DuplicatePair| pair.signals.iter().any(|signal| (signal.matter, signal.says) == (Matter::Phone, Says::Same));
    let line = |what: &str, ours, peer, remark: String| Line { what: what.to_owned(), ours, peer, remark };
    let mut lines = Vec::new();
    if let Some(python) = python {
        let others = Others::asked(salon, parent, python)?;
        lines.push(others.line("duplicates: all pairs again; DuckDB groups by name and phone", &again, "groups")?);
        lines.push(others.line("duplicates: all pairs after one was entered; DuckDB groups by name and phone", &changed, "groups")?);
        lines.push(others.line("duplicates: all pairs after one was entered; Splink trains and scores", &changed, "scored")?);
        lines.push(others.line("duplicates: all pairs after one was entered; Splink scores", &changed, "predict")?);
        lines.push(others.line("duplicates: all pairs from the index alone; DuckDB groups by name and phone", &first, "groups")?);
        lines.push(others.line("duplicates: all pairs from the index alone; Splink trains and scores", &first, "scored")?);
        lines.push(others.line("duplicates: all pairs from the index alone; Splink scores", &first, "predict")?);
    }
    lines.extend([
        line(
            "duplicates: all pairs, from the index alone",
            first,
            Times::default(),
            format!(
                "{} pairs, {} of the first {} with one phone; {used} bytes a customer",
                page.total,
                page.pairs.iter().filter(both).count(),
                page.pairs.len()
            ),
        ),
        line("duplicates: all pairs again; the peer groups by name and phone", again, grouped, format!("{groups} groups in the peer")),
        line("duplicates: all pairs after one was entered", changed, Times::default(), format!("{left} pairs")),
        line("duplicates: somebody is typed in", typed, Times::default(), format!("{found} found")),
    ]);
    Ok(lines)
}
