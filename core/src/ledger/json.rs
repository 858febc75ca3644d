//! The JSON door: one text in, one text out, for any operation.
//!
//! ```json
//! { "operation": "registerCustomer", "input": { … },
//!   "actor": { "id": "staff-1", "role": "staff" }, "channel": "counter", "now": 1795186800000, "key": "6f9c…", "entropy": "00112233445566778899aabbccddeeff" }
//! ```
//!
//! A query needs neither channel, key nor entropy. The answer is `{"ok": …}`, for a command with `output`, `sequence`, `changed` and `replayed`
//! inside; or `{"error": {"code", "detail", "fields", "data", "retryable"}}`.

use serde_json::value::RawValue;

use super::audit::Audit;
use super::driver::{self, AnyCommand, AnyQuery, Executed, Written};
use super::path;
use super::session::{AnySearch, Session};
use super::typed::{kept, recalled, text};
use super::wrong_condition;
use crate::error::{AccessError, Error, Fault, LedgerError, json_fault, missing_field};
use crate::id::CommandKey;
use crate::log::{Actor, Channel, Command, Context, Draft, Entropy, Halt, Look, Query, Read, Role};
use crate::record::Settings;
use crate::search::{Index, IndexQuery};
use crate::store::Port;
use crate::time::Instant;

/// The longest request: 16 MiB. Sheets go in as rows, some hundred at a time.
const MAX_REQUEST: usize = 16 * 1024 * 1024;

#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Request {
    operation: String,
    input: Box<RawValue>,
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
        let missing = |field: &str| LedgerError::bad_field(field, "a command needs it");
        Ok(Context {
            actor: self.actor.clone(),
            channel: self.channel.ok_or_else(|| missing("channel"))?,
            now: self.now,
            key: self.key.clone().ok_or_else(|| missing("key"))?,
            entropy: self
                .entropy
                .as_deref()
                .ok_or_else(|| missing("entropy"))
                .and_then(|text| text.parse().map_err(|_| LedgerError::bad_field("entropy", "32 hexadecimal digits")))?,
        })
    }
}

impl core::str::FromStr for Entropy {
    type Err = LedgerError;
    /// 32 hexadecimal digits.
    fn from_str(text: &str) -> Result<Self, LedgerError> {
        let wrong = || LedgerError::bad_field("entropy", "32 hexadecimal digits");
        if text.len() != 32 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(wrong());
        }
        u128::from_str_radix(text, 16).map(|bits| Self(bits.to_be_bytes())).map_err(|_| wrong())
    }
}

/// What a request is answered: one text, and bytes beside it where an answer has some and they were not asked for as text.
#[derive(Clone, Default)]
pub struct Answered {
    /// `{"ok": …}` or `{"error": …}`.
    pub text: String,
    /// What is bytes, such as `packed` of `packCustomers`.
    pub bytes: Option<Vec<u8>>,
}

redacted_debug!(Answered {});

impl From<String> for Answered {
    fn from(text: String) -> Self {
        Self { text, bytes: None }
    }
}

