use crate::customer::active;
use crate::error::MergeError;
use crate::id::CustomerId;
use crate::log::{Command, Context, Draft, Halt, Role};
use crate::record::{Kind, NotSame};

wire! {
    /// 別人: marks two customers as not the same person, or takes the mark back (D2).
    #[derive(Copy, Debug)]
    pub struct MarkNotSame {
        /// One of them.
        pub one: CustomerId,
        /// The other.
        pub other: CustomerId,
        /// Whether the mark is taken back; else it is made.
        pub take_back: bool,
    }
}

wire! {
    /// Whether the mark stands now.
    #[derive(Copy, Debug)]
    pub struct Marked {
        /// Whether they are marked as not the same person.
        pub different: bool,
    }
}

impl Command for MarkNotSame {
    type Output = Marked;
    const NAME: &'static str = "markNotSame";
    const ROLES: &'static [Role] = Role::SALON;

    fn decide(&self, draft: &mut Draft<'_>, context: &Context) -> Result<Marked, Halt> {
        let (one, other) = (active(draft, self.one.min(self.other))?.id, active(draft, self.one.max(self.other))?.id);
        if one == other {
            return Err(MergeError::SamePair { customer: one }.into());
        }
        let present: Option<NotSame> = draft.read().find(NotSame::id_of(one, other))?;
        match (present, !self.take_back) {
            (None, true) => draft.put(NotSame { one, other, at: context.now, by: context.actor.id.clone() })?,
            (Some(mark), false) => draft.remove(Kind::NotSame, &NotSame::id_of(mark.one, mark.other))?,
            _ => {}
        }
        Ok(Marked { different: !self.take_back })
    }
}
