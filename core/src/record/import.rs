use super::Keyed;
use crate::id::{ActorId, CustomerId, ImportId, RecordId};
use crate::time::Instant;

wire! {
    /// An import run (I5): how far it came, and what undoing it would take back.
    #[derive(Debug)]
    pub struct Import {
        /// The host's id.
        pub id: ImportId,
        /// When it began.
        pub began_at: Instant,
        /// By whom.
        pub by: ActorId,
        /// The last row taken, as numbered in the sheet.
        pub last_row: u32,
        /// 成功
        pub imported: u32,
        /// データエラー
        pub errors: u32,
        /// すでに存在する顧客
        pub existing: u32,
        /// Rows in which nothing was written: they are no rows of I2, and are counted so that none is skipped silently.
        pub blank: u32,
        /// Customers whose blanks were filled (I3's policy), in the order it was done.
        pub filled: Vec<ImportFill>,
        /// When it was undone.
        pub undone_at: Option<Instant>,
    }
}

wire! {
    /// A customer whose blanks an import filled.
    #[derive(Debug)]
    pub struct ImportFill {
        /// The customer.
        pub customer: CustomerId,
        /// The version the import made.
        pub version: u32,
    }
}

impl Keyed for Import {
    fn key_id(&self) -> RecordId {
        RecordId::from(&self.id)
    }
}
