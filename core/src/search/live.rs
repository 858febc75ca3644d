//! Live segments: who came into a segment and who left it, since somebody last asked.
//!
//! The index notes whom each commit touches. Only they are asked anew, one by one, by what `holds.rs` says; everybody is asked anew only where a segment or
//! the salon's settings changed, where the hour itself moves somebody, or where a commit touched very many.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::asked::{Asked, MAX_NEEDLE};
use super::columns::{Against, Bits};
use super::explain::{Asking, Subject};
use super::index::{Index, IndexQuery};
use crate::error::{CustomerError, Error, SearchError};
use crate::id::{CustomerId, SegmentId};
use crate::log::{Halt, Read, Role};
use crate::record::{Condition, Customer, Figures, Listing, ManualVisit, Reservation};
use crate::text::one_line;
use crate::time::Instant;

/// Segments that one follower follows at most.
const MOST: usize = 100;
/// Followers of one session at most; whoever asked least recently begins anew.
const FOLLOWERS: usize = 16;
/// So many customers are asked one by one; beyond, everybody at once is quicker.
const FEW: usize = 64;
/// How far ahead the next change by time alone is looked for at most, in days.
const AHEAD: u32 = 366;

wire! {
    /// What changed in saved segments since this follower last asked (S10).
    #[derive(Debug, Default)]
    pub struct FollowSegments {
        /// Who asks, by a name of the host's of one line: each follower has a "last asked" of its own, as long as the session lives.
        pub follower: String,
        /// Which segments, 1 to 100.
        pub segments: Vec<SegmentId>,
        /// Looks for the next change by time alone no further than this, a year at most; left out: it is not looked for.
        pub until: Option<Instant>,
    }
}

wire! {
    /// Who came into segments, and who left them.
    #[derive(Debug)]
    pub struct FollowedSegments {
        /// The segments, in the order they were asked for.
        pub segments: Vec<FollowedSegment>,
        /// The first instant after now, and not after `until`, at which somebody comes or goes though nobody does anything.
        pub next_change: Option<Instant>,
        /// The place of the log this is as of.
        pub sequence: u32,
    }
}

wire! {
    /// A segment, and what changed in it.
    #[derive(Debug)]
    pub struct FollowedSegment {
        /// Which.
        pub segment: SegmentId,
        /// How many are in it now.
        pub total: u32,
        /// Whether this follower follows it from here on: then nobody has come or gone yet. Ask `findCustomers` who is in it.
        pub begins: bool,
        /// Who came since, by number of registration.
        pub entered: Vec<CustomerId>,
        /// Who left since.
        pub left: Vec<CustomerId>,
    }
}

/// What is remembered of those who follow.
#[derive(Default)]
pub(super) struct Followers(Mutex<BTreeMap<String, Follower>>);

#[derive(Clone)]
struct Follower {
    // Who was in each segment when this follower last asked.
    members: BTreeMap<SegmentId, Bits>,
    asked_at: Instant,
    turn: u64,
    touched: Touched,
}

#[derive(Clone, Default)]
struct Touched {
    customers: BTreeSet<CustomerId>,
    everybody: bool,
}

impl Follower {
    fn begins(asked_at: Instant) -> Self {
        Self { members: BTreeMap::new(), asked_at, turn: 0, touched: Touched::default() }
    }
}

impl Followers {
    fn all(&self) -> MutexGuard<'_, BTreeMap<String, Follower>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A commit changed something that hangs on this customer.
    pub(super) fn touch(&mut self, customer: CustomerId) {
        for follower in self.0.get_mut().unwrap_or_else(PoisonError::into_inner).values_mut() {
            let touched = &mut follower.touched;
            touched.everybody |= touched.customers.len() >= FEW;
            if !touched.everybody {
                touched.customers.insert(customer);
            }
        }
    }

    /// A commit changed what segments mean.
    pub(super) fn touch_everybody(&mut self) {
        for follower in self.0.get_mut().unwrap_or_else(PoisonError::into_inner).values_mut() {
            follower.touched.everybody = true;
        }
    }
}

impl IndexQuery for FollowSegments {
    type Output = FollowedSegments;
    const NAME: &'static str = "followSegments";
    const ROLES: &'static [Role] = Role::SALON;

