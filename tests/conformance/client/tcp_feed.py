"""A reader of the TCP feed: CAP documents back to back, told apart by parsing."""

import dataclasses
import time
import xml.parsers.expat

CAP = "urn:oasis:names:tc:emergency:cap:1.2 "


@dataclasses.dataclass(frozen=True)
class Document:
    bytes: bytes
    status: str
    sender: str
    identifier: str
    sent: str
    references: tuple

    @property
    def reference(self):
        return f"{self.sender},{self.identifier},{self.sent}"


class Ended(Exception):
    """The hub has closed the connection."""


class Splitter:
    """Documents out of a stream of bytes. White space between two is no part of either."""

    def __init__(self):
        self._begin()
        self._kept = b""

    def _begin(self):
        self._parser = xml.parsers.expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._depth, self._length, self._fed = 0, None, 0
        self._values, self._name = {}, None

    def _start(self, name, _):
        self._depth += 1
        self._name = name if self._depth == 2 else None

    def _text(self, text):
        if self._depth == 2 and self._name:
            self._values[self._name] = self._values.get(self._name, "") + text

    def _end(self, name):
        self._depth -= 1
        if self._depth == 0:
            # Where the end tag begins; it has no attributes, so it ends with the next '>'.
            self._length = self._parser.CurrentByteIndex

    def feed(self, data):
        """The documents that are whole now."""
        self._kept += data
        documents = []
        while (document := self._next()) is not None:
            documents.append(document)
        return documents

    def _next(self):
        if self._fed == 0:
            self._kept = self._kept.lstrip()
        while self._length is None and self._fed < len(self._kept):
            # Byte by byte where a document may end: nothing of the next one is shown to the parser.
            end = self._kept.find(b">", self._fed)
            end = len(self._kept) if end < 0 else end + 1
            self._parser.Parse(self._kept[self._fed:end], False)
            self._fed = end
        if self._length is None:
            return None
        whole, self._kept = self._kept[:self._fed], self._kept[self._fed:]
        values = {name.removeprefix(CAP): value for name, value in self._values.items()}
        self._begin()
        return Document(whole, values["status"], values["sender"], values["identifier"],
                        values["sent"], tuple(values.get("references", "").split()))


class TcpFeed:
    """One connection."""

    def __init__(self, connection):
        self.connection = connection
        self._splitter, self._documents = Splitter(), []

    @classmethod
    def open(cls, door, timeout=10.0):
        return cls(door.connect(timeout))

    def next(self, timeout):
        """The next document, heartbeat or not."""
        deadline = time.monotonic() + timeout
        while not self._documents:
            self.connection.settimeout(max(0.001, deadline - time.monotonic()))
            try:
                data = self.connection.recv(65536)
            except TimeoutError:
                raise TimeoutError("no document in time") from None
            except OSError as error:
                raise Ended(str(error)) from error
            if not data:
                raise Ended()
            self._documents += self._splitter.feed(data)
        return self._documents.pop(0)

    def next_alert(self, timeout):
        deadline = time.monotonic() + timeout
        while True:
            document = self.next(max(0.001, deadline - time.monotonic()))
            if document.status != "System":
                return document

    def next_heartbeat(self, timeout):
        deadline = time.monotonic() + timeout
        while True:
            document = self.next(max(0.001, deadline - time.monotonic()))
            if document.status == "System":
                return document

    def close(self):
        self.connection.close()
