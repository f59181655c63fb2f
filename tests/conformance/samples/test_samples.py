"""The samples of one language, run as their README.md says, against a real hub.

    test_samples.py --hub BIN --language curl|python|typescript
"""

import argparse
import base64
import datetime
import hmac
import http.client
import json
import os
import pathlib
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from client import cap
from client.certificates import openssl
from client.hub_process import NO_RATES, HubProcess
from client.registration import add_publisher, add_subscriber

TOP = pathlib.Path(__file__).resolve().parents[3]
SENDER = "city.tokushima.lg.jp"
TOKUSHIMA = cap.Place("362018", "徳島県徳島市")
SECONDS_MAX = 60
# As published: by the specification's reference library, and by the makers of the scheme.
VECTORS = (
    ("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330",
     b'{"test": 2432232314}', "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="),
    ("whsec_plJ3nmyCDGBKInavdOK15jsl", "msg_loFOjxBNrRLzqYUf", "1731705121",
     b'{"event_type":"ping","data":{"success":true}}', "v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0="),
)
LANGUAGE = ""


def command(top_folder, program):
    if LANGUAGE == "curl":
        return [str(TOP / top_folder / "samples" / "curl" / f"{program}.sh")]
    if LANGUAGE == "python":
        return ["/usr/bin/python3", str(TOP / top_folder / "samples" / "python" / f"{program}.py")]
    return ["node", str(TOP / "build" / "npm" / f"{top_folder}-samples-typescript" / "build" / f"{program}.js")]


