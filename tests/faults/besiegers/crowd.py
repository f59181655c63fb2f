"""Many connections, in few threads."""

import collections
import concurrent.futures
import socket
import threading
import time

THREADS = 8
CONNECT_SECONDS_MAX = 30.0


class Tally:
    """Counts by word and the longest of some times; from any thread."""

    def __init__(self):
        self._lock = threading.Lock()
        self._counts = collections.Counter()
        self._longest = 0.0

    def add(self, word, seconds=0.0):
        with self._lock:
            self._counts[word] += 1
            self._longest = max(self._longest, seconds)

    def facts(self):
        with self._lock:
            return {**self._counts, "longest": round(self._longest, 2)}


def flood(field, attempt, threads=THREADS):
    """Repeats `attempt`, which gives a word and perhaps seconds, in threads until the end."""
    tally = Tally()

    def work():
        while not field.over():
            begun = time.monotonic()
            try:
                tally.add(attempt(), time.monotonic() - begun)
            except OSError as error:
                tally.add(type(error).__name__)

    working = [threading.Thread(target=work, daemon=True)
               for _ in range(min(threads, field.count))]
    for thread in working:
        thread.start()
    field.begun()
    for thread in working:
        thread.join()
    return tally.facts()


def plain(door, receive_buffer=None):
    connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if receive_buffer is not None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    connection.settimeout(CONNECT_SECONDS_MAX)
    connection.connect((door.host, door.port))
    return connection


def secured(door, receive_buffer=None):
    connection = plain(door, receive_buffer)
    try:
        return door.context().wrap_socket(connection, server_hostname=door.host)
    except BaseException:
        connection.close()
        raise


def together(make, things):
    """What `make` gives for each thing, without those that failed."""
    def attempt(thing):
        try:
            return make(thing)
        except (OSError, EOFError, ValueError):
            return None
    with concurrent.futures.ThreadPoolExecutor(THREADS) as threads:
        return [made for made in threads.map(attempt, things) if made is not None]


def closed_after(connection, seconds_max):
    """Seconds until the peer ends it, or None."""
    begun = time.monotonic()
    try:
        while True:
            connection.settimeout(max(0.001, begun + seconds_max - time.monotonic()))
            if not connection.recv(65536):
                return time.monotonic() - begun
    except TimeoutError:
        return None
    except OSError:
        return time.monotonic() - begun
