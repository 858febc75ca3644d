"""A store as a host would write it: dictionaries behind a lock."""

import dataclasses
import threading

import daicho


@dataclasses.dataclass
class Shelf:
    head: daicho.Head = dataclasses.field(default_factory=daicho.Head)
    entries: list = dataclasses.field(default_factory=list)
    rows: dict = dataclasses.field(default_factory=dict)
    index: bytes | None = None


class DictStore(daicho.LedgerStore):
    def __init__(self):
        self.lock = threading.Lock()
        self.shelves = {}

    def load(self, salon, reads):
        with self.lock:
            shelf = self.shelf(salon)
            return daicho.Loaded(head=shelf.head, rows=[self.found(shelf, read) for read in reads])

    def scan(self, salon, kind, after, limit):
        with self.lock:
            shelf = self.shelf(salon)
            rows = [row for row in self.of_kind(shelf, kind) if after is None or row.id.encode() > after.encode()]
            return daicho.Page(head=shelf.head, rows=rows[:limit])

    def changes(self, salon, since, limit):
        with self.lock:
            return self.shelf(salon).entries[since : since + limit]

    def commit(self, salon, batch):
        with self.lock:
            shelf = self.shelf(salon)
            if shelf.head.sequence != batch.expected:
                raise daicho.StoreError.Conflict()
            if [entry.sequence for entry in batch.entries] != [batch.expected + n for n in range(1, len(batch.entries) + 1)]:
                raise daicho.StoreError.Failed("the entries do not follow on the log")
            shelf.entries += batch.entries
            for row in batch.puts:
                shelf.rows[row.kind, row.id] = row
            for name in batch.removes:
                shelf.rows.pop((name.kind, name.id), None)
            if batch.erases:
                shelf.index = None
            if batch.entries:
                last = batch.entries[-1]
                shelf.head = daicho.Head(sequence=last.sequence, hash=last.hash)

    def index(self, salon):
        with self.lock:
            return self.shelf(salon).index

    def keep_index(self, salon, block):
        with self.lock:
            self.shelf(salon).index = block

    def shelf(self, salon):
        return self.shelves.setdefault(salon, Shelf())

    def of_kind(self, shelf, kind):
        return sorted((row for row in shelf.rows.values() if row.kind == kind), key=lambda row: row.id.encode())

    def found(self, shelf, read):
        answers = {
            daicho.ReadBy.ID: lambda row: row.id == read.value,
            daicho.ReadBy.PARENT: lambda row: row.parent == read.value,
            daicho.ReadBy.KEY: lambda row: read.value in row.keys,
        }
        return [row for row in self.of_kind(shelf, read.kind) if answers[read.by](row)]
