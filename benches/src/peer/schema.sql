-- What a careful programmer would write for the same screens: aggregates kept in columns, an index for every question that is asked.
CREATE TABLE customers (
    id INTEGER PRIMARY KEY, number INTEGER NOT NULL UNIQUE, version INTEGER NOT NULL DEFAULT 1, active INTEGER NOT NULL DEFAULT 1, merged_into INTEGER,
    family TEXT NOT NULL, given TEXT NOT NULL, family_kana TEXT, given_kana TEXT,
    name_key TEXT NOT NULL, search_key TEXT NOT NULL,
    phone TEXT, phone_digits TEXT, email TEXT, email_key TEXT, email_real INTEGER NOT NULL DEFAULT 0,
    birthday TEXT, gender TEXT, address TEXT, channel TEXT, line_user TEXT, line_name TEXT, comment TEXT, registered_on INTEGER NOT NULL,
    visits INTEGER NOT NULL DEFAULT 0, booked INTEGER NOT NULL DEFAULT 0, last_visit INTEGER, amount INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX customers_name ON customers (name_key);
CREATE INDEX customers_phone ON customers (phone_digits);
CREATE INDEX customers_email ON customers (email_key);
CREATE INDEX customers_last_visit ON customers (last_visit, number);
-- A merge keeps the source's contacts as secondary ones.
CREATE TABLE contacts (customer INTEGER NOT NULL, entered TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (customer, key)) WITHOUT ROWID;
CREATE TABLE reservations (
    id INTEGER PRIMARY KEY, customer INTEGER NOT NULL, version INTEGER NOT NULL DEFAULT 1, shop TEXT NOT NULL, staff TEXT,
    starts INTEGER NOT NULL, ends INTEGER NOT NULL, booked_by TEXT NOT NULL, booked_at INTEGER NOT NULL, comment TEXT, policy TEXT NOT NULL, deadline INTEGER NOT NULL,
    booking TEXT NOT NULL, open INTEGER NOT NULL, visited INTEGER NOT NULL, prepayment TEXT NOT NULL, fee TEXT NOT NULL, due INTEGER NOT NULL DEFAULT 0, price INTEGER NOT NULL
);
CREATE INDEX reservations_customer ON reservations (customer, starts);
CREATE INDEX reservations_due ON reservations (customer, due) WHERE due > 0;
CREATE TABLE lines (reservation INTEGER NOT NULL, place INTEGER NOT NULL, menu TEXT NOT NULL, price INTEGER NOT NULL, kind TEXT NOT NULL, PRIMARY KEY (reservation, place)) WITHOUT ROWID;
CREATE TABLE listings (id INTEGER PRIMARY KEY, customer INTEGER NOT NULL, list TEXT NOT NULL, memo TEXT NOT NULL, added_at INTEGER NOT NULL, added_by TEXT NOT NULL, stands INTEGER NOT NULL);
CREATE INDEX listings_customer ON listings (customer) WHERE stands;
CREATE TABLE merges (id INTEGER PRIMARY KEY, source INTEGER NOT NULL, target INTEGER NOT NULL, at INTEGER NOT NULL, actor TEXT NOT NULL, moved TEXT NOT NULL);
CREATE TABLE journal (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor TEXT NOT NULL, what TEXT NOT NULL, customer INTEGER, detail TEXT NOT NULL);
CREATE TABLE done (key TEXT PRIMARY KEY, answer TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE settings (id INTEGER PRIMARY KEY CHECK (id = 1), policy TEXT NOT NULL);
INSERT INTO settings VALUES (1, '{"deadline":{"hours":24},"tiers":[{"hoursBefore":24,"percent":50}],"noShow":{"percent":100}}');
