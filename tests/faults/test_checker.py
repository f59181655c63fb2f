"""The checker on histories made by hand: one that keeps every promise, and for each promise some
that break it and nothing else unless said."""

import copy
import pathlib
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True

import checker
import history as record
from history import (ACK, DELIVERY, FAIL, GOODBYE, HEARTBEAT, OK, PASSED, PENDING, UNKNOWN,
                     Connection, Event, Ladder, Publish, Read, Submission, Subscription)

EPOCH = 77
CITY, OTHER_CITY = "362018", "362026"


def submission(name, area=CITY, level=4, references=(), statuses=(200, 201)):
    return Submission(f"digest-{name}", CITY, "city.example", name, [area], level,
                      [["city.example", r] for r in references],
                      "Update" if references else "Alert", list(statuses))


def answered(name, sequence, at, status=201, subscribers=2):
    return Publish(f"digest-{name}", CITY, at, OK, status, "", sequence, EPOCH, subscribers,
                   at + 0.5)


def delivery(name, sequence):
    return Event(DELIVERY, sequence, f"digest-{name}", CITY)


def kept():
    """Five alerts (a level 4, b level 3 elsewhere, c an update of a that names only the other
    city, d settled by a retry, u an update of d) and one refused; `all` restarts once, `city` is
    on level 4 and has d passed by u."""
    return record.History(
        [Subscription("all", ["*"]), Subscription("city", [CITY], 4),
         Subscription("far", ["13"])],
        [submission("a"), submission("b", OTHER_CITY, 3), submission("c", OTHER_CITY, 4, ["a"]),
         submission("d"), submission("wrong", statuses=(422,)),
         submission("u", references=["d"])],
        [answered("a", 10, 1), answered("b", 11, 2, subscribers=1),
         Publish("digest-wrong", CITY, 3, FAIL, 422, "alert.invalid", answered_at=3.5),
         answered("c", 14, 4), Publish("digest-d", CITY, 5, UNKNOWN),
         answered("d", 15, 6, status=200), answered("u", 16, 7)],
        [Connection("all", None, None, EPOCH, 5, 9,
                    [delivery("a", 10), delivery("b", 11), Event(ACK, 10)]),
         Connection("all", EPOCH, 10, EPOCH, 10, 15,
                    [delivery("b", 11), delivery("c", 14), delivery("d", 15),
                     delivery("u", 16), Event(HEARTBEAT, 16), Event(ACK, 16),
                     Event(GOODBYE, detail="stopping")]),
         Connection("city", None, None, EPOCH, 6, 9,
                    [delivery("a", 10), delivery("c", 14),
                     Event(PASSED, 15, detail="SUPERSEDED", by=16), delivery("u", 16),
                     Event(HEARTBEAT, 16)]),
         Connection("far", None, None, EPOCH, 7, 9, [Event(HEARTBEAT, 16)])],
        [Read(n, 200, f"digest-{d}")
         for n, d in ((10, "a"), (11, "b"), (14, "c"), (15, "d"), (16, "u"))],
        [Ladder(15, {"all": "delivered", "city": "passed"}), Ladder(11, {"all": "delivered"})],
        ["all", "city", "far"])


def broken(history):
    return {violation.promise for violation in checker.judge(history)}


# What spoils the kept history, and the promises that then are broken, no others.
def lose_from_log(h): h.reads[1] = Read(11, 404)
def other_bytes_in_log(h): h.reads[1].digest = "digest-x"
def never_read(h): h.reads = [r for r in h.reads if r.sequence != 14]
def accept_anew(h): h.publishes.append(answered("a", 10, 7))
def lost_before_a_later_read(h): h.reads.append(Read(15, 404))
def drop_everywhere(h):
    for c in h.connections[:2]: c.events = [e for e in c.events if e.sequence != 11]
def drop_passed(h): del h.connections[2].events[2]
def pass_for_no_reason(h): h.connections[2].events[2].by = 0
def pass_by_another(h): h.connections[2].events[2].by = 14
def pass_as_expired(h): h.connections[2].events[2].detail = "EXPIRED"
def pass_as_cancelled(h): h.connections[2].events[2].detail = "CANCELLED"
def drop_follow_up(h): del h.connections[2].events[1]
def unsettled(h): h.settled.remove("far")
def swap(h):
    events = h.connections[1].events
    events[0], events[1] = events[1], events[0]
def repeat(h): h.connections[1].events.insert(1, delivery("b", 11))
def gap_in_redelivery(h): del h.connections[1].events[0]
def before_cursor(h): h.connections[1].events.insert(0, delivery("a", 10))
def skip_on_resume(h): h.connections[1].cursor = 11; del h.connections[1].events[0]
def through_too_far(h): h.connections[0].events.append(Event(HEARTBEAT, 14))
def through_falls(h): h.connections[3].events.append(Event(HEARTBEAT, 14))
def late_but_lower(h):
    h.submissions.append(submission("e", "131032"))
    h.publishes.append(answered("e", 9, 8))
    h.reads.append(Read(9, 200, "digest-e"))
    h.connections[0].events.insert(0, delivery("e", 9))
    h.connections[3].events.insert(0, delivery("e", 9))
def other_bytes_again(h): h.connections[1].events[0].digest = "digest-d"
def other_sequence_again(h): h.connections[1].events[2] = delivery("b", 15)
def other_epoch(h): h.connections[3].epoch = EPOCH + 1
def other_answer(h): h.publishes[5].sequence = 14
def make_up(h): h.connections[0].events.append(delivery("nobody", 12))
def deliver_refused(h): h.connections[0].events.append(delivery("wrong", 12))
def other_publisher(h): h.connections[0].events[0].publisher = OTHER_CITY
def not_in_log(h):
    h.submissions.append(submission("e", "131032"))
    h.publishes.append(Publish("digest-e", CITY, 8, UNKNOWN))
    h.connections[1].events.insert(4, delivery("e", 17))
    h.connections[3].events.insert(0, delivery("e", 17))
