//! What speaks for one person and what against, in points.
//!
//! | points | likelihood |
//! |---|---|
//! | from [`POSSIBLE`] | 要確認: worth a look |
//! | from [`LIKELY`] | 同一人物の可能性が高い |
//!
//! A name alone is 30 points and what its rarity adds; a phone or an address in common 35. So a common name with the same phone is likely one person, a
//! rare name alone is worth a look, and a common name alone is not.

wire! {
    /// How much two records look like one person's (D1).
    #[derive(Copy, Debug, PartialOrd, Ord)]
    pub enum Likelihood {
        /// 要確認: 40 points and more.
        Possible,
        /// 同一人物の可能性が高い: 65 points and more.
        Likely,
    }
}

wire! {
    /// What was compared (D1).
    #[derive(Copy, Debug, PartialOrd, Ord)]
    pub enum Matter {
        /// 姓
        FamilyName,
        /// 名
        GivenName,
        /// 姓 and 名 of one record stand in each other's place in the other.
        NameOrder,
        /// A name that one of them had before: 旧姓 and the like.
        FormerName,
        /// How rare the name is in this ledger and in Japan.
        Rarity,
        /// 電話番号
        Phone,
        /// メールアドレス
        Email,
        /// 生年月日
        Birthday,
        /// LINE
        Line,
    }
}

wire! {
    /// What the comparison says (D1).
    #[derive(Copy, Debug, PartialOrd, Ord)]
    pub enum Says {
        /// The same; of names apart from how their characters are formed.
        Same,
        /// A name in kana alone, read as the other is.
        SameReading,
        /// The same, where a sound may be voiced or not: ナカジマ and ナカシマ.
        NearReading,
        /// Characters that are taken for each other: 斎 and 斉.
        Confusable,
        /// Written alike and read otherwise.
        OtherReading,
        /// Read alike and written otherwise.
        OtherWriting,
        /// One in kana, one in kanji whose reading nobody entered.
        Unknown,
        /// Not the same.
        Different,
        /// A phone that people of other 名 have too: a family's.
        Household,
        /// The same day; the year is known of one at most.
        SameDay,
        /// One slip of the pen apart: the year, the month or the day, or month and day in each other's place.
        Near,
        /// The LINE name is the other's name. No identity (L2).
        NameOnLine,
        /// Few have the name.
        Rare,
        /// Many have the name.
        Common,
    }
}

/// 要確認 from here.
pub(super) const POSSIBLE: i32 = 40;
/// Likely from here.
pub(super) const LIKELY: i32 = 65;
/// With only one matter that could be compared, no more than this (D1).
pub(super) const MOST_BY_ONE: i32 = 60;
/// A phone or an address that more customers share says nothing: the shop's own, or one typed to get past the form.
pub(super) const MOST_SHARING: u32 = 20;
/// What the rarity of a name adds at most, and takes away at most.
pub(super) const RARITY: (i32, i32) = (-10, 20);
/// A 姓, or a 名, that is the same.
const NAME: i32 = 15;

/// What rarity has to add to a name that is the same, and to a LINE name, if nothing else shall be needed.
pub(super) const fn least_rarity_alone() -> i32 {
    POSSIBLE - 2 * NAME - of(Matter::Line, Says::NameOnLine)
}

/// Points of one part of the name; none, if the two cannot be one person's.
pub(super) const fn of_name(matter: Matter, says: Says) -> Option<i32> {
    Some(match says {
        Says::Same => NAME,
        Says::SameReading => 12,
        Says::Confusable => 11,
        Says::OtherReading => 9,
        Says::NearReading => 8,
        Says::OtherWriting => 5,
        Says::Unknown => 3,
        // 姓 changes with a marriage; 名 does not.
        Says::Different if matches!(matter, Matter::FamilyName) => -10,
        _ => return None,
    })
}

/// Whether a part of a name is the same but for spelling, so that its rarity says something.
pub(super) const fn is_firm(says: Says) -> bool {
    matches!(says, Says::Same | Says::SameReading | Says::NearReading | Says::Confusable | Says::OtherReading)
}

/// Points of what is no name.
pub(super) const fn of(matter: Matter, says: Says) -> i32 {
    match (matter, says) {
        (Matter::NameOrder | Matter::FormerName, _) => -3,
        (Matter::Phone | Matter::Email, Says::Same) => 35,
        (Matter::Phone, Says::Household) => 15,
        (Matter::Phone, Says::Different) => -5,
        (Matter::Email, Says::Different) => -3,
        (Matter::Birthday, Says::Same) => 30,
        (Matter::Birthday, Says::SameDay) => 18,
        (Matter::Birthday, Says::Near) => -15,
        (Matter::Birthday, Says::Different) => -45,
        (Matter::Line, Says::NameOnLine) => 3,
        // Two accounts of one person are possible, and a merge would have to choose (M5).
        (Matter::Line, Says::Different) => -10,
        _ => 0,
    }
}

/// What a sum of points means.
pub(super) const fn likelihood(points: i32) -> Option<Likelihood> {
    match points {
        LIKELY.. => Some(Likelihood::Likely),
        POSSIBLE.. => Some(Likelihood::Possible),
        _ => None,
    }
}
