"""proto/api/asyncapi.yaml against proto/noroshi/v1/stream.proto, and against a real hub.

    test_asyncapi.py --hub BIN
"""

import datetime
import os
import pathlib
import sys
import tempfile
import threading
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from google.protobuf import json_format, symbol_database

from api import schemas
from client import cap
from client.api import Api
from client.hub_process import HubProcess
from client.json_stream import JsonStream
from client.messages import ClientMessage, ServerMessage
from client.registration import add_publisher, add_subscriber, drill_token, open_drill

FILE = "asyncapi.yaml"
SECONDS_MAX = 20.0


def message_named(name):
    return symbol_database.Default().pool.FindMessageTypeByName(name)


def messages():
    return schemas.load(FILE)["components"]["messages"]


def all_schemas():
    described = dict(schemas.load(FILE)["components"]["schemas"])
    described.update(schemas.load("reading.yaml"))
    return described


class AgainstTheProto(unittest.TestCase):
    def test_each_schema_has_exactly_the_fields_of_its_message(self):
        for name, schema in all_schemas().items():
            file = "reading.yaml" if name in schemas.load("reading.yaml") else FILE
            with self.subTest(name):
                message = message_named(schema["x-proto"])
                self.assertEqual(schemas.differences(schema, file, message), [])

    def test_the_messages_are_those_of_both_directions(self):
        document = schemas.load(FILE)
        for operation, message in (("takeClientMessages", ClientMessage),
                                   ("sendServerMessages", ServerMessage)):
            listed = [reference["$ref"].rsplit("/", 1)[1]
                      for reference in document["operations"][operation]["messages"]]
            self.assertEqual(listed, [field.json_name for field in message.DESCRIPTOR.fields])
        self.assertEqual(set(document["channels"]["stream"]["messages"]), set(messages()))
        self.assertEqual(document["channels"]["drillStream"]["messages"],
                         document["channels"]["stream"]["messages"])
        for name, message in messages().items():
            self.assertEqual(list(message["payload"]["properties"]), [name])
            self.assertEqual(message["payload"]["required"], [name])

    def test_the_subprotocols_are_those_of_the_hub(self):
        headers = schemas.load(FILE)["channels"]["stream"]["bindings"]["ws"]["headers"]
        self.assertEqual(headers["properties"]["Sec-WebSocket-Protocol"]["enum"],
                         ["noroshi.v1.protobuf", "noroshi.v1.json"])

    def test_each_message_has_examples_that_are_what_they_say(self):
        of_clients = [field.json_name for field in ClientMessage.DESCRIPTOR.fields]
        for name, message in messages().items():
            self.assertTrue(message["examples"], name)
            for example in message["examples"]:
                with self.subTest(name):
                    kind = ClientMessage if name in of_clients else ServerMessage
                    read = json_format.ParseDict(example["payload"], kind())
                    self.assertEqual(read.WhichOneof("message"), name)
                    self.assertEqual(
                        schemas.faults(example["payload"], message["payload"], FILE), [])

    def test_a_difference_would_be_seen(self):
        schema = schemas.load(FILE)["components"]["schemas"]["Ack"]
        for spoiled in ({"through": {"type": "integer"}}, {}, {"throughout": {"type": "string"}},
                        {"through": {"type": "array", "items": {"type": "string"}}}):
            self.assertTrue(schemas.differences({**schema, "properties": spoiled}, FILE,
                                                message_named("noroshi.v1.Ack")))
        self.assertTrue(schemas.faults({"ack": {"through": 7}}, messages()["ack"]["payload"], FILE))
        self.assertTrue(schemas.faults({"ack": {"x": "7"}}, messages()["ack"]["payload"], FILE))


