//! daicho-sqlite
