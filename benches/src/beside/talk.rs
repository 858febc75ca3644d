//! How the sides are spoken to: each is a process of its own that reads a line and writes a line, and holds its salon in the meantime.
//!
//! | asked | answered |
//! |---|---|
//! | `about` | what it is, with its version |
//! | `ask Q1 20 100`: at most twenty times, and for about 100 ms | the total, the ids with `,` between them, the times in nanoseconds likewise; `-` for none |
//! | `memory` | the bytes it holds beyond what it had before it opened the salon |

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use crate::salon::Failure;

/// What a search finds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    /// How many there are.
    pub total: u32,
    /// The customer numbers of the first page.
    pub page: Vec<u32>,
}

/// Somebody who answers questions.
pub trait Side {
    /// What it is, with its version.
    fn about(&self) -> String;
    /// The answer to the question of a name.
    fn ask(&mut self, name: &str) -> Result<Hits, Failure>;
}

/// An answer, and how long it took each time.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// What was found.
    pub hits: Hits,
    /// Nanoseconds, in the order of the runs.
    pub times: Vec<u128>,
}

fn listed<T: ToString>(numbers: &[T]) -> String {
    let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    if numbers.is_empty() { "-".to_owned() } else { numbers.join(",") }
}

fn unlisted<T: std::str::FromStr<Err: Into<Failure>>>(text: &str) -> Result<Vec<T>, Failure> {
    if text == "-" { Ok(Vec::new()) } else { text.split(',').map(|number| number.parse().map_err(Into::into)).collect() }
}

/// Asks again and again: at most so many times, and no longer than this.
pub fn repeat(side: &mut dyn Side, name: &str, runs: usize, within: Duration) -> Result<Answer, Failure> {
    let began = Instant::now();
    let mut answer = Answer::default();
    while answer.times.is_empty() || (answer.times.len() < runs && began.elapsed() < within) {
        let start = Instant::now();
        let hits = std::hint::black_box(side.ask(name)?);
        answer.times.push(start.elapsed().as_nanos());
        answer.hits = hits;
    }
    Ok(answer)
}

/// Answers the lines of standard input until it ends. `before` is the memory this process had without its salon.
pub fn serve(side: &mut dyn Side, before: u64) -> Result<(), Failure> {
    let mut out = std::io::stdout();
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let words: Vec<&str> = line.split_whitespace().collect();
        let mut text = String::new();
        match *words {
            ["about"] => text = side.about(),
            ["memory"] => write!(text, "{}", crate::measure::memory().saturating_sub(before) * 1024)?,
            ["ask", name, runs, within] => {
                let answer = repeat(side, name, runs.parse()?, Duration::from_millis(within.parse()?))?;
                write!(text, "{} {} {}", answer.hits.total, listed(&answer.hits.page), listed(&answer.times))?;
            }
            _ => return Err(format!("cannot be answered: {line}").into()),
        }
        writeln!(out, "{text}")?;
        out.flush()?;
    }
    Ok(())
}

/// A side in a process of its own.
#[derive(Debug)]
pub struct Partner {
    name: &'static str,
    child: Child,
    to: Option<ChildStdin>,
    from: BufReader<ChildStdout>,
}

impl Partner {
    /// Starts it, with a folder and a word as its last arguments.
    pub fn start(name: &'static str, command: &[String], folder: &Path, word: &str) -> Result<Self, Failure> {
        let (program, arguments) = command.split_first().ok_or("nothing to start")?;
        let mut child = Command::new(program)
            .args(arguments)
            .arg(folder)
            .arg(word)
            // One thread everywhere: what is compared is the work, not the machine.
            .env("POLARS_MAX_THREADS", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("{name}: {program} could not be started: {error}"))?;
        let to = child.stdin.take();
        let from = child.stdout.take().map(BufReader::new).ok_or("it has no output")?;
        Ok(Self { name, child, to, from })
    }

    fn say(&mut self, line: &str) -> Result<String, Failure> {
        let to = self.to.as_mut().ok_or("it takes no more questions")?;
        writeln!(to, "{line}").and_then(|()| to.flush()).map_err(|error| format!("{}: {error}", self.name))?;
        let mut answer = String::new();
        if self.from.read_line(&mut answer)? == 0 {
            return Err(format!("{} ended instead of answering `{line}`", self.name).into());
        }
        Ok(answer.trim_end().to_owned())
    }

    /// What it is.
    pub fn about(&mut self) -> Result<String, Failure> {
        self.say("about")
    }

    /// The bytes its salon takes.
    pub fn memory(&mut self) -> Result<u64, Failure> {
        Ok(self.say("memory")?.parse()?)
    }

    /// Its answer to a question, asked at most so many times.
    pub fn ask(&mut self, question: &str, runs: usize, within: Duration) -> Result<Answer, Failure> {
        let line = self.say(&format!("ask {question} {runs} {}", within.as_millis()))?;
        let words: Vec<&str> = line.split(' ').collect();
        let [total, page, times] = *words else { return Err(format!("{} answered `{line}`", self.name).into()) };
        Ok(Answer { hits: Hits { total: total.parse()?, page: unlisted(page)? }, times: unlisted(times)? })
    }

    /// Closes its input and waits for its end.
    pub fn finish(mut self) -> Result<(), Failure> {
        self.to = None;
        let status = self.child.wait()?;
        if status.success() { Ok(()) } else { Err(format!("{} ended with {status}", self.name).into()) }
    }
}

impl Drop for Partner {
    fn drop(&mut self) {
        // One whose measure broke off goes with it; one that has ended is not troubled.
        self.to = None;
        if matches!(self.child.try_wait(), Ok(None)) {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}
