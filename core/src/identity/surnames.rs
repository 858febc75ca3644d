//! The commonest surnames 姓 of Japan, each with how many of a million people have it, rounded: in a new ledger nobody else tells that 佐藤 says little.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::person::Key;
use super::person::keys_of;

/// A surname that nothing is known of, of a million.
const USUAL: u64 = 30;

#[rustfmt::skip]
const COMMON: &[(&str, &str, u64)] = &[
    ("佐藤", "サトウ", 14_800), ("鈴木", "スズキ", 14_200), ("高橋", "タカハシ", 11_100), ("田中", "タナカ", 10_500),
    ("伊藤", "イトウ", 8_500), ("渡辺", "ワタナベ", 8_400), ("山本", "ヤマモト", 8_300), ("中村", "ナカムラ", 8_200),
    ("小林", "コバヤシ", 8_100), ("加藤", "カトウ", 7_000), ("吉田", "ヨシダ", 6_500), ("山田", "ヤマダ", 6_400),
    ("佐々木", "ササキ", 5_300), ("山口", "ヤマグチ", 5_100), ("松本", "マツモト", 4_900), ("井上", "イノウエ", 4_800),
    ("木村", "キムラ", 4_500), ("林", "ハヤシ", 4_300), ("斎藤", "サイトウ", 6_800), ("清水", "シミズ", 4_200),
    ("山崎", "ヤマザキ", 3_800), ("森", "モリ", 3_700), ("池田", "イケダ", 3_500), ("橋本", "ハシモト", 3_500),
    ("阿部", "アベ", 3_500), ("石川", "イシカワ", 3_300), ("山下", "ヤマシタ", 3_300), ("中島", "ナカジマ", 3_200),
    ("石井", "イシイ", 3_000), ("小川", "オガワ", 3_000), ("前田", "マエダ", 3_000), ("岡田", "オカダ", 3_000),
    ("長谷川", "ハセガワ", 3_000), ("藤田", "フジタ", 3_000), ("後藤", "ゴトウ", 2_900), ("近藤", "コンドウ", 2_900),
    ("村上", "ムラカミ", 2_800), ("遠藤", "エンドウ", 2_600), ("青木", "アオキ", 2_600), ("坂本", "サカモト", 2_600),
    ("福田", "フクダ", 2_500), ("太田", "オオタ", 2_500), ("西村", "ニシムラ", 2_400), ("藤井", "フジイ", 2_400),
    ("金子", "カネコ", 2_300), ("岡本", "オカモト", 2_300), ("藤原", "フジワラ", 2_300), ("三浦", "ミウラ", 2_300),
    ("中野", "ナカノ", 2_300), ("中川", "ナカガワ", 2_200), ("原田", "ハラダ", 2_200), ("松田", "マツダ", 2_200),
    ("竹内", "タケウチ", 2_200), ("小野", "オノ", 2_200), ("田村", "タムラ", 2_200), ("中山", "ナカヤマ", 2_100),
    ("和田", "ワダ", 2_000), ("石田", "イシダ", 2_000), ("森田", "モリタ", 1_900), ("上田", "ウエダ", 1_800),
];

/// How many of a million people have a 姓 of this key, which may be of a writing or of a reading.
pub(super) fn of_a_million(key: Key) -> u64 {
    static KNOWN: OnceLock<BTreeMap<Key, u64>> = OnceLock::new();
    let known = KNOWN.get_or_init(|| {
        let mut known: BTreeMap<Key, u64> = BTreeMap::new();
        for (writing, reading, people) in COMMON {
            for key in keys_of(writing, reading) {
                let sum = known.entry(key).or_default();
                *sum = sum.saturating_add(*people);
            }
        }
        known
    });
    known.get(&key).copied().unwrap_or(USUAL)
}
