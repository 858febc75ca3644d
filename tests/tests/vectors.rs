//! The golden vectors, in Rust. Node, Chromium, the JVM and CPython run the same files.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in the functions its tests share too")]

use daicho_tests::vectors;

fn files() -> Vec<(String, vectors::VectorFile)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .map(|path| {
            (
                path.file_name().unwrap().to_string_lossy().into_owned(),
                vectors::read(&std::fs::read_to_string(&path).unwrap()).unwrap_or_else(|error| panic!("{}: {error}", path.display())),
            )
        })
        .collect();
    files.sort_by(|a, b| a.0.cmp(&b.0));
    files
}

#[test]
fn every_vector_holds() {
    let mut failures = Vec::new();
    let mut cases = 0;
    for (name, file) in files() {
        for case in &file.cases {
            cases += 1;
            if let Err(error) = vectors::run(case) {
                failures.push(format!("{name}: {} \"{}\": {error}", file.rule, case.name));
            }
        }
    }
    assert!(failures.is_empty(), "{} of {cases} failed:\n{}", failures.len(), failures.join("\n"));
    assert!(cases >= 60, "only {cases} cases");
}

fn case(then: &str) -> vectors::Case {
    let text = format!(r#"{{"format":1,"rule":"T1","title":"t","cases":[{{"name":"n","then":[{then}]}}]}}"#);
    vectors::read(&text).unwrap().cases.remove(0)
}

#[test]
fn the_runner_sees_what_is_wrong() {
    let register = r#"{"operation":"registerByPhone","input":{"familyName":"ヤマダ","givenName":"ハナ","phone":"00011111111"}}"#;
    assert_eq!(
        vectors::run(&case(&format!(
            r#"{{"request":{register},"ok":{{"output":{{"number":1,"suggestions":{{"$any":true}}}},"replayed":false}}}}"#
        )))
        .err()
        .unwrap(),
        "request 1.output.suggestions: expected {\"$any\":true}, it is absent"
    );
    for (wrong, says) in [
        (r#""ok":{"output":{"number":2}}"#, "request 1.output.number: expected 2, got 1"),
        (r#""ok":{"output":{"number":{"$absent":true}}}"#, "request 1.output.number: must be absent, it is 1"),
        (r#""error":{"code":"x"}"#, "request 1: must fail"),
    ] {
        let error = vectors::run(&case(&format!(r#"{{"request":{register},{wrong}}}"#))).unwrap_err();
        assert!(error.starts_with(says), "{error}");
    }
    let unknown = case(r#"{"request":{"operation":"x","input":{}},"ok":{}}"#);
    assert!(vectors::run(&unknown).unwrap_err().contains("must succeed"));
    let nowhere = case(&format!(
        r#"{{"request":{register},"ok":{{}}}},{{"request":{{"operation":"getCustomer","input":{{"customer":"$1.output.nobody"}}}},"ok":{{}}}}"#
    ));
    assert_eq!(vectors::run(&nowhere).unwrap_err(), "$1.output.nobody refers to nothing");
    for broken in [
        "{}",
        r#"{"format":2,"rule":"","title":"","cases":[]}"#,
        r#"{"format":1,"rule":"","title":"","cases":[]}"#,
        r#"{"format":1,"rule":"","title":"","cases":[{"name":"n","then":[{"request":{}}]}]}"#,
    ] {
        assert!(vectors::read(broken).is_err(), "{broken}");
    }
}
