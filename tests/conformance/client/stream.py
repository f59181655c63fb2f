"""A subscriber's end of GET /v1/stream, subprotocol noroshi.v1.protobuf; of the one in JSON see
json_stream.py."""

import time

from . import websocket
from .messages import ClientMessage, ServerMessage


class Stream:
    """One connection. Nothing is acknowledged or repeated by itself: the owner decides."""

    SUBPROTOCOL = "noroshi.v1.protobuf"

    def __init__(self, socket):
        self.socket = socket

    @classmethod
    def open(cls, door, token, timeout=10.0, target="/v1/stream"):
        """Raises OSError when nobody listens, websocket.UpgradeRefused on any other answer."""
        connection = door.connect(timeout)
        try:
            return cls(websocket.WebSocket.upgrade(
                connection, door.authority, target, cls.SUBPROTOCOL,
                [("Authorization", f"Bearer {token}")] if token else []))
        except BaseException:
            connection.close()
            raise

    def hello(self, epoch=None, resume_after=None, window=0):
        message = ClientMessage()
        message.hello.window = window
        if epoch is not None:
            message.hello.epoch = epoch
        if resume_after is not None:
            message.hello.resume_after = resume_after
        self.send(message)

    def ack(self, through):
        message = ClientMessage()
        message.ack.through = through
        self.send(message)

    def send(self, message):
        self.socket.send(websocket.BINARY, message.SerializeToString())

    def receive(self, timeout):
        """The next ServerMessage; TimeoutError, websocket.Closed or ProtocolViolation instead."""
        received = self.socket.receive(timeout)
        if received.opcode != websocket.BINARY:
            raise websocket.ProtocolViolation("a text message on a binary subprotocol")
        return ServerMessage.FromString(received.payload)

    def receive_kind(self, kind, timeout):
        """The next message of `kind`, skipping others; for tests of one exchange."""
        deadline = time.monotonic() + timeout
        while True:
            message = self.receive(max(0.001, deadline - time.monotonic()))
            if message.WhichOneof("message") == kind:
                return getattr(message, kind)

    def close(self):
        self.socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
