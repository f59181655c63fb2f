"""Host and the authority of the target (RFC 9112, section 3.2; RFC 9110, section 7.2)."""

from .request import Case, add, edit, first, line

NO_HOST = [
    ("empty", b""), ("a blank", b" "), ("with user", b"localhost@evil.example"),
    ("with user and password", b"a:b@localhost"), ("with path", b"localhost/x"),
    ("with query", b"localhost?x"), ("with fragment", b"localhost#x"),
    ("with backslash", b"localhost\\x"), ("with scheme", b"https://localhost"),
    ("listed", b"localhost, evil.example"), ("listed by blank", b"localhost evil.example"),
    ("listed by semicolon", b"localhost;evil.example"), ("tab inside", b"local\thost"),
    ("encoded", b"%6cocalhost"), ("beyond ASCII", "löcalhost".encode()), ("a star", b"*"),
    ("quoted", b'"localhost"'), ("in braces", b"{localhost}"), ("port alone", b":8443"),
    ("port empty", b"localhost:"), ("port with a tail", b"localhost:8443x"),
    ("port too large", b"localhost:65536"), ("port far too large", b"localhost:99999999999"),
    ("port negative", b"localhost:-1"), ("port with plus", b"localhost:+443"),
    ("port with blank", b"localhost:84 43"), ("port of wide digits", "localhost:４".encode()),
    ("two ports", b"localhost:8443:8443"), ("bracket open", b"[::1"),
    ("bracket with a tail", b"[::1]x"), ("bracket with odd port", b"[::1]:x"),
    ("brackets empty", b"[]"), ("zone", b"[::1%lo]"), ("address of six", b"::1"),
    ("NUL behind", b"localhost\0"), ("NUL and another", b"localhost\0.evil.example"),
]
ANOTHER = [
    ("another", b"evil.example"), ("another with port", b"evil.example:8443"),
    ("below another", b"localhost.evil.example"), ("with a prefix", b"evil-localhost"),
    ("short address", b"127.1"), ("address as a number", b"2130706433"),
    ("address in hexadecimal", b"0x7f.1"), ("address in octal", b"0177.0.0.1"),
    ("all addresses", b"0.0.0.0"), ("with a dot behind", b"localhost."),
    ("underscore", b"local_host"),
]

CASES = [Case(f"host {name}", edit("Host", value), 400) for name, value in NO_HOST]
CASES += [Case(f"host {name}", edit("Host", value), 421) for name, value in ANOTHER]
CASES += [
    Case("no host", edit("Host"), 400),
    Case("host twice alike", edit("Host", b"localhost", b"localhost"), 400),
    Case("host twice, the second of another", add(b"Host: evil.example"), 400),
    Case("host twice, the first of another", first(b"Host: evil.example"), 400),
    Case("host twice, one empty", add(b"Host:"), 400),
    Case("host twice in two cases", add(b"hOST: localhost"), 400),
    Case("blank before the colon", add(b"Host : localhost"), 400),
    Case("blank before the colon alone", lambda request: request.without("Host").adding(
        b"Host : localhost"), 400),
    Case("host folded", lambda request: request.without("Host").adding(
        b"Host:", b" localhost"), 400),
    Case("host folded behind another", add(b"X: y", b" Host: evil.example"), 400),
    Case("target of another", line(b"METHOD https://evil.example/v1/alerts HTTP/1.1"), 400),
    Case("target of the same host", line(b"METHOD https://localhost/v1/alerts HTTP/1.1"), 400),
    Case("target with user", line(b"METHOD https://localhost@evil.example/ HTTP/1.1"), 400),
    Case("target with an authority", line(b"METHOD //evil.example/v1/alerts HTTP/1.1"), 400),
    Case("target is an authority", line(b"METHOD localhost:8443 HTTP/1.1"), 400),
    Case("CONNECT to another", line(b"CONNECT evil.example:443 HTTP/1.1"), 400),
    Case("CONNECT to itself", line(b"CONNECT localhost:8443 HTTP/1.1"), 400),
]
