//! Runs golden vectors: `cargo run -p daicho-tests --bin vectors -- FILE…`. Says which case failed and how; exits with 1 if any did.
#![expect(clippy::print_stdout, reason = "a program that reports to its user")]

use std::process::ExitCode;

use daicho_tests::vectors;

fn main() -> ExitCode {
    let files: Vec<String> = std::env::args().skip(1).collect();
    if files.is_empty() {
        println!("usage: vectors FILE…   (the format is described in tests/vectors/README.md)");
        return ExitCode::from(2);
    }
    let (mut passed, mut failed) = (0_u32, 0_u32);
    for name in files {
        let text = std::fs::read_to_string(&name).map_err(|error| error.to_string());
        match text.and_then(|text| vectors::read(&text)) {
            Err(error) => {
                println!("{name}: {error}");
                failed += 1;
            }
            Ok(file) => {
                for case in &file.cases {
                    match vectors::run(case) {
                        Ok(()) => passed += 1,
                        Err(error) => {
                            println!("{name}: {} \"{}\": {error}", file.rule, case.name);
                            failed += 1;
                        }
                    }
                }
            }
        }
    }
    println!("{passed} passed, {failed} failed");
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
