//! Each operation with its types on, by its name: made of the list that the packages are made of, so that none is left out.
use daicho::error::Fault;
use daicho::ledger::Audit;
use daicho::search::IndexQuery;
use daicho::{Command, Error, Query, Store};
use daicho_tests::Desk;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// An operation and the types that cross.
pub(crate) struct Operation {
    pub(crate) name: &'static str,
    pub(crate) input: &'static str,
    pub(crate) output: &'static str,
}

/// What a program could print of a value.
pub(crate) fn printed(value: &impl core::fmt::Debug) -> String {
    format!("{value:?} {value:#?}")
}

/// What a program could print of an error, all its causes included.
pub(crate) fn said(error: &Error) -> String {
    let mut said = format!("{error} {} {} {:?}", printed(error), printed(&Fault::of(error)), error.fields());
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        said.extend([" ", &error.to_string(), &printed(&error)]);
        cause = error.source();
    }
    said
}

fn shown<T: DeserializeOwned + core::fmt::Debug>(value: Value) -> Result<String, String> {
    serde_json::from_value::<T>(value).map(|value| printed(&value)).map_err(|error| error.to_string())
}

fn outcome<T: core::fmt::Debug>(outcome: &Result<T, Error>) -> String {
    match outcome {
        Ok(answer) => printed(answer),
        Err(error) => said(error),
    }
}

macro_rules! dispatch {
    (commands { $($(#[$a:meta])* $command:ident $ci:ident => $co:ident;)* } queries { $($(#[$b:meta])* $query:ident $qi:ident => $qo:ident;)* } searches { $($(#[$c:meta])* $search:ident $si:ident => $so:ident;)* } audits { $($(#[$d:meta])* $audit:ident $ai:ident => $ao:ident;)* }) => {
        pub(crate) const OPERATIONS: &[Operation] = &[
            $(Operation { name: <daicho::$ci as Command>::NAME, input: stringify!($ci), output: stringify!($co) },)*
            $(Operation { name: <daicho::$qi as Query>::NAME, input: stringify!($qi), output: stringify!($qo) },)*
            $(Operation { name: <daicho::$si as IndexQuery>::NAME, input: stringify!($si), output: stringify!($so) },)*
            $(Operation { name: <daicho::$ai as Audit>::NAME, input: stringify!($ai), output: stringify!($ao) },)*
        ];

        /// What a value prints, read as a type of an operation's.
        pub(crate) fn printed_as(of: &str, value: Value) -> Result<String, String> {
            $(if of == stringify!($ci) { return shown::<daicho::$ci>(value); } if of == stringify!($co) { return shown::<daicho::$co>(value); })*
            $(if of == stringify!($qi) { return shown::<daicho::$qi>(value); } if of == stringify!($qo) { return shown::<daicho::$qo>(value); })*
            $(if of == stringify!($si) { return shown::<daicho::$si>(value); } if of == stringify!($so) { return shown::<daicho::$so>(value); })*
            $(if of == stringify!($ai) { return shown::<daicho::$ai>(value); } if of == stringify!($ao) { return shown::<daicho::$ao>(value); })*
            Err("no operation has it".to_owned())
        }

        /// Runs an operation in Rust; what its answer or its error prints. None where the input is none.
        pub(crate) fn run<S: Store>(desk: &Desk<S>, name: &str, input: &Value) -> Option<String> {
            $(if name == <daicho::$ci as Command>::NAME {
                let command: daicho::$ci = serde_json::from_value(input.clone()).ok()?;
                return Some(outcome(&desk.execute(&command)));
            })*
            $(if name == <daicho::$qi as Query>::NAME {
                let query: daicho::$qi = serde_json::from_value(input.clone()).ok()?;
                return Some(outcome(&desk.ledger.query(&query, &desk.actor, desk.now)));
            })*
            $(if name == <daicho::$si as IndexQuery>::NAME {
                let query: daicho::$si = serde_json::from_value(input.clone()).ok()?;
                return Some(outcome(&desk.ledger.search(&query, &desk.actor, desk.now)));
            })*
            $(if name == <daicho::$ai as Audit>::NAME {
                let audit: daicho::$ai = serde_json::from_value(input.clone()).ok()?;
                return Some(outcome(&desk.ledger.audit(&audit, &desk.actor)));
            })*
            None
        }
    };
}
daicho::for_each_operation!(dispatch);
