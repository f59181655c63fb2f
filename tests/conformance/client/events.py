"""A subscriber's end of GET /v1/events: server-sent events, read as WHATWG HTML 9.2.6 has it."""

import dataclasses
import json
import socket
import time



@dataclasses.dataclass(frozen=True)
class Event:
    name: str
    data: str
    last_id: str

    def message(self):
        """The ServerMessage in it: its kind and its members."""
        (kind, members), = json.loads(self.data).items()
        return kind, members


class Ended(Exception):
    """The hub has closed the connection."""


class Events:
    """One connection; `last_id` and `retry_ms` as a browser would keep them."""

    def __init__(self, connection, head):
        self.connection, self.head = connection, head
        self.last_id, self.retry_ms = "", None
        self._kept = b""
        self.comments = 0

    @classmethod
    def open(cls, door, token, last_id=None, target="/v1/events", timeout=10.0):
        """Raises Refused with the answer when that is no stream of events."""
        connection = door.connect(timeout)
        fields = [f"GET {target} HTTP/1.1", f"Host: {door.authority}", "Accept: text/event-stream"]
        if token:
            fields.append(f"Authorization: Bearer {token}")
        if last_id is not None:
            fields.append(f"Last-Event-ID: {last_id}")
        connection.sendall(("\r\n".join(fields) + "\r\n\r\n").encode())
        received = b""
        while b"\r\n\r\n" not in received:
            more = connection.recv(65536)
            if not more:
                raise Ended("before its header")
            received += more
        head, kept = received.split(b"\r\n\r\n", 1)
        events = cls(connection, head.decode())
        events._kept = kept
        return events

    @property
    def status(self):
        return int(self.head.split()[1])

    def _line(self, deadline):
        while b"\n" not in self._kept:
            self.connection.settimeout(max(0.001, deadline - time.monotonic()))
            try:
                more = self.connection.recv(65536)
            except (socket.timeout, TimeoutError):
                raise TimeoutError("no event in time") from None
            if not more:
                raise Ended()
            self._kept += more
        line, self._kept = self._kept.split(b"\n", 1)
        return line.decode("utf-8")

    def next(self, timeout):
        deadline = time.monotonic() + timeout
        name, data, identifier = "", [], self.last_id
        while True:
            line = self._line(deadline)
            if not line:
                self.last_id = identifier
                if data:
                    return Event(name or "message", "\n".join(data), identifier)
                name = ""
                continue
            field, _, value = line.partition(":")
            value = value.removeprefix(" ")
            if field == "":
                self.comments += 1
            elif field == "id":
                identifier = value
            elif field == "event":
                name = value
            elif field == "data":
                data.append(value)
            elif field == "retry":
                self.retry_ms = int(value)
            else:
                raise AssertionError(f"no such field: {line!r}")

    def next_named(self, name, timeout):
        deadline = time.monotonic() + timeout
        while True:
            event = self.next(max(0.001, deadline - time.monotonic()))
            if event.name == name:
                return event

    def close(self):
        self.connection.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
