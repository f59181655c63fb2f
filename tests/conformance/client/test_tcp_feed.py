"""The TCP feed: documents back to back, heartbeats, and who may read it.

    test_tcp_feed.py --hub BIN
"""

import json
import os
import pathlib
import socket
import ssl
import sys
import tempfile
import time
import unittest
import urllib.parse

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from client import cap
from client.api import Api
from client.certificates import Credential
from client.door import MutualDoor
from client.feed_hub import in_hours
from client.hub_process import NO_RATES, HubProcess
from client.registration import add_publisher, add_subscriber, drill_token, open_drill
from client.tcp_feed import Ended, TcpFeed

SENDER = "city.tokushima.lg.jp"
TOKUSHIMA = cap.Place("362018", "徳島県徳島市")
NARUTO = cap.Place("362026", "徳島県鳴門市")
SECONDS_MAX = 10.0
DISMISSED_SECONDS_MAX = 5.0  # the contract's
BLOCKED_SECONDS_MAX = 120.0  # 45 s since its kernel last took something, and some to notice


class TcpFeedTest(unittest.TestCase):
    settings = {"feed_tcp_port": 0, "feed_tcp_heartbeat_seconds": 1}

    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="noroshi-tcp-")
        self.addCleanup(scratch.cleanup)
        self.scratch = pathlib.Path(scratch.name)
        self.hub = HubProcess(os.environ["NOROSHI_HUB_BINARY"], self.scratch / "hub",
                              settings={**NO_RATES, **self.settings})
        self.addCleanup(self.hub.close)
        self.hub.init()
        self.city = add_publisher(self.hub, "362018", "徳島市", [SENDER], ["362018", "362026"])
        self.token = add_subscriber(self.hub, "net", ["362018"])
        self.hub.verb("subscriber", "set", "net", "--outlets", "tcp")
        add_subscriber(self.hub, "other", ["36"])
        self.hub.verb("subscriber", "set", "other", "--outlets", "stream,tcp")
        add_subscriber(self.hub, "streamer", ["36"])
        self.start()

    def start(self):
        self.door = self.hub.start()
        self.mutual_port = self.hub.mutual_port()
        self.port = self.hub.feed_port()

    def issued(self, kind, name):
        folder = self.scratch / f"issued-{os.urandom(4).hex()}"
        folder.mkdir()
        answer = json.loads(self.hub.verb("cert", "issue", kind, name, "--out", str(folder),
                                          "--json"))
        return Credential(pathlib.Path(answer["certificate_file"]),
                          pathlib.Path(answer["key_file"])), answer["serial"]

    def feed_door(self, credential):
        return MutualDoor("127.0.0.1", self.port, self.door.ca, credential)

    def read(self, credential=None):
        feed = TcpFeed.open(self.feed_door(credential or self.issued("subscriber", "net")[0]))
        self.addCleanup(feed.close)
        return feed

    def welcomed(self, credential=None):
        """A feed that is attached: its first heartbeat says so."""
        feed = self.read(credential)
        return feed, feed.next_heartbeat(SECONDS_MAX)

    def order(self, place=TOKUSHIMA, **more):
        return cap.first_revision("362018", SENDER, (place,), 4, **more)

    def accept(self, document):
        with Api(self.door, self.city) as api:
            answer = api.publish(document)
        self.assertEqual(answer.status, 201, answer.body)
        return answer.json()["sequence"]

    def acknowledge(self, through):
        with Api(self.door, self.token) as api:
            return api.request("POST", "/v1/receipts",
                               json.dumps({"outlet": "tcp", "ack": {"through": through}}),
                               {"Content-Type": "application/json"})

    def state(self, sequence):
        with Api(self.door, self.token) as api:
            return api.request("GET", f"/v1/alerts/{sequence}/deliveries").json()[
                "deliveries"][0]["state"]

    def wait_for(self, sequence, state):
        deadline = time.monotonic() + SECONDS_MAX
        while (found := self.state(sequence)) != state:
            self.assertLess(time.monotonic(), deadline, found)
            time.sleep(0.02)

    def fetch(self, reference, token=None):
        with Api(self.door, token or self.token) as api:
            return api.request("GET", "/v1/references/" + urllib.parse.quote(reference, safe=""))

    def assert_ends(self, feed, within):
        deadline = time.monotonic() + within
        with self.assertRaises(Ended):
            while True:
                feed.next(max(0.001, deadline - time.monotonic()))


