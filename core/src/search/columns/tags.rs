//! A set of rows for each of a few names: channels, menus of the last visit. Names are the salon's own, some dozens.

use std::collections::BTreeMap;

use super::bits::Bits;

#[derive(serde::Serialize, serde::Deserialize)]
#[serde(bound(deserialize = "K: Ord + serde::Deserialize<'de>"))]
pub(super) struct Tags<K>(BTreeMap<K, Bits>);

impl<K> Default for Tags<K> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<K: Ord + Clone> Tags<K> {
    /// The names of a row are these and no others.
    pub(super) fn set(&mut self, row: u32, names: &[K]) {
        for (name, rows) in &mut self.0 {
            rows.set(row, names.contains(name));
        }
        for name in names {
            if !self.0.contains_key(name) {
                self.0.entry(name.clone()).or_default().set(row, true);
            }
        }
    }

    /// The names of a row.
    pub(super) fn of(&self, row: u32) -> impl Iterator<Item = &K> {
        self.0.iter().filter(move |(_, rows)| rows.holds(row)).map(|(name, _)| name)
    }

    /// The rows of each of these names.
    pub(super) fn sets(&self, names: &[K]) -> impl Iterator<Item = &Bits> {
        names.iter().filter_map(|name| self.0.get(name))
    }
}
