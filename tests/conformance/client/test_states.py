"""Every state of the doors and of requests that the operator is promised to see, brought about
through real sockets and seen in /metrics and in `noroshi-hub status`."""

import socket

from . import raw_request, websocket
from .api import Api, Broken, Unreachable
from .observed_hub import ObservedTest, alert_of
from .stream import Stream

MIB = 1 << 20
LARGE = 1_500_000


class RatesTest(ObservedTest):
    def test_each_kind_of_rate_is_counted(self):
        self.start(publishers=["p"], subscribers=["s"], alerts_per_second=1, alerts_burst=1,
                   reads_per_second=1, reads_burst=1, streams_per_second=1, streams_burst=1,
                   failures_per_second=1, failures_burst=1)
        attempts = {"alerts": lambda: self.api("p").publish(b"<alert/>").status,
                    "reads": lambda: self.api("p").request("GET", "/v1/alerts").status,
                    "streams": self.stream_status,
                    "failures": lambda: self.stranger().request("GET", "/v1/alerts").status}
        for kind, attempt in attempts.items():
            with self.subTest(kind):
                self.until_both(lambda n: n >= 1, f'rate_limited_total{{kind="{kind}"}}',
                                "rate_limited", kind, meanwhile=lambda: [attempt(), attempt()])
                self.assertIn(429, [attempt() for _ in range(3)])

    def stranger(self):
        api = Api(self.door, "nrs_p_" + "x" * 43)
        self.addCleanup(api.close)
        return api

    def stream_status(self):
        try:
            Stream.open(self.door, self.tokens["s"]).close()
            return 101
        except websocket.UpgradeRefused as refused:
            return refused.status


