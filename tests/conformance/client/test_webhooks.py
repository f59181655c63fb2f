"""Webhooks as an endpoint meets them: taken, refused, hung up on, redirected, flooded, gone; signed
with one secret and two; through kill -9 and beside a drill.

    test_webhooks.py --hub BIN
"""

import argparse
import datetime
import itertools
import json
import os
import pathlib
import socket
import sys
import tempfile
import threading
import time
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from client import cap
from client.api import Api
from client.hub_process import NO_RATES, HubFailed, HubProcess
from client.registration import add_publisher, add_subscriber, drill_token, open_drill
from client.webhook_endpoint import TAKE, Endpoint, HostAuthority, gigabytes, hang

SENDER = "city.tokushima.lg.jp"
TOKUSHIMA = cap.Place("362018", "徳島県徳島市")
SECONDS_MAX = 20.0
NO = (500, {}, b"not now")


class WebhooksTest(unittest.TestCase):
    settings = {}

    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="noroshi-webhooks-")
        self.addCleanup(scratch.cleanup)
        self.scratch = pathlib.Path(scratch.name)
        self.authority = HostAuthority(self.scratch / "hosts")
        self.certificate = self.authority.issue("here", "IP:127.0.0.1,DNS:localhost")
        self.hub = HubProcess(os.environ["NOROSHI_HUB_BINARY"], self.scratch / "hub", settings={
            **NO_RATES, "webhook_private": "127.0.0.1", "webhook_ca": self.authority.file,
            "webhook_retry_seconds": 1, **self.settings})
        self.addCleanup(self.hub.close)
        self.hub.init()
        self.city = add_publisher(self.hub, "362018", "徳島市", [SENDER], ["362018"])
        add_subscriber(self.hub, "tv", ["36"])
        self.door = self.hub.start()

    def endpoint(self, behave=lambda received: TAKE, certificate=None):
        endpoint = Endpoint(certificate or self.certificate, behave)
        self.addCleanup(endpoint.close)
        return endpoint

    def webhook(self, *words, of="tv"):
        return self.hub.verb("subscriber", "webhook", of, *words)

    def called_at(self, url, payload="cap", of="tv"):
        """The secret."""
        self.webhook("set", "--url", url, "--payload", payload, of=of)
        return self.webhook("secret", "add", of=of).strip()

    def accept(self, order=None, drill=None, token=None):
        order = order or cap.first_revision("362018", SENDER, (TOKUSHIMA,), 4)
        document = cap.exercise(order, drill) if drill else cap.document(order)
        with Api(self.door, token or self.city) as api:
            answer = api.publish(document, below=f"/v1/drills/{drill}" if drill else "/v1")
        self.assertEqual(answer.status, 201, answer.body)
        return answer.json()["sequence"], document

    def state(self, sequence, of="tv", token=None, below="/v1"):
        with Api(self.door, token or self.city) as api:
            answer = api.request("GET", f"{below}/alerts/{sequence}/deliveries")
        self.assertEqual(answer.status, 200, answer.body)
        return {row["subscriber"]: row["state"] for row in answer.json()["deliveries"]}[of]

    def wait_for(self, found, wanted):
        """The log and the view follow at a small distance."""
        deadline = time.monotonic() + SECONDS_MAX
        while (now := found()) != wanted:
            self.assertLess(time.monotonic(), deadline, f"{now}, not {wanted}")
            time.sleep(0.05)

    def wait_for_state(self, sequence, wanted, **more):
        self.wait_for(lambda: self.state(sequence, **more), wanted)

    def dead(self, of="tv"):
        lines = self.webhook("dead", "--json", of=of).splitlines()
        return [(row["sequence"], row["state"]) for row in map(json.loads, lines)]

    def test_each_alert_is_posted_signed_and_recorded(self):
        endpoint = self.endpoint()
        secret = self.called_at(endpoint.url("/hook?of=tv"))
        sequences = []
        for _ in range(3):
            sequence, document = self.accept()
            post = endpoint.take()
            self.assertEqual((post.path, post.body), ("/hook?of=tv", document))
            self.assertEqual(post.fields["content-type"], "application/cap+xml")
            self.assertEqual((post.type, post.sequence), ("noroshi.alert", sequence))
            self.assertEqual(post.fields["noroshi-channel"], "live")
            self.assertEqual(post.id, f"{post.fields['noroshi-epoch']}-{sequence}")
            self.assertLess(abs(time.time() - int(post.fields["webhook-timestamp"])), 60)
            self.assertTrue(post.signed_with(secret))
            self.assertFalse(post.signed_with("whsec_" + "A" * 40))
            self.wait_for_state(sequence, "delivered")
            sequences.append(sequence)
        self.assertEqual(endpoint.connections, 1)
        self.assertTrue(endpoint.quiet())

    def test_json_is_what_the_api_says_of_the_alert(self):
        endpoint = self.endpoint()
        secret = self.called_at(endpoint.url(), "json")
        sequence, _ = self.accept()
        post = endpoint.take()
        self.assertEqual(post.fields["content-type"], "application/json")
        self.assertTrue(post.signed_with(secret))
        with Api(self.door, self.city) as api:
            said = api.request("GET", f"/v1/alerts/{sequence}", None,
                               {"Accept": "application/json"}).json()
        self.assertEqual(post.json(), {"type": "noroshi.alert", "timestamp": said["accepted_at"],
                                       "data": said})
        self.assertIn("reading", said)

    def test_what_is_refused_comes_again_in_order_under_the_same_id(self):
        answers = itertools.chain([NO, (302, {"Location": "https://127.0.0.1:1/"}, b"")],
                                  itertools.repeat(TAKE))
        endpoint = self.endpoint(lambda received: next(answers))
        self.called_at(endpoint.url())
        first, document = self.accept()
        second, _ = self.accept()
        posts = [endpoint.take() for _ in range(4)]
        self.assertEqual([post.sequence for post in posts], [first, first, first, second])
        self.assertEqual(len({post.id for post in posts[:3]}), 1)
        self.assertEqual({post.body for post in posts[:3]}, {document})
        self.wait_for_state(second, "delivered")

    def test_two_secrets_sign_during_a_rotation(self):
        endpoint = self.endpoint()
        old = self.called_at(endpoint.url())
        with self.assertRaises(HubFailed):
            self.webhook("secret", "add")
        with self.assertRaises(HubFailed):
            self.webhook("secret", "remove")
        new = self.webhook("secret", "rotate").strip()
        self.assertRegex(new, r"^whsec_[A-Za-z0-9+/=]{44}$")
        self.accept()
        both = endpoint.take()
        self.assertEqual(len(both.fields["webhook-signature"].split(" ")), 2)
        self.assertTrue(both.signed_with(old) and both.signed_with(new))
        self.webhook("secret", "remove")
        self.accept()
        after = endpoint.take()
        self.assertTrue(after.signed_with(new) and not after.signed_with(old))
        # Neither is anywhere but beside the log.
        self.assertEqual(json.loads(self.webhook("show", "--json"))["secrets"], 1)
        for secret in (old, new):
            self.assertNotIn(secret.encode(), self.hub.log.read_bytes())

    def test_one_that_hangs_delays_no_other(self):
        answers = itertools.chain([hang], itertools.repeat(TAKE))
        hanging = self.endpoint(lambda received: next(answers))
        healthy = self.endpoint()
        add_subscriber(self.hub, "radio", ["36"])
        self.called_at(hanging.url())
        self.called_at(healthy.url(), of="radio")
        first, _ = self.accept()
        hanging.take()
        second, _ = self.accept()
        self.assertEqual([healthy.take().sequence, healthy.take().sequence], [first, second])
        self.assertEqual(self.state(first), "queued")
        self.assertEqual(hanging.take(40).sequence, first)
        self.assertEqual(hanging.take().sequence, second)
        self.wait_for_state(second, "delivered")

    def test_gigabytes_are_not_read(self):
        answers = itertools.chain([gigabytes], itertools.repeat(TAKE))
        endpoint = self.endpoint(lambda received: next(answers))
        self.called_at(endpoint.url())
        sequence, _ = self.accept()
        self.assertEqual([endpoint.take().sequence, endpoint.take().sequence], [sequence] * 2)
        self.wait_for_state(sequence, "delivered")

    def test_gone_is_dead_at_once_and_nothing_is_lost(self):
        answers = itertools.chain([(410, {}, b"")], itertools.repeat(TAKE))
        endpoint = self.endpoint(lambda received: next(answers))
        self.called_at(endpoint.url())
        first, document = self.accept()
        endpoint.take()
        self.wait_for(self.dead, [(first, "dead")])
        second, _ = self.accept()
        self.assertTrue(endpoint.quiet())
        self.assertEqual((self.state(first), self.state(second)), ("queued", "queued"))
        self.hub.terminate()
        self.door = self.hub.start()
        self.assertTrue(endpoint.quiet())
        self.assertEqual(self.dead(), [(first, "dead")])
        with self.assertRaises(HubFailed):
            self.webhook("replay", str(second))
        self.webhook("replay", str(first))
        posts = {post.sequence: post for post in (endpoint.take(), endpoint.take())}
        self.assertEqual(set(posts), {first, second})
        self.assertEqual(posts[first].body, document)
        self.wait_for_state(first, "delivered")
        self.wait_for_state(second, "delivered")
        self.wait_for(self.dead, [])
        self.hub.kill()
        self.door = self.hub.start()
        self.assertTrue(endpoint.quiet())

    def test_what_was_cancelled_meanwhile_is_passed(self):
        answers = itertools.chain([NO], itertools.repeat(TAKE))
        endpoint = self.endpoint(lambda received: next(answers))
        secret = self.called_at(endpoint.url())
        order = cap.first_revision("362018", SENDER, (TOKUSHIMA,), 4)
        first, _ = self.accept(order)
        endpoint.take()
        cancel, _ = self.accept(cap.next_revision(order, [order], message_type="Cancel"))
        passed, cancelled = endpoint.take(), endpoint.take()
        self.assertEqual((passed.type, passed.sequence), ("noroshi.passed", first))
        self.assertTrue(passed.signed_with(secret))
        self.assertEqual(passed.json()["data"]["reason"], "cancelled")
        self.assertEqual(passed.json()["data"]["by"], cancel)
        self.assertEqual(cancelled.sequence, cancel)
        self.wait_for_state(first, "passed")
        self.wait_for_state(cancel, "delivered")

    def test_nothing_is_lost_between_the_post_and_the_record(self):
        accepted = threading.Event()

        def die(handler):
            accepted.wait(SECONDS_MAX)  # by the city, too
            self.hub.kill()
            handler.close_connection = True

        answers = itertools.chain([TAKE, die], itertools.repeat(TAKE))
        endpoint = self.endpoint(lambda received: next(answers))
        self.called_at(endpoint.url())
        first, _ = self.accept()
        endpoint.take()
        self.wait_for_state(first, "delivered")
        second, _ = self.accept()
        accepted.set()
        died = endpoint.take()
        self.wait_for(self.hub.running, False)
        self.door = self.hub.start()
        again = endpoint.take()
        self.assertEqual((died.sequence, again.sequence), (second, second))
        self.assertEqual((died.id, died.body), (again.id, again.body))
        self.wait_for_state(second, "delivered")
        self.assertTrue(endpoint.quiet())

    def test_a_retry_is_remembered_through_a_crash(self):
        answers = itertools.chain([NO] * 3, itertools.repeat(TAKE))
        endpoint = self.endpoint(lambda received: next(answers))
        self.called_at(endpoint.url())
        sequence, _ = self.accept()
        for _ in range(3):
            endpoint.take()
        self.wait_for(lambda: f"{sequence}\twaiting\t3" in self.webhook("show"), True)
        self.hub.kill()
        self.door = self.hub.start()
        self.assertIn(f"{sequence}\twaiting\t3", self.webhook("show"))
        self.assertEqual(endpoint.take().sequence, sequence)
        self.wait_for_state(sequence, "delivered")

    def test_it_follows_the_registration(self):
        one, other = self.endpoint(), self.endpoint()
        self.called_at(one.url())
        one_sequence, _ = self.accept()
        self.assertEqual(one.take().sequence, one_sequence)
        self.webhook("set", "--url", other.url())
        second, _ = self.accept()
        self.assertEqual(other.take().sequence, second)
        self.hub.verb("subscriber", "suspend", "tv")
        self.accept()
        self.assertTrue(other.quiet())
        self.hub.verb("subscriber", "resume", "tv")
        third, _ = self.accept()
        while other.take().sequence != third:
            pass
        self.hub.verb("subscriber", "set", "tv", "--outlets", "stream")
        self.accept()
        self.assertTrue(other.quiet())

    def test_an_address_inside_is_not_called(self):
        """Where the machine's localhost is 127.0.0.1, which is listed, and ::1, which is not, the name
        is not called at all."""
        endpoint = self.endpoint()
        hosts = ["127.0.0.2", "[::1]", "[::ffff:127.0.0.1]", "169.254.169.254", "10.1.1.1"]
        addresses = {found[4][0] for found in socket.getaddrinfo("localhost", endpoint.port)}
        if addresses == {"127.0.0.1", "::1"}:
            hosts.append("localhost")
        for host in hosts:
            with self.subTest(host):
                self.webhook("set", "--url", endpoint.url(host=host))
                if not json.loads(self.webhook("show", "--json"))["secrets"]:
                    self.webhook("secret", "add")
                sequence, _ = self.accept()
                self.wait_for(lambda: "is not a public address" in
                              self.webhook("show"), True)
                self.assertTrue(endpoint.quiet(0.2))
                self.hub.verb("subscriber", "set", "tv", "--outlets", "stream")
        for url in ("http://tv.example.jp/", "https://a:b@tv.example.jp/", "https://2130706433/"):
            with self.assertRaises(HubFailed):
                self.webhook("set", "--url", url)

    def test_a_certificate_that_is_not_the_hosts_is_not_spoken_to(self):
        stranger = self.endpoint(
            certificate=HostAuthority(self.scratch / "others").issue("a", "IP:127.0.0.1"))
        other_name = self.endpoint(
            certificate=self.authority.issue("elsewhere", "DNS:elsewhere.example"))
        self.called_at(stranger.url())
        sequence, _ = self.accept()
        self.wait_for(lambda: f"{sequence}\twaiting\t" in self.webhook("show"), True)
        self.webhook("set", "--url", other_name.url())
        self.wait_for(lambda: f"{sequence}\twaiting\t3" in self.webhook("show"), True)
        self.assertTrue(stranger.quiet(0.1) and other_name.quiet(0.1))

    def test_a_drill_is_called_apart_and_only_inside_its_session(self):
        endpoint = self.endpoint()
        add_subscriber(self.hub, "radio", ["36"])
        secret = self.called_at(endpoint.url("/tv"), "json")
        self.called_at(endpoint.url("/radio"), of="radio")
        end = cap.timestamp(cap.now() + datetime.timedelta(hours=1))
        open_drill(self.hub, "east", ["362018"], ["tv"], end)
        city = drill_token(self.hub, "publisher", "362018", "east")
        sequence, _ = self.accept(drill="east", token=city)
        post = endpoint.take()
        self.assertEqual((post.path, post.sequence), ("/tv", sequence))
        self.assertEqual(post.fields["noroshi-channel"], "drill:east")
        self.assertEqual(post.json()["data"]["channel"], "drill:east")
        self.assertEqual(post.json()["data"]["status"], "Exercise")
        self.assertTrue(post.signed_with(secret))
        self.wait_for_state(sequence, "delivered", token=city, below="/v1/drills/east")
        live, _ = self.accept()
        self.assertEqual({endpoint.take().fields["noroshi-channel"] for _ in range(2)}, {"live"})
        self.hub.verb("drill", "close", "east")
        self.assertTrue(endpoint.quiet())


