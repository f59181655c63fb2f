"""Text on the subprotocol that speaks it (sections 5.4, 5.6 and 8.1): a message is put together
before its UTF-8 and its JSON are judged, however it is cut."""

from ..websocket import BINARY, CONTINUATION, PING, TEXT
from .case import NOT_TAKEN, NOT_TEXT, Closes, Pongs, Welcomes, bytewise, case, frame
from .fragments import pieces
from .text import INVALID, in_two

HELLO = b'{"hello":{"window":7}}'
SPACED = "{\n\t\"hello\" : { \"window\": 7 }\r\n}".encode()
NO_MESSAGE = [("empty", b""), ("a blank", b" "), ("a number", b"7"), ("null", b"null"),
              ("a list", b"[]"), ("cut", HELLO[:-1]), ("twice", HELLO * 2), ("with a tail", HELLO + b"x"),
              ("a byte order mark", b"\xef\xbb\xbf" + HELLO), ("NUL behind", HELLO + b"\0"),
              ("single quotes", HELLO.replace(b'"', b"'")), ("kanji", "避難指示".encode()),
              ("UTF-16", HELLO.decode().encode("utf-16-le"))]

CASES = [case(f"Hello in fragments of {size}", "5.4", pieces(HELLO, size, opcode=TEXT), Welcomes())
         for size in range(1, len(HELLO) + 1)]
CASES += [
    case("Hello", "5.6", frame(TEXT, HELLO), Welcomes()),
    case("Hello with blanks", "5.6", frame(TEXT, SPACED), Welcomes()),
    case("Hello byte by byte", "5.2", bytewise(frame(TEXT, HELLO)), Welcomes()),
    case("fragments byte by byte", "5.4", bytewise(pieces(HELLO, 5, opcode=TEXT)), Welcomes()),
    case("Hello of 65536 bytes", "5.2", frame(TEXT, HELLO.ljust(65536)), Welcomes()),
    case("Hello of 65537 bytes", "7.4.1", frame(TEXT, HELLO.ljust(65537)), Closes(1009)),
    case("pings between fragments", "5.4", pieces(HELLO, 10, frame(PING, b"p"), opcode=TEXT),
         Welcomes((b"p", b"p"))),
    case("ping alone", "5.5.2", frame(PING, b"p"), Pongs((b"p",))),
    case("binary", "5.6", frame(BINARY, HELLO), Closes(NOT_TAKEN)),
    case("binary in fragments", "5.6", pieces(HELLO, 5), Closes(NOT_TAKEN)),
]
CASES += [case(f"no message: {name}", "5.6", frame(TEXT, text), Closes(NOT_TEXT))
          for name, text in NO_MESSAGE]
for name, text in INVALID:
    CASES.append(case(name, "8.1", frame(TEXT, text), Closes(NOT_TEXT)))
    inside = HELLO[:10] + text + HELLO[10:]
    CASES.append(case(f"{name}, inside", "8.1", frame(TEXT, inside), Closes(NOT_TEXT)))
    for at in range(1, min(len(text), 6)):
        CASES.append(case(f"{name}, cut after {at}", "5.4", in_two(text, at), Closes(NOT_TEXT)))
CASES.append(case("bad first fragment, good second", "8.1",
                  frame(TEXT, b"\xff", final=False) + frame(CONTINUATION, b"x"), Closes(NOT_TEXT)))
