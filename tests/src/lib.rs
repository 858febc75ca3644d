//! daicho-tests
