"""GET /v1/audit/…: checkpoints and proofs of the log, checked by other means than the hub's.

    test_audit.py --hub BIN
"""

import base64
import datetime
import os
import pathlib
import stat
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from client import cap
from client.api import Api
from client.audit_log import node, opened, root_of, sha256, shows_consistency, shows_inclusion
from client.hub_process import NO_RATES, HubFailed, HubProcess
from client.registration import add_publisher, add_subscriber, drill_token, open_drill

SENDER = "city.tokushima.lg.jp"
TOKUSHIMA = cap.Place("362018", "徳島県徳島市")


def decoded(text):
    return base64.b64decode(text, validate=True)


class AuditTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="noroshi-audit-")
        self.addCleanup(scratch.cleanup)
        self.data = pathlib.Path(scratch.name) / "hub"
        self.hub = HubProcess(os.environ["NOROSHI_HUB_BINARY"], self.data, settings=NO_RATES)
        self.addCleanup(self.hub.close)
        self.hub.init()
        self.city = add_publisher(self.hub, "362018", "徳島市", [SENDER], ["362018"])
        self.tv = add_subscriber(self.hub, "tv", ["36"])
        self.door = self.hub.start()

    def accept(self):
        with Api(self.door, self.city) as api:
            answer = api.publish(cap.document(cap.first_revision("362018", SENDER, (TOKUSHIMA,), 4)))
        self.assertEqual(answer.status, 201, answer.body)
        return answer.json()["sequence"]

    def get(self, what, token=None):
        with Api(self.door, token or self.tv) as api:
            return api.request("GET", f"/v1/audit/{what}")

    def checkpoint(self):
        answer = self.get("checkpoint")
        self.assertEqual(answer.status, 200, answer.body)
        verifier = (self.data / "audit.pub").read_text(encoding="utf-8")
        return opened(answer.body.decode(), verifier)

    def inclusion(self, query):
        proof = self.get(f"inclusion?{query}").json()
        self.assertEqual(proof["type"], "inclusion", proof)
        return (proof["leaf_index"], proof["tree_size"], decoded(proof["leaf_hash"]),
                [decoded(hash_) for hash_ in proof["proof"]], decoded(proof["root"]))

    def consistency(self, query):
        proof = self.get(f"consistency?{query}").json()
        self.assertEqual(proof["type"], "consistency", proof)
        return (proof["size1"], proof["size2"], decoded(proof["root1"]), decoded(proof["root2"]),
                [decoded(hash_) for hash_ in proof["proof"]])

    def test_every_entry_is_in_the_tree_that_is_signed(self):
        for _ in range(9):
            last = self.accept()
        checkpoint = self.checkpoint()
        self.assertGreaterEqual(checkpoint.size, last)
        leaves = []
        for sequence in range(1, checkpoint.size + 1):
            index, size, leaf, proof, root = self.inclusion(
                f"sequence={sequence}&size={checkpoint.size}")
            self.assertEqual((index, size, root), (sequence - 1, checkpoint.size, checkpoint.root))
            self.assertTrue(shows_inclusion(index, size, leaf, proof, root), sequence)
            leaves.append(leaf)
        self.assertEqual(root_of(leaves), checkpoint.root)
        self.assertEqual(len(set(leaves)), len(leaves))

    def test_each_checkpoint_goes_on_from_the_one_before(self):
        seen = [self.checkpoint()]
        for _ in range(12):
            self.accept()
            seen.append(self.checkpoint())
        self.assertEqual(len({checkpoint.origin for checkpoint in seen}), 1)
        for old in seen:
            size1, size2, root1, root2, proof = self.consistency(
                f"from={old.size}&to={seen[-1].size}")
            self.assertEqual((size1, root1, size2, root2),
                             (old.size, old.root, seen[-1].size, seen[-1].root))
            self.assertTrue(shows_consistency(size1, size2, root1, root2, proof), old.size)

    def test_a_restart_goes_on_with_the_same_log_and_key(self):
        self.accept()
        before = self.checkpoint()
        self.hub.kill()
        self.door = self.hub.start()
        self.accept()
        after = self.checkpoint()
        self.assertEqual(after.origin, before.origin)
        size1, size2, root1, root2, proof = self.consistency(f"from={before.size}")
        self.assertEqual((size1, root1), (before.size, before.root))
        self.assertGreaterEqual(size2, after.size)
        self.assertTrue(shows_consistency(size1, size2, root1, root2, proof))

    def test_a_hub_of_an_earlier_version_is_given_a_key(self):
        self.hub.terminate()
        key = self.data / "keys" / "audit.key"
        key.unlink()
        (self.data / "audit.pub").unlink()
        (self.data / "tree-head").unlink()
        self.door = self.hub.start()
        self.assertEqual(stat.S_IMODE(key.stat().st_mode), 0o600)
        self.checkpoint()

    def test_a_key_that_others_may_read_is_not_taken(self):
        self.hub.terminate()
        (self.data / "keys" / "audit.key").chmod(0o644)
        with self.assertRaisesRegex(HubFailed, "audit.key: others may read it"):
            self.hub.start()

    def test_what_is_not_there_is_not_proved(self):
        size = self.checkpoint().size
        for query in ("inclusion", "inclusion?sequence=0", f"inclusion?sequence={size + 1000}",
                      f"inclusion?sequence=1&size={size + 1000}", "inclusion?sequence=3&size=2",
                      "inclusion?sequence=-1", "inclusion?sequence=1&sequence=1",
                      "inclusion?sequence=1&other=1", "inclusion?sequence=18446744073709551616",
                      "consistency", "consistency?from=0", f"consistency?from={size + 1000}",
                      f"consistency?from=1&to={size + 1000}", "consistency?from=3&to=2"):
            answer = self.get(query)
            self.assertEqual((answer.status, answer.json()["code"]), (400, "query.invalid"), query)

    def test_proofs_go_to_any_identity_and_to_nobody_else(self):
        for token in (self.city, self.tv):
            self.assertEqual(self.get("checkpoint", token).status, 200)
            self.assertEqual(self.get("inclusion?sequence=1", token).status, 200)
        self.assertEqual(self.get("checkpoint", "nrs_s_" + "0" * 43).status, 401)

    def entries(self, token, **query):
        """All of the log, page by page."""
        found, after = [], 0
        while True:
            words = "&".join(f"{name}={value}" for name, value in {"after": after, **query}.items())
            answer = self.get(f"entries?{words}", token)
            self.assertEqual(answer.status, 200, answer.body)
            page = answer.json()
            if not page["entries"]:
                self.assertEqual(page["next_after"], after)
                return found
            found += page["entries"]
            after = page["next_after"]
            self.assertEqual(after, found[-1]["sequence"])

    def test_the_tree_follows_from_the_entries(self):
        for _ in range(7):
            self.accept()
        checkpoint = self.checkpoint()
        for query in ({}, {"limit": 1}, {"limit": 5}, {"limit": 1000}):
            entries = self.entries(self.tv, **query)[:checkpoint.size]
            self.assertEqual([entry["sequence"] for entry in entries],
                             list(range(1, checkpoint.size + 1)))
            self.assertEqual(root_of([decoded(entry["leaf_hash"]) for entry in entries]),
                             checkpoint.root)
        self.assertLessEqual(len(self.get("entries?limit=5").json()["entries"]), 5)

    def test_a_leaf_goes_to_whom_it_concerns(self):
        radio = add_subscriber(self.hub, "radio", ["01"])
        town = add_publisher(self.hub, "362026", "鳴門市", ["town.example"], ["362026"])
        alert = self.accept()
        operator = (self.data / "keys" / "operator.token").read_text(encoding="utf-8").strip()
        read = {}
        for name, token in (("operator", operator), ("city", self.city), ("town", town),
                            ("tv", self.tv), ("radio", radio)):
            read[name] = self.entries(token)
            for entry in read[name]:
                if entry["leaf"] is not None:
                    self.assertEqual(sha256(b"\0" + decoded(entry["leaf"])),
                                     decoded(entry["leaf_hash"]), (name, entry))
        with_leaf = {name: {entry["sequence"]: entry["kind"] for entry in entries if entry["leaf"]}
                     for name, entries in read.items()}
        self.assertEqual({name for name, leaves in with_leaf.items() if alert in leaves},
                         {"operator", "city", "tv"})
        self.assertEqual(set(with_leaf["tv"].values()), {"subscriber_registered", "alert_accepted"})
        self.assertEqual(set(with_leaf["radio"].values()), {"subscriber_registered"})
        self.assertEqual(set(with_leaf["town"].values()), {"publisher_registered"})
        self.assertEqual([entry["kind"] for entry in read["operator"] if not entry["leaf"]],
                         [entry["kind"] for entry in read["operator"]
                          if entry["kind"] == "token_issued"])
        self.assertIn("token_issued", {entry["kind"] for entry in read["operator"]})

    def test_what_is_no_page_is_refused(self):
        for query in ("after=-1", "after=1&after=2", "limit=0", "limit=1001", "other=1", "after=",
                      "after=9007199254740992", "after=x"):
            answer = self.get(f"entries?{query}")
            self.assertEqual((answer.status, answer.json()["code"]), (400, "query.invalid"), query)
        self.assertEqual(self.get("entries", "nrs_s_" + "0" * 43).status, 401)

    def test_a_drill_has_no_log_of_its_own(self):
        end = cap.timestamp(cap.now() + datetime.timedelta(hours=1))
        open_drill(self.hub, "spring", ["362018"], ["tv"], end)
        token = drill_token(self.hub, "subscriber", "tv", "spring")
        with Api(self.door, token) as api:
            answer = api.request("GET", "/v1/drills/spring/audit/checkpoint")
        self.assertEqual(answer.status, 404, answer.body)

    def test_the_checks_of_this_test_can_fail(self):
        leaves = [sha256(bytes([i])) for i in range(7)]
        root = root_of(leaves)
        proof = [leaves[1], node(leaves[2], leaves[3]), node(node(leaves[4], leaves[5]), leaves[6])]
        self.assertTrue(shows_inclusion(0, 7, leaves[0], proof, root))
        self.assertFalse(shows_inclusion(1, 7, leaves[0], proof, root))
        self.assertFalse(shows_inclusion(0, 7, leaves[0], proof[:2], root))
        left = root_of(leaves[:4])
        self.assertTrue(shows_consistency(4, 7, left, root, [root_of(leaves[4:])]))
        self.assertFalse(shows_consistency(4, 7, leaves[0], root, [root_of(leaves[4:])]))


if __name__ == "__main__":
    if len(sys.argv) < 3 or sys.argv[1] != "--hub":
        sys.exit(__doc__)
    os.environ["NOROSHI_HUB_BINARY"] = sys.argv[2]
    unittest.main(argv=sys.argv[:1] + sys.argv[3:], verbosity=2)
