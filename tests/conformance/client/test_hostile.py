"""Hostile peers against a real hub, and at the end: did the healthy subscriber get every alert
that was accepted, with its bytes, and nothing that was refused?

    test_hostile.py --hub BIN [unittest names, such as test_stream.StreamTest]
"""

import os
import pathlib
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from client import hostile_hub

MODULES = ["test_tls", "test_framing", "test_deadlines", "test_pipelining", "test_documents",
           "test_authority", "test_stream", "test_stream_json", "test_websocket",
           "test_autobahn"]


class AfterAll(unittest.TestCase):
    """Runs last, over what all tests before it have left."""

    def test_the_healthy_subscriber_has_exactly_what_was_accepted(self):
        hostile = hostile_hub.running()
        for sequence in hostile.accepted:
            hostile.healthy.comes_to(sequence)
        received = {one.sequence: one.content for one in hostile.healthy.received()}
        self.assertIsNone(hostile.healthy.ended)
        self.assertEqual(sorted(received), sorted(hostile.accepted))
        self.assertEqual(received, hostile.accepted)
        everything = b"\n".join(received.values())
        for identifier in hostile.refused:
            self.assertNotIn(identifier.encode(), everything)
        hostile.healthy.end()
        self.assertEqual(hostile.hub.terminate(), 0)


def main():
    arguments = sys.argv[1:]
    if len(arguments) < 2 or arguments[0] != "--hub":
        print(__doc__, file=sys.stderr)
        return 2
    os.environ["NOROSHI_HUB_BINARY"] = arguments[1]
    names = arguments[2:] or MODULES
    loader = unittest.defaultTestLoader
    suite = loader.loadTestsFromNames([f"client.{name}" for name in names])
    suite.addTests(loader.loadTestsFromTestCase(AfterAll))
    return 0 if unittest.TextTestRunner(verbosity=2).run(suite).wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