class BusyTest(ObservedTest):
    def test_reads_beyond_those_in_handling(self):
        self.start(publishers=["p", "q"], reads_at_once_max=1)
        publisher = self.api("p")
        for _ in range(40):
            self.accept(publisher)
        statuses = set()

        def ask_at_once():
            asking = [raw_request.ask(self.door, self.tokens["q"], "/v1/alerts?limit=500")
                      for _ in range(16)]
            for connection in asking:
                with connection:
                    statuses.add(raw_request.status_of(connection))
            self.accept(publisher)

        self.until_both(lambda n: n >= 1, 'busy_total{kind="reads"}', "refused_busy", "reads",
                        meanwhile=ask_at_once)
        self.assertEqual(statuses, {200, 503})

    def test_bytes_of_large_documents(self):
        self.start(publishers=["greedy", "other"], documents_bytes_max=4 * MIB)
        greedy, other = self.api("greedy"), self.api("other")
        with raw_request.announce(self.door, self.tokens["greedy"], 2 * MIB):
            self.until_both(lambda n: n >= 2 * MIB, "documents_bytes", "documents_bytes")
            self.assert_busy(greedy.publish(alert_of(100_000)))
            self.accept(greedy)
            self.accept(other, alert_of(100_000))
            metric, status = self.seen().says('busy_total{kind="documents"}', "refused_busy",
                                              "documents")
            self.assertEqual((metric, status), (1, 1))
        self.until_both(lambda n: n == 0, "documents_bytes", "documents_bytes")
        self.accept(greedy, alert_of(100_000))

    def test_bytes_of_unsent_answers(self):
        self.start(publishers=["p", "greedy", "other"], answers_bytes_max=4 * MIB)
        large = f"/v1/alerts/{self.accept(self.api('p'), alert_of(LARGE))}"
        greedy = self.api("greedy")
        with raw_request.ask(self.door, self.tokens["greedy"], large,
                             receive_buffer=raw_request.RECEIVE_BUFFER):
            self.until_both(lambda n: n >= LARGE, "answers_unsent_bytes", "answers_unsent_bytes")
            self.assert_busy(greedy.request("GET", large))
            self.assertEqual(greedy.request("GET", "/v1/alerts?limit=1").status, 200)
            self.assertEqual(self.api("other").request("GET", large).status, 200)
            metric, status = self.seen().says('busy_total{kind="answers"}', "refused_busy",
                                              "answers")
            self.assertEqual((metric, status), (1, 1))
        self.until_both(lambda n: n == 0, "answers_unsent_bytes", "answers_unsent_bytes")
        self.assertEqual(greedy.request("GET", large).status, 200)

    def test_large_documents_waiting_for_a_worker(self):
        self.start(publishers=["p", "q"])
        document = alert_of(LARGE)
        head = raw_request.head(self.door, self.tokens["p"], "POST /v1/alerts",
                                "Content-Type: application/cap+xml",
                                f"Content-Length: {len(document)}")
        small = self.api("q")
        uploads = []
        try:
            def upload():
                for _ in range(4):
                    uploads.append(raw_request.connect(self.door))
                    uploads[-1].sendall(head + document)
                self.accept(small)
            self.until(lambda seen: seen.metric("examinations_queue") > 0, "examinations_queue",
                       meanwhile=upload)
            self.assertIn("examinations_queue", self.seen().status)
        finally:
            for connection in uploads:
                connection.close()
        self.until_both(lambda n: n == 0, "examinations_queue", "examinations_queue")

    def test_readings_waited_for(self):
        self.start(publishers=["p"], answers_bytes_max=1024 * MIB)
        publisher = self.api("p")
        large = f"/v1/alerts/{self.accept(publisher, alert_of(LARGE))}"
        waiting, statuses = [], set()

        def ask_at_once():
            for _ in range(24):
                waiting.append(raw_request.ask(self.door, self.tokens["p"], large,
                                               "Accept: application/json"))

        try:
            self.until(lambda seen: seen.metric('readings_queue{what="readings"}') > 0
                       and seen.metric("readings_queue_bytes") >= LARGE, "readings_queue",
                       meanwhile=ask_at_once)
            self.until_both(lambda n: n >= 1, 'busy_total{kind="readings"}', "refused_busy",
                            "readings", meanwhile=ask_at_once)
            self.accept(publisher)
            statuses = {raw_request.status_of(connection) for connection in waiting}
        finally:
            for connection in waiting:
                connection.close()
        self.assertEqual(statuses, {200, 503})
        self.until_both(lambda n: n == 0, 'readings_queue{what="readings"}', "readings_queue",
                        "readings")

    def test_reads_put_off_for_alerts(self):
        self.start(publishers=["p", "q"])
        publisher = self.api("p")
        large = f"/v1/alerts/{self.accept(publisher, alert_of(LARGE))}"

        def read_and_send():
            reading = [raw_request.ask(self.door, self.tokens["q"], large) for _ in range(24)]
            for _ in range(20):
                self.accept(publisher)
            for connection in reading:
                connection.close()

        self.until_both(lambda n: n >= 1, "journal_reads_deferred_total", "journal_reads_deferred",
                        meanwhile=read_and_send)


