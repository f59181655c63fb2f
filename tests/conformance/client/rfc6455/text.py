"""Text (sections 5.6 and 8.1; RFC 3629): what is not UTF-8 is 1007; what is, is still not taken on
a subprotocol of binary messages, 1003."""

from ..websocket import CONTINUATION, TEXT
from .case import NOT_TAKEN, NOT_TEXT, Closes, bytewise, case, frame

VALID = [
    ("empty", b""), ("ASCII", b"{}"), ("NUL", b"\0"), ("DEL", b"\x7f"),
    ("first of two", b"\xc2\x80"),
    ("last of two", b"\xdf\xbf"), ("first of three", b"\xe0\xa0\x80"), ("kanji", "避難指示".encode()),
    ("below the surrogates", b"\xed\x9f\xbf"), ("above the surrogates", b"\xee\x80\x80"),
    ("replacement", b"\xef\xbf\xbd"), ("no character FFFE", b"\xef\xbf\xbe"),
    ("no character FFFF", b"\xef\xbf\xbf"), ("byte order mark", b"\xef\xbb\xbf{}"),
    ("first of four", b"\xf0\x90\x80\x80"), ("kanji beyond the plane", "𠮷".encode()),
    ("last there is", b"\xf4\x8f\xbf\xbf"), ("65536 bytes", "火".encode() * 21845 + b"!"),
]
INVALID = [
    ("lone continuation 80", b"\x80"), ("lone continuation BF", b"\xbf"),
    ("two continuations", b"\x80\xbf"), ("64 continuations", bytes(range(0x80, 0xC0))),
    ("two cut to one", b"\xc2"), ("three cut to one", b"\xe7"), ("three cut to two", b"\xe7\x81"),
    ("four cut to one", b"\xf0"), ("four cut to two", b"\xf0\x90"),
    ("four cut to three", b"\xf0\x90\x80"),
    ("two and a letter", b"\xc2a"), ("three and a letter", b"\xe7\x81a"),
    ("four and a letter", b"\xf0\x90\x80a"), ("byte FE", b"\xfe"), ("byte FF", b"\xff"),
    ("bytes FE FF", b"\xfe\xfe\xff\xff"), ("overlong NUL", b"\xc0\x80"),
    ("overlong slash", b"\xc0\xaf"),
    ("overlong slash in three", b"\xe0\x80\xaf"), ("overlong slash in four", b"\xf0\x80\x80\xaf"),
    ("overlong slash in five", b"\xf8\x80\x80\x80\xaf"),
    ("overlong slash in six", b"\xfc\x80\x80\x80\x80\xaf"),
    ("overlong 7F", b"\xc1\xbf"), ("overlong 7FF", b"\xe0\x9f\xbf"),
    ("overlong FFFF", b"\xf0\x8f\xbf\xbf"),
    ("surrogate D800", b"\xed\xa0\x80"), ("surrogate DBFF", b"\xed\xaf\xbf"),
    ("surrogate DC00", b"\xed\xb0\x80"), ("surrogate DFFF", b"\xed\xbf\xbf"),
    ("a pair of surrogates", b"\xed\xa0\x80\xed\xb0\x80"), ("beyond Unicode", b"\xf4\x90\x80\x80"),
    ("far beyond Unicode", b"\xf7\xbf\xbf\xbf"), ("five bytes", b"\xf8\x88\x80\x80\x80"),
    ("six bytes", b"\xfc\x84\x80\x80\x80\x80"), ("Latin-1", "désastre".encode("latin-1")),
    ("Shift_JIS", "避難指示".encode("shift_jis")), ("EUC-JP", "避難指示".encode("euc_jp")),
    ("UTF-16", "避難指示".encode("utf-16")), ("bad behind good", "避難".encode() + b"\xff"),
    ("bad before good", b"\xff" + "避難".encode()),
]


def in_two(text, at):
    return frame(TEXT, text[:at], final=False) + frame(CONTINUATION, text[at:])


CASES = []
for texts, code in ((VALID, NOT_TAKEN), (INVALID, NOT_TEXT)):
    for name, text in texts:
        CASES.append(case(name, "8.1", frame(TEXT, text), Closes(code)))
        if len(text) < 20:
            CASES.append(case(f"{name}, byte by byte", "8.1", bytewise(frame(TEXT, text)),
                              Closes(code)))
        for at in range(1, min(len(text), 6)):
            CASES.append(case(f"{name}, cut after {at}", "5.4", in_two(text, at), Closes(code)))
