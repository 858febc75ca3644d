//! Requests that nobody would write, thousands of them, through the JSON door of two ledgers over one store: every answer is an answer (A4), no
//! error tells what is personal, and whatever was taken leaves a sound ledger (A5) that every index sees alike (S13).
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    reason = "a test fails by panicking, in the functions its tests share too"
)]
use std::sync::Arc;

use daicho::*;
use daicho_tests::*;
use serde_json::{Map, Value, json};

/// Stands in every text that is somebody's, and in no error's detail.
const SECRET: &str = "ひみつ";

struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        // xorshift64*: the same requests on every machine.
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % sides
    }

    fn one_in(&mut self, sides: usize) -> bool {
        self.below(sides) == 0
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())].clone()
    }

    // Mostly what may be, so that a salon comes about at all.
    fn mostly<T: Clone>(&mut self, good: &[T], bad: &[T]) -> T {
        if self.one_in(12) { self.pick(bad) } else { self.pick(good) }
    }

    fn id(&mut self, letter: &str, count: usize) -> Value {
        json!(format!("{letter}{}", 1 + self.below(count)))
    }

    fn text(&mut self) -> Value {
        let texts = [
            "",
            " \u{3000}",
            "山田",
            "ヤマダ",
            "ﾔﾏﾀﾞ",
            "山\u{0}田\u{200B}\u{202E}",
            "髙\u{E0100}",
            "\u{10FFFF}",
            "=cmd()",
            "a\r\nb\tc",
            "か\u{3099}",
        ];
        let text = self.pick(&texts);
        json!(if self.one_in(3) { format!("{text}{SECRET}") } else { text.to_owned() })
    }

    fn name(&mut self) -> Value {
        if self.one_in(12) { self.text() } else { json!(self.pick(&["山田", "山田", "山 田", "ヤマダ"])) }
    }

    fn phone(&mut self) -> String {
        let phones = ["090-1234-5678", "+81 90 1234 5678", "00011111111", "0312345678", "０９０１２３４５６７９", "090(1234)5670"];
        self.mostly(&phones, &["12", "abc", "+1 212 555 0100"]).to_owned()
    }

    fn email(&mut self) -> String {
        let emails =
            ["a..b.@docomo.ne.jp", "x@example.jp", "Ｘ@EXAMPLE.jp", "00011111111@leporto.com", "09012345678@LEPORTO.COM", "z+1@例え.jp"];
        self.mostly(&emails, &["@", "y@example.jp\u{0}"]).to_owned()
    }

    fn instant(&mut self) -> Value {
        // 1868-01-02 and 9999-12-30 in Japan among them, where days begin and end to be days.
        const EDGES: [i64; 9] = [
            i64::MIN,
            i64::MAX,
            -1,
            0,
            -3_218_832_000_000,
            -3_218_778_000_000,
            -3_218_691_600_000,
            253_402_095_600_000,
            253_402_300_800_000,
        ];
        if self.one_in(20) { json!(self.pick(&EDGES)) } else { json!(MORNING.0 + self.below(2_000) as i64 * HOUR / 4 - 100 * HOUR) }
    }

    fn number(&mut self) -> Value {
        self.pick(&[
            json!(0),
            json!(1),
            json!(2),
            json!(3),
            json!(7),
            json!(4_294_967_295_u64),
            json!(4_294_967_296_u64),
            json!(-1),
            json!(1.5),
            json!(1e300),
        ])
    }

    fn yen(&mut self) -> Value {
        if self.one_in(30) {
            self.pick(&[json!(-1), json!(1_000_000_001), json!(i64::MAX), json!(i64::MIN)])
        } else {
            self.pick(&[json!(0), json!(4_400), json!(999), json!(1_000_000_000)])
        }
    }

    fn form(&mut self) -> Value {
        let mut form = Map::new();
        form.insert("familyName".into(), self.name());
        form.insert("givenName".into(), self.mostly(&[json!("花子")], &[json!("ハナコ"), json!("")]));
        form.insert("familyKana".into(), self.mostly(&[json!("やまだ"), json!("ﾔﾏﾀﾞ"), json!("ヤマダ")], &[json!("x")]));
        form.insert("givenKana".into(), json!("ハナコ"));
        form.insert("phones".into(), json!((0..1 + self.below(2)).map(|_| self.phone()).collect::<Vec<_>>()));
        form.insert("emails".into(), json!((0..1 + self.below(2)).map(|_| self.email()).collect::<Vec<_>>()));
        for field in ["postalCode", "prefecture", "cityStreet", "building", "company", "fax", "homePage", "shopComment"] {
            if self.one_in(4) {
                form.insert(field.into(), self.text());
            }
        }
        for field in ["attributes", "channels", "pictures"] {
            if self.one_in(4) {
                form.insert(field.into(), json!([self.text(), self.text()]));
            }
        }
        if self.one_in(3) {
            form.insert(
                "birthday".into(),
                self.mostly(&[json!("1990-01-02"), json!("--02-29"), json!("1868-01-01")], &[json!("9999-12-31"), json!("--")]),
            );
        }
        if self.one_in(3) {
            form.insert("newsletter".into(), json!({ "optedIn": self.one_in(2), "how": self.text(), "wording": self.text() }));
        }
        if self.one_in(4) {
            form.insert(
                "customFields".into(),
                json!([{ "name": self.pick(&["x", "y", ""]), "value": self.text() }, { "name": "z", "value": self.text() }]),
            );
        }
        if self.one_in(3) {
            form.insert("numberAliases".into(), json!([self.pick(&["1", "7", "12", "１５", "007", "A-1", "4294967295", "㍿"])]));
        }
        if self.one_in(6) {
            form.insert("registeredOn".into(), self.pick(&[json!("1868-01-01"), json!("9999-12-31"), json!("2026-02-30")]));
        }
        Value::Object(form)
    }

    fn line(&mut self) -> Value {
        json!({ "provider": self.pick(&["p", "p/q"]), "user": self.pick(&["u", "q/u", "v"]), "displayName": self.text() })
    }

    fn settings(&mut self, version: u32) -> Value {
        let deadline = self.pick(&[
            json!({ "type": "hoursBefore", "hours": 24 }),
            json!({ "type": "hoursBefore", "hours": 8_760 }),
            json!({ "type": "daysBefore", "days": 365, "minutes": 1_439 }),
        ]);
        let charge = self.mostly(
            &[json!({ "type": "percent", "percent": 100 }), json!({ "type": "yen", "amount": 1_000_000_000 })],
            &[json!({ "type": "percent", "percent": 101 })],
        );
        json!({
            "version": version,
            "calendar": { "utcOffsetMinutes": self.pick(&[540, -840, 840]), "dayStartsMinutes": self.mostly(&[0, 1_439], &[1_440]) },
            "placeholderDomain": self.mostly(&["leporto.com", "other.example"], &["", "a@b"]),
            "prepayment": self.one_in(2),
            "blacklist": self.pick(&["allChannels", "onlineOnly"]),
            "mergeNames": self.pick(&["foldWidths", "spacesOnly"]),
            "importExisting": self.pick(&["leave", "fillBlanks"]),
            "unmergeDays": self.mostly(&[3_650], &[0, 3_651]),
            "cancellation": { "deadline": deadline, "tiers": [{ "hoursBefore": 8_760, "charge": charge }], "noShow": charge },
        })
    }

    fn cell(&mut self) -> Value {
        match self.below(6) {
            0 => json!({ "type": "empty" }),
            1 => json!({ "type": "number", "literal": self.pick(&["9012345678", "32874", "60", "1e999", "-0", "", "19900102"]) }),
            2 => json!({ "type": "boolean", "value": true }),
            3 => json!({ "type": "error", "text": "#REF!" }),
            _ => json!({ "type": "text", "text": self.text() }),
        }
    }

    fn rows(&mut self, calls: usize) -> Value {
        let first = if self.one_in(4) { 2 + self.below(40) } else { 2 + 10 * calls };
        let row = |dice: &mut Self, row: usize| {
            let mut cells = vec![
                json!({ "type": "text", "text": dice.name() }),
                json!({ "type": "text", "text": "花子" }),
                json!({ "type": "text", "text": dice.phone() }),
                json!({ "type": "text", "text": dice.email() }),
            ];
            if dice.one_in(3) {
                let place = dice.below(cells.len());
                cells[place] = dice.cell();
            }
            cells.push(dice.cell());
            json!({ "row": row, "cells": cells })
        };
        let rows: Vec<Value> = (0..1 + self.below(4)).map(|n| row(self, first + n)).collect();
        let column = |position: usize, column: &str| json!({ "position": position, "column": column, "heading": column });
        let last = self.pick(&["birthday", "gender", "address", "channels", "shopComment", "fullName"]);
        json!({
            "import": format!("i{}", self.below(30)),
            "columns": [column(1, "familyName"), column(2, "givenName"), column(3, "phone"), column(4, "email"), column(5, last)],
            "dateSystem": self.pick(&["d1900", "d1904"]),
            "rows": rows,
        })
    }
}

