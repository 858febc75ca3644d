//! Live segments: whoever came and left since somebody last asked, and when time alone moves the next one (S10).
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use daicho::*;
use daicho_tests::*;
use proptest::prelude::*;

use crate::histories::*;
use crate::salon::*;

fn save<S: Store>(desk: &Desk<S>, name: &str, line: &str) {
    let condition = search::parse(line, Tongue::English).unwrap();
    let known = desk.ask(GetSegments {}).unwrap().segments.into_iter().find(|segment| segment.id == id(name));
    let based_on = known.map_or(0, |segment| segment.version);
    desk.run(SaveSegment { segment: id(name), based_on, name: name.to_owned(), condition }).unwrap();
}

fn members<S: Store>(desk: &Desk<S>, name: &str, now: Instant) -> BTreeSet<CustomerId> {
    let condition = Some(Condition::Segment { segment: id(name) });
    let find = FindCustomers { condition, page_size: Some(100_000), ..FindCustomers::default() };
    desk.ledger.search(&find, &desk.actor, now).unwrap().customers.into_iter().collect()
}

fn follow<S: Store>(desk: &Desk<S>, names: &[&str], now: Instant, until: Option<Instant>) -> FollowedSegments {
    let follow = FollowSegments { follower: "screen".into(), segments: names.iter().map(|name| id(name)).collect(), until };
    desk.ledger.search(&follow, &desk.actor, now).unwrap()
}

#[test]
fn s10_a_follower_is_named_in_one_line() {
    let desk = Desk::open();
    let follow = |follower: String| {
        let follow = FollowSegments { follower, segments: vec![id("none")], until: None };
        desk.ledger.search(&follow, &desk.actor, MORNING).unwrap_err().code()
    };
    assert_eq!(follow("\n".into()), "customer.required");
    assert_eq!((follow("あ".repeat(255)), follow("あ".repeat(256))), ("search.segment_not_found", "text.too_long"));
}

fn only<S: Store>(desk: &Desk<S>, now: Instant) -> (u32, Vec<CustomerId>, Vec<CustomerId>) {
    let followed = follow(desk, &["s"], now, None);
    let [segment] = &followed.segments[..] else { panic!() };
    (segment.total, segment.entered.clone(), segment.left.clone())
}

#[test]
fn s10_a_follower_hears_who_came_and_who_left_and_nothing_twice() {
    let desk = Desk::open();
    let [a, b] = [1, 2].map(|_| desk.register(hanako("090-1234-5678", "hanako@example.jp")).unwrap());
    save(&desk, "s", "visits >= 1");
    let begun = follow(&desk, &["s"], MORNING, None);
    assert!(begun.segments[0].begins && begun.segments[0].total == 0);
    visit(&desk, b, MORNING, 1100).unwrap();
    assert_eq!(only(&desk, MORNING), (1, vec![b], vec![]));
    assert_eq!(only(&desk, MORNING), (1, vec![], vec![]));
    // A visit moves to the target with a merge, and the source is nobody any more.
    merge(&desk, b, a).unwrap();
    assert_eq!(only(&desk, MORNING), (1, vec![a], vec![b]));
    // Another meaning of the segment, and of the salon's day.
    save(&desk, "s", "visits >= 2");
    assert_eq!(only(&desk, MORNING), (0, vec![], vec![a]));
    let other = FollowSegments { follower: "other".into(), segments: vec![id("s")], until: None };
    assert!(desk.ledger.search(&other, &desk.actor, MORNING).unwrap().segments[0].begins, "each follower for itself");
    let code = |follow: &FollowSegments| desk.ledger.search(follow, &desk.actor, MORNING).unwrap_err().code();
    // Seconds where milliseconds belong: nobody would ever be woken.
    assert_eq!(code(&FollowSegments { until: Some(Instant(1_795_222_800)), ..other.clone() }), "time.instant");
    assert_eq!(code(&FollowSegments { segments: vec![id("none")], ..other.clone() }), "search.segment_not_found");
    assert_eq!(code(&FollowSegments { segments: vec![], ..other.clone() }), "search.needle_empty");
    assert_eq!(code(&FollowSegments { segments: vec![id("s"); 101], ..other }), "customer.too_many");
}

