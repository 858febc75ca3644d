-- What a careful programmer would write for the first nine questions: figures kept in columns; for each question an index that holds all it asks
-- about, in the order of its conditions to count by and in the order of the page to read by. The other questions find no index of their own.
CREATE TABLE customers (
    number INTEGER PRIMARY KEY, registered INTEGER NOT NULL, names TEXT NOT NULL, phone TEXT, email TEXT, line INTEGER NOT NULL,
    visits INTEGER NOT NULL, reservations INTEGER NOT NULL, cancellations INTEGER NOT NULL, late INTEGER NOT NULL, no_shows INTEGER NOT NULL,
    amount INTEGER NOT NULL, first_visit INTEGER, last_visit INTEGER, channel TEXT, newsletter INTEGER NOT NULL
);
CREATE TABLE last_menus (menu TEXT NOT NULL, number INTEGER NOT NULL, visits INTEGER NOT NULL, last_visit INTEGER, PRIMARY KEY (menu, number)) WITHOUT ROWID;
CREATE TABLE booked (customer INTEGER NOT NULL, day INTEGER NOT NULL, label TEXT NOT NULL, staff TEXT, shop TEXT NOT NULL, menus TEXT NOT NULL);
CREATE TABLE served (staff TEXT NOT NULL, customer INTEGER NOT NULL, PRIMARY KEY (staff, customer)) WITHOUT ROWID;
