"""Probes through every outlet of a real hub: answered by whoever receives, shown to nobody, and missed
where a peer hangs.

    test_probes.py --hub BIN --subscribe BIN
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.request

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from client import cap
from client.api import Api
from client.events import Events
from client.hub_process import NO_RATES, HubProcess
from client.registration import add_publisher, add_subscriber
from client.stream import Stream

SENDER = "city.tokushima.lg.jp"
TOKUSHIMA = cap.Place("362018", "徳島県徳島市")
SECONDS_MAX = 20.0
PROBE_WITHIN = 30.0  # hub/delivery/probing.hpp


class ProbesTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="noroshi-whole-path-")
        self.addCleanup(scratch.cleanup)
        self.scratch = pathlib.Path(scratch.name)

    def begin(self, **settings):
        self.hub = HubProcess(os.environ["NOROSHI_HUB_BINARY"], self.scratch / "hub",
                              settings={**NO_RATES, **settings})
        self.addCleanup(self.hub.close)
        self.hub.init()
        self.city = add_publisher(self.hub, "362018", "徳島市", [SENDER], ["362018"])
        self.tv = add_subscriber(self.hub, "tv", ["36"])
        self.web = add_subscriber(self.hub, "web", ["36"])
        self.hub.verb("subscriber", "set", "web", "--outlets", "events")
        self.door = self.hub.start()

    def accept(self, remark=""):
        order = cap.first_revision("362018", SENDER, (TOKUSHIMA,), 4, remark=remark)
        with Api(self.door, self.city) as api:
            answer = api.publish(cap.document(order))
        self.assertEqual(answer.status, 201, answer.body)
        return answer.json()["sequence"]

    def probed(self, subscriber, *more):
        """The exit code of `subscriber test`, and its object."""
        done = subprocess.run(
            [os.environ["NOROSHI_HUB_BINARY"], "subscriber", "test", subscriber, "--json",
             "--data", str(self.hub.data), *more], capture_output=True, text=True, timeout=60)
        return done.returncode, json.loads(done.stdout or done.stderr)

    def receiver(self, token, *more):
        file = self.scratch / "receiver.token"
        file.write_text(token)
        file.chmod(0o600)
        program = subprocess.Popen(
            [os.environ["NOROSHI_SUBSCRIBE_BINARY"], "--hub", f"https://{self.door.authority}",
             "--ca", str(self.hub.data / "tls" / "ca.pem"), "--token-file", str(file), *more],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(lambda: (program.kill(), program.communicate()))
        return program

    def wait_for_step(self, subscriber, outlet):
        deadline = time.monotonic() + SECONDS_MAX
        while True:
            code, told = self.probed(subscriber)
            if code == 0:
                self.assertEqual([step["outlet"] for step in told["steps"]], [outlet])
                return told
            self.assertLess(time.monotonic(), deadline, told)

    def metrics(self, url):
        with urllib.request.urlopen(url, timeout=10) as answer:
            lines = answer.read().decode().splitlines()
        return {name: float(value) for name, _, value in
                (line.partition(" ") for line in lines if not line.startswith("#"))}

    def test_the_hub_probes_by_itself_and_counts_who_answered(self):
        self.begin(probe_every=1)
        url = self.hub.metrics_url()
        events = Events.open(self.door, self.web)
        self.addCleanup(events.close)
        with Stream.open(self.door, self.tv) as stream:
            stream.hello()
            sequence = self.accept()
            self.assertEqual(stream.receive_kind("delivery", SECONDS_MAX).sequence, sequence)
            stream.ack(sequence)
            probe = stream.receive_kind("probe", SECONDS_MAX).sequence
            self.assertGreater(probe, sequence)
            stream.ack(probe)
            event = events.next_named("probe", SECONDS_MAX)
            told = event.message()
            self.assertEqual(told[0], "probe")
            self.assertTrue(event.last_id.endswith(f"-{told[1]['sequence']}"))
            deadline = time.monotonic() + SECONDS_MAX
            while True:
                stream.ack(stream.receive_kind("probe", SECONDS_MAX).sequence)
                seen = self.metrics(url)
                if seen["noroshi_probe_steps_arrived"] == 2:
                    break
                self.assertLess(time.monotonic(), deadline, seen)
            self.assertEqual(seen["noroshi_probe_steps_missing"], 0)
            self.assertGreater(seen["noroshi_probe_timestamp_seconds"], time.time() - 60)

    def test_a_receiver_answers_and_nobody_is_shown_anything(self):
        self.begin()
        out, ran = self.scratch / "out", self.scratch / "ran"
        modes = [("--out", out), ("--exec", f"/usr/bin/touch {ran}"),
                 *(("--format", form) for form in ("json", "xml", "geojson", "ticker", "radio"))]
        for mode in modes:
            with self.subTest(mode):
                program = self.receiver(self.tv, *map(str, mode))
                self.assertTrue(self.wait_for_step("tv", "stream")["steps"][0]["arrived"])
                program.terminate()
                stdout, stderr = program.communicate(timeout=SECONDS_MAX)
                self.assertEqual(stdout, "")
                self.assertNotIn("probe", stderr.lower())
        self.assertFalse(ran.exists())
        self.assertEqual(list(out.glob("*.xml")), [])
        sequence = self.accept()  # and an alert is handed on as ever
        self.receiver(self.tv, "--exec", f"/usr/bin/touch {ran}")
        deadline = time.monotonic() + SECONDS_MAX
        while not ran.exists():
            self.assertLess(time.monotonic(), deadline, sequence)
            time.sleep(0.02)

    def test_who_is_not_there_and_who_does_not_exist_are_said_so(self):
        self.begin()
        code, told = self.probed("tv")
        self.assertEqual(code, 7)
        self.assertEqual([(step["outlet"], step["arrived"], step["detail"])
                          for step in told["steps"]], [("stream", False, "not connected")])
        self.assertEqual(self.probed("nobody")[0], 5)
        self.hub.terminate()
        self.assertEqual(self.probed("tv")[0], 1)

    def test_a_peer_that_hangs_is_a_missing_step_and_delays_nobody(self):
        self.begin(probe_every=1)
        url = self.hub.metrics_url()
        with Stream.open(self.door, self.tv) as hanging:
            hanging.hello()
            hanging.receive_kind("probe", SECONDS_MAX)  # told, and never answered
            self.assertEqual(self.probed("tv", "--timeout", "1")[0], 7)
            events = Events.open(self.door, self.web)
            self.addCleanup(events.close)
            sequence = self.accept()
            self.assertEqual(int(events.next_named("delivery", SECONDS_MAX).message()[1]["sequence"]),
                             sequence)
            deadline = time.monotonic() + PROBE_WITHIN + SECONDS_MAX
            while self.metrics(url)["noroshi_probe_steps_missing"] == 0:
                self.assertLess(time.monotonic(), deadline)
                time.sleep(0.2)
        self.assertIn("probe.missing", self.hub.log.read_text())

    def test_killed_in_a_probe_everybody_goes_on_where_he_was(self):
        self.begin()
        stream = Stream.open(self.door, self.tv)
        stream.hello()
        epoch = stream.receive_kind("welcome", SECONDS_MAX).epoch
        first = self.accept("1")
        stream.receive_kind("delivery", SECONDS_MAX)
        stream.ack(first)
        asking = threading.Thread(target=self.probed, args=("tv",))
        asking.start()
        probe = stream.receive_kind("probe", SECONDS_MAX).sequence
        self.hub.kill()
        asking.join(timeout=60)
        stream.close()
        self.door = self.hub.start()
        second = self.accept("2")
        with Stream.open(self.door, self.tv) as again:
            again.hello(epoch, probe)  # no place of an alert, and of the log all the same
            again.receive_kind("welcome", SECONDS_MAX)
            self.assertEqual(again.receive_kind("delivery", SECONDS_MAX).sequence, second)
            again.ack(second)
            answered = []
            asking = threading.Thread(target=lambda: answered.append(self.probed("tv")))
            asking.start()
            again.ack(again.receive_kind("probe", SECONDS_MAX).sequence)
            asking.join(timeout=60)
        self.assertEqual(answered[0][0], 0, answered)


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--hub", required=True)
    options.add_argument("--subscribe", required=True)
    known, rest = options.parse_known_args()
    os.environ["NOROSHI_HUB_BINARY"] = known.hub
    os.environ["NOROSHI_SUBSCRIBE_BINARY"] = known.subscribe
    unittest.main(argv=sys.argv[:1] + rest, verbosity=2)
