//! Load, decide, commit; when somebody else was first, again.

use std::sync::Arc;

use super::import_run::is_key_of_import;
use super::outline::outline;
use crate::error::{AccessError, Error, ImportError, LedgerError, StoreError};
use crate::id::{CommandKey, CustomerId};
use crate::import::ImportRows;
use crate::log::{Actor, ChangeSet, Command as _, Context, Draft, Halt, Host, Look, NOBODY, Operation, Read, Role, View, digest_hex, seal};
use crate::record::{Counters, Kind, Receipt, Record, Settings};
use crate::store::{Batch, Head, Port};
use crate::time::Instant;

/// How often a command may find that others were first. Eight writers racing on one salon were seen to need 26.
const MAX_TRIES: u32 = 200;
/// How often one decision may ask for more records. A chain of merges asks once for each link (M6).
const MAX_ROUNDS: u32 = 1_100;

/// What a command did (A1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Executed<T> {
    /// The command's answer.
    pub output: T,
    /// The entry of the log that it became.
    pub sequence: u32,
    /// The records that changed.
    pub changed: Vec<Changed>,
    /// Whether this is the answer given before, to the same command under the same key (A2).
    pub replayed: bool,
}

wire! {
    /// A record that changed.
    #[derive(Debug)]
    pub struct Changed {
        /// Its kind.
        pub kind: Kind,
        /// Its id.
        pub id: String,
        /// What was done to it.
        pub operation: Operation,
    }
}

/// What the driver runs: a command with its types taken off. Compiled once instead of once for each command, the driver is a small part of a
/// browser module instead of the greater one.
pub(super) trait AnyCommand: Sync {
    fn name(&self) -> &'static str;
    fn roles(&self) -> &'static [Role];
    /// The command as JSON text; its digest tells it from others under the same key (A2).
    fn input(&self) -> Result<String, LedgerError>;
    /// What it will surely look up.
    fn reads(&self) -> Vec<Read>;
    /// Decides, and answers as JSON text.
    fn decide(&self, draft: &mut Draft<'_>, context: &Context) -> Result<Written, Halt>;
    /// The answer of a receipt, with what the receipt does not keep of it. None if it cannot be one.
    fn recall(&self, kept: String, settings: &Settings) -> Result<String, serde_json::Error>;
}

/// An answer as JSON text.
pub(super) struct Written {
    pub(super) answer: String,
    /// The same as the receipt keeps it, where that differs.
    pub(super) kept: Option<String>,
    /// Whom the command [told of](crate::log::Command::told_of).
    pub(super) told_of: Vec<CustomerId>,
}

/// A query of named records with its types taken off; it answers as JSON text, or keeps the answer itself.
pub(super) trait AnyQuery: Sync {
    fn name(&self) -> &'static str;
    fn roles(&self) -> &'static [Role];
    fn answer(&self, look: &dyn Look, actor: &Actor, now: Instant) -> Result<String, Halt>;
}

/// What an executed command leaves: its answer as JSON text, and the changes for the index if this call made them.
pub(super) struct Committed {
    pub(super) executed: Executed<String>,
    pub(super) changes: Option<ChangeSet>,
}

pub(super) async fn execute(port: &Port, host: &Host, command: &dyn AnyCommand, context: &Context) -> Result<Committed, Error> {
    context.actor.allowed(command.roles(), command.name())?;
    context.now.checked("now")?;
    let input = command.input()?;
    let asked =
        Asked { input: &input, digest: digest_hex(&[command.name().as_bytes(), b"\n", input.as_bytes()]), outline: outline(&input) };
    let mut first = command.reads();
    first.extend([Read::one::<Receipt>(&context.key), Read::one::<Settings>(Settings::ID), Read::one::<Counters>(Counters::ID)]);
    let mut loading = Loading::new(first);
    for _ in 0..MAX_TRIES {
        loading.load(port).await?;
        if let Some(receipt) = receipt(&loading.view, &context.key)? {
            let settings = crate::log::shared_settings(&loading.view).map_err(|_| LedgerError::Encoding { place: "settings" })?;
            return replay(port, command, receipt, &context.actor, &asked, &settings).await;
        }
        let (output, changes) = decide(port, &mut loading, |view| {
            let mut draft = Draft::new(view).of_host(host);
            let output = command.decide(&mut draft, context)?;
            Ok((output, draft.finish()?))
        })
        .await?;
        let Written { answer: output, kept, told_of } = output;
        let kept = kept.unwrap_or_else(|| output.clone());
        let batch = batch(&loading.head, context, command.name(), &asked, (kept, told_of), &changes)?;
        let sequence = batch.expected.saturating_add(1);
        match port.commit(batch).await {
            Ok(()) => {
                let executed = Executed { output, sequence, changed: told(&context.actor, summary(&changes)), replayed: false };
                return Ok(Committed { executed, changes: Some(changes) });
            }
            Err(StoreError::Conflict) => loading.again(),
            Err(error) => return Err(error.into()),
        }
    }
    Err(LedgerError::TooManyConflicts { tries: MAX_TRIES }.into())
}

pub(super) async fn query(port: &Port, query: &dyn AnyQuery, actor: &Actor, now: Instant) -> Result<String, Error> {
    actor.allowed(query.roles(), query.name())?;
    now.checked("now")?;
    let mut loading = Loading::new(vec![Read::one::<Settings>(Settings::ID)]);
    loading.load(port).await?;
    decide(port, &mut loading, |view| query.answer(view, actor, now)).await
}

// Asks a pure decision again until nothing it needs is missing.
pub(super) async fn decide<T>(port: &Port, loading: &mut Loading, mut ask: impl FnMut(&View) -> Result<T, Halt>) -> Result<T, Error> {
    for _ in 0..MAX_ROUNDS {
        match ask(&loading.view) {
            Ok(decided) => return Ok(decided),
            Err(Halt::Reject(error)) => return Err(error),
            Err(Halt::Need(reads)) => {
                loading.missing.extend(reads);
                loading.load(port).await?;
            }
        }
    }
    Err(LedgerError::TooManyReads { rounds: MAX_ROUNDS }.into())
}

/// What was loaded, all as of one head, and what is to be loaded next.
pub(super) struct Loading {
    view: View,
    head: Head,
    asked: Vec<Arc<[Read]>>,
    missing: Vec<Read>,
}

impl Loading {
    pub(super) fn new(first: Vec<Read>) -> Self {
        Self { view: View::default(), head: Head::default(), asked: Vec::new(), missing: first }
    }