class AgainstTheHub(unittest.TestCase):
    """Every kind of message a hub can be made to say, as it says it."""

    @classmethod
    def setUpClass(cls):
        scratch = tempfile.TemporaryDirectory(prefix="noroshi-asyncapi-")
        cls.addClassCleanup(scratch.cleanup)
        cls.hub = HubProcess(os.environ["NOROSHI_HUB_BINARY"], pathlib.Path(scratch.name) / "hub")
        cls.addClassCleanup(cls.hub.close)
        cls.hub.init()
        cls.city = add_publisher(cls.hub, "362018", "徳島市", ["city.example"], ["362018"])
        cls.tv = add_subscriber(cls.hub, "tv", ["*"])
        cls.door = cls.hub.start()

    heard = set()

    @classmethod
    def tearDownClass(cls):
        said = {field.json_name for field in ServerMessage.DESCRIPTOR.fields}
        assert said == cls.heard, f"described and never heard: {said - cls.heard}"

    def hear(self, stream, kind):
        stream.receive_kind(kind, SECONDS_MAX)
        said = stream.last_json()
        self.heard.add(kind)
        self.assertEqual(schemas.faults(said, messages()[kind]["payload"], FILE), [], stream.last)
        return said[kind]

    def test_what_the_hub_says_is_described(self):
        city = cap.Place("362018", "徳島県徳島市")
        first = cap.first_revision("362018", "city.example", (city,), 4)
        second = cap.next_revision(first, [first], message_type="Update")
        polygon = b"<polygon>34.0,134.5 34.1,134.5 34.1,134.6 34.0,134.5</polygon><geocode>"
        with Api(self.door, self.city) as api:
            for order in (first, second):
                document = cap.document(order).replace(b"<geocode>", polygon, 1)
                self.assertEqual(api.publish(document).status, 201)
        with JsonStream.open(self.door, self.tv) as stream:
            stream.hello()
            self.hear(stream, "welcome")
            self.assertEqual(self.hear(stream, "passed")["reason"], "SUPERSEDED")
            delivery = self.hear(stream, "delivery")
            self.assertEqual(set(delivery) | {"capXml"}, {
                field.json_name for field in message_named("noroshi.v1.Delivery").fields})
            sequence = int(delivery["sequence"])
            for kind, about in (("recorded", sequence), ("declined", 1)):
                message = ClientMessage()
                message.receipt.id, message.receipt.sequence = kind, about
                message.receipt.state, message.receipt.medium = 1, "radio"
                stream.send(message)
                self.assertEqual(self.hear(stream, kind)["id"], kind)
            testing = threading.Thread(target=self.hub.verb, args=("subscriber", "test", "tv"))
            testing.start()
            stream.ack(int(self.hear(stream, "probe")["sequence"]))
            testing.join()
            self.hear(stream, "heartbeat")
            stream.ack(1 << 40)
            self.assertEqual(self.hear(stream, "goodbye")["code"], "protocol")

    def test_what_the_hub_says_in_a_drill_is_described(self):
        end = cap.timestamp(cap.now() + datetime.timedelta(hours=1))
        open_drill(self.hub, "shakeout", ("362018",), ("tv",), end)
        city = drill_token(self.hub, "publisher", "362018", "shakeout")
        tv = drill_token(self.hub, "subscriber", "tv", "shakeout")
        order = cap.first_revision("362018", "city.example", (cap.Place("362018", "徳島市"),), 4)
        with Api(self.door, city) as api:
            answer = api.publish(cap.exercise(order, "shakeout"), below="/v1/drills/shakeout")
            self.assertEqual(answer.status, 201, answer.body)
        address = schemas.load(FILE)["channels"]["drillStream"]["address"]
        with JsonStream.open(self.door, tv, target=address.format(drill="shakeout")) as stream:
            stream.hello()
            self.assertEqual(self.hear(stream, "welcome")["channel"], "drill:shakeout")
            self.assertEqual(self.hear(stream, "delivery")["summary"]["status"], "Exercise")
            self.hub.verb("drill", "close", "shakeout")
            self.assertEqual(self.hear(stream, "goodbye")["code"], "drill.closed")


if __name__ == "__main__":
    if len(sys.argv) < 3 or sys.argv[1] != "--hub":
        sys.exit(__doc__)
    os.environ["NOROSHI_HUB_BINARY"] = sys.argv[2]
    unittest.main(argv=sys.argv[:1] + sys.argv[3:], verbosity=2)
