#!/usr/bin/python3
"""How long a healthy publisher waits for its 201, first alone and then during a storm of TLS
handshakes: every client connects, shakes hands, leaves and comes again, as fast as it is let.

    handshake_storm.py --hub BIN [--clients 2000] [--seconds 10] [--rate 50] [--compare OTHER_BIN]

The publisher keeps its connection and sends at a steady rate, whether it was answered or not by
then: what it waits counts from when it should have sent. The storm runs at a lower priority, since
its clients would be other machines. Prints one line of JSON for each phase and the ratio of the
two; `--compare` does the same with another build first. Nothing is asserted.
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
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "conformance"))

from client import cap
from client.api import Api
from client.hub_process import HubProcess
from client.registration import add_publisher

SENDER = "city.tokushima.lg.jp"
PLACE = cap.Place("362018", "徳島県徳島市")
PROCESSES = 2
HANDSHAKE_SECONDS_MAX = 10.0


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


def publish(door, token, seconds, rate):
    """The sorted waits in seconds of one publisher in an open loop."""
    waits = []
    with Api(door, token, timeout=60) as api:
        api.publish(cap.document(cap.first_revision("362018", SENDER, (PLACE,), 4)))
        begun = time.monotonic()
        for number in range(int(seconds * rate)):
            due = begun + number / rate
            time.sleep(max(0.0, due - time.monotonic()))
            document = cap.document(cap.first_revision("362018", SENDER, (PLACE,), 4))
            answer = api.publish(document)
            if answer.status != 201:
                raise SystemExit(f"answered {answer.status}: {answer.body[:300]}")
            waits.append(time.monotonic() - due)
    return sorted(waits)


def shown(phase, waits, **more):
    line = {"phase": phase, "alerts": len(waits), **more}
    for name, share in (("p50", 0.5), ("p99", 0.99), ("max", 1.0)):
        line[f"{name}_ms"] = round(1000 * percentile(waits, share), 2)
    print(json.dumps(line), flush=True)
    return line


def measure(binary, options):
    with tempfile.TemporaryDirectory(prefix="noroshi-storm-") as scratch:
        hub = HubProcess(binary, pathlib.Path(scratch) / "hub")
        try:
            hub.init()
            token = add_publisher(hub, "362018", "徳島市", [SENDER], ["362018"])
            door = hub.start()
            quiet = shown("quiet", publish(door, token, options.seconds, options.rate),
                          hub=str(binary))
            over, results = multiprocessing.Event(), multiprocessing.Queue()
            peers = [multiprocessing.Process(
                target=storm, args=(door, options.clients // PROCESSES, over, results))
                for _ in range(PROCESSES)]
            for peer in peers:
                peer.start()
            time.sleep(2)
            begun = time.monotonic()
            waits = publish(door, token, options.seconds, options.rate)
            took = time.monotonic() - begun + 2
            over.set()
            counts = [results.get(timeout=60) for _ in peers]
            for peer in peers:
                peer.join()
            stormy = shown("storm", waits, hub=str(binary), clients=options.clients,
                           handshakes_a_second=round(sum(d for d, _ in counts) / took),
                           failed=sum(f for _, f in counts))
            print(json.dumps({"phase": "ratio", "hub": str(binary),
                              "p50": round(stormy["p50_ms"] / quiet["p50_ms"], 2),
                              "p99": round(stormy["p99_ms"] / quiet["p99_ms"], 2)}), flush=True)
        finally:
            hub.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hub", required=True)
    parser.add_argument("--compare")
    parser.add_argument("--clients", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--rate", type=float, default=50)
    options = parser.parse_args()
    for binary in filter(None, (options.compare, options.hub)):
        measure(binary, options)


if __name__ == "__main__":
    main()
