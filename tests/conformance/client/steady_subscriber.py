"""A subscriber that others must not disturb: it takes and acknowledges everything."""

import threading
import time
from typing import NamedTuple

from . import websocket
from .stream import Stream

RECEIVED_SECONDS_MAX = 10.0


class Received(NamedTuple):
    sequence: int
    when: float  # time.monotonic()
    content: bytes


class SteadySubscriber(threading.Thread):
    """Never reconnects, because nothing that others do may end its connection: then `ended` says
    how it ended."""

    def __init__(self, door, token, name="healthy subscriber", window=256):
        super().__init__(name=name, daemon=True)
        self._stream = Stream.open(door, token, timeout=30.0)
        self._stream.hello(window=window)
        self._changed = threading.Condition()
        self._received = []
        self._over = False
        self.ended = None

    def run(self):
        try:
            while not self._over and not self.ended:
                try:
                    self._take(self._stream.receive(0.2))
                except TimeoutError:
                    continue
        except (websocket.Closed, websocket.ProtocolViolation) as error:
            self.ended = str(error)

    def _take(self, message):
        kind = message.WhichOneof("message")
        if kind == "delivery":
            delivery = message.delivery
            with self._changed:
                self._received.append(Received(delivery.sequence, time.monotonic(),
                                               delivery.cap_xml))
                self._changed.notify_all()
            self._stream.ack(delivery.sequence)
        elif kind == "heartbeat":
            self._stream.ack(message.heartbeat.through)
        elif kind == "goodbye":
            self.ended = f"goodbye {message.goodbye.code} {message.goodbye.detail}"

    def received(self):
        """In the order they came."""
        with self._changed:
            return list(self._received)

    def comes_to(self, sequence, timeout=RECEIVED_SECONDS_MAX):
        """Whether it received that sequence, or a later one, in time and still stands."""
        with self._changed:
            return self._changed.wait_for(
                lambda: self.ended or (self._received and self._received[-1].sequence >= sequence),
                timeout) and not self.ended

    def content_of(self, sequence, timeout=RECEIVED_SECONDS_MAX):
        """The bytes of that alert once it was received; None when it was not in time."""
        self.comes_to(sequence, timeout)
        return {one.sequence: one.content for one in self.received()}.get(sequence)

    def end(self):
        self._over = True
        self.join(10)
        self._stream.close()
