//! Customers 顧客: how they come in, and how they change.

mod blocks;
mod candidates;
mod edit;
mod form;
mod histories;
mod line;
mod line_booking;
mod phone_registration;
mod register;
mod show;
mod uses;

pub use self::blocks::Return;
pub(crate) use self::blocks::{keep_block, on_black_list, reads as return_reads};
pub use self::candidates::{Candidate, Likeness};
pub(crate) use self::candidates::{keys, likeness};
pub(crate) use self::edit::settle_phone_registration;
pub use self::edit::{EditCustomer, Edited, GetCustomerForm};
pub(crate) use self::form::given_reason;
pub(crate) use self::form::{Checked, apply_form, blank};
pub use self::form::{CustomerForm, NewsletterForm, limits};
pub(crate) use self::histories::{
    belongings, erase_histories, erase_history, erase_records, history_of, own_histories, person, while_merged,
};
pub use self::line::LinkLine;
pub use self::line_booking::{IdentifyLineCustomer, LineCustomer, LineIdentity};
pub use self::phone_registration::RegisterByPhone;
pub(crate) use self::register::admit;
pub use self::register::{MailNotice, NoticeKind, RegisterCustomer, Registered};
pub use self::show::{CustomerCard, GetCustomer};
pub(crate) use self::show::{active, count, may_name, may_see, not_active, resolve, settling};
pub(crate) use self::uses::{used_by, uses};
