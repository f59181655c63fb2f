"""The clients that must not notice a siege: one publisher in an open loop, and its subscribers."""

import dataclasses
import threading
import time

from client import cap, websocket
from client.api import Api, Broken, Unreachable
from client.stream import Stream

TOKUSHIMA = cap.Place("362018", "徳島県徳島市")
SENDER = "city.tokushima.lg.jp"
PUBLISHER = "362018"
REMARK = "水位が上がっています。" * 250  # about 8 kB, so that whoever does not read fills up
CATCH_UP_SECONDS_MAX = 60.0


@dataclasses.dataclass
class Sent:
    """One alert: when it was due, not when we came to it, so that our own delay counts too."""
    due: float
    document: bytes
    answered: float = 0.0


class Publisher(threading.Thread):
    """Sends `rate` alerts a second whatever happens to those before."""

    def __init__(self, door, token, rate):
        super().__init__(name="healthy publisher", daemon=True)
        self._api = Api(door, token, timeout=30.0)
        self._rate = rate
        self._over = threading.Event()
        self.sent = {}      # by sequence
        self.failures = []  # anything but 201

    def run(self):
        begun = time.monotonic()
        number = 0
        while not self._over.wait(max(0.0, begun + number / self._rate - time.monotonic())):
            self._publish(begun + number / self._rate)
            number += 1

    def _publish(self, due):
        document = cap.document(cap.first_revision(PUBLISHER, SENDER, (TOKUSHIMA,), 4,
                                                   remark=REMARK))
        try:
            answer = self._api.publish(document)
        except (Broken, Unreachable) as error:
            self.failures.append(str(error))
            return
        if answer.status != 201:
            self.failures.append(f"{answer.status} {answer.body[:200]!r}")
            return
        self.sent[answer.json()["sequence"]] = Sent(due, document, time.monotonic())

    def end(self):
        self._over.set()
        self.join(60)


class Subscriber(threading.Thread):
    """Takes and acknowledges everything; never reconnects, because nothing may end it."""

    def __init__(self, door, name, token):
        super().__init__(name=name, daemon=True)
        self._stream = Stream.open(door, token, timeout=30.0)
        self._stream.hello(window=4096)
        self._stream.receive_kind("welcome", 30.0)
        self._over = False
        self._changed = threading.Condition()
        self.received = []  # (sequence, when, bytes)
        self.ended = None

    def run(self):
        try:
            while not self._over:
                try:
                    message = self._stream.receive(0.2)
                except TimeoutError:
                    continue
                kind = message.WhichOneof("message")
                if kind == "delivery":
                    with self._changed:
                        self.received.append((message.delivery.sequence, time.monotonic(),
                                              message.delivery.cap_xml))
                        self._changed.notify_all()
                    self._stream.ack(message.delivery.sequence)
                elif kind == "heartbeat":
                    self._stream.ack(message.heartbeat.through)
                elif kind == "goodbye":
                    self.ended = f"goodbye {message.goodbye.code}"
                    return
        except (websocket.Closed, websocket.ProtocolViolation) as error:
            self.ended = str(error)

    def has(self, sequence):
        with self._changed:
            return self._changed.wait_for(
                lambda: self.ended or (self.received and self.received[-1][0] >= sequence),
                CATCH_UP_SECONDS_MAX) and not self.ended

    def end(self):
        self._over = True
        self.join(10)
        self._stream.close()


class Healthy:
    """The publisher and the subscribers, and what they saw between two moments."""

    def __init__(self, door, publisher_token, subscriber_tokens, rate):
        self.publisher = Publisher(door, publisher_token, rate)
        self.subscribers = [Subscriber(door, f"healthy {number}", token)
                            for number, token in enumerate(subscriber_tokens)]
        for thread in [*self.subscribers, self.publisher]:
            thread.start()

    def settle(self):
        """Whether everybody has all that was accepted up to now."""
        sent = list(self.publisher.sent)
        return not sent or all(s.has(max(sent)) for s in self.subscribers)

    def latencies(self, begun, ended):
        """Seconds from due to received, of alerts due in between, sorted."""
        sent = dict(self.publisher.sent)
        return sorted(when - sent[sequence].due for s in self.subscribers
                      for sequence, when, _ in list(s.received)
                      if sequence in sent and begun <= sent[sequence].due < ended)

    def complaints(self):
        """What they noticed: nothing, when all went well."""
        found = [f"publisher: {failure}" for failure in self.publisher.failures[:5]]
        expected = sorted(self.publisher.sent)
        for subscriber in self.subscribers:
            if subscriber.ended:
                found.append(f"{subscriber.name} ended: {subscriber.ended}")
            got = [sequence for sequence, _, _ in subscriber.received]
            if got != sorted(set(got)):
                found.append(f"{subscriber.name}: out of order or twice")
            if [sequence for sequence in got if sequence in self.publisher.sent] != expected:
                found.append(f"{subscriber.name}: {len(got)} of {len(expected)} received")
            if any(content != self.publisher.sent[sequence].document
                   for sequence, _, content in subscriber.received
                   if sequence in self.publisher.sent):
                found.append(f"{subscriber.name}: other bytes than were accepted")
        return found

    def end(self):
        self.publisher.end()
        settled = self.settle()
        for subscriber in self.subscribers:
            subscriber.end()
        return settled
