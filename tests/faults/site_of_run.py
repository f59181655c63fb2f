"""Where the hub is just now, shared by all threads of a run."""

import json
import threading
import time
import xml.etree.ElementTree as ElementTree

from client.reading import numbers_as_floats, reading_of


class Readings:
    """Which document says what a delivery in JSON says: an own reading of everything written."""

    def __init__(self):
        self._digests = {}  # of documents, by their reading; entries are only ever added

    def wrote(self, document, digest):
        """Before `document` is sent. What is no XML has no reading, and must not be accepted."""
        try:
            self._digests[self._key(reading_of(document))] = digest
        except ElementTree.ParseError:
            pass

    def digest(self, reading):
        """Of no document when nobody wrote one that says exactly this."""
        key = self._key(numbers_as_floats(reading))
        return self._digests.get(key, f"nobody wrote {key[:200]}")

    @staticmethod
    def _key(reading):
        return json.dumps(reading, sort_keys=True, ensure_ascii=False)


class Site:
    """Threads wait here while the hub is down; every wait has a bound."""

    def __init__(self):
        self._changed = threading.Condition()
        self._door = None
        self._answers = 0
        self._over = False
        self._failures = []
        self.readings = Readings()

    def open(self, door):
        with self._changed:
            self._door = door
            self._changed.notify_all()

    def shut(self):
        with self._changed:
            self._door = None

    def end(self):
        with self._changed:
            self._over = True
            self._changed.notify_all()

    @property
    def over(self):
        return self._over

    def door(self, seconds_max=0.5):
        """The open door, or None when there was none in time or the run is over."""
        with self._changed:
            self._changed.wait_for(lambda: self._door or self._over, seconds_max)
            return None if self._over else self._door

    def leave(self, door, seconds_max=0.05):
        """Called by who found `door` closed: waits a moment for another one."""
        with self._changed:
            self._changed.wait_for(lambda: self._door != door or self._over, seconds_max)

    def answered(self):
        with self._changed:
            self._answers += 1
            self._changed.notify_all()

    def wait_answers(self, count, seconds_max):
        """Until `count` more publishes are answered, or for `seconds_max`, or until a thread
        failed."""
        with self._changed:
            target = self._answers + count
            self._changed.wait_for(lambda: self._answers >= target or self._failures, seconds_max)

    def pause(self, seconds):
        """Lets the threads work for a while; cut short by the end of the run."""
        with self._changed:
            self._changed.wait_for(lambda: self._over, seconds)

    def fail(self, who, error):
        with self._changed:
            self._failures.append(f"{who}: {type(error).__name__}: {error}")
            self._changed.notify_all()

    @property
    def failures(self):
        with self._changed:
            return list(self._failures)


class Worker(threading.Thread):
    """A thread whose unexpected end ends the run with a message."""

    def __init__(self, site, name):
        super().__init__(name=name, daemon=True)
        self.site = site

    def work(self):
        raise NotImplementedError

    def run(self):
        try:
            self.work()
        except Exception as error:  # whatever it is, the run has failed and says why
            self.site.fail(self.name, error)


def join_all(workers, seconds_max):
    """The names of those that did not end in time."""
    deadline = time.monotonic() + seconds_max
    for worker in workers:
        worker.join(max(0.0, deadline - time.monotonic()))
    return [worker.name for worker in workers if worker.is_alive()]
