"""HTTP that two parties could read differently: each refused with its status, and the connection
closed, so that nothing behind it is ever taken for a request. The cases are tables in framing/."""

import re

from . import cap, framing
from .api import Answer
from .exchange import everything_from
from .framing.request import Request, edit
from .hostile_hub import HostileTest


class FramingTest(HostileTest):
    def sound(self, method="POST"):
        """A sound request of either method, and its alert if it has one."""
        fields = (b"Host: " + self.hostile.door.authority.encode(),
                  b"Authorization: Bearer " + self.hostile.city_token.encode())
        if method == "GET":
            return None, Request(b"GET /v1/alerts HTTP/1.1", fields)
        order = self.hostile.order()
        body = cap.document(order)
        fields += (b"Content-Type: application/cap+xml", b"Content-Length: %d" % len(body))
        return order, Request(b"POST /v1/alerts HTTP/1.1", fields, body)

    def spoilt(self, spoil, method):
        """The bytes; their alert must never be seen."""
        order, request = self.sound(method)
        if order is not None:
            self.hostile.refused.append(order.identifier)
        spoilt = spoil(request)
        return spoilt if isinstance(spoilt, bytes) else spoilt.encoded()

    def smuggled(self):
        """Sound by itself; behind a refused request it must never be seen."""
        order, request = self.sound()
        self.hostile.refused.append(order.identifier)
        return request.encoded()

    def exchange(self, data):
        return everything_from(self, self.hostile.door, data)

    def answers(self, received, bodies=True):
        """Splits what came back into answers by their Content-Length."""
        found = []
        while received:
            head, separator, rest = received.partition(b"\r\n\r\n")
            self.assertTrue(separator, f"half an answer: {received[:300]!r}")
            lines = head.decode("latin-1").split("\r\n")
            fields = {n.strip().lower(): v.strip()
                      for n, _, v in (text.partition(":") for text in lines[1:])}
            length = int(fields.get("content-length", "0")) if bodies else 0
            self.assertGreaterEqual(len(rest), length, f"cut short: {received[:300]!r}")
            found.append(Answer(int(lines[0].split(" ")[1]), fields, rest[:length]))
            received = rest[length:]
        return found

    def assert_refused(self, received, status):
        answers = self.answers(received)
        self.assertEqual([a.status for a in answers], [status], received[:400])
        self.assert_problem(answers[0], status)
        self.assertEqual(answers[0].fields.get("connection", "").lower(), "close")

    def test_what_is_unusual_and_sound_is_accepted(self):
        for case in framing.SOUND:
            with self.subTest(case.name):
                order, request = self.sound()
                data = case.spoil(request.adding(b"Connection: close")).encoded()
                answers = [a for a in self.answers(self.exchange(data)) if a.status != 100]
                self.assertEqual([a.status for a in answers], [case.status], answers)
                self.hostile.accepted[answers[0].json()["sequence"]] = cap.document(order)

    def refuse_each_of(self, family):
        with self.hostile.city() as healthy:
            for case in framing.FAMILIES[family]:
                for method in case.bases:
                    with self.subTest(case.name, of=method):
                        self.assert_refused(self.exchange(self.spoilt(case.spoil, method)),
                                            case.status)
                method = case.bases[-1]
                with self.subTest(case.name, of=method, with_another="behind"):
                    data = self.spoilt(case.spoil, method) + self.smuggled()
                    self.assert_refused(self.exchange(data), case.status)
                self.assertEqual(healthy.request("GET", "/v1/alerts?limit=1").status, 200)

    def test_a_request_behind_a_mutating_one_is_not_taken(self):
        order, request = self.sound()
        answers = self.answers(self.exchange(request.encoded() + self.smuggled()))
        taken = [a for a in answers if a.status == 201]
        self.assertLessEqual(len(taken), 1, "the pipelined request was taken")
        if taken:
            self.assertEqual(taken, answers[:1])
            self.hostile.accepted[taken[0].json()["sequence"]] = cap.document(order)
        else:
            self.hostile.refused.append(order.identifier)

    def test_bytes_behind_a_short_length_are_not_a_request(self):
        for length in (0, 1, 5):
            with self.subTest(length):
                spoil = edit("Content-Length", b"%d" % length)
                data = self.spoilt(spoil, "POST") + self.smuggled()
                self.assert_refused(self.exchange(data), 400)

    def test_a_request_hidden_in_a_body_is_a_body(self):
        _, request = self.sound()
        hidden = self.smuggled()
        spoilt = edit("Content-Length", b"%d" % len(hidden))(request)
        data = Request(spoilt.line, spoilt.fields + (b"Connection: close",), hidden).encoded()
        self.assertEqual([a.status for a in self.answers(self.exchange(data))], [400])

    def test_head_is_refused_without_a_body(self):
        data = self.spoilt(lambda request: Request(
            b"HEAD /v1/alerts HTTP/1.1", request.fields), "GET")
        received = self.exchange(data + self.smuggled())
        self.assertEqual([a.status for a in self.answers(received, bodies=False)], [405])
        self.assertTrue(received.endswith(b"\r\n\r\n"), "a body behind the answer to HEAD")

    def test_each_wish_to_close_is_heard(self):
        for lines in [(b"Connection: close",), (b"connection: keep-alive, Close",),
                      (b"Connection: keep-alive", b"Connection: close")]:
            with self.subTest(lines):
                _, request = self.sound("GET")
                answers = self.answers(self.exchange(request.adding(*lines).encoded()))
                self.assertEqual([a.status for a in answers], [200])

    def test_what_only_looks_like_a_wish_to_close_is_none(self):
        _, request = self.sound("GET")
        data = request.adding(b"Connection: not-close").encoded()
        data += request.adding(b"Connection: close").encoded()
        self.assertEqual([a.status for a in self.answers(self.exchange(data))], [200, 200])

    def test_nothing_behind_a_refused_upgrade_is_a_request(self):
        _, request = self.sound("GET")
        data = request.adding(b"Connection: Upgrade", b"Upgrade: websocket").encoded()
        answers = self.answers(self.exchange(data + self.smuggled()))
        self.assertEqual(len(answers), 1, answers)

    def test_what_is_not_http_is_refused(self):
        for name, data in [("noise", bytes(range(256)) * 8), ("blank lines", b"\r\n" * 5000),
                           ("TLS inside", bytes([22, 3, 1, 2, 0, 1]) * 100),
                           ("a WebSocket at once", b"\x82\x85" + bytes(9) * 20),
                           ("a frame of HTTP/2", b"\0\0\x12\x04\0\0\0\0\0" + bytes(18)),
                           ("HTTP/2 preface", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")]:
            with self.subTest(name):
                status = 505 if b"2.0" in data else 400
                self.assert_refused(self.exchange(data), status)


def _add_families():
    for family in framing.FAMILIES:
        def test(self, family=family):
            self.refuse_each_of(family)
        setattr(FramingTest, f"test_each_doubtful_{re.sub('[^a-z]', '_', family)}_is_refused", test)


_add_families()
