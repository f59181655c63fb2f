"""No secret leaves the hub where people look: its log, problem documents, metrics, the answers of
verbs, arguments, and what a crash may leave behind. Each is used rightly and wrongly first.

    test_secrets.py --hub BIN
"""

import argparse
import base64
import os
import pathlib
import re
import ssl
import socket
import subprocess
import sys
import tempfile
import unittest
import urllib.request

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from client import cap
from client.api import Api
from client.hub_process import NO_RATES, HubProcess
from client.registration import add_officer, add_publisher, add_subscriber
from client.webhook_endpoint import Endpoint, HostAuthority

SENDER = "city.tokushima.lg.jp"
PLACE = cap.Place("362018", "徳島県徳島市")
# Of a longer secret any stretch of this length counts as the secret.
STRETCH = 16


def stretches(secret):
    """What to look for: any part of it, plain, hexadecimal or in base64."""
    raw = secret.encode()
    forms = [secret, raw.hex(), base64.b64encode(raw).decode().rstrip("=")]
    return {form[at:at + STRETCH] for form in forms
            for at in range(0, max(1, len(form) - STRETCH + 1), STRETCH // 2)}


class SecretsTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="noroshi-secrets-")
        self.addCleanup(scratch.cleanup)
        self.scratch = pathlib.Path(scratch.name)
        self.authority = HostAuthority(self.scratch / "hosts")
        self.hub = HubProcess(os.environ["NOROSHI_HUB_BINARY"], self.scratch / "hub", settings={
            **NO_RATES, "webhook_private": "127.0.0.1", "webhook_ca": self.authority.file,
            "webhook_retry_seconds": 1, "log_level": "debug"})
        self.addCleanup(self.hub.close)
        self.hub.init()
        self.said = []  # (where, text)
        self.secrets = {}
        self.secrets["publisher"] = add_publisher(self.hub, "362018", "徳島市", [SENDER], ["362018"])
        self.secrets["subscriber"] = add_subscriber(self.hub, "tv", ["36"])
        self.secrets["officer"] = add_officer(self.hub, "sato", "362018", ["drafter"])
        self.secrets["operator"] = (self.hub.data / "keys" / "operator.token").read_text().strip()
        endpoint = Endpoint(self.authority.issue("here", "IP:127.0.0.1,DNS:localhost"),
                            lambda received: (500, {}, b"no"))
        self.addCleanup(endpoint.close)
        self.door = self.hub.start()
        self.metrics = self.hub.metrics_url()
        self.hub.verb("subscriber", "webhook", "tv", "set", "--url", endpoint.url("/noroshi"),
                      "--payload", "cap")
        self.secrets["webhook"] = self.hub.verb("subscriber", "webhook", "tv", "secret", "add").strip()
        for key in sorted(self.hub.data.rglob("*.key")):
            lines = key.read_text(errors="replace").splitlines()
            self.secrets[key.name] = max(lines, key=len)

    def verb(self, *words):
        """Whatever comes of it, what it says is kept."""
        run = subprocess.run([os.environ["NOROSHI_HUB_BINARY"], *words, "--data",
                              str(self.hub.data)], capture_output=True, text=True, timeout=30)
        self.said.append((" ".join(words), run.stdout + run.stderr))

    def ask(self, method, target, token, body=None, fields=None):
        with Api(self.door, token) as api:
            answer = api.request(method, target, body, fields)
        self.said.append((f"{method} {target.split('?')[0]}", answer.body.decode("utf-8", "replace")
                          + repr(answer.fields)))
        return answer.status

    def raw(self, data):
        """Bytes that are no request, with a secret among them."""
        context = ssl.create_default_context(cafile=str(self.door.ca))
        with socket.create_connection((self.door.host, self.door.port), 10) as plain:
            with context.wrap_socket(plain, server_hostname=self.door.host) as line:
                line.sendall(data)
                try:
                    self.said.append(("raw", line.recv(65536).decode("utf-8", "replace")))
                except OSError:
                    pass

    def use_all_of_them(self):
        document = cap.document(cap.first_revision("362018", SENDER, (PLACE,), 4))
        for name, secret in self.secrets.items():
            if "\n" in secret:
                continue
            self.ask("POST", "/v1/alerts", secret, document, {"Content-Type": "application/cap+xml"})
            self.ask("GET", "/v1/alerts", secret)
            self.ask("GET", "/v1/limits", secret)
            self.ask("GET", f"/v1/nothing/{secret}", None)
            self.ask("GET", f"/v1/alerts?token={secret}", secret[:-1] + "x")
            self.ask("GET", "/v1/alerts", secret + "x")
            self.ask("POST", "/v1/alerts", secret, f"<alert>{secret}</alert".encode(),
                     {"Content-Type": "application/cap+xml"})
            self.ask("POST", "/v1/receipts", secret, f'{{"{secret}": 1'.encode(),
                     {"Content-Type": "application/json"})
            self.raw(f"GET / HTTP/1.1\r\nAuthorization: Basic {secret}\r\nHost: {secret}\r\n\r\n"
                     .encode())
            self.raw(f"{secret}\r\n\r\n".encode())
        for words in (("status",), ("status", "--json"), ("check",), ("publisher", "list", "--json"),
                      ("publisher", "show", "362018", "--json"), ("subscriber", "show", "tv", "--json"),
                      ("subscriber", "webhook", "tv", "show", "--json"), ("officer", "list", "--json"),
                      ("alarm", "list", "--all", "--json"), ("audit", "checkpoint"),
                      ("publisher", "token", "nobody"), ("cert", "list", "--json")):
            self.verb(*words)
        with urllib.request.urlopen(self.metrics, timeout=10) as answer:
            self.said.append(("metrics", answer.read().decode()))

    # What an answer says back of the request it answers is no leak: it went to whoever sent it.
    ECHOED = re.compile(r"^(GET /v1/nothing|POST /v1/alerts$|POST /v1/receipts$|raw$)")

    def found(self, text):
        return [name for name, secret in self.secrets.items()
                if any(part in text for part in stretches(secret))]

    def test_no_secret_is_where_people_look(self):
        self.use_all_of_them()
        process = pathlib.Path(f"/proc/{self.hub.pid}")
        self.said.append(("arguments", (process / "cmdline").read_bytes().decode()))
        self.said.append(("environment", (process / "environ").read_bytes().decode()))
        self.assertEqual(self.hub.terminate(), 0)
        self.said.append(("log", self.hub.log.read_text(errors="replace")))
        self.assertGreater(len(self.said[-1][1]), 1000)  # it has said something
        for where, text in self.said:
            if not self.ECHOED.match(where):
                self.assertEqual(self.found(text), [], f"in {where}: {text[:400]}")

    def test_the_look_finds_what_is_there(self):
        for secret in self.secrets.values():
            self.assertNotEqual(self.found(f"level=info token={secret[4:]}"), [])
            self.assertNotEqual(self.found(base64.b64encode(secret.encode()).decode()), [])

    def test_what_holds_secrets_is_its_owners_alone(self):
        found = [file for pattern in ("journal.db*", "**/*.key", "**/*.token")
                 for file in self.hub.data.glob(pattern)]
        self.assertGreaterEqual(len(found), 5)
        for place in (self.hub.data, *found):
            with self.subTest(place.name):
                self.assertEqual(place.stat().st_mode & 0o077, 0)

    def test_a_crash_leaves_no_memory_behind(self):
        process = pathlib.Path(f"/proc/{self.hub.pid}")
        limits = (process / "limits").read_text()
        self.assertRegex(limits, r"Max core file size +0 +0 ")
        self.assertEqual(int((process / "coredump_filter").read_text(), 16), 0)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--hub", required=True)
    arguments, rest = parser.parse_known_args()
    os.environ["NOROSHI_HUB_BINARY"] = str(pathlib.Path(arguments.hub).resolve())
    unittest.main(argv=[sys.argv[0], *rest], verbosity=2)
