use std::collections::{BTreeMap, BTreeSet};

use super::cell::{DateSystem, ImportRow};
use super::columns::{HeadingColumn, ImportColumn, check_columns};
use super::fill::fill_blanks;
use super::known::{Known, Matches};
use super::rows::{CellProblem, MOST_TOLD, Repair, RowRead, read_row, repairs, shown_value, tell_within};
use crate::customer::{Candidate, Checked, Return, admit, keys, return_reads};
use crate::error::ImportError;
use crate::id::{CustomerId, ImportId};
use crate::log::{Actor, Command, Context, Draft, Halt, Look, NOBODY, Query, Read, Role};
use crate::record::{Counters, Customer, EntryPath, ExistingPolicy, Import, ImportFill, Kind, Settings, key};
use crate::time::Instant;

/// How many rows one command takes.
pub const MAX_ROWS: u32 = 1_000;

wire! {
    /// 一括登録: takes some rows of an import, wholly or not at all (I2, I5).
    ///
    /// A file longer than [`MAX_ROWS`] goes in several commands, each under the idempotency key `import/<import>/<its first row>`: after a crash
    /// the host sends all of them again, and those that were done answer what they answered then. `Ledger::import` does this.
    ///
    /// Nobody is written to about an import: it returns no notices for the host to send, unlike a registration at the counter (C10).
    pub struct ImportRows {
        /// The import, chosen by the host: one id per file.
        pub import: ImportId,
        /// The columns that are read, as `read_heading` found them; the same in every command of an import.
        pub columns: Vec<HeadingColumn>,
        /// What the workbook's date serials count from; 1900 for CSV.
        pub date_system: DateSystem,
        /// The rows, in ascending order and after those of earlier commands.
        pub rows: Vec<ImportRow>,
    }
}

redacted_debug!(ImportRows { import, columns, date_system });

wire! {
    /// What became of some rows.
    #[derive(Debug)]
    pub struct ImportedRows {
        /// Each row that holds anything, in order.
        pub rows: Vec<RowOutcome>,
        /// These rows, counted.
        pub counts: ImportCounts,
        /// The whole import so far, counted.
        pub total: ImportCounts,
        /// Places of cells that hold something and belong to no column that is read, each once.
        pub unread_positions: Vec<u32>,
    }
}

wire! {
    /// Rows, counted: the first three are I2's, and sum to the rows that hold anything.
    #[derive(Copy, Debug, Default)]
    pub struct ImportCounts {
        /// 成功
        pub imported: u32,
        /// データエラー
        pub errors: u32,
        /// すでに存在する顧客
        pub existing: u32,
        /// Rows in which nothing was written: they are no rows of I2.
        pub blank: u32,
    }
}

impl ImportCounts {
    /// The rows that hold anything.
    #[must_use]
    pub const fn rows(&self) -> u32 {
        self.imported.saturating_add(self.errors).saturating_add(self.existing)
    }
}

wire! {
    /// What became of one row.
    #[derive(Debug)]
    pub struct RowOutcome {
        /// The row, as numbered in the sheet.
        pub row: u32,
        /// What became of it.
        pub result: RowResult,
        /// What was repaired (I4); told of rows with errors too. Left out where a megabyte was told of the rows of the command before, or 64 of those of
        /// the file (I7).
        pub repairs: Vec<Repair>,
    }
}

wire! {
    /// Exactly one of three (I2).
    #[derive(Debug)]
    #[serde(tag = "type")]
    pub enum RowResult {
        /// 成功
        Imported {
            /// The new customer.
            customer: CustomerId,
            /// Their customer number お客様番号.
            number: u32,
            /// Customers who may be the same person: the same name only, or the same phone or e-mail under another name (I3). At most 20.
            suggestions: Vec<Candidate>,
            /// Whether there are more of them.
            more_suggestions: bool,
            /// As whom on the black list they return (G5): the first 20 (I7).
            #[serde(default, skip_serializing_if = "Vec::is_empty")]
            returns: Vec<Return>,
        },
        /// すでに存在する顧客: the same name, and the same phone or real e-mail (I3).
        Existing {
            /// The customer; of several the one who was first. It may be one of an earlier row.
            customer: CustomerId,
            /// The others, if the same person is in the ledger more than once: the first 20 (I7). Nothing is filled then.
            others: Vec<CustomerId>,
            /// The fields that were blank and filled from the row, where the salon's policy says so; otherwise nothing was written.
            filled: Vec<String>,
        },
        /// データエラー: nothing was written.
        Error {
            /// Everything that is wrong with the row. Where a megabyte was told of the rows of the command before, or 64 of those of the file, only the
            /// first thing, without the value (I7).
            problems: Vec<CellProblem>,
        },
    }
}

