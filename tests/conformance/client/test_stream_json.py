"""The stream in JSON: everything test_stream asks of it, and what is particular to the form."""

from . import cap, hostile_hub, test_stream, websocket
from .json_stream import JsonStream
from .reading import numbers_as_floats, reading_of
from .registration import add_subscriber
from .test_stream import SECONDS_MAX, masked

PEERS = 40

# What is said after the upgrade, and the close code it ends with.
BROKEN_TEXTS = [
    ("nothing", [b""], 1007),
    ("an object without a message", [b"{}"], 1008),
    ("a message of tomorrow", [b'{"tomorrow":{}}'], 1008),
    ("not JSON", [b"hello"], 1007),
    ("half an object", [b'{"hello":{'], 1007),
    ("two objects", [b'{"hello":{}}{"hello":{}}'], 1007),
    ("a list", [b'[{"hello":{}}]'], 1007),
    ("a member twice", [b'{"hello":{"window":1,"window":1}}'], 1007),
    ("two messages in one", [b'{"hello":{},"ack":{}}'], 1007),
    ("single quotes", [b"{'hello':{}}"], 1007),
    ("NaN", [b'{"hello":{"window":NaN}}'], 1007),
    ("a number of 400 digits", [b'{"ack":{"through":1' + b"0" * 400 + b"}}"], 1007),
    ("a text as window", [b'{"hello":{"window":"many"}}'], 1007),
    ("a window below zero", [b'{"hello":{"window":-1}}'], 1007),
    ("nested deeply", [b'{"x":' + b"[" * 30000 + b"]" * 30000 + b"}"], 1007),
    ("broken UTF-8", [b'{"hello":{},"x":"\xff"}'], 1007),
    ("ack before hello", [b'{"ack":{"through":"1"}}'], 1008),
    ("hello twice", [b'{"hello":{"window":10}}'] * 2, 1008),
    ("ack of what was never sent", [b'{"hello":{}}', b'{"ack":{"through":"1099511627776"}}'], 1008),
    ("ack of the last number there is",
     [b'{"hello":{}}', b'{"ack":{"through":18446744073709551615}}'], 1008),
    ("window over 4096", [b'{"hello":{"window":4097}}'], 1008),
]


