"""What the roles of officers give, against the real hub: the operator of the hub reads everything
and changes nothing, the admin of an organisation withdraws its drafts, and nobody gets more.

    test_roles.py --hub BIN [tests]
"""

import itertools
import json
import os
import pathlib
import sys
import time
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from client.api import CAP
from client.drill_hub import DRILLS, DrillTest, below, channel, drill_token
from client.registration import add_officer

PATHS = (None, *DRILLS)
JSON = {"Content-Type": "application/json"}
OFFICERS = {"kato": "drafter", "mori": "approver", "boss": "admin", "ops": "operator"}
SUSPENSION_SECONDS_MAX = 5.0


class RolesTest(DrillTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for login, role in OFFICERS.items():
            cls.tokens[login, None] = add_officer(cls.hub, login, "362018", [role])
            for drill in DRILLS:
                cls.tokens[login, drill] = drill_token(cls.hub, "officer", login, drill)
        cls.tokens["naruto", None] = add_officer(cls.hub, "naruto", "362026", ["drafter", "admin"])
        for drill in DRILLS:
            cls.tokens["naruto", drill] = drill_token(cls.hub, "officer", "naruto", drill)

    def call(self, who, token, method, target, body=None, fields=None):
        with self.api(who, token) as api:
            return api.request(method, target, body, fields or {})

    def draft(self, who, drill=None, city="362018"):
        return self.call(who, drill, "POST", below(drill) + "/drafts",
                         self.document(self.order(city), drill), {"Content-Type": CAP})

    def withdraw(self, who, drill, identifier):
        return self.call(who, drill, "POST", f"{below(drill)}/drafts/{identifier}/withdrawal",
                         json.dumps({"reason": "もう要らない"}).encode(), JSON)

    def test_who_reads_what(self):
        """Every officer, by every token, of every channel: written from the contract."""
        made = {drill: (self.accept(self.order("362026"), drill),
                        self.draft("naruto", drill, "362026").json()["id"]) for drill in PATHS}
        for who, token, path in itertools.product(OFFICERS, PATHS, PATHS):
            sequence, draft = made[path]
            everything = who == "ops" and token is None
            right = token == path or everything
            # Another city's: its alerts are everybody's, its ladders and drafts are not.
            expected = {"/alerts": 200, f"/alerts/{sequence}": 200, "/in-force?area=36": 200,
                        "/drafts": 200, f"/alerts/{sequence}/deliveries": 200 if everything else 403,
                        f"/drafts/{draft}": 200 if everything else 404}
            for target, status in expected.items():
                with self.subTest(who=who, token=channel(token), path=channel(path), target=target):
                    answer = self.call(who, token, "GET", below(path) + target)
                    self.assertEqual(answer.status, status if right else 403, answer.body)
                    if not right:
                        self.assertEqual(answer.code, "auth.status")

    def test_the_operator_changes_nothing(self):
        drafts = {drill: self.draft("kato", drill).json()["id"] for drill in PATHS}
        for token, path in itertools.product(PATHS, PATHS):
            document = self.document(self.order(), path)
            right = token == path
            with self.subTest(token=channel(token), path=channel(path)):
                for target, body, fields in (
                        ("/alerts", document, {"Content-Type": CAP}),
                        ("/drafts", document, {"Content-Type": CAP}),
                        (f"/drafts/{drafts[path]}/withdrawal", b'{"reason": "enough"}', JSON)):
                    answer = self.call("ops", token, "POST", below(path) + target, body, fields)
                    self.assertEqual((answer.status, answer.code),
                                     (403, "auth.role" if right else "auth.status"), target)
                with self.api("ops", token) as api:
                    self.assertEqual(api.request("GET", below(path) + "/stream").status, 403)

    def test_a_drill_there_never_was(self):
        for who, status in (("ops", 404), ("boss", 403)):
            answer = self.call(who, None, "GET", "/v1/drills/nowhere/alerts")
            self.assertEqual(answer.status, status)

    def test_the_admin_withdraws_drafts_of_its_organisation(self):
        for drill in PATHS:
            with self.subTest(channel(drill)):
                draft = self.draft("kato", drill).json()["id"]
                self.assertEqual(self.withdraw("boss", drill, draft).status, 200)
                other = self.draft("naruto", drill, "362026").json()["id"]
                answer = self.withdraw("boss", drill, other)
                self.assertEqual((answer.status, answer.code), (404, "draft.unknown"))
                refused = self.draft("boss", drill)
                self.assertEqual((refused.status, refused.code), (403, "auth.role"))

    def test_a_suspended_operator_reads_nothing(self):
        self.assertEqual(self.call("ops", None, "GET", "/v1/drills/east/alerts").status, 200)
        self.hub.verb("officer", "suspend", "ops", "--reason", "x")
        deadline = time.monotonic() + SUSPENSION_SECONDS_MAX
        while (answer := self.call("ops", None, "GET", "/v1/drills/east/alerts")).status == 200:
            self.assertLess(time.monotonic(), deadline)
        self.assertEqual(answer.code, "auth.suspended")
        self.hub.verb("officer", "resume", "ops")


if __name__ == "__main__":
    if len(sys.argv) < 3 or sys.argv[1] != "--hub":
        sys.exit(__doc__)
    os.environ["NOROSHI_HUB_BINARY"] = sys.argv[2]
    unittest.main(argv=sys.argv[:1] + sys.argv[3:], verbosity=2)
