"""An endpoint of webhooks over real TLS, that does what it is told, and what a subscriber verifies
with: Standard Webhooks (standardwebhooks.com), written from its specification."""

import base64
import dataclasses
import hashlib
import hmac
import http.server
import json
import pathlib
import queue
import socket
import ssl
import threading

from .certificates import openssl

TAKE = (204, {}, b"")


class HostAuthority:
    """Signs certificates for hosts; `file` is what a client trusts."""

    def __init__(self, scratch):
        self._scratch = pathlib.Path(scratch)
        self._scratch.mkdir(parents=True, exist_ok=True)
        self.file = self._scratch / "webhook-ca.pem"
        self._key = self._scratch / "webhook-ca.key"
        openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                "-keyout", str(self._key), "-out", str(self.file), "-days", "2",
                "-subj", "/CN=webhook tests")

    def issue(self, name, names):
        """Certificate with key, in one file."""
        key, request = self._scratch / f"{name}.key", self._scratch / f"{name}.csr"
        extensions = self._scratch / f"{name}.cnf"
        extensions.write_text(f"subjectAltName={names}\nextendedKeyUsage=serverAuth\n")
        openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
                str(key), "-out", str(request), "-subj", f"/CN={name}")
        certificate = openssl("x509", "-req", "-in", str(request), "-CA", str(self.file), "-CAkey",
                              str(self._key), "-CAcreateserial", "-days", "2", "-extfile",
                              str(extensions))
        both = self._scratch / f"{name}.pem"
        both.write_bytes(certificate + key.read_bytes())
        return both


@dataclasses.dataclass(frozen=True)
class Received:
    path: str
    fields: dict  # by lower-case name
    body: bytes

    @property
    def id(self):
        return self.fields["webhook-id"]

    @property
    def type(self):
        return self.fields["noroshi-type"]

    @property
    def sequence(self):
        return int(self.fields["noroshi-sequence"])

    def json(self):
        return json.loads(self.body)

    def signed_with(self, secret):
        key = base64.b64decode(secret.removeprefix("whsec_"))
        content = f"{self.id}.{self.fields['webhook-timestamp']}.".encode() + self.body
        wanted = "v1," + base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
        return any(hmac.compare_digest(wanted, one)
                   for one in self.fields["webhook-signature"].split(" "))


class Endpoint:
    """Listens on 127.0.0.1. `behave(received)` says how each request is answered: status, fields and
    body, or a function that is given the handler and does as it likes."""

    def __init__(self, certificate, behave=lambda received: TAKE):
        self.received = queue.Queue()
        self.behave = behave
        self.connections = 0
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.endpoint, self._server.context = self, context
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,),
                                        daemon=True)
        self._thread.start()

    @property
    def port(self):
        return self._server.server_address[1]

    def url(self, path="/hook", host="127.0.0.1"):
        return f"https://{host}:{self.port}{path}"

    def take(self, seconds=20.0):
        """The next that came; queue.Empty when none does."""
        return self.received.get(timeout=seconds)

    def quiet(self, seconds=1.5):
        try:
            return self.received.get(timeout=seconds) is None
        except queue.Empty:
            return True

    def close(self):
        self._server.shutdown()
        self._server.server_close()


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 1024

    def finish_request(self, request, client_address):
        request.settimeout(30)
        try:
            with self.context.wrap_socket(request, server_side=True) as stream:
                self.endpoint.connections += 1
                self.RequestHandlerClass(stream, client_address, self)
        except OSError:
            pass  # a client that leaves in the middle is part of the tests


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        endpoint = self.server.endpoint
        body = self.rfile.read(int(self.headers["Content-Length"]))
        received = Received(self.path, {name.lower(): value for name, value in
                                        self.headers.items()}, body)
        answer = endpoint.behave(received)
        endpoint.received.put(received)
        if callable(answer):
            return answer(self)
        status, fields, text = answer
        self.send_response(status)
        for name, value in {"Content-Length": str(len(text)), **fields}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_):
        pass


def hang(handler):
    """No byte until the client gives up."""
    handler.close_connection = True
    try:
        handler.connection.recv(1)
    except (OSError, socket.timeout):
        pass


def gigabytes(handler):
    handler.close_connection = True
    handler.send_response(500)
    handler.send_header("Content-Length", str(8 << 30))
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(bytes(1 << 20))
    except OSError:
        pass
