//! daicho-wasm
