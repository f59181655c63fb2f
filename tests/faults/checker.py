"""Judges a history against the promises I1 to I5 of ops/docs/reliability.md, section 1.

Pure: no hub, no clock, no randomness. It knows only what clients did and saw, and works out by
itself who had to get what. `checker.py FILE` judges a saved history again.

I1  what was answered 200 or 201 stays readable under its sequence with the same bytes, and is
    accepted anew (201) only once
I2  every subscriber that an accepted alert is addressed to has a Delivery of it, or a Passed that
    names the update or cancellation which took its place
I3  ascending on each connection, without a gap behind its cursor; a publish that began after
    another was answered has the higher sequence
I4  one log, one epoch; a sequence is one document and a document one sequence, at every client
I5  what is delivered was published by the named publisher, not refused, and lies in the log
and beside them: `routing` (delivered to those it is addressed to only, and their number told),
`ladder` (the sender is told of each of them), `answer` (every document gets an answer its author
had to expect) and `stream` (no unexpected Goodbye).
"""

import bisect
import collections
import dataclasses
import sys

import history as record


@dataclasses.dataclass(frozen=True)
class Violation:
    promise: str
    detail: str


class Facts:
    """What follows from a history before anything is judged."""

    def __init__(self, history):
        self.history = history
        self.submissions = {(s.publisher, s.digest): s for s in history.submissions}
        self.outcomes = collections.defaultdict(list)
        for publish in history.publishes:
            self.outcomes[publish.publisher, publish.digest].append(publish)
        self.acknowledged = [p for p in history.publishes if p.outcome == record.OK]
        self.deliveries = [(c, e) for c in history.connections for e in c.events
                           if e.kind == record.DELIVERY]
        self.received = collections.defaultdict(set)  # sequences by subscriber
        for connection in history.connections:
            self.received[connection.subscriber].update(
                e.sequence for e in connection.events if e.kind in (record.DELIVERY, record.PASSED))
        # Sequence to publisher and digest: answered or delivered means accepted. Where clients
        # disagree the first stands and I4 speaks up.
        self.accepted = {}
        for publish in self.acknowledged:
            self.accepted.setdefault(publish.sequence, (publish.publisher, publish.digest))
        for _, event in self.deliveries:
            self.accepted.setdefault(event.sequence, (event.publisher, event.digest))
        self._by_key = {}
        for sequence, name in sorted(self.accepted.items()):
            submission = self.submissions.get(name)
            if submission:
                self._by_key.setdefault(_key(submission), sequence)
        self._addressees = {}
        self.addressed = {s.subscriber: [] for s in history.subscriptions}
        for sequence in sorted(self.accepted):
            for subscriber in self.addressees(sequence):
                self.addressed[subscriber].append(sequence)

    def addressees(self, sequence):
        """Its own and those of everything it references: shown once, told of every change."""
        if sequence in self._addressees:
            return self._addressees[sequence]
        found = set()
        submission = self.submissions.get(self.accepted[sequence])
        if submission:
            found = {s.subscriber for s in self.history.subscriptions if wants(s, submission)}
            for sender, identifier in submission.references:
                earlier = self._by_key.get((submission.publisher, sender, identifier))
                if earlier is not None and earlier < sequence:
                    found |= self.addressees(earlier)
        self._addressees[sequence] = found
        return found


def _key(submission):
    return submission.publisher, submission.sender, submission.identifier


def wants(subscription, submission):
    if submission.level and submission.level < subscription.min_level:
        return False
    return any(area == "*" or area == code or (len(area) == 2 and code.startswith(area))
               for area in subscription.areas for code in submission.areas)


def judge(history):
    """All violations; none means that the run kept every promise."""
    facts = Facts(history)
    found = []
    for check in (_kept, _reached, _passed, _in_order, _in_real_time, _one_name, _nothing_made_up,
                  _routing, _ladders, _answers, _streams):
        found += check(facts)
    return found


