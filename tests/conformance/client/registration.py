"""Publishers and subscribers, registered with the administrator's verbs."""

import re

_TOKEN = re.compile(r"\bnr[sd]_[psof]_[A-Za-z0-9_-]{40,}")


def add_publisher(hub, code, name, senders, areas):
    """Registers and returns the token."""
    speaks_as = [word for sender in senders for word in ("--sender", sender)]
    return _token(hub.verb("publisher", "add", code, "--name", name, *speaks_as,
                           "--areas", ",".join(areas)))


def add_subscriber(hub, identifier, areas, min_level=0):
    return _token(hub.verb("subscriber", "add", identifier, "--name", identifier,
                           "--areas", ",".join(areas), "--min-level", str(min_level),
                           "--outlets", "stream"))


def add_officer(hub, login, publisher, roles):
    return _token(hub.verb("officer", "add", login, "--publisher", publisher,
                           "--role", ",".join(roles)))


def open_drill(hub, identifier, publishers, subscribers, end, start="now"):
    hub.verb("drill", "open", identifier, "--name", "訓練", "--publishers", ",".join(publishers),
             "--subscribers", ",".join(subscribers), "--start", start, "--end", end)


def drill_token(hub, kind, identifier, drill):
    """`kind` is publisher, subscriber or officer."""
    return _token(hub.verb(kind, "token", identifier, "--drill", drill))


def _token(printed):
    found = _TOKEN.search(printed)
    assert found, f"no token in {printed!r}"
    return found.group(0)
