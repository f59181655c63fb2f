"""A real hub with its second door, and certificates pinned there by their facts alone: so that a
certificate is refused for its one defect and not because nobody knows it."""

import atexit
import json
import os
import pathlib
import socket
import tempfile

from . import certificates
from .certificates import Authority, Credential
from .door import MutualDoor
from .hub_process import HubProcess
from .registration import add_publisher, add_subscriber

CITY = "362018"
HOLDERS = {"publisher": CITY, "subscriber": "tv"}


class MutualHub:
    def __init__(self, binary):
        self._folder = tempfile.TemporaryDirectory(prefix="noroshi-mutual-")
        self.scratch = pathlib.Path(self._folder.name)
        self.hub = HubProcess(binary, self.scratch / "hub")
        atexit.register(self._folder.cleanup)
        atexit.register(self.hub.close)
        self.hub.init()
        self.token = add_publisher(self.hub, CITY, "徳島市", ["city.tokushima.lg.jp"], [CITY])
        add_publisher(self.hub, "362026", "鳴門市", ["city.naruto.lg.jp"], ["362026"])
        self.tv_token = add_subscriber(self.hub, "tv", ["*"])
        for name in ("radio", "late", "gone", "paused"):
            add_subscriber(self.hub, name, ["*"])
        self.tokens = self.hub.start()
        self.port = self.hub.mutual_port()
        tls = self.hub.data / "tls"
        self.stolen = Authority(self.scratch, tls / "ca.pem", tls / "ca.key")

    def door(self, credential):
        return MutualDoor("127.0.0.1", self.port, self.tokens.ca, credential)

    def issued(self, kind, name, *options):
        """By the hub's own verb."""
        folder = self.scratch / f"issued-{os.urandom(4).hex()}"
        folder.mkdir()
        printed = self.hub.verb("cert", "issue", kind, name, "--out", str(folder), "--json", *options)
        answer = json.loads(printed)
        return Credential(pathlib.Path(answer["certificate_file"]),
                          pathlib.Path(answer["key_file"])), answer["serial"]

    def pin(self, credential, kind="publisher", name=CITY, **changes):
        """Writes into the log what `cert issue` would, over the admin socket."""
        terms = {"holder": kind, "now_ms": 0, "refused_from_ms": 0,
                 **certificates.facts(credential), **changes}
        request = {"subject": "certificate", "action": "issue", "language": "en", "id": name,
                   "certificate": terms}
        answer = self.ask(request)
        assert answer["exit_code"] == 0, answer
        return terms["serial"]

    def ask(self, request):
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.settimeout(10)
            line.connect(str(self.hub.data / "admin.sock"))
            line.sendall(json.dumps(request).encode() + b"\n")
            answer = b""
            while not answer.endswith(b"\n"):
                piece = line.recv(65536)
                assert piece, "the admin socket broke off"
                answer += piece
        return json.loads(answer)


_running = None


def running():
    """Started by the first test that asks; the binary is named by NOROSHI_HUB_BINARY."""
    global _running
    if _running is None:
        _running = MutualHub(os.environ["NOROSHI_HUB_BINARY"])
    return _running
