use super::{Condition, Keyed, key};
use crate::id::{RecordId, SegmentId};

wire! {
    /// A saved segment セグメント (S10): a condition under a name.
    pub struct Segment {
        /// The host's name for it.
        pub id: SegmentId,
        /// Counts the commits that changed this record, from 1.
        pub version: u32,
        /// What staff call it, such as 休眠優良顧客.
        pub name: String,
        /// Who is in it.
        pub condition: Condition,
    }
}

redacted_debug!(Segment { id, version, condition });

impl Keyed for Segment {
    fn key_id(&self) -> RecordId {
        RecordId::from(&self.id)
    }

    // There are few, and whoever asks for one mostly asks for all: one may use another.
    fn lookup_keys(&self) -> Vec<String> {
        vec![key::SEGMENTS.to_owned()]
    }
}
