//! I6: what is exported is imported again as it was, and nothing in a file runs.

use daicho::import::read_heading;
use daicho::*;
use daicho_sheets::{Cell, Encoding, Limits, SheetError, export_csv, export_xlsx};

use crate::read;

const NOW: Instant = Instant(1_795_222_800_000);

#[derive(Debug)]
enum Failed {
    Sheet(SheetError),
    Ledger(Error),
}

impl From<SheetError> for Failed {
    fn from(error: SheetError) -> Self {
        Self::Sheet(error)
    }
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self::Ledger(error)
    }
}

fn manager() -> Actor {
    Actor::new("manager-1".parse().unwrap(), Role::Manager)
}

fn run<C: Command + Sync>(ledger: &Ledger<MemoryStore>, key: u128, command: &C) -> C::Output
where
    C::Output: Send,
{
    let key_text = format!("k{key}");
    let context = Context {
        actor: manager(),
        channel: Channel::Counter,
        now: NOW,
        key: key_text.parse().unwrap(),
        entropy: Entropy((key + 1).to_be_bytes()),
    };
    ledger.execute(command, &context).unwrap().output
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

// What is hard to bring back: no year, several contacts, signs at the beginning, lines, widths, parts of an address.
fn people() -> Vec<CustomerForm> {
    let one = |family: &str, given: &str| CustomerForm { family_name: family.into(), given_name: given.into(), ..CustomerForm::default() };
    let mut all = vec![
        CustomerForm {
            family_kana: some("ヤマダ"),
            given_kana: some("ハナコ"),
            phones: texts(&["090-1234-5678", "+81 3-1234-5678", "00011111111"]),
            emails: texts(&["hanako@example.jp", "a..b.@docomo.ne.jp"]),
            birthday: some("1990-04-01"),
            gender: Some(Gender::Female),
            postal_code: some("150-0041"),
            prefecture: some("東京都"),
            city_street: some("渋谷区神南1-2-3"),
            building: some("=HYPERLINK(\"http://x\")"),
            channels: texts(&["紹介", "HP/ブログ"]),
            shop_comment: some("=1+1\n左利き"),
            ..one("山田", "花子")
        },
        CustomerForm {
            birthday: some("--02-29"),
            gender: Some(Gender::Male),
            phones: texts(&["0312345678"]),
            ..one("=cmd|'/C calc'!A0", "@SUM(1)")
        },
        CustomerForm {
            birthday: some("1900-01-01"),
            gender: Some(Gender::Other),
            emails: texts(&["+tag@example.jp"]),
            ..one("－山", "'=太郎")
        },
        CustomerForm { city_street: some("+1-2-3 Street"), channels: texts(&["チラシ"]), ..one("John", "O'Neil, \"Jr\"") },
        CustomerForm { family_kana: some("サトー"), postal_code: some("0600001"), building: some("'101"), ..one("𠮷野", "髙﨑") },
        CustomerForm { prefecture: some("東京都"), city_street: some("東京都渋谷区"), ..one("'", "''-") },
    ];
    for signs in ["=", "+", "-", "@", "＝", "＋", "－", "＠", "\"=", "' =", "''@"] {
        all.push(CustomerForm { department: some(signs), ..one(&format!("{signs}1+1"), &format!("{signs}A1")) });
    }
    all
}

fn salon() -> Ledger<MemoryStore> {
    let ledger = Ledger::open(MemoryStore::new(), "salon-1".parse().unwrap());
    let optional = |path, field| FieldRule { path, field, usage: FieldUse::Optional };
    let mut settings = ledger.query(&GetSettings {}, &manager(), NOW).unwrap();
    settings.channels = texts(&["紹介", "HP/ブログ", "チラシ"]);
    settings.field_rules = CustomerField::ALL
        .into_iter()
        .flat_map(|field| [EntryPath::Counter, EntryPath::Import].map(|path| optional(path, field)))
        .collect();
    run(&ledger, 0, &ConfigureSalon { settings });
    ledger
}

fn forms(ledger: &Ledger<MemoryStore>) -> Vec<CustomerForm> {
    let found = ledger.search(&FindCustomers { page_size: Some(1_000), ..FindCustomers::default() }, &manager(), NOW).unwrap();
    let card = |customer: &CustomerId| ledger.query(&GetCustomer { customer: *customer }, &manager(), NOW).unwrap().customer;
    found.customers.iter().map(|customer| CustomerForm::from(&card(customer))).collect()
}

fn ask(ledger: &Ledger<MemoryStore>, cursor: Option<String>, all: bool) -> Result<ExportPage, Failed> {
    let mut columns = Vec::new();
    if all {
        use CustomerExportColumn as C;
        columns = vec![C::Phone, C::FamilyName, C::ShopComment, C::GivenName, C::FamilyKana, C::GivenKana, C::Email, C::Birthday];
        columns.extend([C::Gender, C::Channels, C::Address, C::Building, C::PostalCode, C::Prefecture, C::Amount]);
    }
    Ok(ledger.search(&ExportCustomers { page_size: Some(4), columns, cursor, ..ExportCustomers::default() }, &manager(), NOW)?)
}

#[test]
fn i6_i1_what_is_exported_is_imported_again_without_loss() {
    let ledger = salon();
    for (key, form) in (1..).zip(people()) {
        run(&ledger, key, &RegisterCustomer { path: EntryPath::Counter, form, line: None });
    }
    let before = forms(&ledger);
    assert_eq!(before.len(), people().len());
    for all in [false, true] {
        let files = [
            export_xlsx("顧客", |cursor| ask(&ledger, cursor, all)).unwrap(),
            export_csv(Encoding::Utf8, |cursor| ask(&ledger, cursor, all)).unwrap(),
        ];
        for file in files {
            let rows = read(&file, &Limits::default()).unwrap();
            let heading = read_heading(&rows[0].cells).unwrap();
            let other = salon();
            let rows = rows[1..].iter().map(|row| ImportRow { row: row.number, cells: row.cells.clone() }).collect();
            let import = ImportRows { import: "i1".parse().unwrap(), columns: heading.columns, date_system: DateSystem::D1900, rows };
            let done = run(&other, 99, &import);
            let wrong: Vec<_> = done.rows.iter().filter(|row| !matches!(row.result, RowResult::Imported { .. })).collect();
            assert!(wrong.is_empty(), "{wrong:?}");
            let kept = |form: &CustomerForm| CustomerForm {
                department: None,
                shop_comment: form.shop_comment.clone().filter(|_| all),
                ..form.clone()
            };
            let after = forms(&other);
            for (one, other) in before.iter().zip(&after) {
                assert!(
                    kept(one) == *other,
                    "{:?} {:?}",
                    (&one.family_name, &one.phones, &one.emails, &one.channels),
                    (&other.family_name, &other.phones, &other.emails, &other.channels)
                );
            }
            assert_eq!(after.len(), before.len());
        }
    }
}

#[test]
fn i6_an_error_of_a_page_is_the_exports_and_none_is_lost() {
    let ledger = salon();
    for (key, form) in (1..).zip(people()) {
        run(&ledger, key, &RegisterCustomer { path: EntryPath::Counter, form, line: None });
    }
    let mut asked = 0;
    let failing = |cursor: Option<String>| {
        asked += 1;
        if asked == 3 { Err(Failed::Sheet(SheetError::BadSheetName)) } else { ask(&ledger, cursor, false) }
    };
    assert!(matches!(export_xlsx("顧客", failing), Err(Failed::Sheet(SheetError::BadSheetName))));
    let refused = export_csv(Encoding::Utf8, |cursor| {
        let staff = Actor::new("staff-1".parse().unwrap(), Role::Staff);
        Ok::<_, Failed>(ledger.search(&ExportCustomers { cursor, ..ExportCustomers::default() }, &staff, NOW)?)
    });
    assert!(matches!(refused, Err(Failed::Ledger(error)) if error.code() == "access.forbidden"));
    let whole = export_csv(Encoding::Utf8, |cursor| ask(&ledger, cursor, false)).unwrap();
    assert_eq!(read(&whole, &Limits::default()).unwrap().len(), people().len() + 1);
    let cells = read(&export_xlsx("顧客", |cursor| ask(&ledger, cursor, false)).unwrap(), &Limits::default()).unwrap();
    assert_eq!(cells[1].cells[5], Cell::text("1990/04/01"));
    assert_eq!(cells[2].cells[5], Cell::text("--02-29"));
}
