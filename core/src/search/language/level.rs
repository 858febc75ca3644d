//! What conditions on customers and on reservations have in common: they are joined in the same ways.

use crate::record::{Condition, Flag, ReservationCondition};

/// How a condition is put together.
pub(super) enum Shape<'c, C> {
    All(&'c [C]),
    Any(&'c [C]),
    Not(&'c C),
    Leaf(&'c C),
}

/// A condition that can be joined with others of its kind.
pub(super) trait Level: Sized {
    fn all(of: Vec<Self>) -> Self;
    fn any(of: Vec<Self>) -> Self;
    fn not(that: Self) -> Self;
    fn shape(&self) -> Shape<'_, Self>;
    /// What it is, if it is something that is so or not.
    fn flag(&self) -> Option<Flag>;
}

macro_rules! level {
    ($name:ident, $flag:expr) => {
        impl Level for $name {
            fn all(of: Vec<Self>) -> Self {
                Self::All { of }
            }
            fn any(of: Vec<Self>) -> Self {
                Self::Any { of }
            }
            fn not(that: Self) -> Self {
                Self::Not { that: Box::new(that) }
            }
            fn shape(&self) -> Shape<'_, Self> {
                match self {
                    Self::All { of } => Shape::All(of),
                    Self::Any { of } => Shape::Any(of),
                    Self::Not { that } => Shape::Not(that),
                    leaf => Shape::Leaf(leaf),
                }
            }
            fn flag(&self) -> Option<Flag> {
                $flag(self)
            }
        }
    };
}
level!(Condition, |condition: &Condition| if let Condition::Flag { flag } = condition { Some(*flag) } else { None });
level!(ReservationCondition, |_| None);
