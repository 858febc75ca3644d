//! A question answered for everybody at once. What each condition means is said in `holds.rs`, for one customer at a time; here is the same, a column at a
//! time.

use fearless_simd::Level;

use super::super::asked::Asked;
use super::super::sort::CustomerSort;
use super::Columns;
use super::bits::Bits;
use super::kernels::{BLOCK, Block, count};
use super::order::{Found, Gathering, Stand};
use super::plan::Plan;
use crate::error::Error;
use crate::record::{DayField, Flag, ListKind, VisitCategory};
use crate::time::{Date, Instant};

/// What a question is asked against besides the columns.
#[derive(Clone, Copy)]
pub(in crate::search) struct Against<'a> {
    pub(in crate::search) categories: &'a [VisitCategory],
    pub(in crate::search) now: Instant,
    pub(in crate::search) today: Date,
}

// Blocks in their places among all.
fn spread(found: &[Block], blocks: &[usize], end: usize) -> Vec<Block> {
    let mut every = vec![[0; BLOCK]; end];
    for (words, block) in found.iter().zip(blocks) {
        if let Some(place) = every.get_mut(*block) {
            *place = *words;
        }
    }
    every
}

impl Columns {
    /// The first so many after a place, in an order, of the active customers of whom all of a question holds (S8, S9).
    pub(in crate::search) fn page(
        &self,
        asked: &Asked,
        against: Against<'_>,
        sort: CustomerSort,
        after: Option<Stand>,
        wanted: usize,
    ) -> Result<Found, Error> {
        let level = Level::new();
        let (plan, order) = (self.plan(asked, against)?, self.order(sort));
        let gathering = || Gathering::new(level, &order, after, wanted, |one, other| self.compare(sort, one, other));
        let kept = if after.is_none() { self.rankings.of(sort, || self.everybody(sort)) } else { None };
        let Some(ranking) = kept else {
            let mut gathering = gathering();
            self.blocks(level, &plan, |block, words| gathering.take(block, words))?;
            return Ok(gathering.found());
        };
        let end = self.blocks_in_all();
        // Of the blocks that have anybody.
        let (mut found, mut blocks, mut all) = (Vec::with_capacity(end), Vec::with_capacity(end), 0_usize);
        self.blocks(level, &plan, |block, words| {
            found.push(*words);
            blocks.push(block);
            all = all.saturating_add(count(level, words));
        })?;
        if let Some(far) = ranking.far(all, wanted) {
            let every: Vec<Block>;
            let every = if blocks.len() == end {
                found.as_flattened()
            } else {
                every = spread(&found, &blocks, end);
                every.as_flattened()
            };
            let least = order.first_of(&plan);
            if let Some((mut first, loose)) = ranking.first(every, far, wanted, |row| order.rank(row) < least) {
                if !loose.is_empty() {
                    // All but the loose ones are in order already, which a stable sort makes use of.
                    let mut stands: Vec<Stand> = first.into_iter().chain(loose).map(|row| order.stand(row)).collect();
                    stands.sort_by(|one, other| self.compare(sort, one, other));
                    first = stands.into_iter().map(|stand| stand.row).take(wanted).collect();
                }
                return Ok(Found { first, all, left: all });
            }
        }
        if let Some(first) = order.first_of_few(&found, &blocks, all, wanted) {
            return Ok(Found { first, all, left: all });
        }
        let mut gathering = gathering();
        found.iter_mut().zip(blocks).for_each(|(words, block)| gathering.take(block, words));
        Ok(gathering.found())
    }

    // The active customers in an order.
    fn everybody(&self, sort: CustomerSort) -> Vec<u32> {
        let order = self.order(sort);
        let mut everybody: Vec<Stand> = self.people.active.rows().map(|row| order.stand(row)).collect();
        everybody.sort_unstable_by(|one, other| self.compare(sort, one, other));
        everybody.into_iter().map(|stand| stand.row).collect()
    }

    fn blocks_in_all(&self) -> usize {
        self.places.words().div_ceil(BLOCK)
    }

