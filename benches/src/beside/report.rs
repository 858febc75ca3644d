//! The section of `RESULTS.md`.

use super::questions::INDEXED;
use super::ratio::{geometric_mean, ratio, shown};
use super::run::{Among, Outcome};
use super::sides::{OURS, WASM};
use crate::measure::duration;

/// The file of the picture, beside `RESULTS.md`.
#[must_use]
pub fn picture_of(customers: u32) -> String {
    format!("search-{customers}.svg")
}

/// The body of the section.
#[must_use]
pub fn body(outcome: &Outcome) -> String {
    let mut text = String::from(
        "Count and first fifty ids by last visit, the newest first, ties by customer number; warm, one thread, each side in a process of its own, asked by\n\
         turns; every total and every page was the same. The sides loaded the same plain files, with the figures kept in columns; SQLite has an index for each\n\
         of the first nine questions (`src/beside/indexes.sql`) and trigrams for texts, Polars and the arrays stand in the order of the page. Nobody made an\n\
         index for the other nine. daicho is asked through `findCustomers`; cold starts are those with the index kept as one block (of a million\n\
         customers a file with the block alone: no question reads a record). What the\n\
         rows of a page cost on top says `bench-search --only-ours`. SQL, DataFrames and loops: `src/beside/sql.rs`, `peers/`.\n\n",
    );
    text += &format!("![ratios]({})\n\n", picture_of(outcome.customers));
    let names: Vec<&str> = outcome.sides.iter().map(|side| side.name).collect();
    for percent in [50, 99] {
        let script = !outcome.ratios(Among::JavaScript)[0].is_empty();
        let compared: &[(Among, &str)] = match (percent, script) {
            (50, true) => &[(Among::All, "÷ daicho"), (Among::JavaScript, "÷ in WASM")],
            (50, false) => &[(Among::All, "÷ daicho")],
            _ => &[],
        };
        text += &format!("| p{percent} | found | {} |", names.join(" | "));
        for (_, over) in compared {
            text += &format!(" best peer | {over} |");
        }
        text += &format!("\n|---|--:|{}{}\n", "--:|".repeat(names.len()), "---|--:|".repeat(compared.len()));
        for (place, question) in outcome.questions.iter().enumerate() {
            let mark = if place < INDEXED { "" } else { " °" };
            let total = outcome.totals.get(place).copied().unwrap_or_default();
            text += &format!("| {}{mark} {} | {total} |", question.name, question.words);
            for side in &outcome.sides {
                let time = side.times.get(place).and_then(|times| times.percentile(percent));
                text += &format!(" {} |", time.map_or_else(|| "–".to_owned(), duration));
            }
            for (among, _) in compared {
                text += &outcome
                    .best_peer(place, *among)
                    .map_or_else(|| " – | – |".to_owned(), |(name, ratio)| format!(" {name} | {} |", shown(ratio)));
            }
            text.push('\n');
        }
        text.push('\n');
    }
    text += "° no peer has an index made for it.\n\n";
    text += &summary(outcome);
    text += "\n\n| side | what | process start to first answer (Q1) | memory | bytes a customer |\n|---|---|--:|--:|--:|\n";
    for side in &outcome.sides {
        text += &format!(
            "| {} | {} | {} | {} MB | {} |\n",
            side.name,
            side.about,
            duration(side.cold),
            side.memory >> 20,
            side.memory / u64::from(outcome.customers.max(1))
        );
    }
    if !outcome.pages.is_empty() {
        text += "\n| Q17's page of fifty in JavaScript | p50 |\n|---|--:|\n";
        for (what, times) in &outcome.pages {
            text += &format!("| {what} | {} |\n", times.percentile(50).map_or_else(|| "–".to_owned(), duration));
        }
    }
    for line in &outcome.missing {
        text += &format!("\nLeft out: {line}.\n");
    }
    text
}

/// The means and the worst.
#[must_use]
pub fn summary(outcome: &Outcome) -> String {
    let lines = [
        (Among::All, "Best peer ÷ daicho"),
        (Among::Databases, "Best of SQLite, DuckDB and Polars ÷ daicho"),
        (Among::JavaScript, "In JavaScript, best peer ÷ the npm package"),
    ];
    let mut lines: Vec<String> = lines.into_iter().filter_map(|(among, what)| {
        let [all, indexed, others] = outcome.ratios(among).map(|ratios| geometric_mean(&ratios));
        let worst = (0..outcome.questions.len())
            .filter_map(|place| Some((outcome.best_peer(place, among)?, outcome.questions.get(place)?.name)))
            .min_by_key(|((_, ratio), _)| *ratio);
        let ((peer, worst), name) = worst?;
        Some(format!(
            "- {what}: geometric mean **{}**, {} where peers have indexes made for the question, {} where not; the worst {} ({name}, {peer})",
            shown(all?),
            shown(indexed?),
            shown(others?),
            shown(worst)
        ))
    }).collect();
    lines.extend(in_wasm(outcome));
    lines.join("\n")
}

// What WebAssembly and the way into JavaScript cost the library itself.
fn in_wasm(outcome: &Outcome) -> Option<String> {
    let median = |name: &str, place: usize| outcome.sides.iter().find(|side| side.name == name)?.times.get(place)?.percentile(50);
    let over = |place: usize| Some((ratio(median(WASM, place)?, median(OURS, place)?), outcome.questions.get(place)?.name));
    let ratios: Vec<(u128, &str)> = (0..outcome.questions.len()).filter_map(over).collect();
    let (least, most) = (ratios.iter().min()?, ratios.iter().max()?);
    let mean = geometric_mean(&ratios.iter().map(|(ratio, _)| *ratio).collect::<Vec<_>>())?;
    let said = |(ratio, name): &(u128, &str)| format!("{} ({name})", shown(*ratio));
    Some(format!("- The npm package ÷ daicho: geometric mean **{}**, from {} to {}", shown(mean), said(least), said(most)))
}
