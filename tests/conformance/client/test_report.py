"""noroshi-hub audit report: what it says of an order and its end, recomputed from the ladders of the
API, beside a running hub and after it; and audit prove by an alert's name.

    test_report.py --hub BIN
"""

import csv
import datetime
import hashlib
import io
import json
import os
import pathlib
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import unittest
import xml.etree.ElementTree

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from client import cap
from client.api import CAP, Api
from client.hub_process import NO_RATES, HubProcess
from client.messages import ClientMessage
from client.page import Page
from client.registration import add_officer, add_publisher, add_subscriber, drill_token, open_drill
from client.stream import Stream

SENDER = "city.tokushima.lg.jp"
TOKUSHIMA = cap.Place("362018", "徳島県徳島市")
SECONDS_MAX = 10.0
SHOWN, WITHDRAWN, REFUSED = 1, 2, 3
STATES = ("queued", "delivered", "shown", "replaced", "withdrawn", "passed", "refused")
NOT_FOUND, CONFLICT, USAGE = 5, 6, 2


def milliseconds(text):
    return round(datetime.datetime.fromisoformat(text).timestamp() * 1000)


def seconds_since(text, accepted):
    return (milliseconds(text) - milliseconds(accepted)) / 1000


class ReportTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="noroshi-report-")
        self.addCleanup(scratch.cleanup)
        self.scratch = pathlib.Path(scratch.name)
        self.data = self.scratch / "hub"
        self.hub = HubProcess(os.environ["NOROSHI_HUB_BINARY"], self.data, settings=NO_RATES)
        self.addCleanup(self.hub.close)
        self.hub.init()
        self.city = add_publisher(self.hub, "362018", "徳島市", [SENDER], ["362018"])
        self.tokens = {name: add_subscriber(self.hub, name, ["36"]) for name in ("tv", "radio", "away")}
        self.operator = (self.data / "keys" / "operator.token").read_text().strip()
        self.door = self.hub.start()
        self.order = cap.first_revision("362018", SENDER, (TOKUSHIMA,), 4)

    def verb(self, *words, on_data=True):
        return subprocess.run([os.environ["NOROSHI_HUB_BINARY"], "audit", *map(str, words)] +
                              ["--data", str(self.data)] * on_data,
                              capture_output=True, text=True, timeout=60, cwd=self.scratch,
                              env={**os.environ, "LANG": "en_US.UTF-8"})

    def accept(self, order, token=None, below="/v1", document=None):
        with Api(self.door, token or self.city) as api:
            answer = api.publish(document or cap.document(order), below=below)
        self.assertEqual(answer.status, 201, answer.body)
        return answer.json()["sequence"]

    def stream(self, name):
        stream = Stream.open(self.door, self.tokens[name])
        self.addCleanup(stream.close)
        stream.hello()
        stream.receive_kind("welcome", SECONDS_MAX)
        return stream

    def stored(self, stream, sequence):
        while stream.receive_kind("delivery", SECONDS_MAX).sequence != sequence:
            pass
        stream.ack(sequence)

    def told(self, stream, identifier, sequence, state, medium, detail=""):
        message = ClientMessage()
        said = message.receipt
        said.id, said.sequence, said.state, said.medium, said.detail = (
            identifier, sequence, state, medium, detail)
        said.at.FromMilliseconds(round(time.time() * 1000))
        stream.send(message)
        self.assertEqual(stream.receive_kind("recorded", SECONDS_MAX).id, identifier)

    def ladder(self, sequence, below="/v1"):
        with Api(self.door, self.operator) as api:
            answer = api.request("GET", f"{below}/alerts/{sequence}/deliveries")
        self.assertEqual(answer.status, 200, answer.body)
        return answer.json()

    def wait_for(self, sequence, **states):
        deadline = time.monotonic() + SECONDS_MAX
        while True:
            rows = {row["subscriber"]: row["state"] for row in self.ladder(sequence)["deliveries"]}
            if all(rows[name] == state for name, state in states.items()):
                return
            self.assertLess(time.monotonic(), deadline, rows)
            time.sleep(0.02)

    def story(self):
        """An order that is shown, refused and not delivered; and its cancel. Their sequences."""
        tv, radio = self.stream("tv"), self.stream("radio")
        order = self.accept(self.order)
        self.stored(tv, order), self.stored(radio, order)
        self.told(tv, "1", order, SHOWN, "tv.lshape")
        self.told(tv, "2", order, SHOWN, "web", "=cmd|' /C calc'!A0")
        self.told(radio, "1", order, REFUSED, "radio", "<script>alert('編成')</script>")
        cancel = self.accept(cap.next_revision(self.order, [self.order], message_type="Cancel"))
        self.stored(tv, cancel)
        self.told(tv, "3", order, WITHDRAWN, "tv.lshape")
        self.wait_for(cancel, tv="delivered", radio="queued", away="queued")
        self.wait_for(order, tv="shown", radio="refused", away="queued")
        return order, cancel

    def report(self, name, out="report", **more):
        done = self.verb("report", name, "--out", out, "--json", **more)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def rows(self, name="report/report.csv"):
        raw = (self.scratch / name).read_bytes()
        self.assertEqual(raw.count(b"\n"), raw.count(b"\r\n"))
        return list(csv.DictReader(io.StringIO(raw.decode("utf-8"), newline=""), strict=True))

    def page(self, name="report/report.html"):
        text = (self.scratch / name).read_text(encoding="utf-8")
        xml.etree.ElementTree.fromstring(text.removeprefix("<!DOCTYPE html>"))
        page = Page(text)
        self.assertEqual((page.faults, page.loads, page.scripts), ([], [], 0))
        self.assertNotRegex(text, r"url\(|@import|<[^>]*https?://")
        return page

    def expect_as_ladder(self, rows, ladder):
        """Every number and time of the table, from the ladder alone."""
        accepted = ladder["accepted_at"]
        mine = [row for row in rows if row["sequence"] == str(ladder["sequence"])]
        self.assertEqual({row["accepted_at"] for row in mine}, {accepted})
        states = {row["subscriber"]: row["state"] for row in mine}
        self.assertEqual(len(states), ladder["totals"]["addressed"])
        self.assertEqual({state: list(states.values()).count(state) for state in STATES},
                         {state: ladder["totals"][state] for state in STATES})
        for row in ladder["deliveries"]:
            table = [each for each in mine if each["subscriber"] == row["subscriber"]]
            self.assertEqual(len(table), max(1, len(row["media"])))
            for each in table:
                self.assertEqual((each["name"], each["state"]), (row["name"], row["state"]))
                self.assertEqual(each["delivered_at"], row["delivered_at"] or "")
                self.assertEqual(each["passed_at"], row.get("passed_at", ""))
                if row["delivered_at"]:
                    self.assertEqual(float(each["delivered_after_s"]),
                                     seconds_since(row["delivered_at"], accepted))
            for each, medium in zip(table, row["media"]):
                self.assertEqual((each["medium"], each["medium_state"], each["shown_at"],
                                  each["medium_at"], each["recorded_at"]),
                                 (medium["medium"], medium["state"], medium["shown_at"] or "",
                                  medium["at"], medium["recorded_at"]))
                self.assertIn(each["detail"], (medium["detail"], "'" + medium["detail"]))
                if medium["shown_at"]:
                    self.assertEqual(float(each["shown_after_s"]),
                                     seconds_since(medium["shown_at"], accepted))

    def expect_summary(self, text, ladder):
        totals = ladder["totals"]
        self.assertIn(", ".join(f"{state} {totals[state]}" for state in STATES), text)
        self.assertIn(f"is entry {ladder['sequence']} of the log. It was addressed to "
                      f"{totals['addressed']} subscribers", text)
        after = [seconds_since(row["delivered_at"], ladder["accepted_at"])
                 for row in ladder["deliveries"] if row["delivered_at"]]
        self.assertIn(f"It was delivered to {len(after)}: the first after {min(after):.3f} s, the "
                      f"median after {statistics.median_low(after):.3f} s, the last after "
                      f"{max(after):.3f} s", text)
        if ladder["earlier"]:
            self.assertIn(f"{ladder['earlier']['shown']} subscribers show something still and "
                          f"{ladder['earlier']['withdrawn']} have taken all down", text)

    def test_its_numbers_are_those_of_the_ladders_while_the_hub_runs_and_after(self):
        order, cancel = self.story()
        ladders = [self.ladder(order), self.ladder(cancel)]
        names = (order, cancel, self.order.identifier,
                 f"{SENDER},{self.order.identifier},{self.order.sent}")
        for state in ("running", "stopped"):
            if state == "stopped":
                self.assertEqual(self.hub.terminate(), 0)
            for index, name in enumerate(names):
                out = f"{state}-{index}"
                told = self.report(name, out)
                self.assertEqual([alert["sequence"] for alert in told["alerts"]], [order, cancel])
                rows, page = self.rows(f"{out}/report.csv"), self.page(f"{out}/report.html")
                self.assertEqual({row["sequence"] for row in rows}, {str(order), str(cancel)})
                for ladder, alert in zip(ladders, told["alerts"]):
                    self.expect_as_ladder(rows, ladder)
                    self.expect_summary(page.text, ladder)
                    self.assertEqual(alert["addressed"], ladder["totals"]["addressed"])

    def test_a_view_that_has_to_be_made_anew_says_the_same(self):
        order, cancel = self.story()
        ladders = [self.ladder(order), self.ladder(cancel)]
        self.hub.terminate()
        for file in self.data.glob("view.db*"):
            file.unlink()
        self.report(order)
        for ladder in ladders:
            self.expect_as_ladder(self.rows(), ladder)

    def test_what_subscribers_say_is_no_markup_and_no_formula(self):
        order, _ = self.story()
        self.report(order)
        self.assertIn("<script>alert('編成')</script>", self.page().text)
        for row in self.rows():
            for cell in row.values():
                self.assertNotRegex(cell, r"^[=+\-@\t\r]")
        self.assertIn("'=cmd|' /C calc'!A0", {row["detail"] for row in self.rows()})

    def test_its_proofs_prove_also_when_the_document_is_gone(self):
        order, cancel = self.story()
        document = cap.document(self.order)
        self.hub.terminate()
        journal = sqlite3.connect(self.data / "journal.db")
        digest = hashlib.sha256(document).digest()
        changed = journal.execute("UPDATE contents SET bytes = ? WHERE hash = ?",
                                  (b"archived:" + digest, digest))
        self.assertEqual(changed.rowcount, 1)
        journal.commit()
        journal.close()
        for state in ("stopped", "running"):
            if state == "running":
                self.door = self.hub.start()
            self.report(order, state)
            text = self.page(f"{state}/report.html").text
            self.assertIn(f"SHA-256 {digest.hex()}) was archived or erased", text)
            self.assertEqual(text.count("is kept beside the log"), 1)
            proofs = [f"{state}/proof-{sequence}.json" for sequence in (order, cancel)]
            done = self.verb("verify-proof", *proofs, on_data=False)
            self.assertEqual((done.returncode, done.stdout), (0, "ok\nok\n"), done.stderr)
            root = json.loads((self.scratch / proofs[0]).read_text())["root"]
            checkpoint = (self.scratch / state / "checkpoint").read_text()
            self.assertEqual(checkpoint.split("\n")[2], root)
            self.assertEqual((self.scratch / state / "audit.pub").read_bytes(),
                             (self.data / "audit.pub").read_bytes())

    def test_what_came_too_late_or_made_room_is_told_with_the_reason(self):
        tv = self.stream("tv")
        first = self.accept(self.order)
        self.stored(tv, first)
        self.told(tv, "1", first, SHOWN, "tv.lshape")
        update = cap.next_revision(self.order, [self.order], message_type="Update")
        second = self.accept(update)
        self.stored(tv, second)
        self.told(tv, "2", second, SHOWN, "tv.lshape")
        cancel = self.accept(cap.next_revision(update, [self.order, update], message_type="Cancel"))
        self.stored(tv, cancel)
        self.stored(self.stream("away"), cancel)
        self.wait_for(first, tv="replaced", away="passed", radio="queued")
        self.wait_for(second, tv="shown", away="passed")
        self.wait_for(cancel, tv="delivered", away="delivered")
        self.report(second)
        rows, text = self.rows(), self.page().text
        for sequence in (first, second, cancel):
            self.expect_as_ladder(rows, self.ladder(sequence))
        self.assertEqual({row["sequence"]: (row["passed_reason"], row["passed_by"])
                          for row in rows if row["subscriber"] == "away"},
                         {str(first): ("superseded", str(second)),
                          str(second): ("cancelled", str(cancel)), str(cancel): ("", "")})
        self.assertIn(f"entry {second} took its place before it was delivered", text)
        self.assertIn(f"entry {cancel} cancelled it before it was delivered", text)

    def test_who_drafted_and_approved_is_told_with_the_times(self):
        self.hub.verb("publisher", "set", "362018", "--two-people")
        kato = add_officer(self.hub, "kato", "362018", ["drafter"])
        mori = add_officer(self.hub, "mori", "362018", ["approver"])
        document = cap.document(self.order)
        with Api(self.door, kato) as api:
            draft = api.request("POST", "/v1/drafts", document, {"Content-Type": CAP}).json()
        signed = json.dumps({"content_sha256": hashlib.sha256(document).hexdigest()}).encode()
        with Api(self.door, mori) as api:
            alert = api.request("POST", f"/v1/drafts/{draft['id']}/approval", signed,
                                {"Content-Type": "application/json"}).json()
        with Api(self.door, self.operator) as api:
            entry = api.request("GET", f"/v1/audit/entries?after={draft['sequence'] - 1}&limit=1")
        self.report(alert["sequence"])
        text = self.page().text
        self.assertIn("kato drafted it and mori approved it", text)
        drafted_at = entry.json()["entries"][0]["at"]
        self.assertIn(f"It was drafted at {drafted_at}", text)
        self.assertEqual({(row["drafted_by"], row["approved_by"], row["drafted_at"])
                          for row in self.rows()}, {("kato", "mori", drafted_at)})

    def test_a_drill_is_told_to_be_one(self):
        end = cap.timestamp(cap.now() + datetime.timedelta(hours=1))
        open_drill(self.hub, "spring", ["362018"], ["tv"], end)
        token = drill_token(self.hub, "publisher", "362018", "spring")
        sequence = self.accept(None, token, "/v1/drills/spring", cap.exercise(self.order, "spring"))
        self.report(sequence)
        self.assertIn("Drill spring. Not an actual alert", self.page().text)
        self.expect_as_ladder(self.rows(), self.ladder(sequence, "/v1/drills/spring"))

    def test_one_page_with_its_table_beside_it_and_nothing_written_over(self):
        order = self.accept(self.order)
        self.report(order, "flood.html")
        self.page("flood.html"), self.rows("flood.csv")
        for out in ("flood.html", "hub", "flood.csv"):
            before = (self.scratch / "flood.html").read_bytes()
            done = self.verb("report", order, "--out", out)
            self.assertEqual(done.returncode, CONFLICT, done.stderr)
            self.assertEqual((self.scratch / "flood.html").read_bytes(), before)
        done = self.verb("report", order)
        self.assertEqual(done.stdout.split(), [f"report-{order}/report.html",
                                               f"report-{order}/report.csv"], done.stderr)

    def test_what_is_no_alert_has_no_report(self):
        order = self.accept(self.order)
        for state in ("running", "stopped"):
            if state == "stopped":
                self.hub.terminate()
            for name, code in ((1, NOT_FOUND), (order + 1000, NOT_FOUND), ("jp-none", NOT_FOUND),
                               (f"7-{order}", NOT_FOUND), ("0", USAGE), ("a b", USAGE)):
                done = self.verb("report", name, "--out", "none")
                self.assertEqual(done.returncode, code, (name, done.stderr))
                self.assertFalse((self.scratch / "none").exists())

    def test_an_alert_is_proved_by_its_name(self):
        order = self.accept(self.order)
        reference = f"{SENDER},{self.order.identifier},{self.order.sent}"
        end = cap.timestamp(cap.now() + datetime.timedelta(hours=1))
        open_drill(self.hub, "spring", ["362018"], ["tv"], end)
        token = drill_token(self.hub, "publisher", "362018", "spring")
        for state in ("running", "stopped"):
            for name in (self.order.identifier, reference):
                done = self.verb("prove", name)
                self.assertEqual(json.loads(done.stdout)["leaf_index"], order - 1, done.stderr)
                proof = self.scratch / "proof.json"
                proof.write_text(done.stdout)
                self.assertEqual(self.verb("verify-proof", proof, on_data=False).stdout, "ok\n")
            sized = json.loads(self.verb("prove", self.order.identifier, "--size", order).stdout)
            self.assertEqual(sized["tree_size"], order)
            self.assertEqual(self.verb("prove", "jp-none").returncode, NOT_FOUND)
            if state == "running":
                self.hub.terminate()
        self.door = self.hub.start()
        again = self.accept(None, token, "/v1/drills/spring", cap.exercise(self.order, "spring"))
        for state in ("running", "stopped"):
            done = self.verb("prove", self.order.identifier)
            self.assertEqual(done.returncode, CONFLICT, done.stdout)
            for sequence in (order, again):
                self.assertIn(str(sequence), done.stderr)
            if state == "running":
                self.hub.terminate()

    def test_the_checks_of_this_test_can_fail(self):
        for text in ("<p><b></p></b>", "<p>", "</p>"):
            self.assertNotEqual(Page(text).faults, [], text)
        self.assertEqual(Page("<img src='https://x/'/>").loads[0][0], "img")
        self.assertEqual(Page("<script></script>").scripts, 1)


if __name__ == "__main__":
    if len(sys.argv) < 3 or sys.argv[1] != "--hub":
        sys.exit(__doc__)
    os.environ["NOROSHI_HUB_BINARY"] = os.path.abspath(sys.argv[2])
    unittest.main(argv=sys.argv[:1] + sys.argv[3:], verbosity=2)
