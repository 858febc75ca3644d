use std::collections::{BTreeMap, BTreeSet};

use super::save::all;
use crate::customer::resolve;
use crate::id::{CustomerId, SegmentId};
use crate::log::{Actor, Halt, Look, Query, Role};
use crate::record::{Condition, Customer, CustomerState, Segment, key};
use crate::search::{Asking, Explained, Subject, Tongue, bounded, parse};
use crate::time::Instant;

wire! {
    /// Why somebody is in a segment, or is not (S11).
    pub struct ExplainCustomer {
        /// Who; a merged id resolves (M6).
        pub customer: CustomerId,
        /// The condition; with neither it nor a line nothing is asked, and everybody is found.
        pub condition: Option<Condition>,
        /// A line of the query language, which must hold too.
        pub query: Option<String>,
        /// The language of the answer.
        pub tongue: Tongue,
    }
}

redacted_debug!(ExplainCustomer { customer, condition, tongue });

wire! {
    /// How a customer stands to each condition of a question (S11).
    pub struct Explanation {
        /// Whether the customer is found by it. Whoever is withdrawn or erased is not, whatever holds (S8).
        pub found: bool,
        /// What the customer's record is: of any but an active one, why it is not found (S8).
        pub state: CustomerState,
        /// The conditions.
        pub tree: Explained,
        /// The same as a text of several lines; of whoever is not active, the first says so.
        pub text: String,
    }
}

redacted_debug!(Explanation { found, state, tree });

impl Query for ExplainCustomer {
    type Output = Explanation;
    const NAME: &'static str = "explainCustomer";
    const ROLES: &'static [Role] = Role::SALON;

    fn answer(&self, look: &dyn Look, _: &Actor, now: Instant) -> Result<Explanation, Halt> {
        let customer = resolve(look, self.customer)?;
        let id = customer.id;
        let segments = all(look)?;
        self.condition.as_ref().map(bounded).transpose()?;
        let mut of: Vec<Condition> = self.condition.iter().cloned().collect();
        of.extend(self.query.as_deref().map(|line| parse(line, self.tongue)).transpose()?);
        // The list of two parts is nobody's condition.
        let own = u32::from(of.len() > 1);
        let condition = match of.pop() {
            Some(only) if of.is_empty() => only,
            last => Condition::All { of: of.into_iter().chain(last).collect() },
        };
        let mut numbers = BTreeMap::new();
        holders(look, &condition, &segments, &mut numbers)?;
        let settings = crate::log::shared_settings(look)?;
        let asking = Asking {
            calendar: settings.calendar,
            categories: &settings.visit_categories,
            segments: &segments,
            holders: &|number| numbers.get(number).cloned().unwrap_or_default(),
            now,
        };
        let subject = Subject {
            figures: look.find(id)?,
            reservations: look.children(id)?,
            by_hand: look.children(id)?,
            listings: look.children(id)?,
            customer,
        };
        let tree = asking.explain(&condition, own, &subject, self.tongue)?;
        let state = subject.customer.state;
        let mut text = tree.text();
        if let Some((left, at)) = left(&state, self.tongue) {
            text = format!("✗ {left} ({})\n{text}", settings.calendar.day_of(at)?);
        }
        Ok(Explanation { found: tree.holds && state == CustomerState::Active, state, tree, text })
    }
}

// What keeps a customer out of every search, and since when (S8).
const fn left(state: &CustomerState, tongue: Tongue) -> Option<(&'static str, Instant)> {
    let (english, japanese, at) = match state {
        CustomerState::Active => return None,
        CustomerState::Withdrawn { at } => ("has left, and is in no search", "退会済み: 検索の対象外", *at),
        CustomerState::Merged { at, .. } => ("was merged, and is in no search", "統合済み: 検索の対象外", *at),
        CustomerState::Erased { at } => ("was erased, and is in no search", "削除済み: 検索の対象外", *at),
    };
    Some((if matches!(tongue, Tongue::English) { english } else { japanese }, at))
}

// Who is found by each number that a condition asks for (M6).
fn holders(
    look: &dyn Look,
    condition: &Condition,
    segments: &BTreeMap<SegmentId, Segment>,
    found: &mut BTreeMap<String, BTreeSet<CustomerId>>,
) -> Result<(), Halt> {
    let all = core::iter::once(condition).chain(segments.values().map(|segment| &segment.condition));
    let mut waiting: Vec<&Condition> = all.collect();
    while let Some(condition) = waiting.pop() {
        match condition {
            Condition::All { of } | Condition::Any { of } => waiting.extend(of),
            Condition::Not { that } => waiting.push(that),
            Condition::Number { is } => {
                let number = key::number_text(is);
                let mut who = BTreeSet::new();
                for holder in look.keyed::<Customer>(key::number(&number))? {
                    who.insert(resolve(look, holder.id)?.id);
                }
                found.insert(number, who);
            }
            _ => {}
        }
    }
    Ok(())
}