def _kept(facts):
    reads = collections.defaultdict(list)
    for read in facts.history.reads:
        reads[read.sequence].append(read)
    fresh = collections.Counter()
    for publish in facts.acknowledged:
        what = f"{publish.publisher} {publish.digest[:12]} answered {publish.status} " \
               f"as {publish.sequence}"
        fresh[publish.publisher, publish.digest] += publish.status == 201
        if not reads[publish.sequence]:
            yield Violation("I1", f"{what}: never read back")
        for read in reads[publish.sequence]:
            if read.status != 200 or read.digest != publish.digest:
                yield Violation("I1", f"{what}: reading it gave {read.status} {read.digest[:12]}")
    for (publisher, digest), times in fresh.items():
        if times > 1:
            yield Violation("I1", f"{publisher} {digest[:12]} was accepted anew {times} times")


def _reached(facts):
    for subscription in facts.history.subscriptions:
        subscriber = subscription.subscriber
        if subscriber not in facts.history.settled:
            yield Violation("I2", f"{subscriber} was never told that it has everything")
        for sequence in facts.addressed[subscriber]:
            if sequence not in facts.received[subscriber]:
                yield Violation("I2", f"{subscriber} never got {sequence}")


REPLACES = {"SUPERSEDED": "Update", "CANCELLED": "Cancel"}


def _passed(facts):
    """Documents of a run live longer than the run, so none may have expired."""
    for connection in facts.history.connections:
        for event in connection.events:
            if event.kind != record.PASSED:
                continue
            late, by = (facts.submissions.get(facts.accepted.get(n)) for n in
                        (event.sequence, event.by))
            right = (late and by and late.publisher == by.publisher and
                     by.message_type == REPLACES.get(event.detail) and
                     [late.sender, late.identifier] in by.references)
            if not right:
                yield Violation("I2", f"{connection.subscriber} was told that {event.sequence} "
                                      f"is {event.detail} by {event.by}, which it is not")


def _in_order(facts):
    for number, connection in enumerate(facts.history.connections):
        name = f"{connection.subscriber}, connection {number}"
        resumed = connection.resume_after is not None and connection.said_epoch == connection.epoch
        if resumed and connection.cursor != connection.resume_after:
            yield Violation("I3", f"{name}: resumed after {connection.resume_after}, "
                                  f"continued after {connection.cursor}")
        last = connection.cursor
        through = 0
        here = set()
        for event in connection.events:
            if event.kind in (record.DELIVERY, record.PASSED):
                if event.sequence <= last:
                    yield Violation("I3", f"{name}: {event.sequence} after {last}")
                last = max(last, event.sequence)
                here.add(event.sequence)
            elif event.kind == record.HEARTBEAT:
                if event.sequence < through:
                    yield Violation("I3", f"{name}: through fell from {through} "
                                          f"to {event.sequence}")
                through = max(through, event.sequence)
        addressed = facts.addressed.get(connection.subscriber, [])
        begin = bisect.bisect_right(addressed, connection.cursor)
        end = bisect.bisect_right(addressed, max(last, through))
        for sequence in addressed[begin:end]:
            if sequence not in here:
                yield Violation("I3", f"{name}: gap at {sequence} between cursor "
                                      f"{connection.cursor} and {max(last, through)}")


def _in_real_time(facts):
    fresh = [p for p in facts.acknowledged if p.status == 201]
    answered = sorted(fresh, key=lambda p: p.answered_at)
    highest, done = 0, 0
    for publish in sorted(fresh, key=lambda p: p.invoked_at):
        while done < len(answered) and answered[done].answered_at < publish.invoked_at:
            highest = max(highest, answered[done].sequence)
            done += 1
        # An attempt may have been accepted by an earlier try whose answer was lost: that one is
        # answered 200, so a 201 really began here.
        if publish.sequence <= highest:
            yield Violation("I3", f"{publish.digest[:12]} was given {publish.sequence} when "
                                  f"{highest} had been answered")


