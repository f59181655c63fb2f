"""Certificates that end while their holders are on the line, and a new certificate of the hub."""

import pathlib
import socket
import ssl
import time
import unittest

from . import cap, certificates, websocket
from .api import Api
from .mutual_hub import CITY, running
from .stream import Stream

EFFECTIVE_SECONDS_MAX = 5.0  # the contract's
PLACE = cap.Place(CITY, "徳島県徳島市")


class OnTheLine(unittest.TestCase):
    def setUp(self):
        self.hub = running()

    def stream(self, credential, token=None):
        door = self.hub.door(credential) if credential else self.hub.tokens
        stream = Stream.open(door, token)
        self.addCleanup(stream.close)
        stream.hello(window=16)
        stream.receive_kind("welcome", 10)
        return stream

    def publish(self):
        document = cap.document(
            cap.first_revision(CITY, "city.tokushima.lg.jp", (PLACE,), 4))
        with Api(self.hub.tokens, self.hub.token) as api:
            answer = api.publish(document)
        self.assertEqual(answer.status, 201, answer.body)
        return answer.json()["sequence"]

    def assert_gets(self, stream, sequence):
        while stream.receive_kind("delivery", 10).sequence != sequence:
            pass
        stream.ack(sequence)

    def assert_dismissed(self, stream, limit=EFFECTIVE_SECONDS_MAX):
        """Goodbye `suspended` and the end, both within `limit` of now."""
        deadline = time.monotonic() + limit
        goodbye = stream.receive_kind("goodbye", limit)
        self.assertEqual(goodbye.code, "suspended")
        with self.assertRaises(websocket.Closed):
            while True:
                stream.receive(max(0.001, deadline - time.monotonic()))


class OpenConnectionTest(OnTheLine):
    def test_a_revoked_stream_is_told_and_closed_and_others_are_not(self):
        revoked, serial = self.hub.issued("subscriber", "radio")
        other, _ = self.hub.issued("subscriber", "tv")
        going, staying = self.stream(revoked), self.stream(other)
        first = self.publish()
        self.assert_gets(going, first)
        self.assert_gets(staying, first)
        self.hub.hub.verb("cert", "revoke", serial)
        self.assert_dismissed(going)
        second = self.publish()
        self.assert_gets(staying, second)
        with self.assertRaises(websocket.UpgradeRefused) as refused:
            Stream.open(self.hub.door(revoked), None)
        self.assertEqual(refused.exception.status, 403)

    def test_an_idle_connection_is_closed(self):
        made, serial = self.hub.issued("publisher", CITY)
        with self.hub.door(made).connect(10) as line:
            line.sendall(b"GET /v1/alerts HTTP/1.1\r\nHost: localhost\r\n\r\n")
            self.assertIn(b" 200 ", line.recv(4096))
            self.hub.hub.verb("cert", "revoke", serial)
            line.settimeout(EFFECTIVE_SECONDS_MAX)
            self.assertEqual(line.recv(4096), b"")

    def test_one_who_says_nothing_is_closed_too(self):
        made, serial = self.hub.issued("publisher", CITY)
        with self.hub.door(made).connect(10) as line:
            self.hub.hub.verb("cert", "revoke", serial)
            line.settimeout(EFFECTIVE_SECONDS_MAX)
            self.assertEqual(line.recv(4096), b"")

    def test_a_stream_ends_with_its_certificate(self):
        made = self.hub.stolen.issue(
            extensions={"subjectAltName": "URI:noroshi:subscriber:late"},
            start=-86400 + 8, days=1)
        self.hub.pin(made, kind="subscriber", name="late")
        until = certificates.facts(made)["until_ms"] / 1000
        stream = self.stream(made)
        left = until - time.time()
        self.assertGreater(left, 0)
        self.assert_dismissed(stream, left + EFFECTIVE_SECONDS_MAX)
        self.assertGreaterEqual(time.time(), until)

    def test_a_suspended_subscriber_is_told_and_closed(self):
        made, _ = self.hub.issued("subscriber", "gone")
        stream = self.stream(made)
        self.hub.hub.verb("subscriber", "suspend", "gone")
        self.assert_dismissed(stream)

    def test_a_new_token_is_no_business_of_a_certificate(self):
        made, _ = self.hub.issued("subscriber", "radio")
        stream = self.stream(made)
        self.hub.hub.verb("subscriber", "token", "radio")
        self.assert_gets(stream, self.publish())

    def test_a_renewed_certificate_works_beside_the_former_one_until_that_is_refused(self):
        former, _ = self.hub.issued("publisher", "362026")
        folder = self.hub.scratch / "renewed"
        folder.mkdir()
        self.hub.hub.verb("cert", "renew", "publisher", "362026", "--out", str(folder),
                          "--overlap", "1")
        renewed = certificates.Credential(folder / "publisher-362026.pem",
                                          folder / "publisher-362026.key")
        for credential in (former, renewed):
            with Api(self.hub.door(credential), None) as api:
                self.assertEqual(api.request("GET", "/v1/alerts").status, 200)


class ReloadTest(OnTheLine):
    def serial_shown(self, port):
        context = ssl.create_default_context(cafile=str(self.hub.tokens.ca))
        with socket.create_connection(("127.0.0.1", port), timeout=10) as plain:
            with context.wrap_socket(plain, server_hostname="localhost") as line:
                return line.getpeercert()["serialNumber"]

    def test_a_new_certificate_is_taken_and_streams_go_on(self):
        made, _ = self.hub.issued("subscriber", "radio")
        by_certificate = self.stream(made)
        by_token = self.stream(None, self.hub.tv_token)
        first = self.publish()
        self.assert_gets(by_certificate, first)
        self.assert_gets(by_token, first)
        before = self.serial_shown(self.hub.tokens.port)
        self.hub.hub.verb("cert", "renew", "hub")
        self.assertIn("certificate.reloaded", self.hub.hub.reload())
        after = self.serial_shown(self.hub.tokens.port)
        self.assertNotEqual(after, before)
        self.assertEqual(self.serial_shown(self.hub.port), after)
        second = self.publish()
        self.assert_gets(by_certificate, second)
        self.assert_gets(by_token, second)

    def test_a_pair_of_no_use_changes_nothing(self):
        tls = pathlib.Path(self.hub.hub.data) / "tls"
        good = (tls / "hub.pem").read_bytes()
        before = self.serial_shown(self.hub.tokens.port)
        other = self.hub.stolen.issue(extensions={"extendedKeyUsage": "serverAuth",
                                                  "subjectAltName": "DNS:localhost"})
        expired = self.hub.stolen.issue(
            key_file=tls / "hub.key", start=-3 * 86400, days=1,
            extensions={"extendedKeyUsage": "serverAuth", "subjectAltName": "DNS:localhost"})
        try:
            for name, bad in {"garbage": b"garbage", "empty": b"",
                              "of another key": other.certificate.read_bytes(),
                              "expired": expired.certificate.read_bytes()}.items():
                with self.subTest(name):
                    (tls / "hub.pem").write_bytes(bad)
                    self.assertIn("certificate.not_reloaded", self.hub.hub.reload())
                    self.assertEqual(self.serial_shown(self.hub.tokens.port), before)
                    self.assertEqual(self.serial_shown(self.hub.port), before)
        finally:
            (tls / "hub.pem").write_bytes(good)
        self.assertIn("certificate.reloaded", self.hub.hub.reload())
