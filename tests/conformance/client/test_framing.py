"""HTTP that two parties could read differently: each refused with its status, and the connection
closed, so that nothing behind it is ever taken for a request."""

import time

from . import cap
from .api import Answer
from .hostile_hub import HostileTest

SECONDS_MAX = 10.0
HEADER_SECONDS_MAX = 5.0
BODY_SECONDS_MAX = 10.0
TOLERANCE = 4.0


def edit(name, value):
    """Replaces one field of a sound request; None removes it."""
    def spoil(head, fields, body):
        fields = [f for f in fields if not f.lower().startswith(name.lower().encode() + b":")]
        if value is not None:
            fields.append(name.encode() + b": " + value)
        return head, fields, body
    return spoil


def add(*lines):
    return lambda head, fields, body: (head, fields + list(lines), body)


def line(request_line):
    return lambda head, fields, body: (request_line, fields, body)


def chunked(body):
    return f"{len(body):x}".encode() + b"\r\n" + body + b"\r\n0\r\n\r\n"


def transfer(*values, keep_length=False):
    def spoil(head, fields, body):
        if not keep_length:
            head, fields, body = edit("Content-Length", None)(head, fields, chunked(body))
        return head, fields + [b"Transfer-Encoding: " + v for v in values], body
    return spoil


