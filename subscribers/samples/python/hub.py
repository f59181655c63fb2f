"""The hub as these samples ask it: NOROSHI_HUB, NOROSHI_CA and NOROSHI_TOKEN_FILE say where it is, whom
it is believed to be and who calls. Python's standard library is enough."""

import contextlib
import http.client
import json
import os
import pathlib
import ssl
import sys
import urllib.parse


class Refused(Exception):
    """The hub said no; `code` is stable, the rest is for people."""

    def __init__(self, status, problem):
        super().__init__(f"{problem.get('code', status)}: {problem.get('detail', '')}")
        self.status = status


def open_answer(method, target, body=None, fields=None, timeout=45):
    """The connection and its answer, to be read; raises Refused, or OSError and HTTPException where
    nothing is known."""
    hub = urllib.parse.urlsplit(os.environ["NOROSHI_HUB"])
    trusted = ssl.create_default_context(cafile=os.environ["NOROSHI_CA"])
    token = pathlib.Path(os.environ["NOROSHI_TOKEN_FILE"]).read_text().strip()
    connection = http.client.HTTPSConnection(hub.hostname, hub.port or 8443, timeout=timeout, context=trusted)
    try:
        connection.request(method, target, body, {"Authorization": f"Bearer {token}", **(fields or {})})
        answer = connection.getresponse()
        if answer.status >= 400:
            raise Refused(answer.status, json.loads(answer.read() or b"{}"))
    except BaseException:
        connection.close()
        raise
    return connection, answer


def ask(method, target, value=None):
    """A call in JSON."""
    body, fields = None, {"Accept": "application/json"}
    if value is not None:
        body, fields["Content-Type"] = json.dumps(value).encode(), "application/json"
    connection, answer = open_answer(method, target, body, fields)
    with contextlib.closing(connection):
        return json.loads(answer.read())


def run(main, usage, arguments_min):
    """Exit codes: 0, 1 no answer, 2 usage, 4 refused."""
    if len(sys.argv) - 1 < arguments_min:
        print(usage, file=sys.stderr)
        sys.exit(2)
    try:
        sys.exit(main(*sys.argv[1:]))
    except Refused as refused:
        print(refused, file=sys.stderr)
        sys.exit(4)
    except (OSError, http.client.HTTPException) as error:
        print(f"{os.environ['NOROSHI_HUB']}: {error}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
