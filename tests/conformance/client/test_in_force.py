"""What is in force, asked of a real hub by somebody who only reads the API: by code and by position,
through a kill and a start, and how an order lives on the way.

    test_in_force.py --hub BIN
"""

import datetime
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
from client.hub_process import HubProcess
from client.registration import add_publisher, add_subscriber

SENDER = "city.tokushima.lg.jp"
TOKUSHIMA = cap.Place("362018", "徳島県徳島市")
SQUARE = "<polygon>34.0,134.5 34.0,134.6 34.1,134.6 34.1,134.5 34.0,134.5</polygon>"
INSIDE, OUTSIDE = "34.07,134.55", "35.07,134.55"
STARTED_SECONDS_MAX = 10.0


def with_shape(order):
    return cap.document(order).replace(b"</areaDesc>", b"</areaDesc>" + SQUARE.encode())


class InForceTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="noroshi-in-force-")
        self.addCleanup(scratch.cleanup)
        self.hub = HubProcess(os.environ["NOROSHI_HUB_BINARY"], pathlib.Path(scratch.name) / "hub")
        self.addCleanup(self.hub.close)
        self.hub.init()
        self.city = add_publisher(self.hub, "362018", "徳島市", [SENDER], ["362018"])
        self.tv = add_subscriber(self.hub, "tv", ["36"])
        self.door = self.hub.start()
        self.order = cap.first_revision("362018", SENDER, (TOKUSHIMA,), 4)

    def publish(self, document):
        with Api(self.door, self.city) as api:
            return api.publish(document)

    def accept(self, order):
        answer = self.publish(with_shape(order))
        self.assertEqual(answer.status, 201, answer.body)

    def ask(self, query):
        """Until the shapes are read again after a start."""
        deadline = time.monotonic() + STARTED_SECONDS_MAX
        while True:
            with Api(self.door, self.tv) as api:
                answer = api.request("GET", f"/v1/in-force?{query}")
            if answer.status != 503 or time.monotonic() > deadline:
                self.assertEqual(answer.status, 200, answer.body)
                return answer.json()
            time.sleep(0.02)

    def levels(self, query):
        return [line["level"] for order in self.ask(query)["orders"] for line in order["lines"]]

    def test_an_order_is_found_by_code_and_by_position_also_after_a_crash(self):
        self.accept(self.order)
        before = self.ask(f"point={INSIDE}")
        self.assertEqual(before["orders"][0]["matched_by"], "shape")
        self.assertEqual(before["orders"][0]["headline"], "徳島県徳島市 洪水 警戒レベル4 避難指示")
        self.assertEqual(self.levels(f"point={OUTSIDE}"), [])
        self.hub.kill()
        self.door = self.hub.start()
        after = self.ask(f"point={INSIDE}")
        for known in (before, after):
            del known["as_of"], known["through"]
        self.assertEqual(after, before)
        self.assertEqual(self.levels("area=362018"), [4])
        self.assertEqual(self.levels("area=36"), [4])
        self.assertEqual(self.levels("area=13"), [])

    def test_raised_lifted_and_cancelled_orders_leave_at_once(self):
        self.accept(self.order)
        raised = cap.next_revision(self.order, [self.order], message_type="Update", level=5)
        self.accept(raised)
        self.assertEqual(self.levels(f"point={INSIDE}"), [5])
        lifted = cap.next_revision(raised, [self.order, raised], message_type="Update", kind="lift")
        self.accept(lifted)
        self.assertEqual(self.levels(f"point={INSIDE}"), [])
        self.assertEqual(self.levels("area=*"), [])
        wrong = cap.first_revision("362018", SENDER, (TOKUSHIMA,), 3)
        self.accept(wrong)
        self.accept(cap.next_revision(wrong, [wrong], message_type="Cancel"))
        self.assertEqual(self.levels("area=*"), [])

    def test_of_two_updates_of_one_order_the_second_is_stale_also_after_a_crash(self):
        self.accept(self.order)
        self.accept(cap.next_revision(self.order, [self.order], message_type="Update", level=5))
        late = cap.next_revision(self.order, [self.order], message_type="Update", level=3)
        late = with_shape(late).replace(b"-2</identifier>", b"-2b</identifier>")
        for _ in range(2):
            answer = self.publish(late)
            self.assertEqual((answer.status, answer.code), (409, "alert.stale"))
            self.assertIn("life.stale", [f["rule"] for f in answer.json()["findings"]])
            self.hub.kill()
            self.door = self.hub.start()
        self.assertEqual(self.levels("area=362018"), [5])

    def test_hitachi_2025_a_late_entry_says_when_it_was_decided(self):
        decided = cap.now() - datetime.timedelta(hours=26)
        sent = f"<onset>{self.order.sent}</onset>"
        late = (with_shape(self.order).decode().replace(">new<", ">late<")
                .replace(sent, f"<onset>{cap.timestamp(decided)}</onset>").encode())
        answer = self.publish(late)
        self.assertEqual(answer.status, 201, answer.body)
        with Api(self.door, self.tv) as api:
            listed, = api.request("GET", "/v1/alerts").json()["alerts"]
        order, = self.ask("area=362018")["orders"]
        decided_at = datetime.datetime.fromisoformat(listed["decided_at"])
        self.assertLess(abs(decided_at - decided), datetime.timedelta(seconds=1))
        self.assertEqual((listed["update_kind"], order["update_kind"]), ("late", "late"))
        self.assertEqual(order["lines"][0]["onset"], listed["decided_at"])
        unsaid = late.replace(f"<onset>{cap.timestamp(decided)}</onset>".encode(), b"")
        answer = self.publish(unsaid.replace(b"-1</identifier>", b"-1b</identifier>"))
        self.assertEqual((answer.status, answer.code), (422, "alert.invalid"))
        self.assertIn("jp.onset", [f["rule"] for f in answer.json()["findings"]])

    def test_not_entered_is_told_from_entered(self):
        self.assertIsNone(self.ask("area=362018")["publishers"][0]["last_accepted_at"])
        self.accept(self.order)
        city, = self.ask("area=362018")["publishers"]
        self.assertEqual((city["name"], city["null_report_at"]), ("徳島市", None))
        self.assertIsNotNone(city["last_accepted_at"])


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if arguments[:1] != ["--hub"]:
        sys.exit(__doc__)
    os.environ["NOROSHI_HUB_BINARY"] = arguments[1]
    unittest.main(argv=[sys.argv[0], *arguments[2:]], verbosity=2)
