use super::blocks::Return;
use super::candidates::{Candidate, Likeness, alike, likeness};
use super::form::{Checked, CustomerForm, apply_form, blank};
use super::line::{checked, holder};
use super::register::{MailNotice, enter};
use crate::id::CustomerId;
use crate::log::{Command, Context, Draft, Halt, Read, Role};
use crate::record::{Customer, EntryPath, Kind, LineLink, key};

wire! {
    /// LINE予約のお客様: whose a booking through LINE is (L1). Whoever has the account already is found; else it is linked to the one active customer whose 姓名
    /// and real e-mail are exactly these; else they are a new customer, and staff are told who they may be. Then book for the customer it answers: a
    /// blacklisted one is linked all the same, and the gate refuses (L2, G3).
    pub struct IdentifyLineCustomer {
        /// The account.
        pub line: LineLink,
        /// What they filled in.
        pub form: CustomerForm,
    }
}

redacted_debug!(IdentifyLineCustomer {});

wire! {
    /// Whose a booking through LINE is. `suggestions` and `returns` are for staff only: the person themselves is shown nothing of them.
    #[derive(Debug)]
    pub struct LineCustomer {
        /// Who.
        pub customer: CustomerId,
        /// Their customer number お客様番号.
        pub number: u32,
        /// How they were found.
        pub identified: LineIdentity,
        /// Mail for the host to send, to a new customer.
        pub notices: Vec<MailNotice>,
        /// Who a new customer may be: the same name or e-mail only, several of them, or one linked elsewhere; and those who have left (W3).
        pub suggestions: Vec<Candidate>,
        /// As whom on the black list a new customer returns (G5).
        pub returns: Vec<Return>,
    }
}

wire! {
    /// How somebody on LINE was found (L1).
    #[derive(Copy, Debug)]
    pub enum LineIdentity {
        /// The account was theirs already (L2).
        Known,
        /// 姓名 and e-mail were exactly theirs: linked.
        Linked,
        /// A new customer.
        Registered,
    }
}

impl Command for IdentifyLineCustomer {
    type Output = LineCustomer;
    const NAME: &'static str = "identifyLineCustomer";
    // It comes from LINE's own calls to the host, not from a form of staff's.
    const ROLES: &'static [Role] = &[Role::System];

    fn reads(&self) -> Vec<Read> {
        vec![Read::Key { kind: Kind::Customer, key: key::line(&self.line.provider, &self.line.user) }]
    }

    fn told_of(found: &LineCustomer) -> Vec<CustomerId> {
        vec![found.customer]
    }

    fn decide(&self, draft: &mut Draft<'_>, context: &Context) -> Result<LineCustomer, Halt> {
        let line = checked(&self.line)?;
        if let Some(customer) = holder(draft, &line)? {
            return linked(draft, customer, line, LineIdentity::Known);
        }
        let settings = draft.settings()?;
        // As they would be kept, to be compared with those who are: under no id yet.
        let none = CustomerId::from_ordinal(0);
        let mut new = blank(none, 0, EntryPath::Line, settings.calendar.day_of(context.now)?);
        apply_form(&self.form, &mut new, &Checked { settings: &settings, context, path: Some(EntryPath::Line) })?;
        let alike = alike(draft, &new)?;
        let exact = |other: &&Customer| {
            let why = likeness(&new, other, settings.width_mode());
            other.is_active() && why.contains(&Likeness::Name) && why.contains(&Likeness::Email)
        };
        let mut same = alike.iter().filter(exact);
        if let (Some(one), None) = (same.next(), same.next())
            && one.line.is_none()
        {
            return linked(draft, one.clone(), line, LineIdentity::Linked);
        }
        let entered = enter(draft, context, EntryPath::Line, &self.form, |customer| customer.line = Some(line))?;
        Ok(LineCustomer {
            customer: entered.customer,
            number: entered.number,
            identified: LineIdentity::Registered,
            notices: entered.notices,
            suggestions: entered.suggestions,
            returns: entered.returns,
        })
    }
}

// What LINE shows of them is renewed on the way.
fn linked(draft: &mut Draft<'_>, customer: Customer, line: LineLink, identified: LineIdentity) -> Result<LineCustomer, Halt> {
    let (id, number) = (customer.id, customer.number);
    if customer.line.as_ref() != Some(&line) {
        draft.put(Customer { line: Some(line), version: customer.version.saturating_add(1), ..customer })?;
    }
    Ok(LineCustomer { customer: id, number, identified, notices: Vec::new(), suggestions: Vec::new(), returns: Vec::new() })
}