#[test]
fn s10_time_alone_moves_customers_at_the_instant_that_was_foretold() {
    let mut desk = Desk::open();
    let who = desk.register(hanako("090-1234-5678", "hanako@example.jp")).unwrap();
    visit(&desk, who, MORNING, 1100).unwrap();
    desk.now = MORNING.plus_ms(HOUR);
    let start = MORNING.plus_ms(5 * DAY + 90_000);
    desk.run(booking(who, start, 1100)).unwrap();
    let day = |days: i64| Calendar::default().start_of(Calendar::default().day_of(MORNING.plus_ms(days * DAY)).unwrap());
    for (line, next) in [
        ("last_visit <= -3d", Some(day(3))),
        ("not last_visit <= -3d", Some(day(3))),
        ("trailing(10d) >= 1", Some(day(10))),
        ("reservation(status = upcoming)", Some(start)),
        ("reservation(status = upcoming and day >= -1d) and last_visit >= -4d", Some(day(5))),
        ("visits = 1", None),
    ] {
        save(&desk, "s", line);
        let now = desk.now;
        let before = members(&desk, "s", now);
        let followed = follow(&desk, &["s"], now, Some(now.plus_ms(300 * DAY)));
        assert_eq!(followed.next_change, next, "{line}");
        let Some(next) = next else { continue };
        for (now, same) in [(next.plus_ms(-1), true), (next, false)] {
            assert_eq!(members(&desk, "s", now) == before, same, "{line} at {now:?}");
            let (_, entered, left) = only(&desk, now);
            assert_eq!(entered.is_empty() && left.is_empty(), same, "{line} at {now:?}");
        }
        assert_eq!(follow(&desk, &["s"], now, Some(next.plus_ms(-1))).next_change, None, "no further than asked: {line}");
        assert_eq!(follow(&desk, &["s"], now, Some(next)).next_change, Some(next), "{line}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn s10_what_a_follower_heard_comes_to_who_is_in(deeds in prop::collection::vec((deed(), 0..4_u8, 0..3_i64), 1..40)) {
        let segments = [
            ("visits", "visits >= 1 or amount >= 1"),
            ("names", "name ~ 高 and not list = black"),
            ("booked", "reservation(status = upcoming) or number = 2"),
            ("often", "frequency(30d) >= 1 or line"),
            ("away", "last_visit <= -1d and not segment(names)"),
        ];
        let names = segments.map(|(name, _)| name);
        let store = Arc::new(MemoryStore::new());
        let (here, there) = (Desk::over(Arc::clone(&store)), Desk::over(Arc::clone(&store)));
        lived(&here, &[]);
        for (name, line) in segments {
            save(&here, name, line);
        }
        let (mut known, mut now) = (BTreeMap::<String, BTreeSet<CustomerId>>::new(), MORNING);
        for (deed, luck, days) in deeds {
            perform(if luck == 0 { &there } else { &here }, &deed);
            now = now.plus_ms(days * DAY / 2);
            if luck == 1 {
                continue;
            }
            for segment in follow(&here, &names, now, None).segments {
                let expected = members(&there, segment.segment.as_str(), now);
                let heard = known.entry(segment.segment.to_string()).or_default();
                if segment.begins {
                    prop_assert!(segment.entered.is_empty() && segment.left.is_empty());
                    heard.clone_from(&expected);
                }
                for customer in &segment.left {
                    prop_assert!(heard.remove(customer), "left twice");
                }
                for customer in &segment.entered {
                    prop_assert!(heard.insert(*customer), "came twice");
                }
                prop_assert_eq!(&*heard, &expected, "{:?}", segment.segment);
                prop_assert_eq!(usize::try_from(segment.total).unwrap(), expected.len());
            }
        }
    }
}
