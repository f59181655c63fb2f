#!/usr/bin/env python3
"""A table of what the tests found in numbers: every line `figure: …` of their output.

Usage: ops/figures.py FILE...   ctest's JUnit files, made with all of the output
"""

import sys
import xml.etree.ElementTree as ET

MARK = "figure: "


def figures_in(file):
    for case in ET.parse(file).getroot().iter("testcase"):
        for line in (case.findtext("system-out") or "").splitlines():
            if line.strip().startswith(MARK):
                yield case.get("name"), float(case.get("time") or 0), line.strip()[len(MARK):]


def main(files):
    rows = [row for file in files for row in figures_in(file)]
    width = max((len(name) for name, _, _ in rows), default=0)
    for name, seconds, figure in rows:
        print(f"{name:{width}}  {seconds:7.1f} s  {figure}")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        print(__doc__, file=sys.stderr)
        sys.exit(2)
    main(sys.argv[1:])