def _one_name(facts):
    epochs = {p.epoch for p in facts.acknowledged} | {c.epoch for c in facts.history.connections}
    if len(epochs) > 1:
        yield Violation("I4", f"several epochs of one log: {sorted(epochs)}")
    documents = collections.defaultdict(set)
    sequences = collections.defaultdict(set)
    names = [(p.publisher, p.digest, p.sequence) for p in facts.acknowledged]
    names += [(e.publisher, e.digest, e.sequence) for _, e in facts.deliveries]
    for publisher, digest, sequence in names:
        documents[sequence].add((publisher, digest))
        submission = facts.submissions.get((publisher, digest))
        if submission:
            sequences[_key(submission)].add(sequence)
    for sequence, several in documents.items():
        if len(several) > 1:
            shown = ", ".join(sorted(f"{publisher} {digest[:12]}" for publisher, digest in several))
            yield Violation("I4", f"sequence {sequence} is several documents: {shown}")
    for (publisher, _, identifier), several in sequences.items():
        if len(several) > 1:
            yield Violation("I4", f"{publisher} {identifier} has sequences {sorted(several)}")


def _nothing_made_up(facts):
    reads = {r.sequence: r for r in facts.history.reads}
    seen = set()
    for connection, event in facts.deliveries:
        name = event.publisher, event.digest, event.sequence
        if name in seen:
            continue
        seen.add(name)
        what = f"{connection.subscriber} got {event.sequence}, {event.publisher} " \
               f"{event.digest[:12]}"
        outcomes = {p.outcome for p in facts.outcomes.get((event.publisher, event.digest), [])}
        if not outcomes:
            yield Violation("I5", f"{what}: nobody published that")
        elif outcomes == {record.FAIL}:
            yield Violation("I5", f"{what}: which was refused")
        read = reads.get(event.sequence)
        if read is None or read.status != 200 or read.digest != event.digest:
            yield Violation("I5", f"{what}: which is not what the log holds there")


def _routing(facts):
    for connection, event in facts.deliveries:
        known = facts.accepted[event.sequence] in facts.submissions
        if known and connection.subscriber not in facts.addressees(event.sequence):
            yield Violation("routing", f"{connection.subscriber} got {event.sequence}, which is "
                                       "not addressed to it")


    for publish in facts.acknowledged:
        if publish.subscribers != len(facts.addressees(publish.sequence)):
            yield Violation("routing", f"{publish.sequence} was answered as addressed to "
                                       f"{publish.subscribers} subscribers")


def _ladders(facts):
    for ladder in facts.history.ladders:
        addressees = facts.addressees(ladder.sequence)
        if set(ladder.states) != addressees:
            yield Violation("ladder", f"{ladder.sequence} is shown as addressed to "
                                      f"{sorted(ladder.states)}, not {sorted(addressees)}")
        waiting = sorted(s for s, state in ladder.states.items() if state == "queued")
        if waiting:
            yield Violation("ladder", f"{ladder.sequence} is shown as queued for {waiting}")


def _answers(facts):
    for publish in facts.history.publishes:
        if publish.outcome not in (record.OK, record.FAIL):
            continue
        right = facts.submissions[publish.publisher, publish.digest].statuses
        if publish.status not in right and publish.status != 429:
            yield Violation("answer", f"{publish.publisher} {publish.digest[:12]} was answered "
                                      f"{publish.status} {publish.code}, expected {right}")


def _streams(facts):
    for connection in facts.history.connections:
        for event in connection.events:
            if event.kind == record.GOODBYE and event.detail != "stopping":
                yield Violation("stream", f"{connection.subscriber} was told {event.detail}")


def verdict(violations, shown_max=5):
    """Lines to print: PASS, or FAIL with the count and the first few of each promise."""
    if not violations:
        return ["verdict: PASS"]
    by_promise = collections.defaultdict(list)
    for violation in violations:
        by_promise[violation.promise].append(violation.detail)
    lines = []
    for promise, details in sorted(by_promise.items()):
        lines.append(f"{promise}: {len(details)} violations")
        lines += [f"    {detail}" for detail in details[:shown_max]]
    return lines + ["verdict: FAIL"]


if __name__ == "__main__":
    result = judge(record.History.load(sys.argv[1]))
    print("\n".join(verdict(result, shown_max=50)))
    sys.exit(1 if result else 0)
