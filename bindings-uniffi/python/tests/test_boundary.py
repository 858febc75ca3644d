import inspect
import json
import pathlib
import tempfile

import daicho
from salon import MANAGER, MORNING, SalonTest, form

PERSONAL = ("山田", "花子", "ヤマダ", "ハナコ", "5678", "hanako")


class BoundaryTest(SalonTest):
    def quiet(self, value):
        for text in (str(value), repr(value)):
            for personal in PERSONAL:
                self.assertNotIn(personal, text)

    def test_a4_what_is_printed_holds_no_personal_data(self):
        who = self.register()
        self.ledger.add_listing(daicho.AddListing(customer=who, list=daicho.ListKind.WATCH, memo="山田さん"), self.context())
        criteria = daicho.Criteria(name="山田", phone="5678")
        search = daicho.SearchCustomers(criteria=criteria)
        self.quiet(form())
        self.quiet(self.card(who))
        self.quiet(self.card(who).customer)
        self.quiet(self.card(who).customer.phones)
        self.quiet(self.card(who).customer.emails)
        self.quiet(search)
        self.quiet(self.ledger.search_customers(search, MANAGER, MORNING))
        self.quiet(self.ledger.get_listings(daicho.GetListings(customer=who), MANAGER, MORNING))
        self.quiet(self.ledger.journal(daicho.ReadJournal(since=0, limit=10), MANAGER))
        self.quiet(daicho.Cell.TEXT("山田"))
        self.quiet(daicho.Row(kind="customer", id="c1", keys=["name:山田"], body="山田"))

    def test_a4_a_thrown_error_prints_no_personal_data(self):
        source, target = self.register(), self.register(phone="080-1111-2222", family_name="佐藤")
        call = daicho.MergeCustomers(source=source, target=target, fingerprint="")
        error = self.refusal(self.ledger.merge, call, self.context())
        self.assertIn("山田", error.data.text)
        self.quiet(error)

    def test_a4_every_record_prints_by_rust_and_not_by_its_fields(self):
        for name in daicho.__all__:
            found = getattr(daicho, name)
            if isinstance(found, type) and found.__module__ == "daicho" and not issubclass(found, Exception):
                with self.subTest(name):
                    self.assertFalse("_generated" in repr(found))
                    if "__eq__" in vars(found) and "__str__" in vars(found) and name not in ("Head", "PrivateJson"):
                        self.assertIs(found.__str__, found.__repr__)

    def test_a4_a_malformed_id_is_a_typed_error(self):
        error = self.refusal(self.card, "17")
        self.assertEqual(error.code, "access.bad_id")
        self.assertEqual(str(error), "access.bad_id: " + error.detail)
        self.assertEqual(self.refusal(daicho.Ledger.in_memory, "a salon").code, "access.bad_id")

    def test_a4_a_malformed_id_has_one_code_whether_typed_or_as_json(self):
        request = {"operation": "getCustomer", "input": {"customer": "17"}, "actor": {"id": "m", "role": "manager"}, "now": 1795222800000}
        error = json.loads(self.ledger.call(json.dumps(request)))["error"]
        self.assertEqual((error["code"], error["fields"]), ("access.bad_id", ["customer"]))

    def test_a_file_is_a_path_of_any_kind(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "台帳.daicho"
            with daicho.Ledger.open(path, "salon-1") as ledger:
                self.assertIs(type(ledger), daicho.Ledger)
                call = daicho.RegisterCustomer(path=daicho.EntryPath.COUNTER, form=form())
                self.assertEqual(ledger.register_customer(call, self.context()).output.number, 1)
            with daicho.Ledger.open(str(path), "salon-1") as ledger:
                self.assertEqual(ledger.get_customer(daicho.GetCustomer(customer="c1"), MANAGER, MORNING).customer.number, 1)
        with self.assertRaises(TypeError):
            daicho.Ledger.open(7, "salon-1")

    def test_a1_entropy_is_sixteen_bytes(self):
        call = daicho.RegisterCustomer(path=daicho.EntryPath.COUNTER, form=form())
        error = self.refusal(self.ledger.register_customer, call, self.context(entropy=b"short"))
        self.assertEqual(error.code, "ledger.bad_request")
        self.assertFalse(self.ledger.register_customer(call, self.context(entropy=bytes(16))).replayed)

    def test_i5_a_rehearsal_answers_and_keeps_nothing(self):
        call = daicho.RegisterCustomer(path=daicho.EntryPath.COUNTER, form=form())
        with self.ledger.rehearsal() as rehearsal:
            self.assertEqual(rehearsal.register_customer(call, self.context()).output.customer, "c1")
            self.assertEqual(rehearsal.get_customer(daicho.GetCustomer(customer="c1"), MANAGER, MORNING).customer.number, 1)
        self.assertEqual(self.refusal(self.card, "c1").code, "customer.not_found")

    def test_any_operation_can_be_asked_as_json(self):
        request = {"operation": "getSettings", "input": {}, "actor": {"id": "m", "role": "manager"}, "now": 1795222800000}
        self.assertEqual(json.loads(self.ledger.call(json.dumps(request)))["ok"]["placeholderDomain"], "leporto.com")
        self.assertEqual(json.loads(self.ledger.call("{"))["error"]["code"], "ledger.bad_request")

    def test_a_record_equals_nothing_of_another_kind(self):
        customer = self.card(self.register()).customer
        self.assertEqual(customer, self.card("c1").customer)
        self.assertNotEqual(customer, None)
        self.assertNotEqual(customer, "c1")

    def test_a_record_takes_its_own_fields_and_no_others(self):
        settings = self.ledger.get_settings(daicho.GetSettings(), MANAGER, MORNING)
        with self.assertRaisesRegex(AttributeError, "Settings has no field 'unmergeDays'; it has 'unmerge_days'"):
            settings.unmergeDays = 30
        settings.unmerge_days = 30
        self.assertEqual(settings.unmerge_days, 30)

        class Call(daicho.RegisterByPhone):
            pass

        call = Call(family_name="ヤマダ", given_name="ハナコ", phone="090-1234-5678")
        call.desk = 3
        self.assertEqual(call.desk, 3)

    def test_a_closed_ledger_refuses(self):
        with daicho.Ledger.in_memory("salon-1") as ledger:
            self.assertEqual(ledger.salon(), "salon-1")
        ledger.close()
        with self.assertRaises(ValueError):
            ledger.salon()

    def test_every_ledger_that_is_made_of_another_is_closed_alike(self):
        with daicho.Ledger.in_memory("salon-1") as ledger:
            for made in (ledger.rehearsal(), ledger.with_block_key(bytes(32))):
                with made as other:
                    self.assertEqual(other.salon(), "salon-1")
                self.assertRaises(ValueError, made.salon)
            self.assertEqual(ledger.salon(), "salon-1")

    def test_every_operation_says_what_it_does(self):
        for name, method in inspect.getmembers(daicho.Ledger, inspect.isfunction):
            if not name.startswith("_"):
                self.assertTrue(inspect.getdoc(method), name)

    def test_every_public_name_is_of_the_package(self):
        for name in daicho.__all__:
            self.assertTrue(hasattr(daicho, name), name)
        self.assertEqual(daicho.Customer.__module__, "daicho")
