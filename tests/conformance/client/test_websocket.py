"""RFC 6455 against the hub: every case of the tables in rfc6455/ over its own TLS connection, with
raw frames, and the close code asserted on the wire."""

import base64
import hashlib
import json
import struct

from . import rfc6455, websocket
from .exchange import everything_from
from .hostile_hub import HostileTest
from .json_stream import JsonStream
from .messages import ServerMessage
from .rfc6455.case import Closes, Pongs, Welcomes, frame
from .stream import Stream

ANSWER_SECONDS_MAX = 10.0
ACCEPT_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


def kind_of(opcode, payload):
    """Which message the hub sent."""
    if opcode == websocket.TEXT:
        return next(iter(json.loads(payload)))
    return ServerMessage.FromString(payload).WhichOneof("message")


class WebSocketTest(HostileTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.token = None

    def setUp(self):
        super().setUp()
        if type(self).token is None:
            type(self).token = self.hostile.peer_token()

    def frames_until(self, stream, enough):
        """All frames up to the one that is enough; TimeoutError says that it never came."""
        found = []
        while not found or not enough(found):
            final, opcode, payload = stream.socket.receive_frame(ANSWER_SECONDS_MAX)
            self.assertTrue(final, "the hub sends whole messages")
            found.append((opcode, payload))
        return found

    def assert_closed_behind(self, stream):
        with self.assertRaises(websocket.Closed) as closed:
            stream.socket.receive_frame(ANSWER_SECONDS_MAX)
        self.assertIsNone(closed.exception.code)

    def assert_closes(self, stream, code):
        found = self.frames_until(stream, lambda frames: frames[-1][0] == websocket.CLOSE)
        payload = found[-1][1]
        got = struct.unpack("!H", payload[:2])[0] if payload else None
        self.assertEqual(got, code)
        payload[2:].decode("utf-8")
        self.assertLessEqual(len(payload), 125)
        self.assert_closed_behind(stream)

    def leave(self, stream):
        stream.socket.send_raw(frame(websocket.CLOSE, struct.pack("!H", 1000)))
        self.assert_closes(stream, 1000)

    def assert_answered(self, stream, pongs, welcomed):
        def pongs_of(frames):
            return tuple(payload for opcode, payload in frames if opcode == websocket.PONG)

        def messages_of(frames):
            return [kind_of(opcode, payload) for opcode, payload in frames
                    if opcode in (websocket.BINARY, websocket.TEXT)]

        found = self.frames_until(stream, lambda frames: frames[-1][0] == websocket.CLOSE or (
            len(pongs_of(frames)) >= len(pongs) and (not welcomed or messages_of(frames))))
        self.assertNotIn(websocket.CLOSE, [opcode for opcode, _ in found], found[-1])
        self.assertEqual(pongs_of(found), pongs)
        self.assertEqual(messages_of(found)[:1], ["welcome"] if welcomed else [])
        self.leave(stream)

    def run_case(self, case, speaking=Stream):
        with speaking.open(self.hostile.door, self.token) as stream:
            try:
                for part in case.sent:
                    stream.socket.send_raw(part)
            except websocket.Closed:
                pass  # the hub has had enough; what it said is there
            match case.answer:
                case Closes(code):
                    self.assert_closes(stream, code)
                case Welcomes(pongs):
                    self.assert_answered(stream, pongs, True)
                case Pongs(payloads):
                    self.assert_answered(stream, payloads, False)

    def run_family(self, family):
        for case in rfc6455.FAMILIES[family]:
            with self.subTest(case.name, section=case.section):
                self.run_case(case)

    def test_json(self):
        for case in rfc6455.JSON:
            with self.subTest(case.name, section=case.section):
                self.run_case(case, JsonStream)

    def handshake(self, case):
        authority = self.hostile.door.authority
        fields = {"Host": authority, "Upgrade": "websocket", "Connection": "Upgrade",
                  "Sec-WebSocket-Key": rfc6455.handshake.KEY, "Sec-WebSocket-Version": "13",
                  "Sec-WebSocket-Protocol": rfc6455.handshake.OURS,
                  "Authorization": f"Bearer {self.token}", **case.changed}
        lines = [case.line]
        for name, values in fields.items():
            for value in () if values is None else (values,) if isinstance(values, str) else values:
                lines.append(f"{name}: {value.replace('{authority}', authority)}")
        key = fields["Sec-WebSocket-Key"]
        return key, "\r\n".join([*lines, "", ""]).encode() + case.body

    def test_each_handshake_is_answered_as_the_standard_says(self):
        for case in rfc6455.HANDSHAKES:
            with self.subTest(case.name, section=case.section):
                key, data = self.handshake(case)
                # Behind 101 it ends the stream, behind a refusal nothing may take it for anything.
                data += frame(websocket.CLOSE, struct.pack("!H", 1000))
                received = everything_from(self, self.hostile.door, data)
                head, _, rest = received.partition(b"\r\n\r\n")
                lines = head.decode("latin-1").split("\r\n")
                self.assertEqual(int(lines[0].split(" ")[1]), case.status, head + rest)
                fields = {name.lower(): value.strip() for name, _, value in
                          (line.partition(":") for line in lines[1:])}
                if case.status == 101:
                    self.assert_switched(fields, key, rest)
                else:
                    self.assert_not_switched(fields, case.status, rest)

    def assert_switched(self, fields, key, rest):
        digest = hashlib.sha1((key + ACCEPT_SUFFIX).encode()).digest()
        self.assertEqual(fields["sec-websocket-accept"], base64.b64encode(digest).decode())
        self.assertEqual(fields["sec-websocket-protocol"], rfc6455.handshake.OURS)
        self.assertEqual(fields["upgrade"].lower(), "websocket")
        self.assertEqual(fields["connection"].lower(), "upgrade")
        self.assertNotIn("sec-websocket-extensions", fields)
        self.assertEqual(rest, b"\x88\x02\x03\xe8", "the close alone is answered")

    def assert_not_switched(self, fields, status, rest):
        self.assertEqual(fields["content-type"].split(";")[0], "application/problem+json")
        self.assertEqual(fields["connection"].lower(), "close")
        self.assertEqual(len(rest), int(fields["content-length"]), "more than one answer")
        self.assertNotIn("sec-websocket-accept", fields)
        if status == 426:
            self.assertEqual(fields["sec-websocket-version"], "13")


def _add_families():
    for family in rfc6455.FAMILIES:
        def test(self, family=family):
            self.run_family(family)
        setattr(WebSocketTest, f"test_{family}", test)


_add_families()
