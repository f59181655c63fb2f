"""The clients that must not notice a siege: one publisher in an open loop, and its subscribers."""

import dataclasses
import threading
import time

from client import cap
from client.api import Api, Broken, Unreachable
from client.steady_subscriber import SteadySubscriber

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


class Healthy:
    """The publisher and the subscribers, and what they saw between two moments."""

    def __init__(self, door, publisher_token, subscriber_tokens, rate):
        self.publisher = Publisher(door, publisher_token, rate)
        self.subscribers = [SteadySubscriber(door, token, f"healthy {number}", window=4096)
                            for number, token in enumerate(subscriber_tokens)]
        for thread in [*self.subscribers, self.publisher]:
            thread.start()

    def settle(self):
        """Whether everybody has all that was accepted up to now."""
        sent = list(self.publisher.sent)
        return not sent or all(s.comes_to(max(sent), CATCH_UP_SECONDS_MAX)
                               for s in self.subscribers)

    def latencies(self, begun, ended):
        """Seconds from due to received, of alerts due in between, sorted."""
        sent = dict(self.publisher.sent)
        return sorted(when - sent[sequence].due for s in self.subscribers
                      for sequence, when, _ in s.received()
                      if sequence in sent and begun <= sent[sequence].due < ended)

    def complaints(self):
        """What they noticed: nothing, when all went well."""
        found = [f"publisher: {failure}" for failure in self.publisher.failures[:5]]
        expected = sorted(self.publisher.sent)
        for subscriber in self.subscribers:
            if subscriber.ended:
                found.append(f"{subscriber.name} ended: {subscriber.ended}")
            received = subscriber.received()
            got = [one.sequence for one in received]
            if got != sorted(set(got)):
                found.append(f"{subscriber.name}: out of order or twice")
            if [sequence for sequence in got if sequence in self.publisher.sent] != expected:
                found.append(f"{subscriber.name}: {len(got)} of {len(expected)} received")
            if any(content != self.publisher.sent[sequence].document
                   for sequence, _, content in received
                   if sequence in self.publisher.sent):
                found.append(f"{subscriber.name}: other bytes than were accepted")
        return found

    def end(self):
        self.publisher.end()
        settled = self.settle()
        for subscriber in self.subscribers:
            subscriber.end()
        return settled
