-- The search index of a salon as one block, so that a cold start need not read every record.
CREATE TABLE kept_index (
    salon TEXT PRIMARY KEY,
    block BLOB NOT NULL
) STRICT;
