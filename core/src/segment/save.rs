use std::collections::{BTreeMap, BTreeSet};

use crate::customer::limits;
use crate::error::{CustomerError, Error, SearchError};
use crate::id::SegmentId;
use crate::log::{Actor, Command, Context, Draft, Halt, Look, Query, Read, Role};
use crate::record::{Condition, Kind, Segment, key};
use crate::search::{bounded, check_condition, uses_segment};
use crate::text::one_line;
use crate::time::Instant;

/// How many segments a salon can keep.
const MOST: usize = 1_000;

wire! {
    /// Saves a segment, or changes one (S10).
    pub struct SaveSegment {
        /// The host's name for it.
        pub segment: SegmentId,
        /// The version that the condition was read from; 0 for a new segment.
        pub based_on: u32,
        /// What staff call it.
        pub name: String,
        /// Who is in it. It may use other segments, but none that uses this one. Any label may be named: whether it is offered is asked when the segment
        /// is (R2).
        pub condition: Condition,
    }
}

redacted_debug!(SaveSegment { segment, based_on, condition });

wire! {
    /// Takes a segment away (S10).
    #[derive(Debug)]
    pub struct RemoveSegment {
        /// Which; no other segment may use it.
        pub segment: SegmentId,
        /// The version that was seen.
        pub based_on: u32,
    }
}

wire! {
    /// A saved segment.
    #[derive(Debug)]
    pub struct SavedSegment {
        /// Which.
        pub segment: SegmentId,
        /// Its version now; 0 once removed.
        pub version: u32,
    }
}

wire! {
    /// Every segment of the salon.
    #[derive(Copy, Debug)]
    pub struct GetSegments {}
}

wire! {
    /// Segments, by id.
    #[derive(Debug)]
    pub struct Segments {
        /// The segments.
        pub segments: Vec<Segment>,
    }
}

/// Every segment of the salon.
pub(super) fn all(look: &dyn Look) -> Result<BTreeMap<SegmentId, Segment>, Halt> {
    let segments: Vec<Segment> = look.keyed(key::SEGMENTS.to_owned())?;
    Ok(segments.into_iter().map(|segment| (segment.id.clone(), segment)).collect())
}

fn based_on(stored: Option<&Segment>, based_on: u32) -> Result<u32, Error> {
    let version = stored.map_or(0, |segment| segment.version);
    if version == based_on { Ok(version) } else { Err(SearchError::SegmentVersion { field: "basedOn", version }.into()) }
}

impl Command for SaveSegment {
    type Output = SavedSegment;
    const NAME: &'static str = "saveSegment";
    const ROLES: &'static [Role] = Role::SALON;

    fn reads(&self) -> Vec<Read> {
        vec![Read::Key { kind: Kind::Segment, key: key::SEGMENTS.to_owned() }, Read::one::<Segment>(&self.segment)]
    }

    fn decide(&self, draft: &mut Draft<'_>, context: &Context) -> Result<SavedSegment, Halt> {
        let mut segments = all(draft)?;
        let version = based_on(segments.get(&self.segment), self.based_on)?.saturating_add(1);
        let name = one_line("name", &self.name, limits::LINE)?;
        if name.is_empty() {
            return Err(CustomerError::required("name").into());
        }
        let segment = Segment { id: self.segment.clone(), version, name, condition: self.condition.clone() };
        segments.insert(segment.id.clone(), segment.clone());
        if segments.len() > MOST {
            return Err(CustomerError::TooMany { field: "segment", max: u32::try_from(MOST).unwrap_or(u32::MAX) }.into());
        }
        let settings = draft.shared_settings()?;
        // Through its own name, so that a cycle is found that leads back to it.
        bounded(&self.condition)?;
        let own = Condition::Segment { segment: self.segment.clone() };
        check_condition(&own, &settings, &segments, context.now).map_err(|error| match error {
            // `segment` is the one that is saved.
            Error::Search(SearchError::SegmentNotFound { segment, .. }) => {
                SearchError::SegmentNotFound { field: "condition", segment }.into()
            }
            other => other,
        })?;
        // What uses it must still be possible: it may have grown too large for them.
        // So must what uses that.
        let (mut grown, mut known) = (vec![&self.segment], BTreeSet::from([&self.segment]));
        while let Some(used) = grown.pop() {
            for other in segments.values().filter(|other| uses_segment(&other.condition, used)) {
                if known.insert(&other.id) {
                    let uses = Condition::Segment { segment: other.id.clone() };
                    check_condition(&uses, &settings, &segments, context.now)?;
                    grown.push(&other.id);
                }
            }
        }
        draft.put(segment)?;
        Ok(SavedSegment { segment: self.segment.clone(), version })
    }
}

impl Command for RemoveSegment {
    type Output = SavedSegment;
    const NAME: &'static str = "removeSegment";
    const ROLES: &'static [Role] = Role::SALON;

    fn decide(&self, draft: &mut Draft<'_>, _: &Context) -> Result<SavedSegment, Halt> {
        let segments = all(draft)?;
        let missing = || SearchError::SegmentNotFound { field: "segment", segment: self.segment.clone() };
        let stored = segments.get(&self.segment).ok_or_else(missing)?;
        based_on(Some(stored), self.based_on)?;
        if let Some(user) = segments.values().find(|other| other.id != self.segment && uses_segment(&other.condition, &self.segment)) {
            return Err(SearchError::SegmentInUse { field: "segment", by: user.id.clone() }.into());
        }
        draft.remove(Kind::Segment, &self.segment.to_string())?;
        Ok(SavedSegment { segment: self.segment.clone(), version: 0 })
    }
}

impl Query for GetSegments {
    type Output = Segments;
    const NAME: &'static str = "getSegments";
    const ROLES: &'static [Role] = Role::SALON;

    fn answer(&self, look: &dyn Look, _: &Actor, _: Instant) -> Result<Segments, Halt> {
        Ok(Segments { segments: all(look)?.into_values().collect() })
    }
}
