"""GET /v1/events: the same alerts as on the stream, resumed by Last-Event-ID, acknowledged by POST.

    test_events.py --hub BIN
"""

import datetime
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
from client.events import Ended, Events
from client.hub_process import NO_RATES, HubProcess
from client.registration import add_publisher, add_subscriber, drill_token, open_drill
from client.stream import Stream

SENDER = "city.tokushima.lg.jp"
TOKUSHIMA = cap.Place("362018", "徳島県徳島市")
SECONDS_MAX = 10.0


class EventsTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="noroshi-events-")
        self.addCleanup(scratch.cleanup)
        self.hub = HubProcess(os.environ["NOROSHI_HUB_BINARY"], pathlib.Path(scratch.name) / "hub",
                              settings=NO_RATES)
        self.addCleanup(self.hub.close)
        self.hub.init()
        self.city = add_publisher(self.hub, "362018", "徳島市", [SENDER], ["362018"])
        self.web = add_subscriber(self.hub, "web", ["36"])
        self.hub.verb("subscriber", "set", "web", "--outlets", "stream,events")
        self.stream_only = add_subscriber(self.hub, "tv", ["36"])
        self.door = self.hub.start()

    def order(self, remark=""):
        return cap.first_revision("362018", SENDER, (TOKUSHIMA,), 4, remark=remark)

    def accept(self, order):
        with Api(self.door, self.city) as api:
            answer = api.publish(cap.document(order))
        self.assertEqual(answer.status, 201, answer.body)
        return answer.json()["sequence"]

    def events(self, token=None, **more):
        events = Events.open(self.door, token or self.web, **more)
        self.addCleanup(events.close)
        return events

    def welcomed(self, **more):
        events = self.events(**more)
        self.assertEqual(events.status, 200, events.head)
        kind, welcome = events.next(SECONDS_MAX).message()
        self.assertEqual(kind, "welcome")
        return events, welcome

    def delivered(self, events):
        kind, delivery = events.next_named("delivery", SECONDS_MAX).message()
        self.assertEqual(kind, "delivery")
        return int(delivery["sequence"])

    def acknowledge(self, through, token=None):
        with Api(self.door, token or self.web) as api:
            return api.request("POST", "/v1/receipts", json.dumps({"ack": {"through": through}}),
                               {"Content-Type": "application/json"})

    def state(self, sequence):
        with Api(self.door, self.web) as api:
            answer = api.request("GET", f"/v1/alerts/{sequence}/deliveries")
        return answer.json()["deliveries"][0]["state"]

    def wait_for(self, sequence, state):
        deadline = time.monotonic() + SECONDS_MAX
        while self.state(sequence) != state:
            self.assertLess(time.monotonic(), deadline, self.state(sequence))
            time.sleep(0.02)

    def test_an_alert_comes_with_all_it_says_and_is_acknowledged_by_post(self):
        events, welcome = self.welcomed()
        self.assertEqual((welcome["subscriber"], welcome["channel"]), ("web", "live"))
        self.assertIn("text/event-stream", events.head)
        self.assertEqual(events.retry_ms, 1000)
        order = self.order()
        sequence = self.accept(order)
        event = events.next_named("delivery", SECONDS_MAX)
        self.assertEqual(event.last_id, f"{welcome['epoch']}-{sequence}")
        delivery = event.message()[1]
        self.assertEqual(delivery["summary"]["identifier"], order.identifier)
        self.assertEqual(delivery["reading"]["info"][0]["headline"],
                         "徳島県徳島市 洪水 警戒レベル4 避難指示")
        self.assertEqual(self.state(sequence), "queued")
        self.assertEqual(self.acknowledge(sequence + 1).code, "ack.beyond")
        self.assertEqual(self.acknowledge(sequence).json()["acknowledged"], sequence)
        self.wait_for(sequence, "delivered")

    def test_it_goes_on_behind_the_last_event_also_after_a_crash(self):
        events, welcome = self.welcomed()
        first = self.accept(self.order("1"))
        self.assertEqual(self.delivered(events), first)
        last = events.last_id
        events.close()
        second = self.accept(self.order("2"))
        self.hub.kill()
        self.door = self.hub.start()
        events, _ = self.welcomed(last_id=last)
        self.assertEqual(self.delivered(events), second)
        self.wait_for(first, "delivered")  # that id said so
        events.close()
        events, _ = self.welcomed()  # of itself behind what was acknowledged: at least once
        self.assertEqual(self.delivered(events), second)
        events.close()
        events, again = self.welcomed(last_id=f"{int(welcome['epoch']) + 1}-1")  # another log's
        self.assertEqual(int(again["cursor"]), first)

    def test_what_was_acknowledged_after_the_connection_had_gone_counts(self):
        events, _ = self.welcomed()
        sequence = self.accept(self.order())
        self.delivered(events)
        events.close()
        deadline = time.monotonic() + SECONDS_MAX
        while self.acknowledge(sequence).status != 200:
            self.assertLess(time.monotonic(), deadline)
        self.wait_for(sequence, "delivered")

    def test_its_cursor_is_its_own_and_the_newest_connection_wins(self):
        events, _ = self.welcomed()
        with Stream.open(self.door, self.web) as stream:
            stream.hello()
            stream.receive_kind("welcome", SECONDS_MAX)
            sequence = self.accept(self.order())
            self.assertEqual(stream.receive_kind("delivery", SECONDS_MAX).sequence, sequence)
            self.assertEqual(self.delivered(events), sequence)
            stream.ack(sequence)
            self.wait_for(sequence, "delivered")
        newer, _ = self.welcomed()
        self.assertEqual(self.delivered(newer), sequence, "its own acknowledgement is missing")
        kind, said = events.next_named("goodbye", SECONDS_MAX).message()
        self.assertEqual((kind, said["code"]), ("goodbye", "replaced"))
        with self.assertRaises(Ended):
            events.next(SECONDS_MAX)

    def test_what_is_too_late_is_passed(self):
        first = self.order()
        self.accept(first)
        cancel = self.accept(cap.next_revision(first, [first], message_type="Cancel"))
        events, _ = self.welcomed()
        kind, passed = events.next(SECONDS_MAX).message()
        self.assertEqual((kind, passed["reason"]), ("passed", "CANCELLED"))
        self.assertEqual(self.delivered(events), cancel)

    def test_who_may_not_is_refused(self):
        for token, more, status in [("no such token", {}, 401), (self.city, {}, 403),
                                    (self.stream_only, {}, 403), (self.web, {"last_id": "x"}, 400),
                                    (self.web, {"last_id": "1-"}, 400),
                                    (self.web, {"last_id": "1-2-3"}, 400),
                                    (self.web, {"target": "/v1/drills/x/events"}, 403)]:
            with self.subTest(more, status=status):
                self.assertEqual(self.events(token, **more).status, status)
        events, welcome = self.welcomed()
        beyond = self.events(last_id=f"{welcome['epoch']}-999999")
        self.assertEqual(beyond.next(SECONDS_MAX).message()[1]["code"], "log.rolled_back")
        self.hub.verb("subscriber", "suspend", "web", "--reason", "test")
        self.assertEqual(events.next_named("goodbye", SECONDS_MAX).message()[1]["code"],
                         "suspended")

    def test_a_drill_is_heard_in_its_session_only(self):
        end = cap.timestamp(cap.now() + datetime.timedelta(hours=3))
        open_drill(self.hub, "autumn", ["362018"], ["web"], end)
        below = "/v1/drills/autumn"
        live, _ = self.welcomed()
        drill = self.events(drill_token(self.hub, "subscriber", "web", "autumn"),
                            target=f"{below}/events")
        self.assertEqual(drill.next(SECONDS_MAX).message()[1]["channel"], "drill:autumn")
        order = self.order()
        with Api(self.door, drill_token(self.hub, "publisher", "362018", "autumn")) as api:
            answer = api.publish(cap.exercise(order, "autumn"), below=below)
        self.assertEqual(answer.status, 201, answer.body)
        exercise = answer.json()["sequence"]
        real = self.accept(order)
        self.assertEqual(self.delivered(drill), exercise)
        self.assertEqual(self.delivered(live), real, "and nothing before it")
        self.hub.verb("drill", "close", "autumn", "--reason", "test")
        self.assertEqual(drill.next_named("goodbye", SECONDS_MAX).message()[1]["code"],
                         "drill.closed")


if __name__ == "__main__":
    if len(sys.argv) < 3 or sys.argv[1] != "--hub":
        sys.exit(__doc__)
    os.environ["NOROSHI_HUB_BINARY"] = sys.argv[2]
    unittest.main(argv=sys.argv[:1] + sys.argv[3:], verbosity=2)
