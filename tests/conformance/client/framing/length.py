"""Content-Length (RFC 9110, section 8.6): exactly one, digits that mean one number to everybody."""

from .request import Case, add, edit, first

TOO_LARGE = 2 * 1024 * 1024 + 1


def twice(change):
    """A second field made from the value of the first."""
    def spoil(request):
        size = len(request.body)
        return edit("Content-Length", b"%d" % size, change(size))(request)
    return spoil


def written(template):
    """The right number in a doubtful form."""
    return lambda request: edit("Content-Length", template % len(request.body))(request)


VALUES = [
    ("negative", b"-1"), ("minus zero", b"-0"), ("hexadecimal", b"0x10"), ("octal", b"0o17"),
    ("exponent", b"1e3"), ("fraction", b"12.0"), ("separated", b"1_000"), ("grouped", b"1,000"),
    ("empty", b""), ("a blank", b" "), ("a comma", b","), ("a word", b"five"),
    ("blank inside", b"1 2"), ("tab inside", b"1\t2"), ("wide digits", "５".encode()),
    ("Arabic digits", "٥".encode()), ("superscript", b"\xb2"), ("no-break blank", b"5\xa0"),
    ("colon", b"5: 5"), ("infinite", b"Infinity"), ("zero zero", b"00"), ("NUL behind", b"5\0"),
    ("vertical tab before", b"\x0b5"), ("form feed behind", b"5\x0c"), ("DEL behind", b"5\x7f"),
]
FORMS = [
    ("plus", b"+%d"), ("leading zero", b"0%d"), ("many leading zeros", b"00000000000000000000%d"),
    ("trailing comma", b"%d,"), ("leading comma", b",%d"), ("semicolon", b"%d;"),
    ("parameter", b"%d;q=1"), ("double quotes", b'"%d"'), ("single quotes", b"'%d'"),
    ("comment", b"%d (bytes)"), ("unit", b"%dB"), ("colon before", b":%d"),
]
LARGE = [("one too many", TOO_LARGE), ("2^31", 1 << 31), ("2^32", 1 << 32),
         ("2^32 and a few", (1 << 32) + 5), ("2^63", 1 << 63), ("2^64 - 1", (1 << 64) - 1),
         ("2^64 and a few", (1 << 64) + 5), ("forty digits", 10 ** 39)]

CASES = [Case(f"value {name}", edit("Content-Length", value), 400) for name, value in VALUES]
CASES += [Case(f"number with {name}", written(form), 400) for name, form in FORMS]
CASES += [Case(f"number of {name}", edit("Content-Length", b"%d" % number), 413, ("POST",))
          for name, number in LARGE]
CASES += [
    Case("twice alike", twice(lambda size: b"%d" % size), 400),
    Case("twice, the second longer", twice(lambda size: b"%d" % (size + 1)), 400),
    Case("twice, the second 0", twice(lambda size: b"0"), 400),
    Case("twice, the second empty", twice(lambda size: b""), 400),
    Case("twice in two cases", add(b"content-length: 3", b"CONTENT-LENGTH: 3"), 400),
    Case("before and behind", lambda request: first(b"Content-Length: 3")(
        add(b"Content-Length: 3")(request)), 400),
    Case("three times", edit("Content-Length", b"3", b"3", b"3"), 400),
    Case("listed alike", lambda request: edit("Content-Length", b"%d, %d" % (
        len(request.body), len(request.body)))(request), 400),
    Case("listed unlike", lambda request: edit("Content-Length", b"%d, 0" % (
        len(request.body)))(request), 400),
    Case("blank before the colon", add(b"Content-Length : 5"), 400),
    Case("tab before the colon", add(b"Content-Length\t: 5"), 400),
    Case("blank before the name", add(b" Content-Length: 5"), 400),
    Case("folded behind another", add(b"X: y", b" Content-Length: 5"), 400),
    Case("value in the folded line", add(b"Content-Length:", b" 5"), 400),
    Case("digits in the folded line", add(b"Content-Length: 1", b" 2"), 400),
    Case("name with an underscore", add(b"Content_Length: 5"), 400),
    Case("name with a blank", add(b"Content Length: 5"), 400),
    Case("without colon", add(b"Content-Length"), 400),
    Case("of a GET", edit("Content-Length", b"5"), 400, ("GET",)),
    Case("too large, of a GET", edit("Content-Length", b"%d" % (1 << 64)), 400, ("GET",)),
]
