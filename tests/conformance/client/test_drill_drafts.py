"""Two people in a drill, against the real hub: they practise what they will do, and no draft is
found, approved or ended but in the channel it was submitted in.

    test_drill_drafts.py --hub BIN [tests]
"""

import hashlib
import itertools
import json
import os
import pathlib
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from client.api import CAP
from client.drill_hub import DRILLS, DrillTest, below, channel, drill_token, soon
from client.registration import add_officer

PATHS = (None, *DRILLS)
JSON = {"Content-Type": "application/json"}


class DrillDraftsTest(DrillTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hub.verb("publisher", "set", "362018", "--two-people")
        for login, role, code in (("kato", "drafter", "362018"), ("mori", "approver", "362018"),
                                  ("naruto", "approver", "362026")):
            cls.tokens[login, None] = add_officer(cls.hub, login, code, [role])
            for drill in DRILLS:
                cls.tokens[login, drill] = drill_token(cls.hub, "officer", login, drill)

    def call(self, who, token, method, target, body=None, fields=None):
        with self.api(who, token) as api:
            return api.request(method, target, body, fields or {})

    def draft(self, drill, document=None, token=..., who="kato"):
        document = document or self.document(self.order(), drill)
        return self.call(who, drill if token is ... else token, "POST", below(drill) + "/drafts",
                         document, {"Content-Type": CAP})

    def approve(self, drill, identifier, document, token=..., who="mori"):
        signed = json.dumps({"content_sha256": hashlib.sha256(document).hexdigest()}).encode()
        return self.call(who, drill if token is ... else token, "POST",
                         f"{below(drill)}/drafts/{identifier}/approval", signed, JSON)

    def withdraw(self, drill, identifier, token=..., who="mori"):
        return self.call(who, drill if token is ... else token, "POST",
                         f"{below(drill)}/drafts/{identifier}/withdrawal",
                         json.dumps({"reason": "訓練で使う"}).encode(), JSON)

    def refused(self, answer, status, code):
        self.assertEqual((answer.status, answer.code), (status, code), answer.body)

    def test_two_people_practise_what_they_will_do(self):
        live, east = self.listen("tv"), self.listen("tv", "east")
        document = self.document(self.order(), "east")
        with self.api("kato", "east") as api:
            self.refused(api.publish(document, below=below("east")), 403, "approval.required")
        submitted = self.draft("east", document)
        self.assertEqual(submitted.status, 201, submitted.body)
        draft = submitted.json()
        self.assertEqual(draft["channel"], "drill:east")
        self.assertEqual(submitted.fields["location"], "/v1/drills/east/drafts/" + draft["id"])
        shown = self.call("mori", "east", "GET", submitted.fields["location"])
        self.assertEqual(shown.body, document)
        self.refused(self.approve("east", draft["id"], document, who="naruto"), 404, "draft.unknown")
        self.refused(self.approve("east", draft["id"], document + b" "), 409, "draft.changed")
        self.refused(self.approve("east", draft["id"], document, who="kato"), 403, "auth.role")
        approved = self.approve("east", draft["id"], document)
        self.assertEqual((approved.status, approved.json()["channel"]), (201, "drill:east"))
        self.assertEqual(self.approve("east", draft["id"], document).status, 200)
        self.refused(self.draft("east", document), 409, "draft.closed")
        self.take(east, approved.json()["sequence"], "east")
        self.assert_quiet(live)

    def test_every_draft_by_every_token_on_every_path(self):
        """Written from the contract: a token is for one channel, and a draft is found in its own."""
        made = {}
        for drill in PATHS:
            document = self.document(self.order(), drill)
            answer = self.draft(drill, document)
            self.assertEqual(answer.status, 201, answer.body)
            made[drill] = answer.json()["id"], document
        for of, token, path in itertools.product(PATHS, PATHS, PATHS):
            if of == token == path:
                continue
            identifier, document = made[of]
            expected = (403, "auth.status") if token != path else (404, "draft.unknown")
            with self.subTest(of=channel(of), token=channel(token), path=channel(path)):
                self.refused(self.call("mori", token, "GET", f"{below(path)}/drafts/{identifier}"),
                             *expected)
                self.refused(self.approve(path, identifier, document, token), *expected)
                self.refused(self.withdraw(path, identifier, token), *expected)
        for drill in PATHS:
            listed = self.call("mori", drill, "GET", below(drill) + "/drafts").json()["drafts"]
            self.assertEqual({draft["channel"] for draft in listed}, {channel(drill)})
            identifier, document = made[drill]
            self.assertEqual(self.approve(drill, identifier, document).json()["channel"],
                             channel(drill), "nothing of all this has ended it")

    def test_what_is_drafted_is_of_the_class_of_its_channel(self):
        for drill in PATHS:
            wrong = self.document(self.order(), None if drill else "east")
            self.refused(self.draft(drill, wrong), 403, "auth.status")

    def test_an_edit_replaces_nothing_of_another_channel(self):
        waiting = self.draft(None).json()["id"]
        document = self.document(self.order(), "west")
        with self.api("kato", "west") as api:
            answer = api.request("POST", "/v1/drills/west/drafts", document,
                                 {"Content-Type": CAP, "Noroshi-Replaces": waiting})
        self.assertEqual((answer.status, answer.fields["noroshi-replaced"]), (201, "no"))
        state = self.call("mori", None, "GET", "/v1/drafts/" + waiting, None,
                          {"Accept": "application/json"}).json()["state"]
        self.assertEqual(state, "waiting")

    def test_they_end_with_the_drill(self):
        self.open_drill("brief", soon(hours=1))
        for login in ("kato", "mori"):
            self.tokens[login, "brief"] = drill_token(self.hub, "officer", login, "brief")
        document = self.document(self.order(), "brief")
        identifier = self.draft("brief", document).json()["id"]
        self.hub.verb("drill", "close", "brief")
        self.refused(self.approve("brief", identifier, document), 409, "drill.closed")
        self.refused(self.withdraw("brief", identifier), 409, "drill.closed")
        self.refused(self.draft("brief"), 409, "drill.closed")
        self.assertEqual(self.call("mori", "brief", "GET",
                                   f"/v1/drills/brief/drafts/{identifier}").body, document)

    def test_who_reads(self):
        identifier = self.draft("east").json()["id"]
        path = "/v1/drills/east/drafts"
        self.assertEqual(self.call("362018", "east", "GET", path).status, 200)
        self.assertEqual(self.call("operator", None, "GET", f"{path}/{identifier}").status, 200)
        self.refused(self.call("tv", "east", "GET", path), 403, "auth.role")
        self.refused(self.call("362026", "east", "GET", f"{path}/{identifier}"), 404,
                     "draft.unknown")
        self.refused(self.draft("east", token="east", who="362018"), 403, "auth.role")


if __name__ == "__main__":
    if len(sys.argv) < 3 or sys.argv[1] != "--hub":
        sys.exit(__doc__)
    os.environ["NOROSHI_HUB_BINARY"] = sys.argv[2]
    unittest.main(argv=sys.argv[:1] + sys.argv[3:], verbosity=2)
