"""Besieges a hub in every way we know, while healthy clients beside it must not notice.

    siege.py --hub BIN [--long] [--seconds S] [--only NAME,…] [--apart] [--judge]

A run without options is a tenth of the size and takes a minute or two; --long (or NOROSHI_LONG=1)
has 2,000 slow readers and 200 that never read. For each attack: what an alert took from due to
received (p50, p99) while the besiegers were in place, the p99 against that of peace, the hub's
memory and processor, and what the besieger met.

Exit 0 when every alert of the healthy publisher was accepted, reached every healthy subscriber in
order, memory stayed within what the attack may cost, who stopped half-way was ended by its
deadline, the hub could be asked how it is throughout, and all was let go of afterwards. Times are
printed, not judged.

--apart is for an idle machine of two cores and a journal in memory (TMPDIR=/dev/shm): the hub has
the first core and everybody else the second, and each attack is made on another hub before, which
shows what it costs the machine and the healthy clients when it costs the hub nothing (`elsewhere`).
With --judge p99 under attack must be at most twice that of peace, or that of the attack elsewhere.
"""

import argparse
import dataclasses
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

import siege_descriptors
import siege_plan
from client.hub_process import HubFailed
from healthy import PUBLISHER, SENDER, Healthy
from siege_hub import SiegeHub

HEALTHY = 4
ALERTS_A_SECOND = 10
SLACK_BYTES = 48 * siege_plan.MIB
RING_BYTES_MAX = 64 * siege_plan.MIB  # noroshi.toml's ring_bytes_max as it is by default
DEADLINE_TOLERANCE = 10.0   # the besieger's own slowness on a machine it has filled
BEGIN_SECONDS_MAX = 180.0
END_SECONDS_MAX = 90.0
LET_GO_SECONDS_MAX = 30.0
RATIO_MAX = 2.0


class Watch(threading.Thread):
    """Looks at the hub from outside while something happens: the most memory it held, and whether
    it could be asked."""

    def __init__(self, hub):
        super().__init__(name="watch", daemon=True)
        self._hub = hub
        self._over = threading.Event()
        self.resident_before = self.resident_max = hub.resident_bytes()
        self.kernel_before = self.kernel_max = hub.kernel_bytes()
        self.metrics_before = self.metrics = hub.metrics()
        self.complaints = []

    def run(self):
        while True:
            over = self._over.is_set()
            try:
                self.resident_max = max(self.resident_max, self._hub.resident_bytes())
                self.kernel_max = max(self.kernel_max, self._hub.kernel_bytes())
                self.metrics = self._hub.metrics()
            except OSError as error:
                self.complaints.append(f"metrics: {error}")
            if over:
                return
            self._over.wait(0.5)

    def end(self):
        self._over.set()
        self.join()


@dataclasses.dataclass
class Besieged:
    door: object
    publishers: list  # tokens
    tokens: dict      # files of them, by who they are


