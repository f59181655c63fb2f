"""Requests that never end, and peers that leave in the middle of one."""

import time

from . import cap
from .exchange import everything_from
from .hostile_hub import HostileTest

HEADER_SECONDS_MAX = 5.0
BODY_SECONDS_MAX = 10.0
TOLERANCE = 4.0


class DeadlinesTest(HostileTest):
    def request(self):
        order = self.hostile.order()
        self.hostile.refused.append(order.identifier)
        body = cap.document(order)
        return (f"POST /v1/alerts HTTP/1.1\r\nHost: {self.hostile.door.authority}\r\n"
                f"Authorization: Bearer {self.hostile.city_token}\r\n"
                "Content-Type: application/cap+xml\r\n"
                f"Content-Length: {len(body)}\r\n\r\n").encode() + body

    def seconds_until_cut_off(self, data, seconds_max):
        begun = time.monotonic()
        everything_from(self, self.hostile.door, data, seconds_max)
        return time.monotonic() - begun

    def test_a_header_that_never_ends_is_cut_off_in_time(self):
        taken = self.seconds_until_cut_off(self.request()[:60], HEADER_SECONDS_MAX + TOLERANCE)
        self.assertGreater(taken, HEADER_SECONDS_MAX - TOLERANCE)

    def test_a_body_that_never_ends_is_cut_off_in_time(self):
        taken = self.seconds_until_cut_off(self.request()[:-10], BODY_SECONDS_MAX + TOLERANCE)
        self.assertGreater(taken, BODY_SECONDS_MAX - TOLERANCE)

    def test_a_peer_that_leaves_in_the_body_leaves_nothing(self):
        with self.hostile.door.connect(5) as connection:
            connection.sendall(self.request()[:-10])
