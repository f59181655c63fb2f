"""The lines of README.md that say how an order is given, run just as they stand there.

    test_readme.py --hub BIN --publish BIN
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from client.hub_process import HubProcess

SOURCE = pathlib.Path(__file__).resolve().parents[3]
SECONDS_MAX = 60


def block_with(words):
    """The one fenced block of README.md that has these words."""
    text = (SOURCE / "README.md").read_text(encoding="utf-8")
    found = [each for each in re.findall(r"```\n(.*?)```", text, re.DOTALL) if words in each]
    assert len(found) == 1, f"{len(found)} blocks of README.md have {words!r}"
    return found[0]


class ReadmeTest(unittest.TestCase):
    """A demo hub in build/try, as README.md has it; only the port is another."""

    @classmethod
    def setUpClass(cls):
        scratch = tempfile.TemporaryDirectory(prefix="noroshi-readme-")
        cls.addClassCleanup(scratch.cleanup)
        cls.here = pathlib.Path(scratch.name)
        (cls.here / "build").mkdir()
        (cls.here / "ops").symlink_to(SOURCE / "ops")
        cls.hub = HubProcess(os.environ["NOROSHI_HUB_BINARY"], cls.here / "build" / "try",
                             settings={"confirmations": "ask"})
        cls.addClassCleanup(cls.hub.close)
        cls.hub.init("--demo")
        cls.port = cls.hub.start().port

    def shell(self, lines):
        publish = pathlib.Path(os.environ["NOROSHI_PUBLISH_BINARY"])
        environment = {**{name: value for name, value in os.environ.items()
                          if not name.startswith("NOROSHI_")},
                       "PATH": f"{publish.parent}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8",
                       "NOROSHI_HUB": f"https://localhost:{self.port}",
                       "NOROSHI_CA": "build/try/tls/ca.pem"}
        return subprocess.run(["bash", "-ec", lines], cwd=self.here, env=environment, text=True,
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS_MAX)

    def test_an_order_in_one_line(self):
        """--dry-run shows it and sends nothing; then it goes out, and raising, lifting and
        cancelling it work as the lines behind say."""
        exports, dry, live = block_with("noroshi-publish order").strip().splitlines()
        shown = self.shell(f"{exports}\n{dry}")
        self.assertEqual(shown.returncode, 0, shown.stderr)
        self.assertIn("<value>evac.l4</value>", shown.stdout)
        self.assertIn("徳島市 土砂災害 警戒レベル4 避難指示（上八万町・入田町）", shown.stderr)
        self.assertIn("LV4 EVACUATE", shown.stderr)
        # Nobody is connected: all it is addressed to will have it, but not in time.
        sent = self.shell(f"{exports}\n{live.split('#')[0]} --timeout 2 --json")
        self.assertEqual(sent.returncode, 7, sent.stdout + sent.stderr)
        first = json.loads(sent.stdout.splitlines()[0])
        self.assertEqual(first["subscribers"], 3)
        newest = first["sequence"]
        for change in ("order --level 5 --update {}", "lift {} --district nyuta",
                       "correct {} --level 3 --reason レベルの誤り", "cancel {} --reason 誤送信"):
            done = self.shell(f"{exports}\nnoroshi-publish {change.format(newest)} --confirm --json")
            self.assertEqual(done.returncode, 0, change + done.stdout + done.stderr)
            newest = json.loads(done.stdout.splitlines()[0])["sequence"]
        gone = self.shell(f"{exports}\nnoroshi-publish lift {newest}")
        self.assertEqual(gone.returncode, 5, "nothing is left: " + gone.stdout + gone.stderr)


if __name__ == "__main__":
    for option in ("--hub", "--publish"):
        at = sys.argv.index(option)
        os.environ[f"NOROSHI_{option[2:].upper()}_BINARY"] = str(pathlib.Path(sys.argv[at + 1]).resolve())
        del sys.argv[at:at + 2]
    unittest.main()