impl RowOutcome {
    /// Leaves out of a file's report what there is no room for (I7).
    pub(crate) fn tell_within(&mut self, room: &mut usize) {
        let mut nothing = Vec::new();
        let problems = if let RowResult::Error { problems } = &mut self.result { problems } else { &mut nothing };
        tell_within(room, problems, &mut self.repairs);
    }
}

impl Command for ImportRows {
    type Output = ImportedRows;
    const NAME: &'static str = "importRows";
    const ROLES: &'static [Role] = Role::SALON;
    const FORGETS: bool = true;

    // What stands in the cells: it is of people who may be erased (W4), or who never became customers.
    fn forget(output: &mut ImportedRows) {
        for row in &mut output.rows {
            for repair in &mut row.repairs {
                repair.before.clear();
                repair.after.clear();
            }
            if let RowResult::Error { problems } = &mut row.result {
                problems.iter_mut().filter_map(|problem| problem.value.as_mut()).for_each(String::clear);
            }
        }
    }

    fn recall(&self, output: &mut ImportedRows, settings: &Settings) {
        let rows: BTreeMap<u32, &ImportRow> = self.rows.iter().map(|row| (row.row, row)).collect();
        for outcome in &mut output.rows {
            let Some(row) = rows.get(&outcome.row) else { continue };
            let read = repairs(row, &self.columns, self.date_system, &settings.channels);
            let mut read = read.as_slice();
            for repair in &mut outcome.repairs {
                // The salon may have other channels since, and then what is repeated among them is another.
                let same = |read: &Repair| (read.position, read.kind) == (repair.position, repair.kind);
                if let Some(([.., told], after)) =
                    read.iter().position(same).and_then(|place| read.split_at_checked(place.saturating_add(1)))
                {
                    (repair.before, repair.after) = (told.before.clone(), told.after.clone());
                    read = after;
                }
            }
            let RowResult::Error { problems } = &mut outcome.result else { continue };
            for problem in problems {
                let place = problem.position.and_then(|position| usize::try_from(position.saturating_sub(1)).ok());
                if let (Some(value), Some(cell)) = (&mut problem.value, place.and_then(|place| row.cells.get(place))) {
                    *value = shown_value(cell);
                }
                // Receipts of before it was told do not say it.
                if problem.japanese.is_empty() {
                    problem.japanese = problem.japanese();
                }
            }
        }
    }

    // Whose the rows with errors are, nobody can say.
    fn told_of(imported: &ImportedRows) -> Vec<CustomerId> {
        let mut people = BTreeSet::new();
        for row in &imported.rows {
            match &row.result {
                RowResult::Imported { .. } => {}
                RowResult::Existing { customer, others, .. } => people.extend(others.iter().chain([customer])),
                RowResult::Error { .. } => drop(people.insert(NOBODY)),
            }
        }
        people.into_iter().collect()
    }