    /// The place of the log that all of it is as of.
    pub(super) const fn sequence(&self) -> u32 {
        self.head.sequence
    }

    // Everything loaded so far must be loaded again.
    fn again(&mut self) {
        self.missing.extend(self.asked.drain(..).flat_map(|reads| reads.to_vec()));
        self.view.clear();
    }

    async fn load(&mut self, port: &Port) -> Result<(), Error> {
        for _ in 0..MAX_TRIES {
            self.missing.sort();
            self.missing.dedup();
            let reads: Arc<[Read]> = core::mem::take(&mut self.missing).into();
            let loaded = port.load(Arc::clone(&reads)).await?;
            let moved = loaded.head != self.head && !self.asked.is_empty();
            for (read, records) in reads.iter().zip(loaded.records) {
                self.view.insert(read, records);
            }
            self.asked.push(reads);
            if !moved {
                self.head = loaded.head;
                return Ok(());
            }
            // Somebody appended between two loads: a decision must see one state of the ledger.
            self.again();
        }
        Err(LedgerError::TooManyConflicts { tries: MAX_TRIES }.into())
    }
}

fn receipt(view: &View, key: &CommandKey) -> Result<Option<Receipt>, Error> {
    let look: &dyn Look = view;
    match look.find::<Receipt>(key) {
        Ok(found) => Ok(found),
        Err(Halt::Reject(error)) => Err(error),
        Err(Halt::Need(_)) => Ok(None),
    }
}

async fn replay(
    port: &Port,
    command: &dyn AnyCommand,
    receipt: Receipt,
    actor: &Actor,
    asked: &Asked<'_>,
    settings: &Settings,
) -> Result<Committed, Error> {
    // After an erasure its name and its outline are all that is known of what was asked (W4).
    let same = if receipt.digest.is_empty() {
        receipt.command == command.name() && receipt.outline.as_ref().is_none_or(|outline| *outline == asked.outline)
    } else {
        receipt.digest == asked.digest
    };
    if !same || receipt.actor != actor.id {
        return Err(key_reused(&receipt, command, asked.input));
    }
    let entries = port.changes(receipt.sequence.saturating_sub(1), 1).await?;
    let body = entries.first().and_then(|entry| entry.read().ok());
    let body = body.ok_or_else(|| damaged_receipt(receipt.sequence, "the log has no such entry".to_owned()))?;
    let changed =
        body.changes.into_iter().map(|change| Changed { kind: change.kind, id: change.id, operation: change.operation }).collect();
    let (sequence, changed) = (receipt.sequence, told(actor, changed));
    let output = command.recall(receipt.output, settings).map_err(|error| damaged_receipt(sequence, crate::error::json_fault(&error)))?;
    Ok(Committed { executed: Executed { output, sequence, changed, replayed: true }, changes: None })
}

// Who imports a file chose an id for it and never saw the keys that come of that.
fn key_reused(receipt: &Receipt, command: &dyn AnyCommand, input: &str) -> Error {
    let imports = [command.name(), &receipt.command].iter().all(|name| *name == ImportRows::NAME);
    if imports && is_key_of_import(&receipt.key, input) {
        return ImportError::OtherFile { sequence: receipt.sequence }.into();
    }
    AccessError::KeyReused { sequence: receipt.sequence }.into()
}

/// The receipt of an entry is not what a receipt is.
pub(super) fn damaged_receipt(sequence: u32, detail: String) -> StoreError {
    StoreError::Corrupt { place: format!("receipt of entry {sequence}"), detail }
}

/// What tells a command from another under the same key (A2).
struct Asked<'i> {
    input: &'i str,
    digest: String,
    outline: String,
}

