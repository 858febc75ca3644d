//! Names, kana and contacts as people write them: what the three layers of keys hold together, and what they keep apart.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::cast_possible_truncation,
    reason = "a test fails by panicking, in the functions its tests share too"
)]

mod names {
    mod dice;
    mod evidence;
    mod kanji;
    mod kanji_table;
    mod written;
}
