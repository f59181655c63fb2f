"""Positive controls: faults put outside the hub, which the checker has to find. A checker that
cannot fail proves nothing."""

import dataclasses
import shutil

from history import DELIVERY

AFTER_DELIVERIES = 10


class Sabotage:
    """None of it: what a real run uses."""

    # What the checker must report: a promise, and a word its detail has to contain.
    expected = ()

    def after_kill(self, data):
        """Called with the data directory while no hub runs on it."""

    def record(self, subscriber, events, event):
        """Called in place of `events.append(event)`, by the subscriber's own thread."""
        events.append(event)


class LostPageCache(Sabotage):
    """A power cut under a store that acknowledged before it synced: after each kill the data
    directory is again what it was after the first."""

    expected = (("I1", "reading it gave"),)

    def __init__(self):
        self._copy = None

    def after_kill(self, data):
        if self._copy:
            shutil.rmtree(data)
            shutil.copytree(self._copy, data)
        else:
            self._copy = data.parent / (data.name + ".before")
            shutil.copytree(data, self._copy, ignore=shutil.ignore_patterns("*.sock"))


class SpoiltFrames(Sabotage):
    """One delivery each of four subscribers is recorded wrongly."""

    expected = (("I2", "all never got"), ("I3", "prefecture"), ("I4", "several documents"),
                ("I5", "restless"))

    def __init__(self):
        self._victims = {"all": dropped, "prefecture": Swapped(), "loud": altered,
                         "restless": invented}
        self._seen = dict.fromkeys(self._victims, 0)
        self._chosen = {}

    def record(self, subscriber, events, event):
        if subscriber not in self._victims or event.kind != DELIVERY:
            events.append(event)
            return
        self._seen[subscriber] += 1
        if self._seen[subscriber] == AFTER_DELIVERIES:
            self._chosen[subscriber] = event.sequence
        chosen = self._chosen.get(subscriber) == event.sequence
        self._victims[subscriber](events, event, chosen)


def dropped(events, event, chosen):
    """Never seen, however often it is sent, but acknowledged."""
    if not chosen:
        events.append(event)


def altered(events, event, chosen):
    events.append(dataclasses.replace(event, digest="0" * 64) if chosen else event)


def invented(events, event, chosen):
    events.append(event)
    if chosen:
        events.append(dataclasses.replace(event, sequence=event.sequence + 1, digest="f" * 64))


class Swapped:
    """Recorded behind its successor."""

    def __init__(self):
        self._held = None

    def __call__(self, events, event, chosen):
        if chosen and self._held is None:
            self._held = event
            return
        events.append(event)
        if self._held:
            events.append(self._held)
            self._held = None


KINDS = {"nothing": Sabotage, "lost-page-cache": LostPageCache, "spoilt-frames": SpoiltFrames}
