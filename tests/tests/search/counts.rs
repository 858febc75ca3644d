use daicho::*;
use daicho_tests::*;

use crate::salon::*;

fn boxed(visits: CountBox) -> Criteria {
    Criteria { visits: Some(visits), ..Criteria::default() }
}

const fn boxes(left: Option<u32>, right: Option<u32>) -> CountBox {
    CountBox { left, right }
}

const fn visited(count: Count) -> Condition {
    Condition::Count { field: CountField::Visits, count }
}

// Nobody to five visits: c1 never came, c6 came five times.
fn salon() -> Desk<MemoryStore> {
    let desk = Desk::open();
    for visits in 0..6 {
        let who = desk.register(hanako("090-1234-5678", "hanako@example.jp")).unwrap();
        for day in 0..visits {
            visit(&desk, who, MORNING.plus_ms(-day * DAY), 1000).unwrap();
        }
    }
    desk
}

#[test]
fn s4_counts_hold_at_their_boundaries() {
    let desk = salon();
    let counts = |count| asked(&desk, visited(count)).iter().map(|id| id.ordinal() - 1).collect::<Vec<_>>();
    assert_eq!(counts(Count::Exactly { count: 3 }), [3]);
    assert_eq!(counts(Count::Exactly { count: 0 }), [0]);
    assert_eq!(counts(Count::Between { from: 2, to: 4 }), [2, 3, 4]);
    assert_eq!(counts(Count::Between { from: 2, to: 2 }), [2]);
    assert_eq!(counts(Count::AtLeast { count: 4 }), [4, 5]);
    assert_eq!(counts(Count::AtMost { count: 1 }), [0, 1]);
    assert_eq!(counts(Count::AtLeast { count: 6 }), [] as [u32; 0]);
    assert_eq!(counts(Count::AtMost { count: u32::MAX }).len(), 6);
}

#[test]
fn s4_the_forms_boxes_left_only_is_exactly_both_are_a_range_right_only_is_at_most() {
    let desk = salon();
    let counts = |boxes| found(&desk, boxed(boxes)).iter().map(|id| id.ordinal() - 1).collect::<Vec<_>>();
    assert_eq!(counts(boxes(Some(3), None)), [3]);
    assert_eq!(counts(boxes(Some(1), Some(3))), [1, 2, 3]);
    assert_eq!(counts(boxes(None, Some(1))), [0, 1]);
    assert_eq!(CountBox { left: Some(3), right: None }.count("visits"), Ok(Count::Exactly { count: 3 }));
}

#[test]
fn s4_left_above_right_and_empty_boxes_are_typed_errors() {
    let desk = Desk::open();
    let error = |search: SearchCustomers| {
        let error = refused(&desk, &search);
        assert_eq!(error.fields(), ["visits"]);
        error.code()
    };
    let form = |boxes| error(SearchCustomers { criteria: boxed(boxes), ..SearchCustomers::default() });
    let condition = |count| error(SearchCustomers { condition: Some(visited(count)), ..SearchCustomers::default() });
    assert_eq!(form(boxes(Some(4), Some(3))), "search.count_reversed");
    assert_eq!(form(boxes(None, None)), "search.count_empty");
    assert_eq!(condition(Count::Between { from: 4, to: 3 }), "search.count_reversed");
}

#[test]
fn s4_the_wire_says_counts_in_words() {
    let search: SearchCustomers = serde_json::from_str(
        r#"{"criteria":{"visits":{"left":3},"line":"notLinked"},"sort":{"by":"lastVisit","descending":true},"pageSize":10}"#,
    )
    .unwrap();
    assert_eq!(search.criteria.visits, Some(boxes(Some(3), None)));
    assert_eq!(serde_json::to_string(&Count::AtLeast { count: 3 }).unwrap(), r#"{"type":"atLeast","count":3}"#);
    assert!(
        serde_json::from_str::<SearchCustomers>(r#"{"criteria":{"vists":{"left":3}}}"#).is_err(),
        "a criterion nobody knows is not everybody"
    );
}
