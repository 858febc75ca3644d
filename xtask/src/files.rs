//! Walking and clearing directories of generated files.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context;

/// Every file below a directory whose name passes, with its path relative to that directory. A directory that is not there has none.
pub(crate) fn below(directory: &Path, wanted: fn(&str) -> bool) -> anyhow::Result<BTreeMap<PathBuf, String>> {
    let mut found = BTreeMap::new();
    let mut open = vec![directory.to_owned()];
    while let Some(next) = open.pop() {
        if !next.is_dir() {
            continue;
        }
        for entry in std::fs::read_dir(&next).with_context(|| format!("{} cannot be listed", next.display()))? {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
            } else if path.file_name().is_some_and(|name| wanted(&name.to_string_lossy())) {
                let text = std::fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
                found.insert(path.strip_prefix(directory)?.to_owned(), text);
            }
        }
    }
    Ok(found)
}

/// Removes a directory of generated files, if it is there: what is no longer generated must not stay behind.
pub(crate) fn clear(directory: &Path) -> anyhow::Result<()> {
    match std::fs::remove_dir_all(directory) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("{} cannot be removed", directory.display()))
        }
        _ => Ok(()),
    }
}

pub(crate) fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent)?;
    }
    std::fs::write(path, text).with_context(|| format!("{} cannot be written", path.display()))
}
