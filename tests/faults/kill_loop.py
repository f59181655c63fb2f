"""Kills a hub under load again and again and lets the checker judge what its clients saw.

    kill_loop.py --hub BIN [--rounds 100] [--seed N] [--data DIR] [--sabotage KIND]

Exit 0 when every promise was kept, 1 when not or when anything else went wrong. The seed decides
what is sent and when the hub dies; the machine's timing does the rest, so a seed narrows a run
down but does not replay it. With --data the directory (which must not exist) is kept, with the
hub's log and history.json beside it for `checker.py`.
"""

import argparse
import collections
import os
import pathlib
import random
import sys
import tempfile
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "conformance"))

import accounts
import checker
import sabotage
from client.api import Api, Broken, Unreachable
from client.hub_process import NO_RATES, HubFailed, HubProcess
from history import DELIVERY, FAIL, OK, PASSED, PENDING, UNKNOWN
from history import History, Ladder, Read, digest_of
from publishing import PublisherLoad
from site_of_run import Site, join_all
from subscribing import SubscriberLoad

ANSWERS_A_ROUND_MAX = 250   # a round ends when that many were answered, even before its time
READY_SECONDS_MAX = 30.0
SETTLE_SECONDS_MAX = 90.0   # two heartbeats and the slow one's backlog
GOODBYE_SECONDS_MAX = 10.0
LADDER_SECONDS_MAX = 5.0
READ_AFTER_RESTART = 5
RECOVERY_KILL_SHARE = 0.2


class RunFailed(Exception):
    """The run could not be finished: not a verdict about the promises, but no success either."""


class KillLoop:
    def __init__(self, binary, data, seed, rounds, seconds_max, sabotaged):
        self.hub = HubProcess(binary, data, settings=NO_RATES)
        self.rounds = rounds
        self.recoveries = []
        self._seed = seed
        self._random = random.Random(seed)
        self._deadline = time.monotonic() + seconds_max
        self._sabotage = sabotaged
        self._site = Site()
        self._reads = []
        self._ladders = []
        self._settled = []

    def run(self):
        """The history of the whole run."""
        try:
            self.hub.init()
            publishers, subscribers = accounts.register(self.hub)
            self._accounts = publishers
            self._publishers = [PublisherLoad(self._site, p, self._seed) for p in publishers]
            self._subscribers = [
                SubscriberLoad(self._site, s, self._seed, self._sabotage.record)
                for s in subscribers]
            self._subscriptions = [s.subscription for s in subscribers]
            self._door = self.hub.start(READY_SECONDS_MAX)
            self._site.open(self._door)
            for worker in self._publishers + self._subscribers:
                worker.start()
            for _ in range(self.rounds):
                self._round()
            self._finish()
            return self.history()
        finally:
            self._site.end()
            self.hub.close()

    def history(self):
        return History(
            self._subscriptions,
            [s for p in self._publishers for s in p.submissions],
            [a for p in self._publishers for a in p.publishes],
            [c for s in self._subscribers for c in s.connections], self._reads, self._ladders,
            self._settled)

    def _round(self):
        self._site.wait_answers(self._random.randint(1, ANSWERS_A_ROUND_MAX),
                                self._random.uniform(0.2, 1.0))
        self._check_run()
        self.hub.kill()
        self._site.shut()
        self._sabotage.after_kill(self.hub.data)
        if self._random.random() < RECOVERY_KILL_SHARE:
            self.hub.launch()
            self._site.pause(self._random.uniform(0.0, 0.08))
            self.hub.kill()
        begun = time.monotonic()
        self._door = self.hub.start(READY_SECONDS_MAX)
        self.recoveries.append(time.monotonic() - begun)
        self._read_last_acknowledged()
        self._site.open(self._door)

    def _read_last_acknowledged(self):
        """What was answered last before the kill is what a crash would lose first."""
        last = sorted({a.sequence for p in self._publishers for a in list(p.publishes)[-20:]
                       if a.outcome == OK})[-READ_AFTER_RESTART:]
        self._read(last)

    def _read(self, sequences):
        with Api(self._door, self._accounts[0].token) as api:
            for sequence in sequences:
                answer = api.accepted_bytes(sequence)
                self._reads.append(Read(sequence, answer.status, digest_of(answer.body)))

    def _check_run(self):
        if self._site.failures:
            raise RunFailed("; ".join(self._site.failures))
        if time.monotonic() > self._deadline:
            raise RunFailed(f"out of time after {len(self.recoveries)} rounds")

    def _finish(self):
        """A round without a kill: all settle, everything is read back, then an orderly end."""
        for worker in self._publishers:
            worker.stop()
        for worker in self._subscribers:
            worker.calm_down()
        late = join_all(self._publishers, SETTLE_SECONDS_MAX)
        self._check_run()
        if late:
            raise RunFailed(f"not answered in time: {', '.join(late)}")
        accepted = {a.sequence for p in self._publishers for a in p.publishes if a.outcome == OK}
        self._read(sorted(accepted))
        # A broken log may have lost its end, and nobody can be told of that.
        self._wait_settled(max((r.sequence for r in self._reads if r.status == 200), default=0))
        delivered = {e.sequence for s in self._subscribers for c in s.connections
                     for e in list(c.events) if e.kind == DELIVERY}
        self._read(sorted(delivered - accepted))
        self._read_ladders()
        self._check_run()
        code = self.hub.terminate()
        if code != 0:
            raise RunFailed(f"exit code {code} after SIGTERM; {self.hub.last_words()}")
        self._site.shut()
        self._expect_goodbye()

    def _read_ladders(self):
        """Of a sample; the last acknowledgements need a moment until they show."""
        deadline = time.monotonic() + LADDER_SECONDS_MAX
        for publisher, account in zip(self._publishers, self._accounts):
            own = sorted({a.sequence for a in publisher.publishes if a.outcome == OK})
            with Api(self._door, account.token) as api:
                for sequence in {*own[-5:], *self._random.sample(own, min(10, len(own)))}:
                    while True:
                        states = ladder(api, sequence)
                        if "queued" not in states.values() or time.monotonic() > deadline:
                            break
                        self._site.pause(0.05)
                    self._ladders.append(Ladder(sequence, states))

    def _wait_settled(self, head):
        """Each subscriber is told by a heartbeat that it has everything up to the head."""
        deadline = min(self._deadline, time.monotonic() + SETTLE_SECONDS_MAX)
        waiting = list(self._subscribers)
        while waiting and time.monotonic() < deadline and not self._site.failures:
            waiting = [s for s in waiting if s.through < head]
            self._site.pause(0.05)
        self._settled = [s.connections[-1].subscriber for s in self._subscribers
                         if s not in waiting]

    def _expect_goodbye(self):
        deadline = time.monotonic() + GOODBYE_SECONDS_MAX
        waiting = list(self._subscribers)
        while waiting and time.monotonic() < deadline:
            waiting = [s for s in waiting if not s.dismissed]
            self._site.pause(0.02)
        self._site.end()
        late = join_all(self._subscribers, SETTLE_SECONDS_MAX)
        self._check_run()
        if late or waiting:
            raise RunFailed("no Goodbye at SIGTERM: " + ", ".join(w.name for w in waiting) +
                            "; not ended: " + ", ".join(late))


