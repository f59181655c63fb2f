"""noroshi-hub audit export, and audit verify of what it wrote: checked by other means too, with the
hub running and stopped, and after every kind of tampering.

    test_export.py --hub BIN
"""

import argparse
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from client import cap
from client.api import Api
from client.audit_log import opened, root_of, sha256
from client.hub_process import NO_RATES, HubProcess
from client.registration import add_publisher, add_subscriber

SENDER = "city.tokushima.lg.jp"
TOKUSHIMA = cap.Place("362018", "徳島県徳島市")
ALERTS = 5
OK, REFUSED = 0, 4


def delimited(data):
    """The messages in `data`, each behind its length as a varint; that of the bytes alone."""
    at = 0
    while at < len(data):
        length = shift = 0
        while True:
            byte = data[at]
            at += 1
            length |= (byte & 0x7f) << shift
            shift += 7
            if byte < 0x80:
                break
        yield data[at:at + length]
        at += length


class ExportTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="noroshi-export-")
        self.addCleanup(scratch.cleanup)
        self.scratch = pathlib.Path(scratch.name)
        self.hub = HubProcess(os.environ["NOROSHI_HUB_BINARY"], self.scratch / "hub",
                              settings=NO_RATES)
        self.addCleanup(self.hub.close)
        self.hub.init()
        city = add_publisher(self.hub, "362018", "徳島市", [SENDER], ["362018"])
        add_subscriber(self.hub, "tv", ["36"])
        door = self.hub.start()
        self.hub.verb("subscriber", "webhook", "tv", "set", "--url", "https://tv.example/hook")
        self.secret = self.hub.verb("subscriber", "webhook", "tv", "secret", "add").strip()
        self.documents = []
        with Api(door, city) as api:
            for _ in range(ALERTS):
                document = cap.document(cap.first_revision("362018", SENDER, (TOKUSHIMA,), 4))
                self.assertEqual(api.publish(document).status, 201)
                self.documents.append(document)

    def run_verb(self, *words):
        return subprocess.run([os.environ["NOROSHI_HUB_BINARY"], "audit", *map(str, words)],
                              capture_output=True, text=True, timeout=60,
                              env={**os.environ, "LANG": "en_US.UTF-8"})

    def export(self, name="log"):
        directory = self.scratch / name
        run = self.run_verb("export", directory, "--data", self.hub.data)
        self.assertEqual(run.returncode, OK, run.stderr)
        return directory

    def verify(self, directory, *words):
        return self.run_verb("verify", directory, *words)

    def expect_refused(self, directory, word):
        run = self.verify(directory)
        self.assertEqual(run.returncode, REFUSED, run.stdout + run.stderr)
        self.assertIn(word, run.stderr)

    def test_it_is_what_the_checkpoint_says_by_other_means_too(self):
        directory = self.export()
        checkpoint = opened((directory / "checkpoint").read_text(),
                            (self.hub.data / "audit.pub").read_text())
        leaves = list(delimited((directory / "entries").read_bytes()))
        self.assertEqual(len(leaves), checkpoint.size)
        self.assertEqual(root_of([sha256(b"\0" + leaf) for leaf in leaves]), checkpoint.root)
        names = {file.name: file.read_bytes() for file in (directory / "contents").iterdir()}
        self.assertEqual(names, {hashlib.sha256(document).hexdigest(): document
                                 for document in self.documents})
        run = self.verify(directory, "--key", self.hub.data / "audit.pub")
        self.assertEqual((run.returncode, run.stdout), (OK, "ok\n"), run.stderr)
        self.assertIn(f"all {checkpoint.size} entries", run.stderr)

    def test_a_stopped_hub_is_exported_alike(self):
        self.assertEqual(self.hub.terminate(), 0)
        first, second = self.export("first"), self.export("second")
        for name in ("entries", "audit.pub", "README.txt"):
            self.assertEqual((first / name).read_bytes(), (second / name).read_bytes())
        self.assertEqual(self.verify(first).returncode, OK)

    def test_nothing_is_written_over(self):
        directory = self.export()
        run = self.run_verb("export", directory, "--data", self.hub.data)
        self.assertNotEqual(run.returncode, OK)
        self.assertEqual(self.verify(directory).returncode, OK)

    def test_no_secret_is_in_it(self):
        directory = self.export()
        key = self.secret.removeprefix("whsec_")
        everything = b"".join(file.read_bytes() for file in directory.rglob("*") if file.is_file())
        self.assertNotIn(key[:16].encode(), everything)
        self.assertEqual(len(list((directory / "contents").iterdir())), ALERTS)

    def test_what_was_tampered_with_is_found(self):
        whole = self.export()
        data = (whole / "entries").read_bytes()

        def entries(changed):
            def change(directory):
                (directory / "entries").write_bytes(changed)
            return change

        def flip(name, at):
            def change(directory):
                file = directory / name
                changed = bytearray(file.read_bytes())
                changed[at] ^= 1
                file.write_bytes(changed)
            return change

        content = next((whole / "contents").iterdir()).name
        leaves = list(delimited(data))
        swapped = b"".join(bytes([len(leaf) & 0x7f | 0x80, len(leaf) >> 7]) + leaf
                           for leaf in [leaves[1], leaves[0], *leaves[2:]])
        cases = {
            "cut": (entries(data[:-1]), "missing"),
            "half": (entries(data[:len(data) // 2]), "missing"),
            "empty": (entries(b""), "missing"),
            "more": (entries(data + b"\x01x"), "more than"),
            "swapped": (entries(swapped), "entries"),
            "huge length": (entries(b"\xff\xff\xff\x7f" + data), "missing"),
            "content": (flip(f"contents/{content}", 100), "accepted"),
            "checkpoint": (flip("checkpoint", 20), "checkpoint"),
            "signature": (flip("checkpoint", -20), "checkpoint"),
            "key": (flip("audit.pub", 40), ""),
            "no key": (lambda directory: (directory / "audit.pub").unlink(), "public key"),
            "no checkpoint": (lambda directory: (directory / "checkpoint").unlink(), "checkpoint"),
            "no entries": (lambda directory: (directory / "entries").unlink(), "missing"),
        }
        cases |= {f"bit in byte {at}": (flip("entries", at), "entries")
                  for at in range(0, len(data), 97)}
        for name, (tamper, word) in cases.items():
            with self.subTest(name):
                copy = self.scratch / "copy"
                shutil.copytree(whole, copy)
                tamper(copy)
                self.expect_refused(copy, word)
                shutil.rmtree(copy)

    def test_a_document_that_was_erased_leaves_every_proof(self):
        directory = self.export()
        next((directory / "contents").iterdir()).unlink()
        run = self.verify(directory)
        self.assertEqual(run.returncode, OK, run.stderr)
        self.assertIn(f"{ALERTS - 1} documents are there, 1 are not", run.stderr)

    def test_another_key_is_not_believed(self):
        other = HubProcess(os.environ["NOROSHI_HUB_BINARY"], self.scratch / "other")
        other.init()
        run = self.verify(self.export(), "--key", other.data / "audit.pub")
        self.assertEqual(run.returncode, REFUSED)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--hub", required=True)
    options, rest = parser.parse_known_args()
    os.environ["NOROSHI_HUB_BINARY"] = str(pathlib.Path(options.hub).resolve())
    unittest.main(argv=[sys.argv[0], *rest], verbosity=2)
