"""Data directories of earlier versions under this one: read, gone on with, and left as the earlier
version can read them; and what is of no version known, refused without a byte written.

    test_upgrade.py --hub BIN
"""

import hashlib
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

from client import cap
from client.api import Api
from client.audit_log import opened, root_of, sha256
from client.hub_process import NO_RATES, HubProcess
from client.messages import SOURCE_ROOT
from client.stream import Stream
from make_golden import SENDER, TOKUSHIMA

GOLDEN = sorted((SOURCE_ROOT / "tests" / "data" / "golden").iterdir())
SECONDS_MAX = 10.0
BAD_CONFIGURATION = 5


def bytes_of(directory):
    return {str(path.relative_to(directory)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(directory.rglob("*")) if path.is_file()}


def rows(directory, sql):
    """Of the journal of a stopped hub, read by another program than ours."""
    journal = sqlite3.connect(f"file:{directory / 'journal.db'}?mode=ro", uri=True)
    try:
        return journal.execute(sql).fetchall()
    finally:
        journal.close()


def entries_of(directory):
    return [bytes for bytes, in rows(directory, "SELECT bytes FROM entries ORDER BY sequence")]


def schema_of(directory):
    (version,), = rows(directory, "PRAGMA user_version")
    return version, sorted(sql for sql, in rows(directory, "SELECT sql FROM sqlite_master "
                                                           "WHERE sql IS NOT NULL"))


def entry_type(golden):
    """v1.Entry as the version knew it that made the directory."""
    files = descriptor_pb2.FileDescriptorSet()
    files.ParseFromString((golden / "entries.descriptor").read_bytes())
    pool = descriptor_pool.DescriptorPool()
    for file in files.file:
        pool.Add(file)
    return message_factory.MessageFactory(pool).GetPrototype(
        pool.FindMessageTypeByName("noroshi.v1.Entry"))


class UpgradeTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="noroshi-upgrade-")
        self.addCleanup(scratch.cleanup)
        self.scratch = pathlib.Path(scratch.name)
        fresh = self.made("fresh")
        fresh.init()
        self.fresh = fresh

    def made(self, name):
        hub = HubProcess(os.environ["NOROSHI_HUB_BINARY"], self.scratch / name, settings=NO_RATES)
        self.addCleanup(hub.close)
        return hub

    def copied(self, golden):
        """A hub on a copy of it, with the certificates and settings of today."""
        hub = self.made(golden.name)
        shutil.copytree(golden / "data", hub.data)
        shutil.copytree(self.fresh.data / "tls", hub.data / "tls")
        shutil.copy2(self.fresh.data / "noroshi.toml", hub.data)
        for secret in (hub.data / "keys").iterdir():
            secret.chmod(0o600)
        return hub, json.loads((golden / "golden.json").read_text(encoding="utf-8"))

    def test_there_is_one(self):
        self.assertTrue(GOLDEN)

    def test_it_is_served_as_it_was_left(self):
        for golden in GOLDEN:
            with self.subTest(golden.name):
                hub, expected = self.copied(golden)
                hub.verb("audit", "verify")
                door = hub.start()
                with Api(door, expected["tokens"]["city"]) as api:
                    for alert in expected["alerts"]:
                        document = alert["document"].encode()
                        self.assertEqual(api.accepted_bytes(alert["sequence"]).body, document)
                        told = api.request("GET", f"/v1/alerts/{alert['sequence']}/deliveries")
                        self.assertEqual(told.json()["deliveries"], alert["deliveries"])
                        again = api.publish(document)
                        self.assertEqual((again.status, again.json()["sequence"]),
                                         (200, alert["sequence"]))
                self.assertEqual(hub.terminate(), 0)
                leaves = [sha256(b"\0" + entry) for entry in entries_of(hub.data)]
                self.assertEqual(root_of(leaves[:expected["size"]]).hex(), expected["root"])

    def test_what_it_adds_the_earlier_version_reads(self):
        for golden in GOLDEN:
            with self.subTest(golden.name):
                hub, expected = self.copied(golden)
                before = entries_of(hub.data)
                schema = schema_of(hub.data)
                self.go_on(hub, expected)
                after = entries_of(hub.data)
                self.assertGreater(len(after), len(before))
                self.assertEqual(after[:len(before)], before)
                self.assertEqual(schema_of(hub.data), schema)
                self.assertEqual((hub.data / "format").read_bytes(),
                                 (golden / "data" / "format").read_bytes())
                self.assert_known(entry_type(golden), after[len(before):])
                self.assertGreater(self.signed_size(hub), expected["size"])

    def go_on(self, hub, expected):
        """An order more, delivered and shown, and a subscriber more."""
        hub.verb("subscriber", "add", "web", "--name", "web", "--areas", "36", "--outlets", "stream")
        door = hub.start()
        order = cap.first_revision("362018", SENDER, (TOKUSHIMA,), 4)
        with Stream.open(door, expected["tokens"]["tv"]) as stream:
            stream.hello()
            stream.receive_kind("welcome", SECONDS_MAX)
            with Api(door, expected["tokens"]["city"]) as api:
                answer = api.publish(cap.document(order))
            self.assertEqual(answer.status, 201, answer.body)
            sequence = stream.receive_kind("delivery", SECONDS_MAX).sequence
            self.assertEqual(sequence, answer.json()["sequence"])
            stream.ack(sequence)
        self.assertEqual(hub.terminate(), 0)

    def signed_size(self, hub):
        return opened((hub.data / "tree-head").read_text(encoding="utf-8"),
                      (hub.data / "audit.pub").read_text(encoding="utf-8")).size

    def assert_known(self, kind, entries):
        """Nothing in them that a program with these messages would not see."""
        for entry in entries:
            known = kind.FromString(entry)
            size = known.ByteSize()
            known.DiscardUnknownFields()
            self.assertEqual(known.ByteSize(), size, f"an earlier version misses a part of {known}")

    def test_the_reader_of_before_notices_what_it_does_not_know(self):
        kind = entry_type(GOLDEN[0])
        with self.assertRaises(AssertionError):
            self.assert_known(kind, [entries_of(GOLDEN[0] / "data")[0] + b"\xf8\x3f\x01"])

    def test_another_layout_is_refused_without_a_byte_written(self):
        hub, _ = self.copied(GOLDEN[-1])
        (hub.data / "format").write_text("9\n")
        self.assert_refused(hub, "9")

    def test_another_journal_is_refused_without_a_byte_written(self):
        hub, _ = self.copied(GOLDEN[-1])
        journal = sqlite3.connect(hub.data / "journal.db")
        journal.execute("PRAGMA user_version = 9")
        journal.close()
        self.assert_refused(hub, "9")

    def assert_refused(self, hub, version):
        before = bytes_of(hub.data)
        for words in (("serve", "--port", "0", "--admin-port", "0"), ("audit", "verify")):
            done = subprocess.run([str(hub.binary), *words, "--data", str(hub.data)],
                                  capture_output=True, text=True, timeout=30)
            self.assertNotEqual(done.returncode, 0)
            self.assertIn(version, done.stderr)
            self.assertEqual(bytes_of(hub.data), before, words)


if __name__ == "__main__":
    if len(sys.argv) < 3 or sys.argv[1] != "--hub":
        sys.exit(__doc__)
    os.environ["NOROSHI_HUB_BINARY"] = sys.argv[2]
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=2)
