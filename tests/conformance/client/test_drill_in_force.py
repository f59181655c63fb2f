"""What is in force in a drill, against the real hub: of that drill alone, by code, position and as
GeoJSON; never of the live path, nor the other way; and gone with the drill.

    test_drill_in_force.py --hub BIN [tests]
"""

import itertools
import os
import pathlib
import sys
import time
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from client import cap
from client.drill_hub import DRILLS, DrillTest, below, channel, soon

PATHS = (None, *DRILLS)
SQUARE = b"<polygon>34.0,134.5 34.0,134.6 34.1,134.6 34.1,134.5 34.0,134.5</polygon>"
INSIDE = "point=34.07,134.55"
STARTED_SECONDS_MAX = 10.0


class DrillInForceTest(DrillTest):
    def document(self, order, drill=None):
        return super().document(order, drill).replace(b"</areaDesc>", b"</areaDesc>" + SQUARE)

    def ask(self, who, token, drill, query, form="application/json"):
        """Until the shapes are read again after a start."""
        deadline = time.monotonic() + STARTED_SECONDS_MAX
        while True:
            with self.api(who, token) as api:
                answer = api.request("GET", f"{below(drill)}/in-force?{query}", None,
                                     {"Accept": form})
            if answer.status != 503 or time.monotonic() > deadline:
                return answer
            time.sleep(0.02)

    def seen(self, drill):
        """The sequences in force there, the same however they are asked for."""
        answers = [self.ask("tv", drill, drill, query).json()
                   for query in ("area=362018", "area=*", INSIDE)]
        features = self.ask("tv", drill, drill, INSIDE, "application/geo+json").json()
        for answer in answers:
            self.assertEqual(answer["channel"], channel(drill))
        found = [{order["sequence"] for order in answer["orders"]} for answer in answers]
        found.append({feature["properties"]["sequence"] for feature in features["features"]})
        self.assertTrue(all(one == found[0] for one in found), found)
        return found[0]

    def clear(self, drill, *orders):
        for order in orders:
            self.accept(cap.next_revision(order, [order], message_type="Cancel"), drill)

    def test_each_channel_sees_its_own_and_after_a_crash_too(self):
        orders = {drill: self.order() for drill in PATHS}
        expected = {drill: {self.accept(order, drill)} for drill, order in orders.items()}
        self.assertEqual({drill: self.seen(drill) for drill in PATHS}, expected)
        self.hub.kill()
        type(self).door = self.hub.start()
        self.assertEqual({drill: self.seen(drill) for drill in PATHS}, expected)
        for drill in PATHS:  # raised and lifted in one, it stands in the others
            order = orders[drill]
            raised = cap.next_revision(order, [order], message_type="Update", level=5)
            sequence = self.accept(raised, drill)
            self.assertEqual(self.seen(drill), {sequence})
            self.accept(cap.next_revision(raised, [order, raised], message_type="Update",
                                          kind="lift"), drill)
            expected[drill] = set()
            self.assertEqual({other: self.seen(other) for other in PATHS}, expected)

    def test_who_may_ask_which(self):
        for (who, token), path in itertools.product(
                [(None, None), ("net", None), ("operator", None),
                 *itertools.product(("362018", "tv"), PATHS)], PATHS):
            if who is None:
                expected = 401, "auth.required"
            elif who == "operator" or token == path:
                expected = 200, None
            else:
                expected = 403, "auth.status"
            with self.subTest(who=who, token=channel(token), path=channel(path)):
                answer = self.ask(who, token, path, "area=36")
                self.assertEqual((answer.status, answer.code), expected)

    def test_what_a_drill_says_is_no_word_on_the_live_path(self):
        order = self.order("362026")
        self.accept(order, "east")
        for drill, spoke in ((None, False), ("east", True), ("west", False)):
            said = {p["publisher"]: p["last_accepted_at"] is not None for p in
                    self.ask("tv", drill, drill, "area=362026").json()["publishers"]}
            self.assertEqual(said["362026"], spoke, channel(drill))
        self.clear("east", order)

    def test_it_is_gone_with_the_drill(self):
        self.open_drill("brief", soon(hours=1))
        self.open_drill("short", soon(seconds=3))
        live = self.accept(order := self.order())
        for drill in ("brief", "short"):
            self.accept(self.order(), drill)
        self.assertEqual(len(self.seen("brief")), 1)
        self.hub.verb("drill", "close", "brief")
        for who, token in (("tv", "brief"), ("operator", None)):
            answer = self.ask(who, token, "brief", "area=36")
            self.assertEqual((answer.status, answer.code), (409, "drill.closed"))
        deadline = time.monotonic() + 10
        while (answer := self.ask("tv", "short", "short", "area=36")).status == 200:
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.1)
        self.assertEqual((answer.status, answer.code), (409, "drill.closed"))
        self.assertEqual(self.seen(None), {live})
        self.clear(None, order)


if __name__ == "__main__":
    if len(sys.argv) < 3 or sys.argv[1] != "--hub":
        sys.exit(__doc__)
    os.environ["NOROSHI_HUB_BINARY"] = sys.argv[2]
    unittest.main(argv=sys.argv[:1] + sys.argv[3:], verbosity=2)