class GivingUpTest(WebhooksTest):
    """After some attempts, because the hours are none."""
    settings = {"webhook_give_up_hours": 0}

    def test_what_is_given_up_is_passed_over_and_replayed(self):
        answers = itertools.chain([NO] * 5, itertools.repeat(TAKE))
        endpoint = self.endpoint(lambda received: next(answers))
        self.called_at(endpoint.url())
        first, _ = self.accept()
        second, _ = self.accept()
        for _ in range(5):
            self.assertEqual(endpoint.take(30).sequence, first)
        self.assertEqual(endpoint.take().sequence, second)
        self.wait_for_state(second, "delivered")
        self.assertEqual(self.state(first), "queued")
        self.assertEqual(self.dead(), [(first, "dead")])
        self.webhook("replay", "--all")
        self.assertEqual(endpoint.take().sequence, first)
        self.wait_for_state(first, "delivered")


def load_tests(loader, _tests, _pattern):
    suite = unittest.TestSuite(loader.loadTestsFromTestCase(WebhooksTest))
    suite.addTest(GivingUpTest("test_what_is_given_up_is_passed_over_and_replayed"))
    return suite


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--hub", required=True)
    known, rest = options.parse_known_args()
    os.environ["NOROSHI_HUB_BINARY"] = known.hub
    unittest.main(argv=[sys.argv[0], *rest], verbosity=2)
