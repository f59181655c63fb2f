"""A hub whose alarms are watched, and programs and endpoints that are told of them."""

import base64
import json
import os
import pathlib
import tempfile
import time
import unittest
import uuid

from . import cap
from .api import Api
from .hub_process import NO_RATES, HubProcess
from .registration import add_publisher, add_subscriber
from .stream import Stream
from .webhook_endpoint import TAKE, Endpoint, HostAuthority

SENDER = "city.tokushima.lg.jp"
TOKUSHIMA = cap.Place("362018", "徳島県徳島市")
SECONDS_MAX = 30.0
# Writes what it was given into a file of its own beside itself, whole or not at all.
RECORDER = """#!/usr/bin/python3
import json, os, pathlib, sys, uuid
here = pathlib.Path(__file__).parent
name = str(uuid.uuid4())
told = {"arguments": sys.argv[1:], "input": sys.stdin.buffer.read().decode(),
        "environment": dict(os.environ), "descriptors": sorted(os.listdir("/proc/self/fd"))}
(here / (name + ".part")).write_text(json.dumps(told))
(here / (name + ".part")).rename(here / (name + ".told"))
"""


class AlarmsTest(unittest.TestCase):
    settings = {}
    before = ()  # what the hub is started by: see HubProcess

    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="noroshi-alarms-")
        self.addCleanup(scratch.cleanup)
        self.scratch = pathlib.Path(scratch.name)
        self.authority = HostAuthority(self.scratch / "hosts")
        self.reconfigure()
        self.hub.init()
        self.city = add_publisher(self.hub, "362018", "徳島市", [SENDER], ["362018"])
        self.town = add_publisher(self.hub, "362026", "鳴門市", ["naruto"], ["362026"])
        self.tv = add_subscriber(self.hub, "tv", ["36"])
        self.operator = (self.hub.data / "keys" / "operator.token").read_text().strip()
        self.order = cap.first_revision("362018", SENDER, (TOKUSHIMA,), 4)

    def reconfigure(self, **settings):
        """For the next start."""
        self.hub = HubProcess(os.environ["NOROSHI_HUB_BINARY"], self.scratch / "hub",
                              before=self.before, settings={
            **NO_RATES, "disk_free_bytes_min": 0, "webhook_ca": self.authority.file,
            "webhook_private": "127.0.0.1", "webhook_retry_seconds": 1, "probe_every": 0,
            **self.settings, **settings})
        self.addCleanup(self.hub.close)

    def recorder(self, name):
        folder = self.scratch / name
        folder.mkdir()
        program = folder / "record"
        program.write_text(RECORDER)
        program.chmod(0o755)
        return program

    def notify(self, **keys):
        lines = [f"{key} = {json.dumps(value)}" for key, value in keys.items()]
        with open(self.hub.data / "noroshi.toml", "a", encoding="utf-8") as file:
            file.write("\n[[notify]]\n" + "\n".join(lines) + "\n")

    def endpoint(self, behave=lambda received: TAKE):
        certificate = self.authority.issue(uuid.uuid4().hex, "IP:127.0.0.1")
        endpoint = Endpoint(certificate, behave)
        self.addCleanup(endpoint.close)
        return endpoint

    def notify_webhook(self, url, **keys):
        """The secret, which lies in a file."""
        secret = "whsec_" + base64.b64encode(os.urandom(32)).decode()
        name = f"keys/{uuid.uuid4().hex}.secret"
        (self.hub.data / name).write_text(secret + "\n")
        self.notify(kind="webhook", url=url, secret_file=name, **keys)
        return secret

    def words(self, program):
        """What a program was told, as (told, id), in order."""
        messages = [json.loads(told["input"]) for told in self.told(program)]
        return [(message["told"], message["id"]) for message in messages]

    def told(self, program):
        files = sorted(program.parent.glob("*.told"), key=lambda file: file.stat().st_mtime_ns)
        return [json.loads(file.read_text()) for file in files]

    def until(self, what, seconds_max=SECONDS_MAX):
        """Asks again and again, because the hub looks again at its own pace."""
        deadline = time.monotonic() + seconds_max
        while True:
            found = what()
            if found:
                return found
            self.assertLess(time.monotonic(), deadline, self.hub.last_words())
            time.sleep(0.05)

    def accept(self, order=None, document=None, token=None, below="/v1"):
        with Api(self.door, token or self.city) as api:
            answer = api.publish(document or cap.document(order or self.order), below=below)
        self.assertEqual(answer.status, 201, answer.body)
        return answer.json()["sequence"]

    def alarms(self, *options):
        return [json.loads(line) for line in
                self.hub.verb("alarm", "list", "--json", *options).splitlines()]

    def standing(self, identifier):
        return next((alarm for alarm in self.alarms() if alarm["id"] == identifier), None)

    def raises(self, identifier):
        """How often the log has it, by the entries that raised it."""
        return len({alarm["entry"] for alarm in self.alarms("--all") if alarm["id"] == identifier})

    def acknowledge_on_the_stream(self, sequence):
        stream = Stream.open(self.door, self.tv)
        self.addCleanup(stream.close)
        stream.hello()
        while stream.receive_kind("delivery", SECONDS_MAX).sequence != sequence:
            pass
        stream.ack(sequence)
        return stream
