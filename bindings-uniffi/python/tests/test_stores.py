import pathlib
import tempfile

import daicho
from dict_store import DictStore
from salon import MANAGER, MORNING, SalonTest


class ConformanceTest(SalonTest):
    def test_a_store_written_in_python_passes_every_check(self):
        results = daicho.check_store(DictStore())
        self.assertEqual([(result.name, result.detail) for result in results if not result.passed], [])
        self.assertGreaterEqual(len(results), 40)

    def test_a_store_that_ignores_what_is_expected_fails_a_check(self):
        class Careless(DictStore):
            def commit(self, salon, batch):
                batch.expected = self.shelf(salon).head.sequence
                super().commit(salon, batch)

        failed = [result.name for result in daicho.check_store(Careless()) if not result.passed]
        self.assertTrue(failed)


class HostStoreTest(SalonTest):
    def setUp(self):
        super().setUp()
        self.store = DictStore()
        self.ledger = daicho.Ledger.over(self.store, "salon-1")
        self.addCleanup(self.ledger.close)

    def test_a_ledger_works_over_a_store_of_the_host(self):
        who = self.register()
        self.assertEqual(self.card(who).customer.family_name, "山田")
        shelf = self.store.shelves["salon-1"]
        self.assertEqual((shelf.head.sequence, len(shelf.entries)), (1, 1))
        self.assertIn("phone:09012345678", shelf.rows["customer", "c1"].keys)

    def test_a4_what_the_store_throws_on_purpose_comes_back_typed(self):
        def unavailable(*_):
            raise daicho.StoreError.Unavailable("disk busy")

        self.store.load = unavailable
        error = self.refusal(self.card, "c1")
        self.assertEqual((error.code, error.retryable), ("store.unavailable", True))
        self.assertIn("disk busy", error.detail)

    def test_a4_what_the_store_throws_by_mistake_is_typed_and_does_not_quote_it(self):
        def mistake(*_):
            raise KeyError("山田")

        self.store.load = mistake
        error = self.refusal(self.card, "c1")
        self.assertEqual(error.code, "store.failed")
        self.assertIn("KeyError", error.detail)
        self.assertNotIn("山田", repr(error) + str(error))

    def test_a4_an_answer_of_a_wrong_type_is_typed(self):
        for answer in (None, 17, "rows", daicho.Head(), daicho.Loaded(head=None, rows=[]), daicho.Loaded(head=daicho.Head(), rows=[None])):
            self.store.load = lambda *_: answer
            self.assertEqual(self.refusal(self.card, "c1").code, "store.failed", answer)

    def test_a4_a_malformed_answer_is_corrupt(self):
        who = self.register()
        shelf = self.store.shelves["salon-1"]
        good = shelf.rows["customer", who]
        load = self.store.load

        def changed(**fields):
            given = dict(kind=good.kind, id=good.id, parent=good.parent, keys=good.keys, body=good.body)
            return daicho.Row(**{**given, **fields})

        head = shelf.head
        answers = {
            "too few lists": lambda loaded: loaded.rows.pop(),
            "too many lists": lambda loaded: loaded.rows.append([]),
            "twice": lambda loaded: loaded.rows.__setitem__(0, [good, good]),
            "another kind": lambda loaded: loaded.rows.__setitem__(0, [changed(kind="reservation")]),
            "no kind": lambda loaded: loaded.rows.__setitem__(0, [changed(kind="山田")]),
            "another id": lambda loaded: loaded.rows.__setitem__(0, [changed(id="c2")]),
            "no id": lambda loaded: loaded.rows.__setitem__(0, [changed(id="")]),
            "a parent": lambda loaded: loaded.rows.__setitem__(0, [changed(parent="c9")]),
            "fewer keys": lambda loaded: loaded.rows.__setitem__(0, [changed(keys=good.keys[1:])]),
            "no JSON": lambda loaded: loaded.rows.__setitem__(0, [changed(body="{山田")]),
            "another body": lambda loaded: loaded.rows.__setitem__(0, [changed(body="{}")]),
            "no hash": lambda loaded: setattr(loaded, "head", daicho.Head(sequence=head.sequence, hash="zz")),
        }
        for name, spoil in answers.items():
            with self.subTest(name):

                def spoiled(salon, reads):
                    loaded = load(salon, reads)
                    if reads[0].kind == "customer":
                        spoil(loaded)
                    return loaded

                self.store.load = spoiled
                error = self.refusal(self.card, who)
                self.assertEqual(error.code, "store.corrupt")
                self.assertNotIn("山田", str(error))

    def test_a_log_with_a_gap_is_corrupt(self):
        self.register()
        self.register(phone="080-1111-2222")
        changes = self.store.changes
        self.store.changes = lambda salon, since, limit: changes(salon, since + 1, limit)
        error = self.refusal(self.ledger.journal, daicho.ReadJournal(since=0, limit=5), MANAGER)
        self.assertEqual(error.code, "store.corrupt")

    def test_the_ledger_goes_on_after_a_failure_of_the_store(self):
        load, self.store.load = self.store.load, None
        self.assertEqual(self.refusal(self.card, "c1").code, "store.failed")
        self.store.load = load
        self.assertEqual(self.register(), "c1")

    def test_s13_a_search_over_a_store_of_the_host_finds_the_same(self):
        who = self.register()
        call = daicho.SearchCustomers(criteria=daicho.Criteria(name="やまだ"))
        self.assertEqual([row.id for row in self.ledger.search_customers(call, MANAGER, MORNING).customers], [who])


class SqliteTest(SalonTest):
    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = str(pathlib.Path(folder.name) / "salon.daicho")

    def test_a_file_that_is_opened_again_has_everything(self):
        with daicho.Ledger.open(self.path, "salon-1") as self.ledger:
            who = self.register()
        with daicho.Ledger.open(self.path, "salon-1") as self.ledger:
            self.assertEqual(self.card(who).customer.family_name, "山田")
            self.assertEqual(self.ledger.check(daicho.CheckLedger(), MANAGER).breaches, [])

    def test_a3_salons_in_one_file_do_not_see_each_other(self):
        with daicho.Ledger.open(self.path, "salon-1") as self.ledger:
            who = self.register()
        with daicho.Ledger.open(self.path, "salon-2") as self.ledger:
            self.assertEqual(self.refusal(self.card, who).code, "customer.not_found")

    def test_a_file_of_another_kind_is_refused_and_left_alone(self):
        pathlib.Path(self.path).write_bytes(b"something else entirely, and long enough to be no database")
        self.assertEqual(self.refusal(daicho.Ledger.open, self.path, "salon-1").code, "store.foreign")
        self.assertTrue(pathlib.Path(self.path).read_bytes().startswith(b"something else"))
