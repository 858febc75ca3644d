//! A whole file through the import, chunk by chunk: begun again after a crash it neither doubles nor loses a row (I5).

use core::ops::ControlFlow;

use super::blocking::Ledger;
use crate::error::{Error, ImportError, LedgerError};
use crate::id::{CommandKey, ImportId};
use crate::import::{
    DateSystem, GetImport, Heading, IgnoredColumn, ImportCounts, ImportRow, ImportRows, ImportedRows, MOST_TOLD_OF_FILE, RowOutcome,
};
use crate::log::{Context, Entropy, digest_hex};
use crate::store::Store;

/// How many rows go into one commit. Fixed, since a second run must cut the file as the first did.
const CHUNK: usize = 500;

/// How far an import has come.
#[derive(Debug)]
pub struct ImportProgress<'a> {
    /// What became of the rows of the chunk just done; its `total` counts the import so far.
    pub done: &'a ImportedRows,
    /// Whether an earlier run had done this chunk already.
    pub replayed: bool,
}

wire! {
    /// What became of a file.
    #[derive(Debug)]
    pub struct ImportReport {
        /// The import.
        pub import: ImportId,
        /// The rows, counted.
        pub counts: ImportCounts,
        /// Each row that holds anything, in order. 64 megabytes are told of what was repaired and what is wrong; of the rows after that only the first thing
        /// that is wrong (I7).
        pub rows: Vec<RowOutcome>,
        /// Columns with a heading that are not read.
        pub ignored: Vec<IgnoredColumn>,
        /// Places of cells that hold something and belong to no column that is read: the ignored columns, and cells under no heading.
        pub unread_positions: Vec<u32>,
        /// Whether every row was taken; false when the caller broke off.
        pub finished: bool,
    }
}

/// Why an import stopped. What was committed stays: run it again under the same id, and it goes on where it stopped; or undo it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportStopped<E> {
    /// The rows could not be read on.
    #[error("the rows could not be read on")]
    Rows(E),
    /// A chunk was refused, or the store failed.
    #[error(transparent)]
    Ledger(#[from] Error),
}

impl<S: Store> Ledger<S> {
    /// Imports the rows of a file 一括登録 (I2–I5), 500 to a commit.
    ///
    /// Of the context, actor, channel and `now` hold for every chunk. Its key is not used: each chunk's is `import/<import>/<its first row>`. Its entropy
    /// is not used either, but each chunk's is made from it and the chunk's first row, so that none is used twice: give a new one to every run.
    ///
    /// After a crash or a [retryable](Error::is_retryable) error, run it again by the same actor with the same file and id: chunks that were done answer
    /// what they answered then. Another file under the same id ends in `import.other_file` or `import.row_order`; of a chunk with somebody who was erased since
    /// (W4), or with errors if anybody was, only rows and cells are counted, since nothing else of it is kept. `progress` is called after each chunk and may
    /// break off; what was committed until then stays. On a [`rehearsal`](Ledger::rehearsal) the same call is the preview (I5).
    ///
    /// # Errors
    /// [`ImportStopped::Rows`] with the reader's error; [`ImportStopped::Ledger`] when a whole chunk was refused or the store failed. What is wrong with
    /// single rows is no error of this call: it is in the report.
    pub fn import<E>(
        &self,
        import: &ImportId,
        heading: &Heading,
        date_system: DateSystem,
        rows: impl IntoIterator<Item = Result<ImportRow, E>>,
        context: &Context,
        mut progress: impl FnMut(&ImportProgress<'_>) -> ControlFlow<()>,
    ) -> Result<ImportReport, ImportStopped<E>> {
        self.not_undone(import, context)?;
        let (mut rows, mut room) = (rows.into_iter(), MOST_TOLD_OF_FILE);
        let mut report = ImportReport {
            import: import.clone(),
            counts: ImportCounts::default(),
            rows: Vec::new(),
            ignored: heading.ignored.clone(),
            unread_positions: Vec::new(),
            finished: true,
        };
        loop {
            let chunk = rows.by_ref().take(CHUNK).collect::<Result<Vec<_>, E>>().map_err(ImportStopped::Rows)?;
            let (Some(first), whole) = (chunk.first().map(|row| row.row), chunk.len() == CHUNK) else { return Ok(report) };
            let command = ImportRows { import: import.clone(), columns: heading.columns.clone(), date_system, rows: chunk };
            let executed = self.execute(&command, &of_chunk(context, import, first)?)?;
            let stop = progress(&ImportProgress { done: &executed.output, replayed: executed.replayed }).is_break();
            report.take(executed.output, &mut room);
            if !whole {
                return Ok(report);
            }
            if stop {
                // Whether the file ends here is not known without reading on: a caller who breaks off has not seen its end.
                report.finished = false;
                return Ok(report);
            }
        }
    }

    // Chunks that were done would be answered from their receipts, as if their customers were still there.
    fn not_undone(&self, import: &ImportId, context: &Context) -> Result<(), Error> {
        match self.query(&GetImport { import: import.clone() }, &context.actor, context.now) {
            Ok(known) if known.undone_at.is_some() => Err(ImportError::Undone { import: import.clone() }.into()),
            Ok(_) | Err(Error::Import(ImportError::NotFound { .. })) => Ok(()),
            Err(error) => Err(error),
        }
    }
}

impl ImportReport {
    fn take(&mut self, done: ImportedRows, room: &mut usize) {
        let add = |sum: &mut u32, more: u32| *sum = sum.saturating_add(more);
        add(&mut self.counts.imported, done.counts.imported);
        add(&mut self.counts.errors, done.counts.errors);
        add(&mut self.counts.existing, done.counts.existing);
        add(&mut self.counts.blank, done.counts.blank);
        self.rows.extend(done.rows.into_iter().map(|mut row| {
            row.tell_within(room);
            row
        }));
        self.unread_positions.extend(done.unread_positions);
        self.unread_positions.sort_unstable();
        self.unread_positions.dedup();
    }
}

fn of_chunk(context: &Context, import: &ImportId, first: u32) -> Result<Context, Error> {
    let encoding = LedgerError::Encoding { place: "import" };
    let digest = digest_hex(&[&context.entropy.0, &first.to_be_bytes()]);
    let entropy = digest.get(..32).and_then(|half| u128::from_str_radix(half, 16).ok()).ok_or(encoding)?;
    Ok(Context { key: import_key(import.as_str(), first).parse()?, entropy: Entropy(entropy.to_be_bytes()), ..context.clone() })
}

/// The idempotency key (A2) of the command that imports some rows, by the first of them. A run begun in one language goes on in another, since all give this one.
#[must_use]
pub fn import_key(import: &str, first: u32) -> String {
    let key = format!("import/{import}/{first}");
    // An id so long that no key has room for it stands in its key by its digest.
    if key.len() > 128 { format!("import/{}/{first}", digest_hex(&[import.as_bytes()])) } else { key }
}

// Of rows to import: of which import, and the first of them.
#[derive(serde::Deserialize)]
struct Chunk {
    import: ImportId,
    rows: Vec<Numbered>,
}

#[derive(serde::Deserialize)]
struct Numbered {
    row: u32,
}

/// Whether a key is the one that these rows are imported under, and no host chose it.
pub(super) fn is_key_of_import(key: &CommandKey, input: &str) -> bool {
    let chunk: Option<Chunk> = serde_json::from_str(input).ok();
    chunk.is_some_and(|chunk| import_key(chunk.import.as_str(), chunk.rows.first().map_or(0, |first| first.row)) == key.as_str())
}