POST = b"POST /v1/alerts HTTP/1.1"
CASES = [
    ("chunked", transfer(b"chunked"), {501}),
    ("chunked in odd case", transfer(b"cHuNkEd"), {501}),
    ("gzip", transfer(b"gzip"), {501}),
    ("identity", transfer(b"identity"), {501}),
    ("gzip, chunked", transfer(b"gzip, chunked"), {501}),
    ("chunked, gzip", transfer(b"chunked, gzip"), {501}),
    ("two transfer encodings", transfer(b"chunked", b"identity"), {501}),
    ("empty transfer encoding", transfer(b""), {400, 501}),
    ("quoted transfer encoding", transfer(b'"chunked"'), {501}),
    ("transfer encoding and length", transfer(b"chunked", keep_length=True), {501}),
    ("vertical tab before chunked", transfer(b"\x0bchunked"), {400, 501}),
    ("blank before the colon", add(b"Transfer-Encoding : chunked"), {400, 501}),
    ("transfer encoding by folding", add(b"X: y", b" Transfer-Encoding: chunked"), {400}),
    ("length twice alike", lambda h, f, b: (h, f + [b"Content-Length: %d" % len(b)], b), {400}),
    ("length twice unlike", add(b"Content-Length: 3"), {400}),
    ("length listed", lambda h, f, b: edit(
        "Content-Length", b"%d, %d" % (len(b), len(b)))(h, f, b), {400}),
    ("length with plus", edit("Content-Length", b"+5"), {400}),
    ("length negative", edit("Content-Length", b"-1"), {400}),
    ("length hexadecimal", edit("Content-Length", b"0x10"), {400}),
    ("length exponent", edit("Content-Length", b"1e3"), {400}),
    ("length fraction", edit("Content-Length", b"12.0"), {400}),
    ("length with blank inside", edit("Content-Length", b"1 2"), {400}),
    ("length empty", edit("Content-Length", b""), {400, 411}),
    ("length beyond 64 bits", edit("Content-Length", b"18446744073709551621"), {400, 413}),
    ("length wide digits", edit("Content-Length", "５".encode()), {400}),
    ("length with blank before colon", lambda h, f, b: edit("Content-Length", None)(
        h, f + [b"Content-Length : 5"], b), {400, 411}),
    ("no length", edit("Content-Length", None), {400, 411}),
    ("length too large", edit("Content-Length", b"2097153"), {413}),
    ("no host", edit("Host", None), {400}),
    ("host twice", add(b"Host: localhost"), {400}),
    ("host empty", edit("Host", b""), {400, 421}),
    ("host of another", edit("Host", b"evil.example"), {421}),
    ("host with user", edit("Host", b"localhost@evil.example"), {400, 421}),
    ("host with path", edit("Host", b"localhost/x"), {400, 421}),
    ("host listed", edit("Host", b"localhost, evil.example"), {400, 421}),
    ("host with odd port", edit("Host", b"localhost:8443x"), {400, 421}),
    ("version 1.0", line(b"POST /v1/alerts HTTP/1.0"), {505}),
    ("version 1.2", line(b"POST /v1/alerts HTTP/1.2"), {400, 505}),
    ("version 2.0", line(b"POST /v1/alerts HTTP/2.0"), {400, 505}),
    ("version 0.9", line(b"POST /v1/alerts"), {400, 505}),
    ("version in small letters", line(b"POST /v1/alerts http/1.1"), {400, 505}),
    ("version with tail", line(b"POST /v1/alerts HTTP/1.1x"), {400, 505}),
    ("version of another protocol", line(b"POST /v1/alerts ICAP/1.0"), {400, 505}),
    ("two blanks in the line", line(b"POST  /v1/alerts HTTP/1.1"), {400}),
    ("tab in the line", line(b"POST\t/v1/alerts HTTP/1.1"), {400}),
    ("blank in the target", line(b"POST /v1/ alerts HTTP/1.1"), {400, 505}),
    ("target without slash", line(b"POST v1/alerts HTTP/1.1"), {400}),
    ("target with a control", line(b"POST /v1/\x01alerts HTTP/1.1"), {400}),
    ("target with a broken escape", line(b"POST /v1/alerts%zz HTTP/1.1"), {400}),
    ("target with an escaped NUL", line(b"POST /v1/alerts%00 HTTP/1.1"), {400, 404}),
    ("target of another host", line(b"POST http://evil.example/v1/alerts HTTP/1.1"), {400, 421}),
    ("target too long", line(b"POST /" + b"a" * 9000 + b" HTTP/1.1"), {414, 431}),
    ("authority form", line(b"CONNECT evil.example:443 HTTP/1.1"), {400, 405, 501}),
    ("method with a symbol", line(b"P@ST /v1/alerts HTTP/1.1"), {400, 405, 501}),
    ("method in small letters", line(b"post /v1/alerts HTTP/1.1"), {400, 405, 501}),
    ("blank before the method", line(b" " + POST), {400}),
    ("blank in a field name", add(b"X Y: z"), {400}),
    ("empty field name", add(b": z"), {400}),
    ("field without colon", add(b"Nothing"), {400}),
    ("NUL in a value", add(b"X: a\0b"), {400}),
    ("bare CR in a value", add(b"X: a\rTransfer-Encoding: chunked"), {400}),
    ("bare LF between fields", add(b"X: a\nTransfer-Encoding: chunked"), {400, 501}),
    ("folded value", add(b"X: a", b"\tb"), {400}),
    ("letter beyond ASCII in a name", add("Längd: 5".encode()), {400}),
    ("65 fields", add(*(b"X%d: y" % n for n in range(65))), {431}),
    ("header over 8 KiB", add(b"X: " + b"y" * 9000), {431}),
    ("expectation nobody knows", add(b"Expect: the-unexpected"), {417}),
]


