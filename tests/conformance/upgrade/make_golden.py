"""Makes a golden data directory: what this version leaves behind, for every later one to read.

    make_golden.py --hub BIN --into tests/data/golden/NAME

Run once, when a format is released, and never changed again. Besides the directory it writes
golden.json (what a reader must find) and entries.descriptor (the messages as this version knows
them). Its keys and tokens are of no other hub.
"""

import argparse
import datetime
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from client import cap
from client.api import Api
from client.audit_log import opened
from client.hub_process import NO_RATES, HubProcess
from client.messages import SOURCE_ROOT, ClientMessage
from client.registration import (add_officer, add_publisher, add_subscriber, drill_token,
                                 open_drill)
from client.stream import Stream

SENDER = "city.tokushima.lg.jp"
TOKUSHIMA = cap.Place("362018", "徳島県徳島市")
SECONDS_MAX = 10.0
# What belongs to a machine and a day, or is made again.
LEFT_OUT = ("tls", "admin.sock", "noroshi.toml")


def shown(stream, sequence, medium):
    message = ClientMessage()
    message.receipt.id = f"{medium}-{sequence}"
    message.receipt.sequence, message.receipt.state, message.receipt.medium = sequence, 1, medium
    stream.send(message)
    stream.receive_kind("recorded", SECONDS_MAX)


def accepted(door, token, document, below="/v1"):
    with Api(door, token) as api:
        answer = api.publish(document, below=below)
    assert answer.status == 201, answer.body
    return answer.json()["sequence"]


def lived(hub):
    """A day of a small prefecture; the tokens, and what was accepted."""
    city = add_publisher(hub, "362018", "徳島市", [SENDER], ["362018"])
    tv = add_subscriber(hub, "tv", ["36"])
    add_subscriber(hub, "radio", ["36"], min_level=4)
    add_officer(hub, "tanaka", "362018", ["drafter"])
    hub.verb("publisher", "suspend", add_second(hub))
    door = hub.start()
    first = cap.first_revision("362018", SENDER, (TOKUSHIMA,), 3)
    second = cap.next_revision(first, [first], level=4, message_type="Update")
    lift = cap.next_revision(second, [first, second], kind="lift", message_type="Update")
    other = cap.first_revision("362018", SENDER, (TOKUSHIMA,), 5)
    cancel = cap.next_revision(other, [other], message_type="Cancel")
    alerts = []
    with Stream.open(door, tv) as stream:
        stream.hello()
        stream.receive_kind("welcome", SECONDS_MAX)
        for order in (first, second, lift, other, cancel):
            document = cap.document(order)
            sequence = accepted(door, city, document)
            assert stream.receive_kind("delivery", SECONDS_MAX).sequence == sequence
            shown(stream, sequence, "tv.lshape")
            stream.ack(sequence)
            alerts.append({"sequence": sequence, "document": document.decode()})
    end = (cap.now() + datetime.timedelta(hours=1)).isoformat(timespec="seconds")
    open_drill(hub, "d1", ["362018"], ["tv"], end)
    drilled = drill_token(hub, "publisher", "362018", "d1")
    drill = cap.first_revision("362018", SENDER, (TOKUSHIMA,), 3)
    accepted(door, drilled, cap.exercise(drill, "d1"), below="/v1/drills/d1")
    hub.verb("drill", "close", "d1")
    return {"city": city, "tv": tv}, alerts


def add_second(hub):
    add_publisher(hub, "362026", "鳴門市", ["city.naruto.lg.jp"], ["362026"])
    return "362026"


def told(hub, tokens, alerts):
    """What the stopped hub's successor must say of it."""
    door = hub.start()
    with Api(door, tokens["city"]) as api:
        for alert in alerts:
            answer = api.request("GET", f"/v1/alerts/{alert['sequence']}/deliveries")
            assert answer.status == 200, answer.body
            alert["deliveries"] = answer.json()["deliveries"]
    assert hub.terminate() == 0
    checkpoint = opened((hub.data / "tree-head").read_text(encoding="utf-8"),
                        (hub.data / "audit.pub").read_text(encoding="utf-8"))
    return {"tokens": tokens, "alerts": alerts, "size": checkpoint.size,
            "root": checkpoint.root.hex()}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--hub", required=True)
    parser.add_argument("--into", required=True, type=pathlib.Path)
    given = parser.parse_args()
    given.into.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="noroshi-golden-") as scratch:
        hub = HubProcess(given.hub, pathlib.Path(scratch) / "hub", settings=NO_RATES)
        try:
            hub.init()
            tokens, alerts = lived(hub)
            assert hub.terminate() == 0
            golden = told(hub, tokens, alerts)
        finally:
            hub.close()
        shutil.copytree(hub.data, given.into / "data", ignore=shutil.ignore_patterns(*LEFT_OUT))
    (given.into / "golden.json").write_text(
        json.dumps(golden, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    subprocess.run(["protoc", f"--proto_path={SOURCE_ROOT / 'proto'}", "--include_imports",
                    f"--descriptor_set_out={given.into / 'entries.descriptor'}",
                    "noroshi/v1/journal.proto"], check=True)


if __name__ == "__main__":
    main()
