"""Subscriptions with a polygon and a language: who is addressed and would have been, on the stream and in the ladder,
with updates, a polygon changed under way, and a hub killed with -9.

    test_subscriptions.py --hub BIN
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from client import cap
from client.api import Api
from client.hub_process import NO_RATES, HubFailed, HubProcess
from client.registration import add_publisher, add_subscriber
from client.stream import Stream

SENDER = "city.tokushima.lg.jp"
TOKUSHIMA = cap.Place("362018", "徳島県徳島市")
SECONDS_MAX = 10.0
NORTH = (34.10, 134.50)
SOUTH = (34.00, 134.50)
SIZE = 0.04


def corners(south, west):
    return [(south, west), (south, west + SIZE), (south + SIZE, west + SIZE),
            (south + SIZE, west), (south, west)]


def drawn(order, *places):
    """The order's document with what it is about drawn: a square at each of `places`."""
    polygons = "".join(
        "<polygon>" + " ".join(f"{y:.4f},{x:.4f}" for y, x in corners(*place)) + "</polygon>"
        for place in places)
    return cap.document(order).replace(b"</areaDesc>", f"</areaDesc>{polygons}".encode())


class SubscriptionsTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="noroshi-subscriptions-")
        self.addCleanup(scratch.cleanup)
        self.scratch = pathlib.Path(scratch.name)
        self.hub = HubProcess(os.environ["NOROSHI_HUB_BINARY"], self.scratch / "hub",
                              settings=NO_RATES)
        self.addCleanup(self.hub.close)
        self.hub.init()
        self.city = add_publisher(self.hub, "362018", "徳島市", [SENDER], ["362018"])
        self.tokens = {name: add_subscriber(self.hub, name, ["36"])
                       for name in ("everywhere", "north", "south")}
        self.set_polygon("north", NORTH)
        self.set_polygon("south", SOUTH)
        self.door = self.hub.start()

    def geojson(self, place):
        file = self.scratch / "polygon.geojson"
        file.write_text(json.dumps({"type": "Polygon", "coordinates": [
            [[x, y] for y, x in corners(*place)]]}))
        return str(file)

    def set_polygon(self, name, place):
        self.hub.verb("subscriber", "set", name, "--polygon", self.geojson(place))

    def send(self, document):
        with Api(self.door, self.city) as api:
            answer = api.publish(document)
        self.assertEqual(answer.status, 201, answer.body)
        return answer.json()

    def addressed(self, sequence):
        with Api(self.door, self.city) as api:
            answer = api.request("GET", f"/v1/alerts/{sequence}/deliveries")
        return sorted(row["subscriber"] for row in answer.json()["deliveries"])

    def expect(self, accepted, names):
        self.assertEqual(self.addressed(accepted["sequence"]), sorted(names))

    def received(self, name, last):
        """The sequences of the alerts `name` is sent, or told as passed, up to `last`."""
        with Stream.open(self.door, self.tokens[name]) as stream:
            stream.hello(window=100)
            got = []
            while last not in got:
                message = stream.receive(SECONDS_MAX)
                kind = message.WhichOneof("message")
                if kind in ("delivery", "passed"):
                    got.append(getattr(message, kind).sequence)
        return got

    def order(self):
        return cap.first_revision("362018", SENDER, [TOKUSHIMA], 4)

    def test_who_is_addressed_is_who_is_touched_and_whoever_shows_it_hears_of_its_end(self):
        first = self.order()
        a = self.send(drawn(first, NORTH))
        self.expect(a, ["everywhere", "north"])
        second = cap.next_revision(first, [first], message_type="Update")
        b = self.send(drawn(second, SOUTH))
        self.expect(b, ["everywhere", "north", "south"])
        self.set_polygon("north", SOUTH)
        third = cap.next_revision(second, [first, second], message_type="Update")
        c = self.send(drawn(third, (34.30, 134.50)))
        self.expect(c, ["everywhere", "north", "south"])
        other = self.send(drawn(self.order(), NORTH))
        self.expect(other, ["everywhere"])
        undrawn = self.send(cap.document(self.order()))
        self.expect(undrawn, ["everywhere", "north", "south"])
        numbers = [one["sequence"] for one in (a, b, c, other, undrawn)]
        self.assertEqual(self.received("everywhere", numbers[-1]), numbers)
        self.assertEqual(self.received("north", numbers[-1]), numbers[:3] + numbers[4:])
        self.assertEqual(self.received("south", numbers[-1]), numbers[1:3] + numbers[4:])

    def test_a_hub_killed_forgets_nothing_of_it(self):
        first = self.order()
        a = self.send(drawn(first, NORTH))
        self.hub.kill()
        self.door = self.hub.start()
        second = cap.next_revision(first, [first], message_type="Update")
        b = self.send(drawn(second, (34.30, 134.50)))
        self.expect(a, ["everywhere", "north"])
        self.expect(b, ["everywhere", "north"])
        c = self.send(drawn(self.order(), SOUTH))
        self.expect(c, ["everywhere", "south"])

    def preview(self, *words):
        return json.loads(self.hub.verb("subscriber", "preview", *words, "--json"))

    def test_a_preview_says_what_was_delivered(self):
        last = None
        for places in ([NORTH], [SOUTH], [NORTH, SOUTH], []):
            order = self.order()
            last = self.send(drawn(order, *places) if places else cap.document(order))
        for name in self.tokens:
            with self.subTest(name):
                came = [sequence for sequence in self.received(name, last["sequence"])]
                preview = self.preview(name)
                self.assertEqual([one["sequence"] for one in preview["latest"]], came)
                self.assertEqual((preview["alerts"], preview["received"]), (4, len(came)))
                self.assertEqual(preview["kept_away"]["polygon"], 4 - len(came))
        self.hub.kill()
        self.assertEqual(self.preview("north")["received"], 3)

    def test_terms_are_tried_before_they_are_registered(self):
        self.hub.verb("subscriber", "set", "north", "--no-polygon")
        self.hub.verb("subscriber", "set", "south", "--no-polygon")
        for place in (NORTH, NORTH, SOUTH):
            self.send(drawn(self.order(), place))  # when nobody had a polygon
        tried = self.preview("signage", "--areas", "36", "--polygon", self.geojson(NORTH))
        self.assertEqual((tried["received"], tried["kept_away"]["polygon"]), (2, 1))
        tried = self.preview("everywhere", "--min-level", "5")
        self.assertEqual((tried["received"], tried["kept_away"]["level"]), (0, 3))
        self.assertEqual(self.preview("everywhere")["received"], 3)
        with self.assertRaises(HubFailed):
            self.preview("signage")
        with self.assertRaises(HubFailed):
            self.hub.verb("subscriber", "show", "signage")

    def test_who_is_registered_or_changed_is_told_what_would_have_come(self):
        self.send(cap.document(self.order()))
        run = subprocess.run([os.environ["NOROSHI_HUB_BINARY"], "subscriber", "set", "everywhere",
                              "--min-level", "5", "--data", str(self.hub.data)],
                             env={**os.environ, "LANG": "en_US.UTF-8"},
                             capture_output=True, text=True, timeout=30)
        self.assertIn("would have received 0 of 1 alerts", run.stderr)

    def test_the_polygon_is_shown_and_goes_on_command(self):
        shown = json.loads(self.hub.verb("subscriber", "show", "north", "--json"))
        self.assertEqual(shown["polygon"]["points"], 5)
        # 4.45 km by 3.68 km
        self.assertAlmostEqual(shown["polygon"]["square_kilometers"], 16.4, delta=0.2)
        self.hub.verb("subscriber", "suspend", "north")
        self.hub.verb("subscriber", "resume", "north")
        self.hub.verb("subscriber", "set", "north", "--min-level", "3")
        self.expect(self.send(drawn(self.order(), SOUTH)), ["everywhere", "south"])
        self.hub.verb("subscriber", "set", "north", "--no-polygon")
        shown = json.loads(self.hub.verb("subscriber", "show", "north", "--json"))
        self.assertIsNone(shown["polygon"])
        self.expect(self.send(drawn(self.order(), SOUTH)), ["everywhere", "north", "south"])

    def test_a_subscriber_is_told_its_language(self):
        for typed, told in (("ja-jp", "ja-JP"), ("en", "en"), ("*", "")):
            self.hub.verb("subscriber", "set", "north", "--language", typed)
            with Stream.open(self.door, self.tokens["north"]) as stream:
                stream.hello()
                self.assertEqual(stream.receive_kind("welcome", SECONDS_MAX).language, told)
        with self.assertRaisesRegex(HubFailed, "ended with 2"):
            self.hub.verb("subscriber", "set", "north", "--language", "japanese")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--hub", required=True)
    options, rest = parser.parse_known_args()
    os.environ["NOROSHI_HUB_BINARY"] = options.hub
    unittest.main(argv=[sys.argv[0], *rest], verbosity=2)