    fn find(&self, index: &Index, now: Instant) -> Result<FollowedSegments, Halt> {
        if self.segments.is_empty() {
            return Err(SearchError::NeedleEmpty { field: "segments" }.into());
        }
        if self.segments.len() > MOST {
            return Err(CustomerError::TooMany { field: "segments", max: u32::try_from(MOST).unwrap_or(u32::MAX) }.into());
        }
        let name = one_line("follower", &self.follower, MAX_NEEDLE)?;
        if name.is_empty() {
            return Err(CustomerError::required("follower").into());
        }
        let known = index.followers().all().get(&name).cloned().unwrap_or_else(|| Follower::begins(now));
        let mut after = Follower::begins(now);
        let mut segments = Vec::new();
        for segment in &self.segments {
            let asked = index.ask_segment(segment, now)?;
            let old = known.members.get(segment);
            let new = match old {
                Some(old) if !known.touched.everybody && !passed(index, segment, known.asked_at, now)? => {
                    let mut new = old.clone();
                    index.ask_again(&asked, &known.touched.customers, now, &mut new)?;
                    new
                }
                _ => index.members(&asked, now)?,
            };
            let moved = |from: &Bits, to: &Bits| -> Vec<CustomerId> {
                let moved = to.rows().filter(|row| !from.holds(*row));
                let mut customers: Vec<CustomerId> = moved.map(|row| index.columns().customer(row)).collect();
                customers.sort_unstable();
                customers
            };
            segments.push(FollowedSegment {
                segment: segment.clone(),
                total: u32::try_from(new.count()).unwrap_or(u32::MAX),
                begins: old.is_none(),
                entered: old.map(|old| moved(old, &new)).unwrap_or_default(),
                left: old.map(|old| moved(&new, old)).unwrap_or_default(),
            });
            after.members.insert(segment.clone(), new);
        }
        let until = self.until.map(|until| until.checked("until")).transpose()?;
        let next_change = until.map(|until| next_change(index, &after.members, now, until)).transpose()?.flatten();
        let mut followers = index.followers().all();
        after.turn = followers.values().map(|follower| follower.turn).max().unwrap_or_default().saturating_add(1);
        followers.insert(name, after);
        if followers.len() > FOLLOWERS
            && let Some(last) = followers.iter().min_by_key(|(_, follower)| follower.turn).map(|(name, _)| name.clone())
        {
            followers.remove(&last);
        }
        Ok(FollowedSegments { segments, next_change, sequence: index.sequence() })
    }
}

// Whether time alone may have moved somebody from one instant to another.
fn passed(index: &Index, segment: &SegmentId, from: Instant, to: Instant) -> Result<bool, Error> {
    if from == to {
        return Ok(false);
    }
    let looks_ahead = index.ask_segment(segment, to)?.looks_ahead();
    Ok(to < from || index.day_of(from)? != index.day_of(to)? || looks_ahead && !index.columns().starts(from, to).is_empty())
}

/// The first instant after `now` at which one of these has other members. A segment knows days, and of reservations whether they have begun; nothing else
/// moves by time.
fn next_change(index: &Index, members: &BTreeMap<SegmentId, Bits>, now: Instant, until: Instant) -> Result<Option<Instant>, Error> {
    let mut instants = BTreeSet::new();
    let mut day = index.day_of(now)?;
    for _ in 0..AHEAD {
        day = day.days_after(1);
        instants.insert(index.calendar().start_of(day));
    }
    let until = instants.last().copied().unwrap_or(now).min(until);
    let mut looks_ahead = false;
    for segment in members.keys() {
        looks_ahead |= index.ask_segment(segment, now)?.looks_ahead();
    }
    if looks_ahead {
        instants.extend(index.columns().starts(now, until));
    }
    for instant in instants.range(..=until).copied().filter(|instant| *instant > now) {
        for (segment, members) in members {
            let then = index.members(&index.ask_segment(segment, instant)?, instant)?;
            if !then.rows().eq(members.rows()) {
                return Ok(Some(instant));
            }
        }
    }
    Ok(None)
}

impl Index {
    fn ask_segment(&self, segment: &SegmentId, now: Instant) -> Result<Asked, Error> {
        if !self.segments().contains_key(segment) {
            return Err(SearchError::SegmentNotFound { field: "segments", segment: segment.clone() }.into());
        }
        self.ask_whatever_is_offered(&Condition::Segment { segment: segment.clone() }, now)
    }

    // Asks everybody.
    fn members(&self, asked: &Asked, now: Instant) -> Result<Bits, Error> {
        self.columns().answer(asked, Against { categories: self.categories(), now, today: self.day_of(now)? })
    }

    // Asks some customers anew, by their records.
    fn ask_again(&self, asked: &Asked, customers: &BTreeSet<CustomerId>, now: Instant, members: &mut Bits) -> Result<(), Halt> {
        let active = || customers.iter().copied().filter(|customer| self.is_active(*customer));
        let reads = |customer: CustomerId| {
            [
                Read::one::<Customer>(customer),
                Read::one::<Figures>(customer),
                Read::children::<Reservation>(customer),
                Read::children::<ManualVisit>(customer),
                Read::children::<Listing>(customer),
            ]
        };
        self.shelf().want(active().flat_map(reads))?;
        let holders = |number: &str| self.holders(number);
        let asking = Asking { calendar: self.calendar(), categories: self.categories(), segments: self.segments(), holders: &holders, now };
        for customer in customers {
            let Some(row) = self.columns().row_of(*customer) else { continue };
            let record = self.shelf().see::<Customer>(*customer).filter(|_| self.is_active(*customer));
            let holds = match record {
                None => false,
                Some(record) => asking.holds(
                    asked,
                    &Subject {
                        customer: record.clone(),
                        figures: self.shelf().see(*customer).cloned(),
                        reservations: self.shelf().children(*customer),
                        by_hand: self.shelf().children(*customer),
                        listings: self.shelf().children(*customer),
                    },
                )?,
            };
            members.set(row, holds);
        }
        Ok(())
    }
}
