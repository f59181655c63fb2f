"""RFC 6455 from the client's side: the opening handshake and frames, over a connected socket."""

import base64
import dataclasses
import hashlib
import os
import struct
import time

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0, 1, 2, 8, 9, 10
_ACCEPT_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455 section 1.3
MESSAGE_BYTES_MAX = 16 * 1024 * 1024
SEND_SECONDS_MAX = 10.0


class ProtocolViolation(Exception):
    """The server broke RFC 6455."""


class Closed(Exception):
    """The connection ended. `code` is that of the close frame, None when there was none."""

    def __init__(self, code=None, reason=""):
        super().__init__(f"closed, code {code} {reason}".rstrip())
        self.code = code
        self.reason = reason


class UpgradeRefused(Exception):
    """The server answered the upgrade with a status other than 101."""

    def __init__(self, status, fields, body):
        super().__init__(f"upgrade answered {status}: {body[:200]!r}")
        self.status = status
        self.fields = fields
        self.body = body


@dataclasses.dataclass(frozen=True)
class Message:
    opcode: int
    payload: bytes


def masked(payload, key):
    """XOR with the repeated key, as one big integer: section 5.3."""
    if not payload:
        return b""
    repeated = (key * (len(payload) // 4 + 1))[:len(payload)]
    mixed = int.from_bytes(payload, "big") ^ int.from_bytes(repeated, "big")
    return mixed.to_bytes(len(payload), "big")


def frame(opcode, payload, final=True, mask=None, reserved=0):
    """One frame; `mask` None gives an unmasked one, which a client must never send."""
    head = bytearray([(0x80 if final else 0) | (reserved << 4) | opcode])
    marked = 0 if mask is None else 0x80
    if len(payload) < 126:
        head.append(marked | len(payload))
    elif len(payload) < 65536:
        head.append(marked | 126)
        head += struct.pack("!H", len(payload))
    else:
        head.append(marked | 127)
        head += struct.pack("!Q", len(payload))
    if mask is None:
        return bytes(head) + payload
    return bytes(head) + mask + masked(payload, mask)


class WebSocket:
    """A connection after the upgrade. One thread uses it."""

    def __init__(self, connection, early=b""):
        self._connection = connection
        self._buffer = bytearray(early)
        self._fragments = []

    @classmethod
    def upgrade(cls, connection, authority, target, subprotocol, fields=()):
        """Sends the opening handshake and checks the answer, sections 4.1 and 4.2.2."""
        key = base64.b64encode(os.urandom(16)).decode()
        lines = [f"GET {target} HTTP/1.1", f"Host: {authority}", "Upgrade: websocket",
                 "Connection: Upgrade", f"Sec-WebSocket-Key: {key}", "Sec-WebSocket-Version: 13",
                 f"Sec-WebSocket-Protocol: {subprotocol}"]
        lines += [f"{name}: {value}" for name, value in fields]
        connection.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        status, answer, early = read_head(connection)
        if status != 101:
            raise UpgradeRefused(status, answer, _rest_of_body(connection, answer, early))
        expected = base64.b64encode(hashlib.sha1((key + _ACCEPT_SUFFIX).encode()).digest()).decode()
        if answer.get("sec-websocket-accept") != expected:
            raise ProtocolViolation("Sec-WebSocket-Accept does not match the key")
        if answer.get("sec-websocket-protocol") != subprotocol:
            raise ProtocolViolation(f"subprotocol {answer.get('sec-websocket-protocol')!r}")
        if "sec-websocket-extensions" in answer:
            raise ProtocolViolation("an extension nobody offered")
        return cls(connection, early)

    def send(self, opcode, payload):
        self.send_raw(frame(opcode, payload, mask=os.urandom(4)))

    def send_raw(self, data):
        self._connection.settimeout(SEND_SECONDS_MAX)
        try:
            self._connection.sendall(data)
        except OSError as error:
            raise Closed(None, f"while sending: {error}") from error

    def close(self):
        self._connection.close()

    def receive(self, timeout):
        """The next text or binary message. Pings are answered on the way. Raises TimeoutError
        after `timeout` seconds without one, and may then be called again; Closed at the end."""
        deadline = time.monotonic() + timeout
        while True:
            final, kind, payload = self._frame(deadline)
            if kind == PING:
                self.send(PONG, payload)
            elif kind == CLOSE:
                code = struct.unpack("!H", payload[:2])[0] if len(payload) >= 2 else None
                raise Closed(code, payload[2:].decode("utf-8", "replace"))
            elif kind != PONG:
                if (kind == CONTINUATION) != bool(self._fragments):
                    raise ProtocolViolation("fragments out of order")
                self._fragments.append((kind, payload))
                if final:
                    whole = Message(self._fragments[0][0], b"".join(p for _, p in self._fragments))
                    self._fragments = []
                    return whole

    def receive_frame(self, timeout):
        """The next frame of any kind as (final, opcode, payload); nothing is answered."""
        return self._frame(time.monotonic() + timeout)

    def _frame(self, deadline):
        """Takes a frame off the buffer only when all of it is there."""
        self._fill(2, deadline)
        first, second = self._buffer[0], self._buffer[1]
        if first & 0x70:
            raise ProtocolViolation("a reserved bit is set")
        if second & 0x80:
            raise ProtocolViolation("a server frame is masked")
        begin, length = 2, second & 0x7F
        if length >= 126:
            begin = 4 if length == 126 else 10
            self._fill(begin, deadline)
            length = int.from_bytes(self._buffer[2:begin], "big")
        if length > MESSAGE_BYTES_MAX:
            raise ProtocolViolation(f"a frame of {length} bytes")
        self._fill(begin + length, deadline)
        payload = bytes(self._buffer[begin:begin + length])
        del self._buffer[:begin + length]
        return bool(first & 0x80), first & 0x0F, payload

    def _fill(self, count, deadline):
        while len(self._buffer) < count:
            remaining = deadline - time.monotonic()
            if remaining <= 0:
                raise TimeoutError("no frame in time")
            self._connection.settimeout(remaining)
            try:
                received = self._connection.recv(65536)
            except TimeoutError:
                raise
            except OSError as error:  # also what ssl makes of a connection cut short
                raise Closed(None, str(error)) from error
            if not received:
                raise Closed(None, "end of stream")
            self._buffer += received


def read_head(connection):
    """Status, fields by lower-case name, and what came behind the head."""
    received = b""
    while b"\r\n\r\n" not in received:
        part = connection.recv(65536)
        if not part:
            raise Closed(None, "end of stream before a response")
        received += part
        if len(received) > 65536:
            raise ProtocolViolation("an endless response head")
    head, rest = received.split(b"\r\n\r\n", 1)
    lines = head.decode("latin-1").split("\r\n")
    fields = {}
    for line in lines[1:]:
        name, _, value = line.partition(":")
        fields[name.strip().lower()] = value.strip()
    return int(lines[0].split(" ")[1]), fields, rest


def _rest_of_body(connection, fields, body):
    wanted = int(fields.get("content-length", "0"))
    while len(body) < wanted:
        part = connection.recv(65536)
        if not part:
            break
        body += part
    return body
