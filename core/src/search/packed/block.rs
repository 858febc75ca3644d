use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use super::PackedColumn;
use crate::error::LedgerError;
use crate::id::CustomerId;
use crate::search::columns::Columns;

/// The version is a part of it: whoever reads another first asks for another reader.
const MAGIC: &[u8; 8] = b"daichop1";
const HEAD: usize = 16;
const ENTRY: usize = 32;
const NAME: usize = 24;
const CUSTOMER: &str = "customer";

/// Customers and their columns as bytes, numbers with the least byte first:
///
/// | from | what |
/// |---|---|
/// | 0 | `daichop1` |
/// | 8 | how many customers, in 4 bytes |
/// | 12 | how many parts, in 4 bytes |
/// | 16 | an entry of 32 bytes for each part: its name in ASCII, filled up to 24 bytes with zeros; its [packing](Packing) in 4; where it begins, in 4 |
/// | … | the parts, in the order of their entries: one value for each customer, in the order of the answer. Each begins at a multiple of 8 |
///
/// The first part is `customer`, the ordinals of the ids (17 of `c17`), packed like counts; the others are the columns asked for, in that order.
/// [`customers`](Self::customers) and [`numbers`](Self::numbers) read them in Rust, `unpack` and its like in the other languages. Where a door speaks nothing
/// but text the bytes are base64.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Packed(Vec<u8>);

/// How the values of a part are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    /// 1: no as 0, yes as 1, in one byte.
    Flag,
    /// 2: from 0 up, in 4 bytes.
    Count,
    /// 3: days since 1970-01-01, negative before, in 4 bytes; -2,147,483,648 where there is no day.
    Day,
    /// 4: whole yen, in 8 bytes.
    Yen,
}

impl Packing {
    const fn code(self) -> u32 {
        match self {
            Self::Flag => 1,
            Self::Count => 2,
            Self::Day => 3,
            Self::Yen => 4,
        }
    }

    /// The bytes of a value.
    const fn width(self) -> usize {
        match self {
            Self::Flag => 1,
            Self::Count | Self::Day => 4,
            Self::Yen => 8,
        }
    }

    fn read(self, value: &[u8]) -> Option<i64> {
        Some(match self {
            Self::Flag => i64::from(*value.first()?),
            Self::Count => i64::from(u32::from_le_bytes(*value.first_chunk()?)),
            Self::Day => i64::from(i32::from_le_bytes(*value.first_chunk()?)),
            Self::Yen => i64::from_le_bytes(*value.first_chunk()?),
        })
    }
}

// A salon has no more bytes of customers than this can say: a million in all columns are 70 million.
fn number(size: usize) -> Result<u32, LedgerError> {
    u32::try_from(size).map_err(|_| LedgerError::Encoding { place: "packed" })
}

impl Packed {
    /// These customers and these columns of theirs.
    pub(super) fn of(from: &Columns, rows: &[u32], columns: &[PackedColumn]) -> Result<Self, LedgerError> {
        let named = columns.iter().map(|column| (column.name(), column.packing()));
        let parts: Vec<_> = [(CUSTOMER, Packing::Count)].into_iter().chain(named).collect();
        let length = |packing: Packing| rows.len().saturating_mul(packing.width()).next_multiple_of(8);
        let mut offset = HEAD.saturating_add(parts.len().saturating_mul(ENTRY));
        let mut bytes = Vec::with_capacity(parts.iter().fold(offset, |sum, (_, packing)| sum.saturating_add(length(*packing))));
        bytes.extend(MAGIC);
        bytes.extend(number(rows.len())?.to_le_bytes());
        bytes.extend(number(parts.len())?.to_le_bytes());
        for (name, packing) in parts {
            bytes.extend(name.bytes().chain(core::iter::repeat(0)).take(NAME));
            bytes.extend(packing.code().to_le_bytes());
            bytes.extend(number(offset)?.to_le_bytes());
            offset = offset.saturating_add(length(packing));
        }
        write(&mut bytes, rows, |row| from.customer(row).ordinal().to_le_bytes());
        for column in columns {
            from.pack(*column, rows, &mut bytes);
        }
        Ok(Self(bytes))
    }