struct Door {
    dice: Dice,
    store: Arc<MemoryStore>,
    ledgers: [Ledger<Arc<MemoryStore>>; 2],
    calls: usize,
}

impl Door {
    fn open(seed: u64) -> Self {
        let store = Arc::new(MemoryStore::new());
        let ledgers = [0, 1].map(|_| Ledger::open(Arc::clone(&store), id("salon-1")));
        Self { dice: Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1), store, ledgers, calls: 0 }
    }

    fn request(&mut self, operation: &str, input: &Value, actor: &Value) -> Value {
        self.calls += 1;
        let key = if self.dice.one_in(40) { self.dice.below(self.calls) } else { self.calls };
        json!({
            "operation": operation, "input": input, "actor": actor, "now": self.dice.instant(), "key": format!("key-{key}"),
            "channel": self.dice.pick(&["site", "line", "phone", "counter", "staffApp", "system"]),
            "entropy": format!("{:032x}", self.calls),
        })
    }

    // What comes back is an answer, and an error in it tells nothing personal.
    fn send(&mut self, text: &str) -> Value {
        let answer = match self.dice.below(20) {
            0 => self.ledgers[0].rehearsal().call(text),
            n => self.ledgers[n % 2].call(text),
        };
        let answer: Value = serde_json::from_str(&answer.unwrap()).unwrap();
        let told = answer["error"]["detail"].as_str().unwrap_or_default();
        assert!(answer.get("ok").is_some() != answer.get("error").is_some(), "{text}");
        assert!(!told.contains(SECRET) && !told.contains("花子"), "{text}: {told}");
        assert!(
            !matches!(answer["error"]["code"].as_str(), Some("ledger.encoding" | "store.corrupt" | "ledger.too_many_reads")),
            "{text}: {answer}"
        );
        answer
    }

    fn manager(&mut self, operation: &str, input: &Value) -> Value {
        let request = self.request(operation, input, &json!({ "id": "boss", "role": "manager" }));
        self.send(&request.to_string())
    }

    fn actor(&mut self) -> Value {
        match self.dice.below(24) {
            0 => json!({ "id": "guest", "role": "customer", "customer": self.dice.id("c", 7) }),
            1 => json!({ "id": "staff", "role": "staff" }),
            2 => json!({ "id": "host", "role": "system", "customer": "c1" }),
            3..=5 => json!({ "id": "host", "role": "system" }),
            _ => json!({ "id": "boss", "role": "manager" }),
        }
    }

    fn input(&mut self) -> (&'static str, Value) {
        let (dice, calls) = (&mut self.dice, self.calls);
        match dice.below(26) {
            0 | 1 => (
                "registerCustomer",
                json!({ "path": dice.mostly(&["counter", "line"], &["import"]), "form": dice.form(), "line": dice.one_in(2).then(|| dice.line()) }),
            ),
            2 => ("registerByPhone", json!({ "familyName": dice.name(), "givenName": "花子", "phone": dice.phone() })),
            3 | 4 => ("editCustomer", json!({ "customer": dice.id("c", 7), "basedOn": dice.number(), "form": dice.form() })),
            5 => (
                "linkLine",
                json!({ "customer": dice.id("c", 7), "line": dice.one_in(4).then_some(()).map_or_else(|| dice.line(), |()| Value::Null) }),
            ),
            6 | 7 => (
                "addListing",
                json!({ "customer": dice.id("c", 7), "list": dice.pick(&["watch", "grey", "black"]), "memo": dice.pick(&["なぜなら", SECRET, " ", "他"]) }),
            ),
            8 => ("editListing", json!({ "listing": dice.id("l", 8), "basedOn": dice.number(), "memo": dice.text() })),
            9 => ("removeListing", json!({ "listing": dice.id("l", 8) })),
            10 | 11 => {
                let start = dice.instant();
                let end = start.as_i64().unwrap().saturating_add(dice.mostly(&[HOUR, 24 * HOUR], &[24 * HOUR + 1, 0, -HOUR]));
                let lines: Vec<Value> = (0..dice.mostly(&[1, 2, 50], &[0, 51]))
                    .map(|_| json!({ "menu": "cut", "price": dice.yen(), "kind": "basic" }))
                    .collect();
                (
                    "book",
                    json!({ "customer": dice.id("c", 7), "shop": "s", "lines": lines, "start": start, "end": end, "comment": dice.text(), "prepay": dice.one_in(2), "tentative": dice.one_in(3) }),
                )
            }
            12 | 13 => {
                let to = dice.pick(&[
                    "confirm",
                    "payPrepayment",
                    "visit",
                    "cancelByCustomer",
                    "cancelByShop",
                    "noShow",
                    "payFee",
                    "waiveFee",
                    "enteredInError",
                ]);
                (
                    "moveReservation",
                    json!({ "reservation": dice.id("r", 9), "to": { "type": to, "amount": dice.yen(), "reason": dice.text() } }),
                )
            }
            14 => {
                let start = dice.instant();
                (
                    "reschedule",
                    json!({ "reservation": dice.id("r", 9), "start": start, "end": start.as_i64().unwrap().saturating_add(HOUR) }),
                )
            }
            15 => ("markNotSame", json!({ "one": dice.id("c", 7), "other": dice.id("c", 7), "takeBack": dice.one_in(3) })),
            16..=18 => {
                let mut wish = json!({ "source": dice.id("c", 7), "target": dice.id("c", 7), "line": dice.pick(&[json!("source"), json!("target"), Value::Null]) });
                if dice.one_in(6) {
                    wish["fromSource"] = json!([dice.pick(&["familyName", "birthday", "fax", "phones", ""])]);
                }
                let preview = self.manager("previewMerge", &wish);
                wish["fingerprint"] = json!(preview["ok"]["fingerprint"].as_str().unwrap_or_default());
                ("merge", wish)
            }
            19 | 20 => ("unmerge", json!({ "merge": dice.id("m", 5) })),
            21 | 22 => ("importRows", dice.rows(calls)),
            23 => ("undoImport", json!({ "import": format!("i{}", dice.below(30)) })),
            24 => {
                let version = self.manager("getSettings", &json!({}))["ok"]["version"].as_u64().unwrap_or_default() as u32;
                ("configureSalon", json!({ "settings": self.dice.settings(version) }))
            }
            _ => {
                let criteria = json!({
                    "name": dice.one_in(2).then(|| dice.text()), "phone": dice.one_in(3).then(|| dice.phone()), "number": dice.one_in(3).then(|| dice.text()),
                    "visits": dice.one_in(3).then(|| json!({ "type": "boxes", "boxes": { "left": dice.number(), "right": dice.number() } })),
                });
                let cursor =
                    dice.one_in(3).then(|| format!("1{:08x}{:08x}{:08x}0123456789abcdef", dice.below(99), u32::MAX, dice.below(9)));
                (
                    "searchCustomers",
                    json!({ "criteria": criteria, "pageSize": dice.number(), "cursor": cursor, "sort": { "by": dice.pick(&["kana", "amount", "lastVisit"]), "descending": true } }),
                )
            }
        }
    }

    // A version that is there, where one is asked for.
    fn current(&mut self, operation: &str, input: &mut Value) {
        if self.dice.one_in(4) {
            return;
        }
        let version = match operation {
            "editCustomer" => self.manager("getCustomer", &json!({ "customer": input["customer"] }))["ok"]["customer"]["version"].clone(),
            "moveReservation" => {
                if self.dice.one_in(2) {
                    return;
                }
                // The due amount of whoever it is, so that fees get paid.
                input["to"]["amount"] = json!(4_400);
                return;
            }
            _ => return,
        };
        let back = self.dice.below(2) as u64;
        if let Some(version) = version.as_u64() {
            input["basedOn"] = json!(version.saturating_sub(back).max(1));
        }
    }

    fn step(&mut self) {
        let (operation, mut input) = self.input();
        self.current(operation, &mut input);
        let actor = self.actor();
        let request = self.request(operation, &input, &actor);
        let mut text = request.to_string();
        if self.dice.one_in(10) {
            text = self.spoil(text);
        }
        self.send(&text);
    }

    // One piece of the request is torn out or put in its place something else.
    fn spoil(&mut self, text: String) -> String {
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let (one, other) = (self.dice.pick(&places), self.dice.pick(&places));
        let (from, to) = (one.min(other), one.max(other));
        let deep = "[".repeat(100_000);
        let pieces = [
            "",
            "null",
            "\"\\ud800\"",
            "\"\\u0000\"",
            "1e999",
            "18446744073709551616",
            "-9223372036854775809",
            "{}",
            "[]",
            deep.as_str(),
            "\"key\":1,",
        ];
        let piece = self.dice.pick(&pieces);
        if self.dice.one_in(2) { [&text[..from], piece, &text[to..]].concat() } else { [&text[..from], piece, &text[from..]].concat() }
    }

    // Everything that can be seen of the salon.
    fn seen(ledger: &Ledger<Arc<MemoryStore>>) -> Vec<Value> {
        let ask = |operation: &str, input: Value| {
            let request = json!({ "operation": operation, "input": input, "actor": { "id": "boss", "role": "manager" }, "now": MORNING });
            let answer: Value = serde_json::from_str(&ledger.call(&request.to_string()).unwrap()).unwrap();
            assert!(answer.get("ok").is_some(), "{operation}: {answer}");
            answer
        };
        let mut seen = vec![ask("listPhoneRegistrations", json!({})), ask("listMerges", json!({}))];
        seen.extend(["watch", "grey", "black"].map(|list| ask("listListed", json!({ "list": list }))));
        seen.extend(
            ["number", "kana", "lastVisit", "amount"]
                .map(|by| ask("searchCustomers", json!({ "pageSize": 1_000, "sort": { "by": by, "descending": false } }))),
        );
        seen
    }

    fn sound(&self, seed: u64) {
        let fresh = Ledger::open(Arc::clone(&self.store), id("salon-1"));
        let report = fresh.check().unwrap();
        assert!(report.breaches.is_empty(), "seed {seed}: {:?}", report.breaches);
        let seen = Self::seen(&fresh);
        for ledger in &self.ledgers {
            assert!(Self::seen(ledger) == seen, "seed {seed}: an index sees another salon");
        }
    }
}

#[test]
fn a4_a5_s13_whatever_is_asked_the_ledger_answers_and_stays_sound() {
    let seeds: u64 = std::env::var("DAICHO_HOSTILE_SEEDS").ok().and_then(|text| text.parse().ok()).unwrap_or(24);
    for seed in 1..=seeds {
        let mut door = Door::open(seed);
        for _ in 0..3 {
            for _ in 0..150 {
                door.step();
            }
            door.sound(seed);
        }
    }
}
