use crate::error::SearchError;

wire! {
    /// How many (S4). The boxes of the manual's form are one way to say it.
    #[derive(Copy, Debug)]
    #[serde(tag = "type")]
    pub enum Count {
        /// Exactly so many.
        Exactly {
            /// The number.
            count: u32,
        },
        /// From so many to so many, both included.
        Between {
            /// The least.
            from: u32,
            /// The most.
            to: u32,
        },
        /// 以上
        AtLeast {
            /// The least.
            count: u32,
        },
        /// 以下
        AtMost {
            /// The most.
            count: u32,
        },
        /// As typed into the form's two boxes.
        Boxes {
            /// The boxes.
            boxes: CountBox,
        },
    }
}

wire! {
    /// The two boxes `[ ]回 〜 [ ]回` of the form: left only = *exactly* that, both = range, right only = at most (S4).
    #[derive(Copy, Debug, Default)]
    pub struct CountBox {
        /// The left box.
        pub left: Option<u32>,
        /// The right box.
        pub right: Option<u32>,
    }
}

impl CountBox {
    /// What the boxes say. Both empty, or the left above the right, is an error.
    pub fn count(self, field: &'static str) -> Result<Count, SearchError> {
        match (self.left, self.right) {
            (None, None) => Err(SearchError::CountEmpty { field }),
            (Some(count), None) => Ok(Count::Exactly { count }),
            (None, Some(count)) => Ok(Count::AtMost { count }),
            (Some(from), Some(to)) if from > to => Err(SearchError::CountReversed { field }),
            (Some(from), Some(to)) => Ok(Count::Between { from, to }),
        }
    }
}

/// The least and the most, both included.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    least: u32,
    most: u32,
}

impl Bounds {
    pub(super) const fn hold(self, count: u32) -> bool {
        self.least <= count && count <= self.most
    }
}

impl Count {
    pub(super) fn bounds(self, field: &'static str) -> Result<Bounds, SearchError> {
        let (least, most) = match self {
            Self::Exactly { count } => (count, count),
            Self::Between { from, to } => (from, to),
            Self::AtLeast { count } => (count, u32::MAX),
            Self::AtMost { count } => (0, count),
            Self::Boxes { boxes } => return boxes.count(field)?.bounds(field),
        };
        if least > most { Err(SearchError::CountReversed { field }) } else { Ok(Bounds { least, most }) }
    }
}
