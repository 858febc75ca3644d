//! TypeScript declarations that are made from the core's own lists: the operations and the codes of errors.

use daicho::error::{
    AccessError, AmountError, BookingError, CustomerError, ImportError, LedgerError, ListingError, MergeError, SaleError, SearchError,
    StoreError, TextError, TicketError, TimeError,
};
use daicho::ledger::Audit;
use daicho::log::{Command, Query};
use daicho::search::IndexQuery;
use wasm_bindgen::prelude::wasm_bindgen;

/// How long the parts are together, each between `before` and `after`.
#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler alone, to which an index out of bounds is an error")]
const fn length(lines: &[&[&str]], before: &str, after: &str) -> usize {
    let (mut total, mut line) = (0, 0);
    while line < lines.len() {
        let mut part = 0;
        while part < lines[line].len() {
            total += before.len() + lines[line][part].len() + after.len();
            part += 1;
        }
        line += 1;
    }
    total
}

/// The parts, each between `before` and `after`: all of it at compile time, where an index out of bounds is an error of the compiler.
#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler alone, to which an index out of bounds is an error")]
const fn joined<const N: usize>(lines: &[&[&str]], before: &str, after: &str) -> [u8; N] {
    let mut text = [0; N];
    let (mut at, mut line) = (0, 0);
    while line < lines.len() {
        let mut part = 0;
        while part < lines[line].len() {
            let pieces = [before, lines[line][part], after];
            let mut piece = 0;
            while piece < pieces.len() {
                let (bytes, mut byte) = (pieces[piece].as_bytes(), 0);
                while byte < bytes.len() {
                    text[at] = bytes[byte];
                    (at, byte) = (at + 1, byte + 1);
                }
                piece += 1;
            }
            part += 1;
        }
        line += 1;
    }
    text
}

const fn text(bytes: &'static [u8]) -> &'static str {
    match core::str::from_utf8(bytes) {
        Ok(text) => text,
        // Pieces of UTF-8 text, joined, are UTF-8 text; the tests read what came out.
        Err(_) => "",
    }
}

/// What the method of a search looks like.
const fn of_search(in_bytes: bool) -> &'static str {
    if in_bytes { ": PackMethod<" } else { ": QueryMethod<" }
}

