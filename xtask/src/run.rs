//! Running other programs, with errors that say which one, where and how it ended; and speaking to the terminal.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};

/// Prints one line. A closed pipe (`cargo xtask … | head`) is no error.
pub(crate) fn say(line: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}

/// A program with its arguments, to be run in one directory.
pub(crate) fn program(name: &str, arguments: &[&str], directory: &Path) -> Command {
    let mut command = Command::new(name);
    command.args(arguments).current_dir(directory);
    command
}

/// The command as one would type it.
fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

/// Runs to the end with its output on the terminal.
pub(crate) fn run(command: &mut Command) -> anyhow::Result<()> {
    let line = line(command);
    let status = command.status().with_context(|| format!("`{line}` could not be started"))?;
    if !status.success() {
        bail!("`{line}` ended with {status}");
    }
    Ok(())
}

/// Runs to the end quietly and returns what it wrote to standard output; a failure carries what it wrote to both.
pub(crate) fn read(command: &mut Command) -> anyhow::Result<String> {
    let line = line(command);
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("`{line}` could not be started"))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    if !output.status.success() {
        bail!("`{line}` ended with {}\n{text}{}", output.status, String::from_utf8_lossy(&output.stderr));
    }
    Ok(text)
}

/// Runs with a limit on its time: a tool that waits for a network that never answers must not hang a build.
pub(crate) fn run_within(command: &mut Command, limit: Duration) -> anyhow::Result<()> {
    let line = line(command);
    let mut child = command.spawn().with_context(|| format!("`{line}` could not be started"))?;
    let started = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            if status.success() {
                return Ok(());
            }
            bail!("`{line}` ended with {status}");
        }
        if started.elapsed() > limit {
            child.kill()?;
            child.wait()?;
            bail!("`{line}` was stopped after {} seconds", limit.as_secs());
        }
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// Where a program is on the PATH.
pub(crate) fn which(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|directory| directory.join(name)).find(|candidate| candidate.is_file())
}
