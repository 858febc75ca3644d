//! E-mail addresses (C5): lenient about what may stand before the `@`, because Japanese carriers
//! have been.

use super::characters::{is_ignorable, is_white_space};
use super::error::TextError;
use serde::{Deserialize, Serialize};
use std::fmt;
use unicode_normalization::UnicodeNormalization;

/// The longest address taken, in bytes of UTF-8 (C5).
pub const MAX_BYTES: u32 = 254;

/// An e-mail address (C5). Not unique: families share one.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
#[serde(rename_all = "camelCase")]
pub struct EmailAddress {
    /// As typed, without white space at the ends and without invisible characters: what to write to.
    pub entered: String,
    /// What is compared: NFKC, lower-cased. Dots and +tags stay.
    pub key: String,
}

/// Shows nothing: an address is personal data.
impl fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EmailAddress").finish_non_exhaustive()
    }
}

/// Reads an address as typed.
///
/// The last `@` parts name and domain, a full-width ＠ too. What a mail server may think of dots in
/// a row, or of a dot before the `@`, is not asked: `a..b.@docomo.ne.jp` has been receiving mail
/// for twenty years. Zero-width characters, which copying from a web page brings along, are dropped.
///
/// # Errors
/// [`TextError::Blank`], [`TextError::TooManyBytes`], [`TextError::ControlCharacter`],
/// [`TextError::SeveralAddresses`], [`TextError::WhiteSpace`] (inside), [`TextError::NoAt`], [`TextError::EmptyPart`].
pub fn parse(field: &'static str, raw: &str) -> Result<EmailAddress, TextError> {
    let visible: String = raw.chars().filter(|&c| !is_ignorable(c)).collect();
    let entered = visible.trim_matches(is_white_space);
    if entered.is_empty() {
        return Err(TextError::Blank { field });
    }
    let actual = u32::try_from(entered.len()).unwrap_or(u32::MAX);
    if actual > MAX_BYTES {
        return Err(TextError::TooManyBytes { field, max: MAX_BYTES, actual });
    }
    if entered.chars().any(char::is_control) {
        return Err(TextError::ControlCharacter { field });
    }
    if several(entered).is_some() {
        return Err(TextError::SeveralAddresses { field });
    }
    // Judged on the key: NFKC can bring forth a space or an @.
    let key = partial_key(entered);
    if key.contains(is_white_space) || entered.contains(is_white_space) {
        return Err(TextError::WhiteSpace { field });
    }
    let (name, domain) = key.rsplit_once('@').ok_or(TextError::NoAt { field })?;
    if name.is_empty() || domain.is_empty() {
        return Err(TextError::EmptyPart { field });
    }
    Ok(EmailAddress { entered: entered.to_owned(), key })
}

/// The addresses of a line that holds several, with `;`, `,`, `、`, `/` or white space between them. None if it holds one, or something else besides: before
/// an @ nearly anything may stand, but no other @.
#[must_use]
pub fn several(line: &str) -> Option<Vec<&str>> {
    let ats = |text: &str| text.matches(['@', '＠', '﹫']).count();
    if ats(line) < 2 {
        return None;
    }
    let separates = |c: char| matches!(c, ';' | '；' | ',' | '，' | '、' | '､' | '/' | '／') || is_white_space(c);
    let parts: Vec<&str> = line.split(separates).filter(|part| !part.is_empty()).collect();
    let is_one = |part: &&str| ats(part) == 1 && parse("emails", part).is_ok();
    (parts.len() > 1 && parts.iter().all(is_one)).then_some(parts)
}

/// The key of an address or of a part of one, for the partial search (S3).
#[must_use]
pub fn partial_key(text: &str) -> String {
    // Nearly all are ASCII, which the long way leaves as it is but for its case.
    if text.is_ascii() {
        return text.trim_matches(is_white_space).to_ascii_lowercase();
    }
    let key: String = text.chars().filter(|&c| !is_ignorable(c)).nfkc().flat_map(char::to_lowercase).nfkc().collect();
    // Only now: NFKC makes a space and a mark of ´.
    key.trim_matches(is_white_space).to_owned()
}
