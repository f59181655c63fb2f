"""Control frames: their length, never in fragments, and the echo of a ping (sections 5.5)."""

import struct

from ..websocket import BINARY, CLOSE, CONTINUATION, PING, PONG
from .case import (PROTOCOL_ERROR, Closes, Pongs, Welcomes, bytewise, case, frame, header, hello)

WRONG = Closes(PROTOCOL_ERROR)
NAMES = {CLOSE: "close", PING: "ping", PONG: "pong"}

CASES = []
for opcode, name in NAMES.items():
    CASES += [
        case(f"{name} of 126 bytes", "5.5", frame(opcode, bytes(126)), WRONG),
        case(f"{name} of 65536 bytes", "5.5", frame(opcode, bytes(65536)), WRONG),
        case(f"{name} of 5 in two bytes",
             "5.5", header(opcode, 126, struct.pack("!H", 5)) + bytes(5),
             WRONG),
        case(f"{name} of 5 in eight bytes",
             "5.5", header(opcode, 127, struct.pack("!Q", 5)) + bytes(5),
             WRONG),
        case(f"{name} that announces 126", "5.5", header(opcode, 126)[:2], WRONG),
        case(f"{name} that announces 2^63", "5.5", header(opcode, 127, struct.pack("!Q", 1 << 63)),
             WRONG),
        case(f"{name} not final", "5.5", frame(opcode, b"", final=False), WRONG),
        case(f"{name} in fragments", "5.5", frame(opcode, b"\x03\xe8", final=False) +
             frame(CONTINUATION, b"x"), WRONG),
        case(f"{name} not final, inside a message", "5.5", frame(BINARY, b"x", final=False) +
             frame(opcode, b"\x03\xe8", final=False), WRONG),
    ]

PAYLOADS = [("empty", b""), ("one byte", b"\0"), ("two bytes", b"\xff\xfe"), ("text", "火".encode()),
            ("no text", b"\xc0\xaf"), ("124 bytes", b"a" * 124), ("125 bytes", b"\xff" * 125),
            ("zeros", bytes(125)), ("what looks like a frame", b"\x88\x02\x03\xe8")]
for name, payload in PAYLOADS:
    CASES.append(case(f"ping: {name}", "5.5.2", frame(PING, payload), Pongs((payload,))))
    CASES.append(case(f"ping byte by byte: {name}", "5.5.2", bytewise(frame(PING, payload)),
                      Pongs((payload,))))
for mask in (bytes(4), b"\xff" * 4, b"\1\2\3\4"):
    CASES.append(case(f"ping with mask {mask.hex()}", "5.3", frame(PING, b"masked", mask=mask),
                      Pongs((b"masked",))))
_many = tuple(b"%d" % number for number in range(50))
CASES += [
    case("fifty pings at once", "5.5.3", b"".join(frame(PING, p) for p in _many), Pongs(_many)),
    case("fifty pings one by one", "5.5.3", tuple(frame(PING, p) for p in _many), Pongs(_many)),
    case("a pong nobody asked for", "5.5.3", frame(PONG, b"x") + frame(PING, b"y"), Pongs((b"y",))),
    case("a pong of 125 bytes", "5.5.3", frame(PONG, bytes(125)) + frame(PING,
         b"y"), Pongs((b"y",))),
    case("an empty pong", "5.5.3", frame(PONG) + frame(PING, b"y"), Pongs((b"y",))),
    case("a thousand pongs", "5.5.3", frame(PONG, b"x" * 100) * 1000 + frame(PING, b"y"),
         Pongs((b"y",))),
    case("ping before Hello", "5.5.2", frame(PING, b"first") + frame(BINARY, hello()),
         Welcomes((b"first",))),
    case("ping behind Hello", "5.5.2", frame(BINARY, hello()) + frame(PING, b"then"),
         Welcomes((b"then",))),
]
