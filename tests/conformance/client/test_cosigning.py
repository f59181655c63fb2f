"""Cosignatures: what a witness found good is signed by it and shown by the hub, and nothing else is.

    test_cosigning.py --hub BIN --subscribe BIN
"""

import os
import pathlib
import subprocess
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from client.api import Api
from client.audit_log import Cosigner, cosigned_at, opened
from client.hub_process import NO_RATES, HubProcess
from client.watched_hub import CONFIGURATION, CONFLICT, OK, USAGE, WatchedHub, main


class CosigningTest(WatchedHub):
    def cosigner(self, name):
        """A key of a witness, and what the hub is told of it."""
        file = self.scratch / f"{name}.key"
        done = subprocess.run([os.environ["NOROSHI_SUBSCRIBE_BINARY"], "witness", "init", name,
                               str(file)], capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, OK, done.stderr)
        self.assertEqual(file.stat().st_mode & 0o777, 0o600)
        return file, done.stdout.strip()

    def hub_with(self, *witnesses):
        """Restarts the hub, told of these."""
        self.hub.terminate()
        settings = {**NO_RATES, "witnesses": ",".join(witnesses)}
        self.hub = HubProcess(os.environ["NOROSHI_HUB_BINARY"], self.hub.data, settings=settings)
        self.addCleanup(self.hub.close)
        self.again()

    def checkpoint(self, query="", status=200):
        with Api(self.door, self.tv) as api:
            answer = api.request("GET", f"/v1/audit/checkpoint{query}")
        self.assertEqual(answer.status, status, answer.body)
        return answer.body.decode()

    def hand_in(self, note, token=None, content_type="text/plain"):
        with Api(self.door, token or self.tv) as api:
            return api.request("POST", "/v1/audit/cosignatures", body=note.encode(),
                               fields={"Content-Type": content_type})

    def test_what_goes_on_is_cosigned_for_others_to_see(self):
        key, public = self.cosigner("tv.example")
        radio_key, radio = self.cosigner("radio.example")
        self.hub_with(public, radio)
        self.checkpoint("?cosigned=true", 404)
        said, _ = self.assert_seen("first", OK, "--cosign", str(key))
        self.assertTrue(said["cosigned"])
        for note in (self.checkpoint(), self.checkpoint("?cosigned=true")):
            self.assertEqual(opened(note, self.verifier()).size, said["size"])
            self.assertLess(abs(cosigned_at(note, public) - time.time()), 60)
            self.assertIsNone(cosigned_at(note, radio))
        self.accept(3)
        newer = self.checkpoint()
        self.assertIsNone(cosigned_at(newer, public))
        note = self.checkpoint("?cosigned=true")
        self.assertEqual(opened(note, self.verifier()).size, said["size"])
        self.assertTrue(cosigned_at(note, public))
        self.assert_seen("consistent", OK, "--cosign", str(key))
        self.assert_seen("consistent", OK, "--cosign", str(radio_key))
        note = self.checkpoint("?cosigned=true")
        self.assertTrue(cosigned_at(note, public) and cosigned_at(note, radio))
        self.assertEqual(self.hand_in(note).status, 204)  # again, as it was given out

    def test_witnesses_of_others_are_taken_as_ours(self):
        theirs = Cosigner("elsewhere.example", bytes(range(32)))
        self.hub_with(theirs.key)
        now = int(time.time())
        note = self.checkpoint()
        for at, status in ((now, 204), (now + 3600, 400)):
            self.assertEqual(self.hand_in(theirs.cosigned(note, at)).status, status)
        self.assertEqual(cosigned_at(self.checkpoint("?cosigned=true"), theirs.key), now)
        # What is older changes nothing.
        self.assertEqual(self.hand_in(theirs.cosigned(note, now - 60)).status, 204)
        self.assertEqual(cosigned_at(self.checkpoint("?cosigned=true"), theirs.key), now)

    def test_what_contradicts_is_not_cosigned(self):
        key, public = self.cosigner("tv.example")
        self.accept(5)
        self.hub.terminate()
        older = self.copied("older")
        self.again()
        self.accept(20)
        self.assert_seen("first", OK)
        self.hub.terminate()
        (older.data / "tree-head").unlink()
        self.again(older)
        self.hub_with(public)
        self.assert_alarm("rolled_back", "--cosign", str(key))
        self.checkpoint("?cosigned=true", 404)

    def test_only_known_witnesses_and_only_of_this_log(self):
        key, public = self.cosigner("tv.example")
        said, words = self.assert_seen("first", OK, "--cosign", str(key))
        self.assertFalse(said["cosigned"])
        self.assertIn("cosignature.invalid", words)
        self.hub_with(public)
        self.assertTrue(self.assert_seen("consistent", OK, "--cosign", str(key))[0]["cosigned"])
        note = self.checkpoint("?cosigned=true")
        text, _, lines = note.rpartition("\n\n")
        self.assertEqual(self.hand_in(note, self.city).status, 403)
        self.assertEqual(self.hand_in(note, "nobody").status, 401)
        self.assertEqual(self.hand_in(note, content_type="application/json").status, 415)
        self.assertEqual(self.hand_in(note + "x" * 20_000).status, 413)
        origin, size, root = text.split("\n")
        for wrong in ("", "none", text, f"{text}\n\n", note.replace("/", "/1", 1),
                      f"{origin}\n{int(size) + 1}\n{root}\n\n{lines}",
                      f"{text}\nmore\n\n{lines}",
                      "\n".join(line for line in note.split("\n") if "tv.example" not in line)):
            answer = self.hand_in(wrong)
            self.assertEqual((answer.status, answer.json()["code"]), (400, "cosignature.invalid"),
                             wrong)
        with Api(self.door, self.tv) as api:
            self.assertEqual(api.request("GET", "/v1/audit/cosignatures").status, 405)
        self.assertEqual(self.checkpoint("?cosigned=true"), note)

    def test_a_witness_that_saw_another_log_is_told_and_noted(self):
        key, public = self.cosigner("tv.example")
        self.hub.terminate()
        other = self.copied("other")
        self.again()
        self.accept(3)
        self.hub_with(public)
        self.assert_seen("first", OK, "--cosign", str(key))
        note = self.checkpoint("?cosigned=true")
        self.hub.terminate()
        self.again(other)
        self.accept(30)
        self.hub_with(public)
        self.assertEqual(self.hand_in(note).json()["code"], "cosignature.invalid")
        self.assertIn("witness.other_log", self.hub.log.read_text(encoding="utf-8"))

    def test_a_key_of_a_witness_is_made_once_and_kept_from_others(self):
        key, public = self.cosigner("tv.example")
        init = [os.environ["NOROSHI_SUBSCRIBE_BINARY"], "witness", "init"]
        for words, code in ((("tv.example", key), CONFLICT), (("a b", self.scratch / "k"), USAGE),
                            (("tv.example",), USAGE)):
            done = subprocess.run([*init, *map(str, words)], capture_output=True, timeout=60)
            self.assertEqual(done.returncode, code, done.stderr)
        key.chmod(0o644)
        self.assertEqual(self.look("--cosign", str(key))[0], CONFIGURATION)


if __name__ == "__main__":
    main(__doc__)
