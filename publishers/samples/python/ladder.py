#!/usr/bin/env python3
"""ladder.py SEQUENCE delivered|shown: prints who has an alert, or who shows it, whenever that
changes, until nobody is missing.

    NOROSHI_HUB=https://localhost:8443 NOROSHI_CA=tls/ca.pem NOROSHI_TOKEN_FILE=city.token ladder.py 12 shown

Exit: 0 nobody is missing, 1 no answer, 2 usage, 4 refused. Python's standard library is enough.
"""

import json
import os
import pathlib
import ssl
import sys
import time
import urllib.error
import urllib.request

MISSING = {"delivered": {"queued"}, "shown": {"queued", "delivered"}}


def main(arguments):
    if len(arguments) != 2 or arguments[1] not in MISSING:
        print(__doc__, file=sys.stderr)
        return 2
    hub, ca = os.environ["NOROSHI_HUB"], os.environ["NOROSHI_CA"]
    token = pathlib.Path(os.environ["NOROSHI_TOKEN_FILE"]).read_text().strip()
    request = urllib.request.Request(f"{hub}/v1/alerts/{arguments[0]}/deliveries",
                                     headers={"Authorization": f"Bearer {token}"})
    trusted = ssl.create_default_context(cafile=ca)
    before = None
    while True:
        try:
            with urllib.request.urlopen(request, timeout=30, context=trusted) as answer:
                rows = json.load(answer)["deliveries"]
        except urllib.error.HTTPError as refused:
            problem = json.load(refused)
            print(f"{problem['code']}: {problem['detail']}", file=sys.stderr)
            return 4
        except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
            print(f"{hub}: {error}", file=sys.stderr)
            return 1
        now = [line_of(row) for row in rows]
        if now != before:
            print("\n".join(now), end="\n\n", flush=True)
        before = now
        if not any(row["state"] in MISSING[arguments[1]] for row in rows):
            return 0
        time.sleep(1)


def line_of(row):
    """`demo-tv shown tv.lshape 2026-…`: the media it is on just now."""
    return " ".join([row["subscriber"], row["state"], *(f"{on['medium']} {on['at']}" for on in row["shown"])])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
