import datetime
import unittest

import daicho

REGISTER = daicho.RegisterCustomer(name="山田", now=datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc))


class HostStore(daicho.LedgerStore):
    """A store as a host would write it."""

    def __init__(self):
        self.head = daicho.Head(sequence=0, hash="")
        self.entries = []
        self.rows = {}
        self.failure = None

    def load(self, kind, keys):
        rows = self.scan(kind).rows
        return daicho.Loaded(head=self.head, rows=[row for row in rows if row.id in keys or set(row.keys) & set(keys)])

    def scan(self, kind):
        if self.failure is not None:
            raise self.failure
        return daicho.Loaded(head=self.head, rows=[row for row in self.rows.values() if row.kind == kind])

    def changes(self, since):
        if self.failure is not None:
            raise self.failure
        return [entry for entry in self.entries if entry.sequence > since]

    def commit(self, expected, head, entry, rows):
        if self.head.sequence != expected:
            raise daicho.StoreError.Conflict()
        self.head = head
        self.entries.append(entry)
        self.rows.update((row.id, row) for row in rows)


class HostStoreTest(unittest.TestCase):
    def setUp(self):
        self.store = HostStore()
        self.ledger = daicho.Ledger.over(self.store)
        self.addCleanup(self.ledger.close)

    def refusal(self, call, *arguments):
        with self.assertRaises(daicho.DaichoError) as caught:
            call(*arguments)
        return caught.exception

    def test_a_ledger_works_over_a_store_of_the_host(self):
        customer = self.ledger.register_customer(REGISTER)
        self.assertEqual(self.ledger.find_customer(daicho.FindCustomer(id=customer.id)), customer)
        self.assertEqual(self.store.head.sequence, 1)
        self.assertEqual(self.store.rows["c1"].keys, ["山田"])
        self.assertEqual(self.ledger.changes(0), [daicho.Entry(sequence=1, body="registered c1")])

    def test_a4_what_the_store_throws_on_purpose_comes_back_typed(self):
        self.store.failure = daicho.StoreError.Unavailable("disk full")
        refusal = self.refusal(self.ledger.register_customer, REGISTER)
        self.assertEqual(refusal.code, "store.unavailable")
        self.assertIn("disk full", refusal.detail)

    def test_a4_what_the_store_throws_by_mistake_comes_back_typed(self):
        self.store.failure = ZeroDivisionError("a mistake")
        refusal = self.refusal(self.ledger.changes, 0)
        self.assertEqual(refusal.code, "store.unexpected")
        self.assertIn("a mistake", refusal.detail)

    def test_a4_a_wrong_answer_of_the_store_comes_back_typed(self):
        self.store.changes = lambda since: ["no entry"]
        self.assertEqual(self.refusal(self.ledger.changes, 0).code, "store.unexpected")

    def test_the_ledger_goes_on_after_a_failure_of_the_store(self):
        self.store.failure = RuntimeError()
        self.refusal(self.ledger.register_customer, REGISTER)
        self.store.failure = None
        self.assertEqual(self.ledger.register_customer(REGISTER).id, "c1")


if __name__ == "__main__":
    unittest.main()
