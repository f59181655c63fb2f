"""Drills against the real hub: every credential on every path with every status, streams and
ladders beside each other, and the end of a session.

    test_drills.py --hub BIN
"""

import itertools
import json
import os
import pathlib
import sys
import time
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from client import cap
from client.api import Api
from client.certificates import Credential
from client.door import MutualDoor
from client.drill_hub import (BYSTANDER, CITIES, DRILLS, DrillTest, below, channel, drill_token,
                              open_drill, soon)
from client.hub_process import HubFailed

PATHS = (None, *DRILLS)
ENDS_SECONDS_MAX = 5.0


def document(order, drill, status):
    """Whole and sound, of any status; of an exercise it names a drill wherever it is sent."""
    if status in ("Exercise", "Test"):
        return cap.exercise(order, drill or DRILLS[0], status)
    return cap.document(order).replace(b"<status>Actual<", f"<status>{status}<".encode())


def expected_of_post(who, token_drill, path_drill, status):
    """Written from the contract's table, not from the code."""
    if who is None:
        return 401, "auth.required"
    if who not in CITIES:
        return 403, "auth.role"
    if token_drill != path_drill:
        return 403, "auth.status"
    if status == "Draft":
        return 422, "alert.invalid"
    right = ("Actual",) if path_drill is None else ("Exercise", "Test")
    return (201, None) if status in right else (403, "auth.status")


def expected_of_read(who, token_drill, path_drill, alert_drill=None, named=False):
    if who is None:
        return 401, "auth.required"
    if who != "operator" and token_drill != path_drill:
        return 403, "auth.status"
    return (404, "not-found") if named and alert_drill != path_drill else (200, None)


def expected_of_stream(who, token_drill, path_drill):
    if who is None:
        return 401, "auth.required"
    if who in CITIES or who == "operator":
        return 403, "auth.role"
    return (101, None) if token_drill == path_drill else (403, "auth.status")


class MatrixTest(DrillTest):
    """All combinations."""

    def credentials(self):
        return [(None, None), *itertools.product(("362018", "tv"), PATHS), ("operator", None)]

    def test_what_is_taken(self):
        cases = 0
        for (who, token), path, status in itertools.product(
                self.credentials(), PATHS, ("Actual", "Exercise", "Test", "System", "Draft")):
            with self.subTest(who=who, token=channel(token), path=channel(path), status=status):
                with self.api(who, token) as api:
                    answer = api.publish(document(self.order(), path, status), below=below(path))
                self.assertEqual((answer.status, answer.code),
                                 expected_of_post(who, token, path, status), answer.body)
                if answer.status == 201:
                    self.assertEqual(answer.json()["channel"], channel(path))
                    self.assertTrue(answer.fields["location"].startswith(below(path) + "/alerts/"))
                cases += 1
        self.assertEqual(cases, 8 * 3 * 5)

    def test_what_may_be_read(self):
        sequences = {drill: self.accept(self.order(), drill) for drill in PATHS}
        for (who, token), path in itertools.product(self.credentials(), PATHS):
            with self.api(who, token) as api, self.subTest(who=who, token=channel(token),
                                                           path=channel(path)):
                answer = api.request("GET", below(path) + "/alerts?limit=500")
                self.assertEqual((answer.status, answer.code), expected_of_read(who, token, path))
                if answer.status == 200:
                    listed = {alert["channel"] for alert in answer.json()["alerts"]}
                    self.assertEqual(listed, {channel(path)})
                for drill, sequence in sequences.items():
                    expected = expected_of_read(who, token, path, drill, named=True)
                    for what in ("", "/deliveries"):
                        answer = api.request("GET", f"{below(path)}/alerts/{sequence}{what}", None,
                                             {"Accept": "application/json"})
                        self.assertEqual((answer.status, answer.code), expected,
                                         (channel(drill), what))

    def test_who_may_open_which_stream(self):
        for (who, token), path in itertools.product(self.credentials(), PATHS):
            with self.subTest(who=who, token=channel(token), path=channel(path)):
                self.assertEqual(self.upgrade(who, token, path),
                                 expected_of_stream(who, token, path))

    def test_a_certificate_is_a_live_identity(self):
        def door(kind, name):
            folder = pathlib.Path(self.scratch.name) / name
            folder.mkdir()
            said = json.loads(self.hub.verb("cert", "issue", kind, name, "--out", str(folder), "--json"))
            return MutualDoor("127.0.0.1", self.mutual_port, self.door.ca, Credential(
                pathlib.Path(said["certificate_file"]), pathlib.Path(said["key_file"])))
        with Api(door("publisher", "362026"), None) as city, Api(door("subscriber", "tv"), None) as tv:
            for path in PATHS:
                with self.subTest(channel(path)):
                    answer = city.publish(document(self.order("362026"), path,
                                                   "Exercise" if path else "Actual"),
                                          below=below(path))
                    self.assertEqual((answer.status, answer.code),
                                     (403, "auth.status") if path else (201, None))
                    for reader in (city, tv):
                        answer = reader.request("GET", below(path) + "/alerts")
                        self.assertEqual((answer.status, answer.code),
                                         (403, "auth.status") if path else (200, None))

    def test_a_path_of_no_drill(self):
        for who, token in (("362018", None), ("362018", "east"), ("tv", None)):
            with self.api(who, token) as api:
                answer = api.request("GET", "/v1/drills/nowhere/alerts")
            self.assertEqual((answer.status, answer.code), (403, "auth.status"))
        with self.api("operator") as api:
            for path, status in (("/v1/drills/nowhere/alerts", 404), ("/v1/drills//alerts", 404),
                                 ("/v1/drills/east", 404), ("/v1/drills/east/alerts", 200)):
                self.assertEqual(api.request("GET", path).status, status, path)

    def test_a_drills_document_names_its_drill(self):
        unnamed = cap.exercise(self.order(), "east").replace(b"DrillId", b"DrillName")
        for name, drill, sent in [("another's", "west", cap.exercise(self.order(), "east")),
                                  ("none", "east", unnamed)]:
            with self.subTest(name):
                answer = self.post(sent, drill)
                self.assertIn((answer.status, answer.code),
                              [(403, "auth.status"), (422, "alert.invalid")], answer.body)