class JsonStreamTest(test_stream.StreamTest):
    # These speak in bytes of the other form; below are their likes.
    test_broken_messages_end_with_goodbye_protocol = None
    test_a_broken_frame_ends_a_stream_that_is_attached_too = None
    # These are of the handshake and the clock, not of the form.
    test_a_publisher_may_not_open_a_stream = None
    test_who_says_no_hello_is_dismissed_in_time = None

    @classmethod
    def setUpClass(cls):
        hostile = hostile_hub.running()
        hostile.peer_tokens += [add_subscriber(hostile.hub, f"json-{number}", ["*"])
                                for number in range(PEERS)]

    def open(self, token=None):
        return JsonStream.open(self.hostile.door, token or self.hostile.peer_token())

    def test_broken_texts_end_with_goodbye_protocol_and_a_close_code(self):
        token = self.hostile.peer_token()
        for name, texts, code in BROKEN_TEXTS:
            with self.subTest(name), self.open(token) as stream:
                for text in texts:
                    stream.socket.send(websocket.TEXT, text)
                said, closed = self.farewell(stream)
                # What is no text at all is the frame reader's to refuse, without last words.
                if name != "broken UTF-8":
                    self.assertIsNotNone(said, "no Goodbye")
                    self.assertEqual(said.code, "protocol")
                    self.assertTrue(said.detail)
                self.assertEqual(closed, code)

    def test_a_binary_message_is_not_taken(self):
        with self.open() as stream:
            stream.socket.send(websocket.BINARY, b'{"hello":{}}')
            said, code = self.farewell(stream)
            self.assertEqual((said.code, code), ("protocol", 1003))

    def test_fragments_are_put_together_and_unknown_members_skipped(self):
        said = '{"hello": {"window": "7", "tomorrow": [1, {"避難": null}]}, "also": 1e300}'.encode()
        cut = said.index("避".encode()) + 1  # inside a character
        with self.open() as stream:
            stream.socket.send_raw(
                masked(websocket.TEXT, said[:cut], final=False) +
                masked(websocket.PING, b"between") +
                masked(websocket.CONTINUATION, said[cut:]))
            self.assertTrue(stream.receive_kind("welcome", SECONDS_MAX).epoch)

    def test_a_delivery_says_all_that_the_document_says(self):
        stream, _ = self.welcomed()
        order = self.hostile.order(remark='<&"\\\n\t 吉野川 😀')
        sequence = self.hostile.accept(self, order)["sequence"]
        self.assertEqual(stream.receive_kind("delivery", SECONDS_MAX).sequence, sequence)
        said = stream.last_json()["delivery"]
        self.assertEqual(said["sequence"], str(sequence))
        self.assertNotIn("capXml", said)
        self.assertEqual(numbers_as_floats(said["reading"]), reading_of(cap.document(order)))
        self.assertEqual(said["summary"]["identifier"], order.identifier)
        with self.hostile.city() as api:
            answer = api.request("GET", f"/v1/alerts/{sequence}", None,
                                 {"Accept": "application/json"})
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.json()["sequence"], sequence)
        self.assertEqual(answer.json()["reading"], said["reading"])

    def test_coordinates_keep_the_digits_of_the_document(self):
        stream, _ = self.welcomed()
        order = self.hostile.order()
        document = cap.document(order).replace(b"<geocode>", (
            b"<polygon>34.070,134.5500 +34.1,134.55 34.10,0134.6 34.070,134.5500</polygon>"
            b"<circle>-0.50,139.7 2.</circle><geocode>"), 1)
        document = document.replace(b"</geocode></area>",
                                    b"</geocode><altitude>0</altitude><ceiling>.5</ceiling></area>", 1)
        with self.hostile.city() as api:
            answer = api.publish(document)
        self.assertEqual(answer.status, 201, answer.body)
        sequence = answer.json()["sequence"]
        self.hostile.accepted[sequence] = document
        stream.receive_kind("delivery", SECONDS_MAX)
        self.assertIn(b'"polygon":[[[34.070,134.5500],[34.1,134.55],[34.10,134.6],'
                      b'[34.070,134.5500]]]', stream.last)
        self.assertIn(b'"circle":[{"centre":[-0.50,139.7],"radiusKm":2}]', stream.last)
        self.assertIn(b'"altitude":0,"ceiling":0.5', stream.last)
        self.assertEqual(numbers_as_floats(stream.last_json()["delivery"]["reading"]),
                         reading_of(document))

    def test_a_delivery_is_the_same_bytes_for_everybody(self):
        streams = [self.welcomed()[0] for _ in range(3)]
        self.hostile.accept(self)
        texts = set()
        for stream in streams:
            stream.receive_kind("delivery", SECONDS_MAX)
            texts.add(stream.last)
        self.assertEqual(len(texts), 1)

    def test_a_large_alert_comes_whole(self):
        stream, _ = self.welcomed()
        order = self.hostile.order(remark="x" * 1_500_000)
        self.hostile.accept(self, order)
        stream.receive_kind("delivery", SECONDS_MAX)
        self.assertEqual(stream.last_json()["delivery"]["reading"], reading_of(cap.document(order)))

    def test_of_two_subprotocols_the_first_is_taken(self):
        for offered in ("noroshi.v1.json, noroshi.v1.protobuf",
                        "noroshi.v9.json,noroshi.v1.protobuf, noroshi.v1.json"):
            lines = ["GET /v1/stream HTTP/1.1", f"Host: {self.hostile.door.authority}",
                     "Upgrade: websocket", "Connection: Upgrade",
                     "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==", "Sec-WebSocket-Version: 13",
                     f"Sec-WebSocket-Protocol: {offered}",
                     f"Authorization: Bearer {self.hostile.peer_token()}", "", ""]
            with self.hostile.door.connect(5) as connection:
                connection.sendall("\r\n".join(lines).encode())
                status, fields, _ = websocket.read_head(connection)
            self.assertEqual(status, 101)
            known = [name.strip() for name in offered.split(",") if "v1" in name]
            self.assertEqual(fields["sec-websocket-protocol"], known[0])
