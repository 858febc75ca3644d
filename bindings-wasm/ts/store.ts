/**
 * What keeps a salon's log and records. A store knows no rule: it finds rows by what they name, and commits
 * all or nothing.
 */

/** Where a salon's log stands. */
export interface Head {
  /** Number of the last entry; 0 before the first. */
  readonly sequence: number;
  /** Hash of the last entry; empty before the first. */
  readonly hash: string;
}

/** One entry of the log. */
export interface Entry {
  readonly sequence: number;
  readonly body: string;
}

/** What a record is named by. */
export interface RowId {
  readonly kind: string;
  readonly id: string;
}

/** A record: what it is found by, and a body that the store does not read. */
export interface Row extends RowId {
  /** Id of the record it belongs to. */
  readonly parent?: string;
  /** Further keys it is found by; they need not be unique. */
  readonly keys: readonly string[];
  readonly body: string;
}

/** One question for records of a kind: by id, by the parent's id, or by a key. */
export interface Read {
  readonly kind: string;
  readonly by: "id" | "parent" | "key";
  readonly value: string;
}

/** Records, all as of one head. */
export interface Loaded {
  readonly head: Head;
  /** Each row once, also when several reads find it. */
  readonly rows: readonly Row[];
}

/** Some records of a kind, in the order of their ids, and where the log stood. */
export interface Scanned {
  readonly head: Head;
  readonly rows: readonly Row[];
}

/** Some entries of the log in order, and where the log stood. */
export interface Changes {
  readonly head: Head;
  readonly entries: readonly Entry[];
}

/** What one commit writes. */
export interface Change {
  /** Where the log stood when the change was decided. */
  readonly expected: Head;
  /** Where it stands afterwards. */
  readonly head: Head;
  /** The entries to append, numbered on from `expected`. */
  readonly entries: readonly Entry[];
  /** Rows to write, whole. */
  readonly put?: readonly Row[];
  /** Rows to remove. */
  readonly remove?: readonly RowId[];
}

/** Whether the commit happened: if not, somebody else appended first and nothing was written. */
export type Committed = "committed" | "conflict";

/**
 * A store of the host's. Each method sees one salon only. A method that cannot do its work rejects; what it rejects with
 * becomes the `cause` of a `DaichoError` of code `store_failed`.
 */
export interface Store {
  /** The rows that any of the reads finds, all as of one head. */
  load(salon: string, reads: readonly Read[]): Promise<Loaded>;
  /** At most `limit` rows of a kind with ids after `after` (from the first, if empty), ordered by id. */
  scan(salon: string, kind: string, after: string, limit: number): Promise<Scanned>;
  /** At most `limit` entries with numbers above `since`, in order. */
  changes(salon: string, since: number, limit: number): Promise<Changes>;
  /** Appends and writes in one transaction, durable when the promise resolves, if the log still stands at `expected`. */
  commit(salon: string, change: Change): Promise<Committed>;
}

/** The head of an empty log. */
export const EMPTY: Head = { sequence: 0, hash: "" };
