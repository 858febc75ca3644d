use crate::identity::{Comparison, Matter, Says};
use crate::search::Tongue;

wire! {
    /// One thing that speaks for one person, or against (D1).
    #[derive(Debug)]
    pub struct Signal {
        /// What was compared.
        pub matter: Matter,
        /// What it says.
        pub says: Says,
        /// What it counts; below zero it speaks against.
        pub points: i32,
        /// The same for people, without anybody's data.
        pub text: String,
    }
}

impl Signal {
    /// Everything that a comparison is the sum of.
    pub(super) fn all(comparison: &Comparison, tongue: Tongue) -> Vec<Self> {
        let signal = |(matter, says, points): &(Matter, Says, i32)| {
            let (english, japanese) = texts(*matter, *says);
            let text = if matches!(tongue, Tongue::English) { english } else { japanese };
            Self { matter: *matter, says: *says, points: *points, text: text.to_owned() }
        };
        comparison.signals.iter().map(signal).collect()
    }
}

#[rustfmt::skip]
const fn texts(matter: Matter, says: Says) -> (&'static str, &'static str) {
    match (matter, says) {
        (Matter::FamilyName, Says::Same) => ("the same family name", "姓が同じです"),
        (Matter::FamilyName, Says::SameReading) => ("the family name is read the same; one of them has it in kana only", "姓の読みが同じです（片方はカナのみ）"),
        (Matter::FamilyName, Says::NearReading) => ("the family name is read the same but for a voiced sound", "姓の読みが清音・濁音のちがいだけです"),
        (Matter::FamilyName, Says::Confusable) => ("family names in characters that are often taken for each other", "姓がまちがえやすい字のちがいだけです"),
        (Matter::FamilyName, Says::OtherReading) => ("the same family name, read otherwise", "姓の字は同じですが読みがちがいます"),
        (Matter::FamilyName, Says::OtherWriting) => ("the family name is read the same and written otherwise", "姓の読みは同じですが字がちがいます"),
        (Matter::FamilyName, Says::Unknown) => ("one family name is in kana, and nobody entered how the other is read", "姓の片方はカナのみ、もう片方は読みが未入力です"),
        (Matter::FamilyName, _) => ("another family name", "姓がちがいます"),
        (Matter::GivenName, Says::Same) => ("the same given name", "名が同じです"),
        (Matter::GivenName, Says::SameReading) => ("the given name is read the same; one of them has it in kana only", "名の読みが同じです（片方はカナのみ）"),
        (Matter::GivenName, Says::NearReading) => ("the given name is read the same but for a voiced sound", "名の読みが清音・濁音のちがいだけです"),
        (Matter::GivenName, Says::Confusable) => ("given names in characters that are often taken for each other", "名がまちがえやすい字のちがいだけです"),
        (Matter::GivenName, Says::OtherReading) => ("the same given name, read otherwise", "名の字は同じですが読みがちがいます"),
        (Matter::GivenName, Says::OtherWriting) => ("the given name is read the same and written otherwise", "名の読みは同じですが字がちがいます"),
        (Matter::GivenName, Says::Unknown) => ("one given name is in kana, and nobody entered how the other is read", "名の片方はカナのみ、もう片方は読みが未入力です"),
        (Matter::GivenName, _) => ("another given name", "名がちがいます"),
        (Matter::NameOrder, _) => ("family and given name stand in each other's place", "姓と名が入れ替わっています"),
        (Matter::FormerName, _) => ("it is a name that one of them had before", "以前の氏名（旧姓など）と一致します"),
        (Matter::Rarity, Says::Rare) => ("few are to be expected here who have this name", "この台帳では同姓同名の別人が少ないと見られます"),
        (Matter::Rarity, _) => ("many people have this name", "よくある氏名です"),
        (Matter::Phone, Says::Same) => ("the same phone", "電話番号が同じです"),
        (Matter::Phone, Says::Household) => ("the same phone, which people of other given names have too: a family's, perhaps", "電話番号が同じですが、名のちがうお客様も使っています（ご家族かもしれません）"),
        (Matter::Phone, _) => ("another phone", "電話番号がちがいます"),
        (Matter::Email, Says::Same) => ("the same e-mail address", "メールアドレスが同じです"),
        (Matter::Email, _) => ("another e-mail address", "メールアドレスがちがいます"),
        (Matter::Birthday, Says::Same) => ("the same birthday", "生年月日が同じです"),
        (Matter::Birthday, Says::SameDay) => ("the same day of birth; of one the year is not known", "誕生日（月日）が同じです（片方は年が未入力）"),
        (Matter::Birthday, Says::Near) => ("birthdays one slip of the pen apart", "生年月日が一か所だけちがいます（書きまちがいかもしれません）"),
        (Matter::Birthday, _) => ("another birthday", "生年月日がちがいます"),
        (Matter::Line, Says::NameOnLine) => ("the LINE name is the other's name", "LINE名がもう片方の氏名と同じです"),
        (Matter::Line, _) => ("two LINE accounts", "別々のLINEアカウントと連携しています"),
    }
}
