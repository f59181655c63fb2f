"""The real hub that all hostile peers of one run meet, with one healthy subscriber beside them."""

import atexit
import dataclasses
import os
import pathlib
import tempfile
import unittest

from . import cap
from .api import Api
from .hub_process import NO_RATES, HubProcess
from .registration import add_publisher, add_subscriber
from .steady_subscriber import SteadySubscriber

SENDER = "city.tokushima.lg.jp"
RELAY_SENDER = "relay.example.jp"
TOKUSHIMA = cap.Place("362018", "徳島県徳島市")
NARUTO = cap.Place("362026", "徳島県鳴門市")
PEERS = 48


@dataclasses.dataclass
class HostileHub:
    hub: HubProcess
    door: object
    city_token: str
    relay_token: str
    peer_tokens: list
    healthy: SteadySubscriber
    accepted: dict = dataclasses.field(default_factory=dict)  # bytes by sequence
    refused: list = dataclasses.field(default_factory=list)   # identifiers never to be seen

    def city(self):
        return Api(self.door, self.city_token)

    def peer_token(self):
        """Of a subscriber to everything that nobody else uses."""
        return self.peer_tokens.pop()

    def order(self, level=4, places=(TOKUSHIMA,), **more):
        return cap.first_revision("362018", SENDER, places, level, **more)

    def accept(self, test, order=None):
        """Publishes something sound, which must be accepted and reach the healthy subscriber."""
        document = cap.document(order or self.order())
        with self.city() as api:
            answer = api.publish(document)
        test.assertEqual(answer.status, 201, answer.body)
        sequence = answer.json()["sequence"]
        self.accepted[sequence] = document
        test.assertEqual(self.healthy.content_of(sequence), document,
                         "not delivered to the healthy one")
        return answer.json()


_running = None


def running():
    """Started by the first test that asks; the binary is named by NOROSHI_HUB_BINARY."""
    global _running
    if _running is None:
        _running = _start(os.environ["NOROSHI_HUB_BINARY"])
    return _running


def _start(binary):
    scratch = tempfile.TemporaryDirectory(prefix="noroshi-hostile-")
    hub = HubProcess(binary, pathlib.Path(scratch.name) / "hub", settings=NO_RATES)
    atexit.register(scratch.cleanup)
    atexit.register(hub.close)
    hub.init()
    city = add_publisher(hub, "362018", "徳島市", [SENDER], ["362018"])
    relay = add_publisher(hub, "relay", "中継", ["*"], ["*"])
    healthy = add_subscriber(hub, "healthy", ["*"])
    peers = [add_subscriber(hub, f"peer-{number}", ["*"]) for number in range(PEERS)]
    door = hub.start()
    subscriber = SteadySubscriber(door, healthy)
    subscriber.start()
    return HostileHub(hub, door, city, relay, peers, subscriber)


class HostileTest(unittest.TestCase):
    """After every test the hub is alive and serves its healthy clients as before."""

    def setUp(self):
        self.hostile = running()

    def tearDown(self):
        self.assertTrue(self.hostile.hub.running(), self.hostile.hub.last_words())
        self.assertIsNone(self.hostile.healthy.ended)
        self.hostile.accept(self)

    def assert_problem(self, answer, status, code=None):
        """RFC 9457 in the shape of the contract; gives the findings."""
        self.assertEqual(answer.status, status, answer.body[:500])
        self.assertEqual(answer.media_type, "application/problem+json")
        problem = answer.json()
        self.assertIsInstance(problem["type"], str)
        self.assertEqual(problem["status"], status)
        for name in ("title", "detail", "code"):
            self.assertIsInstance(problem[name], str, name)
        self.assertTrue(problem["title"])
        self.assertTrue(problem["code"])
        if code is not None:
            self.assertEqual(problem["code"], code, problem)
        self.assertIsInstance(problem["findings"], list)
        for finding in problem["findings"]:
            self.assertTrue(finding["rule"])
            self.assertIn(finding["severity"], ("error", "confirm", "warn"))
            self.assertIsInstance(finding["path"], str)
            self.assertIsInstance(finding["line"], int)
            self.assertIsInstance(finding["column"], int)
            self.assertTrue(finding["message"])
        return problem["findings"]
