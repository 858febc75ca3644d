"""What the tests share: a salon with a manager at the counter."""

import datetime
import unittest

import daicho

TOKYO = datetime.timezone(datetime.timedelta(hours=9))
MORNING = datetime.datetime(2026, 11, 21, 10, 0, tzinfo=TOKYO)
HOUR = datetime.timedelta(hours=1)
DAY = datetime.timedelta(days=1)
MANAGER = daicho.Actor(id="manager-1", role=daicho.Role.MANAGER)
FULLY_BOOKED = "申し訳ございませんが、ご希望の時間帯は予約がいっぱいとなっております。"


def form(phone="090-1234-5678", email="hanako@example.jp", **more):
    given = dict(family_name="山田", given_name="花子", family_kana="ヤマダ", given_kana="ハナコ", phones=[phone], emails=[email])
    return daicho.CustomerForm(**{**given, **more})


class SalonTest(unittest.TestCase):
    """Each test has a ledger in memory."""

    def setUp(self):
        self.ledger = daicho.Ledger.in_memory("salon-1")
        self.addCleanup(self.ledger.close)
        self.count = 0

    def context(self, now=MORNING, **more):
        self.count += 1
        given = dict(actor=MANAGER, channel=daicho.Channel.COUNTER, now=now, key="k{}".format(self.count))
        return daicho.CommandContext(**{**given, **more})

    def register(self, **fields):
        call = daicho.RegisterCustomer(path=daicho.EntryPath.COUNTER, form=form(**fields))
        return self.ledger.register_customer(call, self.context()).output.customer

    def card(self, customer):
        return self.ledger.get_customer(daicho.GetCustomer(customer=customer), MANAGER, MORNING)

    def book(self, customer, start=MORNING + DAY, tickets=(), **more):
        cut = daicho.Line(menu="cut", price=4400, kind=daicho.LineKind.BASIC)
        call = daicho.Book(customer=customer, shop="shop-1", lines=[cut], start=start, end=start + HOUR, tickets=list(tickets))
        return self.ledger.book(call, self.context(**more)).output.reservation

    def refusal(self, call, *arguments):
        with self.assertRaises(daicho.DaichoError) as caught:
            call(*arguments)
        return caught.exception
