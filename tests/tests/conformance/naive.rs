//! A store that knows nothing but JSON, as a host's would be; each of its faults breaks one promise.

use std::collections::BTreeMap;

use serde_json::{Value, json};

/// One promise broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    IgnoresExpected,
    ConflictIsFailure,
    ConflictAppliesRecords,
    EmptyBatchIsNeverAConflict,
    EmptyBatchAdvances,
    AllowsGaps,
    AllowsOverwritingEntries,
    SortsEntries,
    AppliesHalfABatch,
    KeepsTheFirstEntryOnly,
    LosesRemoves,
    RemovesEveryKind,
    PutKeepsTheOld,
    CutsLargeBatches,
    StaleKeys,
    StaleParents,
    RemovedKeysStay,
    ReadsOneCommitBehind,
    FoldsSalonCase,
    FoldsSalonWidth,
    OneLogForAllSalons,
    NormalisesText,
    TruncatesBodies,
    DropsNul,
    ReplacesLineSeparators,
    CutsLongIds,
    FoldsIdCase,
    IgnoresKindInIds,
    IgnoresKindInParents,
    IgnoresKindInKeys,
    LikeKeys,
    PrefixParents,
    FoldsKeyCase,
    OneRecordPerKey,
    ChildrenInOrderOfEntry,
    SortsReads,
    AnswersRepeatedReadsOnce,
    LeavesOutEmptyReads,
    AtMostAHundredReads,
    ScanIncludesAfter,
    ScanSkipsOne,
    ScanIgnoresAfter,
    ScanIgnoresLimit,
    ScanInLocaleOrder,
    ScanNeedsTheIdToBeThere,
    ScanSeesEveryKind,
    ScanHeadIsOld,
    ChangesIncludeSince,
    ChangesIgnoreLimit,
    ChangesNewestFirst,
    TrimsEntries,
    HeadHashOfTheFirst,
    EmptyHeadHasNoHash,
    LosesTheReplyOfCommits,
    AlwaysConflicts,
    AppendsTwice,
    LosesReceipts,
    CutsTheIndex,
    KeepsTheFirstIndex,
    OneIndexForAllSalons,
    KeepingAnIndexAppends,
    KeepsTheIndexOfTheErased,
    SpeaksNonsense,
}

#[derive(Clone, Default)]
struct Salon {
    entries: Vec<Value>,
    rows: BTreeMap<(String, String), Value>,
    old_keys: Vec<(String, String, String)>,
    old_parents: Vec<(String, String, String)>,
}

#[derive(Default)]
pub(crate) struct Naive {
    pub(crate) fault: Option<Fault>,
    salons: BTreeMap<String, Salon>,
    before: BTreeMap<String, Salon>,
    indexes: BTreeMap<String, Vec<u8>>,
}

fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field].as_str().unwrap_or_default()
}

fn error(code: &str) -> Value {
    json!({ "error": { "code": code, "detail": "naive" } })
}

