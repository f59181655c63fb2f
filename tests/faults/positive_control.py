"""The kill loop over systems broken on purpose: each time the checker must say so.

    positive_control.py --hub BIN [--seed N]

Exit 0 when every fault was found, 1 when the checker was blind to one.
"""

import argparse
import pathlib
import random
import sys
import tempfile

sys.dont_write_bytecode = True

import kill_loop
import sabotage

ROUNDS = 5
SECONDS_MAX = 150.0


def undetected(binary, kind, seed):
    """What the fault broke and the checker did not report."""
    with tempfile.TemporaryDirectory(prefix="noroshi-control-") as scratch:
        violations = kill_loop.perform(binary, pathlib.Path(scratch) / "hub", seed, ROUNDS,
                                       SECONDS_MAX, kind)
    return [promise for promise, word in sabotage.KINDS[kind].expected
            if not any(v.promise == promise and word in v.detail for v in violations)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--hub", type=pathlib.Path, required=True)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    chosen = parser.parse_args()
    blind = False
    for kind in ("lost-page-cache", "spoilt-frames"):
        missed = undetected(chosen.hub, kind, chosen.seed)
        blind = blind or bool(missed)
        print(f"control {kind}: " + (f"NOT FOUND {', '.join(missed)}" if missed else "found") +
              "\n", flush=True)
    return 1 if blind else 0


if __name__ == "__main__":
    sys.exit(main())
