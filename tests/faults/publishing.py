"""Publishers under load: orders, revisions, cancellations, repeats and what must be refused."""

import collections
import dataclasses
import random
import time
import uuid

from client import cap
from client.api import Api, Broken, Unreachable
from history import FAIL, OK, UNKNOWN, Publish, Submission, digest_of
from site_of_run import Worker

REVISIONS_MAX = 6
OPEN_ORDERS_MAX = 5
REPEATABLE_MAX = 200
SETTLE_SECONDS_MAX = 60.0

ACCEPTED = [200, 201]


@dataclasses.dataclass(frozen=True)
class PublisherAccount:
    code: str
    sender: str
    places: tuple  # it may speak for these
    token: str
    foreign_place: cap.Place = None  # it must not; None when it may speak for all


class PublisherLoad(Worker):
    """Sends as fast as it is answered. After a crash of the hub most of what became unknown is
    sent again until settled, some is left unknown for ever."""

    def __init__(self, site, account, seed):
        super().__init__(site, f"publisher {account.code}")
        self._account = account
        self._random = random.Random(f"{seed} {self.name}")
        self._stopping = False
        self._api = None
        self._door = None
        self._open = []        # orders in force: lists of their revisions
        self._repeatable = collections.deque(maxlen=REPEATABLE_MAX)  # orders accepted for certain
        self._known = set()
        self.submissions = []
        self.publishes = []

    def stop(self):
        """Settles what is under way, then ends."""
        self._stopping = True

    def work(self):
        actions = [(self._order, 45), (self._revise, 25), (self._cancel, 6), (self._repeat, 8),
                   (self._conflict, 6), (self._wrong, 10)]
        try:
            while not (self._stopping or self.site.over):
                action, = self._random.choices([a for a, _ in actions], [w for _, w in actions])
                action()
        finally:
            if self._api:
                self._api.close()

    def _order(self):
        if len(self._open) >= OPEN_ORDERS_MAX:
            return
        places = self._random.sample(self._account.places,
                                     self._random.randint(1, min(2, len(self._account.places))))
        order = cap.first_revision(self._account.code, self._account.sender, places,
                                   self._random.choice([3, 4, 5]))
        if self._accepted(order, may_abandon=self._random.random() < 0.2):
            self._open.append([order])

    def _revise(self):
        if not self._open:
            return
        revisions = self._random.choice(self._open)
        last = len(revisions) == REVISIONS_MAX - 1
        order = cap.next_revision(revisions[-1], revisions, message_type="Update",
                                  level=self._random.choice([3, 4, 5]),
                                  kind="lift" if last else "issue")
        if not self._accepted(order) or last:
            self._open.remove(revisions)
        else:
            revisions.append(order)

    def _cancel(self):
        if not self._open:
            return
        revisions = self._open.pop(self._random.randrange(len(self._open)))
        self._accepted(cap.next_revision(revisions[-1], revisions, message_type="Cancel"))

    def _repeat(self):
        if self._repeatable:
            self._settle(self._random.choice(self._repeatable), ACCEPTED)

    def _conflict(self):
        """Other bytes under a key that is taken."""
        if self._repeatable:
            order, _ = self._random.choice(self._repeatable)
            other = dataclasses.replace(order, remark=f"変更 {uuid.uuid4()}")
            self._settle((other, cap.document(other)), [409])

    def _wrong(self):
        order = cap.first_revision(self._account.code, self._account.sender,
                                   self._account.places[:1], 4)
        whole = cap.document(order)
        kinds = [(whole[:-12], [400]),
                 (whole.replace(b"?>\n", b'?>\n<!DOCTYPE alert SYSTEM "x">\n', 1), [400]),
                 (whole.replace(b">Immediate<", b">Soon<"), [422]),
                 (whole.replace(b">Actual<", b">Act<!-- -->ual Exercise<"), [422]),
                 (whole.replace(b">Actual<", b">Exercise<"), [403])]
        if self._account.foreign_place:
            foreign = dataclasses.replace(order, places=(self._account.foreign_place,))
            posing = dataclasses.replace(order, sender="pref.example.lg.jp")
            kinds += [(cap.document(foreign), [403]), (cap.document(posing), [403])]
        document, statuses = self._random.choice(kinds)
        self._settle((order, document), statuses)

    def _accepted(self, order, may_abandon=False):
        named = order, cap.document(order)
        attempt = self._settle(named, ACCEPTED, may_abandon)
        if attempt is None or attempt.outcome != OK:
            return False
        self._repeatable.append(named)
        return True

    def _settle(self, named, statuses, may_abandon=False):
        """The attempt that told what became of the document; the unknown one when it is left."""
        order, document = named
        digest = digest_of(document)
        if digest not in self._known:
            self._known.add(digest)
            self.site.readings.wrote(document, digest)
            self.submissions.append(Submission(
                digest, self._account.code, order.sender, order.identifier,
                [p.code for p in order.places], order.level,
                [[r.sender, r.identifier] for r in order.references], order.message_type,
                statuses))
        deadline = time.monotonic() + SETTLE_SECONDS_MAX
        while time.monotonic() < deadline and not self.site.over:
            attempt = self._attempt(digest, document)
            if attempt is None:
                continue
            if attempt.outcome == OK or (attempt.outcome == FAIL and attempt.status != 429):
                return attempt
            if may_abandon:
                return attempt
            self.site.leave(self._door)
        return None

    def _attempt(self, digest, document):
        """None when nothing was sent."""
        door = self.site.door()
        if door is None:
            return None
        if door != self._door:
            if self._api:
                self._api.close()
            self._door, self._api = door, Api(door, self._account.token)
        try:
            self._api.connect()
        except Unreachable:
            self.site.leave(door)
            return None
        publish = Publish(digest, self._account.code, time.monotonic())
        self.publishes.append(publish)
        try:
            answer = self._api.publish(document)
        except Broken:
            publish.outcome = UNKNOWN
            return publish
        publish.answered_at = time.monotonic()
        publish.status, publish.code = answer.status, answer.code or ""
        if answer.status in ACCEPTED:
            body = answer.json()
            publish.sequence, publish.epoch = int(body["sequence"]), int(body["epoch"])
            publish.subscribers = int(body["subscribers"])
            publish.outcome = OK
        else:
            # 503 may come after the store broke at COMMIT: only a repeat tells.
            publish.outcome = UNKNOWN if answer.status == 503 else FAIL
        self.site.answered()
        return publish
