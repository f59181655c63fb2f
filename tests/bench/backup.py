#!/usr/bin/python3
"""What a backup costs those who publish beside it, and how long a restore takes.

    backup.py --hub BIN --fill BIN [--entries 100000] [--seconds 8] [--rate 50] [--rounds 3]

A publisher sends at a steady rate, whether it was answered or not by then, and its wait counts from
when it should have sent. Peace and backups, one after another, take turns on the same hub, over a
log of `--entries`. Prints a line of JSON for each turn, the ratio of the two, and the time of one
restore with its full verification. Nothing is asserted. TMPDIR says where the logs lie.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "conformance"))

from client import cap
from client.api import Api
from client.hub_process import NO_RATES, HubProcess
from client.registration import add_publisher

SENDER = "city.tokushima.lg.jp"
PLACE = cap.Place("362018", "徳島県徳島市")
READY_SECONDS_MAX = 300.0


def publish(api, seconds, rate):
    """The waits, in milliseconds."""
    documents = [cap.document(cap.first_revision("362018", SENDER, (PLACE,), 4))
                 for _ in range(int(seconds * rate))]
    waits, begun = [], time.monotonic()
    for number, document in enumerate(documents):
        due = begun + number / rate
        time.sleep(max(0.0, due - time.monotonic()))
        answer = api.publish(document)
        assert answer.status == 201, answer.body
        waits.append((time.monotonic() - due) * 1000)
    return waits


def percentile(waits, share):
    return round(sorted(waits)[min(len(waits) - 1, int(len(waits) * share))], 2)


def told(name, waits, **more):
    facts = {"turn": name, "alerts": len(waits), "p50_ms": percentile(waits, 0.5),
             "p99_ms": percentile(waits, 0.99), "max_ms": round(max(waits), 2), **more}
    print(json.dumps(facts), flush=True)


class Backups(threading.Thread):
    """One after another, until it is told to end."""

    def __init__(self, hub, folder):
        super().__init__(daemon=True)
        self._hub, self._folder = hub, folder
        self._over = threading.Event()
        self.seconds, self.last = [], None

    def run(self):
        while not self._over.is_set():
            file = self._folder / f"backup-{time.monotonic_ns()}"
            begun = time.monotonic()
            self._hub.verb("backup", str(file))
            self.seconds.append(round(time.monotonic() - begun, 2))
            if self.last:
                self.last.unlink()
            self.last = file

    def end(self):
        self._over.set()
        self.join()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--hub", required=True)
    parser.add_argument("--fill", required=True)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=8.0)
    parser.add_argument("--rate", type=float, default=50.0)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="noroshi-backup-bench-") as scratch:
        folder = pathlib.Path(scratch)
        hub = HubProcess(given.hub, folder / "hub", settings=NO_RATES)
        try:
            measure(hub, folder, given)
        finally:
            hub.close()


def measure(hub, folder, given):
    hub.init()
    subprocess.run([given.fill, str(hub.data), "--entries", str(given.entries)], check=True,
                   stdout=subprocess.DEVNULL)
    token = add_publisher(hub, "999999", "試験市", [SENDER], ["362018"])
    door = hub.start(timeout=READY_SECONDS_MAX)
    last, both = None, {"peace": [], "backup": []}
    with Api(door, token) as api:
        publish(api, 1.0, given.rate)
        for _ in range(given.rounds):
            waits = publish(api, given.seconds, given.rate)
            both["peace"] += waits
            told("peace", waits)
            backups = Backups(hub, folder)
            backups.start()
            waits = publish(api, given.seconds, given.rate)
            backups.end()
            both["backup"] += waits
            told("backup", waits, backups_s=backups.seconds)
            last = backups.last
    for name, waits in both.items():
        told(f"all {name}", waits)
    print(json.dumps({"p50_ratio": round(percentile(both["backup"], 0.5) /
                                         percentile(both["peace"], 0.5), 2),
                      "p99_ratio": round(percentile(both["backup"], 0.99) /
                                         percentile(both["peace"], 0.99), 2)}))
    begun = time.monotonic()
    subprocess.run([str(hub.binary), "restore", str(last), "--data", str(folder / "new")],
                   check=True, stderr=subprocess.DEVNULL, env={**os.environ, "LANG": "C"})
    print(json.dumps({"restored_s": round(time.monotonic() - begun, 1),
                      "bytes": last.stat().st_size}))


if __name__ == "__main__":
    main()
