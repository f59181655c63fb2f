"""The opening handshake from the server's side (sections 1.3, 3, 4.2, 4.4, 9.1 and 10.2)."""

import dataclasses

OURS = "noroshi.v1.protobuf"
KEY = "dGhlIHNhbXBsZSBub25jZQ=="  # section 1.3


@dataclasses.dataclass(frozen=True)
class Handshake:
    """`changed` replaces a field of the sound one: a text, several, or None for no such field.
    {authority} stands for the hub's host and port."""
    name: str
    section: str
    status: int
    line: str = "GET /v1/stream HTTP/1.1"
    changed: dict = dataclasses.field(default_factory=dict)
    body: bytes = b""


def of(name, section, status, **changed):
    fields = {key.replace("_", "-"): value for key, value in changed.items()}
    return Handshake(name, section, status, changed=fields)


def line(name, section, status, text):
    return Handshake(name, section, status, line=text)


VERSIONS = ["0", "7", "8", "12", "14", "25", "99", "255", "256", "013", "+13", "13.0", "1 3",
            "13, 8", "8, 13", "13;", '"13"', "thirteen", "", "１３", "0x0d", "-13"]
KEYS = [("empty", ""), ("15 bytes", "dGhlIHNhbXBsZSBub25j"), ("14 bytes", "dGhlIHNhbXBsZSBub2=="),
        ("17 bytes", "dGhlIHNhbXBsZSBub25jZTE="), ("18 bytes", "dGhlIHNhbXBsZSBub25jZTEy"),
        ("without padding", "dGhlIHNhbXBsZSBub25jZQ"),
        ("with half the padding", "dGhlIHNhbXBsZSBub25jZQ="),
        ("with more padding", "dGhlIHNhbXBsZSBub25jZQ==="),
        ("padding inside", "dGhlIHNhbXBsZSBub=5jZQ=="),
        ("not base64", "dGhl!HNhbXBsZSBub25jZQ=="),
        ("of the URL alphabet", "--__IHNhbXBsZSBub25jZQ=="),
        ("blank inside", "dGhl HNhbXBsZSBub25jZQ=="), ("tab inside", "dGhl\tHNhbXBsZSBub25jZQ=="),
        ("quoted", '"dGhlIHNhbXBsZSBub25jZQ=="'), ("listed", f"{KEY}, {KEY}"),
        ("hexadecimal", "00" * 16),
        ("sixteen letters", "the sample nonce"), ("of 4000 letters", "A" * 4000),
        ("beyond ASCII", "é" * 11 + "==")]
PROTOCOLS = [("none of ours", "chat"), ("empty", ""), ("in capitals", OURS.upper()),
             ("cut short", OURS[:-1]),
             ("with a tail", OURS + "2"), ("quoted", f'"{OURS}"'),
             ("listed by blank", f"chat {OURS}"),
             ("listed by semicolon", f"chat; {OURS}"),
             ("of another version", "noroshi.v2.protobuf"),
             ("twice in the list", f"{OURS}, {OURS}"), ("beside no token", f"{OURS}, (x)"),
             ("behind an empty one", f", {OURS}"), ("with a parameter", f"{OURS};q=1"),
             ("a star", "*")]
EXTENSIONS = ["permessage-deflate", "permessage-deflate; client_max_window_bits",
              "permessage-deflate; server_no_context_takeover; client_max_window_bits=15",
              'permessage-deflate; client_max_window_bits="10"', "x-webkit-deflate-frame",
              "permessage-deflate, permessage-deflate; client_max_window_bits",
              "mux; max-channels=4",
              "unknown; a; b=c"]
NO_EXTENSIONS = ["", ";", "permessage-deflate;", "; client_max_window_bits",
                 "permessage-deflate; =1", "permessage-deflate; a=", "permessage deflate",
                 'a; b="c', "a; b=(c)", "a, , b", "a;b=c=d"]
ORIGINS = ["https://evil.example", "https://evil.{authority}", "http://{authority}", "null", "",
           "https://{authority}.evil.example", "https://{authority}/", "https://user@{authority}",
           "{authority}",
           "https://{authority} https://evil.example", "file://"]

