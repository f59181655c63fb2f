#!/usr/bin/env python3
"""Adds up ctest's JUnit files: names what failed and what was skipped and why, then the totals.

Usage: ops/totals.py FILE...   exit 0 when at least one test passed and none failed, else 1.
The last line on stdout is `N passed, N failed, N skipped`; all else goes to stderr.
"""

import re
import sys
import xml.etree.ElementTree as ET

# ctest's word for a test that asked to be skipped; any other reason not to run is a failure.
ASKED = ("SKIP_REGULAR_EXPRESSION_MATCHED", "SKIP_RETURN_CODE")


def reason_of(case):
    """What a skipping test said, as GoogleTest prints it: the line after `file:line: Skipped`."""
    output = case.findtext("system-out") or ""
    said = re.search(r": Skipped\n(.+?)\n(?=\n|\[)", output, re.DOTALL)
    return " ".join(said.group(1).split()) if said else "no reason given"


def verdict_of(case):
    status = case.get("status")
    if status == "run":
        return "passed"
    skipped = case.find("skipped")
    if status == "notrun" and skipped is not None:
        if any(word in (skipped.get("message") or "") for word in ASKED):
            return "skipped"
    return "failed"


def end_of_output(case):
    output = (case.findtext("system-out") or "") if case is not None else ""
    return output.splitlines()[-40:]


def main(files):
    names = {"passed": [], "failed": [], "skipped": []}
    for file in files:
        try:
            cases = ET.parse(file).getroot().iter("testcase")
            for case in cases:
                names[verdict_of(case)].append((case.get("name"), case))
        except (OSError, ET.ParseError) as problem:
            names["failed"].append((f"{file}: {problem}", None))

    for name, case in names["failed"]:
        print(f"✘ 失敗 / failed: {name}", file=sys.stderr)
        for line in end_of_output(case):
            print(f"    {line}", file=sys.stderr)
    for name, case in names["skipped"]:
        print(f"⚠ 飛ばした / SKIPPED: {name}: {reason_of(case)}", file=sys.stderr)
    passed, failed, skipped = (len(names[key]) for key in ("passed", "failed", "skipped"))
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 0 if passed and not failed else 1


if __name__ == "__main__":
    if len(sys.argv) < 2:
        print(__doc__, file=sys.stderr)
        sys.exit(2)
    sys.exit(main(sys.argv[1:]))
