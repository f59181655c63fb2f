"""What any operation may be answered, whoever asks: 429 when it is too much, 503 when the hub stops. Asked of every
operation that is described, so that a new one is asked, too."""

import http.client
import re
import time

from client.api import Answer, Api
from client.raw_request import connect, head

from . import described

SECONDS_MAX = 20
# Of a hub that is asked so; a burst of failures is soon over, and half a request is kept.
SETTINGS = {"failures_per_second": 1, "failures_burst": 1, "strangers_per_address_max": 1000, "strangers_max": 1000}


def target_of(path, drill):
    """With 1 for whatever else a path is about."""
    return re.sub(r"\{\w+\}", "1", path.replace("{drill}", drill))


def rate_limited(door, drill):
    """Path, method and the 429 of each operation: of an address whose tokens are wrong again and again."""
    for path, method in described.operations():
        deadline = time.monotonic() + SECONDS_MAX
        while True:
            with Api(door, "nrs_p_" + "x" * 43) as api:
                answer = api.request(method.upper(), target_of(path, drill))
            if answer.status == 429:
                yield path, method, answer
                break
            assert time.monotonic() < deadline, (path, method, answer.status)


def stopping(hub, door, drill):
    """Path, method and the answer of each operation that was half asked when the hub was told to stop."""
    begun = []
    for path, method in described.operations():
        connection = connect(door)
        whole = head(door, "nrs_p_" + "x" * 43, f"{method.upper()} {target_of(path, drill)}")
        connection.sendall(whole[:-2])  # without the empty line that ends a header
        begun.append((path, method, connection))
    with Api(door, "nrs_p_" + "x" * 43) as api:  # answered behind what was sent before it
        api.request("GET", "/v1/alerts")
    hub.terminate()
    for path, method, connection in begun:
        with connection:
            yield path, method, read_answer(connection)


def read_answer(connection):
    """The answer that comes on a socket."""
    connection.settimeout(SECONDS_MAX)
    response = http.client.HTTPResponse(connection)
    response.begin()
    return Answer(response.status, {name.lower(): value for name, value in response.getheaders()},
                  response.read())
