"""Method, version and the blanks between (RFC 9112, sections 2.3 and 3)."""

from .request import Case, line

VERSIONS = [("1.0", b"HTTP/1.0", 505), ("1.2", b"HTTP/1.2", 505), ("2.0", b"HTTP/2.0", 505),
            ("3.0", b"HTTP/3.0", 505), ("0.9", b"HTTP/0.9", 505), ("9.9", b"HTTP/9.9", 505)]
NO_VERSION = [
    ("in small letters", b"http/1.1"), ("in mixed case", b"Http/1.1"),
    ("with a tail", b"HTTP/1.1x"),
    ("of two digits", b"HTTP/1.10"), ("with a leading zero", b"HTTP/01.1"),
    ("with a comma", b"HTTP/1,1"), ("without the last digit", b"HTTP/1."),
    ("without the first digit", b"HTTP/.1"), ("without a dot", b"HTTP/11"),
    ("of one number", b"HTTP/1"), ("of three numbers", b"HTTP/1.1.1"), ("of no number", b"HTTP/"),
    ("with a plus", b"HTTP/+1.1"), ("with a backslash", b"HTTP\\1.1"),
    ("with a tab", b"HTTP/1.1\t"),
    ("of secure HTTP", b"HTTPS/1.1"), ("of ICAP", b"ICAP/1.0"), ("of RTSP", b"RTSP/1.0"),
    ("of SIP", b"SIP/2.0"), ("of Shoutcast", b"ICY/1.1"), ("in wide letters", "ＨＴＴＰ/1.1".encode()),
]
LINES = [
    ("no version", b"METHOD TARGET"), ("no version, a blank", b"METHOD TARGET "),
    ("no target", b"METHOD HTTP/1.1"), ("method alone", b"METHOD"), ("one blank", b" "),
    ("two blanks behind the method", b"METHOD  TARGET HTTP/1.1"),
    ("two blanks before the version", b"METHOD TARGET  HTTP/1.1"),
    ("blank at the end", b"METHOD TARGET HTTP/1.1 "),
    ("blank at the start", b" METHOD TARGET HTTP/1.1"),
    ("tab behind the method", b"METHOD\tTARGET HTTP/1.1"),
    ("tab before the version", b"METHOD TARGET\tHTTP/1.1"),
    ("tab at the start", b"\tMETHOD TARGET HTTP/1.1"),
    ("two versions", b"METHOD TARGET HTTP/1.1 HTTP/1.1"),
    ("blank in the version", b"METHOD TARGET HTTP/ 1.1"),
    ("blank in the name", b"METHOD TARGET HTTP /1.1"),
    ("no-break blank", b"METHOD\xa0TARGET HTTP/1.1"),
    ("wide blank", "METHOD\u3000TARGET HTTP/1.1".encode()),
    ("an answer", b"HTTP/1.1 200 OK"), ("blanks only", b"     "),
    ("preface of HTTP/2", b"PRI * HTTP/2.0"),
]
METHODS = [("small letters", b"post"), ("mixed case", b"Get"), ("PUT", b"PUT"),
           ("DELETE", b"DELETE"),
           ("PATCH", b"PATCH"), ("OPTIONS", b"OPTIONS"), ("TRACE", b"TRACE"), ("TRACK", b"TRACK"),
           ("DEBUG", b"DEBUG"), ("PROPFIND", b"PROPFIND"), ("M-SEARCH", b"M-SEARCH"),
           ("CONNECT with a path", b"CONNECT"), ("a token of symbols", b"!#$%&'*+-.^_`|~"),
           ("32 letters", b"A" * 32)]
NO_METHOD = [("33 letters", b"A" * 33), ("at", b"P@ST"), ("listed", b"GET,POST"),
             ("colon", b"POST:"),
             ("slash", b"PO/ST"), ("quoted", b'"POST"'), ("brackets", b"(POST)"),
             ("equals", b"X=Y"),
             ("beyond ASCII", "PÖST".encode()), ("wide letters", "ＰＯＳＴ".encode())]

CASES = [Case(f"version {name}", line(b"METHOD TARGET " + version), status)
         for name, version, status in VERSIONS]
CASES += [Case(f"version {name}", line(b"METHOD TARGET " + version), 400)
          for name, version in NO_VERSION]
CASES += [Case(name, line(text), 505 if b"/2.0" in text else 400) for name, text in LINES]
# Without a body: a method that has no use for one is refused for that.
CASES += [Case(f"method {name}", line(method + b" TARGET HTTP/1.1"), 405, ("GET",))
          for name, method in METHODS]
CASES += [Case(f"method with a body: {name}", line(method + b" TARGET HTTP/1.1"), 400, ("POST",))
          for name, method in METHODS if method not in (b"PUT", b"PATCH")]
CASES += [Case(f"method {name}", line(method + b" TARGET HTTP/1.1"), 400)
          for name, method in NO_METHOD]
