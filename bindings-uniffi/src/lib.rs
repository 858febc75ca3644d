//! daicho-uniffi
