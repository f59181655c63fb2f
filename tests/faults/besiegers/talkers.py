"""Subscribers that say too much: pings, acknowledgements, Hellos, frames that are none."""

import os
import ssl

import siege_plan
from client import websocket
from client.messages import ClientMessage

from .crowd import flood, secured
from .readers import RECEIVE_BUFFER, attached

BURST = 200


def _flood_frames(field, frames):
    """Sends the same burst on every stream for as long as it is taken; reads what comes on every
    other stream only."""
    connections = attached(field, field.tokens)
    field.begun()
    bursts = ended = 0
    rest = {connection: b"" for connection in connections}
    while not field.over() and rest:
        for number, connection in enumerate(list(rest)):
            try:
                if number % 2:
                    while connection.recv(65536):
                        pass
            except (ssl.SSLWantReadError, BlockingIOError):
                pass
            except OSError:
                del rest[connection]
                ended += 1
                continue
            data = rest[connection] or frames
            try:
                sent = connection.send(data)
                rest[connection] = data[sent:]
                bursts += 1
            except (ssl.SSLWantWriteError, ssl.SSLWantReadError, BlockingIOError):
                rest[connection] = data
            except OSError:
                del rest[connection]
                ended += 1
    return {"attached": len(connections), "bursts": bursts, "ended": ended}


def _masked(opcode, payload):
    return websocket.frame(opcode, payload, mask=os.urandom(4))


def ping_flood(field):
    return _flood_frames(field, _masked(websocket.PING, b"p" * 125) * BURST)


def ack_flood(field):
    message = ClientMessage()
    message.ack.through = 1
    return _flood_frames(field, _masked(websocket.BINARY, message.SerializeToString()) * BURST)


def empty_fragments_flood(field):
    begun = websocket.frame(websocket.BINARY, b"", final=False, mask=bytes(4))
    more = websocket.frame(websocket.CONTINUATION, b"", final=False, mask=bytes(4))
    end = websocket.frame(websocket.CONTINUATION, _ack(), mask=bytes(4))
    return _flood_frames(field, begun + more * BURST + end)


def _ack():
    message = ClientMessage()
    message.ack.through = 1
    return message.SerializeToString()


def hello_flood(field):
    """The same few subscribers again and again, each in two threads at once: the newest connection
    wins."""
    turn = iter(range(1 << 60))

    def attempt():
        token = field.tokens[next(turn) // 2 % min(siege_plan.BESIEGING_CROWD, len(field.tokens))]
        with secured(field.door, RECEIVE_BUFFER) as connection:
            stream = websocket.WebSocket.upgrade(
                connection, field.door.authority, "/v1/stream", "noroshi.v1.protobuf",
                [("Authorization", f"Bearer {token}")])
            message = ClientMessage()
            message.hello.window = 1
            stream.send(websocket.BINARY, message.SerializeToString())
            stream.receive(30.0)
        return "welcomed"

    def counted():
        try:
            return attempt()
        except websocket.UpgradeRefused as refused:
            return f"status {refused.status}"
        except websocket.Closed:
            return "closed"
    return flood(field, counted)


def broken_frames(field):
    """Lets itself in and sends noise."""
    turn = iter(range(1 << 60))

    def attempt():
        token = field.tokens[next(turn) % len(field.tokens)]
        with secured(field.door) as connection:
            try:
                stream = websocket.WebSocket.upgrade(
                    connection, field.door.authority, "/v1/stream", "noroshi.v1.protobuf",
                    [("Authorization", f"Bearer {token}")])
                stream.send_raw(os.urandom(500))
                while True:
                    stream.receive_frame(30.0)
            except websocket.UpgradeRefused as refused:
                return f"status {refused.status}"
            except (websocket.Closed, websocket.ProtocolViolation):
                return "closed"
    return flood(field, attempt)


BESIEGERS = [ping_flood, ack_flood, empty_fragments_flood, hello_flood, broken_frames]
