"""noroshi-publish status --watch: the ladder of an alert on a terminal and in a pipe, as it changes,
through the hub's restart, until everybody has it.

    test_watch.py --hub BIN --publish BIN
"""

import argparse
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from client import cap
from client.api import Api
from client.hub_process import NO_RATES, HubProcess
from client.registration import add_publisher, add_subscriber
from client.screen import Screen
from client.stream import Stream

SENDER = "city.tokushima.lg.jp"
TOKUSHIMA = cap.Place("362018", "徳島県徳島市")
SECONDS_MAX = 20.0


class WatchTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="noroshi-watch-")
        self.addCleanup(scratch.cleanup)
        self.scratch = pathlib.Path(scratch.name)
        self.hub = HubProcess(os.environ["NOROSHI_HUB_BINARY"], self.scratch / "hub", settings=NO_RATES)
        self.addCleanup(self.hub.close)
        self.hub.init()
        self.city = add_publisher(self.hub, "362018", "徳島市", [SENDER], ["362018"])
        self.tokens = {name: add_subscriber(self.hub, name, ["36"]) for name in ("tv", "radio")}
        self.door = self.hub.start()
        self.order = cap.first_revision("362018", SENDER, (TOKUSHIMA,), 4)

    def accept(self):
        with Api(self.door, self.city) as api:
            answer = api.publish(cap.document(self.order))
        self.assertEqual(answer.status, 201, answer.body)
        return answer.json()["sequence"]

    def command(self, sequence, *options, timeout="60"):
        token = self.scratch / "city.token"
        token.write_text(self.city)
        token.chmod(0o600)
        return [os.environ["NOROSHI_PUBLISH_BINARY"], "status", str(sequence), "--watch", "--timeout",
                timeout, "--hub", f"https://{self.door.authority}", "--ca",
                str(self.hub.data / "tls" / "ca.pem"), "--token-file", str(token), *options]

    def environment(self, language="ja_JP.UTF-8", **more):
        inherited = {name: value for name, value in os.environ.items()
                     if not name.startswith("NOROSHI_") and name not in ("NO_COLOR", "LC_ALL", "LANG")}
        return {**inherited, "LC_ALL": language, "TERM": "xterm", **more}

    def screen(self, sequence, *options, lines=24, width=120, timeout="60", **more):
        screen = Screen(self.command(sequence, *options, timeout=timeout), self.environment(**more),
                        lines, width)
        self.addCleanup(screen.close)
        return screen

    def piped(self, sequence, *options, timeout="60", **more):
        process = subprocess.Popen(self.command(sequence, *options, timeout=timeout), text=True,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   env=self.environment(**more))
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.stderr.close)
        self.addCleanup(lambda: process.poll() is None and (process.kill(), process.wait()))
        return process

    def store(self, name, sequence):
        with Stream.open(self.door, self.tokens[name]) as stream:
            stream.hello()
            stream.receive_kind("delivery", SECONDS_MAX)
            stream.ack(sequence)
            self.report_until(name, sequence)

    def report_until(self, name, sequence):
        deadline = time.monotonic() + SECONDS_MAX
        while True:
            with Api(self.door, self.city) as api:
                ladder = api.request("GET", f"/v1/alerts/{sequence}/deliveries").json()
            row = next(row for row in ladder["deliveries"] if row["subscriber"] == name)
            if row["state"] != "queued":
                return
            self.assertLess(time.monotonic(), deadline)

    def show(self, name, sequence, state="shown", identifier="1"):
        receipt = {"id": identifier, "sequence": sequence, "state": state, "medium": "tv.lshape"}
        with Api(self.door, self.tokens[name]) as api:
            answer = api.request("POST", "/v1/receipts", json.dumps({"receipts": [receipt]}),
                                 {"Content-Type": "application/json"})
        self.assertEqual(answer.json()["recorded"], [identifier], answer.body)

    def test_a_terminal_is_drawn_anew_in_its_place_until_everybody_has_it(self):
        sequence = self.accept()
        screen = self.screen(sequence)
        screen.until(lambda text: "0/2 者が受領" in text and text.count("配達待ち") == 2, SECONDS_MAX)
        self.store("tv", sequence)
        screen.until(lambda text: "1/2 者が受領" in text, SECONDS_MAX)
        self.show("tv", sequence)
        screen.until(lambda text: "媒体 tv.lshape: 放送中 1" in text, SECONDS_MAX)
        self.store("radio", sequence)
        self.assertEqual(screen.end(SECONDS_MAX), 0)
        text = "\n".join(screen.text)
        self.assertIn("2/2 者が受領", text)
        self.assertEqual(text.count("通番"), 1, text)  # only the last drawing is left
        self.assertEqual(len([line for line in screen.text if line.startswith("  radio")]), 1, text)
        self.assertEqual(screen.broken_lines, 0)

    def test_a_deadline_that_is_missed_is_said_in_words(self):
        self.hub.verb("publisher", "set", "362018", "--deadline", "delivered=1s")
        sequence = self.accept()
        screen = self.screen(sequence, width=110)
        screen.until(lambda text: text.count("期限超過: 受領") == 2 and "期限超過 受領 1 秒以内" in text, SECONDS_MAX)
        english = self.screen(sequence, language="C.UTF-8")
        english.until(lambda text: text.count("OVERDUE: delivered") == 2, SECONDS_MAX)
        self.store("tv", sequence)
        screen.until(lambda text: text.count("期限超過: 受領") == 1, SECONDS_MAX)
        self.store("radio", sequence)
        self.assertEqual(screen.end(SECONDS_MAX), 0)
        self.assertIn("期限 受領 1 秒以内: 全員", "\n".join(screen.text))
        once = subprocess.run([word for word in self.command(sequence) if word != "--watch"], text=True,
                              capture_output=True, timeout=30, env=self.environment())
        self.assertIn("期限 受領 1 秒以内: 全員", once.stdout)

    def test_a_small_terminal_has_what_is_missing_and_how_many_more(self):
        for number in range(20):
            self.tokens[f"a-{number}"] = add_subscriber(self.hub, f"a-{number}", ["36"])
        sequence = self.accept()
        self.store("a-0", sequence)
        screen = self.screen(sequence, lines=8, width=40)
        screen.until(lambda text: "ほか" in text, SECONDS_MAX)
        self.assertIn("ほか 17 者", "\n".join(screen.text))  # 6 lines: a headline, 5 rows
        self.assertNotIn("a-0 ", "\n".join(screen.text))
        self.assertEqual(screen.broken_lines, 0)
        self.store("tv", sequence)
        screen.until(lambda text: "2/22 者が受領" in text, SECONDS_MAX)
        self.assertEqual("\n".join(screen.text).count("通番"), 1)
        screen.resize(30, 100)
        screen.until(lambda text: "ほか" not in text and "a-19" in text, SECONDS_MAX)

    def test_a_pipe_and_no_color_get_a_line_for_each_change(self):
        sequence = self.accept()
        piped = self.piped(sequence)
        plain = self.screen(sequence, NO_COLOR="1")
        plain.until(lambda text: "0/2 者が受領" in text, SECONDS_MAX)
        lines = [piped.stdout.readline() for _ in range(3)]
        self.assertIn("0/2 者が受領", lines[2])
        for name in ("tv", "radio"):
            self.store(name, sequence)
        out, _ = piped.communicate(timeout=SECONDS_MAX)
        self.assertEqual((piped.returncode, plain.end(SECONDS_MAX)), (0, 0))
        self.assertIn("2/2 者が受領", out)
        self.assertNotIn("\x1b", out + plain.output)
        self.assertIn("2/2 者が受領", plain.output)

    def test_json_is_the_ladder_on_a_line_each_time(self):
        sequence = self.accept()
        piped = self.piped(sequence, "--json")
        first = json.loads(piped.stdout.readline())
        with Api(self.door, self.city) as api:
            whole = api.request("GET", f"/v1/alerts/{sequence}/deliveries").json()
        self.assertEqual(first, whole)
        for name in ("tv", "radio"):
            self.store(name, sequence)
        out, _ = piped.communicate(timeout=SECONDS_MAX)
        self.assertEqual(piped.returncode, 0)
        ladders = [json.loads(line) for line in out.splitlines()]
        self.assertEqual(ladders[-1]["totals"]["delivered"], 2)
        self.assertEqual({row["state"] for row in ladders[-1]["deliveries"]}, {"delivered"})

    def test_the_hub_may_be_killed_and_come_back(self):
        sequence = self.accept()
        screen, piped = self.screen(sequence), self.piped(sequence)
        screen.until(lambda text: "0/2 者が受領" in text, SECONDS_MAX)
        for _ in range(3):  # what the pipe got of it
            piped.stdout.readline()
        self.store("tv", sequence)
        self.hub.kill()
        screen.until(lambda text: "再接続中" in text, SECONDS_MAX)
        self.door = self.hub.start(port=self.door.port)
        screen.until(lambda text: "再接続中" not in text and "1/2 者が受領" in text, SECONDS_MAX)
        self.hub.terminate()  # with a goodbye
        screen.until(lambda text: "再接続中" in text, SECONDS_MAX)
        self.door = self.hub.start(port=self.door.port)
        self.store("radio", sequence)
        self.assertEqual(screen.end(SECONDS_MAX), 0)
        self.assertEqual("\n".join(screen.text).count("通番"), 1, screen.text)
        out, said = piped.communicate(timeout=SECONDS_MAX)
        self.assertEqual(piped.returncode, 0, said)
        self.assertIn("2/2 者が受領", out)
        self.assertIn("もう一度試します", said)

    def test_it_ends_when_told_to_and_when_the_time_is_over(self):
        sequence = self.accept()
        for number in (signal.SIGINT, signal.SIGTERM):
            screen = self.screen(sequence)
            screen.until(lambda text: "0/2 者が受領" in text, SECONDS_MAX)
            screen.process.send_signal(number)
            self.assertEqual(screen.end(SECONDS_MAX), 130)
            self.assertEqual(screen.text[-1], "")  # the prompt begins a line
        over = self.piped(sequence, timeout="1")
        self.assertIn("0/2 者が受領", over.communicate(timeout=SECONDS_MAX)[0])
        self.assertEqual(over.returncode, 7)

    def test_who_may_not_see_it_is_told_so(self):
        sequence = self.accept()
        self.city = add_publisher(self.hub, "362026", "鳴門市", ["city.naruto.lg.jp"], ["362026"])
        other = self.piped(sequence)
        _, said = other.communicate(timeout=SECONDS_MAX)
        self.assertEqual(other.returncode, 4, said)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    for name in ("hub", "publish"):
        parser.add_argument(f"--{name}", required=True)
    options, rest = parser.parse_known_args()
    os.environ["NOROSHI_HUB_BINARY"] = options.hub
    os.environ["NOROSHI_PUBLISH_BINARY"] = options.publish
    unittest.main(argv=[sys.argv[0], *rest], verbosity=2)
