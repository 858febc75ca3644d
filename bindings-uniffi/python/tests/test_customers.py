import datetime

import daicho
from salon import DAY, MANAGER, MORNING, SalonTest, form


class CustomersTest(SalonTest):
    def test_c1_a_registered_customer_has_every_field(self):
        customer = self.card(self.register(birthday="1990-02-28", has_account=True)).customer
        self.assertEqual((customer.id, customer.number, customer.version), ("c1", 1, 1))
        self.assertEqual((customer.family_name, customer.given_name), ("山田", "花子"))
        self.assertEqual((customer.birthday.year, customer.birthday.month, customer.birthday.day), (1990, 2, 28))
        self.assertEqual(customer.registered_on, datetime.date(2026, 11, 21))
        self.assertTrue(customer.has_account)

    def test_c2_a_required_field_is_named(self):
        error = self.refusal(self.register_without_kana)
        self.assertEqual((error.code, error.fields), ("customer.required", ["familyKana"]))

    def register_without_kana(self):
        self.register(family_kana=None)

    def test_c8_a_true_overlap_is_a_conflict_with_all_three_values(self):
        who = self.register()
        now = daicho.form_of(self.card(who).customer)
        now.company = "花屋"
        edit = daicho.EditCustomer(customer=who, based_on=1, form=now)
        self.assertEqual(self.ledger.edit_customer(edit, self.context()).output.version, 2)
        now.company = "別の店"
        error = self.refusal(self.ledger.edit_customer, edit, self.context())
        self.assertEqual((error.code, error.fields, error.retryable), ("customer.conflict", ["company"], False))
        conflict = error.data.read()["fields"][0]
        self.assertEqual((conflict["base"], conflict["stored"], conflict["submitted"]), (None, "花屋", "別の店"))

    def test_c10_registering_with_a_real_address_gives_a_notice(self):
        call = daicho.RegisterCustomer(path=daicho.EntryPath.COUNTER, form=form())
        done = self.ledger.register_customer(call, self.context())
        self.assertEqual(done.output.notices, [daicho.MailNotice(customer="c1", kind=daicho.NoticeKind.REGISTRATION)])

    def test_p2_p3_a_phone_registration_gets_a_placeholder_and_is_listed(self):
        call = daicho.RegisterByPhone(family_name="ヤマダ", given_name="ハナコ", phone="090-1234-5678")
        done = self.ledger.register_by_phone(call, self.context())
        self.assertEqual(done.output.notices, [])
        customer = self.card(done.output.customer).customer
        self.assertEqual(customer.emails[0].entered, "09012345678@leporto.com")
        self.assertEqual(customer.emails[0].kind, daicho.EmailKind.PLACEHOLDER)
        page = self.ledger.list_phone_registrations(daicho.ListPhoneRegistrations(), MANAGER, MORNING)
        self.assertEqual([row.id for row in page.customers], [customer.id])

    def test_s3_search_finds_a_phone_by_its_last_digits(self):
        who = self.register()
        self.register(phone="080-1111-2222", email="other@example.jp")
        criteria = daicho.Criteria(name="山田", phone="5678")
        page = self.ledger.search_customers(daicho.SearchCustomers(criteria=criteria), MANAGER, MORNING)
        self.assertEqual((page.total, [row.id for row in page.customers]), (1, [who]))

    def test_t2_the_zone_of_an_instant_is_not_guessed(self):
        naive = datetime.datetime(2026, 11, 21)
        for wrong, said in ((naive, "has no time zone"), (naive.date(), "not date"), (1795222800000, "not int"), (None, "not NoneType")):
            with self.assertRaises(TypeError) as caught:
                self.ledger.get_settings(daicho.GetSettings(), MANAGER, wrong)
            self.assertIn(said, str(caught.exception))
            # A record is read when it is given to the ledger.
            with self.assertRaises(TypeError) as caught:
                self.ledger.remove_listing(daicho.RemoveListing(listing="l1"), self.context(now=wrong))
            self.assertIn(said, str(caught.exception))

    def test_t3_a_day_is_a_date_and_no_text_or_instant(self):
        for wrong in ("2026-11-21", datetime.datetime(2026, 11, 21), 20261121):
            criteria = daicho.Criteria(last_visit=daicho.DateRange(_from=wrong, to=None))
            with self.assertRaises(TypeError) as caught:
                self.ledger.search_customers(daicho.SearchCustomers(criteria=criteria), MANAGER, MORNING)
            self.assertEqual(str(caught.exception), "a day is a datetime.date, not {}".format(type(wrong).__name__))

    def test_t1_an_instant_is_the_same_in_any_zone(self):
        who = self.register()
        booked = self.book(who, start=(MORNING + DAY).astimezone(datetime.timezone.utc))
        rows = self.ledger.get_reservations(daicho.GetReservations(customer=who), MANAGER, MORNING).reservations
        self.assertEqual((rows[0].reservation.id, rows[0].reservation.start), (booked, MORNING + DAY))
        self.assertEqual(rows[0].day, datetime.date(2026, 11, 22))

    def test_a1_the_journal_says_who_did_what(self):
        self.register()
        journal = self.ledger.journal(daicho.ReadJournal(since=0, limit=10), MANAGER)
        self.assertEqual([(entry.sequence, entry.actor.id, entry.command) for entry in journal.entries], [(1, "manager-1", "registerCustomer")])

    def test_a2_the_same_key_with_the_same_command_returns_the_first_result(self):
        call = daicho.RegisterCustomer(path=daicho.EntryPath.COUNTER, form=form())
        context = self.context()
        first = self.ledger.register_customer(call, context)
        again = self.ledger.register_customer(call, context)
        self.assertEqual((first.replayed, again.replayed), (False, True))
        self.assertEqual((first.output, first.sequence, first.changed), (again.output, again.sequence, again.changed))
        call.form.company = "花屋"
        self.assertEqual(self.refusal(self.ledger.register_customer, call, context).code, "access.key_reused")

    def test_a3_staff_may_not_change_the_settings(self):
        settings = self.ledger.get_settings(daicho.GetSettings(), MANAGER, MORNING)
        staff = daicho.Actor(id="staff-1", role=daicho.Role.STAFF)
        call = daicho.ConfigureSalon(settings=settings)
        self.assertEqual(self.refusal(self.ledger.configure_salon, call, self.context(actor=staff)).code, "access.forbidden")
        self.assertEqual(self.ledger.configure_salon(call, self.context()).output.version, settings.version + 1)

    def test_a5_a_ledger_that_was_used_is_sound(self):
        self.book(self.register())
        report = self.ledger.check(daicho.CheckLedger(), MANAGER)
        self.assertEqual((report.breaches, report.entries), ([], 2))