    /// Hands on every block that has anybody in it of whom all of a question holds.
    fn blocks(&self, level: Level, plan: &Plan<'_>, mut take: impl FnMut(usize, &mut Block)) -> Result<(), Error> {
        let (mut next, end) = (0, self.blocks_in_all());
        while next < end {
            let block = next;
            next = plan.first_from(block);
            if next > block {
                // Here another condition may pass over more.
                continue;
            }
            next = block.saturating_add(1);
            let mut words: Block = [0; BLOCK];
            let mut anybody = 0;
            for (word, active) in words.iter_mut().zip(self.people.active.block(block)) {
                *word = *active;
                anybody |= active;
            }
            if anybody != 0 && plan.narrow(level, block, &mut words)? {
                take(block, &mut words);
            }
        }
        Ok(())
    }

    /// The rows of the active customers of whom all of a question holds (S8).
    pub(in crate::search) fn answer(&self, asked: &Asked, against: Against<'_>) -> Result<Bits, Error> {
        let mut found = vec![0; self.places.words().next_multiple_of(BLOCK)];
        self.blocks(Level::new(), &self.plan(asked, against)?, |block, words| {
            found.chunks_mut(BLOCK).nth(block).unwrap_or_default().copy_from_slice(words);
        })?;
        Ok(Bits::of(found))
    }

    fn plan(&self, asked: &Asked, against: Against<'_>) -> Result<Plan<'_>, Error> {
        let words = self.places.words();
        let each = |of: &[Asked]| of.iter().map(|one| self.plan(one, against)).collect::<Result<Vec<_>, _>>();
        Ok(match asked {
            Asked::All(of) => Plan::all(each(of)?),
            Asked::Any(of) => Plan::any(each(of)?),
            Asked::Not(that) => Plan::not(self.plan(that, against)?),
            Asked::Segment(that) => self.plan(that, against)?,
            Asked::Text(field, key) => self.people.holding(*field, key, words),
            Asked::Holder(holders) => {
                let mut found = Bits::default();
                for row in holders.iter().filter_map(|holder| self.places.find(holder.ordinal())) {
                    found.set(row, true);
                }
                Plan::Made(found)
            }
            Asked::CustomField(name, key) => match (self.people.custom_fields.get(name), key) {
                (Some(texts), Some(key)) => texts.holding(key, words),
                (Some(texts), None) => texts.any(),
                (None, _) => Plan::nobody(),
            },
            Asked::Count(field, bounds) => Plan::Bytes(self.counted.count(*field).span(i64::from(bounds.least), i64::from(bounds.most))),
            Asked::Money(field, range) => self.counted.money(*field, *range),
            Asked::Day(field, range) => Plan::Days(
                match field {
                    DayField::FirstRegistered => &self.people.registered,
                    DayField::FirstVisit => &self.counted.first_visit,
                    DayField::LastVisit => &self.counted.last_visit,
                }
                .days(*range),
            ),
            Asked::Flag(flag) => Plan::Kept(self.flag(*flag)),
            Asked::LastMenu(menus) => Plan::kept(self.counted.last_menus.sets(menus)),
            Asked::Category(names) => self.visits.in_category(against.categories, names, against.today)?,
            Asked::Channel(names) => Plan::kept(self.people.channels.sets(names)),
            Asked::Gender(genders) => Plan::kept(genders.iter().map(|gender| self.people.gender(*gender))),
            Asked::Listed(lists) => Plan::kept(lists.iter().map(|list| self.list(*list))),
            Asked::Frequency(frequency) => self.visits.often(*frequency, against.today)?,
            Asked::Reservation(asked) => self.bookings.whose(asked, self.calendar, against.now, words),
        })
    }

    pub(super) const fn flag(&self, flag: Flag) -> &Bits {
        match flag {
            Flag::Line => &self.people.line,
            Flag::LastMinuteCancel => &self.counted.last_minute,
            Flag::NoShow => &self.counted.no_show,
            Flag::Account => &self.people.account,
            Flag::Newsletter => &self.people.newsletter,
            Flag::PhoneRegistration => &self.people.phone_registration,
        }
    }

    const fn list(&self, list: ListKind) -> &Bits {
        let [watch, grey, black] = &self.lists;
        match list {
            ListKind::Watch => watch,
            ListKind::Grey => grey,
            ListKind::Black => black,
        }
    }
}
