"""Every state of a stream that the operator is promised to see, and each way the hub ends one:
brought about through real sockets, seen in /metrics and in `noroshi-hub status`."""

import contextlib
import time

from . import websocket
from .observed_hub import ObservedTest, alert_of
from .raw_request import RECEIVE_BUFFER, connect
from .stream import Stream

MIB = 1 << 20
SILENT_SECONDS = 45.0  # after so long it is dead, blocked or stalled
LOOK_EVERY = 1.0


class StreamStatesTest(ObservedTest):
    def unread(self, name):
        """A stream in a small window of the network that says Hello and is not read any more."""
        connection = connect(self.door, RECEIVE_BUFFER)
        self.addCleanup(connection.close)
        stream = Stream(websocket.WebSocket.upgrade(
            connection, self.door.authority, "/v1/stream", Stream.SUBPROTOCOL,
            [("Authorization", f"Bearer {self.tokens[name]}")]))
        stream.hello(window=4096)
        stream.receive_kind("welcome", 10.0)
        return stream

    def goodbyes(self, code):
        return f'goodbyes_total{{code="{code}"}}', "goodbyes", code

    def assert_ended(self, code, count=1):
        self.until_both(lambda n: n == count, *self.goodbyes(code))

    def farewell(self, stream, seconds=10.0):
        """The Goodbye that comes, whatever comes before it."""
        return stream.receive_kind("goodbye", seconds).code

    def test_dead_blocked_stalled_and_lagging_delay_nobody(self):
        self.start(publishers=["p"], subscribers=["well", "dead", "blocked", "stalled"],
                   ring_bytes_max=MIB)
        well, publisher = self.stream("well"), self.api("p")
        dead, stalled = self.stream("dead"), self.stream("stalled")
        blocked = self.unread("blocked")
        begun = time.monotonic()
        sent = [self.accept(publisher, alert_of(200_000)) for _ in range(12)]
        for sequence in sent:
            self.assertEqual(well.receive_kind("delivery", 10.0).sequence, sequence)
            well.ack(sequence)
        for sequence in sent[:3]:  # by then it is fed from the journal, and never catches up
            self.assertEqual(blocked.receive_kind("delivery", 10.0).sequence, sequence)
        self.until_both(lambda n: n >= 1, "subscribers_lagging", "subscribers_lagging")
        self.until_both(lambda n: n > 0, "streams_queued_bytes", "streams_queued_bytes")
        self.until_both(lambda n: n > 0, "stream_queued_bytes_max", "stream_queued_bytes_max")
        self.until_both(lambda n: n > 0, "ring_bytes", "ring_bytes")
        self.until_both(lambda n: n >= 1, "catch_up_reads_total", "catch_up_reads")
        codes = set()

        def go_on():
            """Reads on both, says something on one, acknowledges on none."""
            for stream in (dead, stalled):
                with contextlib.suppress(TimeoutError, websocket.Closed):
                    while True:
                        message = stream.receive(0.05)
                        if message.WhichOneof("message") == "goodbye":
                            codes.add(message.goodbye.code)
            stalled.ack(0)
            with contextlib.suppress(OSError, websocket.Closed):
                blocked.ack(0)  # alive, or it would be dead first
            with contextlib.suppress(TimeoutError):
                while True:
                    message = well.receive(0.05)
                    if message.WhichOneof("message") == "heartbeat":
                        well.ack(message.heartbeat.through)
            time.sleep(LOOK_EVERY)

        for code in ("dead", "blocked"):
            self.until_both(lambda n: n == 1, *self.goodbyes(code), seconds=SILENT_SECONDS + 30,
                            meanwhile=go_on)
        self.assertGreater(time.monotonic() - begun, SILENT_SECONDS - 5)
        self.until_both(lambda n: n == 1, "subscribers_stalled", "subscribers_stalled",
                        seconds=SILENT_SECONDS, meanwhile=go_on)
        self.assertEqual(codes, {"dead"})
        self.assertEqual(self.seen().says("subscribers_connected", "subscribers_connected"),
                         (2, 2))
        stalled.ack(sent[-1])
        self.until_both(lambda n: n == 0, "subscribers_stalled", "subscribers_stalled",
                        meanwhile=go_on)
        sequence = self.accept(publisher)
        self.assertEqual(well.receive_kind("delivery", 10.0).sequence, sequence)
        blocked.close()

    def test_goodbyes_by_their_code(self):
        self.start(publishers=["p"], subscribers=["a", "b", "c", "d"])
        first = self.stream("a")
        self.stream("a")
        self.assertEqual(self.farewell(first), "replaced")
        self.assert_ended("replaced")
        self.assertEqual(self.seen().metric("streams_replaced_total"), 1)

        wrong = self.stream("b")
        wrong.hello()
        self.assertEqual(self.farewell(wrong), "protocol")
        self.assert_ended("protocol")

        suspended = self.stream("c")
        self.hub.verb("subscriber", "suspend", "c", "--reason", "test")
        self.assertEqual(self.farewell(suspended), "suspended")
        self.assert_ended("suspended")

        ahead = Stream.open(self.door, self.tokens["d"])
        self.addCleanup(ahead.close)
        self.accept(self.api("p"))
        ahead.hello(epoch=self.seen().status["epoch"], resume_after=1 << 40)
        self.assertEqual(self.farewell(ahead), "log.rolled_back")
        self.assert_ended("log.rolled_back")
        self.assertEqual(self.seen().metric("rolled_back_total"), 1)

    def test_a_hub_that_stops_says_so_to_everybody(self):
        """Nobody can be asked any more then: the streams themselves are told."""
        self.start(publishers=["p"], subscribers=["a", "b"])
        streams = [self.stream("a"), self.stream("b")]
        self.assertEqual(self.hub.terminate(), 0)
        self.assertEqual([self.farewell(stream) for stream in streams], ["stopping"] * 2)
