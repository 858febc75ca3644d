//! Golden vectors: JSON in, JSON out, the same files in every language. The format is described in `tests/vectors/README.md`.

use daicho::{Ledger, MemoryStore};
use serde_json::{Map, Value, json};

/// One file.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VectorFile {
    /// The version of the format: 1.
    pub format: u32,
    /// The rule it is about.
    pub rule: String,
    /// What it shows.
    pub title: String,
    /// The cases.
    pub cases: Vec<Case>,
}

/// One case: an empty salon, commands that must succeed, then requests with expected answers.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// What it shows.
    pub name: String,
    /// Requests that must succeed.
    #[serde(default)]
    pub before: Vec<Value>,
    /// Requests and what they must answer.
    pub then: Vec<Expected>,
}

/// A request and what it must answer.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// The request.
    pub request: Value,
    /// What must be in its answer, if it must succeed.
    pub ok: Option<Value>,
    /// What must be in its error, if it must fail.
    pub error: Option<Value>,
}

/// Reads a file; an error says what is wrong with it.
pub fn read(text: &str) -> Result<VectorFile, String> {
    let file: VectorFile = serde_json::from_str(text).map_err(|error| format!("not a vector file: {error}"))?;
    if file.format != 1 {
        return Err(format!("format {} is not known; this runner knows 1", file.format));
    }
    if file.cases.is_empty() {
        return Err("the file has no cases".to_owned());
    }
    for case in &file.cases {
        if case.then.is_empty() {
            return Err(format!("case \"{}\" expects nothing", case.name));
        }
        if case.then.iter().any(|expected| expected.ok.is_some() == expected.error.is_some()) {
            return Err(format!("case \"{}\": each request expects either \"ok\" or \"error\"", case.name));
        }
    }
    Ok(file)
}

/// Runs one case on a new salon in memory; an error says which request answered what.
pub fn run(case: &Case) -> Result<(), String> {
    let salon = "salon-1".parse().map_err(|_| "salon".to_owned())?;
    let ledger = Ledger::open(MemoryStore::new(), salon);
    let mut answers: Vec<Value> = Vec::new();
    let call = |request: &Value, answers: &mut Vec<Value>| -> Result<Value, String> {
        let request = completed(request, answers)?;
        let answer = ledger.call(&request.to_string()).map_err(|error| error.to_string())?;
        let answer: Value = serde_json::from_str(&answer).map_err(|error| error.to_string())?;
        answers.push(answer.get("ok").cloned().unwrap_or(Value::Null));
        Ok(answer)
    };
    for request in &case.before {
        let answer = call(request, &mut answers)?;
        if let Some(error) = answer.get("error") {
            return Err(format!("request {} (before) must succeed, it answered {error}", answers.len()));
        }
    }
    for expected in &case.then {
        let answer = call(&expected.request, &mut answers)?;
        let place = |path: &str| format!("request {}{path}", answers.len());
        match (&expected.ok, &expected.error) {
            (Some(wanted), _) => match answer.get("ok") {
                Some(got) => included(wanted, got, "").map_err(|(path, why)| format!("{}: {why}", place(&path)))?,
                None => return Err(format!("{}: must succeed, it answered {}", place(""), answer)),
            },
            (None, Some(wanted)) => match answer.get("error") {
                Some(got) => included(wanted, got, "").map_err(|(path, why)| format!("{} (error){path}: {why}", place("")))?,
                None => return Err(format!("{}: must fail with {wanted}, it answered {answer}", place(""))),
            },
            (None, None) => return Err(format!("{}: nothing is expected", place(""))),
        }
    }
    Ok(())
}

fn completed(request: &Value, answers: &[Value]) -> Result<Value, String> {
    let mut object = request.as_object().cloned().ok_or("a request is a JSON object")?;
    let count = answers.len() + 1;
    let defaults = json!({
        "actor": { "id": "manager-1", "role": "manager" }, "channel": "counter", "now": 1_795_222_800_000_i64, "key": format!("k{count}"), "entropy": "0".repeat(32)
    });
    for (field, value) in defaults.as_object().cloned().unwrap_or_default() {
        object.entry(field).or_insert(value);
    }
    let mut request = Value::Object(object);
    refer(&mut request, answers)?;
    Ok(request)
}

// "$3.output.fingerprint" is that value of the third answer.
fn refer(value: &mut Value, answers: &[Value]) -> Result<(), String> {
    match value {
        Value::String(text) => {
            if let Some((number, path)) = text.strip_prefix('$').and_then(|rest| rest.split_once('.'))
                && let Ok(number) = number.parse::<usize>()
            {
                let pointer = format!("/{}", path.replace('.', "/"));
                let found = number.checked_sub(1).and_then(|index| answers.get(index)).and_then(|answer| answer.pointer(&pointer));
                *value = found.cloned().ok_or_else(|| format!("{text} refers to nothing"))?;
            }
            Ok(())
        }
        Value::Array(entries) => entries.iter_mut().try_for_each(|entry| refer(entry, answers)),
        Value::Object(fields) => fields.values_mut().try_for_each(|field| refer(field, answers)),
        _ => Ok(()),
    }
}

fn included(wanted: &Value, got: &Value, path: &str) -> Result<(), (String, String)> {
    let differs = || Err((path.to_owned(), format!("expected {wanted}, got {got}")));
    match (wanted, got) {
        (Value::Object(wanted), _) if wanted.get("$any") == Some(&Value::Bool(true)) => Ok(()),
        (Value::Object(wanted), Value::Object(got)) => {
            wanted.iter().try_for_each(|(field, wanted)| included_field(field, wanted, got, path))
        }
        (Value::Array(wanted), Value::Array(entries)) if wanted.len() == entries.len() => {
            wanted.iter().zip(entries).enumerate().try_for_each(|(index, (wanted, got))| included(wanted, got, &format!("{path}[{index}]")))
        }
        _ if wanted == got => Ok(()),
        _ => differs(),
    }
}

fn included_field(field: &str, wanted: &Value, got: &Map<String, Value>, path: &str) -> Result<(), (String, String)> {
    let path = format!("{path}.{field}");
    let absent = wanted.get("$absent") == Some(&Value::Bool(true));
    match (absent, got.get(field)) {
        (true, None) => Ok(()),
        (true, Some(present)) => Err((path, format!("must be absent, it is {present}"))),
        (false, Some(present)) => included(wanted, present, &path),
        (false, None) => Err((path, format!("expected {wanted}, it is absent"))),
    }
}
