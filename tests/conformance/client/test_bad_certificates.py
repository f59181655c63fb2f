"""Bad client certificates at the second door, each refused; good ones before, between and after."""

import http.client
import ssl
import unittest

from . import certificates
from .api import Api, Broken, Unreachable
from .bad_certificates import MADE, SPOILT
from .mutual_hub import running

CASES_MIN = 40


def answer(hub, credential, fields=None):
    """What a request gets: its Answer, or the error that kept it from one."""
    try:
        with Api(hub.door(credential), None) as api:
            return api.request("GET", "/v1/alerts", None, fields)
    except (Unreachable, Broken, ssl.SSLError) as error:
        return error


class BadCertificateTest(unittest.TestCase):
    def setUp(self):
        self.hub = running()
        self.assert_served(self.hub.issued("publisher", "362026")[0])

    def tearDown(self):
        self.assertTrue(self.hub.hub.running(), self.hub.hub.last_words())
        self.hub.hub.verb("cert", "revoke", "--identity", "publisher:362026")

    def assert_served(self, credential):
        got = answer(self.hub, credential)
        self.assertEqual(getattr(got, "status", got), 200)

    def assert_no_connection(self, credential):
        got = answer(self.hub, credential)
        self.assertIsInstance(got, (Unreachable, Broken, ssl.SSLError),
                              f"answered {getattr(got, 'status', None)}")

    def assert_nobody(self, credential, status=403, code="auth.certificate"):
        got = answer(self.hub, credential)
        self.assertEqual(getattr(got, "status", got), status)
        self.assertEqual(got.code, code)

    def test_there_are_at_least_forty(self):
        self.assertGreaterEqual(len(SPOILT) + len(MADE), CASES_MIN)

    def test_the_recipe_itself_is_good(self):
        """The positive control: the same steps without a defect are served."""
        made = self.hub.stolen.issue()
        serial = self.hub.pin(made)
        self.assert_served(made)
        self.hub.hub.verb("cert", "revoke", serial)
        self.assert_nobody(made)

    def test_every_spoilt_certificate_ends_the_handshake(self):
        for name, defect in SPOILT.items():
            with self.subTest(name):
                made = self.hub.stolen.issue(**defect)
                serial = self.hub.pin(made)
                self.assert_no_connection(made)
                self.hub.hub.verb("cert", "revoke", serial)

    def test_every_bad_chain_ends_the_handshake(self):
        for name, make in MADE.items():
            with self.subTest(name):
                self.assert_no_connection(make(self.hub))

    def test_no_certificate_ends_the_handshake(self):
        self.assert_no_connection(None)
        got = answer(self.hub, None, {"Authorization": f"Bearer {self.hub.token}"})
        self.assertIsInstance(got, (Unreachable, Broken, ssl.SSLError))

    def test_the_stolen_key_of_the_authority_makes_nobody(self):
        """Good in every way, but never issued: with a new key, and with a pinned key."""
        real, _ = self.hub.issued("publisher", "362018")
        self.assert_served(real)
        self.assert_nobody(self.hub.stolen.issue())
        self.assert_nobody(self.hub.stolen.issue(key_file=real.key))
        self.assert_nobody(self.hub.stolen.issue(extensions={
            "subjectAltName": "URI:noroshi:publisher:unknown"}))
        self.assert_served(real)

    def test_a_pin_is_for_one_identity_key_serial_and_time(self):
        for name, changes in {"for another identity": {"name": "362026"},
                              "for a subscriber": {"kind": "subscriber", "name": "radio"},
                              "with another key": {"key_sha256": "00" * 31 + "01"},
                              "for longer": None,
                              "with another serial": {"serial": "4d4d4d4d"}}.items():
            with self.subTest(name):
                made = self.hub.stolen.issue()
                if changes is None:
                    changes = {"until_ms": certificates.facts(made)["until_ms"] + 1000}
                serial = self.hub.pin(made, **changes)
                self.assert_nobody(made)
                self.hub.hub.verb("cert", "revoke", serial)

    def test_a_suspended_holder_is_told_so(self):
        made, _ = self.hub.issued("subscriber", "paused")
        self.assert_served(made)
        self.hub.hub.verb("subscriber", "suspend", "paused")
        self.assert_nobody(made, 403, "auth.suspended")
        self.hub.hub.verb("subscriber", "resume", "paused")
        self.assert_served(made)

    def test_a_publisher_gets_no_stream_and_a_subscriber_publishes_nothing(self):
        city, _ = self.hub.issued("publisher", "362018")
        tv, _ = self.hub.issued("subscriber", "radio")
        with Api(self.hub.door(city), None) as api:
            self.assertEqual(api.request("GET", "/v1/stream").status, 403)
        with Api(self.hub.door(tv), None) as api:
            self.assertEqual(api.publish(b"<alert/>").status, 403)

    def test_a_certificate_and_a_token_together_are_refused(self):
        made, _ = self.hub.issued("publisher", "362018")
        for value in (f"Bearer {self.hub.token}", "Bearer x", "Basic eDp5"):
            got = answer(self.hub, made, {"Authorization": value})
            self.assertEqual((got.status, got.code), (400, "auth.ambiguous"))

    def test_the_first_door_asks_for_no_certificate_and_heeds_none(self):
        made, _ = self.hub.issued("publisher", "362018")
        context = ssl.create_default_context(cafile=str(self.hub.tokens.ca))
        context.load_cert_chain(str(made.certificate), str(made.key))
        connection = http.client.HTTPSConnection("127.0.0.1", self.hub.tokens.port, timeout=10,
                                                 context=context)
        connection.request("GET", "/v1/alerts")
        self.assertEqual(connection.getresponse().status, 401)
        connection.close()
