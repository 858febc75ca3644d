//! The section of `RESULTS.md`.

use super::questions::INDEXED;
use super::ratio::{geometric_mean, shown};
use super::run::Outcome;
use crate::measure::duration;

/// The body of the section.
#[must_use]
pub fn body(outcome: &Outcome) -> String {
    let mut text = String::from(
        "Count and first fifty ids by last visit, the newest first, ties by customer number; warm, one thread, each side in a process of its own, asked by\n\
         turns; every total and every page was the same. The sides loaded the same plain files, with the figures kept in columns; SQLite has an index for each\n\
         of the first nine questions (`src/beside/indexes.sql`) and trigrams for texts, Polars and the arrays stand in the order of the page. Nobody made an\n\
         index for the other nine. daicho answers whole rows of the list, through `searchCustomers`, from an index over a store in memory; its cold start is from\n\
         its SQLite file. SQL, DataFrames and loops: `src/beside/sql.rs`, `peers/`.\n\n![ratios](search.svg)\n\n",
    );
    let names: Vec<&str> = outcome.sides.iter().map(|side| side.name).collect();
    for percent in [50, 99] {
        let ratio = if percent == 50 { " best peer | best ÷ daicho |" } else { "" };
        let rule = if percent == 50 { "---|--:|" } else { "" };
        text += &format!("| p{percent} | found | {} |{ratio}\n|---|--:|{}{rule}\n", names.join(" | "), "--:|".repeat(names.len()));
        for (place, question) in outcome.questions.iter().enumerate() {
            let mark = if place < INDEXED { "" } else { " °" };
            let total = outcome.totals.get(place).copied().unwrap_or_default();
            text += &format!("| {}{mark} {} | {total} |", question.name, question.words);
            for side in &outcome.sides {
                let time = side.times.get(place).and_then(|times| times.percentile(percent));
                text += &format!(" {} |", time.map_or_else(|| "–".to_owned(), duration));
            }
            if percent == 50 {
                text += &outcome
                    .best_peer(place)
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
    for line in &outcome.missing {
        text += &format!("\nLeft out: {line}.\n");
    }
    text
}

/// The means and the worst, in a line.
#[must_use]
pub fn summary(outcome: &Outcome) -> String {
    let [all, indexed, others] = outcome.ratios();
    let mean = |ratios: &[u128]| geometric_mean(ratios).map_or_else(|| "–".to_owned(), shown);
    let worst = (0..outcome.questions.len())
        .filter_map(|place| Some((outcome.best_peer(place)?, outcome.questions.get(place)?.name)))
        .min_by_key(|((_, ratio), _)| *ratio)
        .map_or_else(|| "–".to_owned(), |((peer, ratio), name)| format!("{} ({name}, {peer})", shown(ratio)));
    format!(
        "Best peer ÷ daicho, geometric mean: **{}** of all, {} where the peers have indexes made for the question, {} where not; the worst {worst}.",
        mean(&all),
        mean(&indexed),
        mean(&others)
    )
}
