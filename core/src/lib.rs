//! daicho 台帳
pub mod text;