class Running:
    """A sample that keeps running; its lines as they come."""

    def __init__(self, words, environment):
        self.process = subprocess.Popen(words, env=environment, text=True, stdin=subprocess.DEVNULL,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
        self.lines, self.errors = queue.Queue(), []
        threading.Thread(target=self._read, args=(self.process.stdout, self.lines.put), daemon=True).start()
        threading.Thread(target=self._read, args=(self.process.stderr, self.errors.append), daemon=True).start()

    @staticmethod
    def _read(stream, take):
        with stream:
            for line in stream:
                take(line.strip())

    def line(self):
        try:
            return self.lines.get(timeout=SECONDS_MAX)
        except queue.Empty:
            raise AssertionError(f"nothing said in {SECONDS_MAX} s: {self.errors}") from None

    def kill(self):
        """With whatever it has started: a group of its own."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, 9)
        self.process.wait(timeout=SECONDS_MAX)


class SamplesTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="noroshi-samples-")
        self.addCleanup(scratch.cleanup)
        self.scratch = pathlib.Path(scratch.name)
        self.hub = HubProcess(os.environ["NOROSHI_HUB_BINARY"], self.scratch / "hub", settings=NO_RATES)
        self.addCleanup(self.hub.close)
        self.hub.init()
        self.city = self.token_file("city", add_publisher(self.hub, "362018", "徳島市", [SENDER], ["362018"]))
        self.web = self.token_file("web", add_subscriber(self.hub, "web", ["36"]))
        self.hub.verb("subscriber", "set", "web", "--outlets", "events")
        self.door = self.hub.start()

    def token_file(self, name, token):
        file = self.scratch / name
        file.write_text(token + "\n")
        return file

    def environment(self, token):
        ca = str(self.hub.data / "tls" / "ca.pem")
        kept = {name: value for name, value in os.environ.items() if not name.startswith("NOROSHI_")}
        return {**kept, "LC_ALL": "C.UTF-8", "NOROSHI_HUB": f"https://localhost:{self.door.port}",
                "NOROSHI_CA": ca, "NODE_EXTRA_CA_CERTS": ca, "NOROSHI_TOKEN_FILE": str(token)}

    def run_sample(self, status, top_folder, program, *words, token=None):
        """What it printed, once it ended with `status`."""
        token = token or (self.city if top_folder == "publishers" else self.web)
        done = subprocess.run([*command(top_folder, program), *map(str, words)], text=True, capture_output=True,
                              stdin=subprocess.DEVNULL, timeout=SECONDS_MAX, env=self.environment(token))
        self.assertEqual(done.returncode, status, f"{program}: {done.stdout}{done.stderr}")
        return done.stdout if status == 0 else done.stderr

    def start(self, program, *words):
        running = Running([*command("subscribers", program), *map(str, words)], self.environment(self.web))
        self.addCleanup(running.kill)
        return running

    def written(self, document, name="order.xml"):
        (self.scratch / name).write_bytes(document)
        return self.scratch / name

    def publish(self):
        order = cap.first_revision("362018", SENDER, (TOKUSHIMA,), 4)
        answer = self.run_sample(0, "publishers", "publish", self.written(cap.document(order)))
        return json.loads(answer)["sequence"]

    def test_published_received_on_air_and_seen_by_the_city(self):
        sequence = self.publish()
        self.assertIn(str(sequence), self.run_sample(0, "subscribers", "list", "area=36"))
        folder = self.scratch / "received"
        receiver = self.start("receive", folder)
        self.assertEqual(receiver.line(), f"delivery {sequence}")
        kept = json.loads((folder / f"{sequence}.json").read_text())
        self.assertEqual(kept["delivery"]["summary"]["level"], 4)
        self.assertIn("web delivered", self.run_sample(0, "publishers", "ladder", sequence, "delivered"))
        self.run_sample(0, "subscribers", "on_air", sequence, "tv.lshape", "shown")
        self.run_sample(0, "subscribers", "on_air", sequence, "tv.lshape", "shown")  # again: no other report
        self.assertIn("web shown", self.run_sample(0, "publishers", "ladder", sequence, "shown"))
        self.hub.verb("subscriber", "test", "web")  # a probe: answered, and stored by nobody
        self.assertEqual({file.name for file in folder.iterdir()}, {f"{sequence}.json", "last-event-id"})
        said = self.run_sample(4, "subscribers", "on_air", sequence, "cinema", "shown")
        self.assertIn("receipt", said)
        self.run_sample(0, "subscribers", "on_air", sequence, "app", "refused", '編成の "判断"')

    def test_the_receiver_goes_on_where_it_was(self):
        """Killed itself, and with the hub killed."""
        folder = self.scratch / "received"
        receiver = self.start("receive", folder)
        first = self.publish()
        self.assertEqual(receiver.line(), f"delivery {first}")
        receiver.kill()
        second = self.publish()
        receiver = self.start("receive", folder)
        self.assertEqual(receiver.line(), f"delivery {second}")
        self.hub.kill()
        self.door = self.hub.start(port=self.door.port)
        third = self.publish()
        self.assertEqual(receiver.line(), f"delivery {third}")
        self.run_sample(0, "publishers", "ladder", third, "delivered")
        self.assertEqual({file.name for file in folder.iterdir()},
                         {f"{first}.json", f"{second}.json", f"{third}.json", "last-event-id"})
        self.hub.verb("subscriber", "suspend", "web")
        self.assertEqual(receiver.process.wait(timeout=SECONDS_MAX), 4, receiver.errors)

    @unittest.skipIf("curl" in sys.argv, "a webhook is not received with curl")
    def test_the_hub_calls_the_endpoint(self):
        """Signed with a secret, over TLS; stored are the bytes that were accepted."""
        cert, key = self.scratch / "here.pem", self.scratch / "here.key"
        openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", str(key),
                "-out", str(cert), "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost")
        self.hub.terminate()
        calling = HubProcess(self.hub.binary, self.hub.data, settings={
            **NO_RATES, "webhook_private": "127.0.0.1", "webhook_ca": cert, "webhook_retry_seconds": 1})
        self.addCleanup(calling.close)
        self.door = calling.start()
        secrets = self.scratch / "secrets"
        calling.verb("subscriber", "set", "web", "--outlets", "webhook")
        secrets.write_text(calling.verb("subscriber", "webhook", "web", "secret", "add"))
        folder = self.scratch / "called"
        endpoint = self.start("receive_webhook", 0, secrets, folder, cert, key)
        calling.verb("subscriber", "webhook", "web", "set", "--url", endpoint.line() + "/noroshi", "--payload", "cap")
        sequence = self.publish()
        self.assertRegex(endpoint.line(), rf"^stored [0-9]+-{sequence}$")
        (stored,) = folder.iterdir()
        self.assertEqual(stored.read_bytes(), (self.scratch / "order.xml").read_bytes())
        self.assertEqual(stored.suffix, ".xml")
        self.run_sample(0, "publishers", "ladder", sequence, "delivered")
        calling.verb("subscriber", "test", "web")  # a probe: answered, and not stored
        self.assertEqual(list(folder.iterdir()), [stored])

    def test_what_is_wrong_is_said(self):
        order = cap.document(cap.first_revision("362018", SENDER, (TOKUSHIMA,), 4))
        spoilt = self.written(order.replace(b">Immediate<", b">Soon<"), "spoilt.xml")
        said = self.run_sample(4, "publishers", "publish", spoilt)
        self.assertIn("alert.invalid", said)
        self.assertIn("/alert/info[1]/urgency", said)
        nobody = self.token_file("nobody", "nrs_p_nobody")
        for top_folder, program, words in (("publishers", "publish", [self.written(order)]),
                                           ("publishers", "ladder", [12, "shown"]),
                                           ("subscribers", "list", []),
                                           ("subscribers", "receive", [self.scratch / "x"]),
                                           ("subscribers", "on_air", [12, "tv.lshape", "shown"])):
            with self.subTest(program):
                said = self.run_sample(4, top_folder, program, *words, token=nobody)
                self.assertIn("auth.required", said)
        self.assertIn("not-found", self.run_sample(4, "publishers", "ladder", 999999, "shown"))
        for top_folder, program in (("publishers", "publish"), ("publishers", "ladder"),
                                    ("subscribers", "receive"), ("subscribers", "on_air")):
            self.run_sample(2, top_folder, program)

    def test_a_question_is_answered_by_a_person(self):
        self.hub.terminate()
        asking = HubProcess(os.environ["NOROSHI_HUB_BINARY"], self.hub.data,
                            settings={**NO_RATES, "confirmations": "ask"})
        self.addCleanup(asking.close)
        self.door = asking.start()
        old = cap.timestamp(cap.now() - datetime.timedelta(hours=25))
        order = cap.document(cap.Order("362018", SENDER, (TOKUSHIMA,), 4, old, "3f0c4b1e-0000-4000-8000-000000000001"))
        file = self.written(order)
        said = self.run_sample(4, "publishers", "publish", file)
        self.assertIn("confirm.required", said)
        token = said.rsplit("--confirm ", 1)[1].strip()
        answer = self.run_sample(0, "publishers", "publish", file, "--confirm", token)
        self.assertGreater(json.loads(answer)["sequence"], 0)


@unittest.skipIf("curl" in sys.argv, "a webhook is not received with curl")
class WebhookTest(unittest.TestCase):
    def test_the_published_vectors(self):
        for secret, identifier, timestamp, body, signature in VECTORS:
            good = dict(secrets=[secret], id=identifier, timestamp=timestamp, signature=signature, body=body,
                        now=int(timestamp))
            other = "whsec_" + base64.b64encode(b"another secret of 24 by").decode()
            cases = [
                (good, True),
                ({**good, "now": int(timestamp) + 300}, True),
                ({**good, "secrets": [other, secret]}, True),
                ({**good, "signature": f"v1a,xyz v1,AAAA {signature}"}, True),
                ({**good, "now": int(timestamp) + 301}, False),
                ({**good, "now": int(timestamp) - 301}, False),
                ({**good, "secrets": [other]}, False),
                ({**good, "body": body + b" "}, False),
                ({**good, "id": identifier + "x"}, False),
                ({**good, "timestamp": str(int(timestamp) + 1)}, False),
                ({**good, "timestamp": "soon"}, False),
                ({**good, "signature": signature.replace("v1,", "v2,")}, False),
                ({**good, "signature": ""}, False),
            ]
            for case, genuine in cases:
                with self.subTest(case):
                    self.assertEqual(self.verified(**case), genuine)

    def verified(self, secrets, now, body, **headers):
        headers = {f"webhook-{name}": value for name, value in headers.items()}
        if LANGUAGE == "python":
            sys.path.insert(0, str(TOP / "subscribers" / "samples" / "python"))
            from webhook_signature import NotGenuine, verify
            try:
                verify(secrets, headers, body, now)
                return True
            except NotGenuine:
                return False
        module = command("subscribers", "webhook_signature")[1]
        script = (f"import {{ NotGenuine, verify }} from {json.dumps(module)};"
                  f"try {{ verify({json.dumps(secrets)}, {json.dumps(headers)}, Buffer.from({json.dumps(body.decode())}), {now});"
                  "process.exit(0); } catch (e) { process.exit(e instanceof NotGenuine ? 9 : 1); }")
        done = subprocess.run(["node", "--input-type=module", "-e", script], timeout=SECONDS_MAX)
        self.assertIn(done.returncode, (0, 9))
        return done.returncode == 0

    def test_a_webhook_is_stored_before_it_is_answered(self):
        with tempfile.TemporaryDirectory(prefix="noroshi-webhook-") as scratch:
            scratch = pathlib.Path(scratch)
            key = b"a secret of twenty-four."
            (scratch / "secrets").write_text("whsec_" + base64.b64encode(key).decode() + "\n")
            endpoint = Running([*command("subscribers", "receive_webhook"), "0", str(scratch / "secrets"),
                                str(scratch / "received")], dict(os.environ))
            self.addCleanup(endpoint.kill)
            port = int(endpoint.line().rsplit(":", 1)[1])
            for identifier, spoil, status, stored in (
                    ("1-12", b"", 204, "1-12.json"), ("1-12", b"", 204, "1-12.json"), ("1-13", b" ", 401, None),
                    ("1-14-probe", b"", 204, None), ("../x", b"", 204, "_x.json")):
                body = json.dumps({"id": identifier}).encode()
                now = str(int(time.time()))
                signature = hmac.digest(key, f"{identifier}.{now}.".encode() + body, "sha256")
                connection = http.client.HTTPConnection("localhost", port, timeout=SECONDS_MAX)
                connection.request("POST", "/", body + spoil, {
                    "webhook-id": identifier, "webhook-timestamp": now,
                    "webhook-signature": "v1," + base64.b64encode(signature).decode()})
                self.assertEqual(connection.getresponse().status, status)
                connection.close()
                if stored:
                    self.assertEqual(json.loads((scratch / "received" / stored).read_text()), {"id": identifier})
            self.assertEqual({file.name for file in (scratch / "received").iterdir()}, {"1-12.json", "_x.json"})
            self.assertEqual({file.name for file in scratch.iterdir()}, {"secrets", "received"})


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--hub", required=True)
    parser.add_argument("--language", required=True, choices=("curl", "python", "typescript"))
    arguments, rest = parser.parse_known_args()
    os.environ["NOROSHI_HUB_BINARY"] = str(pathlib.Path(arguments.hub).resolve())
    LANGUAGE = arguments.language
    needed = {"curl": "curl", "python": "python3", "typescript": "node"}[LANGUAGE]
    if shutil.which(needed) is None or not pathlib.Path(command("publishers", "publish")[-1]).exists():
        print(f"{__file__}: Skipped\nthere is no {needed}, or its packages were not brought\n")
        sys.exit(77)
    unittest.main(argv=sys.argv[:1] + rest, verbosity=2)