CASES = [
    of("the sample of the standard", "1.3", 101),
    line("POST", "4.2.1", 405, "POST /v1/stream HTTP/1.1"),
    line("PUT", "4.2.1", 405, "PUT /v1/stream HTTP/1.1"),
    line("get in small letters", "4.2.1", 405, "get /v1/stream HTTP/1.1"),
    line("version 1.0", "4.2.1", 505, "GET /v1/stream HTTP/1.0"),
    line("version 2.0", "4.2.1", 505, "GET /v1/stream HTTP/2.0"),
    line("no version", "4.2.1", 400, "GET /v1/stream"),
    line("another path", "3", 404, "GET /v1/streams HTTP/1.1"),
    line("slash behind the path", "3", 404, "GET /v1/stream/ HTTP/1.1"),
    line("path in capitals", "3", 404, "GET /V1/STREAM HTTP/1.1"),
    line("with a query", "3", 101, "GET /v1/stream?x=y HTTP/1.1"),
    line("with a fragment", "3", 400, "GET /v1/stream#x HTTP/1.1"),
    line("a whole URI", "4.2.1", 400, "GET wss://localhost/v1/stream HTTP/1.1"),
    of("no upgrade at all", "4.2.1", 426, Upgrade=None, Connection=None),
    of("no host", "4.2.1", 400, Host=None),
    of("host of another", "4.2.1", 421, Host="evil.example"),
    of("host twice", "4.2.1", 400, Host=("localhost", "localhost")),
    of("no identity", "10.5", 401, Authorization=None),
    of("another's identity", "10.5", 401, Authorization="Bearer nrs_s_nobody"),
    of("identity twice", "10.5", 400, Authorization=("Bearer a", "Bearer b")),
    of("no Upgrade", "4.2.1", 426, Upgrade=None),
    of("Upgrade in capitals", "4.2.1", 101, Upgrade="WEBSOCKET"),
    of("Upgrade in mixed case", "4.2.1", 101, Upgrade="WebSocket"),
    of("Upgrade twice", "4.2.1", 101, Upgrade=("websocket", "websocket")),
    of("Upgrade empty", "4.2.1", 400, Upgrade=""),
    of("Upgrade to HTTP/2", "4.2.1", 400, Upgrade="h2c"),
    of("Upgrade to either", "4.2.1", 400, Upgrade="websocket, h2c"),
    of("Upgrade with a version", "4.2.1", 400, Upgrade="websocket/13"),
    of("Upgrade in two words", "4.2.1", 400, Upgrade="web socket"),
    of("no Connection", "4.2.1", 426, Connection=None),
    of("Connection in small letters", "4.2.1", 101, Connection="upgrade"),
    of("Connection in capitals", "4.2.1", 101, Connection="UPGRADE"),
    of("Connection before others", "4.2.1", 101, Connection="Upgrade, keep-alive"),
    of("Connection behind others", "4.2.1", 101, Connection="keep-alive , Upgrade"),
    of("Connection in two fields", "4.2.1", 101, Connection=("keep-alive", "Upgrade")),
    of("Connection without it", "4.2.1", 426, Connection="keep-alive"),
    of("Connection empty", "4.2.1", 426, Connection=""),
    of("Connection with a tail", "4.2.1", 426, Connection="Upgraded"),
    of("Connection by blank", "4.2.1", 400, Connection="keep-alive Upgrade"),
    of("Connection that closes", "4.2.1", 400, Connection="close, Upgrade"),
    of("no key", "4.2.1", 400, Sec_WebSocket_Key=None),
    of("key twice alike", "11.3.1", 400, Sec_WebSocket_Key=(KEY, KEY)),
    of("key twice unlike", "11.3.1", 400, Sec_WebSocket_Key=(KEY, "A" * 22 + "==")),
    of("key of zeros", "4.2.1", 101, Sec_WebSocket_Key="A" * 22 + "=="),
    of("key of ones", "4.2.1", 101, Sec_WebSocket_Key="/" * 21 + "w=="),
    of("key with plus and slash", "4.2.1", 101, Sec_WebSocket_Key="++//" * 5 + "+w=="),
    of("no version of WebSocket", "4.4", 426, Sec_WebSocket_Version=None),
    of("version twice alike", "11.3.5", 426, Sec_WebSocket_Version=("13", "13")),
    of("version twice unlike", "11.3.5", 426, Sec_WebSocket_Version=("13", "8")),
    of("version with blanks around", "4.2.1", 101, Sec_WebSocket_Version=" \t13 "),
    of("no subprotocol", "4.2.2", 400, Sec_WebSocket_Protocol=None),
    of("subprotocol before others", "4.2.2", 101, Sec_WebSocket_Protocol=f"{OURS}, chat"),
    of("subprotocol behind others", "4.2.2", 101, Sec_WebSocket_Protocol=f"chat,superchat ,{OURS}"),
    of("subprotocol in two fields", "11.3.4", 101, Sec_WebSocket_Protocol=("chat", OURS)),
    of("subprotocol twice in two fields", "4.1", 400, Sec_WebSocket_Protocol=(OURS, OURS)),
    of("coming from here", "10.2", 101, Origin="https://{authority}"),
    of("an older name for the origin", "10.2", 101, Sec_WebSocket_Origin="https://evil.example"),
    of("an accept of the client's", "4.1", 101, Sec_WebSocket_Accept="x"),
    of("a field nobody knows", "4.2.1", 101, X_Unknown="y"),
    of("a cookie", "4.1", 101, Cookie="a=b"),
    of("an expectation", "4.2.1", 417, Expect="x"),
    of("extensions in two fields", "9.1", 101, Sec_WebSocket_Extensions=("a", "b; c")),
    Handshake("with a body", "4.2.1", 400, changed={"Content-Length": "5"}, body=b"hello"),
    Handshake("with a coded body", "4.2.1", 501, changed={"Transfer-Encoding": "chunked"},
              body=b"0\r\n\r\n"),
]
CASES += [of(f"version {text!r}", "4.4", 426, Sec_WebSocket_Version=text) for text in VERSIONS]
CASES += [of(f"key {name}", "4.2.1", 400, Sec_WebSocket_Key=text) for name, text in KEYS]
CASES += [of(f"subprotocol {name}", "4.2.2", 400, Sec_WebSocket_Protocol=text)
          for name, text in PROTOCOLS]
CASES += [of(f"extension {text}", "9.1", 101, Sec_WebSocket_Extensions=text) for text in EXTENSIONS]
CASES += [of(f"extension {text!r}", "9.1", 400, Sec_WebSocket_Extensions=text)
          for text in NO_EXTENSIONS]
CASES += [of(f"origin {text!r}", "10.2", 403, Origin=text) for text in ORIGINS]
