use super::blocks::{Return, returns};
use super::candidates::{Candidate, Likeness, alike, candidates};
use super::edit::settle_phone_registration;
use super::form::{Checked, CustomerForm, apply_form, blank, keep_numbers};
use crate::error::CustomerError;
use crate::id::CustomerId;
use crate::log::{Command, Context, Draft, Halt, Role};
use crate::record::{Customer, EntryPath, LineLink, Settings};

wire! {
    /// Registers a customer 新規登録 by the counter form, or by a booking through LINE.
    pub struct RegisterCustomer {
        /// By which form: counter or LINE. Phone registration and import have commands of their own.
        pub path: EntryPath,
        /// What was filled in.
        pub form: CustomerForm,
        /// The LINE account, on the path of LINE.
        pub line: Option<LineLink>,
    }
}

redacted_debug!(RegisterCustomer { path });

wire! {
    /// A registered customer.
    #[derive(Debug)]
    pub struct Registered {
        /// The new customer's id.
        pub customer: CustomerId,
        /// Their customer number お客様番号.
        pub number: u32,
        /// Mail for the host to send.
        pub notices: Vec<MailNotice>,
        /// Who may be the same person: active customers of the same name, on LINE's path or e-mail, and those who have left (W3).
        pub suggestions: Vec<Candidate>,
        /// As whom on the black list they return (G5).
        pub returns: Vec<Return>,
    }
}

wire! {
    /// Mail for the host to send; the address is the customer's first real one.
    #[derive(Debug)]
    pub struct MailNotice {
        /// To whom.
        pub customer: CustomerId,
        /// Which mail.
        pub kind: NoticeKind,
    }
}

wire! {
    /// Which mail.
    #[derive(Copy, Debug)]
    pub enum NoticeKind {
        /// 登録完了のお知らせ: with a temporary password, if the host gives accounts (C10).
        Registration,
    }
}

impl Command for RegisterCustomer {
    type Output = Registered;
    const NAME: &'static str = "registerCustomer";
    const ROLES: &'static [Role] = Role::SALON;

    fn decide(&self, draft: &mut Draft<'_>, context: &Context) -> Result<Registered, Halt> {
        if !matches!(self.path, EntryPath::Counter | EntryPath::Line) {
            return Err(CustomerError::Setting { field: "path", expected: "counter or line" }.into());
        }
        if self.path == EntryPath::Line && self.line.is_none() {
            return Err(CustomerError::required("line").into());
        }
        let line = self.line.as_ref().map(super::line::checked).transpose()?;
        enter(draft, context, self.path, &self.form, |customer| customer.line = line)
    }
}

/// What every way in has in common: a number, the form, the placeholder, the notice, the suggestions.
pub(super) fn enter(
    draft: &mut Draft<'_>,
    context: &Context,
    path: EntryPath,
    form: &CustomerForm,
    finish: impl FnOnce(&mut Customer),
) -> Result<Registered, Halt> {
    let settings = draft.shared_settings()?;
    // Who and which number comes once the form is known to be right.
    let mut customer = blank(CustomerId::from_ordinal(0), 0, path, settings.calendar.day_of(context.now)?);
    apply_form(form, &mut customer, &Checked { settings: &settings, context, path: Some(path) })?;
    finish(&mut customer);
    let alike = alike(draft, &customer)?;
    admit(draft, context, &settings, customer, &alike)
}

/// Lets in a customer whose form was checked, under a new id and number; `alike` are those who may be the same person.
pub(crate) fn admit(
    draft: &mut Draft<'_>,
    context: &Context,
    settings: &Settings,
    customer: Customer,
    alike: &[Customer],
) -> Result<Registered, Halt> {
    let (id, number) = draft.new_customer()?;
    let mut customer = Customer { id, number, ..customer };
    // Whoever is reached by a real address has no use for a placeholder, whichever way they came in (P2).
    settle_phone_registration(&mut customer);
    keep_numbers(draft, &customer)?;
    super::line::line_free(draft, &customer)?;
    let suggestions = candidates(&customer, alike, settings.width_mode(), suggested_by(customer.entry_path));
    let returns = returns(draft, &customer, alike, settings, context)?;
    let notices = customer.real_emails().next().map(|_| MailNotice { customer: id, kind: NoticeKind::Registration }).into_iter().collect();
    draft.put(customer)?;
    Ok(Registered { customer: id, number, notices, suggestions, returns })
}

// What an active customer must have in common to be suggested.
const fn suggested_by(path: EntryPath) -> &'static [Likeness] {
    match path {
        EntryPath::Counter | EntryPath::Phone => &[Likeness::Name],
        EntryPath::Line => &[Likeness::Name, Likeness::Email],
        EntryPath::Import => &[],
    }
}
