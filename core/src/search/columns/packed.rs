//! Columns as they cross into another language: the values of the customers who were found, in their order.

use super::super::packed::{PackedColumn, write};
use super::Columns;
use super::column::day;
use crate::record::{CountField, Flag};

impl Columns {
    /// Writes one value for each row.
    pub(in crate::search) fn pack(&self, column: PackedColumn, rows: &[u32], to: &mut Vec<u8>) {
        let (people, counted) = (&self.people, &self.counted);
        let mut counts = |of: &dyn Fn(u32) -> i64| write(to, rows, |row| u32::try_from(of(row)).unwrap_or(u32::MAX).to_le_bytes());
        let flag = match column {
            PackedColumn::Number => return counts(&|row| people.number.get(row)),
            PackedColumn::Visits => return counts(&|row| counted.count(CountField::Visits).get(row)),
            PackedColumn::Reservations => return counts(&|row| counted.count(CountField::Reservations).get(row)),
            PackedColumn::Cancellations => return counts(&|row| counted.count(CountField::Cancellations).get(row)),
            PackedColumn::Amount => return write(to, rows, |row| counted.yen(row).0.to_le_bytes()),
            PackedColumn::Due => return write(to, rows, |row| counted.due(row).to_le_bytes()),
            PackedColumn::FirstRegistered => return days(to, rows, |row| people.registered.get(row)),
            PackedColumn::FirstVisit => return days(to, rows, |row| counted.first_visit.get(row)),
            PackedColumn::LastVisit => return days(to, rows, |row| counted.last_visit.get(row)),
            PackedColumn::Line => Flag::Line,
            PackedColumn::LastMinuteCancel => Flag::LastMinuteCancel,
            PackedColumn::NoShow => Flag::NoShow,
            PackedColumn::Account => Flag::Account,
            PackedColumn::Newsletter => Flag::Newsletter,
            PackedColumn::PhoneRegistration => Flag::PhoneRegistration,
        };
        let kept = self.flag(flag);
        write(to, rows, |row| [u8::from(kept.holds(row))]);
    }
}

fn days(to: &mut Vec<u8>, rows: &[u32], of: impl Fn(u32) -> i64) {
    write(to, rows, |row| day::of(of(row)).map_or(i32::MIN, crate::time::Date::day_number).to_le_bytes());
}
