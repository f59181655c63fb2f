"""Peers that never get as far as HTTP."""

import os
import socket
import ssl
import time
import warnings

from .hostile_hub import HostileTest

HANDSHAKE_SECONDS_MAX = 15.0
SLOWEST_HEALTHY_SECONDS = 3.0  # far below the time a handshake may take
HALF_OPEN = 100

def closed_within(connection, seconds):
    """Whether the hub ends the connection in time; what it says before does not matter."""
    deadline = time.monotonic() + seconds
    try:
        while True:
            connection.settimeout(max(0.001, deadline - time.monotonic()))
            if not connection.recv(4096):
                return True
    except TimeoutError:
        return False
    except OSError:
        return True

class TlsTest(HostileTest):
    def test_what_is_not_tls_is_closed(self):
        hello = self.hostile.door.client_hello()
        spoilt = hello[:60] + os.urandom(len(hello) - 60)
        for name, data in [("noise", os.urandom(4096)), ("zeros", bytes(4096)),
                           ("plain HTTP", b"GET /v1/alerts HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                           ("SSH", b"SSH-2.0-OpenSSH_9.2\r\n"), ("spoilt hello", spoilt),
                           ("alert", bytes([21, 3, 3, 0, 2, 2, 40]))]:
            with self.subTest(name), self.hostile.door.connect_plain(5) as connection:
                connection.sendall(data)
                self.assertTrue(closed_within(connection, HANDSHAKE_SECONDS_MAX))

    def test_a_handshake_that_stops_half_way_is_closed_in_time(self):
        hello = self.hostile.door.client_hello()
        openings = [b"", hello[:5], hello[:100], hello]
        connections = [self.hostile.door.connect_plain(5) for _ in openings]
        for connection, data in zip(connections, openings):
            connection.sendall(data)
        deadline = time.monotonic() + HANDSHAKE_SECONDS_MAX
        for connection, data in zip(connections, openings):
            with self.subTest(bytes=len(data)), connection:
                self.assertTrue(closed_within(connection, deadline - time.monotonic()))

    def test_many_half_open_peers_keep_nobody_out(self):
        peers = [self.hostile.door.connect_plain(5) for _ in range(HALF_OPEN)]
        try:
            for peer in peers[::2]:
                peer.sendall(self.hostile.door.client_hello()[:50])
            begun = time.monotonic()
            self.hostile.accept(self)
            self.assertLess(time.monotonic() - begun, SLOWEST_HEALTHY_SECONDS)
        finally:
            for peer in peers:
                peer.close()

    def test_old_versions_and_weak_ciphers_are_refused(self):
        def version(context):
            context.maximum_version = ssl.TLSVersion.TLSv1_1
            context.minimum_version = ssl.TLSVersion.TLSv1

        def cipher(context):
            context.maximum_version = ssl.TLSVersion.TLSv1_2
            context.set_ciphers("AES128-SHA:AES256-SHA256:@SECLEVEL=0")

        for spoil in (version, cipher):
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            context.load_verify_locations(self.hostile.door.ca)
            context.set_ciphers("ALL:@SECLEVEL=0")
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)
                spoil(context)
            with self.subTest(spoil.__name__), self.hostile.door.connect_plain(5) as plain:
                with self.assertRaises(OSError) as refused:
                    context.wrap_socket(plain, server_hostname="127.0.0.1").close()
                self.assertIsInstance(refused.exception, (ssl.SSLError, ConnectionError))

    def test_the_certificate_names_the_hub_and_no_other(self):
        context = self.hostile.door.context()
        for name, right in [("127.0.0.1", True), ("localhost", True), ("other.example", False)]:
            with self.subTest(name), self.hostile.door.connect_plain(5) as plain:
                try:
                    context.wrap_socket(plain, server_hostname=name).close()
                    reached = True
                except ssl.SSLCertVerificationError:
                    reached = False
                self.assertEqual(reached, right)

    def test_resetting_in_the_middle_disturbs_nobody(self):
        for count in (0, 5, 80):
            connection = self.hostile.door.connect_plain(5)
            connection.sendall(self.hostile.door.client_hello()[:count])
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            connection.close()

