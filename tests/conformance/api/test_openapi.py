"""proto/api/openapi.yaml against a real hub: status, media type and body of its answers.

    test_openapi.py --hub BIN
"""

import dataclasses
import datetime
import hashlib
import json as json_module
import json
import os
import pathlib
import sys
import tempfile
import time
import unittest
from urllib.parse import quote

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from api import described, refusals, schemas
from client import cap
from client.api import CAP, Answer, Api
from client.audit_log import Cosigner
from client.events import Events
from client.hub_process import HubProcess
from client.json_stream import JsonStream
from client.raw_request import connect
from client.registration import add_officer, add_publisher, add_subscriber, drill_token, open_drill

# Described and not asked for here, each for its reason. Everything else that openapi.yaml names has to be seen.
NOT_PROVOKED = {(below + path, "post", "410"): "a draft waits ten minutes; the clock of a hub is its machine's"
                for below in ("/v1", "/v1/drills/{drill}")
                for path in ("/drafts/{id}/approval", "/drafts/{id}/withdrawal")}
DRILL = "shakeout"
QUERIES = {"area": "362018", "event": "evac", "level": "4", "in_force": "true",
           "identifier": "x", "before": "1000", "limit": "1"}
UPGRADE = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
           "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
           "Sec-WebSocket-Protocol": "noroshi.v1.json"}


@dataclasses.dataclass
class Question:
    status: int
    method: str
    path: str     # as described
    token: str
    body: bytes = None
    fields: dict = dataclasses.field(default_factory=dict)
    target: str = None