def to_the_wrong(h): h.connections[3].events.insert(0, delivery("a", 10))
def below_level(h):
    h.submissions[3].level = 3
    h.connections[2].events[2] = delivery("d", 15)
def miscount(h): h.publishes[0].subscribers = 3
def leave_out_of_ladder(h): del h.ladders[0].states["city"]
def no_ladder(h): h.ladders[1].states = {}
def still_queued(h): h.ladders[0].states["all"] = "queued"
def accept_invalid(h): h.submissions[1].statuses = [422]
def refuse_valid(h): h.submissions[4].statuses = [200, 201]
def fail_inside(h): h.publishes[2].status = 500
def rolled_back(h): h.connections[1].events.append(Event(GOODBYE, detail="log.rolled_back"))


SPOILT = [
    (lose_from_log, {"I1", "I5"}), (other_bytes_in_log, {"I1", "I5"}),
    (never_read, {"I1", "I5"}), (accept_anew, {"I1", "I3"}),
    (lost_before_a_later_read, {"I1", "I5"}),
    (drop_everywhere, {"I2", "I3"}), (drop_passed, {"I2", "I3"}),
    (drop_follow_up, {"I2", "I3"}), (unsettled, {"I2"}),
    (pass_for_no_reason, {"I2"}), (pass_by_another, {"I2"}), (pass_as_expired, {"I2"}),
    (pass_as_cancelled, {"I2"}),
    (swap, {"I3"}), (repeat, {"I3"}), (gap_in_redelivery, {"I3"}), (before_cursor, {"I3"}),
    (skip_on_resume, {"I3"}), (through_too_far, {"I3"}), (through_falls, {"I3"}),
    (late_but_lower, {"I3"}),
    (other_bytes_again, {"I4", "I5"}), (other_sequence_again, {"I4", "I5"}),
    (other_epoch, {"I4"}), (other_answer, {"I1", "I4"}),
    (make_up, {"I5"}), (deliver_refused, {"I2", "I3", "I5"}), (other_publisher, {"I4", "I5"}),
    (not_in_log, {"I5"}),
    (to_the_wrong, {"routing"}), (below_level, {"routing", "ladder"}), (miscount, {"routing"}),
    (leave_out_of_ladder, {"ladder"}), (no_ladder, {"ladder"}), (still_queued, {"ladder"}),
    (accept_invalid, {"answer"}), (refuse_valid, {"answer"}), (fail_inside, {"answer"}),
    (rolled_back, {"stream"}),
]


class CheckerTest(unittest.TestCase):
    def test_a_run_that_keeps_every_promise_passes(self):
        self.assertEqual(checker.judge(kept()), [])
        self.assertEqual(checker.verdict([]), ["verdict: PASS"])

    def test_each_broken_promise_is_named_and_no_other(self):
        for spoil, promises in SPOILT:
            with self.subTest(spoil.__name__):
                history = kept()
                spoil(history)
                self.assertEqual(broken(history), promises, checker.judge(history))

    def test_every_promise_has_a_history_that_breaks_it(self):
        named = set().union(*(promises for _, promises in SPOILT))
        self.assertEqual(named, {"I1", "I2", "I3", "I4", "I5", "routing", "ladder", "answer",
                                 "stream"})

    def test_an_unknown_publish_may_be_absent(self):
        history = kept()
        history.submissions.append(submission("e"))
        for outcome in (UNKNOWN, PENDING):
            history.publishes.append(Publish("digest-e", CITY, 9, outcome))
        self.assertEqual(checker.judge(history), [])

    def test_an_unknown_publish_that_one_subscriber_got_is_owed_to_all(self):
        history = kept()
        history.submissions.append(submission("e"))
        history.publishes.append(Publish("digest-e", CITY, 9, UNKNOWN))
        history.reads.append(Read(17, 200, "digest-e"))
        history.connections[1].events.append(delivery("e", 17))
        self.assertEqual(broken(history), {"I2"})
        history.connections[2].events.append(delivery("e", 17))
        self.assertEqual(broken(history), set())

    def test_a_duplicate_across_connections_is_allowed(self):
        history = kept()
        history.connections.append(Connection("city", EPOCH, 6, EPOCH, 6, 15, [
            delivery("a", 10), delivery("c", 14), delivery("d", 15)]))
        self.assertEqual(checker.judge(history), [])

    def test_a_saved_history_is_judged_alike(self):
        with tempfile.TemporaryDirectory() as directory:
            path = pathlib.Path(directory) / "history.json"
            history = kept()
            drop_passed(history)
            history.save(path)
            again = record.History.load(path)
        self.assertEqual(again, history)
        self.assertEqual(checker.judge(again), checker.judge(history))

    def test_judging_changes_nothing(self):
        history = kept()
        before = copy.deepcopy(history)
        checker.judge(history)
        self.assertEqual(history, before)

    def test_the_verdict_counts_what_it_does_not_show(self):
        violations = [checker.Violation("I2", f"lost {n}") for n in range(9)]
        lines = checker.verdict(violations, shown_max=2)
        self.assertEqual(lines, ["I2: 9 violations", "    lost 0", "    lost 1", "verdict: FAIL"])


if __name__ == "__main__":
    unittest.main()
