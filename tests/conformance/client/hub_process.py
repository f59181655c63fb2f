"""A real hub as a child process: made, started, asked, killed."""

import os
import pathlib
import queue
import re
import signal
import subprocess
import threading
import time

from .door import Door

_MUTUAL = re.compile(r"^mTLS\s+https://[^:]+:(\d+)")
_FEED = re.compile(r"^TCP feed +tls://[^:]+:(\d+)")
_DOOR = re.compile(r"https://(127\.0\.0\.1|localhost):(\d+)")
_ADMIN = re.compile(r"http://(127\.0\.0\.1|localhost):(\d+)")
VERB_SECONDS_MAX = 60
# Settings for a site where one address plays everybody, and would soon be told to come back later.
NO_RATES = {"alerts_per_second": 0, "reads_per_second": 0, "streams_per_second": 0,
            "failures_per_second": 0}


class HubFailed(Exception):
    """The hub did not do what it was started for; what it said is in the message."""


class HubProcess:
    """One data directory and at most one process running on it. `before` is a command that ends by
    running the one behind it, such as prlimit; `settings` go over those of noroshi.toml."""

    def __init__(self, binary, data, before=(), settings=None):
        self._before = tuple(before)
        # One city plays many: what would be asked of a person is only noted.
        settings = {"confirmations": "note", **(settings or {})}
        self._environment = {**os.environ, **{f"NOROSHI_{name.upper()}": str(value)
                                              for name, value in settings.items()}}
        self.binary = pathlib.Path(binary)
        self.data = pathlib.Path(data)
        self.log = self.data.parent / (self.data.name + ".log")
        self._process = None

    def init(self, *options):
        self.verb("init", str(self.data), *options, on_data=False)

    def verb(self, *words, on_data=True):
        """Runs an administrator's verb and returns what it printed."""
        command = [str(self.binary), *words]
        if on_data:
            command += ["--data", str(self.data)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=VERB_SECONDS_MAX)
        if done.returncode != 0:
            raise HubFailed(f"{' '.join(words)} ended with {done.returncode}: {done.stderr}")
        return done.stdout

    def launch(self, port=0):
        """Starts the process and returns at once; `ready` waits for it."""
        assert self._process is None, "one hub a data directory"
        with open(self.log, "ab") as log:
            self._process = subprocess.Popen(
                [*self._before, str(self.binary), "serve", "--data", str(self.data), "--port", str(port),
                 "--admin-port", "0"],
                env=self._environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=log, text=True)
        self._lines = queue.Queue()
        threading.Thread(target=_forward, args=(self._process.stdout, self._lines),
                         daemon=True).start()

    def ready(self, timeout=30.0):
        """The door, once the hub has printed its URL."""
        deadline = time.monotonic() + timeout
        while True:
            try:
                line = self._lines.get(timeout=max(0.001, deadline - time.monotonic()))
            except queue.Empty:
                raise HubFailed(f"not ready after {timeout} s; {self.last_words()}") from None
            if line is None:
                code = self._process.wait(timeout=10)
                raise HubFailed(f"ended with {code} before it was ready; {self.last_words()}")
            found = _DOOR.search(line)
            if found:
                return Door("127.0.0.1", int(found.group(2)), self.data / "tls" / "ca.pem")

    def mutual_port(self, timeout=10.0):
        """Of the door for certificates; once, after `ready`."""
        while True:
            line = self._lines.get(timeout=timeout)
            assert line is not None, self.last_words()
            found = _MUTUAL.search(line)
            if found:
                return int(found.group(1))

    def feed_port(self, timeout=10.0):
        """Of the TCP feed, where it is configured; once, after `ready`."""
        while True:
            line = self._lines.get(timeout=timeout)
            assert line is not None, self.last_words()
            found = _FEED.search(line)
            if found:
                return int(found.group(1))

    def rest_of_lines(self):
        """Whatever else it has printed; once, after it has ended."""
        return "".join(iter(lambda: self._lines.get(timeout=10.0), None))

    def reload(self):
        """SIGHUP; returns when the hub has said in its log what came of it."""
        before = self.log.read_bytes().count(b'"certificate.')
        os.kill(self._process.pid, signal.SIGHUP)
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            lines = [line for line in self.log.read_bytes().splitlines() if b'"certificate.' in line]
            if len(lines) > before:
                return lines[-1].decode()
            time.sleep(0.01)
        raise HubFailed(f"no word about its certificate; {self.last_words()}")

    def start(self, timeout=30.0, port=0):
        self.launch(port)
        return self.ready(timeout)

    def metrics_url(self, timeout=10.0):
        """Of the loopback port, which is printed behind the doors; to be asked once a start."""
        while True:
            line = self._lines.get(timeout=timeout)
            found = _ADMIN.search(line or "")
            if found:
                return f"http://127.0.0.1:{found.group(2)}/metrics"
            if line is None:
                raise HubFailed(f"ended without a metrics port; {self.last_words()}")

    @property
    def pid(self):
        return self._process.pid

    def running(self):
        return self._process is not None and self._process.poll() is None

    def kill(self):
        """SIGKILL, as a crash does it; returns when the process is gone."""
        code = self._stop(signal.SIGKILL, 10.0)
        if code != -signal.SIGKILL:
            raise HubFailed(f"had ended with {code} before it was killed; {self.last_words()}")

    def terminate(self, timeout=30.0):
        """SIGTERM; the exit code, or HubFailed when it did not end in time."""
        return self._stop(signal.SIGTERM, timeout)

    def _stop(self, number, timeout):
        process, self._process = self._process, None
        if process.poll() is None:
            os.kill(process.pid, number)
        try:
            return process.wait(timeout=timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(timeout=10)
            raise HubFailed(f"still there {timeout} s after signal {number}; "
                            f"{self.last_words()}") from None

    def last_words(self):
        """The end of the hub's log, for messages about failures."""
        if not self.log.exists():
            return "no log"
        return "log ends: " + self.log.read_bytes()[-1500:].decode("utf-8", "replace")

    def close(self):
        """Whatever happened, nothing of it stays running."""
        if self._process is not None:
            process, self._process = self._process, None
            process.kill()
            process.wait(timeout=10)


def _forward(stream, lines):
    with stream:
        for line in stream:
            lines.put(line)
    lines.put(None)
