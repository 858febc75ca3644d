//! The other process, from outside: what it is asked, and what it says.
#![allow(dead_code, reason = "each test uses a part")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests stop where something is wrong")]

use std::io::{BufRead as _, BufReader, Lines, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use daicho_tests::MORNING;
use serde_json::{Value, json};

/// A directory that goes when the test ends well.
pub(crate) struct Place(PathBuf);

impl Place {
    pub(crate) fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }
}

/// A command as a request of the JSON door.
pub(crate) fn request<C: daicho::Command>(command: &C, key: &str, number: usize) -> String {
    json!({
        "operation": C::NAME,
        "input": serde_json::to_value(command).unwrap(),
        "actor": { "id": "manager-1", "role": "manager" },
        "channel": "counter",
        "now": MORNING.0 + i64::try_from(number).unwrap() * 1_000,
        "key": key,
        "entropy": format!("{:032x}", number + 1),
    })
    .to_string()
}

/// What the other process says.
#[derive(Debug)]
pub(crate) enum Said {
    Begin(usize),
    Done(usize, Value),
    Held,
    /// It is gone.
    End,
}

pub(crate) struct Other {
    process: Child,
    lines: Lines<BufReader<ChildStdout>>,
    // Held open: the other process ends when nobody is there any more.
    input: ChildStdin,
}

impl Other {
    /// Starts it; it has opened the file when this returns, and begins when it is told to.
    pub(crate) fn start(file: &Path, requests: &Path, hold: Option<(usize, &str)>) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_crash_child"));
        command.arg(file).arg(requests).stdin(Stdio::piped()).stdout(Stdio::piped());
        if let Some((step, point)) = hold {
            command.arg(step.to_string()).arg(point);
        }
        let mut process = command.spawn().unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        assert_eq!(lines.next().unwrap().unwrap(), "ready");
        Self { input: process.stdin.take().unwrap(), process, lines }
    }

    pub(crate) fn begin(&mut self) {
        writeln!(self.input).unwrap();
    }

    /// The next thing it says. A line that a kill cut short was never said.
    pub(crate) fn next(&mut self) -> Said {
        let Some(line) = self.lines.next().map(Result::unwrap) else { return Said::End };
        let step = |text: &str| text.parse().unwrap();
        if line == "held" {
            return Said::Held;
        }
        if let Some(index) = line.strip_prefix("begin ") {
            return Said::Begin(step(index));
        }
        let Some((index, answer)) = line.strip_prefix("done ").and_then(|rest| rest.split_once('\t')) else { panic!("what is {line}?") };
        serde_json::from_str(answer).map_or(Said::End, |answer| Said::Done(step(index), answer))
    }

    /// SIGKILL, and everything it had said before.
    pub(crate) fn kill(mut self) -> Vec<Said> {
        self.process.kill().unwrap();
        let mut said = Vec::new();
        loop {
            match self.next() {
                Said::End => break,
                more => said.push(more),
            }
        }
        self.process.wait().unwrap();
        said
    }

    /// Waits for its end: whether it ended well.
    pub(crate) fn ended_well(mut self) -> bool {
        drop(self.input);
        self.process.wait().unwrap().success()
    }
}
