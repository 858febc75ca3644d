//! daicho-examples
