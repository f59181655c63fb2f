"""A hub that is watched: what a witness finds of its log, and what the hub can be made to do to it."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

from . import cap
from .api import Api
from .hub_process import NO_RATES, HubProcess
from .registration import add_publisher, add_subscriber

SENDER = "city.tokushima.lg.jp"
TOKUSHIMA = cap.Place("362018", "徳島県徳島市")
SECONDS_MAX = 30
OK, FAILED, USAGE, CONFIGURATION, REFUSED, CONFLICT = 0, 1, 2, 3, 4, 6


class WatchedHub(unittest.TestCase):
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


def main(documentation):
    """Runs the tests of the program that calls it: --hub BIN --subscribe BIN."""
    if len(sys.argv) < 5 or sys.argv[1] != "--hub" or sys.argv[3] != "--subscribe":
        sys.exit(documentation)
    os.environ["NOROSHI_HUB_BINARY"] = sys.argv[2]
    os.environ["NOROSHI_SUBSCRIBE_BINARY"] = sys.argv[4]
    unittest.main(argv=sys.argv[:1] + sys.argv[5:], verbosity=2)
