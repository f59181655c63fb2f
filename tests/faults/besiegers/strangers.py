"""Peers that never say who they are: garbage, half of everything, floods of connections."""

import os
import random
import socket
import struct

from .crowd import closed_after, flood, plain, secured, together

DEADLINE_SECONDS_MAX = 30.0
WAITING = 3
HANDSHAKE_PATIENCE = 1.0


def _said_and_closed(door, data):
    """Sends and leaves: the word says whether the hub had ended it before."""
    with plain(door) as connection:
        connection.sendall(data)
        return "refused" if closed_after(connection, DEADLINE_SECONDS_MAX) is not None else "kept"


def garbage_tls(field):
    """Random bytes, records that announce too much, spoilt hellos, plain HTTP on the TLS port."""
    hello = field.door.client_hello()
    huge = bytes([22, 3, 1]) + struct.pack("!H", 16384) + b"\1\xff\xff\xff" + bytes(16380)
    kinds = [lambda: os.urandom(4096), lambda: bytes(4096), lambda: huge * 5,
             lambda: bytes([22, 3, 1, 0xff, 0xff]) + os.urandom(70000),
             lambda: hello[:60] + os.urandom(len(hello) - 60),
             lambda: b"GET /v1/alerts HTTP/1.1\r\nHost: localhost\r\n\r\n",
             lambda: bytes([21, 3, 3, 0, 2, 2, 40]), lambda: b"SSH-2.0-OpenSSH_9.2\r\n"]
    return flood(field, lambda: _said_and_closed(field.door, random.choice(kinds)()))


def cut_handshakes(field):
    """Begins a handshake, stops anywhere, and resets."""
    hello = field.door.client_hello()

    def attempt():
        with plain(field.door) as connection:
            connection.sendall(hello[:random.randrange(len(hello) + 1)])
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return "cut"
    return flood(field, attempt)


def connect_and_reset(field):
    """Nothing but connections."""
    def attempt():
        with plain(field.door) as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return "connected"
    return flood(field, attempt)


def bad_tokens(field):
    """Asks for the stream with tokens nobody has."""
    def attempt():
        with secured(field.door) as connection:
            connection.settimeout(DEADLINE_SECONDS_MAX)
            connection.sendall((
                f"GET /v1/stream HTTP/1.1\r\nHost: {field.door.authority}\r\n"
                "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                "Sec-WebSocket-Protocol: noroshi.v1.protobuf\r\n"
                f"Authorization: Bearer nrs_s_{os.urandom(32).hex()}\r\n\r\n").encode())
            status = connection.recv(65536)[9:12].decode("latin-1")
        return f"status {status}"
    return flood(field, attempt)


def _held(field, secure, data_of):
    """All at once, each waits for the hub to end it; then the same again. `data_of` the number of
    a connection is what it says."""
    def once(number):
        connection = (secured if secure else plain)(field.door)
        connection.sendall(data_of(number))
        return connection

    rounds, longest, kept, first = 0, 0.0, 0, True
    while not field.over():
        connections = together(once, range(field.count))
        if first:
            field.begun()
            first = False
        for connection in connections:
            with connection:
                lived = closed_after(connection, DEADLINE_SECONDS_MAX)
            longest = max(longest, lived or 0.0)
            kept += lived is None
        rounds += 1
    return {"rounds": rounds, "kept": kept, "longest": round(longest, 2)}


def half_handshakes(field):
    """Connected, half a hello said, and then nothing."""
    hello = field.door.client_hello()[:100]
    return _held(field, False, lambda _: hello)


def half_headers(field):
    """A request whose header does not go on."""
    return _held(field, True, lambda _: b"POST /v1/alerts HTTP/1.1\r\nHost: loc")


def half_bodies(field):
    """Requests whose bodies do not go on, of those who may send them: every other is to be large,
    and soon finds no room."""
    return _held(field, True, lambda number: (
        f"POST /v1/alerts HTTP/1.1\r\nHost: {field.door.authority}\r\n"
        f"Authorization: Bearer {field.tokens[number % len(field.tokens)]}\r\n"
        "Content-Type: application/cap+xml\r\n"
        f"Content-Length: {2000000 if number % 2 else 30000}\r\n\r\n<alert").encode())


def silent(field):
    """Handshakes, and then nothing; held until the end."""
    held = together(lambda _: secured(field.door), range(field.count))
    field.begun()
    while not field.wait(1.0):
        pass
    for connection in held:
        connection.close()
    return {"held": len(held)}


def descriptor_eaters(field):
    """Holds connections until no more are let in, and leaves as many again waiting at the door."""
    held, waiting = [], []
    while len(held) < field.count and len(waiting) < WAITING and not field.over():
        connection = plain(field.door)
        connection.settimeout(HANDSHAKE_PATIENCE)
        try:
            held.append(field.door.context().wrap_socket(
                connection, server_hostname=field.door.host, do_handshake_on_connect=False))
            held[-1].do_handshake()
        except OSError:
            waiting.append(held.pop())
    waiting += [plain(field.door) for _ in range(field.count // 2)]
    field.begun()
    while not field.wait(1.0):
        pass
    for connection in held + waiting:
        connection.close()
    return {"held": len(held), "waiting": len(waiting)}


BESIEGERS = [garbage_tls, cut_handshakes, connect_and_reset, bad_tokens, half_handshakes,
             half_headers, half_bodies, silent, descriptor_eaters]
