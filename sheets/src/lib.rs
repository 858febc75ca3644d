//! daicho-sheets
