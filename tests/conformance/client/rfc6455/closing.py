"""The closing handshake: codes that may stand on the wire, reasons, and silence behind it
(sections 5.5.1, 7.1 and 7.4; the registry of section 11.7 for 1012 to 1014)."""

import struct

from ..websocket import BINARY, CLOSE, PING, TEXT
from .case import (NOT_TEXT, PROTOCOL_ERROR, Closes, bytewise, case, frame, hello)

WRONG = Closes(PROTOCOL_ERROR)
VALID = (1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014,
         3000, 3001, 3333, 3999, 4000, 4001, 4321, 4998, 4999)
INVALID = (0, 1, 100, 256, 999, 1004, 1005, 1006, 1015, 1016, 1017, 1099, 1100, 1500, 1999, 2000,
           2001, 2500, 2999, 5000, 5001, 9999, 32767, 32768, 65535)
NO_TEXT = [b"\xff", b"\x80", b"\xc0\xaf", b"\xc1\xbf", b"\xe7\x81", b"\xed\xa0\x80",
           b"\xf4\x90\x80\x80", b"\xf8\x88\x80\x80\x80", b"bye\xc3", b"a" * 122 + b"\xe7"]
TEXTS = [b"bye", "火の用心".encode(), b"\0", b"\xef\xbf\xbd", b"\xf4\x8f\xbf\xbf", b"a" * 123]


def close(code, reason=b""):
    return frame(CLOSE, struct.pack("!H", code) + reason)


CASES = [case(f"code {code}", "7.4", close(code), Closes(code)) for code in VALID]
CASES += [case(f"code {code} with a reason", "7.4", close(code, b"done"), Closes(code))
          for code in VALID]
CASES += [case(f"code {code}", "7.4", close(code), WRONG) for code in INVALID]
CASES += [case(f"code {code} with a reason", "7.4", close(code, b"done"), WRONG)
          for code in INVALID]
CASES += [case(f"reason {reason[-6:]!r} of {len(reason)}", "5.5.1", close(1000, reason),
               Closes(NOT_TEXT)) for reason in NO_TEXT]
CASES += [case(f"reason {reason[-6:]!r} of {len(reason)}", "5.5.1", close(1000, reason),
               Closes(1000)) for reason in TEXTS]
CASES += [case(f"half a code: {byte:#x}", "5.5.1", frame(CLOSE, bytes([byte])), WRONG)
          for byte in (0, 3, 255)]
CASES += [
    case("no code", "5.5.1", frame(CLOSE), Closes(None)),
    case("no code, byte by byte", "5.5.1", bytewise(frame(CLOSE)), Closes(None)),
    case("byte by byte", "5.5.1", bytewise(close(1001, b"going")), Closes(1001)),
    case("ping behind it", "5.5.1", close(1000) + frame(PING, b"unheard"), Closes(1000)),
    case("message behind it", "5.5.1", close(1000) + frame(BINARY, hello()), Closes(1000)),
    case("text behind it", "5.5.1", close(1000) + frame(TEXT, b"unheard"), Closes(1000)),
    case("wrong frame behind it", "5.5.1", close(1000) + b"\xff\xff\xff\xff", Closes(1000)),
    case("another close behind it", "5.5.1", close(1000) + close(1001), Closes(1000)),
    case("a wrong close behind it", "5.5.1", close(4000) + close(1005), Closes(4000)),
    case("behind Hello", "7.1.2", frame(BINARY, hello()) + close(1000), Closes(1000)),
    case("behind a ping", "7.1.2", frame(PING, b"x") + close(1001), Closes(1001)),
]
