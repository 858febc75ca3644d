use daicho::error::StoreError;
use rusqlite::{Error, ErrorCode};

/// What SQLite reports, as a store says it. SQLite's own messages stay out: a trigger of the host's may put values into them (A4).
pub(crate) fn fault(error: Error) -> StoreError {
    let Error::SqliteFailure(failure, _) = &error else {
        return StoreError::Failed { detail: "SQLite was used in a way it does not allow".to_owned() };
    };
    let detail = format!("SQLite {}: {failure}", failure.extended_code);
    match failure.code {
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::OperationInterrupted => StoreError::Unavailable { detail },
        ErrorCode::DatabaseCorrupt => StoreError::Corrupt { place: "file".to_owned(), detail },
        ErrorCode::NotADatabase => StoreError::Foreign,
        _ => StoreError::Failed { detail },
    }
}

/// A row that cannot be what it should be.
pub(crate) fn corrupt(place: impl Into<String>, detail: &'static str) -> StoreError {
    StoreError::Corrupt { place: place.into(), detail: detail.to_owned() }
}
