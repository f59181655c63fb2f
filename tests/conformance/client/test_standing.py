"""What noroshi-subscribe knows to stand, with a real hub: update, lift, cancel, and kill -9 of it at
every moment between the alert on the disk, the index and the acknowledgement.

    test_standing.py --hub BIN --subscribe BIN
"""

import argparse
import json
import os
import pathlib
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
from client.hub_process import NO_RATES, HubProcess
from client.registration import add_publisher, add_subscriber

SENDER = "city.tokushima.lg.jp"
TOKUSHIMA = cap.Place("362018", "徳島県徳島市")
SECONDS_MAX = 20.0


class StandingTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="noroshi-standing-")
        self.addCleanup(scratch.cleanup)
        self.scratch = pathlib.Path(scratch.name)
        self.out = self.scratch / "out"
        self.hub = HubProcess(os.environ["NOROSHI_HUB_BINARY"], self.scratch / "hub",
                              settings=NO_RATES)
        self.addCleanup(self.hub.close)
        self.hub.init()
        self.city = add_publisher(self.hub, "362018", "徳島市", [SENDER], ["362018"])
        self.token = self.scratch / "tv.token"
        self.token.write_text(add_subscriber(self.hub, "tv", ["36"]))
        self.token.chmod(0o600)
        self.door = self.hub.start()

    def accept(self, order):
        with Api(self.door, self.city) as api:
            answer = api.publish(cap.document(order))
        self.assertEqual(answer.status, 201, answer.body)
        return answer.json()["sequence"]

    def receiver(self, *more, stdout=subprocess.DEVNULL):
        program = subprocess.Popen(
            [os.environ["NOROSHI_SUBSCRIBE_BINARY"], "--hub", f"https://{self.door.authority}",
             "--ca", str(self.hub.data / "tls" / "ca.pem"), "--token-file", str(self.token),
             "--out", str(self.out), *more],
            stdin=subprocess.DEVNULL, stdout=stdout, stderr=subprocess.DEVNULL, text=True)
        self.addCleanup(lambda: (program.kill(), program.wait(),
                                 program.stdout and program.stdout.close()))
        return program

    def receiver_connected(self, *more):
        """What is accepted from now on comes one by one, and nothing as passed."""
        program = self.receiver(*more, stdout=subprocess.PIPE)
        deadline = time.monotonic() + SECONDS_MAX
        while json.loads(self.hub.verb("status", "--json"))["subscribers_connected"] < 1:
            self.assertLess(time.monotonic(), deadline, "not connected")
            time.sleep(0.02)
        return program

    def lines(self, program, count):
        """So many of its lines; it is ended when they do not come."""
        watch = threading.Timer(SECONDS_MAX, program.kill)
        watch.start()
        try:
            found = [line for line in (program.stdout.readline() for _ in range(count)) if line]
        finally:
            watch.cancel()
        return [json.loads(line) for line in found]

    def standing(self):
        listed = subprocess.run(
            [os.environ["NOROSHI_SUBSCRIBE_BINARY"], "--standing", "--out", str(self.out)],
            capture_output=True, text=True, timeout=30)
        if listed.returncode == 5:
            return None
        self.assertEqual(listed.returncode, 0, listed.stderr)
        return {line["sequence"]: line["state"]
                for line in map(json.loads, listed.stdout.splitlines())}

    def wait_for_standing(self, wanted):
        deadline = time.monotonic() + SECONDS_MAX
        while (seen := self.standing()) != wanted:
            self.assertLess(time.monotonic(), deadline, f"{seen}, wanted {wanted}")
            time.sleep(0.05)

    def test_each_end_is_told_apart_as_it_comes(self):
        self.assertIsNone(self.standing())
        program = self.receiver_connected("--states")
        first = cap.first_revision("362018", SENDER, (TOKUSHIMA,), 3)
        second = cap.next_revision(first, [first], message_type="Update", level=4)
        lift = cap.next_revision(second, [first, second], message_type="Update", kind="lift")
        wrong = cap.first_revision("362018", SENDER, (TOKUSHIMA,), 5)
        cancel = cap.next_revision(wrong, [wrong], message_type="Cancel")
        a, b, c, d, e = (self.accept(order) for order in (first, second, lift, wrong, cancel))
        seen = [(line["sequence"], line["state"], line.get("by"))
                for line in self.lines(program, 8)]
        self.assertEqual(seen, [(a, "stands", None), (a, "superseded", b), (b, "stands", None),
                                (b, "lifted", c), (c, "said", None), (d, "stands", None),
                                (d, "cancelled", e), (e, "said", None)])
        self.wait_for_standing({})

    def test_through_kill_9_at_every_moment_nothing_is_lost(self):
        """An order, its next revision and its lift, and the receiver killed after each, later each
        time; what is on the disk and what the index says agree in the end."""
        wanted = {}
        sequences = []
        for turn in range(8):
            order = cap.first_revision("362018", SENDER, (TOKUSHIMA,), 4, remark=str(turn))
            program = self.receiver("--on-air", "tv.lshape")
            first = self.accept(order)
            time.sleep(turn * 0.03)
            program.kill()
            program.wait()
            second_order = cap.next_revision(order, [order], message_type="Update")
            second = self.accept(second_order)
            program = self.receiver("--on-air", "tv.lshape")
            time.sleep(turn * 0.03)
            program.kill()
            program.wait()
            sequences += [first, second]
            if turn % 2:
                sequences.append(self.accept(cap.next_revision(
                    second_order, [order, second_order], message_type="Update", kind="lift")))
            else:
                wanted[second] = "stands"
        self.receiver("--on-air", "tv.lshape")
        self.wait_for_standing(wanted)
        for sequence in sequences:
            self.assertTrue((self.out / f"{sequence}.xml").exists() or
                            (self.out / f"{sequence}.passed.json").exists(), sequence)
        self.assertEqual(list(self.out.glob(".*.part")), [])
        deadline = time.monotonic() + SECONDS_MAX
        while list((self.out / "receipts" / "live").glob("*/[0-9]*")):
            self.assertLess(time.monotonic(), deadline, "receipts left in the queue")
            time.sleep(0.05)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    for name in ("hub", "subscribe"):
        parser.add_argument(f"--{name}", required=True)
    options, rest = parser.parse_known_args()
    os.environ["NOROSHI_HUB_BINARY"] = options.hub
    os.environ["NOROSHI_SUBSCRIBE_BINARY"] = options.subscribe
    unittest.main(argv=[sys.argv[0], *rest], verbosity=2)
