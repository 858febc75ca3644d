use super::{Index, IndexQuery, CustomerPage};
use crate::error::Error;
use crate::log::Role;
use crate::time::Instant;
use crate::record::Merges;
wire! { /// stub
 #[derive(Debug)] pub struct ListListed {} }
wire! { /// stub
 #[derive(Debug)] pub struct ListPhoneRegistrations {} }
wire! { /// stub
 #[derive(Debug)] pub struct ListMerges {} }
wire! { /// stub
 #[derive(Debug)] pub struct ListedPage {} }
impl IndexQuery for ListListed { type Output = ListedPage; const NAME: &'static str = "listListed"; const ROLES: &'static [Role] = Role::SALON;
 fn find(&self, _: &Index, _: Instant) -> Result<ListedPage, Error> { Ok(ListedPage {}) } }
impl IndexQuery for ListPhoneRegistrations { type Output = CustomerPage; const NAME: &'static str = "listPhoneRegistrations"; const ROLES: &'static [Role] = Role::SALON;
 fn find(&self, _: &Index, _: Instant) -> Result<CustomerPage, Error> { Ok(CustomerPage {}) } }
impl IndexQuery for ListMerges { type Output = Merges; const NAME: &'static str = "listMerges"; const ROLES: &'static [Role] = Role::SALON;
 fn find(&self, _: &Index, _: Instant) -> Result<Merges, Error> { Ok(Merges { merges: Vec::new() }) } }
