"""One alert to thousands over server-sent events, beside the same over the stream: how long from
its publication until everybody has it. The goal is at most 1.5 times the stream's time.

    tests/bench/events.py [--subscribers 5000] [--turns 3] [--alerts 30]
    tests/bench/events.py --hub build/other/bin/noroshi-hub

A hub with as many subscribers, new for each turn, on one core; all its clients in one process on
another (noroshi-bench load). Stream and events take turns, so that a noisy minute hits both. Each
alert goes out alone, when the one before it has reached everybody. As root the measured processes
go before everything else (nice -20); BENCH_LOCK=FILE is locked meanwhile (see tests/bench/run).

Build first: cmake --preset release && cmake --build --preset release --target noroshi-hub
noroshi-bench
"""

import argparse
import pathlib
import resource
import signal
import statistics
import sys
import tempfile

sys.dont_write_bytecode = True

from machine import alone, ask, described
from peers import Peers

GOAL = 1.5
OUTLETS = {"hub": "stream", "events": "events"}
FIGURES = ("first_p50_ms", "half_p50_ms", "all_p50_ms", "all_p99_ms", "single_cpu_us")
BINARIES = pathlib.Path(__file__).resolve().parents[2] / "build" / "release" / "bin"


def measure(peers, peer, options):
    with alone(), peers.serving(peer, options.subscribers) as (_, load):
        return ask([options.bench, "load", *load, "--subscribers", options.subscribers,
                    "--single-alerts", options.alerts, "--single-seconds-max", 20,
                    "--in-flight", 16, "--seconds", 0.5])


def tell(name, figures):
    words = [f"{figure} {figures[figure]:7.1f}" for figure in FIGURES]
    stage = figures["in_flight"]["16"]
    print(f"{name:7} " + "  ".join(words) + f"  16 in flight: {stage['rate']:,.0f}/s, hub "
          f"{stage['server_percent']:.0f} % clients {stage['client_percent']:.0f} %", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hub", type=pathlib.Path, default=BINARIES / "noroshi-hub")
    parser.add_argument("--bench", type=pathlib.Path, default=BINARIES / "noroshi-bench")
    parser.add_argument("--subscribers", type=int, default=5000)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--alerts", type=int, default=30)
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    print(f"{described()}; {options.subscribers} clients, {options.alerts} alerts a turn", flush=True)
    ratios = []
    with tempfile.TemporaryDirectory(prefix="noroshi-bench-events.") as scratch:
        peers = Peers(options.bench, options.hub, scratch)
        for _ in range(options.turns):
            turn = {peer: measure(peers, peer, options) for peer in OUTLETS}
            for peer, name in OUTLETS.items():
                tell(name, turn[peer])
            ratios.append(turn["events"]["all_p50_ms"] / turn["hub"]["all_p50_ms"])
            print(f"all have it: events / stream = {ratios[-1]:.2f}", flush=True)
    print(f"median of {len(ratios)} turns: {statistics.median(ratios):.2f} (goal {GOAL})")


if __name__ == "__main__":
    main()
