//! The JSON door: one text in, one text out, for any operation.
//!
//! ```json
//! { "operation": "registerCustomer", "input": { … },
//!   "actor": { "id": "staff-1", "role": "staff" }, "channel": "counter", "now": 1795186800000, "key": "6f9c…", "entropy": "00112233445566778899aabbccddeeff" }
//! ```
//!
//! A query needs neither channel, key nor entropy. The answer is `{"ok": …}`, for a command with `output`, `sequence`, `changed` and `replayed`
//! inside; or `{"error": {"code", "detail", "fields", "data", "retryable"}}`.

use serde_json::{Value, json};

use super::audit::Audit;
use super::driver;
use super::session::Session;
use crate::error::{Error, Fault, LedgerError, json_fault};
use crate::id::CommandKey;
use crate::log::{Actor, Channel, Command, Context, Entropy, Query};
use crate::search::IndexQuery;
use crate::store::Port;
use crate::time::Instant;

/// The longest request: 16 MiB. Sheets go in as rows, some hundred at a time.
const MAX_REQUEST: usize = 16 * 1024 * 1024;

#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Request {
    operation: String,
    input: Value,
    actor: Actor,
    now: Instant,
    #[serde(default)]
    channel: Option<Channel>,
    #[serde(default)]
    key: Option<CommandKey>,
    #[serde(default)]
    entropy: Option<String>,
}

impl Request {
    fn context(&self) -> Result<Context, Error> {
        let missing = |field: &str| LedgerError::BadRequest { detail: format!("a command needs the field {field}") };
        Ok(Context {
            actor: self.actor.clone(),
            channel: self.channel.ok_or_else(|| missing("channel"))?,
            now: self.now,
            key: self.key.clone().ok_or_else(|| missing("key"))?,
            entropy: self.entropy.as_deref().ok_or_else(|| missing("entropy")).and_then(|text| {
                text.parse().map_err(|_| LedgerError::BadRequest { detail: "entropy: 32 hexadecimal digits".to_owned() })
            })?,
        })
    }
}

impl core::str::FromStr for Entropy {
    type Err = LedgerError;
    /// 32 hexadecimal digits.
    fn from_str(text: &str) -> Result<Self, LedgerError> {
        let wrong = || LedgerError::BadRequest { detail: "32 hexadecimal digits".to_owned() };
        if text.len() != 32 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(wrong());
        }
        u128::from_str_radix(text, 16).map(|bits| Self(bits.to_be_bytes())).map_err(|_| wrong())
    }
}

pub(super) async fn call(session: &Session, port: &Port, request: &str) -> String {
    let answer = match parse(request) {
        Ok(request) => dispatch(session, port, request).await,
        Err(error) => Err(error),
    };
    let answer = match answer {
        Ok(value) => json!({ "ok": value }),
        Err(error) => json!({ "error": Fault::of(&error) }),
    };
    answer.to_string()
}

fn parse(text: &str) -> Result<Request, Error> {
    if text.len() > MAX_REQUEST {
        return Err(LedgerError::BadRequest { detail: format!("longer than {MAX_REQUEST} bytes") }.into());
    }
    read(text)
}

fn read<'a, T: serde::Deserialize<'a>>(text: &'a str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|error| LedgerError::BadRequest { detail: json_fault(&error) }.into())
}

fn input<T: serde::de::DeserializeOwned>(request: &Request) -> Result<T, Error> {
    T::deserialize(&request.input).map_err(|error| LedgerError::BadRequest { detail: format!("input: {}", json_fault(&error)) }.into())
}

fn value(value: &impl serde::Serialize) -> Result<Value, Error> {
    serde_json::to_value(value).map_err(|_| LedgerError::Encoding { place: "answer" }.into())
}

async fn command<C: Command + serde::de::DeserializeOwned>(session: &Session, port: &Port, request: &Request) -> Result<Value, Error> {
    let (command, context): (C, _) = (input(request)?, request.context()?);
    let done = session.execute_on(port, &command, &context).await?;
    Ok(json!({ "output": value(&done.output)?, "sequence": done.sequence, "changed": value(&done.changed)?, "replayed": done.replayed }))
}

async fn query<Q>(port: &Port, request: &Request) -> Result<Value, Error>
where
    Q: Query + serde::de::DeserializeOwned,
    Q::Output: serde::Serialize,
{
    let query: Q = input(request)?;
    value(&driver::query(port, &query, &request.actor, request.now).await?)
}

async fn search<Q>(session: &Session, port: &Port, request: &Request) -> Result<Value, Error>
where
    Q: IndexQuery + serde::de::DeserializeOwned,
    Q::Output: serde::Serialize,
{
    let query: Q = input(request)?;
    value(&session.search_on(port, &query, &request.actor, request.now).await?)
}

async fn audit<A>(port: &Port, request: &Request) -> Result<Value, Error>
where
    A: Audit + serde::de::DeserializeOwned,
    A::Output: serde::Serialize,
{
    let audit: A = input(request)?;
    value(&super::audit::run(port, &audit, &request.actor).await?)
}

macro_rules! dispatch {
    (commands { $($(#[$a:meta])* $command:ident $ci:ident => $co:ident;)* } queries { $($(#[$b:meta])* $query:ident $qi:ident => $qo:ident;)* } searches { $($(#[$c:meta])* $search:ident $si:ident => $so:ident;)* } audits { $($(#[$d:meta])* $audit:ident $ai:ident => $ao:ident;)* }) => {
        async fn dispatch(session: &Session, port: &Port, request: Request) -> Result<Value, Error> {
            let name = request.operation.as_str();
            $(if name == <crate::$ci as Command>::NAME { return command::<crate::$ci>(session, port, &request).await; })*
            $(if name == <crate::$qi as Query>::NAME { return query::<crate::$qi>(port, &request).await; })*
            $(if name == <crate::$si as IndexQuery>::NAME { return search::<crate::$si>(session, port, &request).await; })*
            $(if name == <crate::$ai as Audit>::NAME { return audit::<crate::$ai>(port, &request).await; })*
            let (commands, queries, searches, audits) = super::OPERATIONS;
            let known = [commands, queries, searches, audits].concat().join(", ");
            Err(LedgerError::BadRequest { detail: format!("operation: expected one of {known}") }.into())
        }
    };
}
crate::for_each_operation!(dispatch);