class OpenApi(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        scratch = tempfile.TemporaryDirectory(prefix="noroshi-openapi-")
        cls.addClassCleanup(scratch.cleanup)
        cls.witness = Cosigner("tv.example", bytes(range(32)))
        cls.hub = HubProcess(os.environ["NOROSHI_HUB_BINARY"], pathlib.Path(scratch.name) / "hub",
                             settings={"witnesses": cls.witness.key})
        cls.addClassCleanup(cls.hub.close)
        cls.hub.init()
        live = {"city": add_publisher(cls.hub, "362018", "徳島市", ["city.example"], ["362018"]),
                "town": add_publisher(cls.hub, "362026", "鳴門市", ["town.example"], ["362026"]),
                "tv": add_subscriber(cls.hub, "tv", ["*"]),
                "radio": add_subscriber(cls.hub, "radio", ["*"]),
                "web": add_subscriber(cls.hub, "web", ["*"])}
        cls.hub.verb("subscriber", "set", "web", "--outlets", "events")
        cls.hub.verb("publisher", "set", "362018", "--deadline", "shown=1s")
        live["kato"] = add_officer(cls.hub, "kato", "362018", ["drafter"])
        live["mori"] = add_officer(cls.hub, "mori", "362018", ["approver"])
        end = cap.timestamp(cap.now() + datetime.timedelta(hours=1))
        open_drill(cls.hub, DRILL, ("362018", "362026"), ("tv", "radio", "web"), end)
        drill = {"city": drill_token(cls.hub, "publisher", "362018", DRILL),
                 "town": drill_token(cls.hub, "publisher", "362026", DRILL),
                 "tv": drill_token(cls.hub, "subscriber", "tv", DRILL),
                 "radio": drill_token(cls.hub, "subscriber", "radio", DRILL),
                 "web": drill_token(cls.hub, "subscriber", "web", DRILL),
                 "kato": drill_token(cls.hub, "officer", "kato", DRILL),
                 "mori": drill_token(cls.hub, "officer", "mori", DRILL)}
        cls.tokens = {"/v1": live, "/v1/drills/{drill}": drill}
        cls.door = cls.hub.start()
        place = cap.Place("362018", "徳島県徳島市")
        cls.order = cap.first_revision("362018", "city.example", (place,), 4)
        cls.update = cap.next_revision(cls.order, [cls.order], message_type="Update")
        cls.below = "/v1"

    def __getattr__(self, name):
        """The token of that name, on the paths that are asked about."""
        try:
            return type(self).tokens[self.below][name]
        except KeyError:
            raise AttributeError(name) from None

    def written(self, order):
        return cap.document(order) if self.below == "/v1" else cap.exercise(order, DRILL)

    def ask(self, question):
        target = (question.target or question.path).replace("{drill}", DRILL)
        target = target.replace("{sequence}", str(self.sequence))
        with Api(self.door, question.token) as api:
            return api.request(question.method.upper(), target, question.body, question.fields)

    def expect(self, question):
        """The answer, which has to be as described."""
        answer = self.ask(question)
        self.assertEqual(answer.status, question.status, (question, answer.body[:300]))
        self.seen(question.path, question.method, answer)
        return answer

    def seen(self, path, method, answer):
        self.assertEqual(described.faults(path, method, answer), [], (path, method, answer.body[:300]))
        self.asked.add((path, method, str(answer.status)))
        self.forms.add((path, method, str(answer.status), answer.media_type))

    def test_the_answers_are_as_described(self):
        self.asked, self.forms = set(), set()
        for self.below in ("/v1", "/v1/drills/{drill}"):
            self.write_and_read()
            self.drafts()
        self.below = "/v1"
        self.read_audit()
        self.cosign()
        self.hub.verb("drill", "close", DRILL)
        self.below = "/v1/drills/{drill}"
        for path, fields in (("/stream", UPGRADE), ("/in-force", {})):
            self.expect(Question(409, "get", self.below + path, self.tv, fields=fields,
                                 target=self.below + path + "?area=36" * (not fields)))
        self.crowd_and_stop()
        self.assertEqual((described.answers() - self.asked, described.forms() - self.forms),
                         (set(NOT_PROVOKED), set()))

    def crowd_and_stop(self):
        """What any operation may be answered; the hub that says so has stopped."""
        self.hub.terminate()
        hub = HubProcess(self.hub.binary, self.hub.data, settings=refusals.SETTINGS)
        self.addCleanup(hub.close)
        door = hub.start()
        for path, method, answer in refusals.rate_limited(door, DRILL):
            self.seen(path, method, answer)
        for path, method, answer in refusals.stopping(hub, door, DRILL):
            self.assertEqual((answer.status, answer.code), (503, "stopping"), (path, method))
            self.seen(path, method, answer)
        type(self).door = self.hub.start()  # for the other tests

    def write_and_read(self):
        self.sequence = 0
        xml = {"Content-Type": CAP}
        document = self.written(self.order)
        publish = lambda status, body, token=self.city, fields=xml: self.expect(
            Question(status, "post", self.below + "/alerts", token, body, fields))
        accepted = publish(201, document)
        self.sequence = accepted.json()["sequence"]
        self.assertEqual(accepted.fields["location"],
                         f"{self.below}/alerts/{self.sequence}".replace("{drill}", DRILL))
        self.assertEqual(publish(200, document).body, accepted.body)
        publish(201, self.written(self.update))
        publish(400, document[:-9])
        publish(401, document, "no such token")
        publish(403, document, self.tv)
        self.assertTrue(publish(403, document, self.town).json()["findings"])
        publish(409, self.written(dataclasses.replace(self.order, remark="x")))
        publish(413, b" " * (2 * 1024 * 1024 + 1))
        publish(415, document, fields={"Content-Type": "application/json"})
        publish(422, document.replace(b">Immediate<", b">Soon<"))
        target = (self.below + "/stream").replace("{drill}", DRILL)
        with JsonStream.open(self.door, self.tv, target=target) as stream:  # so that the ladder has all states
            stream.hello()
            stream.ack(stream.receive_kind("passed", 10).sequence)
            stream.ack(stream.receive_kind("delivery", 10).sequence)
            self.report()
            self.read()

    def report(self):
        path = self.below + "/receipts"
        json_body = {"Content-Type": "application/json"}
        post = lambda status, body, token=self.tv, fields=json_body: self.expect(
            Question(status, "post", path, token, body, fields)).json()
        receipts = [{"id": "on", "sequence": self.sequence, "state": "shown", "medium": "radio"},
                    {"id": "no", "sequence": 1, "state": "refused", "medium": "app", "detail": "x"}]
        taken = post(200, json.dumps({"receipts": receipts}).encode())
        self.assertEqual((taken["recorded"], taken["declined"][0]["code"]),
                         (["on"], "receipt.unknown"))
        post(400, b"{}x")
        post(401, b"{}", "no such token")
        post(403, b"{}", self.city)
        post(409, b'{"ack": {"through": 999999}}')
        post(413, b" " * (2 * 1024 * 1024 + 1))
        post(415, b"{}", fields={"Content-Type": CAP})

    def read(self):
        alerts, alert = self.below + "/alerts", self.below + "/alerts/{sequence}"
        ladder, stream = alert + "/deliveries", self.below + "/stream"
        json = {"Accept": "application/json"}
        listed = self.expect(Question(200, "get", alerts, self.radio)).json()["alerts"]
        self.assertEqual([a["identifier"] for a in listed],
                         [self.update.identifier, self.order.identifier])
        full = self.expect(Question(200, "get", alert, self.city, fields=json)).json()
        self.assertEqual(full["reading"]["identifier"], self.order.identifier)
        self.assertEqual(self.expect(Question(200, "get", alert, self.tv)).body,
                         self.written(self.order))
        rungs = self.expect(Question(200, "get", ladder, self.city)).json()["deliveries"]
        self.assertEqual({rung["subscriber"] for rung in rungs}, {"tv", "radio", "web"})
        own = self.expect(Question(200, "get", ladder, self.tv)).json()["deliveries"]
        self.assertEqual([rung["subscriber"] for rung in own], ["tv"])
        in_force = self.below + "/in-force"
        self.read_in_force(in_force, json)
        for token in self.of_the_other_class("tv"):
            for path, target in ((in_force, in_force + "?area=362018"), (alerts, None), (alert, None)):
                self.expect(Question(403, "get", path, token, target=target))
        for path in (alerts, alert, ladder, stream, in_force):
            self.expect(Question(401, "get", path, "no such token"))
        self.expect(Question(400, "get", alerts, self.tv, target=alerts + "?colour=red"))
        self.expect(Question(404, "get", alert, self.tv, target=alerts + "/999999"))
        self.expect(Question(404, "get", ladder, self.tv, target=alerts + "/999999/deliveries"))
        self.expect(Question(406, "get", alert, self.tv, fields={"Accept": "image/png"}))
        self.expect(Question(403, "get", ladder, self.town))
        self.expect(Question(401, "get", self.below + "/events", "no such token"))
        self.expect(Question(403, "get", self.below + "/events", self.tv))
        self.expect(Question(400, "get", self.below + "/events", self.web,
                             fields={"Last-Event-ID": "x"}))
        self.expect(Question(401, "get", self.below + "/ladders", "no such token"))
        self.expect(Question(403, "get", self.below + "/ladders", self.tv))
        self.read_ladders(self.below + "/ladders")
        self.read_ladders(ladder, ("row", "Rung", {}))
        self.read_by_reference()
        self.read_events(self.below + "/events")
        alarms = self.below + "/alarms"
        self.alarms(alarms)
        self.expect(Question(401, "get", alarms, "no such token"))
        self.expect(Question(403, "get", alarms, self.tv))
        feed = self.below + "/feed.atom"
        page = self.expect(Question(200, "get", feed, self.city))
        self.assertIn(self.update.identifier, page.body.decode())
        self.expect(Question(304, "get", feed, self.city,
                             fields={"If-None-Match": page.fields["etag"]}))
        self.expect(Question(400, "get", feed, self.city, target=feed + "?before=1&after=2"))
        self.expect(Question(401, "get", feed, None))
        self.expect(Question(403, "get", feed, self.tv))
        self.expect(Question(403, "get", stream, self.city, fields=UPGRADE))
        self.expect(Question(426, "get", stream, self.tv))
        self.expect(Question(101, "get", stream, self.radio, fields=UPGRADE))
        self.expect(Question(400, "get", stream, self.tv,
                             fields={**UPGRADE, "Sec-WebSocket-Key": "x"}))

    def read_audit(self):
        for path, good, bad in (("/v1/audit/checkpoint", "", "?cosigned=false"),
                                ("/v1/audit/key", "", None),
                                ("/v1/audit/inclusion", "?sequence=1", "?sequence=0"),
                                ("/v1/audit/consistency", "?from=1", "?from=2&to=1"),
                                ("/v1/audit/entries", "?after=3&limit=2", "?limit=0")):
            self.expect(Question(200, "get", path, self.tv, target=path + good))
            self.expect(Question(401, "get", path, "no such token", target=path + good))
            if bad:
                self.expect(Question(400, "get", path, self.tv, target=path + bad))

    def cosign(self):
        path, text = "/v1/audit/cosignatures", {"Content-Type": "text/plain"}
        self.expect(Question(404, "get", "/v1/audit/checkpoint", self.tv,
                             target="/v1/audit/checkpoint?cosigned=true"))
        for status, body, token, fields in ((400, b"none", self.tv, text),
                                            (401, b"", "no such token", text),
                                            (403, b"", self.city, text),
                                            (413, b" " * 20_000, self.tv, text),
                                            (415, b"", self.tv, {"Content-Type": CAP})):
            self.expect(Question(status, "post", path, token, body, fields))
        note = self.ask(Question(200, "get", "/v1/audit/checkpoint", self.tv)).body.decode()
        cosigned = self.witness.cosigned(note, int(time.time()))
        self.expect(Question(204, "post", path, self.tv, cosigned.encode(), text))

    def read_by_reference(self):
        path = self.below + "/references/{reference}"
        update = self.update
        reference = quote(f"{update.sender},{update.identifier},{update.sent}", safe="")
        get = lambda status, token=self.tv, to=reference, **fields: self.expect(
            Question(status, "get", path, token, fields=fields,
                     target=path.replace("{reference}", to)))
        self.assertEqual(get(200).body, self.written(update))
        self.assertEqual(get(200, Accept="application/json").json()["identifier"],
                         update.identifier)
        get(401, "no such token")
        for token in self.of_the_other_class("tv"):
            get(403, token)
        get(404, to="a,b,c")
        get(406, Accept="image/png")

    def read_events(self, path):
        """An answer that does not end: its head, and the events in it as asyncapi.yaml has their messages."""
        with Events.open(self.door, self.web, target=path.replace("{drill}", DRILL)) as events:
            head = dict(line.lower().split(": ", 1) for line in events.head.splitlines()[1:])
            self.seen(path, "get", Answer(events.status, head, b""))
            for name in ("welcome", "delivery"):
                event = events.next_named(name, 10)
                payload = schemas.load("asyncapi.yaml")["components"]["messages"][name]["payload"]
                self.assertEqual(schemas.faults(json_module.loads(event.data), payload, "asyncapi.yaml"), [])

    def read_ladders(self, path, *more):
        """Answers that do not end: `ladder` is a ladder without its rows, `row` one of these."""
        target = path.replace("{drill}", DRILL).replace("{sequence}", str(self.sequence))
        with Events.open(self.door, self.city, target=target) as board:
            head = dict(line.lower().split(": ", 1) for line in board.head.splitlines()[1:])
            self.seen(path, "get", Answer(board.status, head, b""))
            for name, schema, left_out in (("ladder", "Ladder", {"deliveries": []}), *more):
                told = json_module.loads(board.next_named(name, 10).data)
                self.assertEqual(described.shortcomings({**told, **left_out}, schema), [])

    def alarms(self, path):
        """The city's orders reach nobody within their second; it is not asked how soon that is
        seen."""
        until = time.monotonic() + 30
        while not self.expect(Question(200, "get", path, self.city)).json()["alarms"]:
            self.assertLess(time.monotonic(), until, "no alarm")
            time.sleep(0.1)
        self.assertEqual(self.expect(Question(200, "get", path, self.town)).json()["alarms"], [])

    def of_the_other_class(self, name):
        return [tokens[name] for below, tokens in self.tokens.items() if below != self.below]

    def read_in_force(self, path, json):
        def get(status, query, fields=json):
            return self.expect(Question(status, "get", path, self.tv, fields=fields,
                                        target=path + query))

        here = get(200, "?area=362018").json()
        self.assertEqual([order["identifier"] for order in here["orders"]],
                         [self.update.identifier])
        self.assertEqual(here["orders"][0]["lines"][0]["districts"], ["362018:*"])
        self.assertEqual([p["publisher"] for p in here["publishers"]], ["362018"])
        there = get(200, "?area=362026").json()
        self.assertEqual(there["orders"], [])
        self.assertIsNone(there["publishers"][0]["last_accepted_at"])
        self.assertEqual(get(200, "?point=34.07,134.55").json()["unplaced"], 1)
        features = get(200, "?area=36", {"Accept": "application/geo+json"}).json()["features"]
        self.assertEqual([f["properties"]["code"] for f in features], ["362018"])
        for wrong in ("", "?area=999999", "?point=91,0", "?area=36&point=34,134", "?colour=red",
                      "?area=36&area=37"):
            with self.subTest(wrong):
                get(400, wrong)
        get(406, "?area=36", {"Accept": "application/cap+xml"})

    def drafts(self):
        drafts, draft = self.below + "/drafts", self.below + "/drafts/{id}"
        approval, withdrawal = draft + "/approval", draft + "/withdrawal"
        xml, json = {"Content-Type": CAP}, {"Content-Type": "application/json"}
        document = self.written(cap.next_revision(self.update, [self.order, self.update],
                                                  message_type="Update"))
        submit = lambda status, body=document, token=self.kato, fields=xml: self.expect(
            Question(status, "post", drafts, token, body, fields))
        waiting = submit(201).json()
        submit(200)
        submit(400, document[:-9])
        submit(401, token="no such token")
        submit(403, token=self.city)
        submit(409, self.written(dataclasses.replace(self.update, remark="x")))
        submit(413, b" " * (2 * 1024 * 1024 + 1))
        submit(415, fields=json)
        submit(422, document.replace(b">Immediate<", b">Soon<"))
        at = lambda path: path.replace("{id}", waiting["id"])
        for path in (drafts, draft):
            self.expect(Question(200, "get", path, self.city, target=at(path)))
            self.expect(Question(401, "get", path, "no such token", target=at(path)))
            self.expect(Question(403, "get", path, self.tv, target=at(path)))
        full = self.expect(Question(200, "get", draft, self.mori, target=at(draft),
                                    fields={"Accept": "application/json"})).json()
        self.assertEqual(full["state"], "waiting")
        self.expect(Question(404, "get", draft, self.town, target=at(draft)))
        self.expect(Question(406, "get", draft, self.city, target=at(draft),
                             fields={"Accept": "image/png"}))
        signed = json_module.dumps(
            {"content_sha256": hashlib.sha256(document).hexdigest()}).encode()
        reason = b'{"reason": "not needed"}'
        act = lambda status, path, body, token=self.mori, fields=json, to=None: self.expect(
            Question(status, "post", path, token, body, fields, to or at(path)))
        for path, body in ((approval, signed), (withdrawal, reason)):
            act(400, path, b"{}")
            act(401, path, body, "no such token")
            act(403, path, body, self.city)
            act(404, path, body, to=path.replace("{id}", "unknown"))
            act(413, path, b" " * (2 * 1024 * 1024 + 1))
            act(415, path, body, fields=xml)
        act(409, approval, b'{"content_sha256": "%s"}' % (b"0" * 64))
        self.hub.verb("publisher", "set", "362018", "--signature-required")  # since it was drafted
        act(422, approval, signed)
        self.hub.verb("publisher", "set", "362018", "--no-signature-required")
        accepted = act(201, approval, signed)
        self.assertEqual(act(200, approval, signed).body, accepted.body)
        act(409, withdrawal, reason)
        other = self.written(cap.first_revision(
            "362018", "city.example", (cap.Place("362018", "徳島県徳島市"),), 3))
        waiting = submit(201, other).json()
        act(200, withdrawal, reason)

    def test_what_the_door_refuses_is_as_described(self):
        """`default`: before it is known what is asked, so of any operation."""
        fields = f"Host: {self.door.authority}\r\n"
        for status, said in ((400, "GET /v1/alerts HTTP/1.1\r\nHost\r\n\r\n"),
                             (400, f"GET /v1/alerts HTTP/1.1\r\n{fields}{fields}\r\n"),
                             (413, f"POST /v1/alerts HTTP/1.1\r\n{fields}Content-Length: 99999999\r\n\r\n"),
                             (414, f"GET /v1/{'x' * 9000} HTTP/1.1\r\n{fields}\r\n"),
                             (417, f"GET /v1/alerts HTTP/1.1\r\n{fields}Expect: tea\r\n\r\n"),
                             (421, "GET /v1/alerts HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n"),
                             (431, f"GET /v1/alerts HTTP/1.1\r\n{fields}X: {'x' * 70000}\r\n\r\n"),
                             (501, f"POST /v1/alerts HTTP/1.1\r\n{fields}Transfer-Encoding: gzip\r\n\r\n"),
                             (505, f"GET /v1/alerts HTTP/2.0\r\n{fields}\r\n")):
            with self.subTest(status, said=said[:60]), connect(self.door) as connection:
                connection.sendall(said.encode())
                answer = refusals.read_answer(connection)
                self.assertEqual(answer.status, status, answer.body)
                self.assertEqual(described.faults("/v1/alerts", "get", answer, "default"), [])

    def test_the_parameters_are_those_that_are_taken(self):
        parameters = {p["name"]: p for p in described.paths()["/v1/alerts"]["get"]["parameters"]}
        self.assertEqual(set(parameters), set(QUERIES))
        with Api(self.door, self.tv) as api:
            for name, value in QUERIES.items():
                with self.subTest(name):
                    answer = api.request("GET", f"/v1/alerts?{name}={value}")
                    self.assertEqual(answer.status, 200, answer.body)
            for value in parameters["in_force"]["schema"]["enum"]:
                self.assertEqual(api.request("GET", f"/v1/alerts?in_force={value}").status, 200)

    def test_the_methods_are_those_that_are_allowed(self):
        for path, item in described.paths().items():
            allowed = {method.upper() for method in described.METHODS if method in item}
            target = refusals.target_of(path, DRILL)
            for method in described.METHODS:
                if method.upper() in allowed:
                    continue
                with self.subTest(path, method=method), Api(self.door, self.tv) as api:
                    answer = api.request(method.upper(), target)
                    self.assertEqual(answer.status, 405)
                    self.assertEqual(set(answer.fields["allow"].split(", ")), allowed)

    def test_the_media_types_are_those_that_are_taken(self):
        content = described.paths()["/v1/alerts"]["post"]["requestBody"]["content"]
        for media_type in content:
            with self.subTest(media_type), Api(self.door, self.city) as api:
                self.assertEqual(api.publish(b"<x", media_type).status, 400)


if __name__ == "__main__":
    if len(sys.argv) < 3 or sys.argv[1] != "--hub":
        sys.exit(__doc__)
    os.environ["NOROSHI_HUB_BINARY"] = sys.argv[2]
    unittest.main(argv=sys.argv[:1] + sys.argv[3:], verbosity=2)
