"""DuckDB by hand: tables in the order of the page, the SQL of src/beside/sql.rs."""

import duckdb

from talk import main, questions

FILE = "salon.duckdb"

TABLES = """
CREATE TABLE customers AS SELECT * EXCLUDE (last_menus) FROM loaded ORDER BY last_visit DESC NULLS LAST, number;
CREATE TABLE last_menus AS
    SELECT menu, number, visits, last_visit
    FROM (SELECT unnest(string_split(trim(last_menus), ' ')) AS menu, number, visits, last_visit FROM loaded WHERE last_menus IS NOT NULL)
    ORDER BY menu, last_visit DESC, number;
CREATE TABLE booked AS SELECT * FROM read_csv($folder || '/reservations.csv', header = true, types = {'staff': 'VARCHAR', 'menus': 'VARCHAR'});
CREATE TABLE served AS SELECT DISTINCT staff, customer FROM booked WHERE label = 'visited' AND staff IS NOT NULL ORDER BY staff, customer;
"""
LOADED = """
CREATE TEMP TABLE loaded AS SELECT * FROM read_csv($folder || '/customers.csv', header = true, types = {
    'registered': 'INTEGER', 'phone': 'VARCHAR', 'names': 'VARCHAR', 'email': 'VARCHAR', 'visits': 'USMALLINT', 'reservations': 'USMALLINT',
    'cancellations': 'USMALLINT', 'late': 'USMALLINT', 'no_shows': 'USMALLINT', 'line': 'UTINYINT', 'newsletter': 'UTINYINT', 'amount': 'INTEGER',
    'first_visit': 'INTEGER', 'last_visit': 'INTEGER', 'last_menus': 'VARCHAR', 'channel': 'VARCHAR', 'number': 'INTEGER'})
"""


def prepare(folder):
    with duckdb.connect(folder / FILE) as database:
        database.execute(LOADED, {"folder": str(folder)})
        for statement in TABLES.split(";\n"):
            if statement.strip():
                database.execute(statement, {"folder": str(folder)} if "$folder" in statement else None)


def opened(folder):
    database = duckdb.connect(folder / FILE, read_only=True, config={"threads": 1})
    for question in questions(folder)["questions"]:
        for part, sql in question["duckdb"].items():
            database.execute(f"PREPARE {part}_{question['name']} AS {sql}")

    def ask(name):
        total = database.execute(f"EXECUTE count_{name}").fetchone()[0]
        return total, [row[0] for row in database.execute(f"EXECUTE page_{name}").fetchall()]

    return ask


main(f"DuckDB {duckdb.__version__} in Python", prepare, opened)
