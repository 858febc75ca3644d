"""Who is who by others' hands, of the people in a CSV file: DuckDB groups by name and phone, Splink scores pairs. A line a measurement: what, count, ns.

Splink is given the blocking rules that cost it least: a pair that shares neither phone nor address nor birthday and 名 is not looked at.
"""

import logging
import sys
import time
import warnings

warnings.filterwarnings("ignore")

import duckdb
import splink
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

COLUMNS = "unique_id family given family_kana given_kana name phone email birthday"
TYPES = {name: "INTEGER" if name == "unique_id" else "VARCHAR" for name in COLUMNS.split()}
GROUPS = "SELECT name, phone, list(unique_id) FROM people WHERE phone IS NOT NULL GROUP BY name, phone HAVING count(*) > 1"
ROUNDS = 5


def timed(what, work):
    start = time.perf_counter_ns()
    count = work()
    print(f"{what}\t{count}\t{time.perf_counter_ns() - start}", flush=True)


def opened(file):
    database = duckdb.connect()
    database.execute("CREATE TABLE people AS SELECT * FROM read_csv($file, header = true, types = $types)", {"file": file, "types": TYPES})
    return database


def scored(database):
    logging.getLogger("splink").setLevel(logging.ERROR)
    often = "term_frequency_adjustments"
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.ExactMatch("family").configure(**{often: True}),
            cl.JaroWinklerAtThresholds("given").configure(**{often: True}),
            cl.ExactMatch("phone"),
            cl.ExactMatch("email"),
            cl.ExactMatch("birthday"),
        ],
        blocking_rules_to_generate_predictions=[block_on("phone"), block_on("email"), block_on("birthday", "given")],
    )
    linker = Linker(DuckDBAPI(database).register("people"), settings, log_level="ERROR")
    training = linker.training
    training.estimate_probability_two_random_records_match([block_on("phone", "family", "given")], recall=0.7)
    training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    training.estimate_parameters_using_expectation_maximisation(block_on("phone"))
    training.estimate_parameters_using_expectation_maximisation(block_on("family", "given"))
    start = time.perf_counter_ns()
    pairs = linker.inference.predict(threshold_match_probability=0.5)
    count = database.execute(f"SELECT count(*) FROM {pairs.physical_name}").fetchone()[0]
    print(f"predict\t{count}\t{time.perf_counter_ns() - start}", flush=True)
    return count


def main(file):
    database = opened(file)
    print(f"about\tDuckDB {duckdb.__version__}, Splink {splink.__version__}", flush=True)
    for _ in range(ROUNDS):
        timed("groups", lambda: len(database.execute(GROUPS).fetchall()))
    timed("scored", lambda: scored(database))


main(sys.argv[1])
