"""Publishers and subscribers, registered with the administrator's verbs."""

import re

_TOKEN = re.compile(r"\bnrs_[pso]_[A-Za-z0-9_-]{40,}")


def add_publisher(hub, code, name, senders, areas):
    """Registers and returns the token."""
    return _token(hub.verb("publisher", "add", code, "--name", name,
                           "--senders", ",".join(senders), "--areas", ",".join(areas)))


def add_subscriber(hub, identifier, areas, min_level=0):
    return _token(hub.verb("subscriber", "add", identifier, "--areas", ",".join(areas),
                           "--min-level", str(min_level), "--outlets", "stream"))


def _token(printed):
    found = _TOKEN.search(printed)
    assert found, f"no token in {printed!r}"
    return found.group(0)
