"""Sound line by line, and still more than one reading: expectations, upgrades, what stands twice,
what Connection names (RFC 9110, sections 5.3, 7.6.1, 7.8 and 10.1.1)."""

from .request import Case, add, edit

EXPECTATIONS = [("unknown", b"the-unexpected"), ("empty", b""),
                ("with another", b"100-continue, x"),
                ("twice in a list", b"100-continue, 100-continue"),
                ("with a parameter", b"100-continue;x"),
                ("of 200", b"200-ok"), ("cut short", b"100-continu"), ("quoted", b'"100-continue"')]
UPGRADES = [("HTTP/2", b"h2c"), ("HTTP/2 over TLS", b"h2"), ("TLS", b"TLS/1.0"),
            ("an older HTTP", b"HTTP/1.0"),
            ("either", b"websocket, h2c"), ("either, turned round", b"h2c, websocket"),
            ("nothing", b""),
            ("websocket with a version", b"websocket/13")]
RECIPIENTS = [b"Host", b"Content-Length", b"content-length", b"Transfer-Encoding", b"Authorization",
              b"Content-Type", b"keep-alive, Content-Length", b"close, authorization"]

CASES = [Case(f"expectation {name}", add(b"Expect: " + value), 417) for name, value in EXPECTATIONS]
CASES += [Case(f"upgrade to {name}", add(b"Connection: Upgrade", b"Upgrade: " + value), 400)
          for name, value in UPGRADES]
CASES += [Case(f"connection names {value.decode()}", add(b"Connection: " + value), 400)
          for value in RECIPIENTS]
CASES += [
    Case("upgrade to HTTP/2 in full", add(b"Connection: Upgrade, HTTP2-Settings", b"Upgrade: h2c",
                                          b"HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA"), 400),
    Case("settings of HTTP/2 alone", add(b"HTTP2-Settings: AAMAAABk"), 400),
    Case("upgrade in two fields", add(b"Upgrade: websocket", b"Upgrade: h2c"), 400),
    Case("trailer announced", add(b"Trailer: Content-Length"), 400),
    Case("trailer of nothing", add(b"Trailer:"), 400),
    Case("authorization twice alike", lambda request: request.adding(
        *request.named("Authorization")), 400),
    Case("authorization twice unlike", add(b"Authorization: Bearer another"), 400),
    Case("authorization twice, one empty", add(b"Authorization:"), 400),
    Case("media type twice alike", edit("Content-Type", b"application/cap+xml",
                                        b"application/cap+xml"), 400),
    Case("media type twice unlike", edit("Content-Type", b"application/cap+xml",
         b"text/plain"), 400),
    Case("coding twice", add(b"Content-Encoding: identity", b"Content-Encoding: gzip"), 400),
    Case("cookie twice", add(b"Cookie: a=b", b"Cookie: c=d"), 400),
    Case("origin twice", add(b"Origin: https://localhost", b"Origin: https://evil.example"), 400),
    Case("body coded as gzip", add(b"Content-Encoding: gzip"), 415, ("POST",)),
    Case("body coded twice", add(b"Content-Encoding: gzip, gzip"), 415, ("POST",)),
    Case("body coded as chunked", add(b"Content-Encoding: chunked"), 415, ("POST",)),
]
