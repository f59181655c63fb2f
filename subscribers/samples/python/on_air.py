#!/usr/bin/env python3
"""on_air.py SEQUENCE MEDIUM shown|withdrawn|refused [REASON]: tells the hub what became of an alert; the city
sees it.

    NOROSHI_HUB=https://localhost:8443 NOROSHI_CA=tls/ca.pem NOROSHI_TOKEN_FILE=tv.token on_air.py 12 tv.lshape shown

MEDIUM: tv.lshape tv.data radio signage app web carnav cell. A refusal has a reason (200 bytes at most).
Exit: 0 recorded, 1 no answer (say it again: the same report changes nothing), 2 usage, 4 refused.
"""

import datetime
import sys
import time

from hub import ask, run

TRIES_MAX = 5


def main(sequence, medium, state, reason=""):
    report = {
        # Ours, and unique for ever: made of what is said, so that saying it again is the same report.
        "id": f"{sequence}-{medium}-{state}",
        "sequence": int(sequence),
        "medium": medium,
        "state": state,
        "at": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="milliseconds"),
        "detail": reason,
    }
    for _ in range(TRIES_MAX):
        answer = ask("POST", "/v1/receipts", {"receipts": [report]})
        if answer["recorded"]:
            print("recorded", report["id"])  # in the log, for good
            return 0
        for declined in answer["declined"]:  # never will be
            print(f"{declined['code']}: {declined['detail']}", file=sys.stderr)
            return 4
        time.sleep(1)  # not taken: the hub has too many just now
    return 1


if __name__ == "__main__":
    run(main, __doc__, 3)
