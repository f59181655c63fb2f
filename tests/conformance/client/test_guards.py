"""Two people, questions and repeats, against a real hub: what stands between a slip and the air.

    test_guards.py --hub BIN [tests]
"""

import dataclasses
import datetime
import hashlib
import json
import os
import pathlib
import sys
import tempfile
import time
import unittest
import urllib.parse

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from client import cap
from client.api import CAP, Api
from client.hub_process import HubProcess
from client.registration import add_officer, add_publisher

SENDER = "city.tokushima.lg.jp"
PLACE = cap.Place("362018", "徳島県徳島市")
JSON = "application/json"
SUSPENSION_SECONDS_MAX = 5


class Site(unittest.TestCase):
    CONFIRMATIONS = "note"

    @classmethod
    def setUpClass(cls):
        scratch = tempfile.TemporaryDirectory(prefix="noroshi-guards-")
        cls.addClassCleanup(scratch.cleanup)
        cls.hub = HubProcess(os.environ["NOROSHI_HUB_BINARY"], pathlib.Path(scratch.name) / "hub",
                             settings={"confirmations": cls.CONFIRMATIONS})
        cls.addClassCleanup(cls.hub.close)
        cls.hub.init()
        cls.city = add_publisher(cls.hub, "362018", "徳島市", [SENDER], ["362018"])
        cls.hub.verb("publisher", "set", "362018", "--two-people")
        cls.town = add_publisher(cls.hub, "362026", "鳴門市", ["town.example"], ["362026"])
        cls.kato = add_officer(cls.hub, "kato", "362018", ["drafter"])
        cls.mori = add_officer(cls.hub, "mori", "362018", ["approver"])
        cls.both = add_officer(cls.hub, "both", "362018", ["drafter", "approver"])
        cls.other = add_officer(cls.hub, "naruto", "362026", ["drafter", "approver"])
        cls.door = cls.hub.start()

    def order(self, level=4, **more):
        return cap.first_revision("362018", SENDER, (PLACE,), level, **more)

    def call(self, token, method, target, body=None, fields=None):
        with Api(self.door, token) as api:
            return api.request(method, target, body, fields or {})

    def publish(self, token, document, **fields):
        named = {"Noroshi-" + name.replace("_", "-"): value for name, value in fields.items()}
        return self.call(token, "POST", "/v1/alerts", document, {"Content-Type": CAP, **named})

    def draft(self, token, document, **fields):
        named = {"Noroshi-" + name.replace("_", "-"): value for name, value in fields.items()}
        return self.call(token, "POST", "/v1/drafts", document, {"Content-Type": CAP, **named})

    def approve(self, token, identifier, document, **fields):
        named = {"Noroshi-" + name.replace("_", "-"): value for name, value in fields.items()}
        signed = json.dumps({"content_sha256": hashlib.sha256(document).hexdigest()})
        return self.call(token, "POST", f"/v1/drafts/{identifier}/approval", signed.encode(),
                         {"Content-Type": JSON, **named})

    def refused(self, answer, status, code):
        self.assertEqual((answer.status, answer.code), (status, code), answer.body)
        return answer.json()

    def approved(self, document):
        identifier = self.draft(self.kato, document).json()["id"]
        answer = self.approve(self.mori, identifier, document)
        self.assertEqual(answer.status, 201, answer.body)
        return answer.json()


