//! S13: a kept index that is not the one that was kept is not taken; and one whose digest somebody has made good again is taken or not, and stops nobody.
#![no_main]

use daicho::log::digest_hex;
use daicho::search::Index;
use daicho::store::{Steps, run};
use daicho::{Actor, CustomerForm, EntryPath, Instant, Ledger, MemoryStore, RegisterCustomer, Role, SearchCustomers, Store};
use libfuzzer_sys::fuzz_target;
use std::sync::OnceLock;

const FORMAT: usize = "daicho index 8\n".len();
const HEAD: usize = FORMAT + 4 + 64;

fn manager() -> Actor {
    Actor::new("manager".parse().expect("an id"), Role::Manager)
}

fn salon() -> &'static (MemoryStore, Vec<u8>) {
    static SALON: OnceLock<(MemoryStore, Vec<u8>)> = OnceLock::new();
    SALON.get_or_init(|| {
        let store = MemoryStore::new();
        let salon = "salon".parse().expect("an id");
        let ledger = Ledger::open(&store, "salon".parse().expect("an id"));
        for n in 0..6_u8 {
            let form = CustomerForm {
                family_name: ["山田", "髙橋", "やまだ"][usize::from(n) % 3].into(),
                given_name: "花子".into(),
                family_kana: Some("ヤマダ".into()),
                given_kana: Some("ハナコ".into()),
                phones: vec![format!("090-1234-567{n}")],
                emails: vec![format!("a{n}@example.jp")],
                ..CustomerForm::default()
            };
            let context = daicho::Context {
                actor: manager(),
                channel: daicho::Channel::Counter,
                now: Instant(1_795_222_800_000),
                key: format!("k{n}").parse().expect("a key"),
                entropy: daicho::Entropy([n; 16]),
            };
            ledger.execute(&RegisterCustomer { path: EntryPath::Counter, form, line: None }, &context).expect("a customer");
        }
        drop(ledger);
        let built = run(&store, &salon, Steps::new(|port| async move { Index::build(&port).await })).expect("the store").expect("an index");
        let block = built.block(&store.load(&salon, &[]).expect("the store").head.hash).expect("a block");
        (store, block)
    })
}

fn search<S: Store>(ledger: &Ledger<S>) -> Result<u32, daicho::Error> {
    let mut query = SearchCustomers::default();
    query.criteria.name = Some("山".into());
    ledger.search(&query, &manager(), Instant(1_795_222_800_000)).map(|page| page.total)
}

// Pairs of a place and a byte.
fuzz_target!(|edits: &[u8]| {
    let (store, block) = salon();
    let salon = "salon".parse().expect("an id");
    let mut edited = block.clone();
    for edit in edits.chunks_exact(3) {
        let at = HEAD + 64 + usize::from(u16::from_le_bytes([edit[0], edit[1]])) % (block.len() - HEAD - 64);
        edited[at] = edit[2];
    }
    let changed = edited != *block;
    for good in [false, true] {
        if good {
            let digest = digest_hex(&[&edited[..HEAD], &edited[HEAD + 64..]]);
            edited[HEAD..HEAD + 64].copy_from_slice(digest.as_bytes());
        }
        store.keep_index(&salon, &edited).expect("the store");
        let found = search(&Ledger::open(store, salon.clone()).keeping_no_index());
        if !good || !changed {
            assert_eq!(found.ok(), Some(2), "as it was");
        }
    }
});
