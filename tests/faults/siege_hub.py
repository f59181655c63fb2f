"""The hub under siege: its crowd registered in a moment, and what is seen of it from outside."""

import hashlib
import json
import os
import pathlib
import re
import secrets
import socket
import urllib.request

from client.hub_process import HubProcess

CLOCK_TICKS = os.sysconf("SC_CLK_TCK")


class SiegeHub:
    """`descriptors` limits the process's, None leaves them; `core` is the one it keeps to, there
    after everybody else when it is `idle`."""

    def __init__(self, binary, data, descriptors=None, core=None, idle=False):
        before = () if descriptors is None else (
            "prlimit", f"--nofile={descriptors}:{descriptors}")
        if core is not None:
            before = ("taskset", "-c", str(core), *before)
        if idle:
            before = ("chrt", "--idle", "0", *before)
        self.process = HubProcess(binary, data, before=before)
        self.process.init()

    def start(self, seconds=60.0):
        door = self.process.start(seconds)
        self._metrics_url = self.process.metrics_url()
        return door

    def register(self, subject, names, **fields):
        """Tokens of new publishers or subscribers. Speaks to admin.sock itself: a process for each
        of thousands would take minutes."""
        return [self._register(subject, name, fields) for name in names]

    def _register(self, subject, name, fields):
        letter = {"publisher": "p", "subscriber": "s"}[subject]
        token = f"nrs_{letter}_" + secrets.token_urlsafe(32)
        answer = self._ask({"subject": subject, "action": "add", "language": "en", "id": name,
                            "reason": "", "name": name, "areas": ["*"],
                            "token_sha256": hashlib.sha256(token.encode()).hexdigest(), **fields})
        if answer["exit_code"] != 0:
            raise RuntimeError(f"{name}: {answer['note']}")
        return token

    def _ask(self, request):
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.settimeout(30)
            line.connect(str(self.process.data / "admin.sock"))
            line.sendall(json.dumps(request).encode() + b"\n")
            answer = b""
            while not answer.endswith(b"\n") and (part := line.recv(65536)):
                answer += part
        return json.loads(answer)

    def status(self):
        return json.loads(self.process.verb("status", "--json"))

    def metrics(self):
        """Values by name; those with labels are summed."""
        text = urllib.request.urlopen(self._metrics_url, timeout=30).read().decode()
        found = {}
        for name, value in re.findall(r"^noroshi_(\w+)(?:\{[^}]*\})? (\S+)$", text, re.M):
            found[name] = found.get(name, 0.0) + float(value)
        return found

    def resident_bytes(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+) kB", status).group(1)) * 1024

    @staticmethod
    def kernel_bytes():
        """What the kernel holds for all TCP connections of the machine: when that is too much, it
        drops what the healthy ones are sent."""
        pages = re.search(r"^TCP: .* mem (\d+)$", pathlib.Path("/proc/net/sockstat").read_text(),
                          re.M).group(1)
        return int(pages) * os.sysconf("SC_PAGE_SIZE")

    def processor_seconds(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2]
        return sum(int(ticks) for ticks in fields.split()[11:13]) / CLOCK_TICKS

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))
