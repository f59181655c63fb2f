"""How long a thousand webhooks take: an alert to as many subscribers with an endpoint each, at one
fast TLS server on this machine, until all are posted and all are recorded in the ladder.

    webhooks.py --hub BIN [--webhooks 1000] [--alerts 5]
"""

import argparse
import asyncio
import hashlib
import json
import multiprocessing
import os
import pathlib
import secrets
import socket
import ssl
import sys
import tempfile
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "conformance"))

from client import cap
from client.api import Api
from client.hub_process import NO_RATES, HubProcess
from client.registration import add_publisher
from client.webhook_endpoint import HostAuthority

SENDER = "city.tokushima.lg.jp"
TOKUSHIMA = cap.Place("362018", "徳島県徳島市")
ANSWER = b"HTTP/1.1 204 No Content\r\n\r\n"
SECONDS_MAX = 60


class Taking(asyncio.Protocol):
    """Counts whole requests; reads no more of them than that takes."""

    def __init__(self, count):
        self._count, self._bytes = count, b""

    def connection_made(self, transport):
        self._transport = transport

    def data_received(self, data):
        self._bytes += data
        while (end := self._bytes.find(b"\r\n\r\n")) >= 0:
            head = self._bytes[:end].lower()
            length = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
            if len(self._bytes) < end + 4 + length:
                return
            self._bytes = self._bytes[end + 4 + length:]
            self._transport.write(ANSWER)
            self._count()


def serve(certificate, listening, taken, last):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    def count():
        with taken.get_lock():
            taken.value += 1
        last.value = time.monotonic()

    async def run():
        server = await asyncio.get_running_loop().create_server(
            lambda: Taking(count), sock=listening, ssl=context)
        await server.serve_forever()

    asyncio.run(run())


class Admin:
    """The admin socket itself: three thousand processes would take minutes."""

    def __init__(self, file):
        self._socket_file = str(file)

    def ask(self, **request):
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(self._socket_file)
            line.sendall(json.dumps({"language": "en", "reason": "", "token_sha256": "",
                                     **request}).encode() + b"\n")
            answer = json.loads(line.makefile("rb").readline())
        assert answer["exit_code"] == 0, answer


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--hub", required=True)
    options.add_argument("--webhooks", type=int, default=1000)
    options.add_argument("--alerts", type=int, default=5)
    options = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="noroshi-bench-webhooks-") as scratch:
        measure(options, pathlib.Path(scratch))


def measure(options, scratch):
    authority = HostAuthority(scratch / "hosts")
    certificate = authority.issue("here", "IP:127.0.0.1")
    listening = socket.create_server(("127.0.0.1", 0), backlog=2048)
    taken, last = multiprocessing.Value("l", 0), multiprocessing.Value("d", 0.0)
    endpoint = multiprocessing.Process(target=serve, args=(certificate, listening, taken, last),
                                       daemon=True)
    endpoint.start()
    hub = HubProcess(options.hub, scratch / "hub", settings={
        **NO_RATES, "webhook_private": "127.0.0.1", "webhook_ca": authority.file})
    hub.init()
    city = add_publisher(hub, "362018", "徳島市", [SENDER], ["362018"])
    door = hub.start()
    admin = Admin(hub.data / "admin.sock")
    for number in range(options.webhooks):
        name = f"bench-{number}"
        url = f"https://127.0.0.1:{listening.getsockname()[1]}/{number}"
        admin.ask(subject="subscriber", action="add", id=name, name=name, areas=["36"],
                  outlets=["webhook"],
                  token_sha256=hashlib.sha256(secrets.token_bytes(32)).hexdigest())
        admin.ask(subject="webhook", action="set", id=name, webhook={"url": url, "payload": "cap"})
        admin.ask(subject="webhook", action="add", id=name)
    with Api(door, city) as api:
        for _ in range(options.alerts):
            one_alert(api, options.webhooks, taken, last)
    hub.terminate()
    endpoint.terminate()


def one_alert(api, webhooks, taken, last):
    wanted = taken.value + webhooks
    begun = time.monotonic()
    answer = api.publish(cap.document(cap.first_revision("362018", SENDER, (TOKUSHIMA,), 4)))
    accepted = time.monotonic()
    assert answer.status == 201, answer.body
    sequence = answer.json()["sequence"]
    while taken.value < wanted:
        assert time.monotonic() - begun < SECONDS_MAX, f"{taken.value} of {wanted}"
        time.sleep(0.005)
    while True:
        rows = api.request("GET", f"/v1/alerts/{sequence}/deliveries").json()["deliveries"]
        if sum(row["state"] == "delivered" for row in rows) == webhooks:
            break
        assert time.monotonic() - begun < SECONDS_MAX
        time.sleep(0.01)
    recorded = time.monotonic()
    print(f"{webhooks} webhooks: accepted after {1000 * (accepted - begun):.0f} ms, all posted after "
          f"{1000 * (last.value - begun):.0f} ms, all in the ladder after "
          f"{1000 * (recorded - begun):.0f} ms", flush=True)


if __name__ == "__main__":
    main()
