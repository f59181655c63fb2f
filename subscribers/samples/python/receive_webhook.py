#!/usr/bin/env python3
"""receive_webhook.py PORT SECRETS FOLDER: takes webhooks on http://127.0.0.1:PORT, behind whatever ends TLS; stores
each as FOLDER/<webhook-id>, and only then answers 204. SECRETS is a file with a line whsec_… for each secret that is good.

A webhook may come again (no answer, a crash): its id is the same, and so is the file. Port 0 takes a free one and
prints it. Answers: 204 stored, 401 not the hub's, 413 too large; 500, and the hub comes again later.
"""

import http.server
import pathlib
import re
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
        name = re.sub(r"[^A-Za-z0-9_.-]", "_", headers["webhook-id"]).lstrip(".")[:128]
        keep(self.folder / name, body.decode())
        print("stored", name, flush=True)
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    Endpoint.secrets = pathlib.Path(sys.argv[2]).read_text().split()
    Endpoint.folder = pathlib.Path(sys.argv[3])
    Endpoint.folder.mkdir(parents=True, exist_ok=True)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Endpoint)
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
