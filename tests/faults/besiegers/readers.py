"""Subscribers that take their alerts slowly, or never."""

import ssl

from client import websocket
from client.stream import Stream

from .crowd import secured, together

RECEIVE_BUFFER = 4096
BYTES_A_TURN = 64
SECONDS_A_TURN = 1.0
TURNS_TO_FILL = 4  # by then what is between us and the hub is full, and it waits for us


def attached(field, tokens):
    """Streams that have said Hello with the widest window and read only their Welcome."""
    def one(token):
        connection = secured(field.door, RECEIVE_BUFFER)
        try:
            stream = Stream(websocket.WebSocket.upgrade(
                connection, field.door.authority, "/v1/stream", Stream.SUBPROTOCOL,
                [("Authorization", f"Bearer {token}")]))
            stream.hello(window=4096)
            stream.receive_kind("welcome", 30.0)
        except (websocket.Closed, websocket.UpgradeRefused, TimeoutError):
            connection.close()
            return None
        connection.setblocking(False)
        return connection
    return together(one, tokens[:field.count])


def _read(connection, size):
    """What came, b"" at the end, None when there is nothing."""
    try:
        return connection.recv(size)
    except (ssl.SSLWantReadError, BlockingIOError):
        return None
    except OSError:
        return b""


def slow_readers(field):
    """A few bytes a second, and no acknowledgement."""
    connections = attached(field, field.tokens)
    taken, ended, turns = 0, 0, 0
    while not field.wait(SECONDS_A_TURN):
        turns += 1
        if turns == TURNS_TO_FILL:
            field.begun()
        for connection in list(connections):
            part = _read(connection, BYTES_A_TURN)
            if part == b"":
                connection.close()
                connections.remove(connection)
                ended += 1
            taken += len(part or b"")
    return {"attached": len(connections) + ended, "ended": ended, "bytes": taken}


def never_read(field):
    """Attached, and then not a byte either way."""
    connections = attached(field, field.tokens)
    field.wait(TURNS_TO_FILL * SECONDS_A_TURN)
    field.begun()
    while not field.wait(1.0):
        pass
    return {"attached": len(connections)}


BESIEGERS = [slow_readers, never_read]
