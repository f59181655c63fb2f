"""The machine the bench runs on: two cores kept apart, other work kept out, nothing left behind."""

import contextlib
import ctypes
import fcntl
import json
import os
import pathlib
import signal
import socket
import subprocess
import time

SERVER_CPU, CLIENT_CPU = 0, 1
LOAD_SECONDS_MAX = 240
LOCK_SECONDS = 100
START_SECONDS_MAX = 60
STOP_SECONDS_MAX = 20
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


class RunFailed(Exception):
    """One measurement could not be finished; what was said is in the message."""


def _die_with_parent():
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)


def launch(command, cpu, output, environment=None):
    """A process on one core, in a session of its own, which as root also has the scheduler's
    attention before everybody else's."""
    root = os.geteuid() == 0
    prefix = ["taskset", "-c", str(cpu), *(["nice", "-n", "-20"] if root else [])]
    process = subprocess.Popen(
        [*prefix, *map(str, command)], stdin=subprocess.DEVNULL, stdout=output,
        stderr=subprocess.STDOUT if output is not subprocess.PIPE else subprocess.PIPE,
        start_new_session=True, preexec_fn=_die_with_parent, text=True,
        env={**os.environ, **(environment or {})})
    if root:
        with contextlib.suppress(OSError):
            pathlib.Path(f"/proc/{process.pid}/autogroup").write_text("-20")
    return process


def stop(process):
    """Ends it and all of its session."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(STOP_SECONDS_MAX)
            break
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def last_words(file):
    return pathlib.Path(file).read_bytes()[-400:].decode("utf-8", "replace").strip()


def free_port():
    """Below the ephemeral range, so that no client's own port takes it meanwhile."""
    for port in range(20000 + os.getpid() % 5000, 32000):
        with socket.socket() as taken:
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if not _refused(taken.bind, ("127.0.0.1", port)):
                return port
    raise RunFailed("no free port")


def _refused(call, *arguments):
    try:
        call(*arguments)
        return False
    except OSError:
        return True


def wait_for_port(port, process, log):
    deadline = time.monotonic() + START_SECONDS_MAX
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RunFailed(f"the server ended: {last_words(log)}")
        with socket.socket() as probe:
            if not _refused(probe.connect, ("127.0.0.1", port)):
                return
        time.sleep(0.02)
    raise RunFailed(f"the server did not listen: {last_words(log)}")


def ask(command, cpu=CLIENT_CPU):
    """Runs a client of ours to its end and reads the JSON of its last line."""
    process = launch(command, cpu, subprocess.PIPE)
    try:
        out, err = process.communicate(timeout=LOAD_SECONDS_MAX)
    except subprocess.TimeoutExpired:
        raise RunFailed(f"not done after {LOAD_SECONDS_MAX} s") from None
    finally:
        stop(process)
    if process.returncode != 0:
        raise RunFailed(err.strip().splitlines()[-1] if err.strip() else "ended without a word")
    return json.loads(out.splitlines()[-1])


class _Lock:
    """Kept from one measurement to the next, but not for long: others wait for it, too."""

    def __init__(self):
        self._file, self._since = None, 0.0

    def take(self, name):
        if self._file is None:
            self._file = open(name, "a")
            fcntl.flock(self._file, fcntl.LOCK_EX)
            self._since = time.monotonic()

    def yield_when_long(self):
        if self._file is not None and time.monotonic() - self._since > LOCK_SECONDS:
            self._file.close()
            self._file = None
            time.sleep(0.5)  # whoever waits gets it first


_lock = _Lock()


@contextlib.contextmanager
def alone():
    """Nobody else who takes the lock named by BENCH_LOCK works meanwhile."""
    name = os.environ.get("BENCH_LOCK")
    if name:
        _lock.take(name)
    try:
        yield
    finally:
        _lock.yield_when_long()


def described():
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo")
                  if line.startswith("model name")), "unknown")
    memory = int(open("/proc/meminfo").readline().split()[1]) // 1024 // 1024
    release = next((line.split("=")[1].strip().strip('"') for line in open("/etc/os-release")
                    if line.startswith("PRETTY_NAME")), "Linux")
    return f"{os.cpu_count()} × {model}, {memory} GiB, {release}, Linux {os.uname().release}"