pub(super) async fn call(session: &Session, port: &Port, request: &str, beside: bool) -> Answered {
    let answer = match parse(request) {
        Ok(request) => dispatch(session, port, &request, beside).await,
        Err(error) => Err(error),
    };
    // Answers are written once, and put together as text.
    let failed = |error: &Error| Ok([r#"{"error":"#, &text(&Fault::of(error), "error")?, "}"].concat());
    let (answer, bytes) = match answer {
        Ok(Answered { text, bytes }) => (Ok(["{\"ok\":", &text, "}"].concat()), bytes),
        Err(error) => (failed(&error), None),
    };
    let text = answer.unwrap_or_else(|error: LedgerError| format!(r#"{{"error":{{"code":"{}","detail":"{error}"}}}}"#, error.code()));
    Answered { text, bytes }
}

fn parse(text: &str) -> Result<Request, Error> {
    if text.len() > MAX_REQUEST {
        return Err(LedgerError::BadRequest { field: None, detail: format!("longer than {MAX_REQUEST} bytes") }.into());
    }
    serde_json::from_str(text).map_err(|error| wrong_shape(text, "", &error))
}

fn input<T: serde::de::DeserializeOwned>(request: &Request) -> Result<T, Error> {
    let text = request.input.get();
    serde_json::from_str(text).map_err(|error| {
        let part = error.is_data().then(|| wrong_condition::of(&request.operation, text)).flatten();
        part.map_or_else(|| wrong_shape(text, "input", &error), |part| wrong_part(&part))
    })
}

// What serde_json says where a name of a few that are known has to stand and something stands that is no text.
const NO_NAME: &str = "expected value";

// What is wrong with a text, and where: the detail says it from the request down, the field as the operation names it.
fn wrong_shape(text: &str, within: &str, error: &serde_json::Error) -> Error {
    let fault = json_fault(error);
    let said = without_place(&fault, error);
    let is_no_name = said == NO_NAME && serde_json::from_str::<&RawValue>(text).is_ok();
    let (place, said) = if error.is_data() {
        (Some(path::of(text, error.line(), error.column())), said)
    } else if is_no_name {
        // The first character of the value was looked at.
        (Some(path::of(text, error.line(), error.column().saturating_sub(1))), "expected a text that is one of those known")
    } else {
        // What is no JSON was not read: the names in it may be anything.
        (None, fault.as_str())
    };
    let missing = missing_field(error).filter(|field| place.as_ref().is_some_and(|place| place.lacks(field))).unwrap_or_default();
    let path = place.map(|place| place.path).unwrap_or_default();
    refused(within, &path, &missing, said)
}

// What a part of a condition is not.
fn wrong_part(part: &wrong_condition::Wrong<'_>) -> Error {
    let fault = json_fault(&part.error);
    refused("input", &part.path, &missing_field(&part.error).unwrap_or_default(), without_place(&fault, &part.error))
}

fn without_place<'f>(fault: &'f str, error: &serde_json::Error) -> &'f str {
    fault.strip_suffix(&format!(" at line {} column {}", error.line(), error.column())).unwrap_or(fault)
}

// A value at a path within the request, or a field that it lacks.
fn refused(within: &str, path: &str, missing: &str, said: &str) -> Error {
    let detail = joined(&joined(within, ".", path), ": ", said);
    let field = joined(path, ".", missing);
    let field = [field.as_str(), within].into_iter().find(|field| !field.is_empty()).map(ToOwned::to_owned);
    if AccessError::is_of_bad_id(said) {
        return AccessError::BadId { field, detail }.into();
    }
    LedgerError::BadRequest { field, detail }.into()
}

fn joined(before: &str, between: &str, after: &str) -> String {
    let between = if before.is_empty() || after.is_empty() { "" } else { between };
    [before, between, after].concat()
}

/// An operation whose answer goes straight into JSON.
struct Plain<O>(O);

impl<C: Command + Sync> AnyCommand for Plain<C> {
    fn name(&self) -> &'static str {
        C::NAME
    }
    fn roles(&self) -> &'static [Role] {
        C::ROLES
    }
    fn input(&self) -> Result<String, LedgerError> {
        text(&self.0, C::NAME)
    }
    fn reads(&self) -> Vec<Read> {
        self.0.reads()
    }
    fn decide(&self, draft: &mut Draft<'_>, context: &Context) -> Result<Written, Halt> {
        let output = self.0.decide(draft, context)?;
        let answer = text(&output, C::NAME)?;
        let kept = kept::<C>(&answer)?;
        Ok(Written { answer, kept, told_of: C::told_of(&output) })
    }
    fn recall(&self, kept: String, settings: &Settings) -> Result<String, serde_json::Error> {
        recalled(&self.0, kept, settings)
    }
}