class Siege:
    def __init__(self, binary, scratch, seconds, long, apart):
        self._scratch = scratch
        self._seconds = seconds
        self._long = long
        self.complaints = []
        self.peace = None
        self.ratios = {}
        self.bytes_max = 0  # of any attack up to now
        self.in_place = 0.0  # since when the besiegers of this attack are
        self.elsewhere = 0.0  # p99 of the attack on another hub
        self.hub = SiegeHub(binary, scratch / "hub", core=0 if apart else None)
        self.door = self.hub.start()
        self._publisher, = self.hub.register("publisher", [PUBLISHER], senders=[SENDER])
        healthy = self.hub.register("subscriber", [f"healthy-{n}" for n in range(HEALTHY)])
        self.healthy = Healthy(self.door, self._publisher, healthy, ALERTS_A_SECOND)
        self._besieged = self._expose(self.hub, self.door)
        self.decoy = None
        if apart:
            self.decoy = SiegeHub(binary, scratch / "decoy", core=0, idle=True)
            self._decoyed = self._expose(self.decoy, self.decoy.start())

    def _expose(self, hub, door):
        """A hub with the identities of those who will besiege it."""
        publishers = hub.register(
            "publisher", [f"besieger-{n}" for n in range(siege_plan.BESIEGING_PUBLISHERS)],
            senders=["besieger.example"])
        most = max(attack.count for attack in siege_plan.attacks(self._long))
        crowd = hub.register("subscriber", [f"crowd-{n}" for n in range(most)])
        name = hub.process.data.name
        return Besieged(door, publishers, {"publisher": self._file(f"{name}-p", publishers),
                                           "crowd": self._file(f"{name}-c", crowd)})

    def _file(self, name, tokens):
        file = self._scratch / f"{name}.tokens"
        file.write_text("\n".join(tokens))
        return file

    def complain(self, name, what):
        self.complaints.append(f"{name}: {what}")

    def observe(self, name, during):
        """Runs `during` and prints what was seen; gives its facts and the watch."""
        watch, begun = Watch(self.hub), time.monotonic()
        self.in_place = begun
        busy = self.hub.processor_seconds()
        watch.start()
        facts = during()
        watch.end()
        ended = time.monotonic()
        busy = (self.hub.processor_seconds() - busy) / (ended - begun)
        if not self.healthy.settle():
            self.complain(name, "a healthy subscriber lacks alerts")
        self._print(name, self.healthy.latencies(self.in_place, ended), watch, busy, facts)
        for complaint in watch.complaints[:3]:
            self.complain(name, complaint)
        return facts, watch

    def _print(self, name, latencies, watch, busy, facts):
        if not latencies:
            return self.complain(name, "no alert was delivered at all")
        p50, p99 = (latencies[int(len(latencies) * share)] * 1000 for share in (0.5, 0.99))
        self.peace = self.peace or p99
        ratio = p99 / max(self.peace, self.elsewhere)
        self.ratios[name] = ratio
        print(f"figure: {name:32} n {len(latencies):5}  p50 {p50:7.1f} ms  p99 {p99:7.1f} ms  "
              f"x{ratio:5.2f}  rss {watch.resident_max >> 20:5} MiB  "
              f"tcp {(watch.kernel_max - watch.kernel_before) >> 20:+5} MiB  cpu {busy:4.0%}  "
              f"{json.dumps(facts)}", flush=True)

    def calm(self):
        """What an alert takes in peace, twice: the first warms up."""
        self.observe("warming up", lambda: time.sleep(min(2.0, self._seconds)))
        self.peace = None
        _, watch = self.observe("peace", lambda: time.sleep(self._seconds))
        self.resident_in_peace = watch.resident_max
        self.sessions = watch.metrics.get("http_sessions", 0.0)

    def withstand(self, attack):
        self._look_elsewhere(attack.name, lambda: self._besiege(attack, self._decoyed, False))
        facts, watch = self.observe(attack.name, lambda: self._besiege(attack, self._besieged))
        self._judge_deadlines(attack, facts)
        if attack.shows and watch.metrics[attack.shows] <= watch.metrics_before[attack.shows]:
            self.complain(attack.name, f"{attack.shows} does not show it")
        self.judge_memory(attack.name, watch, attack.count * attack.bytes_each)
        self.judge_letting_go(attack.name)

    def _look_elsewhere(self, name, during):
        self.elsewhere = 0.0
        if self.decoy:
            self.observe(f"{name} elsewhere", during)
            self.elsewhere = self.ratios.pop(f"{name} elsewhere", 0.0) * self.peace

    def _besiege(self, attack, whom, judged=True):
        command = siege_plan.besieger_command(attack, whom.door, whom.tokens[attack.as_who])
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                              text=True) as besieger:
            stopper = threading.Timer(BEGIN_SECONDS_MAX + self._seconds + END_SECONDS_MAX,
                                      besieger.kill)
            stopper.start()
            try:
                if besieger.stdout.readline().strip() != "begun":
                    self.complain(attack.name, "the besieger did not begin")
                    return {}
                self.in_place = time.monotonic()
                time.sleep(self._seconds)
                if judged:
                    self._judge_status(attack)
                besieger.stdin.close()
                said = besieger.stdout.readline()
                return json.loads(said) if said else self.complain(attack.name, "no facts") or {}
            finally:
                stopper.cancel()
                besieger.kill()

    def _judge_status(self, attack):
        try:
            status = self.hub.status()
            if status["state"] != "ready":
                self.complain(attack.name, f"status says {status['state']}")
        except (HubFailed, subprocess.TimeoutExpired) as error:
            self.complain(attack.name, f"status: {error}")

    def _judge_deadlines(self, attack, facts):
        if facts.get("kept"):
            self.complain(attack.name, f"{facts['kept']} connections were never ended")
        if attack.seconds_max and facts.get("longest", 0) > attack.seconds_max + DEADLINE_TOLERANCE:
            self.complain(attack.name, f"one lived for {facts['longest']} s")

    def judge_memory(self, name, watch, bytes_max):
        """Against what it held before the attack; and what all attacks leave behind may be what the
        allocator keeps of the largest, and the ring of recent alerts."""
        self.bytes_max = max(self.bytes_max, bytes_max)
        left = watch.resident_max - self.resident_in_peace
        if left > self.bytes_max + RING_BYTES_MAX + SLACK_BYTES:
            self.complain(name, f"memory: {left >> 20} MiB more than in peace")
        growth = watch.resident_max - watch.resident_before
        if growth > bytes_max + SLACK_BYTES:
            self.complain(name, f"memory: {growth >> 20} MiB more, at most "
                                f"{(bytes_max + SLACK_BYTES) >> 20} MiB may it be")

    def judge_letting_go(self, name):
        deadline = time.monotonic() + LET_GO_SECONDS_MAX
        while (left := self.hub.metrics()["http_sessions"]) > self.sessions + 1:
            if time.monotonic() > deadline:
                return self.complain(name, f"{left:.0f} sessions are still there afterwards")
            time.sleep(0.2)

    def withstand_slow_http(self):
        """slowhttptest in all its modes at once; each process has an identity of its own."""
        connections, seconds, processes = (1000, 30, 8) if self._long else (100, 12, 1)

        def during(whom):
            tokens = iter(whom.publishers)
            running = {f"{mode}-{number}": subprocess.Popen(
                siege_plan.slow_command(mode, whom.door, next(tokens), connections // processes,
                                        seconds),
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                text=True) for mode in siege_plan.SLOW_MODES for number in range(processes)}
            return {name: _available(process, seconds + END_SECONDS_MAX)
                    for name, process in running.items()}

        self._look_elsewhere("slowhttptest", lambda: during(self._decoyed))
        facts, watch = self.observe("slowhttptest", lambda: during(self._besieged))
        for mode, available in facts.items():
            if available != "YES":
                self.complain(mode, f"slowhttptest says: service available: {available}")
        self.judge_memory("slowhttptest", watch, 4 * connections * siege_plan.BODY_BYTES)
        self.judge_letting_go("slowhttptest")

    def end(self):
        if not self.healthy.end():
            self.complain("at the end", "a healthy subscriber lacks alerts")
        self.complaints += self.healthy.complaints()
        if not self.hub.process.running():
            return self.complain("at the end", self.hub.process.last_words())
        if (code := self.hub.process.terminate(60)) != 0:
            self.complain("at the end", f"the hub ended with {code}")


