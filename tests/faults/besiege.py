"""One besieger as a process of its own, so that its work is not the healthy clients' delay.

    besiege.py NAME --door HOST:PORT --ca FILE --tokens FILE --count N

Prints `begun` when it is in place, goes on until its standard input ends, then prints what it met
as one line of JSON.
"""

import argparse
import json
import pathlib
import resource
import sys
import threading

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "conformance"))

import besiegers
from client.door import Door


class Field:
    """Where a besieger stands: the door, its tokens, how many it is, and when it ends."""

    def __init__(self, door, tokens, count):
        self.door = door
        self.tokens = tokens
        self.count = count
        self._ended = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self):
        sys.stdin.read()
        self._ended.set()

    def begun(self):
        print("begun", flush=True)

    def over(self):
        return self._ended.is_set()

    def wait(self, seconds):
        """Until the end, or for that long; whether it is over."""
        return self._ended.wait(seconds)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", choices=sorted(besiegers.ALL))
    parser.add_argument("--door", required=True)
    parser.add_argument("--ca", type=pathlib.Path, required=True)
    parser.add_argument("--tokens", type=pathlib.Path, required=True)
    parser.add_argument("--count", type=int, required=True)
    given = parser.parse_args()
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    host, _, port = given.door.rpartition(":")
    field = Field(Door(host, int(port), given.ca), given.tokens.read_text().split(), given.count)
    print(json.dumps(besiegers.ALL[given.name](field)), flush=True)


if __name__ == "__main__":
    main()
