#!/usr/bin/env python3
"""The judge's authority against a model that shares nothing with it, over a generated matrix.

    test_authority.py --verdicts build/debug/bin/authority_verdicts [--cases N] [--seed N]
"""

import argparse
import collections
import random
import subprocess
import sys
import time

from matrix import Matrix
from model import RULES

QUERIES_A_WORLD = 500
KINDS = ("allowed", "alert.invalid|admission.type", "alert.invalid|admission.profile", "auth.required",
         "auth.certificate", "auth.status", "auth.suspended", "auth.sender|auth.sender",
         "auth.sender|auth.proxy", "auth.area|auth.area", "auth.area|auth.territory",
         "auth.event|auth.event")


def judged(program, matrix):
    done = subprocess.run([program], input="\n".join(matrix.lines) + "\n", capture_output=True,
                          text=True, timeout=280)
    if done.returncode != 0:
        sys.exit(f"{program}: exit {done.returncode}\n{done.stderr}")
    verdicts = done.stdout.splitlines()
    if len(verdicts) != len(matrix.cases):
        sys.exit(f"{len(matrix.cases)} cases, {len(verdicts)} verdicts")
    return verdicts


def disagreements(cases, verdicts, without=None):
    for (world, query), said in zip(cases, verdicts):
        expected = world.verdict(query, without)
        if expected != said:
            yield query, said, expected


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--verdicts", required=True)
    parser.add_argument("--cases", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32))
    options = parser.parse_args()
    print(f"seed {options.seed}")
    begun = time.monotonic()
    matrix = Matrix(random.Random(options.seed))
    matrix.every_ward()
    matrix.fill(-(-options.cases // QUERIES_A_WORLD), QUERIES_A_WORLD)
    verdicts = judged(options.verdicts, matrix)

    wrong = list(disagreements(matrix.cases, verdicts))
    for query, said, expected in wrong[:10]:
        print(f"hub: {said}\nmodel: {expected}\n  {query}", file=sys.stderr)
    met = collections.Counter(next((k for k in KINDS if v.startswith(k)), v) for v in verdicts)
    for kind, count in sorted(met.items()):
        print(f"{count:8d} {kind}")
    failed = bool(wrong)
    for kind in KINDS:
        if met[kind] < len(verdicts) // 1000:
            print(f"hardly ever met: {kind}", file=sys.stderr)
            failed = True
    for rule in RULES:  # the positive control
        found = next(disagreements(matrix.cases, verdicts, without=rule), None)
        if found is None:
            print(f"a model without the rule `{rule}` was not found out", file=sys.stderr)
            failed = True
    print(f"{len(verdicts)} cases, {len(wrong)} disagreements, {len(RULES)} broken models, "
          f"{time.monotonic() - begun:.1f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
