//! The measuring: every side prepared, started cold, warmed, then asked by turns.

use std::path::Path;
use std::time::{Duration, Instant};

use super::export::export;
use super::ours::has_records;
use super::questions::{INDEXED, Question, Terms, questions};
use super::ratio::ratio;
use super::sides::{IN_JAVASCRIPT, OURS, Programs, Spec, WASM, sides};
use super::talk::{Hits, Partner};
use crate::measure::Times;
use crate::salon::{Failure, Salon};
use crate::work::Folder;

/// How often a side is started cold.
const COLD_STARTS: usize = 3;
/// How many turns each side has at each question, the one to warm it not counted.
const TURNS: usize = 5;
/// A turn: about so long, and so many runs at most. Whoever answers in microseconds is not measured in its first few after the others had the caches.
const RUNS: usize = 2_000;
const TURN: Duration = Duration::from_millis(80);

const ROWS: &str = "rows as objects";
/// A page of the npm package: the ids of those found, with the columns of figures, with the rows of the list.
const PAGES: [(&str, &str); 3] = [("ids", "Q17"), ("ids and eleven columns", "Q17+columns"), (ROWS, "Q17+rows")];

/// What was measured of a side.
#[derive(Debug)]
pub struct Measured {
    /// Its name.
    pub name: &'static str,
    /// What it is, with its version.
    pub about: String,
    /// From the start of its process to its first answer, the middle one of some.
    pub cold: u128,
    /// Bytes for a salon, the indexes included.
    pub memory: u64,
    /// The times of each question, in nanoseconds.
    pub times: Vec<Times>,
}

/// A whole run.
#[derive(Debug)]
pub struct Outcome {
    /// How large the salon is.
    pub customers: u32,
    /// What was asked.
    pub questions: Vec<Question>,
    /// How many satisfy each question.
    pub totals: Vec<u32>,
    /// The sides, the library first.
    pub sides: Vec<Measured>,
    /// What a page of fifty takes in the npm package, by what is asked for of each.
    pub pages: Vec<(&'static str, Times)>,
    /// Why somebody did not take part.
    pub missing: Vec<String>,
}

/// Who is compared with whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Among {
    /// The library, with everybody that it is not.
    All,
    /// The library, with SQLite, DuckDB and Polars.
    Databases,
    /// The npm package, with whoever else runs in JavaScript.
    JavaScript,
}

impl Among {
    const fn ours(self) -> &'static str {
        if matches!(self, Self::JavaScript) { WASM } else { OURS }
    }

    fn takes(self, name: &str) -> bool {
        let script = IN_JAVASCRIPT.contains(&name);
        match self {
            Self::All => name != OURS && name != WASM,
            Self::Databases => name != OURS && name != WASM && !script,
            Self::JavaScript => script,
        }
    }
}

/// Two answers to a question that differ.
pub fn agree(question: &Question, one: (&str, &Hits), other: (&str, &Hits)) -> Result<(), Failure> {
    if one.1 == other.1 {
        return Ok(());
    }
    let place = one.1.page.iter().zip(&other.1.page).position(|(one, other)| one != other);
    let place = place.map_or_else(|| "in length".to_owned(), |place| format!("from place {}", place + 1));
    Err(format!(
        "{} ({}): {} and {} differ: {} and {} in all; the first pages {} and {} long, different {place}",
        question.name,
        question.words,
        one.0,
        other.0,
        one.1.total,
        other.1.total,
        one.1.page.len(),
        other.1.page.len(),
    )
    .into())
}

