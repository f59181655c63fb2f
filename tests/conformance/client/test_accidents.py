"""Drills that were taken for real, each as a test against the real hub with real broadcasters'
streams. What happened is said as far as ops/docs/field.md says it; what is asserted is what this
hub does in the same place.

    test_accidents.py --hub BIN
"""

import os
import pathlib
import sys
import time
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from client import cap
from client.drill_hub import BROADCASTERS, BYSTANDER, DrillTest, below, soon

RETRACTED_SECONDS_MAX = 60.0


class AccidentsTest(DrillTest):
    def assert_refused(self, answer, status, code):
        self.assertEqual((answer.status, answer.code), (status, code), answer.body)

    def everybody(self):
        return [self.listen(name) for name in (*BROADCASTERS, BYSTANDER)]

    def test_aichi_2018(self):
        """A drill's message was sent as real. It was prepared as an exercise and left by the path
        of the real ones.

        Here the live path takes no exercise, whoever sends it and with whatever credential, and
        says where it belongs. Nothing reaches a live stream; the right path reaches those who
        drill, marked in every frame."""
        live = self.everybody()
        drilling = self.listen("tv", "east")
        order = self.order()
        message = cap.exercise(order, "east")
        answer = self.post(message)
        self.assert_refused(answer, 403, "auth.status")
        self.assertIn("/v1/drills/", answer.json()["detail"])
        self.assert_refused(self.post(message, None, token_of="east"), 403, "auth.status")
        self.assert_quiet(*live)
        delivery = self.take(drilling, self.accept(order, "east"), "east")
        self.assertIn("【訓練】", delivery.summary.headline)
        self.assert_quiet(*live)

    def test_wakayama_2018(self):
        """A drill was sent as real, and noticed by viewers rather than by who had sent it.

        Here the mistake is made whole: in the middle of a drill somebody sends a message that
        says Actual, with what they have at hand, the drill's token. It may not speak live, and
        a live message may not enter the drill; both refusals are in the log."""
        live = self.everybody()
        drilling = self.listen("radio", "east")
        for drill, path in (("east", None), ("east", "east"), ("west", None), ("west", "east")):
            order = self.order()
            answer = self.post(cap.document(order), path, token_of=drill)
            self.assert_refused(answer, 403, "auth.status")
            with self.api("362018") as api:
                found = api.request("GET", f"/v1/alerts?identifier={order.identifier}").json()
            self.assertEqual(found["alerts"], [])
        self.assert_quiet(*live, drilling)

    def test_hino_2024(self):
        """A drill's evacuation order was taken for a real one by those it reached.

        Here an exercise reaches nobody but those who opened the drill's own stream with the
        drill's own token: a broadcaster's live output has no path on which it could come, while
        a real order sent between two exercises reaches all of them at once."""
        live = self.everybody()
        drilling = [self.listen(name, "east") for name in BROADCASTERS]
        for level in (3, 4, 5):
            exercise = self.accept(self.order(level=level), "east")
            real = self.accept(self.order(level=level))
            for stream in drilling:
                self.take(stream, exercise, "east")
            for stream in live:
                self.take(stream, real)
            self.assertNotIn(BYSTANDER, self.ladder(exercise, "east"))
        self.assert_quiet(*live, *drilling)

    def test_hawaii_2018(self):
        """A drill was taken for the real thing and a real alert sent by mistake: the screens of
        both were alike. It took 38 minutes to retract.

        Here the same document cannot be both: with the other token it is refused, each way. And
        if a live alert was wrong after all, one Cancel goes to all it went to, a receiver that
        had not got it yet hears that it has passed, and the sender sees who has heard."""
        first = self.order()
        self.assert_refused(self.post(cap.document(first), "east"), 403, "auth.status")
        self.assert_refused(self.post(cap.exercise(first, "east")), 403, "auth.status")
        tv, net = self.listen("tv"), self.listen(BYSTANDER)
        begun = time.monotonic()
        wrong = self.accept(first)
        for stream in (tv, net):
            self.take(stream, wrong)
        cancel = cap.next_revision(first, [first], message_type="Cancel")
        answer = self.post(cap.document(cancel))
        self.assertEqual(answer.status, 201, answer.body)
        retraction = answer.json()["sequence"]
        for stream in (tv, net):
            delivery = self.take(stream, retraction)
            self.assertEqual(list(delivery.summary.referenced_sequences), [wrong])
            self.assertEqual(delivery.summary.message_type, "Cancel")
        late = self.listen("radio", backlog=True)
        while (message := late.receive(10)).WhichOneof("message") != "passed" or \
                message.passed.sequence != wrong:
            kind = message.WhichOneof("message")
            if kind == "delivery":
                late.ack(message.delivery.sequence)
                self.assertNotEqual(message.delivery.sequence, wrong, "shown after its retraction")
        self.assertEqual(message.passed.by, retraction)
        self.take(late, retraction)
        self.wait_for_ladder(retraction, dict.fromkeys((*BROADCASTERS, BYSTANDER), "delivered"))
        self.assertLess(time.monotonic() - begun, RETRACTED_SECONDS_MAX)

    def test_pickering_2020(self):
        """Somebody at work in the drill and in the real system at once sent the drill's alert in
        the real one. It took 108 minutes to retract.

        Here both may be open at once, by the same people and the same broadcasters: each token
        is good for one of them, says which in its first letters, and the hub asks for the right
        one on every request. When the drill is closed its token sends nothing anywhere."""
        live, drill = self.tokens["362018", None], self.tokens["362018", "east"]
        self.assertTrue(live.startswith("nrs_p_"))
        self.assertTrue(drill.startswith("nrd_p_"))
        self.open_drill("shift", soon(hours=1))
        real, exercise = self.listen("tv"), self.listen("tv", "shift")
        for _ in range(3):
            self.take(exercise, self.accept(self.order(), "shift"), "shift")
            self.take(real, self.accept(self.order()))
            self.assert_refused(self.post(cap.exercise(self.order(), "shift")), 403, "auth.status")
            self.assert_refused(self.post(cap.document(self.order()), None, token_of="shift"), 403,
                                "auth.status")
        self.hub.verb("drill", "close", "shift", "--reason", "交代")
        self.assertEqual(exercise.receive_kind("goodbye", 5).code, "drill.closed")
        for path, code in (("shift", "drill.closed"), (None, "auth.status"), ("east", "auth.status")):
            with self.api("362018", "shift") as api:
                answer = api.publish(cap.exercise(self.order(), "shift"), below=below(path))
            self.assertEqual(answer.code, code)
        self.assert_quiet(real)


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if arguments[:1] != ["--hub"]:
        sys.exit(__doc__)
    os.environ["NOROSHI_HUB_BINARY"] = arguments[1]
    unittest.main(argv=[sys.argv[0], *arguments[2:]], verbosity=2)
