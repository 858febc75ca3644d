use super::{Index, IndexQuery};
use crate::error::Error;
use crate::log::Role;
use crate::time::Instant;
wire! { /// stub
 #[derive(Debug)] pub struct SearchCustomers {} }
wire! { /// stub
 #[derive(Debug)] pub struct CustomerPage {} }
impl IndexQuery for SearchCustomers { type Output = CustomerPage; const NAME: &'static str = "searchCustomers"; const ROLES: &'static [Role] = Role::SALON;
 fn find(&self, _: &Index, _: Instant) -> Result<CustomerPage, Error> { Ok(CustomerPage {}) } }