/// Measures everybody on one salon.
pub fn run(salon: &Salon, parent: &Path, programs: &Programs, mut tell: impl FnMut(&str)) -> Result<Outcome, Failure> {
    let folder = Folder::under(parent)?;
    let folder = folder.path();
    let asked = questions(&Terms::of(salon)?)?;
    let (specs, missing) = sides(salon, programs)?;
    for line in &missing {
        tell(&format!("left out: {line}"));
    }
    tell("writing the plain files");
    export(salon, folder)?;
    if specs.iter().any(|spec| spec.name == WASM) {
        super::ours::write_rows(folder, salon)?;
    }
    for spec in &specs {
        tell(&format!("preparing {}", spec.name));
        spec.prepare(folder)?;
    }
    let first = asked.first().ok_or("nothing to ask")?;
    // What the first to answer said, and who that was.
    let mut answers: Vec<Option<(&'static str, Hits)>> = vec![None; asked.len()];
    let mut cold = Vec::new();
    for spec in &specs {
        tell(&format!("starting {}", spec.name));
        cold.push(cold_start(spec, folder, first)?);
    }
    let mut partners =
        specs.iter().map(|spec| Partner::start(spec.name, &spec.command, folder, "serve")).collect::<Result<Vec<_>, Failure>>()?;
    let mut times: Vec<Vec<Vec<u128>>> = vec![vec![Vec::new(); asked.len()]; specs.len()];
    for turn in 0..=TURNS {
        tell(&if turn == 0 { "warming".to_owned() } else { format!("turn {turn} of {TURNS}") });
        for ((place, question), known) in asked.iter().enumerate().zip(&mut answers) {
            // Each begins some of the turns.
            for step in 0..specs.len() {
                let who = (step + turn + place) % specs.len();
                let (Some(partner), Some(spec), Some(times)) = (partners.get_mut(who), specs.get(who), times.get_mut(who)) else {
                    continue;
                };
                let answer = partner.ask(question.name, RUNS, TURN)?;
                match known {
                    Some((first, known)) => agree(question, (first, known), (spec.name, &answer.hits))?,
                    None => *known = Some((spec.name, answer.hits)),
                }
                if turn > 0
                    && let Some(times) = times.get_mut(place)
                {
                    times.extend(answer.times);
                }
            }
        }
    }
    let (mut measured, mut pages) = (Vec::new(), Vec::new());
    for (((spec, mut partner), times), cold) in specs.iter().zip(partners).zip(times).zip(cold) {
        let (about, memory) = (partner.about()?, partner.memory()?);
        if spec.name == WASM {
            // Not before its memory was looked at: for rows the records are read.
            pages = pages_of(&mut partner, salon)?;
        }
        partner.finish()?;
        let (cold, hits) = cold;
        if let Some(Some((who, known))) = answers.first() {
            agree(first, (who, known), (spec.name, &hits))?;
        }
        measured.push(Measured { name: spec.name, about, cold, memory, times: times.into_iter().map(Times::of).collect() });
    }
    let totals = answers.into_iter().map(|answer| answer.map_or(0, |(_, hits)| hits.total)).collect();
    Ok(Outcome { customers: salon.customers(), questions: asked, totals, sides: measured, pages, missing })
}

// By turns, the first to warm them.
fn pages_of(partner: &mut Partner, salon: &Salon) -> Result<Vec<(&'static str, Times)>, Failure> {
    let mut pages: Vec<_> =
        PAGES.into_iter().filter(|(what, _)| *what != ROWS || has_records(salon)).map(|page| (page, Vec::new())).collect();
    for turn in 0..=TURNS {
        for ((_, asked), times) in &mut pages {
            let answer = partner.ask(asked, RUNS, TURN)?;
            if turn > 0 {
                times.extend(answer.times);
            }
        }
    }
    Ok(pages.into_iter().map(|((what, _), times)| (what, Times::of(times))).collect())
}

fn cold_start(spec: &Spec, folder: &Path, question: &Question) -> Result<(u128, Hits), Failure> {
    let mut times = Vec::new();
    let mut hits = Hits::default();
    for _ in 0..COLD_STARTS {
        let began = Instant::now();
        let mut partner = Partner::start(spec.name, &spec.command, folder, spec.cold)?;
        hits = partner.ask(question.name, 1, TURN)?.hits;
        times.push(began.elapsed().as_nanos());
        partner.finish()?;
    }
    Ok((Times::of(times).percentile(50).unwrap_or_default(), hits))
}

impl Outcome {
    /// A question's peer of the lowest median, with its time over the library's.
    #[must_use]
    pub fn best_peer(&self, question: usize, among: Among) -> Option<(&'static str, u128)> {
        let median = |side: &Measured| side.times.get(question).and_then(|times| times.percentile(50));
        let ours = self.sides.iter().find(|side| side.name == among.ours()).and_then(median)?;
        let peers = self.sides.iter().filter(|side| among.takes(side.name));
        let (name, best) = peers.filter_map(|side| Some((side.name, median(side)?))).min_by_key(|(_, median)| *median)?;
        Some((name, ratio(best, ours)))
    }

    /// The ratios to the best peers: all, those with indexes made for them, and the others.
    #[must_use]
    pub fn ratios(&self, among: Among) -> [Vec<u128>; 3] {
        let all: Vec<u128> = (0..self.questions.len()).filter_map(|place| Some(self.best_peer(place, among)?.1)).collect();
        let (indexed, others) = all.split_at(INDEXED.min(all.len()));
        [all.clone(), indexed.to_vec(), others.to_vec()]
    }
}
