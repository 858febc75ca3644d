-- What an erasure still owes: a row from its commit on, until the file is swept of what the old rows left behind.
CREATE TABLE owed_sweep (since INTEGER PRIMARY KEY) STRICT;
