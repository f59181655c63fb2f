#!/usr/bin/env python3
"""publish.py FILE [--confirm TOKEN]: sends a CAP document and prints the hub's answer.

    NOROSHI_HUB=https://localhost:8443 NOROSHI_CA=tls/ca.pem NOROSHI_TOKEN_FILE=city.token publish.py order.xml

Exit: 0 accepted and durable, 2 usage, 4 refused, 1 no answer. Python's standard library is enough.
"""

import json
import os
import pathlib
import ssl
import sys
import time
import urllib.error
import urllib.request

TRIES_MAX = 5


def main(arguments):
    if len(arguments) not in (1, 3) or arguments[1:2] not in ([], ["--confirm"]):
        print(__doc__, file=sys.stderr)
        return 2
    hub, ca = os.environ["NOROSHI_HUB"], os.environ["NOROSHI_CA"]
    token = pathlib.Path(os.environ["NOROSHI_TOKEN_FILE"]).read_text().strip()
    request = urllib.request.Request(f"{hub}/v1/alerts", pathlib.Path(arguments[0]).read_bytes(), {
        "Authorization": f"Bearer {token}", "Content-Type": "application/cap+xml"})
    if len(arguments) == 3:  # a person has seen what the hub asked about these very bytes
        request.add_header("Noroshi-Confirm", arguments[2])
    trusted = ssl.create_default_context(cafile=ca)

    # Without an answer nothing is known: the same bytes sent again settle it, because the hub knows
    # them (200 in place of 201).
    for attempt in range(1, TRIES_MAX + 1):
        try:
            with urllib.request.urlopen(request, timeout=30, context=trusted) as answer:
                print(answer.read().decode())
                return 0
        except urllib.error.HTTPError as refused:
            later = refused.headers.get("Retry-After")
            if refused.code not in (429, 503) or attempt == TRIES_MAX:
                return tell(json.load(refused), arguments[0])
            time.sleep(int(later or 1))
        except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
            print(f"{hub}: {error}", file=sys.stderr)
            time.sleep(0 if attempt == TRIES_MAX else 1)
    return 1


def tell(problem, file):
    """What is wrong, each finding with its place in the document."""
    print(f"{problem['code']}: {problem['detail']}", file=sys.stderr)
    for finding in problem["findings"]:
        print("{rule} {line}:{column} {path}: {message}".format(**finding), file=sys.stderr)
    if "confirm" in problem:
        print(f"if it is meant so: publish.py {file} --confirm {problem['confirm']}", file=sys.stderr)
    return 4


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
