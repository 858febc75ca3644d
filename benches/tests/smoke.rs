//! Every bench runs, and the two sides answer the same: a difference is an error of the run.

use daicho_benches::salon::Salon;
use daicho_benches::work::{NAMES, run};

#[test]
fn every_bench_runs_on_a_small_salon_and_both_sides_agree() {
    let mut told = Vec::new();
    let lines =
        run(&Salon::new(1, 200), None, &std::env::temp_dir(), None, |name, lines| told.push((name.to_owned(), lines.len()))).unwrap();
    assert_eq!(told.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), NAMES);
    assert!(told.iter().all(|(_, count)| *count > 0));
    assert!(lines.iter().all(|line| line.ours.percentile(50).is_some()), "every line was measured");
    assert!(lines.iter().any(|line| line.what.starts_with("merge") && line.remark != "0 pairs"), "somebody was merged");
}
