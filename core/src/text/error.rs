//! What can be wrong with a text (A4).

use super::phone::PhoneClass;

/// A text that a field does not take. It names the field and the limit, never the text: a name or
/// a number in a log file is a leak.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[serde(untagged, rename_all_fields = "camelCase")]
pub enum TextError {
    /// C9: longer than the field's maximum; nothing is cut off silently.
    #[error("{field}: {actual} characters where at most {max} are taken")]
    TooLong {
        /// The field.
        field: &'static str,
        /// The longest taken, in Unicode scalar values.
        max: u32,
        /// The length after cleaning, in Unicode scalar values.
        actual: u32,
    },
    /// C3: a character that is not kana.
    #[error("{field}: character {position} is not kana")]
    NotKana {
        /// The field.
        field: &'static str,
        /// The first such character, in Unicode scalar values of the text as typed, from 1.
        position: u32,
    },
    /// C4: no digit at all.
    #[error("{field}: a phone number has digits")]
    NoDigits {
        /// The field.
        field: &'static str,
    },
    /// C4: a number that no customer in Japan is called at.
    #[error("{field}: a phone number of Japan is expected, this one is {}", class.as_str())]
    PhoneNotAccepted {
        /// The field.
        field: &'static str,
        /// What it is instead.
        class: PhoneClass,
    },
    /// C5: nothing in it.
    #[error("{field}: an e-mail address is expected, the text is blank")]
    Blank {
        /// The field.
        field: &'static str,
    },
    /// C5: no `@`.
    #[error("{field}: an e-mail address has an @")]
    NoAt {
        /// The field.
        field: &'static str,
    },
    /// C5: several addresses in one; nothing that is sent to all of them would arrive.
    #[error("{field}: these are several e-mail addresses; give each an entry of its own")]
    SeveralAddresses {
        /// The field.
        field: &'static str,
    },
    /// C5: nothing before the `@`, or nothing after it.
    #[error("{field}: an e-mail address has a name before its @ and a domain after it")]
    EmptyPart {
        /// The field.
        field: &'static str,
    },
    /// C5: a control character inside.
    #[error("{field}: an e-mail address has no control characters")]
    ControlCharacter {
        /// The field.
        field: &'static str,
    },
    /// C5: white space inside.
    #[error("{field}: an e-mail address has no spaces inside")]
    WhiteSpace {
        /// The field.
        field: &'static str,
    },
    /// C5: more bytes than a mail server takes.
    #[error("{field}: {actual} bytes where at most {max} are taken")]
    TooManyBytes {
        /// The field.
        field: &'static str,
        /// The longest taken, in bytes of UTF-8.
        max: u32,
        /// The length of the trimmed text, in bytes of UTF-8.
        actual: u32,
    },
}

impl TextError {
    /// Every code of this area.
    pub const CODES: &'static [&'static str] = &[
        "text.too_long",
        "text.not_kana",
        "text.no_digits",
        "text.phone_not_accepted",
        "text.blank",
        "text.no_at",
        "text.several_addresses",
        "text.empty_part",
        "text.control_character",
        "text.white_space",
        "text.too_many_bytes",
    ];

    /// The stable code, for programs and for translations.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooLong { .. } => "text.too_long",
            Self::NotKana { .. } => "text.not_kana",
            Self::NoDigits { .. } => "text.no_digits",
            Self::PhoneNotAccepted { .. } => "text.phone_not_accepted",
            Self::Blank { .. } => "text.blank",
            Self::NoAt { .. } => "text.no_at",
            Self::SeveralAddresses { .. } => "text.several_addresses",
            Self::EmptyPart { .. } => "text.empty_part",
            Self::ControlCharacter { .. } => "text.control_character",
            Self::WhiteSpace { .. } => "text.white_space",
            Self::TooManyBytes { .. } => "text.too_many_bytes",
        }
    }

    // Each names its own.
    pub(crate) const fn at(&self) -> &'static [&'static str] {
        &[]
    }

    /// The field at fault.
    #[must_use]
    pub const fn field(&self) -> &'static str {
        match self {
            Self::TooLong { field, .. }
            | Self::NotKana { field, .. }
            | Self::NoDigits { field }
            | Self::PhoneNotAccepted { field, .. }
            | Self::Blank { field }
            | Self::NoAt { field }
            | Self::SeveralAddresses { field }
            | Self::EmptyPart { field }
            | Self::ControlCharacter { field }
            | Self::WhiteSpace { field }
            | Self::TooManyBytes { field, .. } => field,
        }
    }
}
