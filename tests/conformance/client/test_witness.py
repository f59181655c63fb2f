"""noroshi-subscribe witness, and receivers that watch the log they are fed from: a log that grows is
taken, one that was brought back, rewritten or renamed is an alarm with evidence.

    test_witness.py --hub BIN --subscribe BIN
"""

import pathlib
import signal
import subprocess
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from client.audit_log import opened
from client.registration import add_subscriber
from client.watched_hub import CONFLICT, FAILED, OK, REFUSED, SECONDS_MAX, USAGE, WatchedHub, main


class WitnessTest(WatchedHub):
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
    main(__doc__)
