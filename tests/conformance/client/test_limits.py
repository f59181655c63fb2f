"""Limits of the real hub, set low: what is refused is said, true, and seen by the operator.

    test_limits.py --hub BIN
"""

import json
import os
import pathlib
import sys
import tempfile
import time
import unittest
import urllib.request

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from client import cap
from client.api import Api
from client.hub_process import HubProcess
from client.registration import add_publisher

SENDER = "city.tokushima.lg.jp"
PLACE = cap.Place("362018", "徳島県徳島市")
LOW = {"alerts_per_second": 1, "alerts_burst": 5, "reads_per_second": 1, "reads_burst": 3,
       "failures_per_second": 1, "failures_burst": 3, "strangers_per_address_max": 8}


class LimitsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory(prefix="noroshi-limits-")
        cls.addClassCleanup(cls.scratch.cleanup)
        cls.hub = HubProcess(os.environ["NOROSHI_HUB_BINARY"], pathlib.Path(cls.scratch.name) / "hub",
                             settings=LOW)
        cls.addClassCleanup(cls.hub.close)
        cls.hub.init()
        cls.tokens = [add_publisher(cls.hub, code, code, [SENDER], ["362018"])
                      for code in ("alpha", "beta", "gamma", "delta")]
        cls.door = cls.hub.start()
        cls.metrics = cls.hub.metrics_url()

    def status(self):
        return json.loads(self.hub.verb("status", "--json"))

    def publish(self, api, document=None):
        return api.publish(document or cap.document(
            cap.first_revision("362018", SENDER, (PLACE,), 4)))

    def test_a_burst_is_taken_or_refused_and_who_obeys_is_taken(self):
        documents = [cap.document(cap.first_revision("362018", SENDER, (PLACE,), 4))
                     for _ in range(12)]
        refused = []
        with Api(self.door, self.tokens[0]) as api:
            for document in documents:
                answer = self.publish(api, document)
                if answer.status == 429:
                    self.assertEqual(answer.code, "rate.limited")
                    refused.append((document, int(answer.fields["retry-after"])))
                else:
                    self.assertEqual(answer.status, 201, answer.body)
            self.assertTrue(refused)
            with Api(self.door, self.tokens[1]) as other:
                self.assertEqual(self.publish(other).status, 201)
            begun = time.monotonic()
            for document, wait in sorted(refused, key=lambda r: r[1]):
                time.sleep(max(0.0, begun + wait - time.monotonic()))
                self.assertEqual(self.publish(api, document).status, 201)
        self.assertGreaterEqual(self.status()["rate_limited"]["alerts"], len(refused))

    def test_reads_are_limited_and_alerts_are_not_for_them(self):
        with Api(self.door, self.tokens[2]) as api:
            statuses = [api.request("GET", "/v1/alerts").status for _ in range(6)]
            self.assertIn(429, statuses)
            self.assertEqual(self.publish(api).status, 201)
        self.assertGreaterEqual(self.status()["rate_limited"]["reads"], 1)

    def test_failed_authentications_are_limited_and_a_valid_token_is_not(self):
        answers = []
        for _ in range(6):
            with Api(self.door, "nrs_p_" + "x" * 43) as api:
                answers.append(api.request("GET", "/v1/alerts"))
        self.assertEqual(answers[0].status, 401)
        self.assertIn(429, [answer.status for answer in answers])
        with Api(self.door, self.tokens[3]) as api:
            self.assertEqual(self.publish(api).status, 201)
        self.assertGreaterEqual(self.status()["rate_limited"]["failures"], 1)

    def test_idle_strangers_of_one_address_keep_no_publisher_out(self):
        with Api(self.door, self.tokens[3]) as api:
            self.assertEqual(self.publish(api).status, 201)
            strangers = [self.door.connect_plain(5) for _ in range(40)]
            try:
                self.assertEqual(self.publish(api).status, 201)
                door = self.status()["door"]
                self.assertLessEqual(door["strangers"], 8)
                self.assertGreater(door["evicted"] + door["refused"]["strangers"], 0)
                time.sleep(1.1)  # the undisturbed second of those who came last
                with Api(self.door, self.tokens[1]) as newcomer:
                    self.assertEqual(self.publish(newcomer).status, 201)
            finally:
                for stranger in strangers:
                    stranger.close()

    def test_the_operator_sees_every_state(self):
        with Api(self.door, self.tokens[3]) as api:
            self.assertEqual(self.publish(api).status, 201)
            with urllib.request.urlopen(self.metrics, timeout=10) as answer:
                metrics = answer.read().decode()
            status = self.status()
        for row in ('connections{door="tokens",state="reading"} ',
                    'handshakes_total{door="tokens",ending="done"}',
                    'connections_refused_total{door="tokens",limit="descriptors"} 0',
                    'rate_limited_total{kind="alerts"}', 'busy_total{kind="streams"} 0',
                    'journal_reads_deferred_total', 'reads_in_handling 0'):
            self.assertIn("noroshi_" + row, metrics)
        self.assertGreaterEqual(status["door"]["reading"], 1)
        self.assertGreater(status["resident_bytes"], 1 << 20)
        self.assertGreater(status["descriptors"], 10)
        self.assertGreater(status["descriptors_limit"], status["descriptors"])


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if arguments[:1] != ["--hub"]:
        sys.exit(__doc__)
    os.environ["NOROSHI_HUB_BINARY"] = arguments[1]
    unittest.main(argv=[sys.argv[0], *arguments[2:]], verbosity=2)