    fn decide(&self, draft: &mut Draft<'_>, context: &Context) -> Result<ImportedRows, Halt> {
        if u32::try_from(self.rows.len()).map_or(true, |count| count > MAX_ROWS) {
            return Err(ImportError::TooManyRows { max: MAX_ROWS }.into());
        }
        check_columns(&self.columns)?;
        // What no cell decides is loaded first: whatever is missing later, all rows are read anew.
        draft.read().want(&[
            Read::one::<Settings>(Settings::ID),
            Read::one::<Import>(&self.import),
            Read::one::<Counters>(Counters::ID),
        ])?;
        let settings = draft.settings()?;
        let today = settings.calendar.day_of(context.now)?;
        let checked = Checked { settings: &settings, context, path: Some(EntryPath::Import) };
        let written: Vec<&ImportRow> = self.rows.iter().filter(|row| !self.is_blank(row)).collect();
        load_numbers(draft, u32::try_from(written.len()).unwrap_or(MAX_ROWS))?;
        let read = draft.once(|| -> Vec<RowRead> {
            let mut room = MOST_TOLD;
            let read = written.iter().map(|row| {
                let mut read = read_row(row, &self.columns, self.date_system, &checked, today);
                tell_within(&mut room, &mut read.problems, &mut read.repairs);
                read
            });
            read.collect()
        });
        // Everything that any row can match is loaded in one round trip.
        let good = || read.iter().filter(|row| row.problems.is_empty());
        let reads: BTreeSet<Read> = good().flat_map(|row| keys(&row.customer)).map(|key| Read::Key { kind: Kind::Customer, key }).collect();
        let blocks: BTreeSet<Read> = good().flat_map(|row| return_reads(draft, &row.customer)).collect();
        draft.read().want(&reads.iter().chain(&blocks).cloned().collect::<Vec<_>>())?;
        let mut import = self.record(draft, context)?;
        let mut last = import.last_row;
        for row in &self.rows {
            if row.row <= last {
                return Err(ImportError::RowOrder { row: row.row }.into());
            }
            last = row.row;
        }
        let mut chunk = Chunk {
            context,
            settings: &settings,
            import: &self.import,
            known: Known::new(settings.width_mode()),
            fills: BTreeMap::new(),
            made: BTreeSet::new(),
        };
        chunk.load(draft, &reads)?;
        let mut counts = ImportCounts {
            blank: u32::try_from(self.rows.len().saturating_sub(read.len())).unwrap_or(u32::MAX),
            ..ImportCounts::default()
        };
        let mut rows = Vec::with_capacity(read.len());
        for row in read.iter().cloned() {
            rows.push(chunk.take(draft, row, &mut counts)?);
        }
        import.last_row = last;
        import.filled.extend(chunk.fills.into_iter().map(|(customer, version)| ImportFill { customer, version }));
        let total = add(&mut import, counts);
        draft.put(import)?;
        Ok(ImportedRows { rows, counts, total, unread_positions: self.unread() })
    }
}

// A new customer's number must not stand on an old card (C7). Whether it does is loaded here for every row at once, not row by row.
fn load_numbers(draft: &Draft<'_>, wanted: u32) -> Result<(), Halt> {
    let counters: Counters = draft.read().find(Counters::ID)?.unwrap_or_default();
    let read = |number: u32| Read::Key { kind: Kind::Customer, key: key::number(&number.to_string()) };
    let (mut last, mut free, mut lot) = (counters.number, 0_u32, wanted);
    while free < wanted {
        let next = last.saturating_add(1)..=last.saturating_add(lot);
        draft.read().want(&next.clone().map(read).collect::<Vec<_>>())?;
        for number in next {
            if draft.look(&read(number))?.is_empty() {
                free = free.saturating_add(1);
            }
        }
        if last == u32::MAX {
            return Ok(());
        }
        last = last.saturating_add(lot);
        lot = lot.saturating_mul(2).min(16_384);
    }
    Ok(())
}

fn add(import: &mut Import, counts: ImportCounts) -> ImportCounts {
    import.imported = import.imported.saturating_add(counts.imported);
    import.errors = import.errors.saturating_add(counts.errors);
    import.existing = import.existing.saturating_add(counts.existing);
    import.blank = import.blank.saturating_add(counts.blank);
    ImportCounts { imported: import.imported, errors: import.errors, existing: import.existing, blank: import.blank }
}

impl ImportRows {
    fn record(&self, draft: &Draft<'_>, context: &Context) -> Result<Import, Halt> {
        let found: Option<Import> = draft.read().find(&self.import)?;
        let import = found.unwrap_or_else(|| Import {
            id: self.import.clone(),
            began_at: context.now,
            by: context.actor.id.clone(),
            last_row: 0,
            imported: 0,
            errors: 0,
            existing: 0,
            blank: 0,
            filled: Vec::new(),
            undone_at: None,
        });
        if import.undone_at.is_some() { Err(ImportError::Undone { import: self.import.clone() }.into()) } else { Ok(import) }
    }

    // A row of a workbook of errors that staff emptied, and not of what was wrong with it, is blank.
    fn is_blank(&self, row: &ImportRow) -> bool {
        let is_note = |position| self.columns.iter().any(|known| known.position == position && known.column == ImportColumn::ErrorNote);
        (1_u32..).zip(&row.cells).all(|(position, cell)| cell.is_blank() || is_note(position))
    }