fn fold_width(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

impl Naive {
    pub(crate) fn with(fault: Fault) -> Self {
        Self { fault: Some(fault), ..Self::default() }
    }

    fn is(&self, fault: Fault) -> bool {
        self.fault == Some(fault)
    }

    /// The reply, and the block that goes beside it.
    pub(crate) fn answer(&mut self, salon: &str, ask: &str, block: Option<&[u8]>) -> (String, Option<Vec<u8>>) {
        if self.is(Fault::SpeaksNonsense) {
            return ("{\"head\":[[[".to_owned(), None);
        }
        let ask: Value = serde_json::from_str(ask).unwrap();
        let mut salon = salon.to_owned();
        if self.is(Fault::FoldsSalonCase) {
            salon = salon.to_lowercase();
        }
        if self.is(Fault::FoldsSalonWidth) {
            salon = salon.chars().map(fold_width).collect();
        }
        if self.is(Fault::OneLogForAllSalons) {
            salon = "all".to_owned();
        }
        if ask.get("index").is_some() {
            return ("{}".to_owned(), self.indexes.get(self.shelf(&salon)).cloned());
        }
        let reply = if ask.get("keepIndex").is_some() {
            self.keep_index(&salon, block.unwrap())
        } else if let Some(load) = ask.get("load") {
            self.load(&salon, load)
        } else if let Some(scan) = ask.get("scan") {
            self.scan(&salon, scan)
        } else if let Some(changes) = ask.get("changes") {
            self.changes(&salon, changes)
        } else {
            let reply = self.commit(&salon, &ask["commit"]);
            if ask["commit"]["erases"] == true && reply == json!({}) && !self.is(Fault::KeepsTheIndexOfTheErased) {
                self.indexes.remove(self.shelf(&salon).to_owned().as_str());
            }
            reply
        };
        (reply.to_string(), None)
    }

    fn shelf<'a>(&self, salon: &'a str) -> &'a str {
        if self.is(Fault::OneIndexForAllSalons) { "all" } else { salon }
    }

    fn keep_index(&mut self, salon: &str, block: &[u8]) -> Value {
        let kept = if self.is(Fault::CutsTheIndex) { block.iter().copied().take(65_536).collect() } else { block.to_vec() };
        let shelf = self.shelf(salon).to_owned();
        if !(self.is(Fault::KeepsTheFirstIndex) && self.indexes.contains_key(&shelf)) {
            self.indexes.insert(shelf, kept);
        }
        if self.is(Fault::KeepingAnIndexAppends) {
            let salon = self.salons.entry(salon.to_owned()).or_default();
            salon.entries.push(json!({ "sequence": salon.entries.len() + 1, "body": "{}", "hash": "1".repeat(64) }));
        }
        json!({})
    }

    fn seen(&self, salon: &str) -> Salon {
        let from = if self.is(Fault::ReadsOneCommitBehind) { &self.before } else { &self.salons };
        from.get(salon).cloned().unwrap_or_default()
    }

    fn head(&self, salon: &Salon) -> Value {
        let hash = if self.is(Fault::HeadHashOfTheFirst) { salon.entries.first() } else { salon.entries.last() };
        let none = if self.is(Fault::EmptyHeadHasNoHash) { String::new() } else { "0".repeat(64) };
        json!({ "sequence": salon.entries.len(), "hash": hash.map_or(none, |entry| text(entry, "hash").to_owned()) })
    }

    fn find(&self, salon: &Salon, read: &Value) -> Vec<Value> {
        let kind = text(read, "kind");
        let fold = |yes: bool, text: &str| if yes { text.to_lowercase() } else { text.to_owned() };
        let mut rows: Vec<Value> = Vec::new();
        for ((at, id), row) in &salon.rows {
            let found = match text(read, "by") {
                "id" => {
                    let cut = |id: &str| {
                        if self.is(Fault::CutsLongIds) { id.chars().take(40).collect() } else { fold(self.is(Fault::FoldsIdCase), id) }
                    };
                    (at == kind || self.is(Fault::IgnoresKindInIds)) && cut(id) == cut(text(read, "id"))
                }
                "parent" => {
                    let parent = text(row, "parent");
                    let old = self.is(Fault::StaleParents)
                        && salon.old_parents.iter().any(|(k, i, p)| k == kind && i == id && p == text(read, "parent"));
                    let hit = if self.is(Fault::PrefixParents) {
                        parent.starts_with(text(read, "parent"))
                    } else {
                        !parent.is_empty() && parent == text(read, "parent")
                    };
                    (at == kind || self.is(Fault::IgnoresKindInParents)) && (hit || old)
                }
                _ => {
                    let key = text(read, "key");
                    let like =
                        |candidate: &str| candidate == key || key.contains('%') && candidate.starts_with(key.split('%').next().unwrap());
                    let hit = row["keys"].as_array().unwrap().iter().any(|candidate| {
                        let candidate = candidate.as_str().unwrap();
                        if self.is(Fault::LikeKeys) {
                            like(candidate)
                        } else {
                            fold(self.is(Fault::FoldsKeyCase), candidate) == fold(self.is(Fault::FoldsKeyCase), key)
                        }
                    });
                    let old = (self.is(Fault::StaleKeys) || self.is(Fault::RemovedKeysStay))
                        && salon.old_keys.iter().any(|(k, i, p)| k == kind && i == id && p == key);
                    let wrong_kind = self.is(Fault::IgnoresKindInKeys)
                        && key.split_once(':').map(|(_, rest)| rest)
                            == row["keys"].get(0).and_then(Value::as_str).and_then(|own| own.split_once(':')).map(|(_, rest)| rest);
                    (at == kind || self.is(Fault::IgnoresKindInKeys)) && (hit || old || wrong_kind)
                }
            };
            if found {
                rows.push(row.clone());
            }
        }
        if self.is(Fault::OneRecordPerKey) && text(read, "by") == "key" {
            rows.truncate(1);
        }
        if self.is(Fault::ChildrenInOrderOfEntry) {
            rows.sort_by_key(|row| text(row, "id").len());
        }
        rows
    }

    fn load(&self, salon: &str, load: &Value) -> Value {
        let salon = self.seen(salon);
        let mut reads = load["reads"].as_array().unwrap().clone();
        if self.is(Fault::AtMostAHundredReads) {
            reads.truncate(100);
        }
        if self.is(Fault::SortsReads) {
            reads.sort_by_key(ToString::to_string);
        }
        if self.is(Fault::AnswersRepeatedReadsOnce) {
            reads.dedup();
        }
        let mut found: Vec<Vec<Value>> = reads.iter().map(|read| self.find(&salon, read)).collect();
        if self.is(Fault::LeavesOutEmptyReads) {
            found.retain(|rows| !rows.is_empty());
        }
        json!({ "head": self.head(&salon), "records": found })
    }

    fn scan(&self, salon: &str, scan: &Value) -> Value {
        let salon = self.seen(salon);
        let after = scan.get("after").and_then(Value::as_str);
        let limit = usize::try_from(scan["limit"].as_u64().unwrap()).unwrap();
        let mut rows: Vec<&Value> = salon
            .rows
            .iter()
            .filter(|((kind, _), _)| kind == text(scan, "kind") || self.is(Fault::ScanSeesEveryKind))
            .map(|(_, row)| row)
            .collect();
        let order = |id: &str| if self.is(Fault::ScanInLocaleOrder) { id.to_lowercase() } else { id.to_owned() };
        rows.sort_by_key(|row| order(text(row, "id")));
        if let Some(after) = after {
            if self.is(Fault::ScanNeedsTheIdToBeThere) && !rows.iter().any(|row| text(row, "id") == after) {
                rows.clear();
            }
            if !self.is(Fault::ScanIgnoresAfter) {
                let includes = self.is(Fault::ScanIncludesAfter);
                rows.retain(|row| order(text(row, "id")) > order(after) || includes && text(row, "id") == after);
            }
            if self.is(Fault::ScanSkipsOne) && !rows.is_empty() {
                rows.remove(0);
            }
        }
        if !self.is(Fault::ScanIgnoresLimit) {
            rows.truncate(limit);
        }
        let mut head = self.head(&salon);
        if self.is(Fault::ScanHeadIsOld) {
            head["sequence"] = json!(0);
        }
        json!({ "head": head, "records": rows })
    }

    fn changes(&self, salon: &str, changes: &Value) -> Value {
        let salon = self.seen(salon);
        let mut since = changes["since"].as_u64().unwrap();
        if self.is(Fault::ChangesIncludeSince) {
            since = since.saturating_sub(1);
        }
        let mut entries: Vec<&Value> = salon.entries.iter().filter(|entry| entry["sequence"].as_u64().unwrap() > since).collect();
        if !self.is(Fault::ChangesIgnoreLimit) {
            entries.truncate(usize::try_from(changes["limit"].as_u64().unwrap()).unwrap());
        }
        if self.is(Fault::ChangesNewestFirst) {
            entries.reverse();
        }
        json!({ "entries": entries })
    }

    fn stored_text(&self, text: &str) -> String {
        match self.fault {
            Some(Fault::NormalisesText) => text.replace("か\u{3099}", "が").replace("e\u{301}", "é"),
            Some(Fault::DropsNul) => text.replace("\\u0000", ""),
            Some(Fault::ReplacesLineSeparators) => text.replace('\u{2028}', "\\n"),
            _ => text.to_owned(),
        }
    }

    fn write(&self, salon: &mut Salon, commit: &Value, most: usize) {
        for remove in commit["removes"].as_array().unwrap().iter().take(if self.is(Fault::LosesRemoves) { 0 } else { most }) {
            if self.is(Fault::RemovesEveryKind) {
                salon.rows.retain(|(_, id), _| id != text(remove, "id"));
            }
            let place = (text(remove, "kind").to_owned(), text(remove, "id").to_owned());
            salon.rows.remove(&place);
        }
        for put in commit["puts"].as_array().unwrap().iter().take(most) {
            let (kind, id) = (text(put, "kind").to_owned(), self.stored_text(text(put, "id")));
            let mut row = put.clone();
            row["body"] = json!(self.stored_text(text(put, "body")));
            row["id"] = json!(id);
            row["keys"] = put["keys"].as_array().unwrap().iter().map(|key| json!(self.stored_text(key.as_str().unwrap()))).collect();
            if self.is(Fault::TruncatesBodies) && text(put, "body").len() > 65_536 {
                row["body"] = json!(text(put, "body").chars().take(20_000).collect::<String>());
            }
            for key in put["keys"].as_array().unwrap() {
                salon.old_keys.push((kind.clone(), id.clone(), key.as_str().unwrap().to_owned()));
            }
            salon.old_parents.push((kind.clone(), id.clone(), text(put, "parent").to_owned()));
            if self.is(Fault::PutKeepsTheOld) && salon.rows.contains_key(&(kind.clone(), id.clone()))
                || self.is(Fault::LosesReceipts) && kind == "receipt"
            {
                continue;
            }
            salon.rows.insert((kind, id), row);
        }
    }

    fn commit(&mut self, name: &str, commit: &Value) -> Value {
        let mut salon = self.salons.get(name).cloned().unwrap_or_default();
        let mut entries = commit["entries"].as_array().unwrap().clone();
        let stands = u64::try_from(salon.entries.len()).unwrap();
        let agrees = commit["expected"].as_u64() == Some(stands);
        if self.is(Fault::AlwaysConflicts) {
            return error("store.conflict");
        }
        if !(agrees || self.is(Fault::IgnoresExpected) || entries.is_empty() && self.is(Fault::EmptyBatchIsNeverAConflict)) {
            if self.is(Fault::ConflictAppliesRecords) {
                self.write(&mut salon, commit, usize::MAX);
                self.salons.insert(name.to_owned(), salon);
            }
            return error(if self.is(Fault::ConflictIsFailure) { "store.failed" } else { "store.conflict" });
        }
        if self.is(Fault::AppliesHalfABatch) {
            let mut half = salon.clone();
            self.write(&mut half, commit, usize::MAX);
            self.salons.insert(name.to_owned(), half);
        }
        if self.is(Fault::SortsEntries) {
            entries.sort_by_key(|entry| entry["sequence"].as_u64());
        }
        let first = salon.entries.len();
        for (index, entry) in entries.iter().enumerate() {
            let place = u64::try_from(first + index).unwrap() + 1;
            let there = entry["sequence"].as_u64().unwrap();
            let fine = there == place
                || self.is(Fault::IgnoresExpected)
                || self.is(Fault::AllowsGaps) && there > place
                || self.is(Fault::AllowsOverwritingEntries) && there < place;
            if !fine {
                return error("store.failed");
            }
            let mut entry = entry.clone();
            if self.is(Fault::TrimsEntries) {
                entry["body"] = json!(text(&entry, "body").replace("\\r\\n", "\\n"));
            }
            salon.entries.push(entry.clone());
            if self.is(Fault::AppendsTwice) {
                salon.entries.push(entry);
            }
            if self.is(Fault::KeepsTheFirstEntryOnly) {
                break;
            }
        }
        if entries.is_empty() && self.is(Fault::EmptyBatchAdvances) {
            salon.entries.push(json!({ "sequence": stands + 1, "body": "{}", "hash": "0".repeat(64) }));
        }
        self.write(&mut salon, commit, if self.is(Fault::CutsLargeBatches) { 1_000 } else { usize::MAX });
        self.before = self.salons.clone();
        self.salons.insert(name.to_owned(), salon);
        if self.is(Fault::LosesTheReplyOfCommits) { error("store.unavailable") } else { json!({}) }
    }
}