macro_rules! operations {
    (commands { $($(#[doc = $a:literal])* $command:ident $ci:ident => $co:ident;)* } queries { $($(#[doc = $b:literal])* $query:ident $qi:ident => $qo:ident;)* } searches { $($(#[doc = $c:literal])* $search:ident $si:ident => $so:ident;)* } audits { $($(#[doc = $d:literal])* $audit:ident $ai:ident => $ao:ident;)* }) => {
        const OPERATIONS: &[&[&str]] = &[
            &["/** Every operation of a ledger, by its name. */\nexport interface Operations {\n"],
            $(&[$("  /**", $a, " */\n",)* "  ", <daicho::$ci as Command>::NAME, ": CommandMethod<", stringify!($ci), ", ", stringify!($co), ">;\n"],)*
            $(&[$("  /**", $b, " */\n",)* "  ", <daicho::$qi as Query>::NAME, ": QueryMethod<", stringify!($qi), ", ", stringify!($qo), ">;\n"],)*
            $(&[$("  /**", $c, " */\n",)* "  ", <daicho::$si as IndexQuery>::NAME, of_search(<daicho::$si as IndexQuery>::IN_BYTES), stringify!($si), ", ", stringify!($so), ">;\n"],)*
            $(&[$("  /**", $d, " */\n",)* "  ", <daicho::$ai as Audit>::NAME, ": QueryMethod<", stringify!($ai), ", ", stringify!($ao), ">;\n"],)*
            &["}\n"],
        ];
    };
}
daicho::for_each_operation!(operations);

/// The operations, as one TypeScript interface.
pub const OPERATIONS_TEXT: &str = text(&joined::<{ length(OPERATIONS, "", "") }>(OPERATIONS, "", ""));

/// What the methods of the operations look like.
pub const SHAPES: &str = r#"/** What a command did. */
export interface Executed<Output> {
  /** The command's answer. */
  output: Output;
  /** The entry of the log that it became. */
  sequence: number;
  /** The records that changed. */
  changed: Changed[];
  /** Whether this is the answer given before, to the same command under the same key. */
  replayed: boolean;
}

/** Who asks, and when: an instant in milliseconds since 1970, or a `Date`. The ledger never looks at a clock by itself. */
export interface QueryContext {
  readonly actor: Actor;
  readonly now: number | globalThis.Date;
}

/** Who commands, through what, and when. */
export interface CommandContext extends QueryContext {
  readonly channel: Channel;
  /**
   * The idempotency key: the same command again under the same key is done once and answers the same. Left out, it is a random one:
   * a caller that retries after a lost answer must give its own.
   */
  readonly key?: string;
  /** 32 hexadecimal digits of randomness, never used twice; left out, they come from `crypto`. */
  readonly entropy?: string;
}

/** A command: decided by the rules, committed to the store. Rejects with a `DaichoError`. */
export type CommandMethod<Input, Output> = (input: Input, context: CommandContext) => Promise<Executed<Output>>;

/** A query: it changes nothing. Rejects with a `DaichoError`. */
export type QueryMethod<Input, Output> = (input: Input, context: QueryContext) => Promise<Output>;

/** A query that is answered by arrays: those of the columns that it names. Rejects with a `DaichoError`. */
export type PackMethod<Input, Output> = <Column extends PackedColumn = never>(
  input: PackInput<Input, Column>,
  context: QueryContext,
) => Promise<PackOutput<Output, Column>>;

/** What is asked for, with some columns. */
export type PackInput<Input, Column extends PackedColumn> = Omit<Input, "columns"> & { readonly columns?: readonly Column[] };

/** The answer, its bytes as arrays. */
export type PackOutput<Output, Column extends PackedColumn> = Omit<Output, "packed"> & Unpacked<Column>;

/** Customers in the order of the answer, and at the same places what was asked of them. */
export interface Unpacked<Column extends PackedColumn> {
  /** The ordinals of their ids: 17 of `c17`, see `customerId`. */
  customers: Uint32Array;
  /** One array for each column that was asked for. */
  columns: { [Name in Column]: PackedValues<Name> };
}

/** The values of a column: yen (whole, and exact), days since 1970-01-01 (`NO_DAY` where there is none), counts; or 1 for yes and 0 for no. */
export type PackedValues<Column extends PackedColumn> =
  Column extends "amount" | "due" ? Float64Array
  : Column extends "firstRegistered" | "firstVisit" | "lastVisit" ? Int32Array
  : Column extends "number" | "visits" | "reservations" | "cancellations" ? Uint32Array
  : Uint8Array;
"#;

const CODES: &[&[&str]] = &[
    AccessError::CODES,
    TextError::CODES,
    TimeError::CODES,
    AmountError::CODES,
    CustomerError::CODES,
    ListingError::CODES,
    BookingError::CODES,
    TicketError::CODES,
    SaleError::CODES,
    MergeError::CODES,
    ImportError::CODES,
    SearchError::CODES,
    LedgerError::CODES,
    StoreError::CODES,
];
const CODE_LINES: &str = text(&joined::<{ length(CODES, "\n  | \"", "\"") }>(CODES, "\n  | \"", "\""));
const CODE_UNION: &[&[&str]] = &[&["/** Every code the ledger can give. */\nexport type LedgerErrorCode =", CODE_LINES, ";\n"]];

/// The codes of errors, as one union of texts.
pub const CODES_TEXT: &str = text(&joined::<{ length(CODE_UNION, "", "") }>(CODE_UNION, "", ""));

// The attribute takes its constant away, so each is a second name of one that stays.
#[wasm_bindgen(typescript_custom_section)]
const OPERATIONS_SECTION: &str = OPERATIONS_TEXT;
#[wasm_bindgen(typescript_custom_section)]
const SHAPES_SECTION: &str = SHAPES;
#[wasm_bindgen(typescript_custom_section)]
const CODES_SECTION: &str = CODES_TEXT;

#[cfg(test)]
mod tests {
    use daicho::{PackedColumn, Packing};

    use super::*;

    #[test]
    fn a4_the_union_holds_every_code_of_the_core_and_no_other() {
        assert_eq!(CODES.concat(), daicho::Error::codes());
        assert_eq!(CODES_TEXT.matches("\n  | \"").count(), daicho::Error::codes().len());
    }

    #[test]
    fn each_column_has_the_array_of_its_packing() {
        for column in PackedColumn::ALL {
            let (array, name) = (array(column.packing()), format!("\"{}\"", column.name()));
            let lines = SHAPES.lines().filter(|line| line.contains("Column extends \"") && line.contains(&name));
            let of: Vec<&str> = lines.filter_map(|line| line.rsplit(' ').next()).collect();
            assert_eq!(of, if array == "Uint8Array" { vec![] } else { vec![array] }, "{name}");
        }
    }

    fn array(packing: Packing) -> &'static str {
        match packing {
            Packing::Flag => "Uint8Array",
            Packing::Count => "Uint32Array",
            Packing::Day => "Int32Array",
            Packing::Yen => "Float64Array",
        }
    }

    #[test]
    fn every_operation_of_the_core_has_a_method() {
        let (commands, queries, searches, audits) = daicho::ledger::OPERATIONS;
        for name in [commands, queries, searches, audits].concat() {
            assert!(OPERATIONS_TEXT.contains(&format!("\n  {name}: ")), "{name}");
        }
    }
}
