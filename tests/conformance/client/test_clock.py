"""A hub whose wall clock jumps: told at once, and no deadline comes sooner or later for it.

    test_clock.py --hub BIN --clock LIBRARY
"""

import argparse
import mmap
import os
import pathlib
import struct
import sys
import unittest
import urllib.request

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from client import cap
from client.alarm_hub import SENDER, TOKUSHIMA, AlarmsTest
from client.api import Api


class ClockTest(AlarmsTest):
    def setUp(self):
        super().setUp()
        file = self.scratch / "shift"
        file.write_bytes(bytes(8))
        self.before = ("env", f"LD_PRELOAD={os.environ['NOROSHI_SHIFTED_CLOCK']}",
                       f"NOROSHI_TEST_CLOCK_SHIFT={file}")
        self.reconfigure()
        with open(file, "r+b") as opened:
            self.memory = mmap.mmap(opened.fileno(), 8)
        self.addCleanup(self.memory.close)

    def shift(self, seconds):
        self.memory[:] = struct.pack("@q", seconds * 1000)

    def test_a_jump_is_told_and_shown_and_moves_no_deadline(self):
        program = self.recorder("wake")
        self.notify(kind="command", command=[str(program)], alarms=["clock", "deadline."])
        self.hub.verb("publisher", "set", "362018", "--deadline", "delivered=1h")
        self.door = self.hub.start()
        metrics_url = self.hub.metrics_url()
        self.accept()
        self.assertIsNone(self.standing("clock"))
        self.shift(2 * 3600)
        alarm = self.until(lambda: self.standing("clock"))
        self.assertTrue(alarm["detail"].startswith("jumped by +7200"), alarm)
        self.until(lambda: ("raised", "clock") in self.words(program))
        self.assertIn("clock", self.hub.verb("status"))
        with Api(self.door, self.operator) as api:
            listed = [one["id"] for one in api.request("GET", "/v1/alarms").json()["alarms"]]
        self.assertEqual(listed, ["clock"])
        with urllib.request.urlopen(metrics_url) as answer:
            self.assertIn('noroshi_alarms{kind="clock",state="standing"} 1\n',
                          answer.read().decode())
        self.shift(0)
        self.accept(cap.first_revision("362018", SENDER, (TOKUSHIMA,), 4, remark="2"))
        self.assertEqual([alarm["id"] for alarm in self.alarms()], ["clock"])
        self.hub.verb("alarm", "ack", "clock", "--by", "sato")
        self.assertEqual(self.standing("clock")["state"], "acknowledged")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--hub", required=True)
    arguments.add_argument("--clock", required=True)
    arguments, rest = arguments.parse_known_args()
    os.environ["NOROSHI_HUB_BINARY"] = arguments.hub
    os.environ["NOROSHI_SHIFTED_CLOCK"] = arguments.clock
    unittest.main(argv=[sys.argv[0], "-v", *rest])
