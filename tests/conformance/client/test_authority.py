"""Who may say what: everything not allowed is refused by its own code, and the same alert is the
same alert for ever."""

import dataclasses

from . import cap
from .api import CAP, Api
from .hostile_hub import NARUTO, RELAY_SENDER, TOKUSHIMA, HostileTest


class AuthorityTest(HostileTest):
    def refused(self, order, token=None, document=None):
        self.hostile.refused.append(order.identifier)
        with Api(self.hostile.door, token or self.hostile.city_token) as api:
            return api.publish(document or cap.document(order))

    def test_no_identity(self):
        document = cap.document(self.hostile.order())
        tokens = {"none": None, "unknown": "Bearer nrs_p_" + "A" * 43, "empty": "Bearer ",
                  "cut": "Bearer " + self.hostile.city_token[:-1],
                  "longer": "Bearer " + self.hostile.city_token + "A",
                  "Basic": "Basic MzYyMDE4Og==", "no scheme": self.hostile.city_token}
        for name, value in tokens.items():
            for method, target, body in (("POST", "/v1/alerts", document),
                                         ("GET", "/v1/alerts/1", None)):
                with self.subTest(name, method=method), Api(self.hostile.door, None) as api:
                    fields = {"Content-Type": CAP}
                    if value is not None:
                        fields["Authorization"] = value
                    answer = api.request(method, target, body, fields)
                    self.assert_problem(answer, 401, "auth.required")
                    self.assertIn("bearer", answer.fields.get("www-authenticate", "").lower())

    def test_a_subscriber_cannot_publish(self):
        answer = self.refused(self.hostile.order(), self.hostile.peer_token())
        self.assert_problem(answer, 403)
        self.assertTrue(answer.code.startswith("auth."), answer.code)

    def test_a_subscriber_sees_its_own_row_of_a_ladder_alone(self):
        sequence = self.hostile.accept(self)["sequence"]
        with Api(self.hostile.door, self.hostile.peer_token()) as api:
            ladder = api.request("GET", f"/v1/alerts/{sequence}/deliveries").json()
        self.assertEqual(len(ladder["deliveries"]), 1)
        self.assertTrue(ladder["deliveries"][0]["subscriber"].startswith("peer-"))
        self.assertEqual(ladder["totals"]["addressed"], 1)

    def test_foreign_areas(self):
        tokushima_prefecture = cap.Place("360007", "徳島県")
        for name, places in [("one", (NARUTO,)), ("beside its own", (TOKUSHIMA, NARUTO)),
                             ("the whole prefecture", (tokushima_prefecture,))]:
            with self.subTest(name):
                answer = self.refused(self.hostile.order(places=places))
                findings = self.assert_problem(answer, 403, "auth.area")
                self.assertTrue(findings, "which area is not said")

    def test_an_area_without_a_code_is_not_ones_own(self):
        order = self.hostile.order()
        whole = cap.document(order).decode()
        begin, end = whole.index("<geocode>"), whole.index("</area>")
        answer = self.refused(order, document=(whole[:begin] + whole[end:]).encode())
        self.assert_problem(answer, 403, "auth.area")

    def test_foreign_senders(self):
        for sender in ("pref.tokushima.lg.jp", RELAY_SENDER, "CITY.tokushima.lg.jp",
                       "city.tokushima.lg.jp.example"):
            with self.subTest(sender):
                order = dataclasses.replace(self.hostile.order(), sender=sender)
                self.assert_problem(self.refused(order), 403, "auth.sender")

    def test_a_relay_may_send_as_anybody_for_anywhere(self):
        order = dataclasses.replace(self.hostile.order(places=(NARUTO,)), sender=RELAY_SENDER)
        with Api(self.hostile.door, self.hostile.relay_token) as api:
            answer = api.publish(cap.document(order))
        self.assertEqual(answer.status, 201, answer.body)
        self.hostile.accepted[answer.json()["sequence"]] = cap.document(order)

    def test_the_same_bytes_are_the_same_alert(self):
        order = self.hostile.order()
        first = self.hostile.accept(self, order)
        with self.hostile.city() as api:
            for _ in range(3):
                again = api.publish(cap.document(order))
                self.assertEqual(again.status, 200)
                self.assertEqual(again.json(), first)

    def test_other_bytes_under_the_same_key_conflict(self):
        order = self.hostile.order()
        first = self.hostile.accept(self, order)
        with self.hostile.city() as api:
            for other in (dataclasses.replace(order, remark="別"),
                          dataclasses.replace(order, level=5)):
                answer = api.publish(cap.document(other))
                self.assert_problem(answer, 409, "alert.conflict")
            answer = api.publish(cap.document(order) + b" ")
            self.assert_problem(answer, 409, "alert.conflict")
            self.assertEqual(api.accepted_bytes(first["sequence"]).body, cap.document(order))

    def test_what_an_accepted_alert_is_answered(self):
        order = self.hostile.order()
        document = cap.document(order)
        with self.hostile.city() as api:
            answer = api.publish(document)
            body = answer.json()
            self.hostile.accepted[body["sequence"]] = document
            self.assertEqual(answer.status, 201)
            self.assertEqual(set(body), {"id", "sequence", "epoch", "accepted_at", "channel",
                                         "subscribers"})
            self.assertEqual(body["channel"], "live")
            self.assertEqual(answer.fields["location"], f"/v1/alerts/{body['sequence']}")
            read = api.accepted_bytes(body["sequence"])
        self.assertEqual((read.status, read.media_type, read.body), (200, CAP, document))

    def test_what_is_not_there(self):
        with self.hostile.city() as api:
            for target in ("/v1/alerts/1", "/v1/alerts/999999999", "/v1/alerts/0",
                           "/v1/alerts/-1", "/v1/alerts/18446744073709551617", "/v1/alerts/x",
                           "/v1/alerts/1/nothing", "/v2/alerts", "/"):
                with self.subTest(target):
                    self.assert_problem(api.request("GET", target), 404, "not-found")
            # A path that climbs is no path in origin form for some, and nowhere for others.
            for target in ("/v1/alerts/../../etc/passwd", "/v1/alerts/%2e%2e/%2e%2e/etc/passwd"):
                with self.subTest(target):
                    climbing = api.request("GET", target)
                    self.assertIn(climbing.status, (400, 404))
                    self.assert_problem(climbing, climbing.status)
            for method in ("DELETE", "PUT", "PATCH"):
                with self.subTest(method):
                    answer = api.request(method, "/v1/alerts", b"")
                    self.assertIn(answer.status, (404, 405, 501))