class SideBySideTest(DrillTest):
    """One broadcaster on the live stream and on a drill's at the same time."""

    def test_each_stream_brings_its_own(self):
        live, east, west = (self.listen("tv", drill) for drill in PATHS)
        bystander = self.listen(BYSTANDER)
        streams = dict(zip(PATHS, (live, east, west)))
        for drill in (*PATHS, *reversed(PATHS), *PATHS):
            sequence = self.accept(self.order(), drill)
            self.take(streams[drill], sequence, drill)
            if drill is None:
                self.take(bystander, sequence)
        self.assert_quiet(live, east, west, bystander)

    def test_a_drill_is_addressed_to_who_takes_part_and_has_its_own_cursors(self):
        live, east = self.listen("tv"), self.listen("tv", "east")
        exercise = self.accept(self.order(), "east")
        order = self.accept(self.order())
        self.assertEqual(set(self.ladder(exercise, "east")), {"tv", "radio"})
        self.assertEqual(set(self.ladder(order)), {"tv", "radio", BYSTANDER})
        self.take(east, exercise, "east")
        self.wait_for_ladder(exercise, {"tv": "delivered", "radio": "queued"}, "east")
        self.assertEqual(self.ladder(order)["tv"], "queued", "an answer in the drill says nothing")
        self.take(live, order)
        self.wait_for_ladder(order, {"tv": "delivered", "radio": "queued", BYSTANDER: "queued"})

    def test_a_new_stream_goes_on_where_its_own_channel_stood(self):
        first = self.accept(self.order(), "west")
        order = self.accept(self.order())
        second = self.accept(self.order(), "west")
        radio = self.listen("radio", "west", backlog=True)
        while (delivery := radio.receive_kind("delivery", 10)).sequence != first:
            self.assertEqual(delivery.summary.status, "Exercise")
        radio.ack(first)
        self.wait_for_ladder(first, {"tv": "queued", "radio": "delivered"}, "west")
        self.hub.terminate()
        self.__class__.door = self.hub.start()
        self.take(self.listen("radio", "west", backlog=True), second, "west")
        live = self.listen("radio", backlog=True)
        while live.receive_kind("delivery", 10).sequence != order:
            pass

    def test_the_same_identifier_is_another_alert_in_every_channel(self):
        order = self.order()
        sequences = {self.accept(order, drill) for drill in PATHS}
        self.assertEqual(len(sequences), 3)
        for drill in PATHS:
            again = self.post(self.document(order, drill), drill)
            self.assertEqual(again.status, 200)
            self.assertIn(again.json()["sequence"], sequences)

    def test_no_reference_leads_out_of_its_channel(self):
        order = self.order()
        live = self.accept(order)
        update = cap.next_revision(order, [order])
        answer = self.post(self.document(update, "east"), "east")
        self.assertEqual(answer.status, 201, answer.body)
        with self.api("362018", "east") as api:
            said = api.request("GET", f"/v1/drills/east/alerts/{answer.json()['sequence']}", None,
                               {"Accept": "application/json"}).json()
        self.assertEqual(said["referenced_sequences"], [])
        self.assertEqual(said["unknown_references"], [order.identifier])
        cancel = cap.next_revision(update, [order], message_type="Cancel")
        answer = self.post(self.document(cancel, "east"), "east")
        self.assertEqual((answer.status, answer.code), (422, "alert.invalid"), answer.body)
        with self.api("362018") as api:
            listed = api.request("GET", f"/v1/alerts?identifier={order.identifier}").json()
        self.assertEqual([(alert["sequence"], alert["superseded_by"], alert["cancelled_by"])
                          for alert in listed["alerts"]], [(live, None, None)])


