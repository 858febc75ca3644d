//! N10: a reference model and the library walk the same random histories, and after every command they say the same.
//!
//! The model (`model/`) is written from the rules alone: plain lists, and every figure counted again from nothing whenever it is asked for. It
//! knows nothing of the library's records. A history is a seed and a list of commands in the abstract, each worked out against what the model
//! holds at that moment, so any of them can be left out: where the two differ, the list is shrunk and printed with the seed.
//!
//! Three histories on one store, mixed, are each what they are alone (`side_by_side`; `DAICHO_SALONS` says how many times).
//!
//! `DAICHO_HISTORIES` says how many (60; the full run takes 1,000), `DAICHO_SEED` the first seed. Every tenth lies on an SQLite file.

#[cfg(test)]
mod random_histories {
    mod commands;
    mod compare;
    mod days;
    mod dice;
    mod door;
    mod index;
    mod model;
    mod orders;
    mod shrink;
    mod side_by_side;
    mod walk;

    mod tests;
}