class ReadingTest(TcpFeedTest):
    def test_documents_come_back_to_back_as_they_were_accepted(self):
        feed, _ = self.welcomed()
        documents = [cap.document(self.order()),
                     cap.document(self.order(remark="<!-- </alert> --> ]]>")).replace(
                         b"</description>", b"<!-- </alert> --><![CDATA[</alert>]]></description>"),
                     cap.document(self.order()).split(b"?>\n", 1)[1]]  # without a declaration
        for document in documents:
            self.accept(document)
        for document in documents:
            self.assertEqual(feed.next_alert(SECONDS_MAX).bytes, document.rstrip())

    def test_only_what_is_addressed_and_nothing_of_a_drill(self):
        feed, _ = self.welcomed()
        open_drill(self.hub, "autumn", ["362018"], ["net"], in_hours(1))
        with Api(self.door, drill_token(self.hub, "publisher", "362018", "autumn")) as api:
            answer = api.publish(cap.exercise(self.order(), "autumn"), below="/v1/drills/autumn")
        self.assertEqual(answer.status, 201, answer.body)
        elsewhere = self.accept(cap.document(self.order(NARUTO)))
        own = self.order()
        sequence = self.accept(cap.document(own))
        self.assertEqual(feed.next_alert(SECONDS_MAX).identifier, own.identifier)
        heartbeat = feed.next_heartbeat(SECONDS_MAX)
        while not heartbeat.references:
            heartbeat = feed.next_heartbeat(SECONDS_MAX)
        self.assertEqual(len(heartbeat.references), 1)
        self.assertLess(elsewhere, sequence)

    def test_a_heartbeat_names_the_last_ten_and_each_can_be_fetched(self):
        orders = [self.order(remark=str(n)) for n in range(12)]
        documents = {}
        for order in orders:
            document = cap.document(order)
            documents[f"{order.sender},{order.identifier},{order.sent}"] = document
            last = self.accept(document)
        feed, heartbeat = self.welcomed()
        expected = list(documents)[-10:]
        self.assertEqual(list(heartbeat.references), expected)
        self.assertEqual((heartbeat.status, heartbeat.sender), ("System", "noroshi@localhost"))
        for reference in heartbeat.references:
            answer = self.fetch(reference)
            self.assertEqual((answer.status, answer.media_type), (200, "application/cap+xml"))
            self.assertEqual(answer.body, documents[reference])
        again = feed.next_heartbeat(SECONDS_MAX)
        self.assertNotEqual(again.identifier, heartbeat.identifier, "one every second here")
        through = int(again.identifier.split("-")[3])
        self.assertGreaterEqual(through, last)
        self.assertEqual(self.acknowledge(through).status, 200)
        self.wait_for(last, "delivered")
        for bad in ("", "x", "a,b,c", expected[0][:-1], "x" + expected[0]):
            self.assertEqual(self.fetch(bad).status, 404, bad)
        self.assertEqual(self.fetch(expected[0], "nobody").status, 401)
        self.door = MutualDoor("127.0.0.1", self.mutual_port, self.door.ca,
                               self.issued("subscriber", "net")[0])
        with Api(self.door, None) as api:
            answer = api.request("GET", "/v1/references/" + urllib.parse.quote(expected[0]))
        self.assertEqual(answer.body, documents[expected[0]], "by its certificate")
        self.hub.kill()
        self.start()
        self.assertEqual(list(self.welcomed()[1].references), expected, "also after a restart")

    def test_it_goes_on_behind_what_was_acknowledged(self):
        credential, _ = self.issued("subscriber", "net")
        feed, _ = self.welcomed(credential)
        orders = [self.order(remark=str(n)) for n in range(3)]
        sequences = [self.accept(cap.document(order)) for order in orders]
        for order in orders:
            self.assertEqual(feed.next_alert(SECONDS_MAX).identifier, order.identifier)
        self.assertEqual(self.state(sequences[0]), "queued")
        self.assertEqual(self.acknowledge(sequences[2] + 1).code, "ack.beyond")
        self.assertEqual(self.acknowledge(sequences[1]).status, 200)
        self.wait_for(sequences[1], "delivered")
        self.assertEqual(self.state(sequences[2]), "queued")
        feed.close()
        feed = self.read(credential)
        self.assertEqual(feed.next_alert(SECONDS_MAX).identifier, orders[2].identifier)
        feed.close()
        self.hub.kill()
        self.start()
        self.assertEqual(self.read(credential).next_alert(SECONDS_MAX).identifier,
                         orders[2].identifier)

    def test_it_begins_no_further_back_than_a_hundred_alerts(self):
        orders = [self.order(remark=str(n)) for n in range(103)]
        sequences = [self.accept(cap.document(order)) for order in orders]
        feed = self.read()
        for order in orders[3:]:
            self.assertEqual(feed.next_alert(SECONDS_MAX).identifier, order.identifier)
        self.assertEqual(self.acknowledge(sequences[-1]).status, 200)
        self.wait_for(sequences[-1], "delivered")
        self.assertEqual(self.state(sequences[3]), "delivered")
        self.assertEqual(self.state(sequences[2]), "queued", "it was never sent")

    def test_a_probe_is_a_heartbeat_that_arrives(self):
        feed, _ = self.welcomed()
        sequence = self.accept(cap.document(self.order()))
        self.assertEqual(feed.next_alert(SECONDS_MAX).status, "Actual")
        told = json.loads(self.hub.verb("subscriber", "test", "net", "--json"))
        self.assertEqual([(step["outlet"], step["arrived"]) for step in told["steps"]],
                         [("tcp", True)])
        self.assertEqual(feed.next(SECONDS_MAX).status, "System")
        self.assertEqual(self.state(sequence), "queued", "nobody has acknowledged it")

    def test_what_came_too_late_is_not_sent_and_is_counted(self):
        order = self.order()
        sequence = self.accept(cap.document(order))
        cancel = cap.next_revision(order, [order], message_type="Cancel")
        last = self.accept(cap.document(cancel))
        feed = self.read()
        self.assertEqual(feed.next_alert(SECONDS_MAX).identifier, cancel.identifier)
        self.assertEqual(self.acknowledge(last).status, 200)
        self.wait_for(last, "delivered")
        self.assertEqual(self.state(sequence), "passed")


