"""tree-head: a log that does not go on from what was signed is not served; and the verbs of
`noroshi-hub audit` on a hub that runs and on one that does not.

    test_tree_head.py --hub BIN
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from client import cap
from client.api import Api
from client.audit_log import opened
from client.hub_process import NO_RATES, HubFailed, HubProcess
from client.registration import add_publisher

SENDER = "city.tokushima.lg.jp"
TOKUSHIMA = cap.Place("362018", "徳島県徳島市")
SECONDS_MAX = 30
STORE = ("journal.db", "journal.db-wal", "journal.db-shm", "journal.db.digest")


class TreeHeadTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="noroshi-tree-head-")
        self.addCleanup(scratch.cleanup)
        self.scratch = pathlib.Path(scratch.name)
        self.hub = self.made("hub")
        self.data = self.hub.data
        self.city = add_publisher(self.hub, "362018", "徳島市", [SENDER], ["362018"])
        self.door = self.hub.start()

    def made(self, name):
        hub = HubProcess(os.environ["NOROSHI_HUB_BINARY"], self.scratch / name, settings=NO_RATES)
        self.addCleanup(hub.close)
        hub.init()
        return hub

    def accept(self):
        with Api(self.door, self.city) as api:
            answer = api.publish(cap.document(cap.first_revision("362018", SENDER, (TOKUSHIMA,), 4)))
        self.assertEqual(answer.status, 201, answer.body)
        return answer.json()["sequence"]

    def signed(self):
        verifier = (self.data / "audit.pub").read_text(encoding="utf-8")
        return opened((self.data / "tree-head").read_text(encoding="utf-8"), verifier)

    def await_signed(self, sequence):
        until = time.monotonic() + SECONDS_MAX
        while not (self.data / "tree-head").exists() or self.signed().size < sequence:
            self.assertLess(time.monotonic(), until, "tree-head is not written")
            time.sleep(0.05)

    def set_aside(self, name):
        """Copies the store of the stopped hub."""
        copy = self.scratch / name
        copy.mkdir()
        for part in STORE:
            if (self.data / part).exists():
                shutil.copy2(self.data / part, copy)
        return copy

    def bring_back(self, copy):
        for part in STORE:
            (self.data / part).unlink(missing_ok=True)
            if (copy / part).exists():
                shutil.copy2(copy / part, self.data)

    def verb(self, *words):
        command = [str(self.hub.binary), *map(str, words)]
        return subprocess.run(command, capture_output=True, text=True, timeout=60)

    def here(self, *words):
        return self.verb(*words, "--data", self.data)

    def assert_refused(self, *said):
        before = {part: (self.data / part).read_bytes() for part in ("journal.db", "tree-head")}
        with self.assertRaises(HubFailed) as refused:
            self.hub.start()
        self.assertEqual(self.hub.terminate(), 1)
        for words in ("tree-head", *said):
            self.assertIn(words, str(refused.exception))
        self.assertEqual(self.here("audit", "verify").returncode, 4)
        for part, content in before.items():
            self.assertEqual((self.data / part).read_bytes(), content, part)

    def test_it_follows_the_log_while_the_hub_runs_and_is_whole_at_its_end(self):
        last = self.accept()
        self.await_signed(last)
        self.accept()
        self.hub.terminate()
        ended = json.loads(self.here("status", "--json").stdout)["head"]
        self.assertEqual(self.signed().size, ended)

    def test_an_older_copy_of_the_log_is_not_served(self):
        self.accept()
        self.hub.terminate()
        older = self.set_aside("older")
        self.door = self.hub.start()
        self.accept()
        self.hub.terminate()
        newest = self.set_aside("newest")
        self.bring_back(older)
        self.assert_refused("journal.db ends at", "older file")
        self.bring_back(newest)
        self.door = self.hub.start()
        self.accept()

    def test_it_is_seen_after_a_kill_as_well(self):
        self.hub.terminate()
        older = self.set_aside("older")
        self.door = self.hub.start()
        self.await_signed(self.accept())
        self.hub.kill()
        self.bring_back(older)
        self.assert_refused("journal.db ends at")

    def test_the_same_number_of_other_entries_is_not_served(self):
        self.hub.terminate()
        older = self.set_aside("older")
        self.door = self.hub.start()
        self.await_signed(self.accept())
        self.hub.terminate()
        vouched = (self.data / "tree-head").read_bytes()
        self.bring_back(older)
        (self.data / "tree-head").unlink()
        self.door = self.hub.start()
        for _ in range(3):
            self.accept()
        self.hub.terminate()
        (self.data / "tree-head").write_bytes(vouched)
        self.assert_refused("rewritten")

    def test_the_log_of_another_hub_is_not_served(self):
        self.await_signed(self.accept())
        self.hub.terminate()
        other = self.made("other")
        other.start()
        other.terminate()
        for part in STORE:
            (self.data / part).unlink(missing_ok=True)
        shutil.copy2(other.data / "journal.db", self.data)
        self.assert_refused("of another log")

    def test_a_log_that_is_cut_short_is_not_served(self):
        for _ in range(20):
            self.accept()
        self.hub.terminate()
        whole = (self.data / "journal.db").read_bytes()
        page = int.from_bytes(whole[16:18], "big")
        for pages in (len(whole) // page // 2, len(whole) // page - 1, 1, 0):
            (self.data / "journal.db").write_bytes(whole[:pages * page])
            with self.assertRaisesRegex(HubFailed, "journal.db"):
                self.hub.start()
            self.assertNotEqual(self.hub.terminate(), 0)
            self.assertNotEqual(self.here("audit", "verify").returncode, 0, pages)
        (self.data / "journal.db").write_bytes(whole)
        self.door = self.hub.start()

    def test_without_it_the_log_is_taken_as_it_is_and_said(self):
        self.hub.terminate()
        (self.data / "tree-head").unlink()
        self.door = self.hub.start()
        self.assertIn("tree_head.absent", self.hub.log.read_text(encoding="utf-8"))
        self.await_signed(self.accept())

    def test_what_a_kill_left_of_a_write_is_removed(self):
        self.await_signed(self.accept())
        self.hub.kill()
        left = self.data / ".tree-head.a1B2c3"
        left.write_text("half", encoding="utf-8")
        self.door = self.hub.start()
        self.assertFalse(left.exists())
        self.await_signed(self.accept())

    def test_one_that_is_damaged_is_named(self):
        self.await_signed(self.accept())
        self.hub.terminate()
        good = (self.data / "tree-head").read_bytes()
        signature = good.index("—".encode()) + 40
        for bad in (b"", b"\0" * 100, good[:30], good[:-2], b"x" * (1 << 20),
                    good[:signature] + bytes([good[signature] ^ 1]) + good[signature + 1:]):
            (self.data / "tree-head").write_bytes(bad)
            self.assert_refused("move")

    def test_the_verbs_say_the_same_of_a_hub_that_runs_and_of_one_that_does_not(self):
        last = self.accept()
        proof = self.scratch / "proof.json"
        for state in ("running", "stopped"):
            if state == "stopped":
                self.hub.terminate()
            self.assertEqual(self.here("audit", "verify").stdout, "ok\n")
            verifier = (self.data / "audit.pub").read_text(encoding="utf-8")
            checkpoint = opened(self.here("audit", "checkpoint").stdout, verifier)
            self.assertGreaterEqual(checkpoint.size, last)
            epoch = checkpoint.origin.split("/")[1]
            for entry in (last, f"{epoch}-{last}"):
                printed = self.here("audit", "prove", entry).stdout
                self.assertEqual(json.loads(printed)["leaf_index"], last - 1)
                proof.write_text(printed, encoding="utf-8")
                done = self.verb("audit", "verify-proof", proof, proof)
                self.assertEqual((done.returncode, done.stdout), (0, "ok\nok\n"), done.stderr)
            sized = json.loads(self.here("audit", "prove", 2, "--size", 3).stdout)
            self.assertEqual((sized["leaf_index"], sized["tree_size"]), (1, 3))
            self.assertEqual(self.here("audit", "prove", 100_000).returncode, 5)
            self.assertEqual(self.here("audit", "prove", f"7-{last}").returncode, 5)
            self.assertEqual(self.here("audit", "prove", "none").returncode, 5)
            self.assertEqual(self.here("audit", "prove", "0").returncode, 2)

    def test_a_proof_that_does_not_prove_is_exit_4(self):
        proof = json.loads(self.here("audit", "prove", 2).stdout)
        wrong = self.scratch / "wrong.json"
        wrong.write_text(json.dumps({**proof, "leaf_index": 2}), encoding="utf-8")
        done = self.verb("audit", "verify-proof", wrong)
        self.assertEqual((done.returncode, "ok" in done.stdout.split()), (4, False))
        self.assertIn("wrong.json", done.stdout)


if __name__ == "__main__":
    if len(sys.argv) < 3 or sys.argv[1] != "--hub":
        sys.exit(__doc__)
    os.environ["NOROSHI_HUB_BINARY"] = sys.argv[2]
    unittest.main(argv=sys.argv[:1] + sys.argv[3:], verbosity=2)
