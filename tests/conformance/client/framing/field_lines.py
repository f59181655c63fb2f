"""Names and number of fields (RFC 9110, sections 5.1 and 5.6.2; RFC 9112, section 5.1)."""

from .request import Case, add

NAMES = [
    ("blank inside", b"X Y"), ("tab inside", b"X\tY"), ("blank behind", b"X "), ("empty", b""),
    ("brackets", b"(X)"), ("comma", b"X,Y"), ("slash", b"X/Y"), ("semicolon", b"X;Y"),
    ("equals", b"X=Y"), ("quotes", b'"X"'), ("at", b"X@Y"), ("square brackets", b"[X]"),
    ("braces", b"{X}"), ("angle brackets", b"<X>"), ("question mark", b"X?"),
    ("backslash", b"X\\Y"),
    ("beyond ASCII", "Längd".encode()), ("wide letters", "Ｘ".encode()),
    ("no-break blank", b"X\xa0"),
    ("byte 80", b"\x80"), ("byte FF", b"X\xff"),
]

CASES = [Case(f"name {name}", add(text + b": y"), 400) for name, text in NAMES]
CASES += [
    Case("no colon", add(b"Nothing"), 400),
    Case("no colon, the last of many", add(b"A: b", b"C: d", b"e"), 400),
    Case("a request for a field", add(b"GET / HTTP/1.1"), 400),
    Case("65 fields", lambda request: request.adding(
        *(b"X%d: y" % n for n in range(65 - len(request.fields)))), 431),
    Case("a thousand fields", add(*(b"a:" for _ in range(1000))), 431),
    Case("value longer than a header", add(b"X: " + b"y" * 9000), 431),
    Case("name longer than a header", add(b"X" * 9000 + b": y"), 431),
    Case("many fields longer than a header", add(*(b"X: " + b"y" * 200 for _ in range(45))), 431),
    Case("blanks longer than a header", add(b"X:" + b" " * 9000), 431),
    Case("a line without end", add(b"X" * 100_000), 431),
]