    /// All of it.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The bytes, which go another way than the rest of the answer.
    pub(super) fn take(&mut self) -> Vec<u8> {
        core::mem::take(&mut self.0)
    }

    /// Whether the bytes went another way: packed, even nobody takes some.
    pub(super) const fn is_taken(&self) -> bool {
        self.0.is_empty()
    }

    /// The customers, in order; none if these are not such bytes.
    #[must_use]
    pub fn customers(&self) -> Option<Vec<CustomerId>> {
        let ordinals = self.part(CUSTOMER, Packing::Count)?;
        ordinals.into_iter().map(|ordinal| u32::try_from(ordinal).ok().map(CustomerId::from_ordinal)).collect()
    }

    /// The values of a column, in the order of the customers; none if it was not asked for.
    #[must_use]
    pub fn numbers(&self, column: PackedColumn) -> Option<Vec<i64>> {
        self.part(column.name(), column.packing())
    }

    fn part(&self, name: &str, packing: Packing) -> Option<Vec<i64>> {
        let read = |from: usize| {
            let bytes = self.0.get(from..)?.first_chunk().copied().map(u32::from_le_bytes)?;
            usize::try_from(bytes).ok()
        };
        let customers = if self.0.starts_with(MAGIC) { read(8)? } else { return None };
        let (entries, _) = self.0.get(HEAD..)?.as_chunks::<ENTRY>();
        let mut entries = entries.iter().take(read(12)?).zip((HEAD..).step_by(ENTRY));
        let (_, at) = entries.find(|(entry, _)| entry.iter().take(NAME).copied().eq(name.bytes().chain([0; NAME]).take(NAME)))?;
        let (code, offset) = (read(at.checked_add(NAME)?)?, read(at.checked_add(NAME)?.checked_add(4)?)?);
        let values = self.0.get(offset..)?.get(..customers.checked_mul(packing.width())?)?;
        let known = u32::try_from(code).is_ok_and(|code| code == packing.code());
        known.then(|| values.chunks_exact(packing.width()).map(|value| packing.read(value)).collect())?
    }
}

/// One value for each row, then zeros up to where the next part may begin.
pub(in crate::search) fn write<const WIDTH: usize>(to: &mut Vec<u8>, rows: &[u32], value: impl Fn(u32) -> [u8; WIDTH]) {
    let begin = to.len();
    to.resize(begin.saturating_add(rows.len().saturating_mul(WIDTH)).next_multiple_of(8), 0);
    let places = to.get_mut(begin..).unwrap_or_default().as_chunks_mut::<WIDTH>().0;
    for (place, row) in places.iter_mut().zip(rows) {
        *place = value(*row);
    }
}

// Who is in a salon is nobody's business who reads its log files (A4).
impl core::fmt::Debug for Packed {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Packed({} bytes)", self.0.len())
    }
}

impl serde::Serialize for Packed {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&BASE64.encode(&self.0))
    }
}

impl<'de> serde::Deserialize<'de> for Packed {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        BASE64.decode(text.as_bytes()).map(Self).map_err(|_| serde::de::Error::custom("not base64"))
    }
}

#[cfg(feature = "tsify")]
const _: () = {
    use wasm_bindgen::prelude::wasm_bindgen;
    #[wasm_bindgen(typescript_custom_section)]
    const TYPE: &'static str = "/** Bytes as base64, where an answer is nothing but text. */\nexport type Packed = string;";
};

#[cfg(feature = "uniffi")]
uniffi::custom_type!(
    /// Customers and their columns as bytes, to be read by the package's own reader.
    Packed, Vec<u8>, { lower: |packed| packed.0, try_lift: |bytes| Ok(Self(bytes)) });
