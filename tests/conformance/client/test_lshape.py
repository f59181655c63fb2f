"""noroshi-lshape with a real hub: the file says what stands, highest level first, and the hub knows
what is on the picture; through a cancel, a lift, a kill -9, and in a drill.

    test_lshape.py --hub BIN --lshape BIN
"""

import argparse
import datetime
import os
import pathlib
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
from client.registration import add_publisher, add_subscriber, drill_token, open_drill

SENDER = "city.tokushima.lg.jp"
TOKUSHIMA = cap.Place("362018", "徳島県徳島市")
SECONDS_MAX = 20.0


class LshapeTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="noroshi-lshape-")
        self.addCleanup(scratch.cleanup)
        self.scratch = pathlib.Path(scratch.name)
        self.file = self.scratch / "lshape.txt"
        self.hub = HubProcess(os.environ["NOROSHI_HUB_BINARY"], self.scratch / "hub",
                              settings=NO_RATES)
        self.addCleanup(self.hub.close)
        self.hub.init()
        self.city = add_publisher(self.hub, "362018", "徳島市", [SENDER], ["362018"])
        self.tv = add_subscriber(self.hub, "tv", ["36"])
        self.door = self.hub.start()

    def accept(self, order, token=None, below="/v1", document=None):
        with Api(self.door, token or self.city) as api:
            answer = api.publish(document or cap.document(order), below=below)
        self.assertEqual(answer.status, 201, answer.body)
        return answer.json()["sequence"]

    def start(self, *more, token=None, data="data"):
        path = self.scratch / "tv.token"
        path.write_text(token or self.tv)
        path.chmod(0o600)
        program = subprocess.Popen(
            [os.environ["NOROSHI_LSHAPE_BINARY"], "--hub", f"https://{self.door.authority}",
             "--ca", str(self.hub.data / "tls" / "ca.pem"), "--token-file", str(path),
             "--data", str(self.scratch / data), "--file", str(self.file), *more],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(lambda: (program.kill(), program.wait()))
        return program

    def lines(self):
        return self.file.read_text(encoding="utf-8").splitlines() if self.file.exists() else None

    def wait_for(self, read, wanted):
        deadline = time.monotonic() + SECONDS_MAX
        while not wanted(seen := read()):
            self.assertLess(time.monotonic(), deadline, seen)
            time.sleep(0.02)
        return seen

    def row(self, sequence, token=None, below="/v1"):
        with Api(self.door, token or self.city) as api:
            answer = api.request("GET", f"{below}/alerts/{sequence}/deliveries")
        rows = {row["subscriber"]: row for row in answer.json()["deliveries"]}
        return rows["tv"]["state"]

    def test_the_file_and_the_ladder_say_the_same(self):
        program = self.start("--width", "40", "--none", "なし")
        self.wait_for(self.lines, lambda lines: lines == ["なし"])
        low = cap.first_revision("362018", SENDER, (TOKUSHIMA,), 3)
        high = cap.first_revision("362018", SENDER, (TOKUSHIMA,), 5)
        low_sequence, high_sequence = self.accept(low), self.accept(high)
        seen = self.wait_for(self.lines, lambda lines: len(lines) == 2)
        self.assertIn("警戒レベル5", seen[0])
        self.assertIn("警戒レベル3", seen[1])
        self.assertTrue(all(len(line) <= 40 for line in seen), seen)
        for sequence in (low_sequence, high_sequence):
            self.wait_for(lambda: self.row(sequence), lambda state: state == "shown")
        program.kill()
        program.wait()
        self.accept(cap.next_revision(high, [high], message_type="Cancel"))
        second = cap.next_revision(low, [low], message_type="Update", level=4)
        second_sequence = self.accept(second)
        self.start("--width", "15", "--none", "なし")
        seen = self.wait_for(self.lines, lambda lines: len(lines) == 1)
        self.assertLessEqual(len(seen[0]), 15)
        self.wait_for(lambda: self.row(high_sequence), lambda state: state == "withdrawn")
        self.wait_for(lambda: self.row(second_sequence), lambda state: state == "shown")
        self.accept(cap.next_revision(second, [low, second], message_type="Update", kind="lift"))
        self.wait_for(self.lines, lambda lines: lines == ["なし"])
        for sequence in (low_sequence, second_sequence):
            self.wait_for(lambda: self.row(sequence), lambda state: state == "withdrawn")
        self.assertEqual(list(self.scratch.glob(".*.part")), [])

    def test_more_than_there_is_room_for_is_counted(self):
        self.start("--lines", "2")
        sequences = [self.accept(cap.first_revision("362018", SENDER, (TOKUSHIMA,), level))
                     for level in (3, 4, 5)]
        seen = self.wait_for(self.lines, lambda lines: lines and lines[-1] == "ほか2件")
        self.assertIn("警戒レベル5", seen[0])
        self.wait_for(lambda: [self.row(each) for each in sequences],
                      lambda states: states[2] == "shown" and "shown" not in states[:2])

    def test_a_drill_only_when_asked_for_and_marked(self):
        end = cap.timestamp(cap.now() + datetime.timedelta(hours=3))
        open_drill(self.hub, "autumn", ["362018"], ["tv"], end)
        city = drill_token(self.hub, "publisher", "362018", "autumn")
        tv = drill_token(self.hub, "subscriber", "tv", "autumn")
        order = cap.first_revision("362018", SENDER, (TOKUSHIMA,), 4)
        self.accept(order, city, "/v1/drills/autumn", cap.exercise(order, "autumn"))
        live = self.start("--none", "-")
        self.wait_for(self.lines, lambda lines: lines == ["-"])
        live.kill()
        live.wait()
        self.start("--drill", "autumn", token=tv, data="drill")
        seen = self.wait_for(self.lines, lambda lines: lines and lines != ["-"])
        self.assertTrue(seen[0].startswith("【訓練】"), seen)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    for name in ("hub", "lshape"):
        parser.add_argument(f"--{name}", required=True)
    options, rest = parser.parse_known_args()
    os.environ["NOROSHI_HUB_BINARY"] = options.hub
    os.environ["NOROSHI_LSHAPE_BINARY"] = options.lshape
    unittest.main(argv=[sys.argv[0], *rest], verbosity=2)
