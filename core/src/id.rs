//! Identities. The library's own ids are ordinals with a letter (`c17`), short, ordered and never reused; the host's ids are its own texts.

mod record_id;
mod short_text;

pub use self::record_id::RecordId;
use self::short_text::ShortText;
use crate::error::AccessError;

macro_rules! ordinal_id {
    ($(#[$meta:meta])* $name:ident, $prefix:literal) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            /// The id with this ordinal.
            #[must_use]
            pub const fn from_ordinal(ordinal: u32) -> Self {
                Self(ordinal)
            }
            /// Its place in the order in which such records were made, from 1.
            #[must_use]
            pub const fn ordinal(self) -> u32 {
                self.0
            }
        }
        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(ordinal_text::<22>($prefix, self.0).text())
            }
        }
        impl core::fmt::Debug for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                write!(f, "{self}")
            }
        }
        impl core::str::FromStr for $name {
            type Err = AccessError;
            fn from_str(text: &str) -> Result<Self, AccessError> {
                let wrong = || AccessError::bad_id(stringify!($name), concat!($prefix, "1, ", $prefix, "2, …"));
                let digits = text.strip_prefix($prefix).ok_or_else(wrong)?;
                // One spelling per id: no sign, no leading zero, no other digits.
                if digits.starts_with('0') || !digits.bytes().all(|b| b.is_ascii_digit()) {
                    return Err(wrong());
                }
                digits.parse().map(Self).map_err(|_| wrong())
            }
        }
        impl From<$name> for RecordId {
            fn from(id: $name) -> Self {
                Self::ordinal($prefix, id.0)
            }
        }
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(ordinal_text::<22>($prefix, self.0).text())
            }
        }
        text_wire!(@read $(#[$meta])* $name);
    };
}

/// The text of an ordinal id, made without allocating: each command writes a few dozen of them, each page of a list some hundred.
#[inline]
fn ordinal_text<const INSIDE: usize>(prefix: &str, ordinal: u32) -> ShortText<INSIDE> {
    let mut text = ShortText::new(prefix);
    text.push(itoa::Buffer::new().format(ordinal));
    text
}

macro_rules! host_id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(ShortText<22>);

        impl $name {
            /// The id as the host wrote it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                self.0.text()
            }
        }
        impl From<&$name> for RecordId {
            fn from(id: &$name) -> Self {
                Self::new(id.as_str())
            }
        }
        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(self.as_str())
            }
        }
        impl core::fmt::Debug for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(self.as_str())
            }
        }
        impl core::str::FromStr for $name {
            type Err = AccessError;
            fn from_str(text: &str) -> Result<Self, AccessError> {
                let plain = |c: char| !c.is_control() && !c.is_whitespace();
                if text.is_empty() || text.len() > 128 || !text.chars().all(plain) {
                    return Err(AccessError::bad_id(stringify!($name), "1 to 128 bytes without spaces or control characters"));
                }
                Ok(Self(ShortText::new(text)))
            }
        }
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
        text_wire!(@read $(#[$meta])* $name);
    };
}

/// Reads a value from its text, where that lies: no copy is made of it.
pub(crate) struct Spelled<T>(pub(crate) core::marker::PhantomData<T>);

impl<T: core::str::FromStr<Err: core::fmt::Display>> serde::de::Visitor<'_> for Spelled<T> {
    type Value = T;

    fn expecting(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(E::custom)
    }
}

/// A value that is one text on every wire.
macro_rules! text_wire {
    ($(#[$meta:meta])* $name:ident) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
        text_wire!(@read $(#[$meta])* $name);
    };
    (@read $(#[$meta:meta])* $name:ident) => {
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_str(crate::id::Spelled(core::marker::PhantomData))
            }
        }
        #[cfg(feature = "tsify")]
        const _: () = {
            use wasm_bindgen::prelude::wasm_bindgen;
            #[wasm_bindgen(typescript_custom_section)]
            const TYPE: &'static str = concat!("/** One text; the brand keeps it from being mixed up with another. */\nexport type ", stringify!($name), " = string & { readonly __brand: \"", stringify!($name), "\" };");
        };
        #[cfg(feature = "uniffi")]
        uniffi::custom_type!($(#[$meta])* $name, String, {
            lower: |value| value.to_string(),
            // Only the boundary's own error type stays a typed error on the other side.
            try_lift: |text| Ok(text.parse().map_err(crate::error::DaichoError::from)?),
        });
    };
}
pub(crate) use text_wire;

ordinal_id! {
    /// A customer 顧客. Not the customer number: that is what staff read, this is what records point to.
    CustomerId, "c"
}
ordinal_id! {
    /// A reservation 予約.
    ReservationId, "r"
}
ordinal_id! {
    /// An entry on the watch, grey or black list.
    ListingId, "l"
}
ordinal_id! {
    /// A line of the merge history 統合履歴.
    MergeId, "m"
}
ordinal_id! {
    /// A visit entered by hand 来店・利用金額詳細.
    ManualVisitId, "v"
}
ordinal_id! {
    /// A sale お会計.
    SaleId, "s"
}
ordinal_id! {
    /// A ticket that was sold 回数券.
    TicketId, "t"
}
ordinal_id! {
    /// Points that were earned at one time ポイント.
    PointLotId, "p"
}
host_id! {
    /// A salon: one ledger, one log.
    SalonId
}
host_id! {
    /// A shop 店舗 of the salon.
    ShopId
}
host_id! {
    /// A member of staff スタッフ.
    StaffId
}
host_id! {
    /// A menu メニュー.
    MenuId
}
host_id! {
    /// Goods that a shop sells 商品(店販).
    ProductId
}
host_id! {
    /// What tickets are sold by 回数券メニュー.
    TicketPlanId
}
host_id! {
    /// A saved segment セグメント: its name.
    SegmentId
}
host_id! {
    /// Who acts: a staff account, a customer's account, a job.
    ActorId
}
host_id! {
    /// One import run; the host chooses it, and running again under the same id doubles nothing (I5).
    ImportId
}
host_id! {
    /// A command's idempotency key (A2), chosen by the host; a random UUID is best.
    CommandKey
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_one_spelling() {
        assert_eq!("c17".parse::<CustomerId>(), Ok(CustomerId::from_ordinal(17)));
        for wrong in ["", "c", "17", "c017", "c+1", "C17", "r17", "c4294967296", "c１"] {
            assert!(wrong.parse::<CustomerId>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_id_is_written_as_its_letter_and_its_ordinal() {
        for ordinal in [0, 1, 9, 10, 17, 99, 100, 1_234_567_890, u32::MAX] {
            let id = CustomerId::from_ordinal(ordinal);
            assert_eq!(id.to_string(), format!("c{ordinal}"));
            assert_eq!(serde_json::to_string(&id).unwrap(), format!("\"c{ordinal}\""));
        }
    }

    #[test]
    fn a_host_id_is_one_word() {
        assert!("本店-1".parse::<ShopId>().is_ok());
        for wrong in ["", "a b", "a\u{3000}b", "a\n", &"x".repeat(129)] {
            assert!(wrong.parse::<ShopId>().is_err(), "{wrong:?}");
        }
    }
}
