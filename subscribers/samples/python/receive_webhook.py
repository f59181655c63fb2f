#!/usr/bin/env python3
"""receive_webhook.py PORT SECRETS FOLDER [CERTIFICATE KEY]: takes webhooks on PORT and stores each as FOLDER/<webhook-id>.xml
or .json; only then it answers 204. SECRETS is a file with a line whsec_… for each secret that is good.

    noroshi-hub subscriber webhook tv set --url https://tv.example.jp/noroshi --payload cap; … secret add > secrets
    receive_webhook.py 8080 secrets received

With CERTIFICATE and KEY (PEM) it speaks TLS itself, else plain HTTP on 127.0.0.1, behind whatever ends TLS. Port 0 takes
a free one and prints it. A webhook may come again (no answer, a crash): its id is the same, and so is the file.
Answers: 204 stored, 401 not the hub's, 413 too large; 500 when it cannot be stored, and the hub comes again later.
"""

import http.server
import pathlib
import re
import ssl
import sys
import time

from receive import keep
from webhook_signature import NotGenuine, verify

BODY_BYTES_MAX = 4 * 1024 * 1024


class Endpoint(http.server.BaseHTTPRequestHandler):
    secrets, folder = [], None
    timeout = 30  # seconds a peer may be silent

    def do_POST(self):
        length = self.headers.get("Content-Length", "")
        if not re.fullmatch(r"[0-9]{1,10}", length) or int(length) > BODY_BYTES_MAX:
            return self.send_error(413)
        body = self.rfile.read(int(length))
        headers = {name.lower(): value for name, value in self.headers.items()}
        try:
            verify(self.secrets, headers, body, time.time())
        except NotGenuine as why:
            return self.send_error(401, explain=str(why))
        self.store(headers, body)
        self.send_response(204)
        self.end_headers()

    def store(self, headers, body):
        """The id is signed, and tells what it is: <epoch>-<sequence>, or with -passed or -probe behind it."""
        name = re.sub(r"[^A-Za-z0-9_.-]", "_", headers["webhook-id"]).lstrip(".")[:128]
        if name.endswith("-probe"):
            return  # the hub tries the way; nobody is shown anything
        form = "xml" if headers.get("content-type", "").startswith("application/cap+xml") else "json"
        keep(self.folder / f"{name}.{form}", body)
        print("stored", name, flush=True)

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    context = None

    def finish_request(self, request, client_address):
        """In the thread of the request: a handshake that hangs holds up nobody."""
        if self.context is None:
            return super().finish_request(request, client_address)
        request.settimeout(Endpoint.timeout)
        with self.context.wrap_socket(request, server_side=True) as secured:
            super().finish_request(secured, client_address)


def main():
    if len(sys.argv) not in (4, 6):
        sys.exit(__doc__)
    Endpoint.secrets = pathlib.Path(sys.argv[2]).read_text().split()
    Endpoint.folder = pathlib.Path(sys.argv[3])
    Endpoint.folder.mkdir(parents=True, exist_ok=True)
    secured = len(sys.argv) == 6
    server = Server(("" if secured else "127.0.0.1", int(sys.argv[1])), Endpoint)
    if secured:
        server.context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        server.context.load_cert_chain(sys.argv[4], sys.argv[5])
    print(f"http{'s' if secured else ''}://localhost:{server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
