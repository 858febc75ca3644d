//! From a closed file to the first answer. The system has the file in its memory; the process has nothing.

use daicho::Ledger;
use daicho_sqlite::SqliteStore;

use super::search::{Needle, search};
use super::{LEDGER_FILE, PEER_FILE, Stocked};
use crate::fill::salon_id;
use crate::measure::{Line, side_by_side};
use crate::peer::Peer;
use crate::salon::Failure;

/// Open and ask for 山田, then for a number.
pub fn run(stocked: &mut Stocked) -> Result<Vec<Line>, Failure> {
    let (ours, peer) = (stocked.folder.file(LEDGER_FILE), stocked.folder.file(PEER_FILE));
    let rounds = if stocked.salon.customers() > 20_000 { 2 } else { 5 };
    let needle = Needle::Name("山田".to_owned());
    let line = side_by_side(
        "open a file, first search",
        rounds,
        1,
        |_| search(&Ledger::open(SqliteStore::open(&ours)?, salon_id()?), &needle),
        |_| Peer::open(Some(&peer))?.search(&needle),
    )?;
    Ok(vec![line.remark("daicho builds its index from every record")])
}
