#!/usr/bin/env python3
"""receive.py FOLDER: receives alerts as server-sent events, stores each as FOLDER/<sequence>.json, and
only then acknowledges it.

    NOROSHI_HUB=https://localhost:8443 NOROSHI_CA=tls/ca.pem NOROSHI_TOKEN_FILE=web.token receive.py received

It comes back after any failure, with the id of the last event it stored. The subscriber needs the outlet
`events` (noroshi-hub subscriber set ID --outlets stream,events).
Exit: 2 usage, 4 refused or sent away for good (suspended, replaced, drill over).
"""

import contextlib
import http.client
import json
import os
import pathlib
import random
import sys
import time

from hub import Refused, ask, open_answer, run

FOR_GOOD = ("replaced", "suspended", "drill.closed", "log.rolled_back")


def main(folder):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    wait = 1.0
    while True:
        try:
            for event in events(last_event_id(folder)):
                wait = 1.0
                if not take(folder, *event):
                    return 4
        except Refused as refused:
            if refused.status not in (429, 503):
                raise
            print(refused, file=sys.stderr)
        except (OSError, http.client.HTTPException) as error:  # 45 s without a byte, too
            print(f"lost: {error}", file=sys.stderr)
        time.sleep(random.uniform(wait / 2, wait))  # so that not everybody is back at once
        wait = min(wait * 2, 30.0)


def events(last_id):
    """Id, name and data of each event, as WHATWG HTML 9.2.6 has them."""
    fields = {"Accept": "text/event-stream", **({"Last-Event-ID": last_id} if last_id else {})}
    connection, answer = open_answer("GET", "/v1/events", fields=fields)
    with contextlib.closing(connection):
        event = {"id": last_id}
        for line in answer:
            name, _, value = line.decode().rstrip("\r\n").partition(": ")
            if name in ("id", "event", "data"):
                event[name] = value
            elif not name and "data" in event:
                yield event["id"], event.pop("event", "message"), event.pop("data")


def take(folder, identifier, name, data):
    """False when the hub says good-bye for good."""
    if name == "goodbye":
        print(data, file=sys.stderr)
        return json.loads(data)["goodbye"]["code"] not in FOR_GOOD
    sequence = identifier.partition("-")[2]
    if name in ("delivery", "passed"):
        keep(folder / f"{sequence}.json", f"{data}\n".encode())
        keep(folder / "last-event-id", f"{identifier}\n".encode())
        print(name, sequence, flush=True)
    if name in ("delivery", "passed", "probe"):  # with a probe the hub tries the way; nobody is shown anything
        acknowledge(sequence)
    return True


def acknowledge(sequence):
    """Should it not arrive, the next Last-Event-ID says it, too."""
    try:
        ask("POST", "/v1/receipts", {"ack": {"through": int(sequence)}})
    except (Refused, OSError, http.client.HTTPException) as error:
        print(f"not acknowledged yet: {error}", file=sys.stderr)


def keep(file, data):
    """On the disk, whole, before this returns: what is acknowledged never comes again."""
    part = file.with_name(f".{file.name}.part")
    with open(part, "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    os.replace(part, file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def last_event_id(folder):
    file = folder / "last-event-id"
    return file.read_text().strip() if file.exists() else None


if __name__ == "__main__":
    run(main, __doc__, 1)