class TwoPeople(Site):
    def test_two_people_send_and_one_does_not(self):
        document = cap.document(self.order())
        self.refused(self.publish(self.city, document), 403, "approval.required")
        self.refused(self.publish(self.kato, document), 403, "approval.required")
        submitted = self.draft(self.kato, document)
        self.assertEqual(submitted.status, 201, submitted.body)
        draft = submitted.json()
        self.assertEqual(submitted.fields["location"], "/v1/drafts/" + draft["id"])
        self.assertEqual(self.draft(self.kato, document).json(), draft)
        path = "/v1/drafts/" + draft["id"]
        self.assertEqual(self.call(self.mori, "GET", path).body, document)
        shown = self.call(self.mori, "GET", path, fields={"Accept": JSON}).json()
        self.assertEqual((shown["state"], shown["author"]), ("waiting", "kato"))
        self.assertEqual(shown["summary"]["level"], 4)
        self.assertIn("reading", shown)
        self.refused(self.call(self.other, "GET", path), 404, "draft.unknown")
        self.assertIn(draft["id"], [d["id"] for d in
                                    self.call(self.city, "GET", "/v1/drafts").json()["drafts"]])
        self.refused(self.approve(self.kato, draft["id"], document), 403, "auth.role")
        self.refused(self.approve(self.other, draft["id"], document), 404, "draft.unknown")
        self.refused(self.approve(self.mori, draft["id"], document + b" "), 409, "draft.changed")
        first = self.approve(self.mori, draft["id"], document)
        self.assertEqual(first.status, 201, first.body)
        again = self.approve(self.mori, draft["id"], document)
        self.assertEqual((again.status, again.body), (200, first.body))
        again = self.refused(self.draft(self.kato, document), 409, "draft.closed")
        self.assertIn(f"/v1/alerts/{first.json()['sequence']}", again["detail"])
        state = self.call(self.kato, "GET", path, fields={"Accept": JSON}).json()
        self.assertEqual((state["state"], state["ended_by"], state["alert"]),
                         ("approved", "mori", first.json()["sequence"]))

    def test_nobody_approves_their_own(self):
        document = cap.document(self.order())
        draft = self.draft(self.both, document).json()["id"]
        problem = self.refused(self.approve(self.both, draft, document), 403, "approval.required")
        self.assertEqual([f["rule"] for f in problem["findings"]], ["approval.self"])

    def test_kiyose_2024_one_alone_does_not_lift_an_order_in_force(self):
        order = self.order()
        self.approved(cap.document(order))
        after = dataclasses.replace(cap.next_revision(order, [order], message_type="Update"),
                                    level=3)
        self.refused(self.publish(self.both, cap.document(after)), 403, "approval.required")
        cancel = cap.next_revision(order, [order], message_type="Cancel")
        self.refused(self.publish(self.both, cap.document(cancel)), 403, "approval.required")

    def test_an_edit_voids_what_it_replaces_and_a_withdrawal_ends_it(self):
        order = self.order()
        document = cap.document(order)
        old = self.draft(self.kato, document).json()["id"]
        edited = cap.document(dataclasses.replace(order, remark="x"))
        answer = self.draft(self.kato, edited, Replaces=old)
        self.assertEqual((answer.status, answer.fields["noroshi-replaced"]), (201, "yes"))
        self.refused(self.approve(self.mori, old, document), 409, "draft.closed")
        another = cap.document(self.order())
        answer = self.draft(self.kato, another, Replaces=answer.json()["id"])
        self.assertEqual((answer.status, answer.fields["noroshi-replaced"]), (201, "yes"))
        path = f"/v1/drafts/{answer.json()['id']}/withdrawal"
        reason = json.dumps({"reason": "もう要らない"}).encode()
        self.refused(self.call(self.mori, "POST", path, b"{}", {"Content-Type": JSON}), 400,
                     "reason.required")
        for _ in range(2):
            self.assertEqual(self.call(self.mori, "POST", path, reason,
                                       {"Content-Type": JSON}).status, 200)
        self.refused(self.approve(self.mori, answer.json()["id"], another), 409, "draft.closed")

    def test_drafts_outlive_the_process(self):
        document = cap.document(self.order())
        draft = self.draft(self.kato, document).json()["id"]
        self.hub.kill()
        type(self).door = self.hub.start()
        self.assertEqual(self.approve(self.mori, draft, document).status, 201)

    def test_break_glass_is_for_a_person_with_a_reason(self):
        document = cap.document(self.order())
        reason = urllib.parse.quote("夜間一人、堤防が切れた")
        self.refused(self.publish(self.city, document, Break_Glass=reason), 403, "auth.role")
        self.refused(self.publish(self.kato, document, Break_Glass="now"), 400, "reason.required")
        answer = self.publish(self.kato, document, Break_Glass=reason)
        self.assertEqual(answer.status, 201, answer.body)
        self.assertIn("堤防が切れた", self.hub.log.read_text())

    def test_suspension_acts_at_once(self):
        document = cap.document(self.order())
        draft = self.draft(self.kato, document).json()["id"]
        with Api(self.door, self.mori) as api:
            self.assertEqual(api.request("GET", "/v1/drafts", None, {}).status, 200)
            self.hub.verb("officer", "suspend", "mori", "--reason", "x")
            deadline = time.monotonic() + SUSPENSION_SECONDS_MAX
            status = 200
            while status == 200 and time.monotonic() < deadline:
                try:
                    status = api.request("GET", "/v1/drafts", None, {}).status
                except Exception:  # closed: as good
                    status = 403
            self.assertEqual(status, 403)
        self.refused(self.approve(self.mori, draft, document), 403, "auth.suspended")
        self.hub.verb("officer", "resume", "mori")
        self.assertEqual(self.approve(self.mori, draft, document).status, 201)

    def test_an_officer_is_no_operator_and_no_subscriber(self):
        with Api(self.door, self.kato) as api:
            self.assertEqual(api.request("GET", "/v1/stream", None, {}).status, 403)
        for token in (self.city, self.town):
            self.refused(self.draft(token, cap.document(self.order())), 403, "auth.role")


