"""Unusual, and yet one request to everybody: these are accepted, or the tables prove nothing."""

from .request import Case, add, edit, line

CASES = [
    Case("as it is", lambda request: request, 201),
    Case("host in capitals", edit("Host", b"LOCALHOST"), 201),
    Case("host with another port", edit("Host", b"localhost:1"), 201),
    Case("host is an address", edit("Host", b"127.0.0.1:8443"), 201),
    Case("expectation in capitals", add(b"Expect: 100-CONTINUE"), 201),
    Case("letters escaped", line(b"METHOD /v1/%61lerts HTTP/1.1"), 201),
    Case("64 fields", lambda request: request.adding(
        *(b"X%d: y" % n for n in range(64 - len(request.fields)))), 201),
    Case("no blank behind the colon", add(b"X:y"), 201),
    Case("blanks and tabs around a value", add(b"X: \t y \t "), 201),
    Case("empty value", add(b"X:"), 201),
    Case("letters beyond ASCII in a value", add("X: 警報".encode()), 201),
    Case("a method to override", add(b"X-HTTP-Method-Override: DELETE",
         b"X-Method-Override: GET"), 201),
    Case("another host forwarded", add(b"X-Forwarded-Host: evil.example",
         b"Forwarded: host=evil"), 201),
    Case("another target forwarded", add(b"X-Original-URL: /admin", b"X-Rewrite-URL: /admin"), 201),
    Case("willing to take trailers", add(b"TE: trailers", b"Connection: TE"), 201),
    Case("not coded", add(b"Content-Encoding: identity"), 201),
    Case("coming from here", add(b"Origin: https://localhost"), 201),
]
