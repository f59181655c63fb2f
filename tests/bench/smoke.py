"""The bench's own test: a small load on a real hub and on the reference. Every alert arrived at
everybody exactly once, unchanged, and the hub holds every acknowledgement. Nothing about time.

    smoke.py --hub BIN --bench BIN
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "conformance"))

from client.api import Api
from client.hub_process import HubProcess

from peers import Peers

SUBSCRIBERS = 20
LOAD = ["--verify", "--single-alerts", "2", "--in-flight",
        "1,16", "--seconds", "0.2", "--quiet-seconds", "0"]
SECONDS_MAX = 120


def load(bench, *words):
    done = subprocess.run([str(word) for word in (bench, "load", *LOAD, *words)],
                          capture_output=True, text=True, timeout=SECONDS_MAX)
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert figures["strays"] == 0, figures
    assert all(stage["alerts"] > 0 for stage in figures["in_flight"].values()), figures
    return figures


def test_hub(hub, bench, folder, subscriptions, addressed):
    process = HubProcess(hub, folder / subscriptions / "site")
    process.data.parent.mkdir()
    process.init("--quiet")
    subscribers = SUBSCRIBERS if subscriptions != "spread" else 50
    subprocess.run([bench, "register", "--data", process.data, "--subscribers", str(subscribers),
                    "--subscriptions", subscriptions], check=True)
    try:
        door = process.start()
        load(bench, "--protocol", "hub", "--tls", "--port", door.port, "--data", process.data,
             "--subscriptions", subscriptions, "--subscribers", subscribers)
        assert_acknowledged(Api(door, (process.data / "bench.publisher.token").read_text().strip()),
                            addressed)
    finally:
        process.close()


def test_events(hub, bench, folder):
    process = HubProcess(hub, folder / "events" / "site")
    process.data.parent.mkdir()
    process.init("--quiet")
    subprocess.run([bench, "register", "--data", process.data, "--subscribers", str(SUBSCRIBERS),
                    "--subscriptions", "everything"], check=True)
    try:
        door = process.start()
        load(bench, "--protocol", "hub-events", "--tls", "--port", door.port, "--data",
             process.data, "--subscriptions", "everything", "--subscribers", SUBSCRIBERS)
    finally:
        process.close()


def assert_acknowledged(api, addressed):
    """The ladder of every alert says that all it was for have it, as soon as the last of the
    acknowledgements, which are gathered for a moment, has become an entry."""
    newest = api.request("GET", "/v1/alerts?limit=100").json()["alerts"]
    assert newest
    deadline = time.monotonic() + SECONDS_MAX
    for alert in newest:
        while True:
            ladder = api.request("GET", f"/v1/alerts/{alert['sequence']}/deliveries").json()
            if ladder["totals"]["delivered"] == addressed:
                break
            assert time.monotonic() < deadline, ladder["totals"]


def test_reference(bench, folder):
    peers = Peers(bench, None, folder)
    with peers.serving("reference", SUBSCRIBERS) as (_, words):
        load(bench, *words, "--subscribers", SUBSCRIBERS)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hub", required=True, type=pathlib.Path)
    parser.add_argument("--bench", required=True, type=pathlib.Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        test_hub(options.hub, options.bench, folder, "everything", SUBSCRIBERS)
        test_hub(options.hub, options.bench, folder, "spread", 4)
        test_events(options.hub, options.bench, folder)
        test_reference(options.bench, folder)


if __name__ == "__main__":
    main()
