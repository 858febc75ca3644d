//! 重複 and 統合: who may be the same person, and how two records become one.

use daicho::text::is_katakana_name;
use daicho::{
    CustomerId, DuplicatePair, GetCustomer, GetCustomerForm, ListDuplicates, ListMerges, Matter, MergeCustomers, MergePreview,
    PreviewMerge, Says, Tongue,
};

use crate::desk::Desk;
use crate::{Failure, heading};

/// How many pairs are printed.
const SHOWN: u32 = 4;

/// Says who may be the same person and why, corrects a name where the two are written otherwise (M1), merges the likeliest pair that the rules allow, and
/// shows the history.
pub(crate) fn merge_a_duplicate(desk: &Desk) -> Result<(), Failure> {
    heading("重複の候補: who may be the same person, and why");
    let all = ListDuplicates { at_least: None, tongue: Tongue::Japanese, page_size: Some(SHOWN), cursor: None };
    let found = desk.find(&all)?;
    println!("  {} pairs are worth a look", found.total);
    for pair in &found.pairs {
        println!("  {} | {}: {} points", crate::name(&pair.one), crate::name(&pair.other), pair.points);
        for signal in &pair.signals {
            println!("    {:+} {}", signal.points, signal.text);
        }
    }
    heading("統合: two records of one person become one");
    // Run again, the demo merges nobody else.
    let pairs = if desk.find(&ListMerges::default())?.merges.is_empty() { found.pairs.as_slice() } else { &[] };
    for pair in pairs {
        if !pair.same_name {
            correct_name(desk, pair)?;
        }
        // The later record goes into the earlier, which has the number that the customer knows.
        let (source, target) = (pair.other.id, pair.one.id);
        let ask = || desk.ask(&PreviewMerge { source, target, from_source: Vec::new(), line: None });
        if let Some(blocker) = ask()?.blockers.first() {
            println!("  {} and {}: {}", crate::name(&pair.other), crate::name(&pair.one), blocker.detail);
            continue;
        }
        // The second record had its own booking: it must not be lost.
        crate::book::book(desk, source)?;
        merge(desk, source, target, &ask()?)?;
        break;
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

// The audited way is an edit, which the journal shows, and then the merge. A name in kana alone was written down worse; whoever married has the later name;
// else it is the second time that 姓 and 名 stand in each other's place. A page shows both and lets staff choose.
fn correct_name(desk: &Desk, pair: &DuplicatePair) -> Result<(), Failure> {
    let married = pair.signals.iter().any(|signal| (signal.matter, signal.says) == (Matter::FamilyName, Says::Different));
    let first_is_worse = match [&pair.one, &pair.other].map(|row| is_katakana_name(&row.family_name)) {
        [one, other] if one != other => one,
        _ => married,
    };
    let (wrong, right) = if first_is_worse { (&pair.one, &pair.other) } else { (&pair.other, &pair.one) };
    println!("  {} is corrected to {} {}", crate::name(wrong), right.family_name, right.given_name);
    let mut edit = desk.ask(&GetCustomerForm { customer: wrong.id })?;
    (edit.form.family_name, edit.form.given_name) = (right.family_name.clone(), right.given_name.clone());
    (edit.form.family_kana, edit.form.given_kana) = (right.family_kana.clone(), right.given_kana.clone());
    desk.execute(&format!("demo/correct/{}", wrong.id), &edit)??;
    Ok(())
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
