"""What a case says: the bytes a client sends after the upgrade, and what the hub answers."""

import dataclasses
import os

from .. import websocket
from ..messages import ClientMessage

MESSAGE_BYTES_MAX = 64 * 1024
PROTOCOL_ERROR, NOT_TAKEN, NOT_TEXT, TOO_BIG, POLICY = 1002, 1003, 1007, 1009, 1008


@dataclasses.dataclass(frozen=True)
class Closes:
    """The hub's close frame has this code, None for a close frame without one."""
    code: int | None


@dataclasses.dataclass(frozen=True)
class Welcomes:
    """The bytes were a Hello; pongs with these payloads come before or behind, in this order."""
    pongs: tuple = ()


@dataclasses.dataclass(frozen=True)
class Pongs:
    payloads: tuple


@dataclasses.dataclass(frozen=True)
class Case:
    name: str
    section: str
    sent: tuple  # parts, each sent by itself
    answer: object


def case(name, section, sent, answer):
    return Case(name, section, sent if isinstance(sent, tuple) else (sent,), answer)


def frame(opcode, payload=b"", final=True, mask=None, reserved=0):
    """A client's frame, masked as it must be."""
    key = os.urandom(4) if mask is None else mask
    return websocket.frame(opcode, payload, final=final, mask=key, reserved=reserved)


def header(opcode, length_byte, extended=b"", final=True):
    """A masked header of whatever form, with a mask that changes nothing."""
    first = (0x80 if final else 0) | opcode
    return bytes([first, 0x80 | length_byte]) + extended + bytes(4)


def bytewise(data):
    return tuple(data[at:at + 1] for at in range(len(data)))


def hello(size=None):
    """A Hello, padded to `size` bytes with a field of tomorrow."""
    message = ClientMessage()
    message.hello.window = 1
    encoded = message.SerializeToString()
    if size is None:
        return encoded
    for digits in range(1, 5):  # bytes that the length of the padding takes
        rest = size - len(encoded) - 2 - digits
        if rest >= 0 and len(_varint(rest)) == digits:
            return encoded + _varint(1000 << 3 | 2) + _varint(rest) + bytes(rest)
    raise ValueError(f"no Hello has {size} bytes")


def _varint(number):
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)
