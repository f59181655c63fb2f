"""The receivers of the C++ and of the TypeScript library, handed the same random histories of orders by one hub, killed
now and then: both know the same of every alert.

    test_same_states.py --hub BIN --subscribe BIN       NOROSHI_SEED repeats a history
"""

import argparse
import json
import os
import pathlib
import random
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
from client.hub_process import NO_RATES, HubProcess
from client.registration import add_publisher, add_subscriber

RECEIVE = pathlib.Path(__file__).resolve().parents[3] / "build/npm/subscribers-client-ts/build/src/receive.js"
SENDER = "city.tokushima.lg.jp"
TOKUSHIMA = cap.Place("362018", "徳島県徳島市")
STEPS = 40
SECONDS_MAX = 30


class SameStatesTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="noroshi-same-states-")
        self.addCleanup(scratch.cleanup)
        self.scratch = pathlib.Path(scratch.name)
        self.hub = HubProcess(os.environ["NOROSHI_HUB_BINARY"], self.scratch / "hub", settings=NO_RATES)
        self.addCleanup(self.hub.close)
        self.hub.init()
        self.city = add_publisher(self.hub, "362018", "徳島市", [SENDER], ["362018"])
        for name in ("cpp", "typescript"):
            token = self.scratch / f"{name}.token"
            token.touch(mode=0o600)
            token.write_text(add_subscriber(self.hub, name, ["36"]))
        self.door = self.hub.start()
        self.running = {}
        self.addCleanup(lambda: [self.end(name, signal.SIGKILL) for name in list(self.running)])

    def start(self, name):
        program = {"cpp": [os.environ["NOROSHI_SUBSCRIBE_BINARY"]], "typescript": ["node", str(RECEIVE)]}[name]
        self.running[name] = subprocess.Popen(
            [*program, "--hub", f"https://localhost:{self.door.port}", "--ca", str(self.door.ca), "--token-file",
             str(self.scratch / f"{name}.token"), "--out", str(self.scratch / name)],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=self.log(name))

    def log(self, name):
        file = open(self.words(name), "ab")
        self.addCleanup(file.close)
        return file

    def words(self, name):
        return self.scratch / f"{name}.words"

    def end(self, name, number):
        process = self.running.pop(name)
        process.send_signal(number)
        process.wait(timeout=SECONDS_MAX)

    def history(self, choose):
        """A step: a new order, or something that is done to one."""
        orders = []  # of each its revisions
        for _ in range(STEPS):
            standing = [revisions for revisions in orders
                        if revisions[-1].message_type != "Cancel" and revisions[-1].kind != "lift"]
            act = choose.choice(["new", "update", "update", "lift", "cancel"]) if standing else "new"
            if act == "new":
                orders.append([cap.first_revision("362018", SENDER, (TOKUSHIMA,), choose.choice((3, 4, 5)))])
                yield orders[-1][-1]
                continue
            revisions = choose.choice(standing)
            changes = {"update": {"message_type": "Update"}, "lift": {"message_type": "Update", "kind": "lift"},
                       "cancel": {"message_type": "Cancel"}}[act]
            revisions.append(cap.next_revision(revisions[-1], revisions, **changes))
            yield revisions[-1]

    def test_both_know_the_same_of_every_alert(self):
        """As long as both are handed every alert as it comes."""
        cpp, typescript = self.after_history(killed=0.0)
        self.assertEqual(cpp, typescript)
        self.assertGreater(len(set(cpp.values())), 3, cpp)

    def test_both_know_the_same_to_stand(self):
        """Whatever they were handed, or told that it came too late: of what has ended, how may differ."""
        cpp, typescript = ({name for name, state in states.items() if state in ("stands", "unlifted")}
                           for states in self.after_history(killed=0.15))
        self.assertEqual(cpp, typescript)

    def after_history(self, killed):
        seed = int(os.environ.get("NOROSHI_SEED", random.randrange(1 << 32)))
        print(f"NOROSHI_SEED={seed}", file=sys.stderr)
        choose = random.Random(seed)
        for name in ("cpp", "typescript"):
            self.start(name)
        with Api(self.door, self.city) as api:
            for order in self.history(choose):
                answer = api.publish(cap.document(order))
                self.assertEqual(answer.status, 201, answer.body)
                if choose.random() < killed:
                    name = choose.choice(("cpp", "typescript"))
                    self.end(name, signal.SIGKILL)
                    self.start(name)
                elif not killed:
                    self.wait_for(api, answer.json()["sequence"])
            self.wait_for(api, answer.json()["sequence"])
        for name in ("cpp", "typescript"):
            self.end(name, signal.SIGTERM)
        return self.read()

    def wait_for(self, api, sequence):
        """Both have it."""
        deadline = time.monotonic() + SECONDS_MAX
        while (totals := api.request("GET", f"/v1/alerts/{sequence}/deliveries").json()["totals"])["queued"]:
            words = [self.words(name).read_text()[-500:] for name in self.running]
            self.assertLess(time.monotonic(), deadline, (totals, words))
            time.sleep(0.02)

    def read(self):
        return (self.states(self.scratch / "cpp" / "index.json"),
                self.states(self.scratch / "typescript" / "live" / "standing.json"))

    @staticmethod
    def states(file):
        return {held["identifier"]: held["state"] for held in json.loads(file.read_text())["alerts"]}


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--hub", required=True)
    parser.add_argument("--subscribe", required=True)
    arguments, rest = parser.parse_known_args()
    os.environ["NOROSHI_HUB_BINARY"] = str(pathlib.Path(arguments.hub).resolve())
    os.environ["NOROSHI_SUBSCRIBE_BINARY"] = str(pathlib.Path(arguments.subscribe).resolve())
    if shutil.which("node") is None or not RECEIVE.exists():
        print(f"{__file__}: Skipped\nthere is no node, or the TypeScript library was not built\n")
        sys.exit(77)
    unittest.main(argv=sys.argv[:1] + rest, verbosity=2)
