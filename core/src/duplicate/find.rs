use super::signal::Signal;
use crate::customer::{CustomerForm, limits};
use crate::error::CustomerError;
use crate::id::CustomerId;
use crate::identity::{Comparison, Likelihood, Person, Texts};
use crate::log::{Halt, Role};
use crate::record::Birthday;
use crate::search::{CustomerRow, Index, IndexQuery, Tongue};
use crate::text::{email, one_line, phone, to_full_width_katakana};
use crate::time::Instant;

/// How many are shown at most: nobody looks through more while somebody waits at the counter.
const SHOWN: usize = 20;

wire! {
    /// Whoever in the ledger looks like somebody who is being typed in (D1): for the form 新規登録, after each field that was filled in.
    /// What is not complete yet, such as half a phone number, counts for nothing.
    pub struct FindDuplicates {
        /// The form so far.
        pub form: CustomerForm,
        /// LINE名, if they come through LINE.
        pub line_name: Option<String>,
        /// The language of the explanations.
        pub tongue: Tongue,
    }
}

redacted_debug!(FindDuplicates { tongue });

wire! {
    /// Whoever in the ledger looks like one of its customers (D1).
    #[derive(Debug)]
    pub struct GetDuplicates {
        /// Who.
        pub customer: CustomerId,
        /// The language of the explanations.
        pub tongue: Tongue,
    }
}

wire! {
    /// Customers who look like somebody, the likeliest first; at most 20.
    #[derive(Debug)]
    pub struct PossibleDuplicates {
        /// Who, and why.
        pub customers: Vec<LooksLike>,
        /// How many there are, those that are not shown included.
        pub total: u32,
        /// The place of the log this is as of.
        pub sequence: u32,
    }
}

wire! {
    /// A customer who looks like somebody (D1).
    #[derive(Debug)]
    pub struct LooksLike {
        /// Who.
        pub customer: CustomerRow,
        /// How much.
        pub likelihood: Likelihood,
        /// The sum of the signals, or less where only one thing could be compared.
        pub points: i32,
        /// Why, and what speaks against it.
        pub signals: Vec<Signal>,
    }
}

impl IndexQuery for FindDuplicates {
    type Output = PossibleDuplicates;
    const NAME: &'static str = "findDuplicates";
    const ROLES: &'static [Role] = Role::SALON;

    fn find(&self, index: &Index, _: Instant) -> Result<PossibleDuplicates, Halt> {
        let form = &self.form;
        let family = one_line("familyName", &form.family_name, limits::NAME)?;
        let given = one_line("givenName", &form.given_name, limits::NAME)?;
        // As they will be kept, half-width marks joined to their letters; what is no kana yet is being typed.
        let kana = |field, text: &Option<String>| {
            let text = text.as_deref().unwrap_or_default();
            one_line(field, &to_full_width_katakana(field, text).unwrap_or_else(|_| text.to_owned()), limits::NAME)
        };
        let family_kana = kana("familyKana", &form.family_kana)?;
        let given_kana = kana("givenKana", &form.given_kana)?;
        let line_name = self.line_name.as_deref().map(|name| one_line("lineName", name, limits::LINE)).transpose()?;
        let most = usize::try_from(limits::CONTACTS).unwrap_or(usize::MAX);
        // What no number plan knows may be half a number, unless it is as long as the longest.
        let whole = |phone: &phone::PhoneNumber| phone.class == phone::PhoneClass::Valid || phone.digits.len() == 11;
        let known = |raw: &String| phone::parse("phones", raw).and_then(|phone| phone.accept("phones")).ok().filter(whole);
        let phones: Vec<_> = form.phones.iter().take(most).filter_map(known).collect();
        let emails: Vec<_> = form.emails.iter().take(most).filter_map(|raw| email::parse("emails", raw).ok()).collect();
        let birthday: Option<Birthday> = form.birthday.as_deref().and_then(|text| text.trim().parse().ok());
        let somebody = Person::of(&Texts {
            names: vec![[&family, &given, &family_kana, &given_kana]],
            phones: phones.iter().map(|phone| phone.digits.as_str()).collect(),
            emails: emails.iter().map(|email| email.key.as_str()).collect(),
            birthday: birthday.as_ref(),
            line: line_name.is_some(),
            line_name: line_name.as_deref(),
        });
        shown(index, index.who().like(&somebody), self.tongue, |_| false)
    }
}

impl IndexQuery for GetDuplicates {
    type Output = PossibleDuplicates;
    const NAME: &'static str = "getDuplicates";
    const ROLES: &'static [Role] = Role::SALON;

    fn find(&self, index: &Index, _: Instant) -> Result<PossibleDuplicates, Halt> {
        if !index.is_active(self.customer) {
            return Err(CustomerError::NotFound { customer: self.customer }.into());
        }
        let like = index.who().like_customer(self.customer);
        shown(index, like, self.tongue, |other| index.is_not_same(self.customer, other))
    }
}

fn shown(
    index: &Index,
    mut like: Vec<(CustomerId, Comparison)>,
    tongue: Tongue,
    is_another: impl Fn(CustomerId) -> bool,
) -> Result<PossibleDuplicates, Halt> {
    like.retain(|(other, _)| !is_another(*other));
    let total = u32::try_from(like.len()).unwrap_or(u32::MAX);
    like.truncate(SHOWN);
    let ids: Vec<CustomerId> = like.iter().map(|(other, _)| *other).collect();
    let customers = index.rows(&ids)?.into_iter().zip(&like).filter_map(|(customer, (_, comparison))| {
        Some(LooksLike {
            customer: customer?,
            likelihood: comparison.likelihood,
            points: comparison.points,
            signals: Signal::all(comparison, tongue),
        })
    });
    Ok(PossibleDuplicates { customers: customers.collect(), total, sequence: index.sequence() })
}
