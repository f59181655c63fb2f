"""Peers that break the stream: each is told by a Goodbye or a close code, and nobody else is."""

import os
import time

from . import websocket
from .hostile_hub import HostileTest
from .messages import ClientMessage
from .stream import Stream

HELLO_SECONDS = 10.0
HEARTBEAT_SECONDS_MAX = 16.0
SECONDS_MAX = 5.0
QUIET_SECONDS = 1.0


def masked(opcode, payload, **more):
    return websocket.frame(opcode, payload, mask=os.urandom(4), **more)


def hello(**fields):
    message = ClientMessage()
    message.hello.SetInParent()
    for name, value in fields.items():
        setattr(message.hello, name, value)
    return message.SerializeToString()


def ack(through):
    message = ClientMessage()
    message.ack.through = through
    return message.SerializeToString()


# Messages that break the protocol of the contract, sent after the upgrade.
BROKEN_MESSAGES = [
    ("nothing in it", [b""]),
    ("not protobuf", [b"\xff\xff\xff\xff\xff"]),
    ("a message of tomorrow", [b"\xfa\x3e\x00"]),
    ("ack before hello", [ack(1)]),
    ("hello twice", [hello(window=10), hello(window=10)]),
    ("ack of what was never sent", [hello(window=10), ack(1 << 40)]),
    ("ack of the last number there is", [hello(window=10), ack((1 << 64) - 1)]),
    ("window over 4096", [hello(window=4097)]),
]