impl<Q: Query + Sync> AnyQuery for Plain<Q>
where
    Q::Output: serde::Serialize,
{
    fn name(&self) -> &'static str {
        Q::NAME
    }
    fn roles(&self) -> &'static [Role] {
        Q::ROLES
    }
    fn answer(&self, look: &dyn Look, actor: &Actor, now: Instant) -> Result<String, Halt> {
        Ok(text(&self.0.answer(look, actor, now)?, Q::NAME)?)
    }
}

/// A search, and whether bytes of its answer may stand beside the text.
struct Sought<Q>(Q, bool);

impl<Q: IndexQuery + Sync> AnySearch for Sought<Q>
where
    Q::Output: serde::Serialize,
{
    fn name(&self) -> &'static str {
        Q::NAME
    }
    fn roles(&self) -> &'static [Role] {
        Q::ROLES
    }
    fn find(&self, index: &Index, now: Instant) -> Result<Answered, Halt> {
        let mut answer = self.0.find(index, now)?;
        let bytes = if self.1 { Q::beside(&mut answer) } else { None };
        Ok(Answered { text: text(&answer, Q::NAME)?, bytes })
    }
}

/// What a request asks for, read.
enum Asked {
    Command(Box<dyn AnyCommand + Send>),
    Query(Box<dyn AnyQuery + Send>),
    Search(Box<dyn AnySearch + Send>),
    Audit(Audited),
}

async fn dispatch(session: &Session, port: &Port, request: &Request, beside: bool) -> Result<Answered, Error> {
    match asked(request, beside)? {
        Asked::Command(command) => {
            let done = session.execute_on(port, &*command, &request.context()?).await?;
            let changed = text(&done.changed, "answer")?;
            let Executed { output, sequence, replayed, .. } = done;
            Ok(format!(r#"{{"output":{output},"sequence":{sequence},"changed":{changed},"replayed":{replayed}}}"#).into())
        }
        Asked::Query(query) => driver::query(port, &*query, &request.actor, request.now).await.map(Answered::from),
        Asked::Search(query) => session.search_on(port, &*query, &request.actor, request.now).await,
        Asked::Audit(audit) => audit.run(port, &request.actor).await.map(Answered::from),
    }
}

macro_rules! dispatch {
    (commands { $($(#[$a:meta])* $command:ident $ci:ident => $co:ident;)* } queries { $($(#[$b:meta])* $query:ident $qi:ident => $qo:ident;)* } searches { $($(#[$c:meta])* $search:ident $si:ident => $so:ident;)* } audits { $($(#[$d:meta])* $audit:ident $ai:ident => $ao:ident;)* }) => {
        fn asked(request: &Request, beside: bool) -> Result<Asked, Error> {
            let name = request.operation.as_str();
            $(if name == <crate::$ci as Command>::NAME { return Ok(Asked::Command(Box::new(Plain(input::<crate::$ci>(request)?)))); })*
            $(if name == <crate::$qi as Query>::NAME { return Ok(Asked::Query(Box::new(Plain(input::<crate::$qi>(request)?)))); })*
            $(if name == <crate::$si as IndexQuery>::NAME { return Ok(Asked::Search(Box::new(Sought(input::<crate::$si>(request)?, beside)))); })*
            $(if name == <crate::$ai as Audit>::NAME { return Ok(Asked::Audit(Audited::$ai(input(request)?))); })*
            let (commands, queries, searches, audits) = super::OPERATIONS;
            let known = [commands, queries, searches, audits].concat().join(", ");
            Err(LedgerError::bad_field("operation", &format!("expected one of {known}")).into())
        }

        enum Audited { $($ai(crate::$ai)),* }

        impl Audited {
            async fn run(&self, port: &Port, actor: &Actor) -> Result<String, Error> {
                match self { $(Self::$ai(audit) => Ok(text(&super::audit::run(port, audit, actor).await?, <crate::$ai as Audit>::NAME)?)),* }
            }
        }
    };
}
crate::for_each_operation!(dispatch);
