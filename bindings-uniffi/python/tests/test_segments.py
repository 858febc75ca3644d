import daicho
from salon import MANAGER, MORNING, SalonTest


class SegmentsTest(SalonTest):
    def parse(self, line, tongue=daicho.Tongue.JAPANESE):
        return self.ledger.parse_query(daicho.ParseQuery(query=line, tongue=tongue), MANAGER, MORNING)

    def found(self, line):
        call = daicho.SearchCustomers(criteria=daicho.Criteria(), query=line)
        return [row.id for row in self.ledger.search_customers(call, MANAGER, MORNING).customers]

    def explain(self, who, line):
        call = daicho.ExplainCustomer(customer=who, query=line, tongue=daicho.Tongue.ENGLISH)
        return self.ledger.explain_customer(call, MANAGER, MORNING)

    def test_s10_a_line_is_read_as_a_typed_condition_and_written_in_both_languages(self):
        read = self.parse("LINE連携なし かつ 来店回数が3回以上")
        visits = daicho.Condition.COUNT(field=daicho.CountField.VISITS, count=daicho.Count.AT_LEAST(count=3))
        not_line = daicho.Condition.NOT(that=daicho.Condition.FLAG(flag=daicho.Flag.LINE))
        self.assertEqual(read.condition, daicho.Condition.ALL(of=[not_line, visits]))
        self.assertEqual((read.english, read.japanese), ("not line and visits >= 3", "LINE連携なし かつ 来店回数 >= 3回"))
        self.assertEqual(self.ledger.print_query(daicho.PrintQuery(condition=read.condition), MANAGER, MORNING), read)

    def test_s10_a_segment_is_saved_used_changed_and_removed(self):
        who, other = self.register(), self.register(phone="080-1111-2222", email="second@example.jp")
        self.ledger.add_listing(daicho.AddListing(customer=other, list=daicho.ListKind.GREY, memo="x"), self.context())
        condition = self.parse("リスト = グレーリスト").condition
        call = daicho.SaveSegment(segment="grey", based_on=0, name="グレー", condition=condition)
        saved = self.ledger.save_segment(call, self.context()).output
        self.assertEqual((saved.segment, saved.version), ("grey", 1))
        self.assertEqual((self.found("segment(grey)"), self.found("segment(grey) でない")), ([other], [who]))
        self.assertEqual(self.refusal(self.ledger.save_segment, call, self.context()).code, "search.segment_version")
        segments = self.ledger.get_segments(daicho.GetSegments(), MANAGER, MORNING).segments
        self.assertEqual([segment.id for segment in segments], ["grey"])
        self.ledger.remove_segment(daicho.RemoveSegment(segment="grey", based_on=1), self.context())
        self.assertEqual(self.refusal(self.found, "segment(grey)").code, "search.segment_not_found")

    def test_s10_an_error_names_the_column_in_both_languages(self):
        for error in (self.refusal(self.parse, "来店回数 ≧"), self.refusal(self.found, "来店回数 ≧")):
            self.assertEqual((error.code, error.fields), ("search.query", ["query"]))
            said = error.data.read()
            self.assertEqual(
                (said["column"], said["english"], said["japanese"]),
                (7, "column 7: expected a number", "7文字目: 次のいずれかが要ります: 数"),
            )

    def test_s10_a_line_is_completed(self):
        call = daicho.CompleteQuery(query="LINE連携 ", tongue=daicho.Tongue.JAPANESE)
        following = self.ledger.complete_query(call, MANAGER, MORNING)
        self.assertEqual([(option.column, option.text) for option in following.options if option.literal], [(8, "なし"), (8, "かつ"), (8, "または")])

    def test_s11_a_customer_is_explained(self):
        explained = self.explain(self.register(), "visits >= 1 or not line")
        self.assertTrue(explained.found)
        self.assertEqual([part.holds for part in explained.tree.of], [False, True])
        self.assertEqual(explained.text, "✓ or\n  ✗ visits >= 1 (0)\n  ✓ not\n    ✗ line (no)\n")

    def test_s8_w3_who_has_left_is_on_a_list_of_their_own_and_explained(self):
        who = self.register()
        customer = daicho.Actor(id="account-1", role=daicho.Role.CUSTOMER, customer=who)
        call = daicho.Withdraw(customer=who, reason="引っ越し", cancel_reservations=False)
        self.ledger.withdraw(call, self.context(actor=customer, channel=daicho.Channel.SITE))
        [row] = self.ledger.list_withdrawn(daicho.ListWithdrawn(), MANAGER, MORNING).customers
        self.assertEqual((row.id, row.reason, row.withdrawn_at), (who, "引っ越し", MORNING))
        explained = self.explain(who, "not line")
        self.assertEqual((explained.found, explained.state.at), (False, MORNING))
