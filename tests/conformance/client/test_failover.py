"""noroshi-subscribe over several real hubs: the first killed in the middle of a stream, a dead
address first, another host name in a certificate, all of them away, and two that accept the same
alerts.

    test_failover.py --hub BIN --subscribe BIN
"""

import argparse
import os
import pathlib
import socket
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
from client.registration import add_publisher, add_subscriber

SENDER = "city.tokushima.lg.jp"
TOKUSHIMA = cap.Place("362018", "徳島県徳島市")
SECONDS_MAX = 20.0


class FailoverTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="noroshi-failover-")
        self.addCleanup(scratch.cleanup)
        self.scratch = pathlib.Path(scratch.name)
        self.out = self.scratch / "out"
        self.hubs, self.doors, self.cities, self.tokens = [], [], [], []
        for name in ("a", "b"):
            hub = HubProcess(os.environ["NOROSHI_HUB_BINARY"], self.scratch / name,
                             settings=NO_RATES)
            self.addCleanup(hub.close)
            hub.init()
            self.cities.append(add_publisher(hub, "362018", "徳島市", [SENDER], ["362018"]))
            token = self.scratch / f"{name}.token"
            token.write_text(add_subscriber(hub, "tv", ["36"]))
            token.chmod(0o600)
            self.tokens.append(token)
            self.hubs.append(hub)
            self.doors.append(hub.start())

    def accept(self, hub, order):
        with Api(self.doors[hub], self.cities[hub]) as api:
            answer = api.publish(cap.document(order))
        self.assertEqual(answer.status, 201, answer.body)
        return answer.json()["sequence"]

    def order(self, remark=""):
        return cap.first_revision("362018", SENDER, (TOKUSHIMA,), 4, remark=remark)

    def receiver(self, *hubs, environment=None):
        """`hubs`: (URL, which hub's authority and token)."""
        words = [os.environ["NOROSHI_SUBSCRIBE_BINARY"], "--out", str(self.out)]
        if environment is None:
            for url, hub in hubs:
                words += ["--hub", url]
            for url, hub in hubs:
                words += ["--ca", str(self.hubs[hub].data / "tls" / "ca.pem"),
                          "--token-file", str(self.tokens[hub])]
        log = open(self.scratch / "receiver.log", "ab")
        program = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                   stderr=log, env={**os.environ, "LC_ALL": "C.UTF-8",
                                                    **(environment or {})})
        log.close()
        self.addCleanup(lambda: (program.kill(), program.wait()))
        return program

    def said(self):
        return (self.scratch / "receiver.log").read_text()

    def url(self, hub):
        return f"https://{self.doors[hub].authority}"

    def documents(self):
        return sorted(path.read_bytes() for path in self.out.glob("**/*.xml"))

    def wait_until(self, holds, what):
        deadline = time.monotonic() + SECONDS_MAX
        while not holds():
            self.assertLess(time.monotonic(), deadline, f"{what}\n{self.said()}")
            time.sleep(0.02)

    def test_the_first_is_killed_and_what_both_accepted_is_handed_on_once(self):
        orders = [self.order(str(number)) for number in range(40)]
        self.receiver((self.url(0), 0), (self.url(1), 1))
        for number, order in enumerate(orders):
            self.accept(1, order)
            if number < 20:
                self.accept(0, order)
            if number == 10:
                self.wait_until(lambda: len(self.documents()) >= 5, "nothing came")
            if number == 20:
                self.hubs[0].kill()
        self.wait_until(lambda: len(self.documents()) == 40, "not all came from the second")
        self.assertEqual(self.documents(), sorted(cap.document(order) for order in orders))
        self.assertIn("connected to " + self.url(1), self.said())

    def test_two_doors_of_one_log_are_one_place_in_it(self):
        """What is said of a cluster, by two addresses of the same hub."""
        other = f"https://localhost:{self.doors[0].port}"
        program = self.receiver((other, 0), (self.url(0), 0))
        first = self.accept(0, self.order("1"))
        self.wait_until(lambda: (self.out / f"{first}.xml").exists(), "nothing came")
        port = self.doors[0].port
        self.hubs[0].kill()
        self.wait_until(lambda: "trying" in self.said(), "nobody noticed")
        self.doors[0] = self.hubs[0].start(port=port)
        second = self.accept(0, self.order("2"))
        self.wait_until(lambda: (self.out / f"{second}.xml").exists(), "it did not go on")
        self.assertEqual(sorted(path.name for path in self.out.glob("*.xml")),
                         sorted([f"{first}.xml", f"{second}.xml"]))
        self.assertIsNone(program.poll())

    def test_a_dead_address_first_and_hubs_from_the_environment(self):
        with socket.socket() as nobody:
            nobody.bind(("127.0.0.1", 0))
            dead = f"https://127.0.0.1:{nobody.getsockname()[1]}"
        ca = str(self.hubs[1].data / "tls" / "ca.pem")
        self.receiver(environment={"NOROSHI_HUB": f"{dead},{self.url(1)}", "NOROSHI_CA": ca,
                                   "NOROSHI_TOKEN_FILE": str(self.tokens[1])})
        sequence = self.accept(1, self.order())
        self.wait_until(lambda: (self.out / f"{sequence}.xml").exists(), "nothing came")
        self.assertIn(f"{dead}: the hub cannot be reached", self.said())

    def test_a_stranger_in_the_first_place_gets_no_token(self):
        """The second hub's address with the first one's authority: a certificate of somebody else."""
        self.receiver((self.url(1), 0), (self.url(0), 0))
        sequence = self.accept(0, self.order())
        self.wait_until(lambda: (self.out / f"{sequence}.xml").exists(), "nothing came")
        self.assertIn("certificate is not trusted", self.said())
        self.assertNotIn("auth", self.hubs[1].last_words())

    def test_all_away_is_said_and_it_comes_back(self):
        program = self.receiver((self.url(0), 0), (self.url(1), 1))
        self.accept(0, self.order())
        self.wait_until(lambda: self.documents(), "nothing came")
        ports = [door.port for door in self.doors]
        for hub in self.hubs:
            hub.kill()
        self.wait_until(lambda: self.said().count("cannot be reached") >= 6, "not said")
        for at in (0, 1):
            self.doors[at] = self.hubs[at].start(port=ports[at])
        sequence = self.accept(0, self.order("again"))
        self.accept(1, self.order("elsewhere"))
        self.wait_until(lambda: len(self.documents()) >= 2, "it did not come back")
        self.assertIsNone(program.poll())
        self.assertGreater(sequence, 0)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    for name in ("hub", "subscribe"):
        parser.add_argument(f"--{name}", required=True)
    options, rest = parser.parse_known_args()
    os.environ["NOROSHI_HUB_BINARY"] = options.hub
    os.environ["NOROSHI_SUBSCRIBE_BINARY"] = options.subscribe
    unittest.main(argv=[sys.argv[0], *rest], verbosity=2)
