"""Districts of a municipality, registered at a running hub and at one that is not: who names them
without drawing them is found in their polygons, and nowhere else.

    test_districts.py --hub BIN
"""

import json
import os
import pathlib
import sys
import tempfile
import time
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from client import cap
from client.api import Api
from client.hub_process import HubFailed, HubProcess
from client.registration import add_publisher, add_subscriber

SENDER = "city.tokushima.lg.jp"
TOKUSHIMA = cap.Place("362018", "徳島県徳島市")
INSIDE, OUTSIDE = "34.05,134.55", "34.25,134.55"
HOLE = "34.08,134.58"
ALL = b"<value>362018:*</value>"
STARTED_SECONDS_MAX = 10.0
# A square with a lake that is no part of it.
KAWAUCHI = [[[134.5, 34.0], [134.6, 34.0], [134.6, 34.1], [134.5, 34.1], [134.5, 34.0]],
            [[134.57, 34.07], [134.57, 34.09], [134.59, 34.09], [134.59, 34.07], [134.57, 34.07]]]


def collection(*features):
    return json.dumps({"type": "FeatureCollection", "features": list(features)})


def district(name, rings):
    geometry = rings and {"type": "Polygon", "coordinates": rings}
    return {"type": "Feature", "id": name, "properties": {"name": name}, "geometry": geometry}


class DistrictsTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="noroshi-districts-")
        self.addCleanup(scratch.cleanup)
        self.file = pathlib.Path(scratch.name) / "districts.geojson"
        self.hub = HubProcess(os.environ["NOROSHI_HUB_BINARY"], pathlib.Path(scratch.name) / "hub")
        self.addCleanup(self.hub.close)
        self.hub.init()
        self.city = add_publisher(self.hub, "362018", "徳島市", [SENDER], ["362018"])
        self.tv = add_subscriber(self.hub, "tv", ["36"])

    def register(self, text):
        self.file.write_text(text, encoding="utf-8")
        return self.hub.verb("publisher", "districts", "362018", str(self.file))

    def order(self, named):
        """A level 4 for the district, without a shape; whatever the hub asks is confirmed."""
        order = cap.document(cap.first_revision("362018", SENDER, (TOKUSHIMA,), 4))
        self.assertIn(ALL, order)
        order = order.replace(ALL, f"<value>362018:{named}</value>".encode())
        with Api(self.door, self.city) as api:
            answer = api.publish(order)
        self.assertEqual(answer.status, 201, answer.body)

    def ask(self, query, accept="application/json"):
        deadline = time.monotonic() + STARTED_SECONDS_MAX
        while True:
            with Api(self.door, self.tv) as api:
                answer = api.request("GET", f"/v1/in-force?{query}", fields={"Accept": accept})
            if answer.status != 503 or time.monotonic() > deadline:
                self.assertEqual(answer.status, 200, answer.body)
                return answer.json()
            time.sleep(0.02)

    def matched_at(self, point):
        return [order["matched_by"] for order in self.ask(f"point={point}")["orders"]]

    def assert_held_in_its_polygon(self):
        self.assertEqual(self.matched_at(INSIDE), ["shape"])
        self.assertEqual(self.matched_at(OUTSIDE), [])
        self.assertEqual(self.matched_at(HOLE), [], "a hole is no part of it")
        self.assertEqual(self.ask(f"point={OUTSIDE}")["unplaced"], 0)
        features = self.ask("area=362018", "application/geo+json")["features"]
        self.assertEqual([len(one["geometry"]["coordinates"]) for one in features], [2])

    def test_registered_before_the_start_and_after_a_crash(self):
        self.register(collection(district("kawauchi", KAWAUCHI), district("ojin", None)))
        self.door = self.hub.start()
        self.order("kawauchi")
        self.assert_held_in_its_polygon()
        self.hub.kill()
        self.door = self.hub.start()
        self.assert_held_in_its_polygon()

    def test_registered_at_a_running_hub_what_stands_is_drawn(self):
        self.door = self.hub.start()
        self.order("kawauchi")
        self.assertEqual(self.matched_at(INSIDE), [])
        self.assertEqual(self.ask(f"point={INSIDE}")["unplaced"], 1)
        self.register(collection(district("kawauchi", KAWAUCHI)))
        self.assert_held_in_its_polygon()
        shown = json.loads(self.hub.verb("publisher", "show", "362018", "--json"))
        self.assertEqual(shown["districts"], {"registered": 1, "drawn": 1})

    def test_one_bad_feature_is_named_and_nothing_is_registered(self):
        self.door = self.hub.start()
        flat = district("flat", [[[134.5, 34.0], [134.6, 34.0]]])
        with self.assertRaises(HubFailed) as refused:
            self.register(collection(district("kawauchi", KAWAUCHI), flat))
        self.assertIn("(flat)", str(refused.exception))
        shown = json.loads(self.hub.verb("publisher", "show", "362018", "--json"))
        self.assertEqual(shown["districts"]["registered"], 0)


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if arguments[:1] != ["--hub"]:
        sys.exit(__doc__)
    os.environ["NOROSHI_HUB_BINARY"] = arguments[1]
    unittest.main(argv=[sys.argv[0], *arguments[2:]], verbosity=2)
