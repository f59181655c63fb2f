#!/usr/bin/python3
"""How long a healthy publisher waits for its 201 and a healthy subscriber for its alert, first
alone and then during a storm of TLS handshakes: every client connects, shakes hands, leaves and
comes again, as fast as it is let.

    handshake_storm.py --hub BIN [--clients 2000] [--seconds 10] [--rate 50] [--rounds 1]
                       [--compare OTHER_BIN]

The publisher keeps its connection and sends at a steady rate, whether it was answered or not by
then: what both wait counts from when it should have sent. The storm runs at a lower priority, since
its clients would be other machines. Peace and storm take turns on the same hub, `--rounds` times.
Prints one line of JSON for each phase, and at the end all rounds of each together and the ratio of
the two; `--compare` does the same with another build first. Nothing is asserted.
"""

import argparse
import json
import multiprocessing
import os
import pathlib
import selectors
import socket
import ssl
import sys
import tempfile
import threading
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "conformance"))

from client import cap
from client.api import Api
from client.hub_process import HubProcess
from client.registration import add_publisher, add_subscriber
from client.stream import Stream

SENDER = "city.tokushima.lg.jp"
PLACE = cap.Place("362018", "徳島県徳島市")
PROCESSES = 2
HANDSHAKE_SECONDS_MAX = 10.0
SETTLE_SECONDS = 2.0
DELIVERED_SECONDS_MAX = 30.0


class Client:
    """One of the storm: a handshake, then the end, then the next."""

    def __init__(self, door, context):
        self._door = door
        self._context = context
        self.done = 0
        self.failed = 0

    def begin(self, selector):
        plain = socket.socket()
        plain.setblocking(False)
        plain.connect_ex((self._door.host, self._door.port))
        self.socket = self._context.wrap_socket(
            plain, server_hostname=self._door.host, do_handshake_on_connect=False)
        self._since = time.monotonic()
        selector.register(self.socket, selectors.EVENT_WRITE, self)

    def step(self, selector):
        try:
            self.socket.do_handshake()
        except ssl.SSLWantReadError:
            return selector.modify(self.socket, selectors.EVENT_READ, self)
        except ssl.SSLWantWriteError:
            return selector.modify(self.socket, selectors.EVENT_WRITE, self)
        except OSError:
            self.failed += 1
        else:
            self.done += 1
        self.again(selector)

    def again(self, selector):
        selector.unregister(self.socket)
        self.socket.close()
        self.begin(selector)

    def late(self, now):
        return now - self._since > HANDSHAKE_SECONDS_MAX


def storm(door, count, over, results):
    os.nice(10)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(door.ca)
    context.options |= ssl.OP_NO_TICKET
    selector = selectors.EpollSelector()
    clients = [Client(door, context) for _ in range(count)]
    for client in clients:
        client.begin(selector)
    while not over.is_set():
        for key, _ in selector.select(0.2):
            key.data.step(selector)
        now = time.monotonic()
        for client in clients:
            if client.late(now):
                client.failed += 1
                client.again(selector)
    results.put((sum(c.done for c in clients), sum(c.failed for c in clients)))


def percentile(waits, share):
    return waits[min(len(waits) - 1, int(len(waits) * share))] if waits else float("nan")


class Subscriber(threading.Thread):
    """Notes when each alert came, and acknowledges it."""

    def __init__(self, door, token):
        super().__init__(daemon=True)
        self._stream = Stream.open(door, token, timeout=DELIVERED_SECONDS_MAX)
        self._stream.hello(window=4096)
        self._stream.receive_kind("welcome", DELIVERED_SECONDS_MAX)
        self._over = False
        self._changed = threading.Condition()
        self._came = {}

    def run(self):
        while not self._over:
            try:
                message = self._stream.receive(0.2)
            except TimeoutError:
                continue
            if message.WhichOneof("message") == "delivery":
                with self._changed:
                    self._came[message.delivery.sequence] = time.monotonic()
                    self._changed.notify_all()
                self._stream.ack(message.delivery.sequence)
            elif message.WhichOneof("message") == "heartbeat":
                self._stream.ack(message.heartbeat.through)

    def when(self, sequence):
        with self._changed:
            if not self._changed.wait_for(lambda: sequence in self._came, DELIVERED_SECONDS_MAX):
                raise SystemExit(f"alert {sequence} was not delivered")
            return self._came[sequence]

    def end(self):
        self._over = True
        self.join(5)
        self._stream.close()


