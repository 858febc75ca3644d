import daicho
from salon import DAY, FULLY_BOOKED, MANAGER, MORNING, SalonTest, form


class ListsAndMergesTest(SalonTest):
    def may_book(self, customer, channel):
        return self.ledger.may_book(daicho.MayBook(customer=customer, channel=channel), MANAGER, MORNING)

    def blacklist(self, customer):
        call = daicho.AddListing(customer=customer, list=daicho.ListKind.BLACK, memo="無断キャンセル3回")
        return self.ledger.add_listing(call, self.context()).output

    def test_g2_everybody_on_a_list_is_shown_with_the_memo(self):
        who = self.register()
        listed = self.blacklist(who)
        page = self.ledger.list_listed(daicho.ListListed(list=daicho.ListKind.BLACK), MANAGER, MORNING)
        self.assertEqual([(entry.listing, entry.memo, entry.customer.id) for entry in page.entries], [(listed.listing, "無断キャンセル3回", who)])
        again = daicho.AddListing(customer=who, list=daicho.ListKind.BLACK, memo="二度目")
        self.assertEqual(self.refusal(self.ledger.add_listing, again, self.context()).code, "listing.already_listed")

    def test_g3_black_is_denied_in_the_manuals_words_and_nothing_more(self):
        who = self.register()
        self.assertEqual(self.may_book(who, daicho.Channel.SITE).verdict, daicho.Verdict.ALLOWED)
        self.blacklist(who)
        for channel in daicho.Channel:
            gate = self.may_book(who, channel)
            self.assertEqual((gate.verdict, gate.public_message), (daicho.Verdict.DENIED, FULLY_BOOKED))
        self.assertEqual([type(reason) for reason in gate.staff_reasons], [daicho.GateReason.BLACKLISTED])
        customer = daicho.Actor(id="account-1", role=daicho.Role.CUSTOMER, customer=who)
        with self.assertRaises(daicho.DaichoError) as caught:
            self.book(who, actor=customer, channel=daicho.Channel.SITE)
        self.assertEqual((caught.exception.code, caught.exception.data.read()), ("booking.unavailable", {"publicMessage": FULLY_BOOKED}))

    def test_g4_an_existing_reservation_can_be_cancelled(self):
        who = self.register()
        booked = self.book(who)
        self.assertEqual(self.blacklist(who).open_reservations, [booked])
        call = daicho.MoveReservation(reservation=booked, to=daicho.Move.CANCEL_BY_CUSTOMER())
        self.assertEqual(self.ledger.move_reservation(call, self.context()).output.label, daicho.Label.CANCELLED)

    def test_g5_a_block_outlives_its_record_under_the_key_of_the_host(self):
        who = self.register()
        self.blacklist(who)
        erase = daicho.EraseCustomer(customer=who)
        self.assertEqual(self.refusal(self.ledger.erase_customer, erase, self.context()).code, "customer.block_key_missing")
        self.assertEqual(self.refusal(self.ledger.with_block_key, bytes(31)).code, "ledger.bad_request")
        keyed = self.ledger.with_block_key(bytes([7] * 32))
        self.addCleanup(keyed.close)
        self.assertEqual(keyed.erase_customer(erase, self.context()).output.number, 1)
        call = daicho.RegisterCustomer(path=daicho.EntryPath.COUNTER, form=form())
        again = keyed.register_customer(call, self.context()).output
        why = [daicho.Likeness.PHONE, daicho.Likeness.EMAIL, daicho.Likeness.KANA]
        self.assertEqual([(known.customer, known.why) for known in again.returns], [(who, why)])

    def test_r3_a_move_that_is_not_allowed_names_those_that_are(self):
        booked = self.book(self.register())
        call = daicho.MoveReservation(reservation=booked, to=daicho.Move.VISIT())
        self.ledger.move_reservation(call, self.context(now=MORNING + DAY))
        error = self.refusal(self.ledger.move_reservation, call, self.context(now=MORNING + DAY))
        self.assertTrue(error.code.startswith("booking."), error.code)

    def test_m1_names_that_differ_are_a_blocker_with_its_remedy(self):
        source, target = self.register(), self.register(phone="080-1111-2222", given_name="春子")
        preview = self.ledger.preview_merge(daicho.PreviewMerge(source=source, target=target), MANAGER, MORNING)
        self.assertEqual([blocker.code for blocker in preview.blockers], ["merge.name_mismatch"])
        data = preview.blockers[0].data
        self.assertEqual((data.source_key, data.target_key, data.customer), ("山田花子", "山田春子", None))
        self.assertNotIn("花子", str(data))
        call = daicho.MergeCustomers(source=source, target=target, fingerprint=preview.fingerprint)
        error = self.refusal(self.ledger.merge, call, self.context())
        self.assertEqual(error.code, "merge.name_mismatch")
        self.assertEqual(set(error.data.read()), {"sourceKey", "targetKey", "remedy"})

    def test_m4_m7_m8_preview_merge_and_history(self):
        source, target = self.register(), self.register(phone="080-1111-2222", email="second@example.jp")
        booked = self.book(source)
        preview = self.ledger.preview_merge(daicho.PreviewMerge(source=source, target=target), MANAGER, MORNING)
        self.assertEqual((preview.blockers, preview.moves.reservations), ([], 1))
        call = daicho.MergeCustomers(source=source, target=target, fingerprint=preview.fingerprint)
        merged = self.ledger.merge(call, self.context()).output
        self.assertEqual((merged.target, merged.before), (target, merged.after))
        card = self.card(source)
        self.assertEqual((card.customer.id, card.merged_from), (target, source))
        self.assertEqual([phone.entered for phone in card.customer.phones], ["080-1111-2222", "090-1234-5678"])
        rows = self.ledger.get_reservations(daicho.GetReservations(customer=target), MANAGER, MORNING).reservations
        self.assertEqual([row.reservation.id for row in rows], [booked])
        merges = self.ledger.list_merges(daicho.ListMerges(), MANAGER, MORNING).merges
        self.assertEqual([(row.merge.id, row.merge.source, row.merge.target) for row in merges], [(merged.merge, source, target)])

    def test_m4_a_merge_refuses_once_something_moved_since_its_preview(self):
        source, target = self.register(), self.register(phone="080-1111-2222", email="second@example.jp")
        preview = self.ledger.preview_merge(daicho.PreviewMerge(source=source, target=target), MANAGER, MORNING)
        self.book(source)
        call = daicho.MergeCustomers(source=source, target=target, fingerprint=preview.fingerprint)
        self.assertEqual(self.refusal(self.ledger.merge, call, self.context()).code, "merge.moved")
