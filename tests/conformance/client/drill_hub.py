"""A real hub with two drills beside the live path: two cities and two broadcasters with a token for
each of the three, and a third broadcaster that takes part in nothing."""

import datetime
import json
import os
import pathlib
import tempfile
import time
import unittest

from . import cap, websocket
from .api import Api
from .hub_process import NO_RATES, HubProcess
from .registration import add_publisher, add_subscriber, drill_token, open_drill
from .stream import Stream

CITIES = {"362018": ("city.tokushima.lg.jp", cap.Place("362018", "徳島県徳島市")),
          "362026": ("city.naruto.lg.jp", cap.Place("362026", "徳島県鳴門市"))}
BROADCASTERS = ("tv", "radio")
BYSTANDER = "net"
DRILLS = ("east", "west")
DELIVERED_SECONDS_MAX = 10.0
QUIET_SECONDS = 0.5  # of a stream on which nothing may come


def below(drill):
    """The path of a drill; of the live one for None."""
    return f"/v1/drills/{drill}" if drill else "/v1"


def channel(drill):
    return f"drill:{drill}" if drill else "live"


def soon(**when):
    return cap.timestamp(cap.now() + datetime.timedelta(**when))


class DrillTest(unittest.TestCase):
    """One hub a class. `tokens[who, drill]`; drill None is live."""

    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory(prefix="noroshi-drills-")
        cls.addClassCleanup(cls.scratch.cleanup)
        cls.hub = HubProcess(os.environ["NOROSHI_HUB_BINARY"], pathlib.Path(cls.scratch.name) / "hub",
                             settings=NO_RATES)
        cls.addClassCleanup(cls.hub.close)
        cls.hub.init()
        cls.tokens = {}
        for code, (sender, place) in CITIES.items():
            cls.tokens[code, None] = add_publisher(cls.hub, code, place.name, [sender], [code])
        for name in (*BROADCASTERS, BYSTANDER):
            cls.tokens[name, None] = add_subscriber(cls.hub, name, ["36"])
        cls.door = cls.hub.start()
        cls.mutual_port = cls.hub.mutual_port()
        for drill in DRILLS:
            cls.open_drill(drill, soon(hours=1))
        cls.tokens["operator", None] = (cls.hub.data / "keys" / "operator.token").read_text().strip()

    @classmethod
    def open_drill(cls, drill, end):
        open_drill(cls.hub, drill, CITIES, BROADCASTERS, end)
        for kind, names in (("publisher", CITIES), ("subscriber", BROADCASTERS)):
            for name in names:
                cls.tokens[name, drill] = drill_token(cls.hub, kind, name, drill)

    def api(self, who, drill=None):
        return Api(self.door, self.tokens.get((who, drill)))

    def order(self, city="362018", level=4, **more):
        sender, place = CITIES[city]
        return cap.first_revision(city, sender, (place,), level, **more)

    def document(self, order, drill=None):
        return cap.exercise(order, drill) if drill else cap.document(order)

    def post(self, document, drill=None, city="362018", token_of=...):
        """To the path of `drill`, with that path's token unless another is named."""
        who = self.tokens[city, drill if token_of is ... else token_of]
        with Api(self.door, who) as api:
            return api.publish(document, below=below(drill))

    def accept(self, order, drill=None):
        answer = self.post(self.document(order, drill), drill, order.publisher)
        self.assertEqual(answer.status, 201, answer.body)
        self.assertEqual(answer.json()["channel"], channel(drill))
        return answer.json()["sequence"]

    def listen(self, name, drill=None, backlog=False):
        """A welcomed stream, closed with the test. What earlier tests have left for it is taken
        first, unless `backlog`; all alerts here are for everybody of their channel."""
        stream = Stream.open(self.door, self.tokens[name, drill], target=below(drill) + "/stream")
        self.addCleanup(stream.close)
        stream.hello(window=256)
        welcome = stream.receive_kind("welcome", 10)
        self.assertEqual(welcome.channel, channel(drill))
        self.assertEqual(welcome.subscriber, name)
        if not backlog and welcome.cursor < welcome.head:
            while (message := stream.receive(10)).delivery.sequence != welcome.head and \
                    message.passed.sequence != welcome.head:
                pass
            stream.ack(welcome.head)
        return stream

    def take(self, stream, sequence, drill=None):
        """The delivery of `sequence`, acknowledged; anything else that is delivered is an error."""
        delivery = stream.receive_kind("delivery", DELIVERED_SECONDS_MAX)
        self.assertEqual(delivery.sequence, sequence)
        status = "Exercise" if drill else "Actual"
        self.assertEqual(delivery.summary.status, status)
        self.assertIn(f"<status>{status}</status>".encode(), delivery.cap_xml)
        stream.ack(sequence)
        return delivery

    def assert_quiet(self, *streams):
        """Nothing is delivered on any of them."""
        deadline = time.monotonic() + QUIET_SECONDS
        for stream in streams:
            try:
                while True:
                    message = stream.receive(max(0.01, deadline - time.monotonic()))
                    self.assertEqual(message.WhichOneof("message"), "heartbeat", message)
            except TimeoutError:
                pass

    def ladder(self, sequence, drill=None, city="362018"):
        """State by subscriber."""
        with Api(self.door, self.tokens[city, drill]) as api:
            answer = api.request("GET", f"{below(drill)}/alerts/{sequence}/deliveries")
        self.assertEqual(answer.status, 200, answer.body)
        return {row["subscriber"]: row["state"] for row in answer.json()["deliveries"]}

    def wait_for_ladder(self, sequence, wanted, drill=None):
        deadline = time.monotonic() + DELIVERED_SECONDS_MAX
        while (found := self.ladder(sequence, drill)) != wanted:
            self.assertLess(time.monotonic(), deadline, found)
            time.sleep(0.05)

    def upgrade(self, who, token_drill, drill):
        """What a stream at the path of `drill` is answered: a status and a code."""
        try:
            Stream.open(self.door, self.tokens.get((who, token_drill)),
                        target=below(drill) + "/stream").close()
            return 101, None
        except websocket.UpgradeRefused as refused:
            return refused.status, json.loads(refused.body)["code"]