class StreamTest(HostileTest):
    def open(self, token=None):
        return Stream.open(self.hostile.door, token or self.hostile.peer_token())

    def caught_up(self):
        """The token of a subscriber whose cursor stands at the head: a new one would be sent
        everything since it was registered."""
        token = self.hostile.peer_token()
        with self.open(token) as stream:
            stream.hello()
            welcome = stream.receive_kind("welcome", SECONDS_MAX)
        with self.open(token) as stream:
            stream.hello(epoch=welcome.epoch, resume_after=welcome.head)
            cursor = stream.receive_kind("welcome", SECONDS_MAX).cursor
        self.assertGreaterEqual(cursor, welcome.head)
        return token

    def welcomed(self, token=None, **said):
        stream = self.open(token or self.caught_up())
        self.addCleanup(stream.close)
        stream.hello(**said)
        return stream, stream.receive_kind("welcome", SECONDS_MAX)

    def farewell(self, stream, seconds=SECONDS_MAX):
        """The Goodbye that comes, None without one, and the close code behind it."""
        said, deadline = None, time.monotonic() + seconds
        try:
            while True:
                message = stream.receive(max(0.001, deadline - time.monotonic()))
                if message.WhichOneof("message") == "goodbye":
                    said = message.goodbye
        except websocket.Closed as closed:
            return said, closed.code
        except TimeoutError:
            self.fail(f"not closed after {seconds} s; goodbye: {said}")

    def test_a_broken_frame_ends_a_stream_that_is_attached_too(self):
        for name, data, code in [("unmasked", websocket.frame(websocket.BINARY, b"x"), 1002),
                                 ("text", masked(websocket.TEXT, b"{}"), 1003),
                                 ("too large", masked(websocket.BINARY, bytes(65537)), 1009)]:
            with self.subTest(name):
                stream, _ = self.welcomed()
                stream.socket.send_raw(data)
                said, closed_with = self.farewell(stream)
                self.assertEqual((said.code, closed_with), ("protocol", code))

    def test_broken_messages_end_with_goodbye_protocol(self):
        token = self.hostile.peer_token()
        for name, messages in BROKEN_MESSAGES:
            with self.subTest(name), self.open(token) as stream:
                for message in messages:
                    stream.socket.send(websocket.BINARY, message)
                said, _ = self.farewell(stream)
                self.assertIsNotNone(said, "no Goodbye")
                self.assertEqual(said.code, "protocol")
                self.assertTrue(said.detail)

    def test_who_says_no_hello_is_dismissed_in_time(self):
        begun = time.monotonic()
        with self.open() as stream:
            said, _ = self.farewell(stream, HELLO_SECONDS + 3)
        self.assertEqual(said.code, "protocol")
        self.assertGreater(time.monotonic() - begun, HELLO_SECONDS - 2)

    def test_the_newest_connection_wins(self):
        token = self.caught_up()
        first, _ = self.welcomed(token)
        second, _ = self.welcomed(token)
        said, _ = self.farewell(first)
        self.assertEqual(said.code, "replaced")
        self.assertEqual(said.retry_after_ms, 0)
        sequence = self.hostile.accept(self)["sequence"]
        self.assertEqual(second.receive_kind("delivery", SECONDS_MAX).sequence, sequence)

    def test_an_ack_beyond_what_was_sent_moves_no_cursor(self):
        token = self.caught_up()
        stream, welcome = self.welcomed(token)
        sequence = self.hostile.accept(self)["sequence"]
        stream.receive_kind("delivery", SECONDS_MAX)
        stream.ack(sequence + 1000)
        self.assertEqual(self.farewell(stream)[0].code, "protocol")
        again, welcomed_again = self.welcomed(token)
        self.assertEqual(welcomed_again.cursor, welcome.cursor)
        self.assertEqual(again.receive_kind("delivery", SECONDS_MAX).sequence, sequence)

    def test_a_lower_ack_is_ignored(self):
        token = self.caught_up()
        stream, welcome = self.welcomed(token)
        sequence = self.hostile.accept(self)["sequence"]
        stream.receive_kind("delivery", SECONDS_MAX)
        stream.ack(sequence)
        stream.ack(welcome.cursor)
        _, later = self.welcomed(token)
        self.assertEqual(later.cursor, sequence)

    def test_resuming_beyond_the_head_raises_the_alarm(self):
        token = self.caught_up()
        stream, welcome = self.welcomed(token)
        stream.close()
        with self.open(token) as stream:
            stream.hello(epoch=welcome.epoch, resume_after=welcome.head + 1000)
            self.assertEqual(self.farewell(stream)[0].code, "log.rolled_back")

    def test_resuming_lower_delivers_again_and_higher_counts_as_ack(self):
        token = self.caught_up()
        stream, welcome = self.welcomed(token)
        sequences = [self.hostile.accept(self)["sequence"] for _ in range(3)]
        stream.close()
        higher, _ = self.welcomed(token, epoch=welcome.epoch, resume_after=sequences[1])
        self.assertEqual(higher.receive_kind("delivery", SECONDS_MAX).sequence, sequences[2])
        lower, _ = self.welcomed(token, epoch=welcome.epoch, resume_after=sequences[0])
        got = [lower.receive_kind("delivery", SECONDS_MAX).sequence for _ in range(2)]
        self.assertEqual(got, sequences[1:])

    def test_another_epoch_starts_at_the_cursor(self):
        token = self.caught_up()
        stream, welcome = self.welcomed(token)
        sequence = self.hostile.accept(self)["sequence"]
        stream.receive_kind("delivery", SECONDS_MAX)
        stream.ack(sequence)
        _, other = self.welcomed(token, epoch=welcome.epoch + 1, resume_after=1 << 50)
        self.assertEqual((other.epoch, other.cursor), (welcome.epoch, sequence))

    def test_never_more_than_the_window_is_outstanding(self):
        window = 3
        stream, _ = self.welcomed(window=window)
        sequences = [self.hostile.accept(self)["sequence"] for _ in range(8)]
        got = [stream.receive_kind("delivery", SECONDS_MAX).sequence for _ in range(window)]
        while True:
            self.assertEqual(got, sequences[:len(got)])
            with self.assertRaises(TimeoutError):
                stream.receive_kind("delivery", QUIET_SECONDS)
            acknowledged = got[-2]  # leaves one outstanding
            stream.ack(acknowledged)
            room = min(window - 1, len(sequences) - len(got))
            if room == 0:
                break
            got += [stream.receive_kind("delivery", SECONDS_MAX).sequence for _ in range(room)]

    def test_a_heartbeat_comes_and_says_how_far_everything_is_sent(self):
        stream, _ = self.welcomed()
        sequence = self.hostile.accept(self)["sequence"]
        stream.receive_kind("delivery", SECONDS_MAX)
        for _ in range(2):
            heartbeat = stream.receive_kind("heartbeat", HEARTBEAT_SECONDS_MAX)
            self.assertGreaterEqual(heartbeat.head, sequence)
            self.assertGreaterEqual(heartbeat.through, sequence)
            stream.ack(heartbeat.through)

    def test_a_peer_that_never_reads_delays_nobody(self):
        stream, _ = self.welcomed(window=4096)
        for _ in range(20):
            begun = time.monotonic()
            self.hostile.accept(self, self.hostile.order(remark="x" * 200_000))
            self.assertLess(time.monotonic() - begun, SECONDS_MAX)
        stream.close()

    def test_a_publisher_may_not_open_a_stream(self):
        with self.assertRaises(websocket.UpgradeRefused) as refused:
            self.open(self.hostile.city_token)
        self.assertEqual(refused.exception.status, 403)
        self.assertIn("application/problem+json", refused.exception.fields["content-type"])
