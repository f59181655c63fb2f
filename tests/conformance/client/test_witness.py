"""noroshi-subscribe witness, and receivers that watch the log they are fed from: a log that grows is
taken, one that was brought back, rewritten or renamed is an alarm with evidence.

    test_witness.py --hub BIN --subscribe BIN
"""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from client import cap
from client.api import Api
from client.audit_log import Cosigner, cosigned_at, opened
from client.hub_process import NO_RATES, HubProcess
from client.registration import add_publisher, add_subscriber

SENDER = "city.tokushima.lg.jp"
TOKUSHIMA = cap.Place("362018", "徳島県徳島市")
SECONDS_MAX = 30
OK, FAILED, USAGE, REFUSED, CONFLICT = 0, 1, 2, 4, 6


class WitnessTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="noroshi-witness-")
        self.addCleanup(scratch.cleanup)
        self.scratch = pathlib.Path(scratch.name)
        self.hub = self.process("hub")
        self.hub.init()
        self.city = add_publisher(self.hub, "362018", "徳島市", [SENDER], ["362018"])
        self.tv = add_subscriber(self.hub, "tv", ["36"])
        self.token = self.scratch / "tv.token"
        self.token.write_text(self.tv, encoding="ascii")
        self.token.chmod(0o600)
        self.door = self.hub.start()
        self.state = self.scratch / "seen"

    def process(self, name):
        hub = HubProcess(os.environ["NOROSHI_HUB_BINARY"], self.scratch / name, settings=NO_RATES)
        self.addCleanup(hub.close)
        return hub

    def again(self, hub=None):
        """A hub, on the port that the witness knows."""
        self.hub = hub or self.hub
        self.door = self.hub.start(port=self.door.port)

    def accept(self, times=1):
        with Api(self.door, self.city) as api:
            for _ in range(times):
                document = cap.first_revision("362018", SENDER, (TOKUSHIMA,), 4)
                self.assertEqual(api.publish(cap.document(document)).status, 201)

    def copied(self, name):
        """The data directory of the stopped hub, with its keys and its tree-head."""
        shutil.copytree(self.hub.data, self.scratch / name,
                        ignore=shutil.ignore_patterns("admin.sock", "view.db*"))
        return self.process(name)

    def command(self, *words):
        return [os.environ["NOROSHI_SUBSCRIBE_BINARY"], *words, "--hub",
                f"https://127.0.0.1:{self.door.port}", "--ca", str(self.door.ca), "--token-file",
                str(self.token)]

    def environment(self, language="en"):
        return {**os.environ, "LANG": f"{language}.UTF-8", "LC_ALL": f"{language}.UTF-8"}

    def look(self, *options, language="en"):
        """One look: what it says to programs and people, and the exit code."""
        done = subprocess.run([*self.command("witness"), "--state", str(self.state), "--once",
                               *options], capture_output=True, text=True, timeout=60,
                              env=self.environment(language))
        said = json.loads(done.stdout) if done.stdout else {}
        return done.returncode, said, done.stderr

    def assert_seen(self, verdict, code, *options):
        got, said, words = self.look(*options)
        self.assertEqual((said.get("verdict"), got), (verdict, code), words)
        return said, words

    def assert_alarm(self, verdict, *options):
        """Found with evidence that convinces without us, and found again."""
        seen = (self.state / "seen.json").read_bytes()
        said, words = self.assert_seen(verdict, CONFLICT, *options)
        self.assertIn(f"AUDIT ALARM {verdict}", words)
        evidence = json.loads(pathlib.Path(said["evidence"]).read_text(encoding="utf-8"))
        again, _ = self.assert_seen(verdict, CONFLICT, *options)
        self.assertEqual(again["evidence"], said["evidence"])
        self.assertEqual((self.state / "seen.json").read_bytes(), seen)
        return evidence

    def verifier(self):
        return (self.hub.data / "audit.pub").read_text(encoding="utf-8").strip()

    def test_a_log_that_grows_is_taken(self):
        said, words = self.assert_seen("first", OK)
        self.assertEqual(said["key"], self.verifier())
        self.assertIn(self.verifier(), words)
        for times in (1, 1, 7):
            self.accept(times)
            grown, _ = self.assert_seen("consistent", OK)
            self.assertEqual(grown["kept"]["size"], said["size"])
            self.assertGreaterEqual(grown["size"], said["size"] + times)
            said = grown
        self.hub.kill()
        self.assert_seen("unseen", FAILED)
        self.again()
        self.accept()
        self.assert_seen("consistent", OK)

    def test_a_directory_that_was_brought_back_whole_is_found(self):
        self.accept()
        self.hub.terminate()
        older = self.copied("older")
        self.again()
        self.accept(20)
        kept = self.assert_seen("first", OK)[0]["size"]
        verifier = self.verifier()
        self.hub.terminate()
        (older.data / "tree-head").unlink()
        self.again(older)
        evidence = self.assert_alarm("rolled_back")
        self.assertEqual(opened(evidence["kept"], verifier).size, kept)
        self.assertLess(opened(evidence["shown"], verifier).size, kept)
        # It has more entries again, and others than it had.
        self.accept(40)
        evidence = self.assert_alarm("split")
        self.assertGreater(opened(evidence["shown"], verifier).size, kept)

    def test_a_split_view_is_found_and_both_sides_are_signed(self):
        self.hub.terminate()
        other = self.copied("other")
        self.again()
        self.accept(3)
        self.assert_seen("first", OK)
        verifier = self.verifier()
        self.hub.terminate()
        ours = self.hub
        self.again(other)
        self.accept(30)
        evidence = self.assert_alarm("split")
        kept, shown = (opened(evidence[side], verifier) for side in ("kept", "shown"))
        self.assertEqual(kept.origin, shown.origin)
        self.assertLess(kept.size, shown.size)
        self.assertIn(f"consistency?from={kept.size}&to={shown.size}", evidence["asked"])
        # The hub that was believed first still is.
        self.hub.terminate()
        self.again(ours)
        self.accept()
        self.assert_seen("consistent", OK)

    def test_two_hubs_that_show_one_log_differently_are_found(self):
        self.hub.terminate()
        other = self.copied("other")
        self.again()
        self.accept(3)
        self.assert_seen("first", OK)
        self.door = other.start()
        self.accept(30)
        self.assert_alarm("split")

    def test_another_log_is_for_the_operator_to_confirm(self):
        self.assert_seen("first", OK)
        self.hub.terminate()
        other = self.process("other")
        other.init()
        self.tv = add_subscriber(other, "tv", ["36"])
        self.token.write_text(self.tv, encoding="ascii")
        self.again(other)
        self.assert_alarm("other_log")
        self.assertIn("--audit-key", self.look()[2])
        said, _ = self.assert_seen("first", OK, "--audit-key", str(self.hub.data / "audit.pub"))
        self.assertEqual(said["origin"], self.verifier().split("+")[0])
        self.assert_seen("consistent", OK)

    def test_another_key_of_the_same_log_is_found(self):
        self.assert_seen("first", OK, "--audit-key", self.verifier())
        self.hub.terminate()
        (self.hub.data / "keys" / "audit.key").unlink()
        (self.hub.data / "tree-head").unlink()
        self.again()
        self.assert_alarm("wrong_signature")

    def test_it_says_so_in_japanese_too(self):
        self.accept(5)
        self.hub.terminate()
        older = self.copied("older")
        self.again()
        self.accept(20)
        self.look()
        self.hub.terminate()
        self.again(older)
        code, _, words = self.look(language="ja_JP")
        self.assertEqual(code, CONFLICT)
        self.assertIn("監査警報", words)

    def test_what_it_remembers_is_not_taken_for_nothing_when_it_is_damaged(self):
        self.assert_seen("first", OK)
        file = self.state / "seen.json"
        good = file.read_text(encoding="utf-8")
        for bad in ("", "{}", good[:-30], good.replace("noroshi/", "noroshi/1", 1), "[" * 100_000):
            file.write_text(bad, encoding="utf-8")
            self.assert_seen("unseen", CONFLICT)
            self.assertEqual(file.read_text(encoding="utf-8"), bad)
        file.write_text(good, encoding="utf-8")
        self.assert_seen("consistent", OK)

    def test_who_may_not_ask_is_told(self):
        self.token.write_text("nobody", encoding="ascii")
        self.assert_seen("unseen", REFUSED)
        self.assertEqual(self.look("--audit-key", "none")[0], USAGE)

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
        self.assertEqual(self.look("--cosign", str(key))[0], 3)

    def receive(self, *options, every=1):
        log = open(self.scratch / "receiver.log", "wb")
        self.addCleanup(log.close)
        receiver = subprocess.Popen([*self.command(), "--out", str(self.scratch / "alerts"),
                                     "--witness", str(every), *options], stderr=log,
                                    env=self.environment())
        self.addCleanup(receiver.wait)
        self.addCleanup(receiver.kill)
        return receiver

    def await_in(self, file, words):
        until = time.monotonic() + SECONDS_MAX
        while not file.exists() or words not in file.read_text(encoding="utf-8"):
            self.assertLess(time.monotonic(), until, words)
            time.sleep(0.05)

    def test_a_receiver_watches_and_goes_on_receiving(self):
        seen = self.scratch / "alerts" / "witness" / "seen.json"
        receiver = self.receive()
        self.await_in(seen, "checkpoint")
        self.hub.terminate()
        older = self.copied("older")
        self.again()
        self.accept(20)
        self.await_in(self.scratch / "receiver.log", "the hub is back")
        before = seen.read_bytes()
        until = time.monotonic() + SECONDS_MAX
        while seen.read_bytes() == before:
            self.assertLess(time.monotonic(), until)
            time.sleep(0.05)
        receiver.send_signal(signal.SIGTERM)
        self.assertEqual(receiver.wait(SECONDS_MAX), 0)
        self.hub.terminate()
        (older.data / "tree-head").unlink()
        self.again(older)
        self.accept(50)
        receiver = self.receive("--from", "now")
        self.await_in(self.scratch / "receiver.log", "AUDIT ALARM split")
        self.assertIsNone(receiver.poll())
        self.assertTrue(list(seen.parent.glob("evidence-split-*.json")))

    def test_who_does_not_want_it_has_no_folder_of_it(self):
        receiver = self.receive(every=0)
        self.accept()
        self.await_in(self.scratch / "receiver.log", "connected to")
        receiver.send_signal(signal.SIGTERM)
        receiver.wait(SECONDS_MAX)
        self.assertFalse((self.scratch / "alerts" / "witness").exists())


if __name__ == "__main__":
    if len(sys.argv) < 5 or sys.argv[1] != "--hub" or sys.argv[3] != "--subscribe":
        sys.exit(__doc__)
    os.environ["NOROSHI_HUB_BINARY"] = sys.argv[2]
    os.environ["NOROSHI_SUBSCRIBE_BINARY"] = sys.argv[4]
    unittest.main(argv=sys.argv[:1] + sys.argv[5:], verbosity=2)