def publish(api, subscriber, options):
    """The waits in seconds of one publisher in an open loop for its answers, and of one subscriber
    for the same alerts."""
    accepted, due_of = [], {}
    begun = time.monotonic()
    for number in range(int(options.seconds * options.rate)):
        due = begun + number / options.rate
        document = cap.document(cap.first_revision("362018", SENDER, (PLACE,), 4))
        time.sleep(max(0.0, due - time.monotonic()))
        answer = api.publish(document)
        if answer.status != 201:
            raise SystemExit(f"answered {answer.status}: {answer.body[:300]}")
        accepted.append(time.monotonic() - due)
        due_of[answer.json()["sequence"]] = due
    return accepted, [subscriber.when(sequence) - due for sequence, due in due_of.items()]


class Phase:
    """The waits of all rounds of peace, or of storm."""

    def __init__(self, name):
        self.name = name
        self.accepted = []
        self.delivered = []

    def add(self, waits):
        self.accepted += waits[0]
        self.delivered += waits[1]

    def facts(self):
        facts = {"alerts": len(self.accepted)}
        for what in ("accepted", "delivered"):
            waits = sorted(getattr(self, what))
            for name, share in (("p50", 0.5), ("p99", 0.99), ("max", 1.0)):
                facts[f"{what}_{name}_ms"] = round(1000 * percentile(waits, share), 2)
        return facts


def one(name, waits, **more):
    phase = Phase(name)
    phase.add(waits)
    print(json.dumps({"phase": name, **phase.facts(), **more}), flush=True)


def stormy_round(door, api, subscriber, options):
    """The waits during a storm, and what the storm achieved."""
    over, results = multiprocessing.Event(), multiprocessing.Queue()
    begun = time.monotonic()
    peers = [multiprocessing.Process(
        target=storm, args=(door, options.clients // PROCESSES, over, results))
        for _ in range(PROCESSES)]
    for peer in peers:
        peer.start()
    time.sleep(SETTLE_SECONDS)
    waits = publish(api, subscriber, options)
    over.set()
    counts = [results.get(timeout=60) for _ in peers]
    took = time.monotonic() - begun
    for peer in peers:
        peer.join()
    return waits, {"clients": options.clients, "failed": sum(f for _, f in counts),
                   "handshakes_a_second": round(sum(d for d, _ in counts) / took)}


def measure(binary, options):
    with tempfile.TemporaryDirectory(prefix="noroshi-storm-") as scratch:
        hub = HubProcess(binary, pathlib.Path(scratch) / "hub")
        try:
            hub.init()
            token = add_publisher(hub, "362018", "徳島市", [SENDER], ["362018"])
            watching = add_subscriber(hub, "watching", ["*"])
            door = hub.start()
            subscriber = Subscriber(door, watching)
            subscriber.start()
            with Api(door, token, timeout=60) as api:
                compare_phases(binary, door, api, subscriber, options)
            subscriber.end()
        finally:
            hub.close()


def compare_phases(binary, door, api, subscriber, options):
    for _ in range(20):  # warms up
        api.publish(cap.document(cap.first_revision("362018", SENDER, (PLACE,), 4)))
    peace, stormy = Phase("peace"), Phase("storm")
    for _ in range(options.rounds):
        waits = publish(api, subscriber, options)
        peace.add(waits)
        one("peace", waits, hub=str(binary))
        waits, facts = stormy_round(door, api, subscriber, options)
        stormy.add(waits)
        one("storm", waits, hub=str(binary), **facts)
        time.sleep(SETTLE_SECONDS)
    before, during = peace.facts(), stormy.facts()
    print(json.dumps({"phase": "all", "hub": str(binary), "peace": before, "storm": during,
                      "ratio": {name: round(during[name] / before[name], 2)
                                for name in before if name != "alerts"}}), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hub", required=True)
    parser.add_argument("--compare")
    parser.add_argument("--clients", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--rate", type=float, default=50)
    parser.add_argument("--rounds", type=int, default=1)
    options = parser.parse_args()
    for binary in filter(None, (options.compare, options.hub)):
        measure(binary, options)


if __name__ == "__main__":
    main()
