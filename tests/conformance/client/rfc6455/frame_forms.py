"""Single frames: opcodes, reserved bits, masks and every form of a length (sections 5.1 to 5.3)."""

import struct

from .. import websocket
from ..websocket import BINARY, CLOSE, CONTINUATION, PING, PONG, TEXT
from .case import (MESSAGE_BYTES_MAX, POLICY, PROTOCOL_ERROR, TOO_BIG, Closes, Welcomes, bytewise,
                   case, frame, header, hello)

NAMES = {CONTINUATION: "continuation", TEXT: "text", BINARY: "binary", CLOSE: "close",
         PING: "ping", PONG: "pong"}
RESERVED = (3, 4, 5, 6, 7, 11, 12, 13, 14, 15)
WRONG = Closes(PROTOCOL_ERROR)


def two(number):
    return struct.pack("!H", number)


def eight(number):
    return struct.pack("!Q", number)


CASES = []
for opcode in RESERVED:
    for final in (True, False):
        for mask, how in ((None, "masked"), (False, "unmasked")):
            data = (websocket.frame(opcode, b"x", final=final) if mask is False
                    else frame(opcode, b"x", final=final))
            CASES.append(case(f"opcode {opcode}, {'final' if final else 'not final'}, {how}",
                              "5.2", data, WRONG))
    CASES.append(case(f"opcode {opcode}, nothing in it", "5.2", frame(opcode), WRONG))
for bits in range(1, 8):
    for opcode in (TEXT, BINARY, CLOSE, PING, PONG):
        CASES.append(case(f"reserved bits {bits:03b} of a {NAMES[opcode]}", "5.2",
                          frame(opcode, b"", reserved=bits), WRONG))
    CASES.append(case(f"reserved bits {bits:03b} of a continuation", "5.2",
                      frame(BINARY, b"x", final=False) +
                      frame(CONTINUATION, b"y", reserved=bits), WRONG))
for opcode, name in NAMES.items():
    for payload in (b"", b"ab"):
        CASES.append(case(f"{name} of {len(payload)} bytes without mask", "5.1",
                          websocket.frame(opcode, payload), WRONG))
CASES += [
    case("binary of 126 bytes without mask", "5.1", websocket.frame(BINARY, bytes(126)), WRONG),
    case("binary of 65536 bytes without mask", "5.1", websocket.frame(BINARY, bytes(65536)), WRONG),
]

for opcode in (TEXT, BINARY):
    for length in (0, 1, 125):
        CASES.append(case(f"{NAMES[opcode]} of {length} in two bytes", "5.2",
                          header(opcode, 126, two(length)) + bytes(length), WRONG))
    for length in (0, 1, 125, 126, 65535):
        CASES.append(case(f"{NAMES[opcode]} of {length} in eight bytes", "5.2",
                          header(opcode, 127, eight(length)) + bytes(length), WRONG))
    for length in (1 << 63, (1 << 63) + 5, (1 << 64) - 1):
        CASES.append(case(f"{NAMES[opcode]} of {length:#x}", "5.2",
                          header(opcode, 127, eight(length)), WRONG))
    for length in (MESSAGE_BYTES_MAX + 1, 1 << 20, (1 << 31) - 1, 1 << 31, 1 << 32, (1 << 63) - 1):
        CASES.append(case(f"{NAMES[opcode]} of {length:#x}, announced only", "7.4.1",
                          header(opcode, 127, eight(length)), Closes(TOO_BIG)))
CASES.append(case("a message of one byte too many", "7.4.1",
                  frame(BINARY, hello(MESSAGE_BYTES_MAX + 1)), Closes(TOO_BIG)))
CASES.append(case("a message of nothing", "5.2", frame(BINARY), Closes(POLICY)))

for size in (124, 125, 126, 127, 128, 255, 256, 32768, 65534, 65535, 65536):
    CASES.append(case(f"a message of {size}", "5.2", frame(BINARY, hello(size)), Welcomes()))
for mask in (bytes(4), b"\xff" * 4, b"\1\2\3\4", b"\0\0\0\xff", b"\xff\0\0\0"):
    CASES.append(case(f"mask {mask.hex()}",
    "5.3", frame(BINARY, hello(999), mask=mask), Welcomes()))
for size in (None, 125, 126, 300):
    CASES.append(case(f"byte by byte, {size or 'short'}", "5.2",
                      bytewise(frame(BINARY, hello(size))), Welcomes()))
_long = frame(BINARY, hello(65536))
CASES.append(case("header of 65536 byte by byte", "5.2",
                  bytewise(_long[:20]) + (_long[20:],), Welcomes()))
for cut in range(1, 14):
    CASES.append(case(f"65536 cut after {cut}", "5.2", (_long[:cut], _long[cut:]), Welcomes()))
CASES += [
    case("noise", "5.2", b"\xff" * 300, WRONG),
    case("HTTP", "5.2", b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", WRONG),
    case("a TLS record", "5.2", bytes([22, 3, 1, 2, 0, 1]) * 20, WRONG),
    case("opcode 3 byte by byte", "5.2", bytewise(frame(3, b"x")), WRONG),
]
