"""The ladder of an alert, from queued to withdrawn, as subscribers make it and a city sees it:
over both subprotocols and POST /v1/receipts, with what was never delivered, and through kill -9.

    test_receipts.py --hub BIN --subscribe BIN --publish BIN
"""

import argparse
import datetime
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from client import cap
from client.api import Api
from client.hub_process import NO_RATES, HubProcess
from client.json_stream import JsonStream
from client.messages import ClientMessage
from client.registration import add_publisher, add_subscriber, drill_token, open_drill
from client.stream import Stream

SENDER = "city.tokushima.lg.jp"
TOKUSHIMA = cap.Place("362018", "徳島県徳島市")
SECONDS_MAX = 10.0
SHOWN, WITHDRAWN, REFUSED = 1, 2, 3


def receipt(identifier, sequence, state=SHOWN, medium="tv.lshape", detail="", at=None):
    message = ClientMessage()
    said = message.receipt
    said.id, said.sequence, said.state = identifier, sequence, state
    said.medium, said.detail = medium, detail
    if at is not None:
        said.at.seconds = at
    return message


class ReceiptsTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="noroshi-receipts-")
        self.addCleanup(scratch.cleanup)
        self.scratch = pathlib.Path(scratch.name)
        self.hub = HubProcess(os.environ["NOROSHI_HUB_BINARY"], self.scratch / "hub",
                              settings=NO_RATES)
        self.addCleanup(self.hub.close)
        self.hub.init()
        self.city = add_publisher(self.hub, "362018", "徳島市", [SENDER], ["362018"])
        self.tv = add_subscriber(self.hub, "tv", ["36"])
        self.radio = add_subscriber(self.hub, "radio", ["36"])
        self.elsewhere = add_subscriber(self.hub, "elsewhere", ["13"])
        self.door = self.hub.start()
        self.order = cap.first_revision("362018", SENDER, (TOKUSHIMA,), 4)

    def accept(self, order):
        with Api(self.door, self.city) as api:
            answer = api.publish(cap.document(order))
        self.assertEqual(answer.status, 201, answer.body)
        return answer.json()["sequence"]

    def stream(self, token, kind=Stream):
        stream = kind.open(self.door, token)
        self.addCleanup(stream.close)
        stream.hello()
        stream.receive_kind("welcome", SECONDS_MAX)
        return stream

    def delivered(self, stream, acknowledge=True):
        sequence = stream.receive_kind("delivery", SECONDS_MAX).sequence
        if acknowledge:
            stream.ack(sequence)
        return sequence

    def answered(self, stream, message):
        stream.send(message)
        while True:
            answer = stream.receive(SECONDS_MAX)
            kind = answer.WhichOneof("message")
            if kind in ("recorded", "declined"):
                told = getattr(answer, kind)
                self.assertEqual(told.id, message.receipt.id)
                return kind if kind == "recorded" else told.code

    def recorded(self, stream, *details, **more):
        self.assertEqual(self.answered(stream, receipt(*details, **more)), "recorded")

    def ladder(self, sequence, token=None, below="/v1"):
        with Api(self.door, token or self.city) as api:
            answer = api.request("GET", f"{below}/alerts/{sequence}/deliveries")
        self.assertEqual(answer.status, 200, answer.body)
        return answer.json()

    def row(self, sequence, subscriber, **more):
        rows = {row["subscriber"]: row for row in self.ladder(sequence, **more)["deliveries"]}
        return rows[subscriber]

    def wait_for(self, sequence, subscriber, state):
        """The view follows the log at a small distance."""
        deadline = time.monotonic() + SECONDS_MAX
        while True:
            row = self.row(sequence, subscriber)
            if row["state"] == state:
                return row
            self.assertLess(time.monotonic(), deadline, row)
            time.sleep(0.02)

    def post(self, token, body, below="/v1"):
        with Api(self.door, token) as api:
            return api.request("POST", f"{below}/receipts",
                               body if isinstance(body, bytes) else json.dumps(body).encode(),
                               {"Content-Type": "application/json"})

    def test_from_queued_to_withdrawn_and_each_step_once(self):
        for kind, token, name in [(Stream, self.tv, "tv"), (JsonStream, self.radio, "radio")]:
            with self.subTest(name):
                order = cap.first_revision("362018", SENDER, (TOKUSHIMA,), 4)
                sequence = self.accept(order)
                self.assertEqual(self.row(sequence, name)["state"], "queued")
                stream = self.stream(token, kind)
                while self.delivered(stream) != sequence:
                    pass
                self.wait_for(sequence, name, "delivered")
                self.recorded(stream, "a", sequence, at=1_700_000_000)
                row = self.wait_for(sequence, name, "shown")
                self.assertEqual(row["shown"],
                                 [{"medium": "tv.lshape", "at": "2023-11-15T07:13:20.000+09:00"}])
                self.recorded(stream, "b", sequence, WITHDRAWN)
                self.wait_for(sequence, name, "withdrawn")
                self.recorded(stream, "a", sequence)  # again: changes nothing
                self.assertEqual(self.row(sequence, name)["state"], "withdrawn")
                self.recorded(stream, "c", sequence, REFUSED, "app", detail="編成の判断")
                row = self.wait_for(sequence, name, "withdrawn")
                self.assertEqual(row["media"][1]["detail"], "編成の判断")

    def test_what_was_never_delivered_is_declined(self):
        first = self.accept(self.order)
        tv = self.stream(self.tv)
        self.assertEqual(self.delivered(tv), first)
        far = self.stream(self.elsewhere)
        for message, code in [
                (receipt("a", first), "receipt.not-addressed"),
                (receipt("b", first + 1000), "receipt.unknown"),
                (receipt("c", 1), "receipt.unknown"),
                (receipt("d", first, medium="cinema"), "receipt.invalid"),
                (receipt("", first), "receipt.invalid")]:
            with self.subTest(code):
                self.assertEqual(self.answered(far, message), code)
        self.assertEqual(self.row(first, "tv")["media"], [])
        answer = self.post(self.radio, {"receipts": [
            {"id": "x", "sequence": first, "state": "shown", "medium": "radio"}]})
        self.assertEqual(answer.json()["declined"][0]["code"], "receipt.not-delivered")

    def test_a_cancel_counts_who_has_taken_the_order_down(self):
        tv, radio = self.stream(self.tv), self.stream(self.radio)
        order = self.accept(self.order)
        for stream, medium in [(tv, "tv.lshape"), (radio, "radio")]:
            self.delivered(stream)
            self.recorded(stream, "on", order, SHOWN, medium)
        cancel = self.accept(cap.next_revision(self.order, [self.order], message_type="Cancel"))
        for stream in (tv, radio):
            self.delivered(stream)
        self.wait_for(cancel, "tv", "delivered")
        self.assertEqual(self.ladder(cancel)["earlier"],
                         {"sequences": [order], "shown": 2, "withdrawn": 0})
        self.recorded(tv, "off", order, WITHDRAWN)
        self.wait_for(order, "tv", "withdrawn")
        ladder = self.ladder(cancel)
        self.assertEqual(ladder["earlier"], {"sequences": [order], "shown": 1, "withdrawn": 1})
        self.assertEqual(self.row(cancel, "radio")["earlier"], "shown")

    def test_the_next_revision_on_a_medium_takes_the_place_of_the_last(self):
        tv, radio = self.stream(self.tv), self.stream(self.radio)
        first = self.accept(self.order)
        self.delivered(tv), self.delivered(radio)
        self.recorded(tv, "1", first)
        second = self.accept(cap.next_revision(self.order, [self.order], message_type="Update"))
        self.delivered(tv), self.delivered(radio)
        self.wait_for(first, "radio", "replaced")
        self.assertEqual(self.row(first, "tv")["state"], "shown")
        self.recorded(tv, "2", second)
        self.wait_for(first, "tv", "replaced")
        self.assertEqual(self.row(second, "tv")["earlier"], "withdrawn")

    def test_posted_receipts(self):
        tv = self.stream(self.tv)
        sequence = self.accept(self.order)
        self.delivered(tv)
        self.wait_for(sequence, "tv", "delivered")
        said = {"id": "a", "sequence": sequence, "state": "shown", "medium": "signage",
                "at": "2026-11-22T11:50:00+09:00"}
        for _ in range(2):
            answer = self.post(self.tv, {"receipts": [said]})
            self.assertEqual(answer.status, 200, answer.body)
            self.assertEqual(answer.json(), {"acknowledged": None, "recorded": ["a"],
                                             "declined": [], "not_taken": []})
        row = self.wait_for(sequence, "tv", "shown")
        self.assertEqual(row["shown"],
                         [{"medium": "signage", "at": "2026-11-22T11:50:00.000+09:00"}])
        for body in [b"", b"[]", b"{", b"{}x", b'{"more": 1}', b'{"receipts": {}}',
                     b'{"receipts": [1]}', b'{"receipts": [{"id": 1, "sequence": 2}]}',
                     b'{"ack": {"through": -1}}', b'{"ack": 3}', b"[" * 5000,
                     json.dumps({"receipts": [said] * 257}).encode(),
                     json.dumps({"receipts": [{**said, "at": "today"}]}).encode()]:
            with self.subTest(body[:40]):
                self.assertEqual(self.post(self.tv, body).code, "receipts.invalid")
        self.assertEqual(self.post(self.tv, {"ack": {"through": sequence + 50}}).code, "ack.beyond")
        self.assertEqual(self.post(self.city, {"receipts": []}).code, "auth.role")
        self.assertEqual(self.post(None, {"receipts": []}).status, 401)

    def test_a_receipt_of_a_drill_stays_in_it(self):
        in_three_hours = cap.timestamp(cap.now() + datetime.timedelta(hours=3))
        open_drill(self.hub, "autumn", ["362018"], ["tv"], in_three_hours)
        city = drill_token(self.hub, "publisher", "362018", "autumn")
        tv = drill_token(self.hub, "subscriber", "tv", "autumn")
        live = self.accept(self.order)
        below = "/v1/drills/autumn"
        with Api(self.door, city) as api:
            answer = api.publish(cap.exercise(self.order, "autumn"), below=below)
        self.assertEqual(answer.status, 201, answer.body)
        drill = answer.json()["sequence"]
        stream = Stream.open(self.door, tv, target=f"{below}/stream")
        self.addCleanup(stream.close)
        stream.hello()
        self.assertEqual(self.delivered(stream), drill)
        self.assertEqual(self.answered(stream, receipt("a", live)), "receipt.unknown")
        self.recorded(stream, "a", drill)
        row = self.row(drill, "tv", token=city, below=below)
        self.assertEqual(row["shown"][0]["medium"], "tv.lshape")
        self.assertEqual(self.post(self.tv, {"receipts": [
            {"id": "b", "sequence": drill, "state": "shown", "medium": "app"}]}).json()
            ["declined"][0]["code"], "receipt.unknown")
        self.assertEqual(self.row(live, "tv")["media"], [])

    def test_what_was_recorded_outlives_kill_9_and_the_view(self):
        tv = self.stream(self.tv)
        sequence = self.accept(self.order)
        self.delivered(tv)
        self.recorded(tv, "a", sequence)
        self.hub.kill()
        for file in self.hub.data.glob("view.db*"):
            file.unlink()
        self.door = self.hub.start()
        self.wait_for(sequence, "tv", "shown")
        again = self.stream(self.tv)
        self.recorded(again, "a", sequence)
        self.recorded(again, "b", sequence, WITHDRAWN)
        self.recorded(again, "a", sequence)
        self.hub.kill()
        self.door = self.hub.start()
        self.wait_for(sequence, "tv", "withdrawn")

    def test_killed_between_ack_and_record_the_ladder_is_right_in_the_end(self):
        """The program's own queue, with the hub and itself killed at every moment of the way."""
        out = self.scratch / "out"
        token = self.scratch / "tv.token"
        token.write_text(self.tv)
        token.chmod(0o600)

        def receiver():
            return subprocess.Popen(
                [os.environ["NOROSHI_SUBSCRIBE_BINARY"], "--hub",
                 f"https://{self.door.authority}", "--ca", str(self.hub.data / "tls" / "ca.pem"),
                 "--token-file", str(token), "--out", str(out), "--on-air", "tv.lshape"],
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        program = receiver()
        self.addCleanup(lambda: (program.kill(), program.wait()))
        sequences = []
        for turn in range(8):
            order = cap.first_revision("362018", SENDER, (TOKUSHIMA,), 4, remark=str(turn))
            sequences.append(self.accept(order))
            time.sleep(turn * 0.05)  # another moment each turn: before, between and after the steps
            if turn % 2 == 0:
                program.kill()
                program.wait()
            port = self.door.port
            self.hub.kill()
            self.door = self.hub.start(port=port)
            if turn % 2 == 0:
                program = receiver()
        for sequence in sequences:
            row = self.wait_for(sequence, "tv", "shown")
            self.assertEqual(len(row["media"]), 1)
        deadline = time.monotonic() + SECONDS_MAX
        while list((out / "receipts" / "live").glob("*/[0-9]*")):
            self.assertLess(time.monotonic(), deadline, "receipts left in the queue")
            time.sleep(0.05)

    def test_publish_waits_for_those_who_show_it(self):
        tv = self.stream(self.tv)
        sequence = self.accept(self.order)
        self.delivered(tv)
        token = self.scratch / "city.token"
        token.write_text(self.city)
        token.chmod(0o600)

        def watch(wait, seconds):
            return subprocess.run(
                [os.environ["NOROSHI_PUBLISH_BINARY"], "status", str(sequence), "--watch", "--wait",
                 wait, "--timeout", seconds, "--hub", f"https://{self.door.authority}",
                 "--ca", str(self.hub.data / "tls" / "ca.pem"), "--token-file", str(token)],
                capture_output=True, text=True, timeout=30, env={**os.environ, "LC_ALL": "C.UTF-8"})
        self.assertEqual(watch("shown:1", "1").returncode, 7)
        self.recorded(tv, "a", sequence)
        seen = watch("shown:1", "10")
        self.assertEqual(seen.returncode, 0, seen.stderr)
        self.assertIn("shown tv.lshape", seen.stdout)
        self.assertNotIn("\x1b", seen.stdout)
        self.assertEqual(watch("shown:connected", "10").returncode, 0)
        self.assertEqual(watch("shown:all", "1").returncode, 7)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    for name in ("hub", "subscribe", "publish"):
        parser.add_argument(f"--{name}", required=True)
    options, rest = parser.parse_known_args()
    os.environ["NOROSHI_HUB_BINARY"] = options.hub
    os.environ["NOROSHI_SUBSCRIBE_BINARY"] = options.subscribe
    os.environ["NOROSHI_PUBLISH_BINARY"] = options.publish
    unittest.main(argv=[sys.argv[0], *rest], verbosity=2)
