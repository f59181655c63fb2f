"""Steps that are missing wake somebody, and what passes next lets him sleep: the hub's own probes
through each outlet, webhooks that were given up, and each kind of alarm wherever alarms are shown.

    test_alarmed_steps.py --hub BIN
"""

import argparse
import dataclasses
import datetime
import json
import os
import pathlib
import sys
import unittest
import urllib.request

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from client import cap
from client.alarm_hub import SECONDS_MAX, SENDER, TOKUSHIMA, AlarmsTest
from client.api import Api
from client.certificates import Credential
from client.door import MutualDoor
from client.events import Events
from client.registration import add_subscriber
from client.steady_acks import SteadyAcks
from client.stream import Stream
from client.tcp_feed import TcpFeed
from client.webhook_endpoint import TAKE, hang

NO = (500, {}, b"not now")
GONE = (410, {}, b"")
MISSING_SECONDS_MAX = 60.0  # after 30 s a step is missing (contract, "Probes")


class StepsTest(AlarmsTest):
    settings = {"probe_every": 4, "feed_tcp_port": 0}

    def setUp(self):
        super().setUp()
        self.wake = self.recorder("wake")
        self.notify(kind="command", command=[str(self.wake)], alarms=["probe", "webhook.dead"])

    def start(self):
        self.door = self.hub.start()

    def portal(self, behave=lambda received: TAKE):
        """A subscriber with a webhook, on the running hub, and its endpoint."""
        endpoint = self.endpoint(behave)
        add_subscriber(self.hub, "portal", ["36"])
        self.hub.verb("subscriber", "webhook", "portal", "set", "--url", endpoint.url())
        self.hub.verb("subscriber", "webhook", "portal", "secret", "add")
        return endpoint

    def stream_that_answers(self, token, answers=True):
        acks = SteadyAcks(Stream.open(self.door, token), answers)
        self.addCleanup(acks.close)
        return acks

    def until_told(self, word, identifier):
        self.until(lambda: (word, identifier) in self.words(self.wake), MISSING_SECONDS_MAX)

    def metrics(self):
        with urllib.request.urlopen(self.metrics_url, timeout=10) as answer:
            return dict(line.rsplit(" ", 1) for line in answer.read().decode().splitlines()
                        if not line.startswith("#"))


class ProbesTest(StepsTest):
    def test_a_round_passes_through_every_outlet_and_wakes_nobody(self):
        web = add_subscriber(self.hub, "web", ["36"])
        self.hub.verb("subscriber", "set", "web", "--outlets", "events")
        add_subscriber(self.hub, "atom", ["36"])
        self.hub.verb("subscriber", "set", "atom", "--outlets", "feed")
        add_subscriber(self.hub, "net", ["36"])
        self.hub.verb("subscriber", "set", "net", "--outlets", "tcp")
        self.start()
        self.metrics_url = self.hub.metrics_url()
        self.feed_port = self.hub.feed_port()
        endpoint = self.portal()
        self.stream_that_answers(self.tv)
        events = Events.open(self.door, web)
        self.addCleanup(events.close)
        feed = self.tcp_feed()
        probe = endpoint.take()
        self.assertEqual(probe.type, "noroshi.probe")
        self.assertEqual(probe.json()["type"], "noroshi.probe")
        self.assertEqual(feed.next_heartbeat(SECONDS_MAX).status, "System")
        events.next_named("probe", SECONDS_MAX)
        self.until(lambda: (now := self.metrics())["noroshi_probe_steps_arrived"] == "5" and
                   now["noroshi_probe_steps_missing"] == "0")
        self.assertIsNone(self.standing("probe"))
        self.assertEqual(self.told(self.wake), [])

    def tcp_feed(self):
        folder = self.scratch / "net"
        folder.mkdir()
        issued = json.loads(self.hub.verb("cert", "issue", "subscriber", "net", "--out", str(folder),
                                          "--json"))
        credential = Credential(issued["certificate_file"], issued["key_file"])
        feed = TcpFeed.open(MutualDoor("127.0.0.1", self.feed_port, self.door.ca, credential))
        self.addCleanup(feed.close)
        return feed

    def test_a_webhook_that_swallows_it_until_it_takes_one(self):
        swallow = lambda received: NO if received.type == "noroshi.probe" else TAKE
        self.start()
        endpoint = self.portal(swallow)
        alarm = self.until(lambda: self.standing("probe"), MISSING_SECONDS_MAX)
        self.assertEqual((alarm["subscribers"], alarm["missing"]), (["portal"], 1))
        self.assertTrue(alarm["detail"].startswith("webhook "), alarm)
        self.until_told("raised", "probe")
        sequence = self.accept()  # alerts go on
        while (post := endpoint.take()).type == "noroshi.probe":
            pass
        self.assertEqual(post.sequence, sequence)
        endpoint.behave = lambda received: TAKE
        self.until(lambda: not self.standing("probe"), MISSING_SECONDS_MAX)
        self.until_told("over", "probe")

    def test_a_webhook_that_hangs_until_it_answers(self):
        def swallow(received):
            return hang if received.type == "noroshi.probe" else TAKE
        self.start()
        endpoint = self.portal(swallow)
        self.assertEqual(self.until(lambda: self.standing("probe"),
                                    MISSING_SECONDS_MAX)["subscribers"], ["portal"])
        endpoint.behave = lambda received: TAKE
        self.until(lambda: not self.standing("probe"), MISSING_SECONDS_MAX)
        self.until_told("over", "probe")

    def test_a_stream_that_does_not_acknowledge_until_it_does(self):
        self.start()
        acks = self.stream_that_answers(self.tv, answers=False)
        alarm = self.until(lambda: self.standing("probe"), MISSING_SECONDS_MAX)
        self.assertEqual(alarm["subscribers"], ["tv"])
        self.assertTrue(alarm["detail"].startswith("stream "), alarm)
        self.until_told("raised", "probe")
        acks.answers = True
        self.until(lambda: not self.standing("probe"), MISSING_SECONDS_MAX)
        self.until_told("over", "probe")


