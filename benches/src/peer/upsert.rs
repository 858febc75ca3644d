use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use daicho::text::{WidthMode, email, merge_key, one_line, phone, to_full_width_katakana};
use daicho_sqlite::rusqlite::params;

use super::Peer;
use crate::salon::Failure;

/// What an upsert came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Upserted {
    /// The workbook's rows.
    pub rows: u32,
    /// Who is in the table then.
    pub people: u32,
}

const PEOPLE: &str = "CREATE TABLE people (id INTEGER PRIMARY KEY, family TEXT NOT NULL, given TEXT NOT NULL, family_kana TEXT, given_kana TEXT, phone TEXT, birthday TEXT, gender TEXT,
    email TEXT, email_key TEXT, address TEXT, channel TEXT, name_key TEXT NOT NULL, phone_digits TEXT, UNIQUE (name_key, phone_digits))";
const UPSERT: &str = "INSERT INTO people (family, given, family_kana, given_kana, phone, birthday, gender, email, email_key, address, channel, name_key, phone_digits)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
    ON CONFLICT (name_key, phone_digits) DO UPDATE SET family_kana = coalesce(family_kana, excluded.family_kana), given_kana = coalesce(given_kana, excluded.given_kana),
    birthday = coalesce(birthday, excluded.birthday), email = coalesce(email, excluded.email), email_key = coalesce(email_key, excluded.email_key),
    address = coalesce(address, excluded.address), channel = coalesce(channel, excluded.channel)";

impl Peer {
    /// A workbook by calamine and one upsert for each row, all in one transaction: names, kana, phones and e-mail addresses are read as the library reads
    /// them, and whoever has the same name and phone is one. Nothing else of an import: no e-mail match, no suggestions, no repairs told, no journal, no
    /// going on after a crash, no undoing.
    pub fn upsert(&mut self, workbook: &[u8]) -> Result<Upserted, Failure> {
        let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(workbook))?;
        let range = workbook.worksheet_range_at(0).ok_or("the workbook has no sheet")??;
        self.db.execute_batch(PEOPLE)?;
        let transaction = self.db.transaction()?;
        let mut rows = 0;
        {
            let mut upsert = transaction.prepare_cached(UPSERT)?;
            for row in range.rows().skip(1) {
                let cell = |place: usize| row.get(place).map(shown).unwrap_or_default();
                let some = |place: usize| Some(cell(place)).filter(|text| !text.is_empty());
                let (family, given) = (one_line("姓", &cell(0), 100)?, one_line("名", &cell(1), 100)?);
                let kana = |place: usize| some(place).map(|text| to_full_width_katakana("カナ", &text)).transpose();
                let phone = match row.get(4) {
                    Some(Data::Float(_)) => phone::restored_leading_zero(&cell(4)),
                    _ => some(4).map(|text| phone::parse("電話番号", &text)).transpose()?,
                };
                let email = some(7).map(|text| email::parse("メールアドレス", &text)).transpose()?;
                upsert.execute(params![
                    family,
                    given,
                    kana(2)?,
                    kana(3)?,
                    phone.as_ref().map(|phone| &phone.entered),
                    some(5).map(|day| day.replace('/', "-")),
                    some(6),
                    email.as_ref().map(|email| &email.entered),
                    email.as_ref().map(|email| &email.key),
                    some(8),
                    some(9),
                    merge_key(&family, &given, WidthMode::Fold),
                    phone.as_ref().map(|phone| &phone.digits),
                ])?;
                rows += 1;
            }
        }
        transaction.commit()?;
        Ok(Upserted { rows, people: self.db.query_row("SELECT count(*) FROM people", (), |row| row.get(0))? })
    }
}

fn shown(cell: &Data) -> String {
    match cell {
        Data::String(text) => text.clone(),
        Data::Float(number) => number.to_string(),
        _ => String::new(),
    }
}
