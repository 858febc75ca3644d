import csv
import datetime
import io
import pathlib
import tempfile

import daicho
import openpyxl
import openpyxl.utils.datetime
import openpyxl.utils.escape
from salon import SalonTest

FILE = "姓,名,電話番号,メールアドレス\r\n佐藤,春子,090-0000-0001,haru@example.jp\r\n,夏子,090-0000-0002,\r\n佐藤,春子,090-0000-0001,\r\n"


# What somebody puts before a sign, and no program shows.
BEFORE = ["", " ", "\u3000", "\u00a0", "\t", "\n", "\r\n", '"', '""', "\u200b", "\ufeff ", "\u200e", "\u202e", "\u00ad", "\u2060\t", " \"\t", "\u180e"]


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

    def test_i5_another_file_under_the_same_id_is_told_what_to_do(self):
        self.ledger.import_bytes(FILE.encode(), "import-1", self.context())
        error = self.refusal(self.ledger.import_bytes, FILE.replace("春子", "秋子").encode(), "import-1", self.context())
        self.assertEqual((error.code, error.fields), ("import.other_file", ["import"]))
        self.assertIn("under a new id", error.detail)

    def test_i1_the_template_is_read_back(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "顧客情報テンプレート.xlsx"
            path.write_bytes(daicho.import_template())
            report = self.ledger.import_file(path, "import-1", self.context())
        # Its sample row is nobody.
        self.assertEqual((report.counts.imported, report.counts.errors, report.ignored), (0, 1, []))
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

        class Ear(daicho.ImportListener):
            heard = []

            def on_progress(self, so_far):
                self.heard.append(so_far.imported)

        # Whoever answers nothing wants to hear, and not to stop.
        report = self.ledger.import_bytes(rows.encode(), "import-1", self.context(), Ear())
        self.assertEqual((report.finished, Ear.heard), (True, [500, 1000, 1200]))

    def test_a4_a_listener_that_throws_is_typed(self):
        class Listener(daicho.ImportListener):
            def on_progress(self, so_far):
                raise ZeroDivisionError("山田")

        error = self.refusal(self.ledger.import_bytes, FILE.encode(), "import-1", self.context(), Listener())
        self.assertEqual(error.code, "import.listener")
        self.assertIn("ZeroDivisionError", error.detail)
        self.assertNotIn("山田", str(error))

    def test_i2_staff_are_told_in_japanese_what_is_wrong(self):
        report = self.ledger.import_bytes(FILE.encode(), "import-1", self.context())
        said = [problem.japanese for row in report.rows if row.result.is_error() for problem in row.result.problems]
        self.assertEqual(said, ["姓：必須項目です。入力してください。"])

    def test_i7_what_is_no_sheet_is_refused(self):
        self.assertEqual(self.refusal(self.ledger.import_bytes, b"PK\3\4 no workbook", "import-1", self.context()).code[:6], "sheet.")
        self.assertEqual(self.refusal(self.ledger.import_bytes, b"", "import-1", self.context()).code, "import.no_heading")
        error = self.refusal(self.ledger.import_file, "/nowhere/at-all.xlsx", "import-1", self.context())
        self.assertEqual(error.code, "sheet.unreadable")

    def test_i2_what_was_refused_comes_back_is_mended_and_imported_again(self):
        report = self.ledger.import_bytes(FILE.encode(), "import-1", self.context())
        workbook = openpyxl.load_workbook(io.BytesIO(daicho.error_workbook(FILE.encode(), report)))
        sheet = workbook.active
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        self.assertEqual(rows[0], ["姓", "名", "電話番号", "メールアドレス", "元の行番号", "エラー理由"])
        self.assertEqual(rows[1:], [[None, "夏子", "090-0000-0002", None, 3, "姓：必須項目です。入力してください。"]])
        sheet["A2"] = "鈴木"
        mended = io.BytesIO()
        workbook.save(mended)
        report = self.ledger.import_bytes(mended.getvalue(), "import-2", self.context())
        self.assertEqual((report.counts.imported, report.counts.errors, report.ignored), (1, 0, []))

    def test_i4_dates_and_numbers_to_mend_stay_what_they_are(self):
        for epoch in (openpyxl.utils.datetime.WINDOWS_EPOCH, openpyxl.utils.datetime.MAC_EPOCH):
            workbook = openpyxl.Workbook()
            workbook.epoch = epoch
            birthday = datetime.datetime(1990, 4, 1)
            for row in (["姓", "名", "生年月日", "電話番号"], [None, "太郎", birthday, 9012345678], [None, "二郎", birthday, True]):
                workbook.active.append(row)
            file = io.BytesIO()
            workbook.save(file)
            with self.ledger.rehearsal() as rehearsal:
                report = rehearsal.import_bytes(file.getvalue(), "import-1", self.context())
            mended = openpyxl.load_workbook(io.BytesIO(daicho.error_workbook(file.getvalue(), report)))
            self.assertEqual(mended.epoch, epoch)
            rows = [[cell.value for cell in row[:5]] for row in mended.active.iter_rows(min_row=2)]
            self.assertEqual(rows, [[None, "太郎", birthday, 9012345678, 2], [None, "二郎", birthday, True, 3]])

    def test_i6_what_was_refused_holds_no_formula(self):
        payloads = [before + sign + rest for before in BEFORE for sign in "=+-@＝＋－＠" for rest in ("1+1", "cmd|'/C calc'!A0", 'HYPERLINK("http://x.example")')]
        self.assertGreaterEqual(len(set(payloads)), 400)
        written = io.StringIO(newline="")
        csv.writer(written).writerows([["姓", "名", "備考", "=1+1"], *([None, "太郎", payload, payload] for payload in payloads)])
        file = written.getvalue().encode("utf-8-sig")
        report = self.ledger.import_bytes(file, "import-1", self.context())
        self.assertEqual(report.counts.errors, len(payloads))
        sheet = openpyxl.load_workbook(io.BytesIO(daicho.error_workbook(file, report))).active
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        self.assertEqual({cell.data_type for cell in cells}, {"s", "n"})
        rows = [[openpyxl.utils.escape.unescape(cell.value) for cell in row[2:4]] for row in sheet.iter_rows(min_row=2)]
        self.assertEqual(rows, [[payload] * 2 for payload in payloads])