    fn unread(&self) -> Vec<u32> {
        let read: BTreeSet<u32> = self.columns.iter().map(|column| column.position).collect();
        let others = self.rows.iter().flat_map(|row| (1_u32..).zip(&row.cells)).filter(|(position, _)| !read.contains(position));
        others.filter(|(_, cell)| !cell.is_blank()).map(|(position, _)| position).collect::<BTreeSet<u32>>().into_iter().collect()
    }
}

/// How many of those who are the same person are named.
const MOST_OTHERS: usize = 20;

/// The rows of one command on their way.
struct Chunk<'a> {
    context: &'a Context,
    settings: &'a Settings,
    import: &'a ImportId,
    known: Known,
    /// Customers whose blanks were filled here, and the version that made.
    fills: BTreeMap<CustomerId, u32>,
    /// Customers that are new here.
    made: BTreeSet<CustomerId>,
}

impl Chunk<'_> {
    fn load(&mut self, draft: &Draft<'_>, reads: &BTreeSet<Read>) -> Result<(), Halt> {
        for read in reads {
            for record in draft.look(read)? {
                if let crate::record::Record::Customer(customer) = record {
                    self.known.add(Customer::clone(&customer));
                }
            }
        }
        Ok(())
    }

    fn take(&mut self, draft: &mut Draft<'_>, row: RowRead, counts: &mut ImportCounts) -> Result<RowOutcome, Halt> {
        let (number, repairs) = (row.row, row.repairs);
        let (count, result) = if row.problems.is_empty() {
            let Matches { same, maybe, more } = self.known.find(&row.customer);
            match same.split_first() {
                Some((first, others)) => {
                    let filled = self.fill(draft, *first, others, &row.customer)?;
                    (
                        &mut counts.existing,
                        RowResult::Existing { customer: *first, others: others.iter().take(MOST_OTHERS).copied().collect(), filled },
                    )
                }
                None => {
                    let customer = Customer { import: Some(self.import.clone()), ..row.customer };
                    let registered = admit(draft, self.context, self.settings, customer.clone(), &self.known.who_left(&customer))?;
                    self.known.add(Customer { id: registered.customer, ..customer });
                    self.made.insert(registered.customer);
                    let (customer, number) = (registered.customer, registered.number);
                    let returns = registered.returns.into_iter().take(MOST_OTHERS).collect();
                    (&mut counts.imported, RowResult::Imported { customer, number, suggestions: maybe, more_suggestions: more, returns })
                }
            }
        } else {
            (&mut counts.errors, RowResult::Error { problems: row.problems })
        };
        *count = count.saturating_add(1);
        Ok(RowOutcome { row: number, result, repairs })
    }

    // One version per customer and command, whichever rows it was filled from: that is what the history holds.
    fn fill(&mut self, draft: &mut Draft<'_>, id: CustomerId, others: &[CustomerId], row: &Customer) -> Result<Vec<String>, Halt> {
        if self.settings.import_existing == ExistingPolicy::Leave || !others.is_empty() {
            return Ok(Vec::new());
        }
        let Some(existing) = draft.read().find::<Customer>(id)? else { return Ok(Vec::new()) };
        let (mut filled, fields) = fill_blanks(&existing, row);
        if fields.is_empty() {
            return Ok(fields);
        }
        if !self.made.contains(&id) && !self.fills.contains_key(&id) {
            filled.version = existing.version.saturating_add(1);
            self.fills.insert(id, filled.version);
        }
        self.known.add(filled.clone());
        draft.put(filled)?;
        Ok(fields)
    }
}

wire! {
    /// An import's figures: how far it came, and whether it was undone.
    #[derive(Debug)]
    pub struct GetImport {
        /// Which import.
        pub import: ImportId,
    }
}

impl Query for GetImport {
    type Output = Import;
    const NAME: &'static str = "getImport";
    const ROLES: &'static [Role] = Role::SALON;

    fn answer(&self, look: &dyn Look, _: &Actor, _: Instant) -> Result<Import, Halt> {
        look.find(&self.import)?.ok_or_else(|| ImportError::NotFound { import: self.import.clone() }.into())
    }
}
