"""Requests that are begun and not finished, or asked and not read: one connection each."""

import socket

RECEIVE_BUFFER = 4096


def connect(door, receive_buffer=None):
    plain = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if receive_buffer is not None:
            plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        plain.settimeout(30)
        plain.connect((door.host, door.port))
        return door.context().wrap_socket(plain, server_hostname=door.host)
    except BaseException:
        plain.close()
        raise


def head(door, token, line, *fields):
    return "\r\n".join([line + " HTTP/1.1", f"Host: {door.authority}",
                        f"Authorization: Bearer {token}", *fields, "", ""]).encode()


def announce(door, token, size):
    """An alert of `size` bytes of which only the first come."""
    connection = connect(door)
    connection.sendall(head(door, token, "POST /v1/alerts", "Content-Type: application/cap+xml",
                            f"Content-Length: {size}") + b"<alert")
    return connection


def ask(door, token, target, *fields, receive_buffer=None):
    """A question whose answer is left unread."""
    connection = connect(door, receive_buffer)
    connection.sendall(head(door, token, f"GET {target}", *fields))
    return connection


def status_of(connection):
    """The status of the answer that comes; the rest of it may."""
    said = b""
    while len(said) < 12:
        part = connection.recv(12 - len(said))
        if not part:
            raise EOFError(f"ended after {said!r}")
        said += part
    return int(said[9:12])
