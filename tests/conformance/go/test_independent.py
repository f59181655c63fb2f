"""A verifier that shares no code with the hub reads its checkpoints and proofs: verify.go, on Go's
sumdb note and tlog.

    test_independent.py --hub BIN --subscribe BIN

Needs `go` and golang.org/x/mod as Debian installs them; nothing is fetched.
"""

import base64
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from client import cap
from client.api import Api
from client.hub_process import NO_RATES, HubProcess
from client.registration import add_publisher, add_subscriber

HERE = pathlib.Path(__file__).resolve().parent
DEBIAN_GO_SOURCES = "/usr/share/gocode"
SENDER = "city.tokushima.lg.jp"
TOKUSHIMA = cap.Place("362018", "徳島県徳島市")
ALERTS = 20


def build(folder):
    binary = folder / "verify"
    environment = {**os.environ, "GO111MODULE": "off", "GOFLAGS": "", "GOPATH": DEBIAN_GO_SOURCES,
                   "GOCACHE": str(folder / "cache"), "GOPROXY": "off"}
    subprocess.run(["go", "build", "-o", str(binary), str(HERE / "verify.go")], check=True,
                   env=environment)
    return binary


class IndependentTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        scratch = tempfile.TemporaryDirectory(prefix="noroshi-independent-")
        cls.addClassCleanup(scratch.cleanup)
        cls.folder = pathlib.Path(scratch.name)
        cls.binary = build(cls.folder)
        cls.hub = HubProcess(os.environ["NOROSHI_HUB_BINARY"], cls.folder / "hub", settings=NO_RATES)
        cls.addClassCleanup(cls.hub.close)
        cls.hub.init()
        cls.witness_key = cls.folder / "tv.key"
        cls.witness = subprocess.run(
            [os.environ["NOROSHI_SUBSCRIBE_BINARY"], "witness", "init", "tv.example",
             str(cls.witness_key)], capture_output=True, text=True, check=True).stdout.strip()
        with open(cls.hub.data / "noroshi.toml", "r+", encoding="utf-8") as settings:
            before = settings.read()
            settings.seek(0)
            settings.write(f'witnesses = ["{cls.witness}"]\n{before}')
        city = add_publisher(cls.hub, "362018", "徳島市", [SENDER], ["362018"])
        cls.tv = add_subscriber(cls.hub, "tv", ["36"])
        cls.door = cls.hub.start()
        with Api(cls.door, city) as api:
            for _ in range(ALERTS):
                document = cap.first_revision("362018", SENDER, (TOKUSHIMA,), 4)
                assert api.publish(cap.document(document)).status == 201
        cls.key = cls.hub.data / "audit.pub"
        cls.note = cls.get("checkpoint")
        cls.checkpoint = cls.file("checkpoint", cls.note)
        cls.size = int(cls.note.decode().split("\n")[1])

    @classmethod
    def get(cls, what):
        with Api(cls.door, cls.tv) as api:
            answer = api.request("GET", f"/v1/audit/{what}")
        assert answer.status == 200, answer.body
        return answer.body

    @classmethod
    def file(cls, name, content):
        path = cls.folder / name
        path.write_bytes(content)
        return path

    def verify(self, *proofs, key=None, checkpoint=None, witness=None):
        by = ["-witness", witness] if witness else []
        command = [self.binary, *by, key or self.key, checkpoint or self.checkpoint, *proofs]
        return subprocess.run([str(word) for word in command], capture_output=True, text=True,
                              timeout=60)

    def assert_verified(self, proofs):
        done = self.verify(*proofs)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(done.stdout, "ok\n" * len(proofs))

    def assert_denied(self, done):
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertNotIn("ok", done.stdout)

    def test_every_entry_is_proved_in_the_checkpoint(self):
        self.assertGreater(self.size, ALERTS)
        self.assert_verified([
            self.file(f"i{sequence}", self.get(f"inclusion?sequence={sequence}&size={self.size}"))
            for sequence in range(1, self.size + 1)])

    def test_every_earlier_size_is_proved_to_be_its_beginning(self):
        self.assert_verified([self.file(f"c{size}", self.get(f"consistency?from={size}&to={self.size}"))
                              for size in range(1, self.size + 1)])

    def test_it_reads_what_a_witness_cosigned(self):
        token = self.file("tv.token", self.tv.encode())
        token.chmod(0o600)
        subprocess.run([os.environ["NOROSHI_SUBSCRIBE_BINARY"], "witness", "--hub",
                        f"https://127.0.0.1:{self.door.port}", "--ca", str(self.door.ca),
                        "--token-file", str(token), "--state", str(self.folder / "seen"), "--once",
                        "--cosign", str(self.witness_key)], check=True, stdout=subprocess.DEVNULL)
        cosigned = self.get("checkpoint?cosigned=true")
        done = self.verify(checkpoint=self.file("cosigned", cosigned), witness=self.witness)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertNotEqual(self.verify(witness=self.witness).returncode, 0)  # before it looked
        name = cosigned.decode().split("\n")[-2].split(" ")[1]
        self.assertEqual(name, "tv.example")
        time = cosigned.rindex(b" ") + 1 + 6  # behind the key's id
        other = cosigned[:time] + bytes([cosigned[time] ^ 3]) + cosigned[time + 1:]
        self.assert_denied(self.verify(checkpoint=self.file("retimed", other), witness=self.witness))

    def test_it_denies_what_is_not_so(self):
        inclusion = json.loads(self.get(f"inclusion?sequence=5&size={self.size}"))
        consistency = json.loads(self.get(f"consistency?from=5&to={self.size}"))
        zeros = base64.b64encode(bytes(32)).decode()
        for number, wrong in enumerate((
                {**inclusion, "leaf_index": 5}, {**inclusion, "leaf_hash": zeros},
                {**inclusion, "root": zeros}, {**inclusion, "proof": inclusion["proof"][1:]},
                {**consistency, "size1": 6}, {**consistency, "root1": zeros},
                {**consistency, "root2": zeros}, {**consistency, "proof": []},
                {**inclusion, "type": "consistency"})):
            self.assert_denied(self.verify(self.file(f"w{number}", json.dumps(wrong).encode())))

    def test_it_denies_a_note_of_another_size_or_another_key(self):
        lines = self.note.decode().split("\n")
        longer = "\n".join([lines[0], str(self.size + 1), *lines[2:]])
        self.assert_denied(self.verify(checkpoint=self.file("longer", longer.encode())))
        other = HubProcess(os.environ["NOROSHI_HUB_BINARY"], self.folder / "other")
        self.addCleanup(other.close)
        other.init()
        other.start()
        self.assert_denied(self.verify(key=other.data / "audit.pub"))


if __name__ == "__main__":
    if len(sys.argv) < 5 or sys.argv[1] != "--hub" or sys.argv[3] != "--subscribe":
        sys.exit(__doc__)
    os.environ["NOROSHI_HUB_BINARY"] = sys.argv[2]
    os.environ["NOROSHI_SUBSCRIBE_BINARY"] = sys.argv[4]
    unittest.main(argv=sys.argv[:1] + sys.argv[5:], verbosity=2)
