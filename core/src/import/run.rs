use crate::error::ImportError;
use crate::id::ImportId;
use crate::log::{Actor, Command, Context, Draft, Halt, Look, Query, Role};
use crate::record::Import;
use crate::time::Instant;
wire! { /// stub
 #[derive(Debug)] pub struct ImportRows {} }
wire! { /// stub
 #[derive(Debug)] pub struct ImportedRows {} }
wire! { /// stub
 #[derive(Debug)] pub struct UndoImport {} }
wire! { /// stub
 #[derive(Debug)] pub struct UndoneImport {} }
wire! { /// stub
 #[derive(Debug)] pub struct GetImport { /** stub */ pub import: ImportId } }
impl Command for ImportRows { type Output = ImportedRows; const NAME: &'static str = "importRows"; const ROLES: &'static [Role] = Role::SALON;
 fn decide(&self, _: &mut Draft<'_>, _: &Context) -> Result<ImportedRows, Halt> { Ok(ImportedRows {}) } }
impl Command for UndoImport { type Output = UndoneImport; const NAME: &'static str = "undoImport"; const ROLES: &'static [Role] = Role::MANAGERS;
 fn decide(&self, _: &mut Draft<'_>, _: &Context) -> Result<UndoneImport, Halt> { Ok(UndoneImport {}) } }
impl Query for GetImport { type Output = Import; const NAME: &'static str = "getImport"; const ROLES: &'static [Role] = Role::SALON;
 fn answer(&self, look: &dyn Look, _: &Actor, _: Instant) -> Result<Import, Halt> {
  look.find(&self.import)?.ok_or_else(|| ImportError::NotFound { import: self.import.clone() }.into()) } }
