import pathlib
import tempfile

import daicho
from salon import SalonTest

FILE = "姓,名,電話番号,メールアドレス\r\n佐藤,春子,090-0000-0001,haru@example.jp\r\n,夏子,090-0000-0002,\r\n佐藤,春子,090-0000-0001,\r\n"


class ImportTest(SalonTest):
    def test_i2_each_row_ends_as_exactly_one_of_three(self):
        report = self.ledger.import_bytes(FILE.encode(), "import-1", self.context())
        self.assertEqual((report.counts.imported, report.counts.errors, report.counts.existing), (1, 1, 1))
        self.assertEqual([row.row for row in report.rows], [2, 3, 4])
        self.assertTrue(report.finished)
        problem = report.rows[1].result.problems[0]
        self.assertTrue(report.rows[1].result.is_ERROR(), problem)

    def test_i5_running_again_doubles_nothing_and_a_rehearsal_is_the_run(self):
        with self.ledger.rehearsal() as rehearsal:
            preview = rehearsal.import_bytes(FILE.encode(), "import-1", self.context())
        first = self.ledger.import_bytes(FILE.encode(), "import-1", self.context())
        again = self.ledger.import_bytes(FILE.encode(), "import-1", self.context())
        self.assertEqual(preview, first)
        self.assertEqual(first, again)
        self.assertEqual(self.card("c1").customer.family_name, "佐藤")
        self.assertEqual(self.refusal(self.card, "c2").code, "customer.not_found")

    def test_i1_the_template_is_read_back(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "顧客情報テンプレート.xlsx"
            path.write_bytes(daicho.import_template())
            report = self.ledger.import_file(str(path), "import-1", self.context())
        self.assertEqual((report.counts.errors, report.ignored), (0, []))
        self.assertTrue(daicho.import_template_csv(shift_jis=True).startswith("姓".encode("cp932")))

    def test_a_listener_hears_of_each_commit_and_may_break_off(self):
        rows = "姓,名\r\n" + "".join("佐藤,{}子\r\n".format(chr(0x4E00 + n)) for n in range(1200))

        class Listener(daicho.ImportListener):
            heard = []

            def on_progress(self, so_far):
                self.heard.append(so_far.imported)
                return len(self.heard) < 2

        report = self.ledger.import_bytes(rows.encode(), "import-1", self.context(), Listener())
        self.assertEqual(Listener.heard, [500, 1000])
        self.assertEqual((report.finished, report.counts.imported), (False, 1000))
        report = self.ledger.import_bytes(rows.encode(), "import-1", self.context())
        self.assertEqual((report.finished, report.counts.imported), (True, 1200))

    def test_a4_a_listener_that_throws_is_typed(self):
        class Listener(daicho.ImportListener):
            def on_progress(self, so_far):
                raise ZeroDivisionError("山田")

        error = self.refusal(self.ledger.import_bytes, FILE.encode(), "import-1", self.context(), Listener())
        self.assertEqual(error.code, "import.listener")
        self.assertIn("ZeroDivisionError", error.detail)
        self.assertNotIn("山田", str(error))

    def test_i7_what_is_no_sheet_is_refused(self):
        self.assertEqual(self.refusal(self.ledger.import_bytes, b"PK\3\4 no workbook", "import-1", self.context()).code[:6], "sheet.")
        self.assertEqual(self.refusal(self.ledger.import_bytes, b"", "import-1", self.context()).code, "import.no_heading")
        error = self.refusal(self.ledger.import_file, "/nowhere/at-all.xlsx", "import-1", self.context())
        self.assertEqual(error.code, "sheet.unreadable")
