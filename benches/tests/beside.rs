//! The search beside the peers, the sides that this crate is itself: every question, one answer.

use daicho_benches::beside::export::export;
use daicho_benches::beside::ours::{self, Ours};
use daicho_benches::beside::picture::picture;
use daicho_benches::beside::questions::{INDEXED, Terms, questions};
use daicho_benches::beside::report;
use daicho_benches::beside::run::{Among, Measured, Outcome, agree};
use daicho_benches::beside::sql::{Dialect, sql};
use daicho_benches::beside::sqlite::{self, Sqlite};
use daicho_benches::beside::talk::{Hits, Side};
use daicho_benches::measure::Times;
use daicho_benches::salon::Salon;
use daicho_benches::work::Folder;

#[test]
fn both_sides_answer_every_question_alike() {
    let salon = Salon::new(1, 800);
    let folder = Folder::under(&std::env::temp_dir()).unwrap();
    let terms = Terms::of(&salon).unwrap();
    let asked = questions(&terms).unwrap();
    export(&salon, folder.path()).unwrap();
    sqlite::prepare(folder.path(), sqlite::FILE, true).unwrap();
    ours::prepare(folder.path(), &salon).unwrap();
    let mut drawn = Ours::drawn(&salon, &asked).unwrap();
    let mut filed = Ours::open(folder.path(), &asked).unwrap();
    let mut peer = Sqlite::open(folder.path(), terms.clone()).unwrap();
    let mut found = 0;
    for question in &asked {
        let hits = drawn.ask(question.name).unwrap();
        agree(question, ("drawn", &hits), ("in a file", &filed.ask(question.name).unwrap())).unwrap();
        agree(question, ("daicho", &hits), ("SQLite", &peer.ask(question.name).unwrap())).unwrap();
        found += usize::from(hits.total > 0);
        assert_eq!(hits.page.len(), usize::try_from(hits.total.min(50)).unwrap());
        assert!(!sql(Dialect::DuckDb, question.name, &terms).count.contains("unknown_question"), "{}", question.name);
    }
    assert_eq!(asked.len(), 2 * INDEXED);
    assert!(found >= 17, "only {found} of the questions find anybody");
}

#[test]
fn a_difference_is_named_with_its_question_and_its_sides() {
    let asked = questions(&Terms::of(&Salon::new(1, 100)).unwrap()).unwrap();
    let (one, other) = (Hits { total: 2, page: vec![3, 4] }, Hits { total: 2, page: vec![3, 5] });
    assert!(agree(&asked[0], ("daicho", &one), ("Polars", &one.clone())).is_ok());
    let text = agree(&asked[0], ("daicho", &one), ("Polars", &other)).unwrap_err().to_string();
    assert!(text.starts_with("Q1 ") && text.contains("daicho and Polars differ") && text.ends_with("from place 2"), "{text}");
}

#[test]
fn the_results_name_every_question_and_side() {
    let asked = questions(&Terms::of(&Salon::new(1, 100)).unwrap()).unwrap();
    let side = |name, median: u128| Measured {
        name,
        about: format!("{name} 1.0"),
        cold: 1_000_000,
        memory: 100_000,
        times: (0..18).map(|place| Times::of(vec![median * (place + 1)])).collect(),
    };
    let outcome = Outcome {
        customers: 100,
        totals: vec![7; asked.len()],
        questions: asked,
        pages: vec![("ids", Times::of(vec![3_000]))],
        sides: vec![side("daicho", 1_000), side("SQLite", 4_000), side("Polars", 2_000), side("daicho in WASM", 1_500)],
        missing: vec!["DuckDB: no Python".to_owned()],
    };
    assert_eq!(outcome.best_peer(3, Among::All), Some(("Polars", 20_000)), "the package is not its own peer");
    let (text, svg) = (report::body(&outcome), picture(&outcome, "then"));
    for question in &outcome.questions {
        assert!(text.contains(&question.words) && svg.contains(&format!(">{}</tspan>", question.name)), "{}", question.name);
    }
    assert!(text.contains("| Polars | 2.00× |") && text.contains("Left out: DuckDB"), "{text}");
    assert!(text.contains("**, from 1.50× (Q1) to 1.50× (Q9)") && text.contains("| ids | 3000 ns |"), "{text}");
    assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n") && svg.matches("<circle").count() == 3 + 3 * 18);
}
