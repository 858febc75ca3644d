//! daicho-benches
