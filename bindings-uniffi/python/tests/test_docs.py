"""What the pages show runs."""

import contextlib
import io
import os
import pathlib
import re
import tempfile

import daicho
from salon import MANAGER, MORNING, SalonTest

ROOT = pathlib.Path(__file__).resolve().parents[3]


def run_shown(page):
    """Runs what a page shows of Python; answers what it defines."""
    defined = {}
    shown = re.search("```python\n(.*?)```", (ROOT / page).read_text("utf-8"), re.DOTALL).group(1)
    exec(compile(shown, page, "exec"), defined)
    return defined


class DocsTest(SalonTest):
    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def test_the_first_lines_of_the_package_run(self):
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(self.folder)
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            run_shown("bindings-uniffi/README.md")
        self.assertEqual(printed.getvalue(), "c1\n1 ['c1']\nsearch.query 8文字目: 次のいずれかが要ります: 数\n")

    def test_the_import_of_the_page_runs(self):
        file = self.folder / "顧客名簿.csv"
        file.write_text("姓,名\r\n佐藤,春子\r\n,夏子\r\n", "utf-8")
        said = []
        import_book = run_shown("docs/import.md")["import_book"]
        import_book(self.ledger, file, said.append)
        self.assertEqual(said, ["成功 1件、エラー 1件、登録済み 0件", "1件"])
        with self.ledger.rehearsal() as rehearsal:
            mend = rehearsal.import_file(self.folder / "エラー.xlsx", "import-2", self.context())
        self.assertEqual((mend.counts.errors, mend.ignored), (1, []))
        file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
        import_book(self.ledger, file, said.append)
        self.assertEqual(said[2:], [".xlsx で保存し直してください"])
