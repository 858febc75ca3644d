use crate::error::{LedgerError, StoreError};
use crate::record::{Kind, Record};

/// A record as a store keeps it: what it is found by, and a body it never looks into.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
pub struct Row {
    /// The kind's name.
    pub kind: Kind,
    /// The id, unique among its kind in the salon.
    pub id: String,
    /// The id of the record it hangs on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// The keys it is found by.
    #[serde(default)]
    pub keys: Vec<String>,
    /// The record as JSON text.
    pub body: String,
}

redacted_debug!(Row { kind, id });

impl Row {
    /// The row of a record.
    pub fn of(record: &Record) -> Result<Self, LedgerError> {
        Ok(Self { kind: record.kind(), id: record.id(), parent: record.parent(), keys: record.keys(), body: record.to_json()? })
    }

    /// The record of a row that was kept. A body that is none, or that belongs to another id, is [`StoreError::Corrupt`].
    pub fn record(&self) -> Result<Record, StoreError> {
        Self::decode(self.kind, &self.id, &self.body)
    }

    /// The record with this body, which a store found under this id.
    pub fn decode(kind: Kind, id: &str, body: &str) -> Result<Record, StoreError> {
        let corrupt = |detail: String| StoreError::Corrupt { place: format!("{}/{id}", kind.name()), detail };
        let record = Record::from_json(kind, body).map_err(|error| corrupt(crate::error::json_fault(&error)))?;
        if record.record_id().text() == id { Ok(record) } else { Err(corrupt("the body belongs to another id".to_owned())) }
    }
}
