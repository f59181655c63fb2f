"""The target (RFC 9112, section 3.2; RFC 3986): origin form, one path to everybody."""

from .request import Case, line

NO_TARGET = [
    ("without slash", b"v1/alerts"), ("a star", b"*"), ("a question mark", b"?limit=1"),
    ("a dot", b"./v1/alerts"), ("with fragment", b"/v1/alerts#x"),
    ("with empty fragment", b"/v1/alerts#"),
    ("escaped NUL", b"/v1/alerts%00"), ("escaped NUL and more", b"/v1/alerts%00.txt"),
    ("escape of no digits", b"/v1/alerts%zz"), ("escape of one digit", b"/v1/alerts%2"),
    ("escape of nothing", b"/v1/alerts%"), ("escape of four", b"/v1%u002falerts"),
    ("escaped line end", b"/v1/alerts%0d%0aX:%20y"), ("escaped tab", b"/v1/alerts%09"),
    ("escaped DEL", b"/v1/alerts%7f"),
    ("escaped slash", b"/v1%2Falerts"), ("escaped slash, small", b"/v1%2falerts"),
    ("escaped slash first", b"/%2Fv1/alerts"), ("escaped backslash", b"/v1%5Calerts"),
    ("backslash", b"/v1\\alerts"), ("backslashes for dots", b"/v1/..\\v1/alerts"),
    ("dots", b"/v1/../v1/alerts"), ("dot", b"/v1/./alerts"), ("dots at the end", b"/v1/alerts/.."),
    ("dot at the end", b"/v1/alerts/."), ("escaped dots", b"/v1/%2e%2e/v1/alerts"),
    ("half-escaped dots", b"/v1/.%2e/v1/alerts"), ("escaped dot", b"/v1/%2E/alerts"),
    ("dots beyond the root", b"/../../etc/passwd"),
    ("bytes beyond ASCII", b"/v1/alerts\x80"), ("letters beyond ASCII", "/v1/警報".encode()),
    ("escape of no UTF-8", b"/v1/alerts%ff"), ("escape of an overlong slash", b"/v1%c0%afalerts"),
    ("escape of an overlong dot", b"/v1/%c0%ae%c0%ae/alerts"),
    ("escape of half a pair", b"/v1/%ed%a0%80"), ("escape beyond Unicode", b"/v1/%f4%90%80%80"),
    ("quote", b'/v1/"alerts"'), ("angle brackets", b"/v1/<alerts>"), ("caret", b"/v1/^alerts"),
    ("backquote", b"/v1/`alerts`"), ("braces", b"/v1/{alerts}"), ("bar", b"/v1/|alerts"),
    ("square brackets", b"/v1/[alerts]"),
    ("escaped NUL in the query", b"/v1/alerts?limit=%00"),
    ("broken escape in the query", b"/v1/alerts?limit=%zz"),
    ("half an escape in the query", b"/v1/alerts?limit=1%"),
    ("no UTF-8 in the query", b"/v1/alerts?limit=%ff"),
    ("quote in the query", b'/v1/alerts?limit="1"'),
    ("angle bracket in the query", b"/v1/alerts?limit=<1"),
    ("fragment behind the query", b"/v1/alerts?limit=1#x"),
    ("bytes in the query", b"/v1/alerts?limit=\xb2"),
]
NOT_THERE = [
    ("two slashes inside", b"/v1//alerts"), ("slash behind", b"/v1/alerts/"),
    ("capitals", b"/V1/ALERTS"),
    ("parameter of a segment", b"/v1/alerts;limit=1"),
    ("escaped question mark", b"/v1/alerts%3Flimit=1"),
    ("escaped twice", b"/v1/%252e%252e/alerts"), ("blank behind", b"/v1/alerts%20"),
    ("three dots", b"/v1/.../alerts"), ("number of 54 bits", b"/v1/alerts/9007199254740992"),
    ("number negative", b"/v1/alerts/-1"), ("number in hexadecimal", b"/v1/alerts/0x1"),
    ("number of wide digits", b"/v1/alerts/%EF%BC%91"),
]

CASES = [Case(name, line(b"METHOD " + text + b" HTTP/1.1"), 400) for name, text in NO_TARGET]
CASES += [Case(name, line(b"METHOD " + text + b" HTTP/1.1"), 404) for name, text in NOT_THERE]
CASES += [
    Case("longer than a header", line(b"METHOD /" + b"a" * 9000 + b" HTTP/1.1"), 414),
    Case("query longer than a header", line(b"METHOD /v1?" + b"a" * 9000 + b" HTTP/1.1"), 414),
    Case("method longer than a header", line(b"M" * 9000 + b" / HTTP/1.1"), 414),
]
