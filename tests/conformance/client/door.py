"""Where a hub listens and whom it is believed to be."""

import dataclasses
import functools
import pathlib
import socket
import ssl


@functools.lru_cache(maxsize=None)
def _trusting(ca):
    context = ssl.create_default_context(ssl.Purpose.SERVER_AUTH, cafile=str(ca))
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


@dataclasses.dataclass(frozen=True)
class Door:
    host: str
    port: int
    ca: pathlib.Path

    @property
    def authority(self):
        return f"{self.host}:{self.port}"

    def context(self):
        """Trusts the hub's own CA alone and checks the name."""
        return _trusting(self.ca)

    def connect_plain(self, timeout):
        connection = socket.create_connection((self.host, self.port), timeout=timeout)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection

    def connect(self, timeout):
        plain = self.connect_plain(timeout)
        try:
            return self.context().wrap_socket(plain, server_hostname=self.host)
        except BaseException:
            plain.close()
            raise

    def client_hello(self):
        """The first flight of a real handshake."""
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        session = self.context().wrap_bio(incoming, outgoing, server_hostname=self.host)
        try:
            session.do_handshake()
        except ssl.SSLWantReadError:
            pass
        return outgoing.read()


@dataclasses.dataclass(frozen=True)
class MutualDoor(Door):
    """The door that asks for a client certificate; `credential` has the paths of one and its key,
    or is None for a client without."""
    credential: object = None

    def context(self):
        context = ssl.create_default_context(ssl.Purpose.SERVER_AUTH, cafile=str(self.ca))
        if self.credential is not None:
            context.load_cert_chain(str(self.credential.certificate), str(self.credential.key))
        return context
