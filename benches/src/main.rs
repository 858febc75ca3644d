//! `cargo run --release -p daicho-benches -- [--customers 10000] [--only import] [--seed 1] [--folder /tmp] [--python venv/bin/python] [--write]`

use std::io::Write as _;
use std::path::PathBuf;

use daicho_benches::measure::{HEADING, Line, memory};
use daicho_benches::results;
use daicho_benches::salon::{Failure, Salon};
use daicho_benches::work::{NAMES, run};

struct Wish {
    customers: u32,
    seed: u64,
    only: Option<String>,
    folder: PathBuf,
    python: Option<PathBuf>,
    write: bool,
}

fn wish(mut arguments: impl Iterator<Item = String>) -> Result<Wish, Failure> {
    let mut wish = Wish { customers: 10_000, seed: 1, only: None, folder: std::env::temp_dir(), python: None, write: false };
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or_else(|| Failure::from(format!("{argument} needs a value")));
        match argument.as_str() {
            "--customers" => wish.customers = value()?.replace('_', "").parse()?,
            "--seed" => wish.seed = value()?.parse()?,
            "--only" => wish.only = Some(value()?),
            "--folder" => wish.folder = value()?.into(),
            "--python" => wish.python = Some(value()?.into()),
            "--write" => wish.write = true,
            _ => return Err(format!("{argument} is none of --customers --seed --only --folder --python --write").into()),
        }
    }
    match &wish.only {
        Some(only) if !NAMES.contains(&only.as_str()) => Err(format!("--only takes one of {}", NAMES.join(" ")).into()),
        _ => Ok(wish),
    }
}

fn main() -> Result<(), Failure> {
    let wish = wish(std::env::args().skip(1))?;
    let salon = Salon::new(wish.seed, wish.customers);
    let mut out = std::io::stdout();
    writeln!(out, "{HEADING}")?;
    let tell = |_: &str, lines: &[Line]| {
        for line in lines {
            // A closed pipe is no reason to stop measuring.
            let _ = writeln!(std::io::stdout(), "{}", line.row());
        }
    };
    let lines = run(&salon, wish.only.as_deref(), &wish.folder, wish.python.as_deref(), tell)?;
    writeln!(out, "{} MB in use at the end", memory() / 1024)?;
    if wish.write {
        let title = match &wish.only {
            Some(only) => format!("{} customers, only {only}", results::grouped(wish.customers)),
            None => format!("{} customers", results::grouped(wish.customers)),
        };
        let only = wish.only.as_ref().map(|only| format!(" --only {only}")).unwrap_or_default();
        let command = if wish.python.is_some() {
            format!("cargo xtask bench-duplicates --customers {} --write", wish.customers)
        } else {
            format!("cargo run --release -p daicho-benches -- --customers {}{only} --write", wish.customers)
        };
        let head = format!("{}, {}, seed {}: `{command}`", results::today()?, results::machine()?, wish.seed);
        results::write(&title, &head, &lines)?;
    }
    Ok(())
}
