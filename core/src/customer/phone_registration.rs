use super::form::CustomerForm;
use super::register::{Registered, enter};
use crate::error::{CustomerError, Error, FieldNames, TextError};
use crate::log::{Command, Context, Draft, Halt, Role};
use crate::record::{Email, EmailKind, EntryPath};
use crate::text::{email, is_katakana_name, one_line, phone};

wire! {
    /// 新規電話予約: registers somebody who is on the phone, by name and number alone (P1).
    pub struct RegisterByPhone {
        /// 姓, in katakana if the kanji are not known yet.
        pub family_name: String,
        /// 名, likewise.
        pub given_name: String,
        /// セイ; left out: taken from a 姓 in katakana.
        pub family_kana: Option<String>,
        /// メイ; left out: taken from a 名 in katakana.
        pub given_kana: Option<String>,
        /// 電話番号
        pub phone: String,
    }
}

redacted_debug!(RegisterByPhone {});

impl Command for RegisterByPhone {
    type Output = Registered;
    const NAME: &'static str = "registerByPhone";
    const ROLES: &'static [Role] = Role::SALON;

    fn decide(&self, draft: &mut Draft<'_>, context: &Context) -> Result<Registered, Halt> {
        let provisional = is_provisional(&self.family_name, &self.given_name);
        if !one_line("phone", &self.phone, u32::MAX)?.is_empty() {
            phone::parse("phone", &self.phone)?.accept("phone")?;
        }
        // Kana is filled from the name where the name is kana (P1).
        let filled = |kana: &Option<String>, name: &str| -> Result<Option<String>, TextError> {
            let given = one_line("kana", kana.as_deref().unwrap_or_default(), u32::MAX)?;
            Ok(if given.is_empty() { is_katakana_name(name).then(|| name.to_owned()) } else { kana.clone() })
        };
        let form = CustomerForm {
            family_name: self.family_name.clone(),
            given_name: self.given_name.clone(),
            family_kana: filled(&self.family_kana, &self.family_name)?,
            given_kana: filled(&self.given_kana, &self.given_name)?,
            phones: vec![self.phone.clone()],
            ..CustomerForm::default()
        };
        let domain = draft.settings()?.placeholder_domain;
        let mut placeholder_fits = Ok(());
        let registered = enter(draft, context, EntryPath::Phone, &form, |customer| {
            customer.provisional_name = provisional;
            customer.phone_registration = true;
            let address = customer.phones.first().map(|phone| [phone.digits.as_str(), "@", &domain].concat());
            match address.as_deref().map(|address| email::parse("phone", address)) {
                Some(Ok(parsed)) => {
                    customer.emails = vec![Email { entered: parsed.entered, key: parsed.key, kind: EmailKind::Placeholder }]
                }
                Some(Err(error)) => placeholder_fits = Err::<(), TextError>(error),
                None => {}
            }
        })
        .map_err(by_its_own_name)?;
        placeholder_fits?;
        Ok(registered)
    }
}

// The form has 電話番号 several times, this command once.
fn by_its_own_name(halt: Halt) -> Halt {
    match halt {
        Halt::Reject(Error::Customer(CustomerError::Required { fields: FieldNames(fields) })) => {
            let fields = fields.into_iter().map(|field| if field == "phones" { "phone" } else { field }).collect();
            CustomerError::Required { fields: FieldNames(fields) }.into()
        }
        Halt::Reject(Error::Customer(CustomerError::Unused { field: "phones" })) => CustomerError::Unused { field: "phone" }.into(),
        halt => halt,
    }
}

/// Whether a name still waits for its kanji (P1): 姓 or 名 is katakana alone. Hiragana waits for nothing: さくら is how people are called.
pub(super) fn is_provisional(family: &str, given: &str) -> bool {
    let hiragana = |name: &str| name.chars().any(|c| matches!(c, 'ぁ'..='ゖ'));
    [family, given].into_iter().any(|name| is_katakana_name(name) && !hiragana(name))
}
