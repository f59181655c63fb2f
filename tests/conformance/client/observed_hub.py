"""A hub of its own for one test, with limits set low, seen as its operator sees it."""

import dataclasses
import json
import os
import pathlib
import re
import tempfile
import time
import unittest
import urllib.request

from . import cap
from .api import Api
from .hub_process import NO_RATES, HubProcess
from .registration import add_publisher, add_subscriber
from .stream import Stream

SENDER = "city.tokushima.lg.jp"
PLACE = cap.Place("362018", "徳島県徳島市")
SEEN_SECONDS_MAX = 30.0


def small_alert():
    return cap.first_revision("362018", SENDER, (PLACE,), 4)


def alert_of(size):
    """An alert of a little more than `size` bytes, as a document."""
    return cap.document(dataclasses.replace(small_alert(), remark="x" * size))


@dataclasses.dataclass
class Seen:
    """What the operator is shown at one moment: the metrics by name with labels, and status."""
    metrics: dict
    status: dict

    def metric(self, name):
        return self.metrics["noroshi_" + name]

    def says(self, metric, *path):
        """Both values of what both show; `path` leads to it in status."""
        value = self.status
        for step in path:
            value = value[step]
        return self.metric(metric), value


class ObservedTest(unittest.TestCase):
    """`start` is called once by each test."""

    def start(self, before=(), publishers=(), subscribers=(), **settings):
        scratch = tempfile.TemporaryDirectory(prefix="noroshi-observed-")
        self.addCleanup(scratch.cleanup)
        self.hub = HubProcess(os.environ["NOROSHI_HUB_BINARY"], pathlib.Path(scratch.name) / "hub",
                              before=before, settings={**NO_RATES, **settings})
        self.addCleanup(self.hub.close)
        self.hub.init()
        self.tokens = {name: add_publisher(self.hub, name, name, [SENDER], ["362018"])
                       for name in publishers}
        self.tokens.update({name: add_subscriber(self.hub, name, ["*"]) for name in subscribers})
        self.door = self.hub.start()
        self._metrics_url = self.hub.metrics_url()

    def api(self, name):
        api = Api(self.door, self.tokens[name], timeout=30.0)
        self.addCleanup(api.close)
        return api

    def stream(self, name, **hello):
        stream = Stream.open(self.door, self.tokens[name])
        self.addCleanup(stream.close)
        stream.hello(**hello)
        stream.receive_kind("welcome", 10.0)
        return stream

    def accept(self, api, document=None):
        answer = api.publish(document or cap.document(small_alert()))
        self.assertEqual(answer.status, 201, answer.body[:300])
        return answer.json()["sequence"]

    def assert_busy(self, answer):
        self.assertEqual((answer.status, answer.code), (503, "hub.busy"), answer.body[:300])
        self.assertIn(int(answer.fields["retry-after"]), range(1, 11))

    def seen(self):
        with urllib.request.urlopen(self._metrics_url, timeout=30) as answer:
            text = answer.read().decode()
        metrics = {name: float(value)
                   for name, value in re.findall(r"^(noroshi_\S+) (\S+)$", text, re.M)}
        return Seen(metrics, json.loads(self.hub.verb("status", "--json")))

    def until(self, seems, what, seconds=SEEN_SECONDS_MAX, meanwhile=lambda: None):
        """What is seen once `seems` is true of it; `meanwhile` is done between two looks."""
        deadline = time.monotonic() + seconds
        while True:
            meanwhile()
            seen = self.seen()
            if seems(seen):
                return seen
            self.assertLess(time.monotonic(), deadline, f"never seen: {what}")

    def until_both(self, wanted, metric, *path, **more):
        """Until metrics and status show a value that is `wanted` (a predicate)."""
        return self.until(lambda seen: all(map(wanted, seen.says(metric, *path))),
                          f"{metric} and {'/'.join(path)}", **more)
