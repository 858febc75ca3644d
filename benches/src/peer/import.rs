use daicho::import::ImportRow;
use daicho::text::{WidthMode, email, merge_key, one_line, phone, search_key, to_full_width_katakana};
use daicho::{Calendar, Cell};
use daicho_sqlite::rusqlite::{Connection, OptionalExtension as _, params};

use super::{CUSTOMER, JOURNAL, Peer};
use crate::salon::{Failure, NOW};

/// 成功, すでに存在する顧客.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// 成功
    pub imported: u32,
    /// すでに存在する顧客
    pub existing: u32,
}

// The rule of I3: the same name and (the same phone or the same real e-mail).
const KNOWN: &str =
    "SELECT id FROM customers WHERE name_key = ?1 AND active AND (phone_digits = ?2 OR (email_key = ?3 AND email_real)) LIMIT 1";

impl Peer {
    /// Imports rows, so many to a transaction.
    pub fn import(&mut self, rows: &[ImportRow], at_once: usize) -> Result<Taken, Failure> {
        let mut taken = Taken::default();
        let mut number: u32 = self.db.query_row("SELECT coalesce(max(number), 0) FROM customers", (), |row| row.get(0))?;
        for chunk in rows.chunks(at_once) {
            let transaction = self.db.transaction()?;
            for row in chunk {
                if take(&transaction, row, number + 1)? {
                    taken.imported += 1;
                    number += 1;
                } else {
                    taken.existing += 1;
                }
            }
            transaction.commit()?;
        }
        Ok(taken)
    }
}

fn take(db: &Connection, row: &ImportRow, number: u32) -> Result<bool, Failure> {
    let cell = |place: usize| row.cells.get(place).map(shown).unwrap_or_default();
    let (family, given) = (one_line("姓", cell(0), 100)?, one_line("名", cell(1), 100)?);
    let (family_kana, given_kana) = (to_full_width_katakana("セイ", cell(2))?, to_full_width_katakana("メイ", cell(3))?);
    let phone = match row.cells.get(4) {
        Some(Cell::Number { literal }) => phone::restored_leading_zero(literal),
        Some(Cell::Text { text }) => Some(phone::parse("電話番号", text)?),
        _ => None,
    };
    let email = Some(cell(7)).filter(|text| !text.is_empty()).map(|text| email::parse("メールアドレス", text)).transpose()?;
    let (digits, key) = (phone.as_ref().map(|phone| &phone.digits), email.as_ref().map(|email| &email.key));
    let name_key = merge_key(&family, &given, WidthMode::Fold);
    if db.prepare_cached(KNOWN)?.query_row(params![name_key, digits, key], |_| Ok(())).optional()?.is_some() {
        return Ok(false);
    }
    let searched = [search_key(&[family.as_str(), &given].concat()), search_key(&[family_kana.as_str(), &given_kana].concat())].join("\n");
    let nothing: Option<&str> = None;
    db.prepare_cached(CUSTOMER)?.execute(params![
        number,
        number,
        family,
        given,
        family_kana,
        given_kana,
        name_key,
        searched,
        phone.as_ref().map(|phone| &phone.entered),
        digits,
        email.as_ref().map(|email| &email.entered),
        key,
        email.is_some(),
        cell(5).replace('/', "-"),
        cell(6) == "女性",
        cell(8),
        cell(9),
        nothing,
        nothing,
        nothing,
        Calendar::default().day_of(NOW)?.day_number(),
        0,
        nothing,
        0,
        0,
    ])?;
    db.prepare_cached(JOURNAL)?.execute(params![NOW.0, "manager-1", "import", number, "{}"])?;
    Ok(true)
}

fn shown(cell: &Cell) -> &str {
    match cell {
        Cell::Text { text } => text,
        Cell::Number { literal } => literal,
        _ => "",
    }
}