class EndTest(DrillTest):
    def ends(self, stream):
        begun = time.monotonic()
        goodbye = stream.receive_kind("goodbye", ENDS_SECONDS_MAX)
        self.assertEqual((goodbye.code, goodbye.retry_after_ms), ("drill.closed", 0))
        self.assertLess(time.monotonic() - begun, ENDS_SECONDS_MAX)

    def assert_over(self, drill, taken):
        answer = self.post(self.document(self.order(), drill), drill)
        self.assertEqual((answer.status, answer.code), (409, "drill.closed"))
        self.assertEqual(self.post(taken, drill).status, 200, "what was taken stays taken")
        self.assertEqual(self.upgrade("tv", drill, drill), (409, "drill.closed"))
        with self.api("362018", drill) as api:
            self.assertEqual(api.request("GET", below(drill) + "/alerts").status, 200)

    def test_closing_ends_its_streams_and_nothing_else(self):
        live, other = self.listen("tv"), self.listen("tv", "west")
        stream = self.listen("tv", "east")
        order = self.order()
        self.take(stream, self.accept(order, "east"), "east")
        self.hub.verb("drill", "close", "east", "--reason", "終了")
        self.ends(stream)
        self.assert_over("east", self.document(order, "east"))
        self.take(live, self.accept(self.order()))
        self.take(other, self.accept(self.order(), "west"), "west")

    def test_the_clock_ends_it(self):
        self.open_drill("brief", soon(seconds=4))
        stream = self.listen("tv", "brief")
        order = self.order()
        self.take(stream, self.accept(order, "brief"), "brief")
        goodbye = stream.receive_kind("goodbye", 4 + ENDS_SECONDS_MAX)
        self.assertEqual(goodbye.code, "drill.closed")
        self.assert_over("brief", self.document(order, "brief"))

    def test_before_it_begins_it_says_when_to_come(self):
        open_drill(self.hub, "later", CITIES, ("tv",), soon(hours=2), start=soon(hours=1))
        self.tokens["tv", "later"] = drill_token(self.hub, "subscriber", "tv", "later")
        self.tokens["362018", "later"] = drill_token(self.hub, "publisher", "362018", "later")
        self.assertEqual(self.upgrade("tv", "later", "later"), (409, "drill.closed"))
        answer = self.post(self.document(self.order(), "later"), "later")
        self.assertEqual((answer.status, answer.code), (409, "drill.closed"))

    def test_tokens_are_for_who_takes_part(self):
        with self.assertRaisesRegex(HubFailed, "ended with 4"):
            drill_token(self.hub, "subscriber", BYSTANDER, "west")
        with self.assertRaisesRegex(HubFailed, "ended with 5"):
            drill_token(self.hub, "subscriber", "tv", "nowhere")
        with self.assertRaisesRegex(HubFailed, "ended with 6"):
            open_drill(self.hub, "west", CITIES, ("tv",), soon(hours=1))


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if arguments[:1] != ["--hub"]:
        sys.exit(__doc__)
    os.environ["NOROSHI_HUB_BINARY"] = arguments[1]
    unittest.main(argv=[sys.argv[0], *arguments[2:]], verbosity=2)