class FramingTest(HostileTest):
    def request(self, spoil=None):
        """A sound request, spoilt; its alert must never be seen unless it is answered 201."""
        order = self.hostile.order()
        body = cap.document(order)
        fields = [b"Host: " + self.hostile.door.authority.encode(),
                  b"Authorization: Bearer " + self.hostile.city_token.encode(),
                  b"Content-Type: application/cap+xml", b"Content-Length: %d" % len(body)]
        head, fields, body = (spoil or (lambda *parts: parts))(POST, fields, body)
        return order, b"\r\n".join([head, *fields]) + b"\r\n\r\n" + body

    def exchange(self, data, seconds=SECONDS_MAX):
        """All that comes back until the hub closes; fails when it does not close in time."""
        received, deadline = b"", time.monotonic() + seconds
        with self.hostile.door.connect(5) as connection:
            try:
                connection.sendall(data)
            except OSError:
                pass  # closed while we were still sending: the answer may be there all the same
            while True:
                connection.settimeout(max(0.001, deadline - time.monotonic()))
                try:
                    part = connection.recv(65536)
                except TimeoutError:
                    self.fail(f"not closed after {seconds} s; it had said {received[:300]!r}")
                except OSError:
                    return received
                if not part:
                    return received
                received += part

    def answers(self, received):
        """Splits what came back into answers by their Content-Length."""
        found = []
        while received:
            head, separator, rest = received.partition(b"\r\n\r\n")
            self.assertTrue(separator, f"half an answer: {received[:300]!r}")
            lines = head.decode("latin-1").split("\r\n")
            fields = {n.strip().lower(): v.strip()
                      for n, _, v in (text.partition(":") for text in lines[1:])}
            length = int(fields.get("content-length", "0"))
            self.assertGreaterEqual(len(rest), length, f"cut short: {received[:300]!r}")
            found.append(Answer(int(lines[0].split(" ")[1]), fields, rest[:length]))
            received = rest[length:]
        return found

    def test_a_sound_request_is_accepted(self):
        order, data = self.request(add(b"Connection: close"))
        answer, = self.answers(self.exchange(data))
        self.assertEqual(answer.status, 201, answer.body)
        self.hostile.accepted[answer.json()["sequence"]] = cap.document(order)

    def test_each_doubtful_framing_is_refused_and_closed(self):
        for name, spoil, statuses in CASES:
            with self.subTest(name):
                order, data = self.request(spoil)
                self.hostile.refused.append(order.identifier)
                answers = self.answers(self.exchange(data))
                self.assertEqual(len(answers), 1, "one request, one answer")
                self.assertIn(answers[0].status, statuses, answers[0].body[:300])
                self.assert_problem(answers[0], answers[0].status)
                self.assertEqual(answers[0].fields.get("connection", "").lower(), "close")

    def test_a_request_behind_a_mutating_one_is_not_taken(self):
        first, data = self.request()
        second, behind = self.request()
        answers = self.answers(self.exchange(data + behind))
        taken = [a for a in answers if a.status == 201]
        self.assertLessEqual(len(taken), 1, "the pipelined request was taken")
        if taken:
            self.assertEqual(taken, answers[:1])
            self.hostile.accepted[taken[0].json()["sequence"]] = cap.document(first)
        else:
            self.hostile.refused.append(first.identifier)
        self.hostile.refused.append(second.identifier)

    def test_bytes_behind_a_short_length_are_not_a_request(self):
        order, data = self.request(edit("Content-Length", b"5"))
        self.hostile.refused.append(order.identifier)
        answers = self.answers(self.exchange(data))
        self.assertEqual({a.status for a in answers}, {400})

    def test_what_is_not_http_is_refused(self):
        for name, data in [("noise", bytes(range(256)) * 8), ("blank lines", b"\r\n" * 5000),
                           ("TLS inside", bytes([22, 3, 1, 2, 0, 1]) * 100),
                           ("HTTP/2 preface", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")]:
            with self.subTest(name):
                for answer in self.answers(self.exchange(data)):
                    self.assertIn(answer.status, (400, 414, 431, 505))

    def test_a_header_that_never_ends_is_cut_off_in_time(self):
        _, data = self.request()
        begun = time.monotonic()
        self.exchange(data[:60], HEADER_SECONDS_MAX + TOLERANCE)
        self.assertGreater(time.monotonic() - begun, HEADER_SECONDS_MAX - TOLERANCE)

    def test_a_body_that_never_ends_is_cut_off_in_time(self):
        order, data = self.request()
        self.hostile.refused.append(order.identifier)
        begun = time.monotonic()
        self.exchange(data[:-10], BODY_SECONDS_MAX + TOLERANCE)
        self.assertGreater(time.monotonic() - begun, BODY_SECONDS_MAX - TOLERANCE)

    def test_a_peer_that_leaves_in_the_body_leaves_nothing(self):
        order, data = self.request()
        self.hostile.refused.append(order.identifier)
        with self.hostile.door.connect(5) as connection:
            connection.sendall(data[:-10])
