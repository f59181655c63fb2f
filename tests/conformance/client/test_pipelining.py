"""Requests one behind the other on one connection: answered in order, and held one at a time."""

import pathlib
import re

from . import cap
from .hostile_hub import HostileTest

LARGE = 1 << 20
GROWTH_BYTES_MAX = 64 << 20


class PipeliningTest(HostileTest):
    def get(self, sequence, *fields):
        lines = [f"GET /v1/alerts/{sequence} HTTP/1.1", f"Host: {self.hostile.door.authority}",
                 f"Authorization: Bearer {self.hostile.city_token}", *fields]
        return ("\r\n".join(lines) + "\r\n\r\n").encode()

    def resident_bytes(self):
        status = pathlib.Path(f"/proc/{self.hostile.hub.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+) kB", status).group(1)) * 1024

    def accept_large(self):
        order = self.hostile.order()
        document = cap.document(order).replace(
            b"</alert>", b"<!-- " + b"x" * LARGE + b" -->\n</alert>")
        with self.hostile.city() as api:
            answer = api.publish(document)
        self.assertEqual(answer.status, 201, answer.body)
        sequence = answer.json()["sequence"]
        self.hostile.accepted[sequence] = document
        return sequence

    def read_often(self, sequence):
        with self.hostile.city() as api:
            for _ in range(150):
                self.assertEqual(api.accepted_bytes(sequence).status, 200)

    def test_answers_come_in_the_order_of_the_requests(self):
        sequences = [self.hostile.accept(self)["sequence"] for _ in range(3)] * 100
        requests = b"".join(self.get(sequence) for sequence in sequences[:-1])
        requests += self.get(sequences[-1], "Connection: close")
        with self.hostile.door.connect(10) as connection:
            # Odd slices, so that records end in the middle of requests.
            for begin in range(0, len(requests), 701):
                connection.sendall(requests[begin:begin + 701])
            received = b""
            while part := connection.recv(65536):
                received += part
        expected = [self.hostile.accepted[sequence] for sequence in sequences]
        for number, document in enumerate(expected):
            head, separator, rest = received.partition(b"\r\n\r\n")
            self.assertTrue(separator, f"answer {number} is missing")
            self.assertTrue(head.startswith(b"HTTP/1.1 200 "), head)
            length = int(re.search(rb"(?i)content-length: (\d+)", head).group(1))
            self.assertEqual(rest[:length], document, f"answer {number}")
            received = rest[length:]
        self.assertEqual(received, b"")

    def test_who_asks_and_never_reads_holds_one_answer(self):
        sequence = self.accept_large()
        # What an allocator keeps of freed memory, a sanitizer's above all, is had before we measure.
        self.read_often(sequence)
        before = self.resident_bytes()
        connections = [self.hostile.door.connect(10) for _ in range(4)]
        try:
            for connection in connections:
                connection.settimeout(1)
                try:
                    connection.sendall(self.get(sequence) * 100)
                except TimeoutError:
                    pass  # the hub has stopped reading, as it should
            # Turns are fair: by then the others would have been answered as often.
            self.read_often(sequence)
            self.assertLess(self.resident_bytes() - before, GROWTH_BYTES_MAX)
        finally:
            for connection in connections:
                connection.close()
