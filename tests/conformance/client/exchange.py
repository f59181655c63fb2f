"""Bytes sent to the hub, and all it says until it closes."""

import time

SECONDS_MAX = 10.0


def everything_from(test, door, data, seconds=SECONDS_MAX):
    """Fails `test` when the hub does not close in time."""
    received, deadline = b"", time.monotonic() + seconds
    with door.connect(seconds) as connection:
        try:
            connection.sendall(data)
        except OSError:
            pass  # closed while we were still sending: the answer may be there all the same
        while True:
            connection.settimeout(max(0.001, deadline - time.monotonic()))
            try:
                part = connection.recv(65536)
            except TimeoutError:
                test.fail(f"not closed after {seconds} s; it had said {received[:300]!r}")
            except OSError:
                return received
            if not part:
                return received
            received += part
