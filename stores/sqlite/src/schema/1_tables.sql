-- A salon's ledger is one log (head and log) and the records it has led to (record, found by record_key).
-- Text compares by bytes, as everywhere in daicho. Every key begins with the salon: none sees another's.

CREATE TABLE head (
    salon    TEXT    NOT NULL PRIMARY KEY,
    sequence INTEGER NOT NULL CHECK (sequence BETWEEN 1 AND 4294967295),
    hash     TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE log (
    salon    TEXT    NOT NULL,
    sequence INTEGER NOT NULL CHECK (sequence BETWEEN 1 AND 4294967295),
    body     TEXT    NOT NULL,
    hash     TEXT    NOT NULL,
    PRIMARY KEY (salon, sequence)
) STRICT;

CREATE TABLE record (
    salon  TEXT NOT NULL,
    kind   TEXT NOT NULL,
    id     TEXT NOT NULL,
    parent TEXT,
    body   TEXT NOT NULL,
    PRIMARY KEY (salon, kind, id)
) STRICT;
CREATE INDEX record_parent ON record (salon, kind, parent, id) WHERE parent IS NOT NULL;

CREATE TABLE record_key (
    salon TEXT NOT NULL,
    kind  TEXT NOT NULL,
    key   TEXT NOT NULL,
    id    TEXT NOT NULL,
    PRIMARY KEY (salon, kind, key, id),
    FOREIGN KEY (salon, kind, id) REFERENCES record (salon, kind, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX record_key_record ON record_key (salon, kind, id);
