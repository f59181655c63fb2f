"""Where the doors are when other programs have ports too."""

import os
import pathlib
import socket
import tempfile
import unittest

from client.hub_process import HubFailed, HubProcess


def neighbours():
    """Two listening sockets, the second on the port above the first."""
    for _ in range(1000):
        lower = socket.create_server(("127.0.0.1", 0))
        try:
            return lower, socket.create_server(("127.0.0.1", lower.getsockname()[1] + 1))
        except (OSError, OverflowError):
            lower.close()
    raise AssertionError("no two free ports beside each other")


class PortsTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="noroshi-ports-")
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name) / "hub"
        lower, self.taken = neighbours()
        self.addCleanup(self.taken.close)
        self.port = lower.getsockname()[1]
        lower.close()

    def hub(self, settings=None):
        hub = HubProcess(os.environ["NOROSHI_HUB_BINARY"], self.folder, settings=settings)
        self.addCleanup(hub.close)
        hub.init()
        return hub

    def test_the_second_door_gives_way_where_nobody_asked_for_its_port(self):
        hub = self.hub()
        self.assertEqual(hub.start(port=self.port).port, self.port)
        self.assertNotIn(hub.mutual_port(), (self.port, self.port + 1, 0))

    def test_a_port_that_was_asked_for_is_had_or_the_hub_says_so(self):
        hub = self.hub({"mtls_port": self.port + 1})
        with self.assertRaisesRegex(HubFailed, str(self.port + 1)):
            hub.start(port=self.port)
