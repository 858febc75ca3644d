//! What a salon types, read the way a salon means it.
//!
//! A text is stored as it was entered, apart from what nobody can see (C9, [`one_line`] and
//! [`multi_line`]). Everything that compares texts compares *keys* made from them, and there are
//! three layers of keys of names, because three questions are asked, and a key of each contact:
//!
//! | layer | question | made by | rule |
//! |---|---|---|---|
//! | strict | are these two written as the same name, so that they may be merged (統合)? | [`merge_key`] | M1 |
//! | lenient | might the person at the counter mean this customer? | [`search_key`] | S2 |
//! | evidence | do these two records point at one person, whoever wrote them down? | [`evidence`] | D1 |
//! | contact | does this call, or this mail, reach the same place? | [`PhoneNumber::digits`], [`EmailAddress::key`] | C4, C5 |
//!
//! The strict key forgives only what cannot be seen on paper: spaces, invisible characters and
//! the width of a character. The lenient key also forgives what a hurried hand does: ひらがな for
//! カタカナ, 高 for 髙, - for ー. The evidence keys also forgive another person's spelling: オーノ for
//! オオノ, 佐佐木 for 佐々木, and in their weak forms mistakes such as 斉藤 for 斎藤. Each layer is a fold
//! of the one above it: what is equal there is equal here. Only a strict key decides; by the others
//! no merge and no link is made.
//!
//! A key is not a text: it is compared, indexed and thrown away, never shown.
//!
//! All functions here are pure. Their tables are constants of this crate, or of the Unicode
//! version of `unicode-normalization` and of the compiler.

pub mod characters;
pub mod clean;
pub mod email;
pub mod error;
pub mod evidence;
pub mod kana;
pub mod name;
pub mod phone;
pub mod variants;
pub mod width;

pub use clean::{multi_line, one_line};
pub use email::EmailAddress;
pub use error::TextError;
pub use kana::{is_katakana_name, to_full_width_katakana};
pub use name::{WidthMode, merge_key, search_key};
pub use phone::{PhoneClass, PhoneNumber};
pub use variants::often_confused;
