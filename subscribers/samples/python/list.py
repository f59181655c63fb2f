#!/usr/bin/env python3
"""list.py [QUERY]: prints the alerts, newest first. QUERY is as in the contract: 'area=36&in_force=true&limit=20'.

    NOROSHI_HUB=https://localhost:8443 NOROSHI_CA=tls/ca.pem NOROSHI_TOKEN_FILE=tv.token list.py 'area=36'
"""

from hub import ask, run


def main(query="limit=20"):
    for alert in ask("GET", f"/v1/alerts?{query}")["alerts"]:
        # Level 255: one the hub could not read, to be treated as the highest.
        level = {None: "-", 255: "?"}.get(alert["level"], alert["level"])
        print(alert["sequence"], alert["accepted_at"], level, alert["headline"])
    return 0


if __name__ == "__main__":
    run(main, __doc__, 0)
