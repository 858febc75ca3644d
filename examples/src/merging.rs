//! 統合: two records of one person become one.

use daicho::import::RowResult;
use daicho::ledger::ImportReport;
use daicho::{CustomerId, GetCustomer, ListMerges, MergeCustomers, MergePreview, PreviewMerge};

use crate::desk::Desk;
use crate::{Failure, heading};

/// Takes the first suggestion of the import that the rules allow, previews the merge, merges, and shows the history.
pub(crate) fn merge_a_duplicate(desk: &Desk, report: &ImportReport) -> Result<(), Failure> {
    heading("統合: the import suggested who may be the same person");
    let suggested = report.rows.iter().flat_map(|row| match &row.result {
        RowResult::Imported { customer, suggestions, .. } => suggestions.iter().map(|other| (*customer, *other)).collect::<Vec<_>>(),
        _ => Vec::new(),
    });
    let mut merged = false;
    for (source, target) in suggested {
        let preview = desk.ask(&PreviewMerge { source, target, from_source: Vec::new(), line: None })?;
        match preview.blockers.first() {
            None => {
                // The second record had its own booking: it must not be lost.
                crate::book::book(desk, source)?;
                let preview = desk.ask(&PreviewMerge { source, target, from_source: Vec::new(), line: None })?;
                merge(desk, source, target, &preview)?;
                merged = true;
                break;
            }
            Some(blocker) => println!("  {} and {}: {}", shown_name(desk, source)?, shown_name(desk, target)?, blocker.detail),
        }
    }
    if !merged {
        println!("  nothing is left to merge");
    }
    println!("  統合履歴:");
    for row in desk.find(&ListMerges::default())?.merges {
        let merge = row.merge;
        println!(
            "    {}: No.{} → No.{} by {}, moved: {}",
            merge.id,
            merge.source_number,
            merge.target_number,
            merge.by,
            moved(&row.summary)
        );
    }
    Ok(())
}

fn shown_name(desk: &Desk, customer: CustomerId) -> Result<String, Failure> {
    let card = desk.ask(&GetCustomer { customer })?.customer;
    Ok(format!("{customer} (now No.{} {} {})", card.number, card.family_name, card.given_name))
}

fn moved(summary: &[String]) -> String {
    if summary.is_empty() { "only the fields".to_owned() } else { summary.join(", ") }
}

fn merge(desk: &Desk, source: CustomerId, target: CustomerId, preview: &MergePreview) -> Result<(), Failure> {
    let (one, other) = (desk.ask(&GetCustomer { customer: source })?.customer, desk.ask(&GetCustomer { customer: target })?.customer);
    println!(
        "  No.{} {} {} (統合元) → No.{} {} {} (統合先)",
        one.number, one.family_name, one.given_name, other.number, other.family_name, other.given_name
    );
    for field in &preview.fields {
        println!(
            "    {}: {} | {} → {}",
            field.field,
            shown(&field.target),
            shown(&field.source),
            if field.takes_source { "the second" } else { "the first" }
        );
    }
    let phones: Vec<&str> = preview.result.phones.iter().map(|phone| phone.digits.as_str()).collect();
    println!("    phones afterwards: {}; warnings: {:?}", phones.join(", "), preview.warnings);
    let command = MergeCustomers { source, target, from_source: Vec::new(), line: None, fingerprint: preview.fingerprint.clone() };
    let receipt = desk.execute(&format!("demo/merge/{source}/{target}"), &command)??;
    for (when, held) in [("both held before", receipt.before), ("the target holds after", receipt.after)] {
        println!(
            "    {}: {when} {} reservations, {} visits, ¥{} of sales, ¥{} of fees due, {} ticket uses, {} points, {} list entries",
            receipt.merge, held.reservations, held.visits, held.sales_yen.0, held.fees_due.0, held.ticket_uses, held.points, held.listings
        );
    }
    let resolved = desk.ask(&GetCustomer { customer: source })?.customer;
    println!("    {source} now resolves to {} (No.{})", resolved.id, resolved.number);
    Ok(())
}

fn shown(value: &Option<String>) -> &str {
    value.as_deref().unwrap_or("(empty)")
}
