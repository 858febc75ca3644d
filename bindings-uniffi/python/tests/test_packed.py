import base64
import datetime
import json

import daicho
from daicho import PackedColumn
from salon import DAY, MANAGER, MORNING, SalonTest


class PackedTest(SalonTest):
    def packed(self, *columns, **more):
        call = daicho.PackCustomers(criteria=daicho.Criteria(), columns=list(columns), **more)
        return self.ledger.pack_customers(call, MANAGER, MORNING)

    def salon(self):
        """One who came yesterday and paid, one who came never, one by phone."""
        came = self.register()
        visit = self.book(came, start=MORNING - DAY)
        self.ledger.move_reservation(daicho.MoveReservation(reservation=visit, to=daicho.Move.VISIT()), self.context())
        never = self.register(phone="080-1111-2222", email="second@example.jp")
        call = daicho.RegisterByPhone(family_name="スズキ", given_name="ハル", phone="090-1234-5673")
        return [came, never, self.ledger.register_by_phone(call, self.context()).output.customer]

    def test_s9_packed_customers_are_the_found_ones_and_their_columns_what_their_rows_say(self):
        everybody = self.salon()
        answer = self.packed(PackedColumn.VISITS, PackedColumn.AMOUNT, PackedColumn.LAST_VISIT, PackedColumn.PHONE_REGISTRATION)
        found = self.ledger.find_customers(daicho.FindCustomers(), MANAGER, MORNING)
        unpacked = daicho.unpack(answer.packed)
        self.assertEqual((answer.total, answer.sequence, answer.cursor), (found.total, found.sequence, found.cursor))
        self.assertEqual([daicho.customer_id(ordinal) for ordinal in unpacked.customers], found.customers)
        self.assertEqual(found.customers, everybody)
        rows = self.ledger.get_customer_rows(daicho.GetCustomerRows(customers=everybody), MANAGER, MORNING).customers
        columns = unpacked.columns
        self.assertEqual(list(columns[PackedColumn.VISITS]), [row.visits for row in rows])
        self.assertEqual(list(columns[PackedColumn.AMOUNT]), [row.amount for row in rows])
        days = [daicho.day(number) for number in columns[PackedColumn.LAST_VISIT]]
        self.assertEqual(days, [row.last_visit for row in rows])
        self.assertEqual(days, [datetime.date(2026, 11, 20), None, None])
        self.assertEqual(list(columns[PackedColumn.AMOUNT]), [4400, 0, 0])
        self.assertEqual(list(columns[PackedColumn.PHONE_REGISTRATION]), [False, False, True])
        self.assertEqual(len(unpacked), 3)

    def test_s9_every_column_is_packed_in_pages_too(self):
        self.salon()
        first = self.packed(*PackedColumn, page_size=2)
        second = self.packed(*PackedColumn, page_size=2, cursor=first.cursor)
        self.assertIsNone(second.cursor)
        whole, pages = daicho.unpack(self.packed(*PackedColumn).packed), [daicho.unpack(page.packed) for page in (first, second)]
        self.assertEqual(list(whole.columns), list(PackedColumn))
        for column in PackedColumn:
            self.assertEqual(list(whole.columns[column]), [value for page in pages for value in page.columns[column]], column)

    def test_s9_nobody_is_packed_too(self):
        unpacked = daicho.unpack(self.packed(*PackedColumn).packed)
        self.assertEqual((len(unpacked), list(unpacked.customers)), (0, []))
        self.assertEqual([list(values) for values in unpacked.columns.values()], [[]] * len(PackedColumn))

    def test_s9_a_packed_answer_of_text_is_the_same_bytes(self):
        self.salon()
        now = int(MORNING.timestamp() * 1000)
        request = {"operation": "packCustomers", "input": {"columns": ["amount"]}, "actor": {"id": "m", "role": "manager"}, "now": now}
        answer = json.loads(self.ledger.call(json.dumps(request)))["ok"]
        self.assertEqual(base64.b64decode(answer["packed"]), self.packed(PackedColumn.AMOUNT).packed)

    def test_a4_what_cannot_be_packed_or_read_is_an_error_of_its_own(self):
        self.salon()
        self.assertEqual(self.refusal(self.packed, PackedColumn.LINE, PackedColumn.LINE).code, "ledger.bad_request")
        with self.assertRaises(daicho.DaichoError) as caught:
            self.packed(page_size=1_000_001)
        self.assertEqual(caught.exception.code, "search.page_size")
        whole = self.packed(PackedColumn.LINE).packed
        cut = [whole[:length] for length in (0, 7, 15, 40, len(whole) - 8)]
        changed = [whole[:place] + b"\x7f" + whole[place + 1 :] for place in (0, 11, 15, 30, 40, 47, 52)]
        for wrong in cut + changed:
            with self.subTest(wrong), self.assertRaises(ValueError):
                daicho.unpack(wrong)
