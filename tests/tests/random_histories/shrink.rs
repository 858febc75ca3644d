//! A history that diverges, made as short as it still does: whole pieces are left out first, then single commands.

use super::walk::{Divergence, History};

/// How many histories a shrinking may try.
const TRIES: usize = 3_000;

/// The shortest history found, and where it diverges.
pub(super) fn shrink(
    history: &History,
    found: Divergence,
    diverges: &mut dyn FnMut(&History) -> Option<Divergence>,
) -> (History, Divergence) {
    let mut best = history.clone();
    let mut last = found;
    // What comes after the divergence is of no matter, if it came at a command.
    let mut cut = best.clone();
    cut.ops.truncate(last.step);
    let mut tries = 0;
    if let Some(there) = diverges(&cut) {
        (best, last) = (cut, there);
    }
    let mut piece = best.ops.len() / 2;
    while piece > 0 && tries < TRIES {
        let mut shorter = false;
        let mut from = 0;
        while from < best.ops.len() && tries < TRIES {
            let mut without = best.clone();
            without.ops.drain(from..best.ops.len().min(from + piece));
            tries += 1;
            match diverges(&without) {
                Some(there) => {
                    without.ops.truncate(there.step.max(1));
                    (best, last, shorter) = (without, there, true);
                }
                None => from += piece,
            }
        }
        if !shorter || piece > 1 {
            piece = if piece == 1 { 0 } else { piece / 2 };
        }
    }
    // The end may have counted on what was cut off after it.
    match diverges(&best) {
        Some(there) => (best, there),
        None => (history.clone(), last),
    }
}
