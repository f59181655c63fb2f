"""GET /v1/ladders and the ladder of one alert as server-sent events, against a real hub.

    test_ladders.py --hub BIN
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


class LaddersTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="noroshi-ladders-")
        self.addCleanup(scratch.cleanup)
        self.hub = HubProcess(os.environ["NOROSHI_HUB_BINARY"], pathlib.Path(scratch.name) / "hub",
                              settings=NO_RATES)
        self.addCleanup(self.hub.close)
        self.hub.init()
        self.city = add_publisher(self.hub, "362018", "徳島市", [SENDER], ["362018"])
        self.other = add_publisher(self.hub, "362026", "鳴門市", ["city.naruto.lg.jp"], ["362026"])
        self.prefecture = add_publisher(self.hub, "360007", "徳島県", ["pref.tokushima.lg.jp"], ["36"])
        self.tv = add_subscriber(self.hub, "tv", ["36"])
        self.operator = (self.hub.data / "keys" / "operator.token").read_text().strip()
        self.door = self.hub.start()

    def accept(self, order=None, below="/v1"):
        order = order or cap.first_revision("362018", SENDER, (TOKUSHIMA,), 4)
        with Api(self.door, self.city) as api:
            answer = api.publish(cap.document(order), below=below)
        self.assertEqual(answer.status, 201, answer.body)
        return answer.json()["sequence"]

    def board(self, token=None, target="/v1/ladders", **more):
        board = Events.open(self.door, token or self.city, target=target, **more)
        self.addCleanup(board.close)
        return board

    def until(self, board, wanted, name="ladder"):
        """The first event that is as wanted."""
        deadline = time.monotonic() + SECONDS_MAX
        while True:
            event = board.next_named(name, max(0.001, deadline - time.monotonic()))
            ladder = json.loads(event.data)
            if wanted(ladder):
                return ladder

    def test_a_board_begins_with_what_is_there_and_follows_each_step(self):
        earlier = self.accept()
        board = self.board()
        self.assertEqual(board.status, 200, board.head)
        first = self.until(board, lambda ladder: ladder["sequence"] == earlier)
        self.assertEqual((first["totals"]["addressed"], first["totals"]["queued"]), (1, 1))
        self.assertEqual(first["publisher"], "362018")
        self.assertIn("避難指示", first["headline"])
        self.assertNotIn("deliveries", first)
        sequence = self.accept(cap.first_revision("362018", SENDER, (TOKUSHIMA,), 4, remark="2"))
        self.until(board, lambda ladder: ladder["sequence"] == sequence)
        with Stream.open(self.door, self.tv) as stream:
            stream.hello()
            stream.receive_kind("delivery", SECONDS_MAX)
            stream.receive_kind("delivery", SECONDS_MAX)
            stream.ack(sequence)
            self.until(board, lambda ladder: ladder["sequence"] == sequence
                       and ladder["totals"]["delivered"] == 1)
        with Api(self.door, self.tv) as api:
            answer = api.request("POST", "/v1/receipts", json.dumps(
                {"receipts": [{"id": "1", "sequence": sequence, "state": "shown",
                               "medium": "tv.lshape"}]}), {"Content-Type": "application/json"})
        self.assertEqual(answer.json()["recorded"], ["1"], answer.body)
        self.until(board, lambda ladder: ladder["totals"]["shown"] == 1)
        again = self.board(last_id=board.last_id)  # and whoever comes again has all of it
        self.until(again, lambda ladder: ladder["sequence"] == sequence
                   and ladder["totals"]["shown"] == 1)
        self.until(self.board(), lambda ladder: ladder["sequence"] == earlier)

    def test_a_cancel_is_seen_to_be_obeyed(self):
        order = cap.first_revision("362018", SENDER, (TOKUSHIMA,), 4)
        sequence = self.accept(order)
        board = self.board()
        with Stream.open(self.door, self.tv) as stream:
            stream.hello()
            stream.receive_kind("delivery", SECONDS_MAX)
            stream.ack(sequence)
            self.report(sequence, "shown", "1")
            self.until(board, lambda ladder: ladder["totals"]["shown"] == 1)
            cancel = self.accept(cap.next_revision(order, [order], message_type="Cancel"))
            self.until(board, lambda ladder: ladder["sequence"] == cancel
                       and ladder["earlier"]["shown"] == 1)
            self.report(sequence, "withdrawn", "2")
            self.until(board, lambda ladder: ladder["sequence"] == cancel
                       and (ladder["earlier"]["shown"], ladder["earlier"]["withdrawn"]) == (0, 1))

    def report(self, sequence, state, name):
        receipt = {"id": name, "sequence": sequence, "state": state, "medium": "radio"}
        with Api(self.door, self.tv) as api:
            answer = api.request("POST", "/v1/receipts", json.dumps({"receipts": [receipt]}),
                                 {"Content-Type": "application/json"})
        self.assertEqual(answer.json()["recorded"], [name], answer.body)

    def test_who_sees_whose(self):
        sequence = self.accept()
        for token in (self.prefecture, self.operator):
            self.until(self.board(token), lambda ladder: ladder["sequence"] == sequence)
        with self.assertRaises(TimeoutError):
            self.board(self.other).next_named("ladder", 1.5)
        self.assertEqual(self.board(self.tv).status, 403)
        self.assertEqual(self.board("no such token").status, 401)
        one = f"/v1/alerts/{sequence}/deliveries"
        self.assertEqual(self.board(self.other, one).status, 403)
        self.assertEqual(self.board(self.tv, one).status, 403)
        self.assertEqual(self.board(self.city, "/v1/alerts/99999/deliveries").status, 404)

    def test_one_alert_with_its_rows(self):
        sequence = self.accept()
        board = self.board(target=f"/v1/alerts/{sequence}/deliveries")
        self.until(board, lambda row: (row["subscriber"], row["state"]) == ("tv", "queued"), "row")
        self.accept(cap.first_revision("362018", SENDER, (TOKUSHIMA,), 4, remark="not this one"))
        with Stream.open(self.door, self.tv) as stream:
            stream.hello()
            stream.receive_kind("delivery", SECONDS_MAX)
            stream.ack(sequence)
            totals = self.until(board, lambda ladder: ladder["totals"]["delivered"] == 1)
            self.assertEqual(totals["sequence"], sequence)
            row = self.until(board, lambda row: row["state"] == "delivered", "row")
            self.assertTrue(row["connected"])

    def test_a_deadline_is_told_when_it_is_over_and_as_long_as_somebody_is_missing(self):
        self.hub.verb("publisher", "set", "362018", "--deadline", "delivered=1s", "--deadline", "withdrawn=2m")
        sequence = self.accept()
        self.hub.verb("publisher", "set", "362018", "--deadline", "delivered=1h")  # of later alerts
        target = f"/v1/alerts/{sequence}/deliveries"
        board = self.board(target=target)
        first = self.until(board, lambda _: True)
        self.assertEqual([(each["step"], each["within_s"], each["missing"]) for each in first["deadlines"]],
                         [("delivered", 1, 1)])
        late = self.until(board, lambda ladder: ladder["deadlines"][0]["overdue"])
        self.assertGreater(late["deadlines"][0]["due_at"], late["accepted_at"])
        self.until(board, lambda row: row["overdue"] == ["delivered"], "row")
        with Api(self.door, self.tv) as api:  # a subscriber sees that of its own
            own = api.request("GET", target).json()
        self.assertEqual(own["deliveries"][0]["overdue"], ["delivered"])
        with Stream.open(self.door, self.tv) as stream:
            stream.hello()
            stream.receive_kind("delivery", SECONDS_MAX)
            stream.ack(sequence)
            mended = self.until(board, lambda ladder: not ladder["deadlines"][0]["overdue"])
            self.assertEqual(mended["deadlines"][0]["missing"], 0)
            self.until(board, lambda row: row["overdue"] == [], "row")

    def test_who_connects_and_leaves_changes_its_row(self):
        sequence = self.accept()
        board = self.board(target=f"/v1/alerts/{sequence}/deliveries")
        self.assertFalse(self.until(board, lambda row: row["subscriber"] == "tv", "row")["connected"])
        with Stream.open(self.door, self.tv) as stream:
            stream.hello()
            stream.receive_kind("delivery", SECONDS_MAX)
            row = self.until(board, lambda row: row["connected"], "row")
            self.assertEqual(row["state"], "queued")
        self.until(board, lambda row: not row["connected"], "row")

    def test_what_each_medium_shows_is_counted(self):
        order = cap.first_revision("362018", SENDER, (TOKUSHIMA,), 4)
        sequence = self.accept(order)
        board = self.board()
        with Stream.open(self.door, self.tv) as stream:
            stream.hello()
            stream.receive_kind("delivery", SECONDS_MAX)
            stream.ack(sequence)
            self.report(sequence, "shown", "1")
            self.report(sequence, "withdrawn", "2")
        counted = self.until(board, lambda ladder: ladder["totals"]["withdrawn"] == 1)
        self.assertEqual(counted["media"], [{"medium": "radio", "shown": 0, "replaced": 0,
                                             "withdrawn": 1, "refused": 0}])

    def test_a_drill_has_a_board_of_its_own_until_it_ends(self):
        end = cap.timestamp(cap.now() + datetime.timedelta(hours=3))
        open_drill(self.hub, "autumn", ["362018"], ["tv"], end)
        token = drill_token(self.hub, "publisher", "362018", "autumn")
        below = "/v1/drills/autumn"
        live, drill = self.board(), self.board(token, f"{below}/ladders")
        self.assertEqual(drill.status, 200, drill.head)
        order = cap.first_revision("362018", SENDER, (TOKUSHIMA,), 4)
        with Api(self.door, token) as api:
            exercise = api.publish(cap.exercise(order, "autumn"), below=below).json()["sequence"]
        real = self.accept(order)
        self.assertEqual(self.until(drill, lambda _: True)["sequence"], exercise)
        self.assertEqual(self.until(live, lambda _: True)["sequence"], real)
        self.hub.verb("drill", "close", "autumn", "--reason", "test")
        self.assertEqual(json.loads(drill.next_named("goodbye", SECONDS_MAX).data)["code"],
                         "drill.closed")

    def test_who_is_suspended_sees_no_more_and_a_crowd_has_its_bound(self):
        board = self.board()
        boards = [self.board() for _ in range(15)]
        self.assertEqual([each.status for each in boards], [200] * 15)
        # A board counts from its connection's handing over on.
        deadline = time.monotonic() + SECONDS_MAX
        while (one_more := self.board()).status == 200:
            self.assertLess(time.monotonic(), deadline)
        self.assertEqual(one_more.status, 503)
        self.hub.verb("publisher", "suspend", "362018", "--reason", "test")
        self.assertEqual(json.loads(board.next_named("goodbye", SECONDS_MAX).data)["code"],
                         "suspended")
        with self.assertRaises(Ended):
            board.next(SECONDS_MAX)

    def test_the_hub_says_goodbye_and_a_board_finds_all_of_it_after_a_crash(self):
        sequence = self.accept()
        board = self.board()
        self.until(board, lambda ladder: ladder["sequence"] == sequence)
        self.hub.kill()
        self.door = self.hub.start()
        board = self.board()
        self.until(board, lambda ladder: ladder["sequence"] == sequence)
        self.hub.terminate()
        self.assertEqual(json.loads(board.next_named("goodbye", SECONDS_MAX).data)["code"],
                         "stopping")


if __name__ == "__main__":
    if len(sys.argv) < 3 or sys.argv[1] != "--hub":
        sys.exit(__doc__)
    os.environ["NOROSHI_HUB_BINARY"] = sys.argv[2]
    unittest.main(argv=sys.argv[:1] + sys.argv[3:], verbosity=2)
