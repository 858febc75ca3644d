"""Polars by hand: frames in the order of the page, so that a filter's first fifty are the page."""

import polars as pl
from polars import col, lit

from talk import main, questions

CUSTOMERS, LAST_MENUS, BOOKED, SERVED = "customers.arrow", "last_menus.arrow", "booked.arrow", "served.arrow"
SMALL = {"visits": pl.UInt16, "cancellations": pl.UInt16, "late": pl.UInt16, "no_shows": pl.UInt16, "line": pl.UInt8, "newsletter": pl.UInt8}
DAYS = {"registered": pl.Int32, "first_visit": pl.Int32, "last_visit": pl.Int32, "amount": pl.Int32, "number": pl.Int32}
TEXTS = {"phone": pl.String, "email": pl.String, "names": pl.String, "channel": pl.String, "last_menus": pl.String}
LIVE = ["tentative", "prepaymentUnpaid", "upcoming", "prepaid", "visited"]


def prepare(folder):
    customers = pl.read_csv(folder / "customers.csv", schema_overrides=SMALL | DAYS | TEXTS)
    customers = customers.sort("last_visit", "number", descending=[True, False], nulls_last=True)
    menus = customers.select("number", "visits", "last_menus").with_columns(col("last_menus").str.strip_chars().str.split(" ").alias("menu"))
    menus = menus.explode("menu").drop_nulls("menu").drop("last_menus").with_columns(col("menu").cast(pl.Categorical))
    booked = pl.read_csv(folder / "reservations.csv", schema_overrides={"customer": pl.Int32, "day": pl.Int32, "staff": pl.String, "menus": pl.String})
    booked = booked.with_columns(col("label", "staff", "shop").cast(pl.Categorical))
    served = booked.filter(col("label") == "visited").select("staff", "customer").drop_nulls().unique().sort("staff", "customer")
    customers.drop("last_menus").with_columns(col("channel").cast(pl.Categorical)).write_ipc(folder / CUSTOMERS)
    menus.write_ipc(folder / LAST_MENUS)
    booked.write_ipc(folder / BOOKED)
    served.write_ipc(folder / SERVED)


def opened(folder):
    customers, menus, booked, served = (pl.read_ipc(folder / name) for name in (CUSTOMERS, LAST_MENUS, BOOKED, SERVED))
    t = questions(folder)["terms"]
    today = t["today"]

    def has(column, part):
        return col(column).str.contains(part, literal=True)

    def among(frame):
        return col("number").is_in(frame.get_column("customer").implode())

    def q7():
        regulars = served.filter(col("staff") == t["staff"])
        # Six visits at all and a last one in time come first: both lie in the customer's row.
        likely = customers.filter((col("visits") >= 6) & (col("last_visit") >= t["trailingFrom"]) & among(regulars))
        late = booked.filter(
            (col("day") >= t["trailingFrom"]) & (col("label") == "visited") & col("customer").is_in(likely.get_column("number").implode())
        )
        often = late.group_by("customer").len().filter(col("len") >= 6)
        return likely.filter(among(often))

    def q10():
        cancelled = col("label").is_in(["cancelled", "feeUnpaid"]) & (col("staff") == t["otherStaff"])
        return customers.filter(among(booked.filter(cancelled & col("day").is_between(today - 180, today))))

    def q11():
        booked_it = booked.filter(col("label").is_in(LIVE) & has("menus", f" {t['notMenu']} "))
        flags = (col("visits") >= 1) & (col("line") == 0) & (col("newsletter") == 0) & (col("late") == 0)
        return customers.filter(flags & col("channel").ne_missing(lit(t["notChannel"], dtype=pl.Categorical)) & ~among(booked_it))

    def q14():
        of = menus.filter(col("menu").is_in(t["menus"])).get_column("number")
        return customers.filter(col("amount").is_between(*t["yen"]) & col("number").is_in(of.implode()))

    often, recent = col("visits") >= 10, col("last_visit") >= today - 90
    between = col("visits").is_between(3, 9) & col("last_visit").is_between(today - 180, today - 91)
    span = pl.max_horizontal(today - col("first_visit") + 1, lit(90, dtype=pl.Int32))
    asked = {
        "Q1": lambda: customers.filter((col("last_visit") <= t["halfYearAgo"]) & (col("visits") >= 3)),
        "Q2": lambda: customers.filter((col("cancellations") >= 3) & (col("late") > 0)),
        "Q3": lambda: customers.filter((col("line") == 0) & (col("visits") >= 2)),
        "Q4": lambda: menus.filter((col("menu") == t["lastMenu"]) & (col("visits") >= 5)),
        "Q5": lambda: customers.filter((col("visits") == 1) & (col("registered") >= t["monthAgo"])),
        "Q6a": lambda: customers.filter(has("names", t["name"])),
        "Q6b": lambda: customers.filter(has("names", t["nameAcross"])),
        "Q7": q7,
        "Q8": lambda: customers.filter(has("phone", t["phoneEnd"]) & has("email", t["emailStart"])),
        "Q9": lambda: customers.filter(has("names", t["nameShort"])),
        "Q10": q10,
        "Q11": q11,
        "Q12": lambda: customers.filter((col("visits").cast(pl.Int32) * 90 >= 3 * span) & (col("visits") >= 1)),
        "Q13": lambda: customers.filter((often & recent) | between),
        "Q14": q14,
        "Q15": lambda: customers.filter((col("visits") >= 5) & has("email", t["emailPart"])),
        "Q16": lambda: customers.filter((col("no_shows") > 0) & col("registered").is_between(*t["month"])),
        "Q17": lambda: customers.filter((col("newsletter") == 1) & (col("channel") == t["channel"])),
    }

    def ask(name):
        found = asked[name]().get_column("number")
        return found.len(), found.head(50).to_list()

    return ask


main(f"Polars {pl.__version__} in Python", prepare, opened)