fn batch(
    head: &Head,
    context: &Context,
    command: &'static str,
    asked: &Asked<'_>,
    (output, mut told_of): (String, Vec<CustomerId>),
    changes: &ChangeSet,
) -> Result<Batch, Error> {
    let sequence = head.sequence.checked_add(1).ok_or(crate::error::CustomerError::Full)?;
    let (entry, apart) = seal(sequence, &head.hash, context, command, changes)?;
    // An erasure of whomever the input tells of has to find it: by what changed of them, or by who they are.
    if told_of.is_empty() && apart.is_empty() && changes.iter().next().is_none() {
        told_of.push(NOBODY);
    }
    let receipt = Receipt {
        key: context.key.clone(),
        actor: context.actor.id.clone(),
        command: command.to_owned(),
        digest: asked.digest.clone(),
        outline: Some(asked.outline.clone()),
        told_of,
        sequence,
        output,
    };
    let puts = Vec::with_capacity(changes.iter().count().saturating_add(apart.len()).saturating_add(1));
    let erases = changes.leaves_no_trace();
    let mut batch = Batch { expected: head.sequence, entries: vec![Arc::new(entry)], puts, removes: Vec::new(), erases };
    for change in changes.iter() {
        match (&change.after, &change.before) {
            (Some(after), _) => batch.puts.push(after.clone()),
            (None, Some(before)) => batch.removes.push((before.kind(), before.id())),
            (None, None) => {}
        }
    }
    batch.puts.extend(apart.into_iter().map(Record::from));
    batch.puts.push(Record::from(receipt));
    Ok(batch)
}

// What a customer is told of what they changed: not that there was a block to be kept (G3).
fn told(actor: &Actor, mut changed: Vec<Changed>) -> Vec<Changed> {
    changed.retain(|change| actor.role != Role::Customer || change.kind != Kind::Block);
    changed
}

fn summary(changes: &ChangeSet) -> Vec<Changed> {
    let line = |change: &crate::log::Change| {
        let record = change.after.as_ref().or(change.before.as_ref())?;
        let operation = match (&change.before, &change.after) {
            (None, _) => Operation::Create,
            (_, Some(_)) => Operation::Update,
            (_, None) => Operation::Remove,
        };
        Some(Changed { kind: record.kind(), id: record.id(), operation })
    };
    changes.logged().filter_map(line).collect()
}
