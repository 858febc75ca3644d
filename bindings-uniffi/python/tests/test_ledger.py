import datetime
import unittest

import daicho

NOW = datetime.datetime(2026, 11, 21, 10, 0, 0, 123000, tzinfo=datetime.timezone.utc)


class LedgerTest(unittest.TestCase):
    def setUp(self):
        self.ledger = daicho.Ledger.in_memory()
        self.addCleanup(self.ledger.close)

    def test_c1_a_registered_customer_is_found_with_all_its_fields(self):
        birthday = datetime.date(1990, 2, 28)
        customer = self.ledger.register_customer(daicho.RegisterCustomer(name="山田 太郎", birthday=birthday, now=NOW))
        expected = daicho.Customer(id="c1", name="山田 太郎", birthday=birthday, registered_at=NOW, total=0)
        self.assertEqual(customer, expected)
        self.assertEqual(self.ledger.find_customer(daicho.FindCustomer(id="c1")), customer)
        self.assertIsNone(self.ledger.find_customer(daicho.FindCustomer(id="c2")))

    def test_c6_a_birthday_is_optional(self):
        customer = self.ledger.register_customer(daicho.RegisterCustomer(name="𠮷田", now=NOW))
        self.assertIsNone(customer.birthday)

    def test_t1_an_instant_without_a_zone_is_refused(self):
        with self.assertRaises(TypeError):
            self.ledger.register_customer(daicho.RegisterCustomer(name="山田", now=datetime.datetime(2026, 11, 21)))

    def test_t1_an_instant_is_the_same_in_any_zone(self):
        in_tokyo = NOW.astimezone(datetime.timezone(datetime.timedelta(hours=9)))
        customer = self.ledger.register_customer(daicho.RegisterCustomer(name="山田", now=in_tokyo))
        self.assertEqual(customer.registered_at, NOW)
        self.assertEqual(customer.registered_at.tzinfo, datetime.timezone.utc)

    def test_a1_the_journal_answers_what_changed(self):
        self.ledger.register_customer(daicho.RegisterCustomer(name="山田", now=NOW))
        self.assertEqual(self.ledger.changes(0), [daicho.Entry(sequence=1, body="registered c1")])
        self.assertEqual(self.ledger.changes(1), [])

    def test_a4_a_refusal_carries_code_detail_and_fields(self):
        with self.assertRaises(daicho.DaichoError) as caught:
            self.ledger.register_customer(daicho.RegisterCustomer(name=" ", now=NOW))
        self.assertEqual(caught.exception.code, "customer.name_missing")
        self.assertEqual(caught.exception.detail, "a name is required")
        self.assertEqual(caught.exception.fields, ["name"])
        self.assertEqual(str(caught.exception), "customer.name_missing: a name is required")

    def test_a4_a_malformed_id_is_a_typed_error(self):
        with self.assertRaises(daicho.DaichoError) as caught:
            self.ledger.find_customer(daicho.FindCustomer(id="17"))
        self.assertEqual(caught.exception.code, "id.malformed")

    def test_a4_what_a_record_prints_holds_no_personal_data(self):
        customer = self.ledger.register_customer(daicho.RegisterCustomer(name="山田", now=NOW))
        self.assertNotIn("山田", str(customer))
        self.assertNotIn("山田", repr(customer))

    def test_a_record_equals_nothing_of_another_kind(self):
        customer = self.ledger.register_customer(daicho.RegisterCustomer(name="山田", now=NOW))
        self.assertNotEqual(customer, None)
        self.assertNotEqual(customer, "c1")

    def test_a_closed_ledger_refuses(self):
        with daicho.Ledger.in_memory() as ledger:
            self.assertEqual(ledger.changes(0), [])
        ledger.close()
        with self.assertRaises(ValueError):
            ledger.changes(0)

    def test_every_public_name_is_of_the_package(self):
        for name in daicho.__all__:
            self.assertTrue(hasattr(daicho, name), name)
        self.assertEqual(daicho.Customer.__module__, "daicho")


if __name__ == "__main__":
    unittest.main()
