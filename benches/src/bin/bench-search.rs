//! `cargo xtask bench-search [--customers 10000] [--seed 1] [--folder /tmp] [--without-wasm] [--write] [--only-ours
//! [--question Q5] [--rounds 300] [--parts]]`: the search beside the peers. The task installs what the sides in
//! Python and Node need and names them here with `--python`, `--node` and `--package`. `--only-ours` leaves the peers
//! out, and so whatever has to be prepared for them: what a change of the search gains or costs is seen in seconds.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use daicho::search::Index;
use daicho::store::{Steps, run as run_steps};
use daicho_benches::beside::ours::Ours;
use daicho_benches::beside::picture::picture;
use daicho_benches::beside::questions::{Terms, questions};
use daicho_benches::beside::report;
use daicho_benches::beside::run::run;
use daicho_benches::beside::sides::{Programs, be};
use daicho_benches::beside::talk::Side as _;
use daicho_benches::drawn::Drawn;
use daicho_benches::fill::salon_id;
use daicho_benches::measure::{Times, duration, memory};
use daicho_benches::results;
use daicho_benches::salon::{Failure, Salon};

struct Wish {
    customers: u32,
    seed: u64,
    folder: PathBuf,
    write: bool,
    only_ours: bool,
    question: Option<String>,
    parts: bool,
    rounds: usize,
    side: Option<String>,
    programs: Programs,
    rest: Vec<String>,
}

fn wish(mut arguments: impl Iterator<Item = String>) -> Result<Wish, Failure> {
    let folder = std::env::temp_dir();
    let mut wish = Wish {
        customers: 10_000,
        seed: 1,
        folder,
        write: false,
        only_ours: false,
        question: None,
        parts: false,
        rounds: 300,
        side: None,
        programs: Programs::default(),
        rest: Vec::new(),
    };
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or_else(|| Failure::from(format!("{argument} needs a value")));
        match argument.as_str() {
            "--customers" => wish.customers = value()?.replace('_', "").parse()?,
            "--seed" => wish.seed = value()?.parse()?,
            "--folder" => wish.folder = value()?.into(),
            "--write" => wish.write = true,
            "--only-ours" => wish.only_ours = true,
            "--parts" => wish.parts = true,
            "--question" => wish.question = Some(value()?),
            "--rounds" => wish.rounds = value()?.replace('_', "").parse()?,
            "--side" => wish.side = Some(value()?),
            "--python" => wish.programs.python = Some(value()?),
            "--node" => wish.programs.node = Some(value()?),
            "--package" => wish.programs.package = Some(value()?),
            _ if wish.side.is_some() && !argument.starts_with('-') => wish.rest.push(argument),
            _ => {
                return Err(format!(
                    "{argument} is none of --customers --seed --folder --write --only-ours --parts --question --rounds --python --node --package"
                )
                .into());
            }
        }
    }
    Ok(wish)
}

/// Of the questions that columns answer: the bits of a customer that must be looked at, who is active among them.
const BITS: [(&str, u64); 9] =
    [("Q1", 25), ("Q2", 10), ("Q3", 10), ("Q4", 10), ("Q5", 25), ("Q13", 25), ("Q14", 35), ("Q16", 18), ("Q17", 3)];

/// How long it takes to add up as many bytes as a question must look at: no answer can be quicker than its bytes come from memory.
fn summing(salon: &Salon, bits: u64, rounds: usize) -> Times {
    let words: Vec<u64> = (0..u64::from(salon.customers()) * bits / 64).collect();
    let mut times = Vec::with_capacity(rounds);
    for _ in 0..rounds {
        let began = Instant::now();
        std::hint::black_box(std::hint::black_box(&words).iter().fold(0_u64, |sum, word| sum.wrapping_add(*word)));
        times.push(began.elapsed().as_nanos());
    }
    Times::of(times)
}