class Questions(Site):
    CONFIRMATIONS = "ask"

    def test_what_is_old_is_asked_about_and_the_answer_binds_to_the_bytes(self):
        old = cap.now() - datetime.timedelta(hours=25)
        order = dataclasses.replace(self.order(3), sent=cap.timestamp(old),
                                    places=(cap.Place("362018", "徳島市北部"),))
        document = cap.document(order)
        asked = self.refused(self.publish(self.city, document), 409, "confirm.required")
        self.assertIn(("message.old", "confirm"),
                      [(f["rule"], f["severity"]) for f in asked["findings"]])
        other = cap.document(dataclasses.replace(order, remark="x"))
        self.refused(self.publish(self.city, other, Confirm=asked["confirm"]), 409,
                     "confirm.required")
        self.refused(self.publish(self.kato, other, Confirm="A" * 80), 409, "confirm.required")
        answer = self.publish(self.city, document, Confirm=asked["confirm"])
        self.assertEqual(answer.status, 201, answer.body)
        self.assertEqual(self.publish(self.city, document).status, 200, "known is never asked")

    def test_an_order_beside_another_is_asked_about_for_a_draft_and_its_approval(self):
        place = cap.Place("362018", "徳島市西部")
        first = cap.document(cap.first_revision("362018", SENDER, (place,), 3))
        asked = self.publish(self.city, first)
        if asked.status == 409:
            self.publish(self.city, first, Confirm=asked.json()["confirm"])
        second = cap.document(cap.first_revision("362018", SENDER, (place,), 4))
        asked = self.refused(self.draft(self.kato, second), 409, "confirm.required")
        self.assertIn("life.overlap", [f["rule"] for f in asked["findings"]])
        draft = self.draft(self.kato, second, Confirm=asked["confirm"])
        self.assertEqual(draft.status, 201, draft.body)
        asked = self.refused(self.approve(self.mori, draft.json()["id"], second), 409,
                             "confirm.required")
        answer = self.approve(self.mori, draft.json()["id"], second, Confirm=asked["confirm"])
        self.assertEqual(answer.status, 201, answer.body)

    def test_kanagawa_2022_the_same_again_and_again(self):
        sent = 0
        for _ in range(20):
            document = cap.document(self.order(3))
            answer = self.publish(self.city, document)
            if answer.code == "confirm.required":
                token = answer.json()["confirm"]
                answer = self.publish(self.city, document, Confirm=token)
            sent += answer.status == 201
            last = answer
        self.refused(last, 409, "alert.repeated")
        self.assertLessEqual(sent, 5)


if __name__ == "__main__":
    if len(sys.argv) < 3 or sys.argv[1] != "--hub":
        sys.exit(__doc__)
    os.environ["NOROSHI_HUB_BINARY"] = sys.argv[2]
    unittest.main(argv=sys.argv[:1] + sys.argv[3:], verbosity=2)
