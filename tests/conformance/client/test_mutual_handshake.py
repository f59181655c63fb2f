"""What a client can do to the TLS of the second door itself."""

import ssl
import struct
import subprocess
import unittest
import warnings

from .api import Api
from .mutual_hub import running

REQUEST = b"GET /v1/alerts HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
HANDSHAKE, CERTIFICATE, CERTIFICATE_VERIFY = 22, 11, 15


def records_of(flight):
    records = []
    while flight:
        size = 5 + struct.unpack("!H", flight[3:5])[0]
        records.append(bytearray(flight[:size]))
        flight = flight[size:]
    return records


def is_message(record, kind):
    return record[0] == HANDSHAKE and record[5] == kind


def with_body(kind, body):
    message = bytes([kind]) + len(body).to_bytes(3, "big") + body
    return bytearray(bytes([HANDSHAKE, 3, 3]) + struct.pack("!H", len(message)) + message)


def certificate_list(*ders):
    inner = b"".join(len(der).to_bytes(3, "big") + der for der in ders)
    return len(inner).to_bytes(3, "big") + inner


class MutualHandshakeTest(unittest.TestCase):
    def setUp(self):
        self.hub = running()
        self.good, self.serial = self.hub.issued("subscriber", "radio")
        self.other, _ = self.hub.issued("publisher", "362018")
        self.assert_served()

    def tearDown(self):
        self.assert_served()
        self.hub.hub.verb("cert", "revoke", "--identity", "subscriber:radio")
        self.hub.hub.verb("cert", "revoke", "--identity", "publisher:362018")
        self.assertTrue(self.hub.hub.running(), self.hub.hub.last_words())

    def assert_served(self):
        with Api(self.hub.door(self.good), None) as api:
            self.assertEqual(api.request("GET", "/v1/alerts").status, 200)

    def context(self, with_certificate=True):
        context = ssl.create_default_context(cafile=str(self.hub.tokens.ca))
        if with_certificate:
            context.load_cert_chain(str(self.good.certificate), str(self.good.key))
        return context

    def served(self, context, session=None, port=None):
        """The status line a whole exchange ends with, None when there is no connection; and the
        session it leaves."""
        door = self.hub.door(None)
        if port is not None:
            door = type(door)(door.host, port, door.ca)
        try:
            with door.connect_plain(10) as plain, context.wrap_socket(
                    plain, server_hostname="localhost", session=session) as line:
                line.sendall(REQUEST)
                first = line.recv(4096)
                return first[:12] or None, line.session, line.session_reused
        except OSError:
            return None, None, False

    def spoilt_flight(self, spoil):
        """A TLS 1.2 handshake whose second flight, still in the clear, goes through `spoil`."""
        context = self.context()
        context.maximum_version = ssl.TLSVersion.TLSv1_2
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        session = context.wrap_bio(incoming, outgoing, server_hostname="localhost")
        with self.hub.door(None).connect_plain(10) as line:
            for flight in range(4):
                try:
                    session.do_handshake()
                    session.write(REQUEST)
                    line.sendall(outgoing.read())
                    incoming.write(line.recv(65536))
                    return session.read()[:12]
                except ssl.SSLWantReadError:
                    sent = records_of(outgoing.read())
                    if flight and any(is_message(record, CERTIFICATE) for record in sent):
                        sent = spoil(sent)
                    line.sendall(b"".join(sent))
                    got = line.recv(65536)
                    if not got:
                        return None
                    incoming.write(got)
                except OSError:
                    return None
        return None

    def test_the_certificate_message_spoilt_in_every_way(self):
        own, other = self.good.der(), self.other.der()

        def instead(body):
            def spoil(records):
                return [with_body(CERTIFICATE, body) if is_message(r, CERTIFICATE) else r
                        for r in records]
            return spoil

        def flip_proof(records):
            for record in records:
                if is_message(record, CERTIFICATE_VERIFY):
                    record[-1] ^= 1
            return records

        def without_proof(records):
            return [record for record in records if not is_message(record, CERTIFICATE_VERIFY)]

        def twice(records):
            return [records[0]] + records

        cases = {
            "empty": instead(b""), "an empty list": instead(certificate_list()),
            "garbage": instead(b"\xa5" * 700),
            "garbage in a list": instead(certificate_list(b"\xa5" * 700)),
            "a list longer than its message": instead((2 ** 24 - 1).to_bytes(3, "big") + own),
            "a certificate longer than its list": instead(
                (len(own) + 3).to_bytes(3, "big") + (2 ** 24 - 1).to_bytes(3, "big") + own),
            "cut in the middle": instead(certificate_list(own[:300])),
            "bytes behind it": instead(certificate_list(own + b"\0" * 64)),
            "somebody else's, with our own key": instead(certificate_list(other)),
            "a proof that does not fit": flip_proof, "no proof": without_proof,
            "the certificate twice": twice}
        self.assertEqual(self.spoilt_flight(lambda records: records), b"HTTP/1.1 200")
        for name, spoil in cases.items():
            with self.subTest(name):
                self.assertIsNone(self.spoilt_flight(spoil))

    def test_old_versions_and_weak_ciphers(self):
        def version(context):
            context.minimum_version = ssl.TLSVersion.TLSv1
            context.maximum_version = ssl.TLSVersion.TLSv1_1

        def ciphers(names):
            def limit(context):
                context.maximum_version = ssl.TLSVersion.TLSv1_2
                context.set_ciphers(names + ":@SECLEVEL=0")
            return limit

        for name, spoil in {"TLS 1.1": version, "static RSA": ciphers("AES128-GCM-SHA256"),
                            "CBC": ciphers("ECDHE-ECDSA-AES128-SHA:ECDHE-ECDSA-AES256-SHA384"),
                            "anonymous": ciphers("ADH-AES128-GCM-SHA256")}.items():
            context = self.context()
            context.set_ciphers("ALL:@SECLEVEL=0")
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)
                spoil(context)
            with self.subTest(name):
                self.assertIsNone(self.served(context)[0])
        for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
            context = self.context()
            context.minimum_version = context.maximum_version = version
            self.assertEqual(self.served(context)[0], b"HTTP/1.1 200")

    def test_nothing_is_resumed(self):
        for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
            with self.subTest(version.name):
                context = self.context()
                context.minimum_version = context.maximum_version = version
                status, session, _ = self.served(context)
                self.assertEqual(status, b"HTTP/1.1 200")
                self.assertFalse(session is not None and session.has_ticket)
                again, _, reused = self.served(context, session)
                self.assertEqual(again, b"HTTP/1.1 200")
                self.assertFalse(reused)

    def test_a_session_of_the_first_door_opens_nothing_here(self):
        for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
            with self.subTest(version.name):
                context = self.context(with_certificate=False)
                context.minimum_version = context.maximum_version = version
                _, session, _ = self.served(context, port=self.hub.tokens.port)
                self.assertTrue(session.has_ticket)
                _, _, reused = self.served(context, session, port=self.hub.tokens.port)
                self.assertTrue(reused, "the control: the first door resumes")
                self.assertIsNone(self.served(context, session)[0])

    def test_a_session_outlives_no_revocation(self):
        context = self.context()
        status, session, _ = self.served(context)
        self.assertEqual(status, b"HTTP/1.1 200")
        self.hub.hub.verb("cert", "revoke", self.serial)
        self.assertEqual(self.served(context, session)[0], b"HTTP/1.1 403")
        self.good, self.serial = self.hub.issued("subscriber", "radio")

    def s_client(self, *options, typed=b""):
        done = subprocess.run(
            ["openssl", "s_client", "-connect", f"127.0.0.1:{self.hub.port}", "-servername",
             "localhost", "-CAfile", str(self.hub.tokens.ca), *options], input=typed,
            capture_output=True, timeout=30)
        return done.stdout + done.stderr

    def test_renegotiation_is_refused(self):
        said = self.s_client("-tls1_2", "-cert", str(self.good.certificate), "-key",
                             str(self.good.key), typed=b"R\n")
        self.assertIn(b"RENEGOTIATING", said)
        self.assertIn(b"no renegotiation", said)

    def test_a_shared_key_is_no_certificate(self):
        for options in (["-tls1_2", "-cipher", "PSK:ECDHEPSK:@SECLEVEL=0"], ["-tls1_3"]):
            said = self.s_client(*options, "-ign_eof", "-psk", "00112233", "-psk_identity",
                                 "radio", typed=REQUEST)
            self.assertNotIn(b"HTTP/1.1 200", said)
            self.assertRegex(said, b"alert|handshake failure")
