"""Publishers for whom everything is as large as it may be, and who take nothing."""

import dataclasses
import time

from client import cap
from client.api import Api, Broken, Unreachable

from .crowd import Tally, flood, secured, together
from .readers import RECEIVE_BUFFER

LARGE = 1_900_000
PLACE = cap.Place("362018", "徳島県徳島市")
ANSWER_SECONDS_MAX = 60.0


def _document(sender):
    order = cap.first_revision("besieger", sender, (PLACE,), 4)
    return cap.document(dataclasses.replace(order, remark="x" * LARGE))


def large_uploads(field):
    """Alerts of nearly 2 MiB, as many at once as there are connections, that have to be read whole
    to be refused: their sender is somebody else."""
    turn = iter(range(1 << 60))
    documents = [_document("not-the-besieger.example") for _ in range(8)]

    def attempt():
        number = next(turn)
        token = field.tokens[number % len(field.tokens)]
        try:
            with Api(field.door, token, timeout=ANSWER_SECONDS_MAX) as api:
                answer = api.publish(documents[number % len(documents)])
        except (Broken, Unreachable):
            return "broken"
        if answer.status == 503:
            time.sleep(min(5, int(answer.fields["retry-after"])))  # as a client does
        return f"status {answer.status} {answer.code}"

    return flood(field, attempt, threads=field.count)


def unread_answers(field):
    """One large alert, asked for on every connection and read on none."""
    with Api(field.door, field.tokens[0], timeout=ANSWER_SECONDS_MAX) as api:
        answer = api.publish(_document("besieger.example"))
        if answer.status != 201:
            raise SystemExit(f"{answer.status} {answer.body[:300]!r}")
    sequence, tally = answer.json()["sequence"], Tally()

    def ask(number):
        connection = secured(field.door, RECEIVE_BUFFER)
        connection.sendall((
            f"GET /v1/alerts/{sequence} HTTP/1.1\r\nHost: {field.door.authority}\r\n"
            f"Authorization: Bearer {field.tokens[number % len(field.tokens)]}\r\n\r\n").encode())
        tally.add(f"status {connection.recv(12)[9:].decode('latin-1')}")
        return connection

    connections = together(ask, range(field.count))
    field.begun()
    while not field.wait(1.0):
        pass
    for connection in connections:
        connection.close()
    return tally.facts()


BESIEGERS = [large_uploads, unread_answers]