class WhoMayTest(TcpFeedTest):
    def test_everybody_else_is_closed_without_a_byte(self):
        for kind, name in (("publisher", "362018"), ("subscriber", "streamer")):
            with self.subTest(name):
                self.assert_ends(self.read(self.issued(kind, name)[0]), SECONDS_MAX)
        revoked, serial = self.issued("subscriber", "net")
        self.hub.verb("cert", "revoke", serial)
        self.assert_ends(self.read(revoked), SECONDS_MAX)
        try:
            feed = TcpFeed.open(self.feed_door(None))  # no certificate: TLS itself says no
        except ssl.SSLError:
            pass
        else:
            self.addCleanup(feed.close)
            self.assert_ends(feed, SECONDS_MAX)

    def test_a_revocation_ends_it_and_nobody_else(self):
        credential, serial = self.issued("subscriber", "net")
        going, _ = self.welcomed(credential)
        staying, _ = self.welcomed(self.issued("subscriber", "other")[0])
        self.hub.verb("cert", "revoke", serial)
        self.assert_ends(going, DISMISSED_SECONDS_MAX)
        order = self.order()
        self.accept(cap.document(order))
        self.assertEqual(staying.next_alert(SECONDS_MAX).identifier, order.identifier)
        self.hub.verb("subscriber", "suspend", "other", "--reason", "test")
        self.assert_ends(staying, DISMISSED_SECONDS_MAX)

    def test_the_newest_connection_wins(self):
        credential, _ = self.issued("subscriber", "net")
        older, _ = self.welcomed(credential)
        newer, _ = self.welcomed(credential)
        self.assert_ends(older, SECONDS_MAX)
        order = self.order()
        self.accept(cap.document(order))
        self.assertEqual(newer.next_alert(SECONDS_MAX).identifier, order.identifier)

    def test_it_ends_with_the_hub(self):
        feed, _ = self.welcomed()
        self.assertEqual(self.hub.terminate(), 0)
        self.assert_ends(feed, SECONDS_MAX)


class BadPeerTest(TcpFeedTest):
    def test_who_talks_or_hangs_delays_nobody_and_the_hub_lives_on(self):
        flooding, _ = self.welcomed()
        flooding.connection.settimeout(0.05)
        with self.assertRaises((TimeoutError, OSError)):
            while True:  # until the hub's kernel takes no more
                flooding.connection.sendall(b"GET / HTTP/1.1\r\n\r\n" * 4096)
        good, _ = self.welcomed(self.issued("subscriber", "other")[0])
        silent = [socket.create_connection(("127.0.0.1", self.port), timeout=10)
                  for _ in range(50)]
        order = self.order()
        self.accept(cap.document(order))
        self.assertEqual(good.next_alert(SECONDS_MAX).identifier, order.identifier)
        for line in silent:
            line.close()

    def test_who_takes_no_byte_is_closed(self):
        credential, _ = self.issued("subscriber", "net")
        door = self.feed_door(credential)
        plain = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        plain.connect(("127.0.0.1", self.port))
        hung = TcpFeed(door.context().wrap_socket(plain, server_hostname="127.0.0.1"))
        self.addCleanup(hung.close)
        hung.next_heartbeat(SECONDS_MAX)
        good, _ = self.welcomed(self.issued("subscriber", "other")[0])
        orders = [self.order(remark="あ" * 60_000 + str(n)) for n in range(8)]
        for order in orders:
            self.accept(cap.document(order))
            self.assertEqual(good.next_alert(SECONDS_MAX).identifier, order.identifier)
        deadline = time.monotonic() + BLOCKED_SECONDS_MAX
        while b'"tcp.closed"' not in (log := self.hub.log.read_bytes()):
            self.assertLess(time.monotonic(), deadline, "still there")
            try:
                good.next_heartbeat(SECONDS_MAX)  # beside it all goes on
            except Ended:
                self.fail("another was closed")
        # By the hub, or by its kernel where the last bytes were not even acknowledged.
        self.assertRegex(log, rb'"code":"(blocked|lost)"')


class OffTest(TcpFeedTest):
    settings = {}

    def start(self):
        self.door = self.hub.start()

    def test_it_is_off_unless_it_is_configured(self):
        metrics = self.hub.metrics_url()
        self.assertEqual(self.hub.terminate(), 0)
        self.assertNotIn("TCP feed", self.hub.rest_of_lines(), metrics)


if __name__ == "__main__":
    if len(sys.argv) < 3 or sys.argv[1] != "--hub":
        sys.exit(__doc__)
    os.environ["NOROSHI_HUB_BINARY"] = sys.argv[2]
    unittest.main(argv=sys.argv[:1] + sys.argv[3:], verbosity=2)
