"""Subscribers under load: each stores before it acknowledges and resumes where it stands."""

import collections
import dataclasses
import random
import threading

from client import websocket
from client.messages import Passed
from client.stream import Stream
from history import (ACK, DELIVERY, GOODBYE, HEARTBEAT, PASSED, Connection, Event, Subscription,
                     digest_of)
from site_of_run import Worker

IDLE_SECONDS = 0.1
ANSWER_SECONDS_MAX = 10.0


@dataclasses.dataclass(frozen=True)
class Manner:
    """How a subscriber behaves; `stays_max` deliveries on a connection, 0 for no end."""
    window: int = 256
    acknowledges_every: int = 16
    seconds_a_delivery: float = 0.0
    stays_max: int = 0
    form: type = Stream


@dataclasses.dataclass(frozen=True)
class SubscriberAccount:
    subscription: Subscription
    token: str
    manner: Manner


def nothing_broken(subscriber, events, event):
    """Records what arrived as it arrived."""
    events.append(event)


class SubscriberLoad(Worker):
    """`recorder` is where a positive control puts its fault: it appends to the events."""

    def __init__(self, site, account, seed, recorder=nothing_broken):
        super().__init__(site, f"subscriber {account.subscription.subscriber}")
        self._account = account
        self._manner = account.manner
        self._random = random.Random(f"{seed} {self.name}")
        self._recorder = recorder
        self._pace = threading.Event()  # never set: its wait is the slowness
        self._epoch = None
        self._position = None   # stored up to here
        self._unacknowledged = 0
        self._received = collections.deque(maxlen=30)  # sequences to go back to
        self._calm = threading.Event()
        self._comes_back_after = 0.01
        self.dismissed = False  # an orderly end was announced
        self.through = 0        # of the last heartbeat of this connection, 0 before one
        self.connections = []

    def calm_down(self):
        """No more reconnecting: the run is about to end."""
        self._calm.set()

    def work(self):
        while not self.site.over:
            door = self.site.door()
            if door is None:
                continue
            try:
                stream = self._manner.form.open(door, self._account.token)
            except websocket.UpgradeRefused as refused:
                if refused.status != 503:
                    raise
                self.site.leave(door)
                continue
            except (OSError, websocket.Closed):
                self.site.leave(door)
                continue
            with stream:
                try:
                    self._converse(stream)
                except websocket.Closed:
                    pass
            self.site.leave(door, self._comes_back_after)

    def _converse(self, stream):
        said_epoch, resume_after = self._resume()
        stream.hello(said_epoch, resume_after, self._manner.window)
        self._comes_back_after = 0.01
        first = stream.receive(ANSWER_SECONDS_MAX)
        connection = Connection(self._account.subscription.subscriber, said_epoch, resume_after)
        self.connections.append(connection)
        if first.WhichOneof("message") == "goodbye":
            connection.epoch = self._epoch
            return self._goodbye(connection, first.goodbye)
        if first.WhichOneof("message") != "welcome":
            raise websocket.ProtocolViolation("the first message is not a Welcome")
        welcome = first.welcome
        connection.epoch, connection.cursor, connection.head = (
            welcome.epoch, welcome.cursor, welcome.head)
        self._epoch = welcome.epoch
        self._position = welcome.cursor
        self._unacknowledged = 0
        self.through = 0
        self._listen(stream, connection)

    def _resume(self):
        """Mostly after the last stored; the restless one tries every other way too."""
        if self._position is None:
            return None, None
        if not self._manner.stays_max or self._random.random() < 0.5:
            return self._epoch, self._position
        way = self._random.choice(["cursor", "earlier", "other epoch"])
        if way == "earlier" and self._received:
            return self._epoch, self._random.choice(self._received)
        if way == "other epoch":
            return self._epoch + 1, self._position + 1000000
        return None, None

    def _listen(self, stream, connection):
        stays = self._random.randint(1, self._manner.stays_max) if self._manner.stays_max else 0
        deliveries = 0
        while not self.site.over:
            try:
                message = stream.receive(IDLE_SECONDS)
            except TimeoutError:
                self._acknowledge(stream, connection)
                continue
            kind = message.WhichOneof("message")
            if kind == "goodbye":
                return self._goodbye(connection, message.goodbye)
            self._store(stream, connection, kind, message)
            deliveries += kind == "delivery"
            if stays and deliveries >= stays and not self._calm.is_set():
                return None

    def _store(self, stream, connection, kind, message):
        if kind == "delivery":
            delivery = message.delivery
            event = Event(DELIVERY, delivery.sequence, self._digest(stream, delivery),
                          delivery.publisher)
        elif kind == "passed":
            event = Event(PASSED, message.passed.sequence,
                          detail=Passed.Reason.Name(message.passed.reason),
                          by=message.passed.by)
        elif kind == "heartbeat":
            self._heartbeat(stream, connection, message.heartbeat)
            return
        else:
            return  # a client skips a message it does not know
        self._recorder(connection.subscriber, connection.events, event)
        self._received.append(event.sequence)
        self._position = event.sequence
        self._unacknowledged += 1
        if self._manner.seconds_a_delivery:
            self._pace.wait(self._manner.seconds_a_delivery)
        if self._unacknowledged >= self._manner.acknowledges_every:
            self._acknowledge(stream, connection)

    def _digest(self, stream, delivery):
        """Of the bytes; in JSON of those that say the same, for which all must be the same."""
        if self._manner.form is Stream:
            return digest_of(delivery.cap_xml)
        return self.site.readings.digest(stream.last_json()["delivery"].get("reading"))

    def _heartbeat(self, stream, connection, heartbeat):
        connection.events.append(Event(HEARTBEAT, heartbeat.through, detail=str(heartbeat.head)))
        self._position = max(self._position, heartbeat.through)
        self._unacknowledged += 1
        self._acknowledge(stream, connection)
        self.through = heartbeat.through

    def _acknowledge(self, stream, connection):
        if self._unacknowledged:
            connection.events.append(Event(ACK, self._position))
            stream.ack(self._position)
            self._unacknowledged = 0

    def _goodbye(self, connection, goodbye):
        connection.events.append(Event(GOODBYE, detail=goodbye.code))
        self._comes_back_after = goodbye.retry_after_ms / 1000
        if goodbye.code == "stopping":
            self.dismissed = True
        elif goodbye.code == "log.rolled_back":
            self._position = None
        self.through = 0