class DeadWebhooksTest(StepsTest):
    settings = {"probe_every": 0}

    def test_a_dead_letter_wakes_somebody_until_it_is_replayed(self):
        self.start()
        endpoint = self.portal(lambda received: GONE)
        sequence = self.accept()
        self.assertEqual(endpoint.take().sequence, sequence)
        alarm = self.until(lambda: self.standing("webhook.dead:portal"))
        self.assertEqual((alarm["kind"], alarm["subscribers"], alarm["sequence"]),
                         ("webhook.dead", ["portal"], sequence))
        self.until_told("raised", "webhook.dead:portal")
        told = json.loads(self.told(self.wake)[0]["input"])
        self.assertIn("Webhook", told["text"]["ja"])
        self.assertIn("410", told["detail"])
        self.hub.kill()
        self.start()
        self.assertEqual(self.standing("webhook.dead:portal")["entry"], alarm["entry"])
        endpoint.behave = lambda received: TAKE
        self.hub.verb("subscriber", "webhook", "portal", "replay", "--all")
        self.until(lambda: not self.standing("webhook.dead:portal"))
        self.until_told("over", "webhook.dead:portal")
        self.assertEqual(self.raises("webhook.dead:portal"), 1)


class EveryKindTest(StepsTest):
    settings = {"probe_every": 4, "disk_free_bytes_min": 1 << 50}

    def test_stands_in_status_list_api_and_metrics_until_it_is_acknowledged(self):
        """All that one hub raises but `clock`, which needs another clock (test_clock.py)."""
        self.hub.verb("publisher", "set", "362018", "--deadline", "delivered=1s", "--deadline",
                      "shown=1s", "--deadline", "withdrawn=1s")
        self.start()
        self.metrics_url = self.hub.metrics_url()
        self.portal(lambda received: NO if received.type == "noroshi.probe" else GONE)
        before = cap.now() - datetime.timedelta(hours=49)
        ran_out = self.accept(dataclasses.replace(self.order, sent=cap.timestamp(before)))
        order = cap.first_revision("362018", SENDER, (TOKUSHIMA,), 4, remark="2")
        shown = self.accept(order)
        self.show_and_report(shown)
        cancel = self.accept(cap.next_revision(order, [order], message_type="Cancel"))
        ahead = Stream.open(self.door, self.tv)
        self.addCleanup(ahead.close)
        ahead.hello(resume_after=cancel + 1000)
        expected = {f"deadline.delivered:{ran_out}", f"deadline.shown:{ran_out}",
                    f"deadline.withdrawn:{cancel}", f"order.unlifted:{ran_out}", "probe",
                    "log.rolled_back:tv", "disk", "webhook.dead:portal"}
        self.until(lambda: expected <= {alarm["id"] for alarm in self.alarms()},
                   MISSING_SECONDS_MAX)
        status = self.hub.verb("status")
        with Api(self.door, self.operator) as api:
            listed = {alarm["id"] for alarm in api.request("GET", "/v1/alarms").json()["alarms"]}
        metrics = self.metrics()
        for identifier in expected:
            kind = identifier.partition(":")[0]
            with self.subTest(kind):
                self.assertIn(identifier, status)
                self.assertIn(identifier, self.hub.verb("alarm", "show", identifier))
                self.assertIn(identifier, listed)
                self.assertGreaterEqual(
                    int(metrics[f'noroshi_alarms{{kind="{kind}",state="standing"}}']), 1)
                self.hub.verb("alarm", "ack", identifier)
        for kind in ("takeover", "clock"):
            self.assertIn(f'noroshi_alarms{{kind="{kind}",state="standing"}}', metrics)
        status = self.hub.verb("status")
        for identifier in expected - {"log.rolled_back:tv"}:
            self.assertIn(identifier, status)
        self.assertNotIn("log.rolled_back:tv", status)

    def show_and_report(self, sequence):
        from client.messages import ClientMessage
        stream = self.acknowledge_on_the_stream(sequence)
        message = ClientMessage()
        said = message.receipt
        said.id, said.sequence, said.state, said.medium = "on-air", sequence, 1, "tv.lshape"
        stream.send(message)
        stream.receive_kind("recorded", SECONDS_MAX)
        stream.close()


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--hub", required=True)
    arguments, rest = arguments.parse_known_args()
    os.environ["NOROSHI_HUB_BINARY"] = arguments.hub
    unittest.main(argv=[sys.argv[0], "-v", *rest])
