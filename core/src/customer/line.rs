use super::edit::Edited;
use super::form::limits;
use super::show::active;
use crate::error::CustomerError;
use crate::id::CustomerId;
use crate::log::{Command, Context, Draft, Halt, Look, Role};
use crate::record::{Customer, LineLink, key};
use crate::text::one_line;

wire! {
    /// LINE連携: links a LINE account to a customer, or renews the name and picture that LINE shows.
    #[derive(Debug)]
    pub struct LinkLine {
        /// Whose it is.
        pub customer: CustomerId,
        /// The account; left out: the link is taken away.
        pub line: Option<LineLink>,
    }
}

impl Command for LinkLine {
    type Output = Edited;
    const NAME: &'static str = "linkLine";
    // What LINE shows is a mirror: it comes from LINE's own calls to the host, not from a form.
    const ROLES: &'static [Role] = &[Role::System];

    fn told_of(edited: &Edited) -> Vec<CustomerId> {
        vec![edited.customer]
    }

    fn decide(&self, draft: &mut Draft<'_>, _: &Context) -> Result<Edited, Halt> {
        let mut customer = active(draft, self.customer)?;
        let line = self.line.as_ref().map(checked).transpose()?;
        if customer.line != line {
            customer.line = line;
            line_free(draft, &customer)?;
            customer.version = customer.version.saturating_add(1);
        }
        let edited = Edited { customer: customer.id, version: customer.version };
        draft.put(customer)?;
        Ok(edited)
    }
}

pub(super) fn checked(line: &LineLink) -> Result<LineLink, Halt> {
    let id = |field: &'static str, raw: &str| -> Result<String, Halt> {
        let text = one_line(field, raw, limits::LINE)?;
        if text.is_empty() { Err(CustomerError::required(field).into()) } else { Ok(text) }
    };
    let mirror = |field: &'static str, raw: &Option<String>, max| -> Result<Option<String>, Halt> {
        Ok(raw.as_deref().map(|raw| one_line(field, raw, max)).transpose()?.filter(|text| !text.is_empty()))
    };
    Ok(LineLink {
        provider: id("line.provider", &line.provider)?,
        user: id("line.user", &line.user)?,
        display_name: mirror("line.displayName", &line.display_name, limits::LINE)?,
        picture_url: mirror("line.pictureUrl", &line.picture_url, limits::REFERENCE)?,
    })
}

/// A LINE account belongs to one customer (L2).
pub(super) fn line_free(look: &dyn Look, customer: &Customer) -> Result<(), Halt> {
    let Some(line) = &customer.line else { return Ok(()) };
    match holder(look, line)?.filter(|other| other.id != customer.id) {
        Some(other) => Err(CustomerError::LineTaken { field: "line", customer: other.id }.into()),
        None => Ok(()),
    }
}

/// Whose a LINE account is now, by provider and user id alone (L2). Whoever has left holds it no more.
pub(super) fn holder(look: &dyn Look, line: &LineLink) -> Result<Option<Customer>, Halt> {
    let holders: Vec<Customer> = look.keyed(key::line(&line.provider, &line.user))?;
    // The key is one text; provider and user are compared apart: either may hold a slash.
    let same = |other: &Customer| other.line.as_ref().is_some_and(|own| own.provider == line.provider && own.user == line.user);
    Ok(holders.into_iter().find(|other| other.is_active() && same(other)))
}