/// What a customer costs, part by part.
fn parts(salon: &Salon, out: &mut impl std::io::Write) -> Result<(), Failure> {
    let index = run_steps(&Drawn::new(salon)?, &salon_id()?, Steps::new(|port| async move { Index::build(&port).await }))??;
    let customers = u64::from(salon.customers().max(1));
    let mut all = index.parts();
    all.push(("the whole block", index.block(&"0".repeat(64))?.len()));
    for (part, bytes) in all {
        let tenths = u64::try_from(bytes)? * 10 / customers;
        writeln!(out, "{part:<36}{:>6}.{}", tenths / 10, tenths % 10)?;
    }
    Ok(())
}

/// Each question put to the library alone, often enough to see what it takes when nobody disturbs it.
fn only_ours(salon: &Salon, wish: &Wish, out: &mut impl std::io::Write) -> Result<(), Failure> {
    let mut questions = questions(&Terms::of(salon)?)?;
    questions.retain(|question| wish.question.as_deref().is_none_or(|name| name == question.name));
    let mut ours = Ours::drawn(salon, &questions)?;
    let before = memory();
    if let Some(question) = questions.first() {
        ours.ask(question.name)?;
    }
    let bytes = memory().saturating_sub(before) * 1024 / u64::from(salon.customers()).max(1);
    writeln!(out, "{bytes} bytes a customer, with what building them left behind")?;
    writeln!(out, "{:<5}{:>9}{:>12}{:>12}{:>16}{:>12}", "", "found", "least", "p50", "p50 with rows", "summing")?;
    for question in &questions {
        let found = ours.ask(question.name)?.total;
        let mut times = |rounds: usize, ask: fn(&mut Ours<_>, &str) -> Result<(), Failure>| {
            let mut times = Vec::with_capacity(rounds);
            for _ in 0..rounds {
                let began = Instant::now();
                ask(&mut ours, question.name)?;
                times.push(began.elapsed().as_nanos());
            }
            Ok::<_, Failure>(Times::of(times))
        };
        let ids = times(wish.rounds, |ours, name| ours.ask(name).map(drop))?;
        let rows = times(wish.rounds.min(300), |ours, name| ours.rows(name).map(drop))?;
        let shown = |times: &Times, percent| times.percentile(percent).map(duration).unwrap_or_default();
        let bound = BITS.iter().find(|(name, _)| *name == question.name).map(|(_, bits)| summing(salon, *bits, wish.rounds));
        let bound = bound.map(|times| shown(&times, 0)).unwrap_or_default();
        let name = question.name;
        writeln!(out, "{name:<5}{found:>9}{:>12}{:>12}{:>16}{bound:>12}", shown(&ids, 0), shown(&ids, 50), shown(&rows, 50))?;
    }
    Ok(())
}

fn main() -> Result<(), Failure> {
    let wish = wish(std::env::args().skip(1))?;
    let salon = Salon::new(wish.seed, wish.customers);
    if let Some(side) = &wish.side {
        let [folder, word] = wish.rest.as_slice() else { return Err("a side needs a folder and a word".into()) };
        return be(side, &salon, Path::new(folder), word);
    }
    let mut out = std::io::stdout();
    if wish.parts {
        return parts(&salon, &mut out);
    }
    if wish.only_ours {
        return only_ours(&salon, &wish, &mut out);
    }
    // A closed pipe is no reason to stop measuring.
    let outcome = run(&salon, &wish.folder, &wish.programs, |line| drop(writeln!(std::io::stdout(), "{line}")))?;
    let body = report::body(&outcome);
    writeln!(out, "\n{body}")?;
    if wish.write {
        let date = results::today()?;
        let without = if wish.programs.package.is_none() { " --without-wasm" } else { "" };
        let command = format!("cargo xtask bench-search --customers {}{without} --write", wish.customers);
        let head = format!("{date}, {}, seed {}: `{command}`", results::machine()?, wish.seed);
        let title = format!("The search beside the peers, {} customers", results::grouped(wish.customers));
        results::write_text(&title, &head, &body)?;
        let picture = picture(&outcome, &format!("{date}, {}", results::machine()?));
        std::fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join(report::picture_of(outcome.customers)), picture)?;
    }
    Ok(())
}
