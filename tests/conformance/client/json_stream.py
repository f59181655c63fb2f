"""A subscriber's end of GET /v1/stream, subprotocol noroshi.v1.json."""

import json

from google.protobuf import json_format

from . import websocket
from .messages import ServerMessage
from .stream import Stream


def _once(members):
    """An object as a dict; a member twice is an error."""
    names = [name for name, _ in members]
    if len(set(names)) != len(names):
        raise websocket.ProtocolViolation(f"a member twice: {names}")
    return dict(members)


class JsonStream(Stream):
    """As Stream; `last` is the text of the message received last."""

    SUBPROTOCOL = "noroshi.v1.json"
    last = b""

    def send(self, message):
        text = json_format.MessageToJson(message, indent=None)
        self.socket.send(websocket.TEXT, text.encode())

    def receive(self, timeout):
        """Strictly the JSON of a ServerMessage: what is no field of it is a violation."""
        received = self.socket.receive(timeout)
        if received.opcode != websocket.TEXT:
            raise websocket.ProtocolViolation("a binary message on a text subprotocol")
        self.last = received.payload
        try:
            return json_format.ParseDict(self.last_json(), ServerMessage())
        except (ValueError, json_format.ParseError) as error:
            raise websocket.ProtocolViolation(f"{error}: {self.last[:200]!r}") from error

    def last_json(self):
        return json.loads(self.last.decode("utf-8"), object_pairs_hook=_once)
