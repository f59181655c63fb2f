"""Transfer-Encoding (RFC 9112, sections 6.1 and 6.3): a request comes with Content-Length, or is
refused before anybody asks what its last coding means."""

import dataclasses

from .request import Case, add, first


def chunked(body):
    return f"{len(body):x}".encode() + b"\r\n" + body + b"\r\n0\r\n\r\n"


def instead(*lines):
    """In place of Content-Length, before a chunked body."""
    return lambda request: dataclasses.replace(
        request.without("Content-Length").adding(*lines), body=chunked(request.body))


def coded(*values):
    return instead(*(b"Transfer-Encoding: " + value for value in values))


CODINGS = [
    ("chunked", b"chunked"), ("odd case", b"cHuNkEd"), ("gzip", b"gzip"), ("deflate", b"deflate"),
    ("compress", b"compress"), ("x-gzip", b"x-gzip"), ("identity", b"identity"),
    ("unknown", b"xchunked"), ("prefix", b"chunke"), ("empty", b""), ("comma", b","),
    ("trailing comma", b"chunked,"), ("leading comma", b",chunked"),
    ("trailing blank", b"chunked "), ("tab before", b"\tchunked"), ("tab behind", b"chunked\t"),
    ("parameter", b"chunked;q=1"), ("bad parameter", b"chunked;"), ("quoted", b'"chunked"'),
    ("single quotes", b"'chunked'"), ("comment", b"chunked (really)"),
    ("gzip then chunked", b"gzip, chunked"), ("chunked then gzip", b"chunked, gzip"),
    ("chunked twice", b"chunked, chunked"), ("chunked then identity", b"chunked, identity"),
    ("identity then chunked", b"identity, chunked"), ("blanks for commas", b"identity chunked"),
    ("percent-encoded", b"%63hunked"), ("no-break blank", b"chunked\xa0"),
    ("Kelvin sign", "chun\u212aed".encode()), ("trailers", b"trailers"), ("number", b"0"),
]
CONTROLS = [("vertical tab", b"\x0bchunked"), ("form feed", b"chunked\x0c"), ("NUL", b"chun\0ked"),
            ("backspace", b"chunkedd\x08"), ("NUL behind", b"chunked\0")]

CASES = [Case(f"coding {name}", coded(value), 501) for name, value in CODINGS]
CASES += [Case(f"coding with {name}", coded(value), 400) for name, value in CONTROLS]
CASES += [
    Case("two codings", coded(b"chunked", b"identity"), 501),
    Case("two codings, the second sound", coded(b"identity", b"chunked"), 501),
    Case("chunked in two fields", coded(b"chunked", b"chunked"), 501),
    Case("behind the length", add(b"Transfer-Encoding: chunked"), 501),
    Case("before the length", first(b"Transfer-Encoding: chunked"), 501),
    Case("identity beside the length", add(b"Transfer-Encoding: identity"), 501),
    Case("empty beside the length", add(b"Transfer-Encoding:"), 501),
    Case("no blank before the value", instead(b"Transfer-Encoding:chunked"), 501),
    Case("name in small letters", instead(b"transfer-encoding: chunked"), 501),
    Case("name in odd case", instead(b"tRANSFER-eNCODING: chunked"), 501),
    Case("blank before the colon", add(b"Transfer-Encoding : chunked"), 400),
    Case("tab before the colon", add(b"Transfer-Encoding\t: chunked"), 400),
    Case("NUL before the colon", add(b"Transfer-Encoding\0: chunked"), 400),
    Case("vertical tab before the colon", add(b"Transfer-Encoding\x0b: chunked"), 400),
    Case("blank before the name", add(b" Transfer-Encoding: chunked"), 400),
    Case("folded behind another", add(b"X: y", b" Transfer-Encoding: chunked"), 400),
    Case("value in the folded line", add(b"Transfer-Encoding:", b" chunked"), 400),
    Case("list in the folded line", add(b"Transfer-Encoding: gzip,", b"\tchunked"), 400),
    Case("without colon", add(b"Transfer-Encoding chunked"), 400),
    Case("name with a blank", add(b"Transfer Encoding: chunked"), 400),
    Case("name with an underscore", add(b"Transfer_Encoding: chunked"), 400),
    Case("name with a soft hyphen", add(b"Transfer\xadEncoding: chunked"), 400),
    Case("behind a bare LF", add(b"X: y\nTransfer-Encoding: chunked"), 400),
    Case("behind a bare CR", add(b"X: y\rTransfer-Encoding: chunked"), 400),
    Case("behind a doubled CR", add(b"X: y\r\r\nTransfer-Encoding: chunked"), 400),
    Case("NUL before the name", add(b"\0Transfer-Encoding: chunked"), 400),
]
