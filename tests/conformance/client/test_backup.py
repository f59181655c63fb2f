"""noroshi-hub backup while alerts come in, and restore: every entry, every answer, every receiver as
they were, under a new epoch; and no damaged, forged or older backup taken for a good one.

    test_backup.py --hub BIN --subscribe BIN
"""

import argparse
import os
import pathlib
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from client import cap
from client.api import Api
from client.audit_log import opened, root_of, sha256
from client.hub_process import NO_RATES, HubProcess
from client.registration import add_publisher, add_subscriber
from client.stream import Stream

SENDER = "city.tokushima.lg.jp"
TOKUSHIMA = cap.Place("362018", "徳島県徳島市")
SECONDS_MAX = 10.0
OK, REFUSED, CONFLICT = 0, 4, 6
FLIPS = 400


class BackupTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="noroshi-backup-")
        self.addCleanup(scratch.cleanup)
        self.scratch = pathlib.Path(scratch.name)
        self.hub = self.made("hub")
        self.hub.init()
        self.city = add_publisher(self.hub, "362018", "徳島市", [SENDER], ["362018"])
        self.tv = add_subscriber(self.hub, "tv", ["36"])
        self.door = self.hub.start()
        self.file = self.scratch / "backup"

    def made(self, name):
        hub = HubProcess(os.environ["NOROSHI_HUB_BINARY"], self.scratch / name, settings=NO_RATES)
        self.addCleanup(hub.close)
        return hub

    def order(self):
        return cap.document(cap.first_revision("362018", SENDER, (TOKUSHIMA,), 4))

    def accept(self, document=None, door=None):
        with Api(door or self.door, self.city) as api:
            answer = api.publish(document or self.order())
        self.assertIn(answer.status, (200, 201), answer.body)
        return answer

    def run_hub(self, *words):
        return subprocess.run([str(self.hub.binary), *map(str, words)], capture_output=True,
                              text=True, timeout=60)

    def backup(self, file=None):
        done = self.run_hub("backup", file or self.file, "--data", self.hub.data)
        self.assertEqual(done.returncode, OK, done.stderr)

    def restore(self, name="new", *words, file=None):
        return self.run_hub("restore", file or self.file, "--data", self.scratch / name, *words)

    def restored(self, *words):
        done = self.restore("new", *words)
        self.assertEqual(done.returncode, OK, done.stderr)
        return self.made("new")

    def entries(self, hub):
        journal = sqlite3.connect(f"file:{hub.data / 'journal.db'}?mode=ro", uri=True)
        try:
            return journal.execute("SELECT bytes FROM entries ORDER BY sequence").fetchall()
        finally:
            journal.close()

    def assert_refused(self, done, name="new"):
        self.assertEqual(done.returncode, REFUSED, done.stderr)
        self.assertFalse((self.scratch / name).exists(), "something was written")

    def test_under_load_nothing_is_lost_and_every_answer_stays(self):
        documents, ended = [], threading.Event()

        def publish():
            while not ended.is_set():
                document = self.order()
                documents.append((document, self.accept(document).json()["sequence"]))

        publishing = threading.Thread(target=publish)
        publishing.start()
        try:
            while len(documents) < 20:
                ended.wait(0.05)
            before = list(documents)
            self.backup()
        finally:
            ended.set()
            publishing.join()
        self.hub.kill()
        hub = self.restored()
        with_backup = self.run_hub("audit", "verify", "--data", hub.data)
        self.assertEqual(with_backup.returncode, OK, with_backup.stderr)
        restored, original = self.entries(hub), self.entries(self.hub)
        self.assertEqual(restored[:-1], original[:len(restored) - 1])
        door = hub.start()
        for document, sequence in before:
            answer = self.accept(document, door)
            self.assertEqual((answer.status, answer.json()["sequence"]), (200, sequence))
            with Api(door, self.city) as api:
                self.assertEqual(api.accepted_bytes(sequence).body, document)
        late, _ = documents[-1]
        self.assertIn(self.accept(late, door).status, (200, 201))

    def test_a_stopped_hub_too_and_the_proofs_go_on(self):
        self.accept()
        self.assertEqual(self.hub.terminate(), 0)
        self.backup()
        old = opened((self.hub.data / "tree-head").read_text(), (self.hub.data / "audit.pub").read_text())
        hub = self.restored("--audit-key", self.hub.data / "audit.pub",
                            "--tree-head", self.hub.data / "tree-head")
        hub.start()
        self.assertEqual(hub.terminate(), 0)
        new = opened((hub.data / "tree-head").read_text(), (hub.data / "audit.pub").read_text())
        self.assertNotEqual(new.origin, old.origin)
        leaves = [sha256(b"\0" + entry) for entry, in self.entries(hub)]
        self.assertEqual(root_of(leaves[:old.size]), old.root)
        self.assertEqual(root_of(leaves[:new.size]), new.root)
        self.assertIn(old.origin.encode(), self.entries(hub)[old.size][0])  # names the old checkpoint

    def test_what_was_archived_stays_so_and_proven(self):
        sequence = self.accept().json()["sequence"]
        self.assertEqual(self.hub.terminate(), 0)
        journal = sqlite3.connect(self.hub.data / "journal.db")
        journal.execute("UPDATE contents SET bytes = CAST('archived:' || hash AS BLOB)")
        journal.commit()
        journal.close()
        self.backup()
        hub = self.restored()
        verified = self.run_hub("audit", "verify", "--data", hub.data)
        self.assertEqual(verified.returncode, OK, verified.stderr)
        with Api(hub.start(), self.city) as api:
            self.assertEqual(api.accepted_bytes(sequence).status, 404)

    def test_receivers_go_on(self):
        folder = self.scratch / "tv"
        token = self.scratch / "tv.token"
        token.write_text(self.tv)
        token.chmod(0o600)
        first = self.order()
        self.accept(first)
        self.receive(self.door, token, folder, 1)
        self.await_delivered(self.accept(first).json()["sequence"])
        self.backup()
        lost = self.order()
        self.accept(lost)
        self.receive(self.door, token, folder, 1)
        self.hub.kill()
        hub = self.restored()
        door = hub.start()
        again = self.accept(lost, door)  # its city sends it once more
        self.assertEqual(again.status, 201)
        after = self.order()
        self.accept(after, door)
        refused = self.received(door, token, folder, 2)  # its sequences are of another log
        self.assertEqual(refused.returncode, CONFLICT, refused.stderr)
        anew = self.scratch / "tv-anew"
        self.receive(door, token, anew, 2)
        self.assertEqual({path.read_bytes() for path in anew.rglob("*.xml")}, {lost, after})
        self.assertEqual({path.read_bytes() for path in folder.rglob("*.xml")}, {first, lost})

    def await_delivered(self, sequence):
        deadline = time.monotonic() + SECONDS_MAX
        with Api(self.door, self.city) as api:
            while True:
                rows = api.request("GET", f"/v1/alerts/{sequence}/deliveries").json()["deliveries"]
                if rows[0]["state"] == "delivered":
                    return
                self.assertLess(time.monotonic(), deadline, rows)
                time.sleep(0.02)

    def receive(self, *details):
        done = self.received(*details)
        self.assertEqual(done.returncode, OK, done.stderr)

    def received(self, door, token, folder, count):
        return subprocess.run(
            [os.environ["NOROSHI_SUBSCRIBE_BINARY"], "--hub", f"https://127.0.0.1:{door.port}",
             "--ca", str(door.ca), "--token-file", str(token), "--out", str(folder),
             "--count", str(count)], capture_output=True, text=True, timeout=60)

    def test_a_stream_with_a_cursor_of_before_gets_what_it_has_not_acknowledged(self):
        with Stream.open(self.door, self.tv) as stream:
            stream.hello()
            epoch = stream.receive_kind("welcome", SECONDS_MAX).epoch
            self.accept()
            first = stream.receive_kind("delivery", SECONDS_MAX).sequence
        self.backup()
        self.hub.kill()
        hub = self.restored()
        door = hub.start()
        with Stream.open(door, self.tv) as stream:
            stream.hello(epoch=epoch, resume_after=first + 1000)
            welcome = stream.receive_kind("welcome", SECONDS_MAX)
            self.assertNotEqual(welcome.epoch, epoch)
            self.assertEqual(stream.receive_kind("delivery", SECONDS_MAX).sequence, first)

    def test_a_flipped_bit_is_found_before_anything_is_written(self):
        self.accept()
        self.backup()
        good = self.file.read_bytes()
        seed = int(os.environ.get("NOROSHI_SEED", random.randrange(1 << 32)))
        print(f"NOROSHI_SEED={seed}")
        rng = random.Random(seed)
        bad = self.scratch / "bad"
        for bit in rng.sample(range(8 * len(good)), FLIPS):
            damaged = bytearray(good)
            damaged[bit // 8] ^= 1 << bit % 8
            bad.write_bytes(damaged)
            with self.subTest(bit=bit):
                self.assert_refused(self.restore(file=bad))

    def test_one_cut_short_or_longer_is_found(self):
        self.accept()
        self.backup()
        good = self.file.read_bytes()
        bad = self.scratch / "bad"
        for content in (b"", good[:10], good[:len(good) // 2], good[:-1], good + b"\0", good + good,
                        b"something else\n" * 100):
            bad.write_bytes(content)
            self.assert_refused(self.restore(file=bad))

    def test_a_forged_one_is_found_with_the_key_kept_elsewhere(self):
        self.accept()
        self.backup()
        kept = self.scratch / "audit.pub"
        shutil.copy2(self.hub.data / "audit.pub", kept)
        other = self.made("other")
        other.init()
        done = self.run_hub("backup", self.scratch / "forged", "--data", other.data)
        self.assertEqual(done.returncode, OK, done.stderr)
        self.assert_refused(self.restore("new", "--audit-key", kept, file=self.scratch / "forged"))
        self.assertEqual(self.restore("new", "--audit-key", kept).returncode, OK)

    def test_an_older_one_is_found_and_may_be_wanted(self):
        self.accept()
        self.backup()
        self.accept()
        self.assertEqual(self.hub.terminate(), 0)
        head = self.hub.data / "tree-head"
        done = self.restore("new", "--tree-head", head)
        self.assert_refused(done)
        self.assertIn("--older", done.stderr)
        self.assertEqual(self.restore("new", "--tree-head", head, "--older").returncode, OK)

    def test_nothing_is_overwritten(self):
        self.accept()
        self.backup()
        before = self.file.read_bytes()
        again = self.run_hub("backup", self.file, "--data", self.hub.data)
        self.assertEqual(again.returncode, CONFLICT, again.stderr)
        self.assertEqual(self.file.read_bytes(), before)
        self.assertEqual(self.restore("hub").returncode, CONFLICT)
        self.assertEqual(self.file.stat().st_mode & 0o777, 0o600)

    def test_twice(self):
        self.accept()
        self.backup()
        hub = self.restored()
        hub.start()
        second = self.scratch / "second"
        done = self.run_hub("backup", second, "--data", hub.data)
        self.assertEqual(done.returncode, OK, done.stderr)
        done = self.restore("newer", file=second)
        self.assertEqual(done.returncode, OK, done.stderr)
        newer = self.made("newer")
        newer.start()
        self.assertEqual(newer.terminate(), 0)
        origins = {opened((self.scratch / name / "tree-head").read_text(),
                          (self.scratch / name / "audit.pub").read_text()).origin
                   for name in ("hub", "new", "newer")}
        self.assertEqual(len(origins), 3)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--hub", required=True)
    parser.add_argument("--subscribe", required=True)
    parser.add_argument("names", nargs="*")
    given = parser.parse_args()
    os.environ["NOROSHI_HUB_BINARY"] = given.hub
    os.environ["NOROSHI_SUBSCRIBE_BINARY"] = given.subscribe
    unittest.main(argv=[sys.argv[0], *given.names], verbosity=2)


if __name__ == "__main__":
    main()
