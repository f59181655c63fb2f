"""A real hub with two cities, and subscribers with the outlet `feed` to one of them and to both."""

import datetime
import json
import os
import pathlib
import tempfile
import time
import unittest
import urllib.parse

from . import atom, cap
from .api import Api
from .hub_process import NO_RATES, HubProcess
from .registration import add_publisher, add_subscriber

CITIES = {"362018": ("city.tokushima.lg.jp", cap.Place("362018", "徳島県徳島市")),
          "362026": ("city.naruto.lg.jp", cap.Place("362026", "徳島県鳴門市"))}
SECONDS_MAX = 10.0


class FeedTest(unittest.TestCase):
    """One hub a test."""
    settings = {}

    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="noroshi-feed-")
        self.addCleanup(scratch.cleanup)
        self.scratch = pathlib.Path(scratch.name)
        self.hub = HubProcess(os.environ["NOROSHI_HUB_BINARY"], self.scratch / "hub",
                              settings={**NO_RATES, **self.settings})
        self.addCleanup(self.hub.close)
        self.hub.init()
        self.tokens = {code: add_publisher(self.hub, code, place.name[3:], [sender], [code])
                       for code, (sender, place) in CITIES.items()}
        for name, areas in (("web", ["362018"]), ("all", ["36"]), ("streamer", ["36"])):
            self.tokens[name] = add_subscriber(self.hub, name, areas)
            if name != "streamer":
                self.hub.verb("subscriber", "set", name, "--outlets", "feed")
        self.door = self.hub.start()

    def order(self, city="362018", **more):
        sender, place = CITIES[city]
        return cap.first_revision(city, sender, (place,), 4, **more)

    def post(self, document, token, below="/v1"):
        with Api(self.door, token) as api:
            answer = api.publish(document, below=below)
        self.assertEqual(answer.status, 201, answer.body)
        return answer.json()["sequence"]

    def accept(self, order):
        return self.post(cap.document(order), self.tokens[order.publisher])

    def get(self, token, target="/v1/feed.atom", **fields):
        names = {name.replace("_", "-"): value for name, value in fields.items()}
        with Api(self.door, token) as api:
            return api.request("GET", target, None, names)

    def feed(self, who="web", target="/v1/feed.atom", token=None):
        """The answer, and the feed in it."""
        answer = self.get(token or self.tokens.get(who), target)
        self.assertEqual(answer.status, 200, answer.body)
        self.assertEqual(answer.media_type, atom.MEDIA_TYPE)
        return answer, atom.read(answer.body)

    def target(self, link):
        """Of a link to this hub."""
        parts = urllib.parse.urlsplit(link)
        self.assertEqual(parts.netloc, self.door.authority)
        return parts.path + ("?" + parts.query if parts.query else "")

    def acknowledge(self, who, through, outlet="feed"):
        with Api(self.door, self.tokens[who]) as api:
            return api.request("POST", "/v1/receipts",
                               json.dumps({"outlet": outlet, "ack": {"through": through}}),
                               {"Content-Type": "application/json"})

    def state(self, sequence, who="web"):
        with Api(self.door, self.tokens[who]) as api:
            answer = api.request("GET", f"/v1/alerts/{sequence}/deliveries")
        return answer.json()["deliveries"][0]["state"]

    def wait_for(self, sequence, state, who="web"):
        deadline = time.monotonic() + SECONDS_MAX
        while (found := self.state(sequence, who)) != state:
            self.assertLess(time.monotonic(), deadline, found)
            time.sleep(0.02)


def in_hours(hours):
    return cap.timestamp(cap.now() + datetime.timedelta(hours=hours))
