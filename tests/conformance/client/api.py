"""HTTP requests of a publisher or reader, one connection kept open between them."""

import dataclasses
import http.client
import json

CAP = "application/cap+xml"


@dataclasses.dataclass(frozen=True)
class Answer:
    status: int
    fields: dict  # by lower-case name
    body: bytes

    @property
    def media_type(self):
        return self.fields.get("content-type", "").split(";")[0].strip().lower()

    def json(self):
        return json.loads(self.body)

    @property
    def code(self):
        """Of a problem document, else None."""
        if self.media_type != "application/problem+json":
            return None
        return self.json().get("code")


class Unreachable(Exception):
    """No connection could be made: the hub has seen nothing of the request."""


class Broken(Exception):
    """The connection broke after the request was begun: what became of it is unknown."""


class Api:
    """Belongs to one thread."""

    def __init__(self, door, token, timeout=10.0):
        self._door = door
        self._token = token
        self._timeout = timeout
        self._connection = None

    def connect(self):
        """Makes sure of a connection before a request is begun, so that a hub that is down is
        told apart from one that broke off."""
        if self._connection is not None and self._connection.sock is not None:
            return
        self.close()
        connection = http.client.HTTPSConnection(
            self._door.host, self._door.port, timeout=self._timeout, context=self._door.context())
        try:
            connection.connect()
        except OSError as error:
            connection.close()
            raise Unreachable(str(error)) from error
        self._connection = connection

    def publish(self, document, media_type=CAP, fields=None, below="/v1"):
        return self.request("POST", f"{below}/alerts", document,
                            {"Content-Type": media_type, **(fields or {})})

    def accepted_bytes(self, sequence):
        return self.request("GET", f"/v1/alerts/{sequence}", None, {"Accept": CAP})

    def request(self, method, target, body=None, fields=None):
        self.connect()
        sent = {"Connection": "keep-alive", **(fields or {})}
        if self._token is not None:
            sent["Authorization"] = f"Bearer {self._token}"
        try:
            self._connection.request(method, target, body=body, headers=sent)
            response = self._connection.getresponse()
            answer = Answer(response.status,
                            {name.lower(): value for name, value in response.getheaders()},
                            response.read())
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise Broken(f"{type(error).__name__}: {error}") from error
        if response.will_close:
            self.close()
        return answer

    def close(self):
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
