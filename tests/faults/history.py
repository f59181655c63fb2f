"""What the clients of one run did and saw: all the checker ever looks at.

A list belongs to the thread that fills it; the lists are put together when the threads have ended.
Times are of one monotonic clock. Documents are named by the SHA-256 of their bytes.
"""

import dataclasses
import hashlib
import json

# Outcomes of a publish. `pending` is what a crash of the client itself would leave: like unknown.
OK, FAIL, UNKNOWN, PENDING = "ok", "fail", "unknown", "pending"

DELIVERY, PASSED, HEARTBEAT, ACK, GOODBYE = "delivery", "passed", "heartbeat", "ack", "goodbye"


def digest_of(document):
    return hashlib.sha256(document).hexdigest()


@dataclasses.dataclass
class Subscription:
    """Registered before the first publish and never changed in a run."""
    subscriber: str
    areas: list  # "*", two digits or six
    min_level: int = 0


@dataclasses.dataclass
class Submission:
    """A document as its author meant it."""
    digest: str
    publisher: str
    sender: str
    identifier: str
    areas: list       # six-digit codes
    level: int        # 0 when none is stated
    references: list  # [sender, identifier] each
    message_type: str  # Alert, Update, Cancel
    statuses: list    # the definite answers that are right; [200, 201] means it has to be accepted


@dataclasses.dataclass
class Publish:
    """One attempt: recorded before it is sent, completed when something is known."""
    digest: str
    publisher: str
    invoked_at: float
    outcome: str = PENDING
    status: int = 0
    code: str = ""
    sequence: int = 0
    epoch: int = 0
    subscribers: int = 0
    answered_at: float = 0.0


@dataclasses.dataclass
class Event:
    """A message on a stream, in the order the client saw or sent it. `sequence` is an ack's or
    heartbeat's `through` as well; `by` and `detail` are a Passed's alert and reason."""
    kind: str
    sequence: int = 0
    digest: str = ""
    publisher: str = ""
    detail: str = ""
    by: int = 0


@dataclasses.dataclass
class Connection:
    """One stream from its Welcome on. `resume_after` is what the Hello said, None for nothing."""
    subscriber: str
    said_epoch: int = None
    resume_after: int = None
    epoch: int = 0
    cursor: int = 0
    head: int = 0
    events: list = dataclasses.field(default_factory=list)


@dataclasses.dataclass
class Read:
    """GET /v1/alerts/{sequence} and what it gave."""
    sequence: int
    status: int
    digest: str = ""


@dataclasses.dataclass
class Ladder:
    """What the sender of an alert is told once every subscriber has everything."""
    sequence: int
    states: dict  # by subscriber


@dataclasses.dataclass
class History:
    subscriptions: list = dataclasses.field(default_factory=list)
    submissions: list = dataclasses.field(default_factory=list)
    publishes: list = dataclasses.field(default_factory=list)
    connections: list = dataclasses.field(default_factory=list)
    reads: list = dataclasses.field(default_factory=list)
    ladders: list = dataclasses.field(default_factory=list)
    settled: list = dataclasses.field(default_factory=list)  # subscribers that have everything

    def save(self, path):
        with open(path, "w", encoding="utf-8") as file:
            json.dump(dataclasses.asdict(self), file, ensure_ascii=False)

    @classmethod
    def load(cls, path):
        with open(path, encoding="utf-8") as file:
            kept = json.load(file)
        connections = [Connection(**{**c, "events": [Event(**e) for e in c["events"]]})
                       for c in kept["connections"]]
        return cls([Subscription(**s) for s in kept["subscriptions"]],
                   [Submission(**s) for s in kept["submissions"]],
                   [Publish(**p) for p in kept["publishes"]], connections,
                   [Read(**r) for r in kept["reads"]], [Ladder(**x) for x in kept["ladders"]],
                   kept["settled"])
