"""The hub as a service of systemd: what it tells the service manager, and its unit file.

    test_service.py --hub BIN
"""

import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from client.hub_process import HubProcess

UNIT = pathlib.Path(__file__).resolve().parents[3] / "ops" / "systemd" / "noroshi-hub.service"
INSTALLED_AS = "/usr/local/bin/noroshi-hub"
EXPOSURE_MAX = 20  # tenths, of systemd's own scale: 0 (none) to 100
SECONDS_MAX = 20


class NotificationTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="noroshi-service-")
        self.addCleanup(scratch.cleanup)
        folder = pathlib.Path(scratch.name)
        self.manager = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.addCleanup(self.manager.close)
        self.manager.bind(str(folder / "notify"))
        self.manager.settimeout(SECONDS_MAX)
        # HubProcess writes settings as NOROSHI_…, so the service manager's come by env(1).
        self.environment = {"NOTIFY_SOCKET": str(folder / "notify")}
        self.folder = folder

    def start(self, **more):
        assigned = [f"{name}={value}" for name, value in {**self.environment, **more}.items()]
        self.hub = HubProcess(os.environ["NOROSHI_HUB_BINARY"], self.folder / "hub",
                              before=("env", *assigned))
        self.addCleanup(self.hub.close)
        self.hub.init()
        self.hub.start()

    def told(self):
        return self.manager.recv(4096).decode().splitlines()[0]

    def test_ready_reload_and_stop_are_told(self):
        self.start()
        self.assertEqual(self.told(), "READY=1")
        os.kill(self.hub.pid, signal.SIGHUP)
        self.assertEqual([self.told(), self.told()], ["RELOADING=1", "READY=1"])
        self.assertEqual(self.hub.terminate(), 0)
        self.assertEqual(self.told(), "STOPPING=1")

    def test_the_watchdog_is_fed_when_it_is_asked_for(self):
        self.start(WATCHDOG_USEC=200_000)
        self.assertEqual([self.told() for _ in range(4)], ["READY=1"] + ["WATCHDOG=1"] * 3)

    def test_another_process_that_is_watched_is_not_us(self):
        self.start(WATCHDOG_USEC=20_000, WATCHDOG_PID=1)
        self.assertEqual(self.told(), "READY=1")
        os.kill(self.hub.pid, signal.SIGHUP)
        self.assertEqual(self.told(), "RELOADING=1")


@unittest.skipUnless(shutil.which("systemd-analyze"), "systemd-analyze is not installed")
class UnitTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="noroshi-unit-")
        self.addCleanup(scratch.cleanup)
        self.unit = pathlib.Path(scratch.name) / UNIT.name
        text = UNIT.read_text()
        self.assertIn(INSTALLED_AS, text)
        self.unit.write_text(text.replace(INSTALLED_AS, os.environ["NOROSHI_HUB_BINARY"]))

    def analyze(self, *words):
        return subprocess.run(["systemd-analyze", *words, str(self.unit)], capture_output=True,
                              text=True, timeout=60)

    def test_systemd_finds_nothing_wrong_with_it(self):
        done = self.analyze("verify", "--man=no")
        ours = [line for line in done.stderr.splitlines() if UNIT.name in line]
        self.assertEqual((done.returncode, ours), (0, []), done.stderr)

    def test_a_mistake_in_it_would_be_found(self):
        self.unit.write_text(self.unit.read_text().replace("ProtectHome=yes", "ProtectHone=yes"))
        self.assertIn("ProtectHone", self.analyze("verify", "--man=no").stderr)

    def test_little_of_the_machine_is_exposed_to_it(self):
        done = self.analyze("security", "--offline=true", f"--threshold={EXPOSURE_MAX}",
                            "--no-pager")
        self.assertEqual(done.returncode, 0, done.stdout[-2000:] + done.stderr)


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if arguments[:1] != ["--hub"]:
        sys.exit(__doc__)
    os.environ["NOROSHI_HUB_BINARY"] = str(pathlib.Path(arguments[1]).resolve())
    unittest.main(argv=[sys.argv[0], *arguments[2:]], verbosity=2)