def _available(process, seconds_max):
    """What slowhttptest last said about the service."""
    try:
        said, _ = process.communicate(timeout=seconds_max)
    except subprocess.TimeoutExpired:
        process.kill()
        return "never ended"
    words = [line.rpartition(":")[2] for line in said.splitlines() if "service available" in line]
    return "".join(c for c in words[-1] if c.isupper()) if words else said[-200:]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hub", required=True)
    parser.add_argument("--long", action="store_true",
                        default=os.environ.get("NOROSHI_LONG") == "1")
    parser.add_argument("--seconds", type=float, help="of each attack; 2, with --long 10")
    parser.add_argument("--only",
                        help="names of attacks; slowhttptest and descriptors are two more")
    parser.add_argument("--apart", action="store_true",
                        help="a core for the hub, and what each attack costs elsewhere")
    parser.add_argument("--judge", action="store_true", help="fail when p99 is over twice of peace")
    parser.add_argument("--memory-unjudged", action="store_true", help="for a sanitized hub")
    return parser.parse_args()


def main():
    given = arguments()
    seconds = given.seconds or (10.0 if given.long else 2.0)
    wanted = given.only.split(",") if given.only else None
    if given.apart:
        os.sched_setaffinity(0, {1})
    with tempfile.TemporaryDirectory(prefix="noroshi-siege-") as scratch:
        siege = Siege(given.hub, pathlib.Path(scratch), seconds, given.long, given.apart)
        try:
            if given.memory_unjudged:
                siege.judge_memory = lambda *_: None
            siege.calm()
            for attack in siege_plan.attacks(given.long):
                if wanted is None or attack.name in wanted:
                    siege.withstand(attack)
            if wanted is None or "slowhttptest" in wanted:
                siege.withstand_slow_http()
            siege.end()
        finally:
            siege.hub.process.close()
            if siege.decoy:
                siege.decoy.process.close()
        if wanted is None or "descriptors" in wanted:
            siege.complaints += siege_descriptors.besieged(given.hub, pathlib.Path(scratch),
                                                           seconds)
    if given.judge:
        siege.complaints += [f"{name}: p99 is {ratio:.2f} times that of peace"
                             for name, ratio in siege.ratios.items() if ratio > RATIO_MAX]
    for complaint in siege.complaints:
        print(f"FAIL  {complaint}")
    print("PASS" if not siege.complaints else f"{len(siege.complaints)} complaints")
    return 1 if siege.complaints else 0


if __name__ == "__main__":
    sys.exit(main())
