"""Messages in fragments (section 5.4)."""

from ..websocket import BINARY, CLOSE, CONTINUATION, PING, PONG, TEXT
from .case import (MESSAGE_BYTES_MAX, PROTOCOL_ERROR, TOO_BIG, Closes, Welcomes, bytewise, case,
                   frame, hello)

WRONG = Closes(PROTOCOL_ERROR)
KINDS = {TEXT: "text", BINARY: "binary"}


def pieces(message, size, between=b"", opcode=BINARY):
    """In fragments of `size`, with `between` after each but the last."""
    parts = [message[at:at + size] for at in range(0, len(message), size)]
    out = frame(opcode, parts[0], final=len(parts) == 1)
    for number, part in enumerate(parts[1:], start=2):
        out += between + frame(CONTINUATION, part, final=number == len(parts))
    return out


def empty(count):
    return b"".join(frame(CONTINUATION, final=False, mask=bytes(4)) for _ in range(count))


def begun(payload=b""):
    return frame(BINARY, payload, final=False)


HALF, REST = hello(500)[:250], hello(500)[250:]

CASES = []
for final in (True, False):
    for payload in (b"", b"x"):
        CASES.append(case(f"continuation of nothing, {'final' if final else 'not final'}, "
                          f"{len(payload)} bytes", "5.4",
                          frame(CONTINUATION, payload, final=final), WRONG))
        for outer in KINDS:
            for inner in KINDS:
                CASES.append(case(
                    f"{KINDS[inner]} inside {KINDS[outer]}, {'final' if final else 'not final'}, "
                    f"{len(payload)} bytes", "5.4",
                    frame(outer, b"x", final=False) + frame(inner, payload, final=final), WRONG))
CASES += [
    case("continuation behind a whole message", "5.4",
         frame(BINARY, hello()) + frame(CONTINUATION, b"x"), WRONG),
    case("continuation behind the last fragment", "5.4",
         pieces(hello(300), 100) + frame(CONTINUATION, b"x"), WRONG),
    case("message inside fragments behind a ping", "5.4",
         begun(b"x") + frame(PING) + frame(BINARY, b"y"), WRONG),
    case("fragments over the limit, both sent", "7.4.1",
         begun(bytes(40000)) + frame(CONTINUATION, bytes(40000)), Closes(TOO_BIG)),
    case("fragments over the limit by one", "7.4.1",
         begun(bytes(MESSAGE_BYTES_MAX)) + frame(CONTINUATION, b"x"), Closes(TOO_BIG)),
    case("fragments over the limit, never final", "7.4.1",
         begun(bytes(60000)) + frame(CONTINUATION, bytes(60000), final=False), Closes(TOO_BIG)),
    case("fragments over the limit in small pieces", "7.4.1",
         begun(b"x") + b"".join(frame(CONTINUATION, bytes(1000), final=False, mask=bytes(4))
                                for _ in range(66)), Closes(TOO_BIG)),
]
for size in (1, 2, 3, 7, 50, 126, 200):
    CASES.append(case(f"fragments of {size}", "5.4", pieces(hello(301), size), Welcomes()))
CASES += [
    case("fragments of exactly the limit", "5.4",
         pieces(hello(MESSAGE_BYTES_MAX), MESSAGE_BYTES_MAX // 2), Welcomes()),
    case("65,536 bytes in 1,024 fragments", "5.4", pieces(hello(MESSAGE_BYTES_MAX), 64),
         Welcomes()),
    case("65,536 bytes a fragment each of 10", "5.4", pieces(hello(MESSAGE_BYTES_MAX), 10),
         Welcomes()),
    case("first fragment empty", "5.4", begun() + frame(CONTINUATION, hello()), Welcomes()),
    case("last fragment empty", "5.4", begun(hello()) + frame(CONTINUATION), Welcomes()),
    case("a fragment between empty", "5.4",
         begun(HALF) + empty(1) + frame(CONTINUATION, REST), Welcomes()),
    case("10,000 empty fragments", "5.4",
         begun(HALF) + empty(10_000) + frame(CONTINUATION, REST), Welcomes()),
    case("fragments byte by byte", "5.4", bytewise(pieces(hello(60), 20)), Welcomes()),
    case("a ping between", "5.4", begun(HALF) + frame(PING, b"between") +
         frame(CONTINUATION, REST), Welcomes((b"between",))),
    case("a ping before the first and behind the last", "5.5",
         frame(PING, b"before") + pieces(hello(300), 100) + frame(PING, b"behind"),
         Welcomes((b"before", b"behind"))),
    case("a ping between any two", "5.4", pieces(hello(300), 50, frame(PING, b"p")),
         Welcomes((b"p",) * 5)),
    case("an empty ping between", "5.4", begun(HALF) + frame(PING) + frame(CONTINUATION, REST),
         Welcomes((b"",))),
    case("pongs between that nobody asked for", "5.5.3",
         pieces(hello(300), 50, frame(PONG, b"p")), Welcomes()),
    case("pings among fragments byte by byte", "5.4",
         bytewise(pieces(hello(60), 30, frame(PING, b"p" * 5))), Welcomes((b"p" * 5,))),
    case("close between", "5.5.1", begun(HALF) + frame(CLOSE, b"\x03\xe8"), Closes(1000)),
    case("close between, and the rest", "5.5.1",
         begun(HALF) + frame(CLOSE, b"\x03\xe8") + frame(CONTINUATION, REST), Closes(1000)),
]