def ladder(api, sequence):
    """The state of each subscriber the alert is addressed to; none when it cannot be read."""
    answer = api.request("GET", f"/v1/alerts/{sequence}/deliveries")
    if answer.status != 200:
        return {}
    return {row["subscriber"]: row["state"] for row in answer.json()["deliveries"]}


def counts(history):
    """One line for people: what the run did."""
    outcomes = collections.Counter(p.outcome for p in history.publishes)
    kinds = collections.Counter(e.kind for c in history.connections for e in c.events)
    seen, duplicates = set(), 0
    for connection in history.connections:
        for event in connection.events:
            if event.kind in (DELIVERY, PASSED):
                name = connection.subscriber, event.sequence
                duplicates += name in seen
                seen.add(name)
    return (f"invoked {len(history.publishes)}, ok {outcomes[OK]}, "
            f"unknown {outcomes[UNKNOWN] + outcomes[PENDING]}, refused {outcomes[FAIL]}, "
            f"connections {len(history.connections)}, deliveries {kinds[DELIVERY]}, "
            f"passed {kinds[PASSED]}, duplicates {duplicates}, reads {len(history.reads)}, "
            f"ladders {len(history.ladders)}")


def perform(binary, data, seed, rounds, seconds_max, kind="nothing"):
    """Runs, prints, judges: the violations. Raises RunFailed, HubFailed and what clients raise."""
    print(f"seed {seed}, {rounds} rounds, sabotage: {kind}", flush=True)
    begun = time.monotonic()
    loop = KillLoop(binary, data, seed, rounds, seconds_max, sabotage.KINDS[kind]())
    history = loop.run()
    history.save(data.parent / "history.json")
    print(counts(history))
    slowest = max(loop.recoveries, default=0.0)
    print(f"figure: {len(loop.recoveries)} kills survived, slowest restart {slowest:.2f} s, "
          f"{time.monotonic() - begun:.0f} s in all")
    violations = checker.judge(history)
    print("\n".join(checker.verdict(violations)), flush=True)
    return violations


def options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--hub", type=pathlib.Path, required=True)
    parser.add_argument("--rounds", type=int, default=100, help="twenty times with NOROSHI_LONG=1")
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--data", type=pathlib.Path, default=None)
    parser.add_argument("--seconds-max", type=float, default=300.0)
    parser.add_argument("--sabotage", choices=sorted(sabotage.KINDS), default="nothing")
    return parser.parse_args()


def main():
    chosen = options()
    times = 20 if os.environ.get("NOROSHI_LONG") else 1
    seed = chosen.seed if chosen.seed is not None else random.SystemRandom().randrange(1 << 32)
    with tempfile.TemporaryDirectory(prefix="noroshi-kill-loop-") as scratch:
        data = chosen.data or pathlib.Path(scratch) / "hub"
        data.parent.mkdir(parents=True, exist_ok=True)
        try:
            violations = perform(chosen.hub, data, seed, times * chosen.rounds,
                                 times * chosen.seconds_max, chosen.sabotage)
        except (RunFailed, HubFailed, Broken, Unreachable) as error:
            print(f"verdict: FAIL, seed {seed}: {error}", flush=True)
            return 1
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main())