class DoorTest(ObservedTest):
    def test_a_full_door_pauses_and_goes_on(self):
        self.start(publishers=["p"], connections_max=3)
        known = [self.api("p") for _ in range(3)]
        for api in known:
            self.accept(api)
        with socket.create_connection((self.door.host, self.door.port), timeout=30):
            self.until_both(lambda n: n >= 1,
                            'connections_relieved_total{door="tokens",what="pauses"}', "door",
                            "accept_pauses")
        for api in known[1:]:
            self.accept(api)
        known[0].close()
        self.accept(self.api("p"))

    def test_too_many_connections_of_one_identity(self):
        self.start(publishers=["p", "q"], connections_per_identity_max=2)
        kept = [self.api("p") for _ in range(2)]
        for api in kept:
            self.accept(api)
        refused = self.api("p").publish(b"<alert/>")
        self.assertEqual((refused.status, refused.code), (429, "rate.limited"))
        self.assertIn("retry-after", refused.fields)
        self.assertEqual(self.seen().says(
            'connections_refused_total{door="tokens",limit="identity"}', "door", "refused",
            "identity"), (1, 1))
        self.accept(self.api("q"))
        kept[0].close()
        self.until(lambda seen: seen.status["door"]["reading"] <= 2, "the place it left")
        self.accept(self.api("p"))

    def test_strangers_are_refused_and_then_make_room(self):
        self.start(publishers=["p"], strangers_per_address_max=1)

        def come_twice():
            strangers = [socket.create_connection((self.door.host, self.door.port), timeout=30)
                         for _ in range(2)]
            for stranger in strangers:
                stranger.close()

        self.until_both(lambda n: n >= 1,
                        'connections_refused_total{door="tokens",limit="strangers"}', "door",
                        "refused", "strangers", meanwhile=come_twice)
        with socket.create_connection((self.door.host, self.door.port), timeout=30):
            def knock():
                socket.create_connection((self.door.host, self.door.port), timeout=30).close()
            self.until_both(lambda n: n >= 1,
                            'connections_relieved_total{door="tokens",what="evicted"}', "door",
                            "evicted", meanwhile=knock)

    def test_handshakes_by_how_they_end(self):
        self.start(publishers=["p"])
        with socket.create_connection((self.door.host, self.door.port)) as half:
            half.sendall(b"\x16\x03\x01\x02\x00")  # a record announced: ends by its deadline
            with socket.create_connection((self.door.host, self.door.port)) as garbage:
                garbage.sendall(b"GET / HTTP/1.1\r\n\r\n")
                garbage.recv(1000)
            socket.create_connection((self.door.host, self.door.port)).close()
            self.accept(self.api("p"))
            for ending in ("failed", "ended", "done"):
                self.until_both(lambda n: n >= 1, self.handshakes(ending), "door", "handshakes",
                                ending)
            self.assertEqual(self.seen().metric('connections{door="tokens",state="handshaking"}'),
                             1)
            self.until_both(lambda n: n == 1, self.handshakes("slow"), "door", "handshakes", "slow")

    def handshakes(self, ending):
        return f'handshakes_total{{door="tokens",ending="{ending}"}}'

    def test_few_descriptors_refuse_politely_and_recover(self):
        limit = 400
        self.start(before=("prlimit", f"--nofile={limit}:{limit}"), publishers=["p", "q"],
                   subscribers=["s"])
        publisher = self.api("p")
        self.accept(publisher)
        stream = self.stream("s")
        known = []
        while (refused := self.stream_refusal()) is None:  # streams leave the last 256
            known.append(self.api("q"))
            self.assertEqual(known[-1].request("GET", "/v1/alerts?limit=1").status, 200)
        self.assertEqual(refused.status, 503)
        self.assertIn("retry-after", refused.fields)
        self.until_both(lambda n: n >= 1, 'busy_total{kind="streams"}', "refused_busy", "streams")

        def know_one_more():
            try:
                known.append(self.api("pq"[len(known) % 2]))
                known[-1].request("GET", "/v1/alerts?limit=1")
            except (Broken, Unreachable):
                known.pop()
        seen = self.until_both(lambda n: n >= 1,
                               'connections_refused_total{door="tokens",limit="descriptors"}',
                               "door", "refused", "descriptors", seconds=120,
                               meanwhile=lambda: [know_one_more() for _ in range(20)])
        self.assertEqual(seen.says("process_descriptors_limit", "descriptors_limit"),
                         (limit, limit))
        self.assertGreater(min(seen.says("process_descriptors", "descriptors")), limit - 100)
        sequence = self.accept(publisher)
        while stream.receive_kind("delivery", 10.0).sequence != sequence:
            pass  # what was sent before
        for api in known:
            api.close()
        self.until(lambda seen: seen.status["door"]["reading"] < 10, "descriptors given back")
        self.assertIsNone(self.stream_refusal())
        self.accept(self.api("q"))

    def stream_refusal(self):
        try:
            Stream.open(self.door, self.tokens["s"]).close()
        except websocket.UpgradeRefused as refused:
            return refused
        return None
