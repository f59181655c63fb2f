"""Ends of lines, folding and control characters (RFC 9112, sections 2.2 and 5.2)."""

from .request import Case, add, first, line, raw


def head(change):
    """Edits the head alone."""
    def spoil(data):
        begin, end, body = data.partition(b"\r\n\r\n")
        return change(begin + end) + body
    return raw(spoil)


def first_end(end):
    return head(lambda data: data.replace(b"\r\n", end, 1))


def last_end(end):
    return head(lambda data: data[:-4] + end)


CONTROLS = [("NUL", b"\0"), ("SOH", b"\x01"), ("BEL", b"\x07"), ("BS", b"\x08"), ("VT", b"\x0b"),
            ("FF", b"\x0c"), ("ESC", b"\x1b"), ("US", b"\x1f"), ("DEL", b"\x7f")]

CASES = [
    Case("every end a LF", head(lambda data: data.replace(b"\r\n", b"\n")), 400),
    Case("every end a CR", head(lambda data: data.replace(b"\r\n", b"\r")), 400),
    Case("every end turned round", head(lambda data: data.replace(b"\r\n", b"\n\r")), 400),
    Case("LF behind the request line", first_end(b"\n"), 400),
    Case("CR behind the request line", first_end(b"\r"), 400),
    Case("CR CR LF behind the request line", first_end(b"\r\r\n"), 400),
    Case("LF CR behind the request line", first_end(b"\n\r"), 400),
    Case("LF before the empty line", last_end(b"\n\r\n"), 400),
    Case("LF for the empty line", last_end(b"\r\n\n"), 400),
    Case("two LF at the end", last_end(b"\n\n"), 400),
    Case("two CR at the end", last_end(b"\r\r"), 400),
    Case("CR CR LF at the end", last_end(b"\r\n\r\r\n"), 400),
    Case("blank in the empty line", last_end(b"\r\n \r\n\r\n"), 400),
    Case("tab in the empty line", last_end(b"\r\n\t\r\n\r\n"), 400),
    Case("blank between CR and LF", first_end(b"\r \n"), 400),
    Case("LF inside a value", add(b"X: a\nb"), 400),
    Case("CR inside a value", add(b"X: a\rb"), 400),
    Case("LF and a field", add(b"X: a\nHost: evil.example"), 400),
    Case("CR and a field", add(b"X: a\rHost: evil.example"), 400),
    Case("LF and an empty line", add(b"X: a\n\nGET / HTTP/1.1"), 400),
    Case("CR before the colon", add(b"X\r: a"), 400),
    Case("LF in the target", line(b"METHOD /v1/\nalerts HTTP/1.1"), 400),
    Case("CR in the target", line(b"METHOD /v1/\ralerts HTTP/1.1"), 400),
    Case("CR for a blank", line(b"METHOD\rTARGET HTTP/1.1"), 400),
    Case("CR behind the version", line(b"METHOD TARGET HTTP/1.1\r"), 400),
    Case("first line folded", line(b"METHOD TARGET HTTP/1.1\r\n X"), 400),
    Case("first field folded", first(b" X: y"), 400),
    Case("first field folded by tab", first(b"\tX: y"), 400),
    Case("folded by blank", add(b"X: a", b" b"), 400),
    Case("folded by tab", add(b"X: a", b"\tb"), 400),
    Case("folded into nothing", add(b"X: a", b" "), 400),
    Case("folded twice", add(b"X: a", b" b", b" c"), 400),
    Case("an empty line first", raw(lambda data: b"\r\n" + data), 400),
    Case("two empty lines first", raw(lambda data: b"\r\n\r\n" + data), 400),
    Case("LF first", raw(lambda data: b"\n" + data), 400),
    Case("CR first", raw(lambda data: b"\r" + data), 400),
    Case("byte order mark first", raw(lambda data: b"\xef\xbb\xbf" + data), 400),
    Case("NUL first", raw(lambda data: b"\0" + data), 400),
]
CASES += [Case(f"{name} in a value", add(b"X: a" + byte + b"b"), 400) for name, byte in CONTROLS]
CASES += [Case(f"{name} in a name", add(b"X" + byte + b"Y: a"), 400) for name, byte in CONTROLS]
CASES += [Case(f"{name} in the target", line(b"METHOD /v1/" + byte + b" HTTP/1.1"), 400)
          for name, byte in CONTROLS]
