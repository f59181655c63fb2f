"""An officer's whole night with noroshi-publish, against the real hub and a broadcaster's stream:
one line orders, raises, lifts and cancels, and the order in force is what was said last.

    test_orders.py --hub BIN --publish BIN
"""

import json
import os
import pathlib
import subprocess
import sys
import time
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from client.api import Api
from client.drill_hub import DrillTest

CITY = """
code = "362018"
sender = "city.tokushima.lg.jp"
name = "徳島市"
prefecture = "徳島県"
english = "Tokushima City"
[[districts]]
id = "kawauchi"
name = "川内町"
[[districts]]
id = "ojin"
name = "応神町"
"""
ORDERED_SECONDS_MAX = 60


class OrdersTest(DrillTest):
    def setUp(self):
        self.city = pathlib.Path(self.scratch.name) / "city.toml"
        self.city.write_text(CITY, encoding="utf-8")
        self.stream = self.listen("tv")

    def token_file(self, drill):
        file = pathlib.Path(self.scratch.name) / f"{drill}.token"
        file.write_text(self.tokens["362018", drill], encoding="utf-8")
        file.chmod(0o600)
        return file

    def publish(self, *words, drill=None):
        """The accepted alert's sequence."""
        environment = {**os.environ, "LC_ALL": "C.UTF-8", "NOROSHI_CITY": str(self.city)}
        done = subprocess.run(
            [os.environ["NOROSHI_PUBLISH_BINARY"], *words, "--json",
             "--hub", f"https://localhost:{self.door.port}",
             "--ca", str(self.hub.data / "tls" / "ca.pem"),
             "--token-file", str(self.token_file(drill)), *(["--drill", drill] if drill else [])],
            env=environment, capture_output=True, text=True, timeout=ORDERED_SECONDS_MAX)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout.splitlines()[0])["sequence"]

    def on_air(self, sequence):
        return self.take(self.stream, sequence).summary

    def in_force(self):
        with Api(self.door, self.tokens["tv", None]) as api:
            return api.request("GET", "/v1/in-force?area=362018").json()

    def test_a_night_from_order_to_lift(self):
        begun = time.monotonic()
        first = self.publish("order", "--level", "4", "--hazard", "flood", "--district", "kawauchi",
                             "--district", "ojin", "--reason-code", "riverlevel")
        self.assertLess(time.monotonic() - begun, ORDERED_SECONDS_MAX)
        summary = self.on_air(first)
        self.assertEqual((summary.event, summary.level, summary.revision), ("evac.l4", 4, 1))
        self.assertEqual(summary.headline, "徳島市 洪水 警戒レベル4 避難指示（川内町・応神町）")
        self.assertIn("evac.l4", json.dumps(self.in_force()))

        raised = self.publish("order", "--level", "5", "--district", "kawauchi", "--update",
                              str(first))
        summary = self.on_air(raised)
        self.assertEqual((summary.event, summary.level, summary.revision), ("evac.l5", 5, 2))
        self.assertEqual(list(summary.referenced_sequences), [first])

        part = self.publish("lift", summary.identifier, "--district", "ojin")
        self.assertEqual(self.on_air(part).revision, 3)
        rest = self.publish("lift", str(part))
        self.assertIn("解除", self.on_air(rest).headline)
        self.assertNotIn("evac.l5", json.dumps(self.in_force()))

        none = self.publish("order", "--none")
        self.assertEqual(self.on_air(none).event, "evac.none")

    def test_a_wrong_order_is_corrected_or_cancelled(self):
        wrong = self.publish("order", "--level", "4", "--hazard", "landslide", "--district", "ojin")
        self.assertEqual(self.on_air(wrong).level, 4)
        right = self.publish("correct", str(wrong), "--level", "3", "--reason", "4は誤り")
        self.assertEqual(self.on_air(right).level, 3)
        gone = self.publish("cancel", str(right), "--reason", "誤送信")
        self.assertEqual(self.on_air(gone).message_type, "Cancel")
        self.assertNotIn("landslide", json.dumps(self.in_force()))

    def test_a_drill_is_one_option_more(self):
        drilling = self.listen("tv", "east")
        sequence = self.publish("order", "--level", "4", "--hazard", "flood", "--whole",
                                drill="east")
        self.assertTrue(self.take(drilling, sequence, "east").summary.headline.startswith("【訓練】"))
        self.assert_quiet(self.stream)


if __name__ == "__main__":
    for option, name in (("--publish", "NOROSHI_PUBLISH_BINARY"), ("--hub", "NOROSHI_HUB_BINARY")):
        at = sys.argv.index(option)
        os.environ[name] = sys.argv[at + 1]
        del sys.argv[at:at + 2]
    unittest.main()
