//! Faults: the connection is lost at every call in turn, before the store heard of it or after it had done it.

use super::bench::{Bench, Dump, Outcome, Salon};
use super::races::{booking, caller, context, done};
use super::samples::NOW;
use crate::booking::Book;
use crate::error::{Error, StoreError};
use crate::id::CustomerId;
use crate::ledger::{Executed, Session};
use crate::log::{Actor, Command, Role};
use crate::merge::{MergeCustomers, PreviewMerge};
use crate::store::{Step, Steps};

/// On which side of the store a call is lost.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lost {
    /// The store never hears of it.
    Before,
    /// The store does it, and its reply is lost.
    After,
}

// Two customers of one name; the first has a reservation.
async fn prepare(salon: &Salon) -> Result<Session, String> {
    let session = Session::new(salon.id.clone());
    for n in [1, 2] {
        let (command, context) = (caller(n), context(n)?);
        done(salon, session.execute(&command, &context)).await?;
    }
    let (command, context) = (booking(CustomerId::from_ordinal(1))?, context(3)?);
    done(salon, session.execute(&command, &context)).await?;
    Ok(session)
}

// Runs the work, losing its n-th call; `None` if it had fewer.
async fn lose<T>(
    salon: &Salon,
    mut steps: Steps<'_, Result<Executed<T>, Error>>,
    n: u32,
    lost: Lost,
) -> Result<Option<Result<Executed<T>, Error>>, String> {
    let mut answer = None;
    let mut calls = 0_u32;
    loop {
        match steps.next(answer).map_err(|error| error.to_string())? {
            Step::Done(done) => return Ok((calls >= n).then_some(done)),
            Step::Ask(ask) => {
                calls = calls.saturating_add(1);
                let reply = if calls == n && lost == Lost::Before { None } else { Some(salon.ask(ask).await) };
                answer = Some(match reply {
                    Some(reply) if calls != n => reply,
                    _ => Err(StoreError::Unavailable { detail: "the suite lost this call".to_owned() }),
                });
            }
        }
    }
}

async fn all_or_nothing<C>(bench: &Bench, lost: Lost, command: &C) -> Outcome
where
    C: Command + Sync,
    C::Output: Send + PartialEq,
{
    let context = context(10)?;
    let reference = bench.salon("whole")?;
    let session = prepare(&reference).await?;
    let before: Dump = reference.dump().await?;
    let whole = done(&reference, session.execute(command, &context)).await?;
    let after: Dump = reference.dump().await?;
    for n in 1..=40 {
        let salon = bench.salon(&n.to_string())?;
        let session = prepare(&salon).await?;
        salon.dump().await?.same(&before, "two salons with the same commands")?;
        let Some(outcome) = lose(&salon, session.execute(command, &context), n, lost).await? else { return Ok(()) };
        ensure!(
            outcome.as_ref().is_err_and(Error::is_retryable),
            "with call {n} lost the command did not end in an error that says: again"
        );
        let now = salon.dump().await?;
        if now.head == before.head {
            now.same(&before, &format!("with call {n} lost, nothing should have happened"))?;
        } else {
            now.same(&after, &format!("with call {n} lost, all of it should have happened"))?;
        }
        let again = done(&salon, session.execute(command, &context)).await?;
        salon.dump().await?.same(&after, &format!("with call {n} lost and the command sent again"))?;
        ensure!(
            again.output == whole.output && again.sequence == whole.sequence,
            "with call {n} lost, sending the command again answers something else"
        );
    }
    Err("the suite is at fault: a command of more than 40 calls".to_owned())
}

fn book() -> Result<Book, String> {
    booking(CustomerId::from_ordinal(2))
}

async fn merge(bench: &Bench) -> Result<MergeCustomers, String> {
    let salon = bench.salon("preview")?;
    let session = prepare(&salon).await?;
    let (source, target) = (CustomerId::from_ordinal(1), CustomerId::from_ordinal(2));
    let (preview, actor) =
        (PreviewMerge { source, target, from_source: Vec::new(), line: None }, Actor::new(super::samples::id("staff-1")?, Role::Manager));
    let preview = done(&salon, session.query(&preview, &actor, NOW)).await?;
    Ok(MergeCustomers { source, target, from_source: Vec::new(), line: None, fingerprint: preview.fingerprint })
}

pub(super) async fn a_fault_before_any_call_of_a_booking_is_all_or_nothing(bench: Bench) -> Outcome {
    all_or_nothing(&bench, Lost::Before, &book()?).await
}

pub(super) async fn a_fault_after_any_call_of_a_booking_is_all_or_nothing(bench: Bench) -> Outcome {
    all_or_nothing(&bench, Lost::After, &book()?).await
}

pub(super) async fn a_fault_before_any_call_of_a_merge_is_all_or_nothing(bench: Bench) -> Outcome {
    all_or_nothing(&bench, Lost::Before, &merge(&bench).await?).await
}

pub(super) async fn a_fault_after_any_call_of_a_merge_is_all_or_nothing(bench: Bench) -> Outcome {
    all_or_nothing(&bench, Lost::After, &merge(&bench).await?).await
}

pub(super) async fn a_ledger_kept_here_passes_its_own_check(bench: Bench) -> Outcome {
    let salon = bench.salon("a")?;
    let session = prepare(&salon).await?;
    let (merge, context) = (merge(&bench).await?, context(10)?);
    done(&salon, session.execute(&merge, &context)).await?;
    let report = done(&salon, session.check()).await?;
    let breaches: Vec<String> =
        report.breaches.iter().map(|breach| format!("{} {}/{}: {}", breach.rule, breach.kind, breach.id, breach.detail)).collect();
    ensure!(breaches.is_empty(), "the ledger's own check finds {breaches:?}");
    ensure!(report.entries == 4, "the check read {} entries instead of 4", report.entries);
    Ok(())
}
