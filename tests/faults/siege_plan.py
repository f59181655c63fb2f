"""What a siege consists of: each attack with its size, and what the hub may spend on it."""

import dataclasses
import sys

MIB = 1 << 20
# What one connection may hold: TLS and state, the stream's queue (64 KiB) and one alert behind it.
STREAM_BYTES = 128 * 1024
STRANGER_BYTES = 64 * 1024
BODY_BYTES = 128 * 1024   # room made for a body before any of it has come
# noroshi.toml's documents_bytes_max and answers_bytes_max as they are by default, and as much again
# for what is made of them: a document while it is examined, an answer while it is encoded.
DOCUMENTS_BYTES = 2 * 32 * MIB
ANSWERS_BYTES = 2 * 64 * MIB
BESIEGING_PUBLISHERS = 32  # limits are for an identity, so they are many
BESIEGING_CROWD = 64       # … where the same few are to come again and again
HANDSHAKE_SECONDS_MAX = 10.0
HEADER_SECONDS_MAX = 5.0
BODY_SECONDS_MAX = 10.0


@dataclasses.dataclass(frozen=True)
class Attack:
    """`count` connections at most; one may cost the hub `bytes_each` and, when it is silent in the
    middle of something, is ended after `seconds_max`. `shows` is the counter in which an operator
    sees it."""
    name: str
    count: int
    bytes_each: int
    seconds_max: float | None = None
    as_who: str = "crowd"
    shows: str | None = None


def attacks(long):
    """The full size takes minutes; otherwise a tenth of it."""
    size = 10 if long else 1
    return [
        Attack("garbage_tls", 8, STRANGER_BYTES),
        Attack("cut_handshakes", 8, STRANGER_BYTES),
        Attack("connect_and_reset", 8, STRANGER_BYTES, shows="connections_accepted_total"),
        Attack("half_handshakes", 100 * size, STRANGER_BYTES, HANDSHAKE_SECONDS_MAX),
        Attack("half_headers", 50 * size, STRANGER_BYTES, HEADER_SECONDS_MAX),
        Attack("half_bodies", 50 * size, BODY_BYTES, BODY_SECONDS_MAX, "publisher"),
        Attack("silent", 100 * size, STRANGER_BYTES),
        Attack("bad_tokens", 8, STRANGER_BYTES, shows="identity_failures_total"),
        Attack("hello_flood", 8, STREAM_BYTES, shows="streams_replaced_total"),
        Attack("broken_frames", 8, STREAM_BYTES),
        Attack("ping_flood", 8, STREAM_BYTES),
        Attack("ack_flood", 8, STREAM_BYTES),
        Attack("empty_fragments_flood", 8, STREAM_BYTES),
        Attack("large_uploads", 24 * size, DOCUMENTS_BYTES // (24 * size), None, "publisher"),
        Attack("unread_answers", 100 * size, ANSWERS_BYTES // (100 * size), None, "publisher",
               "busy_total" if long else None),
        Attack("never_read", 20 * size, STREAM_BYTES),
        Attack("slow_readers", 200 * size, STREAM_BYTES),
    ]


# Besiegers stand for other machines: they take what the hub and its healthy clients leave.
LEAVING_THE_REST = ["chrt", "--other", "0", "nice", "-n", "40"]

# slowhttptest's modes; -X reads answers, so it asks for them as somebody who gets some.
SLOW_MODES = {"slow_headers": ("-H",), "slow_bodies": ("-B", "-s", "100000"),
              "ranges": ("-R", "-a", "1", "-b", "3000"),
              "slow_reads": ("-X", "-k", "3", "-n", "1", "-w", "1", "-y", "32", "-z", "5")}


def slow_command(mode, door, token, connections, seconds):
    """slowhttptest has no option for a field of our own, so one rides behind Accept's value."""
    return [*LEAVING_THE_REST, "slowhttptest", *SLOW_MODES[mode], "-c", str(connections),
            "-r", str(connections), "-i", "1", "-l", str(int(seconds)), "-p", "5",
            "-f", "application/cap+xml", "-m", f"*/*\r\nAuthorization: Bearer {token}", "-v", "1",
            "-u", f"https://{door.authority}/v1/alerts"]


def besieger_command(attack, door, tokens_file):
    here = __file__.rpartition("/")[0]
    return [*LEAVING_THE_REST, sys.executable, f"{here}/besiege.py", attack.name,
            "--door", door.authority, "--ca", str(door.ca), "--tokens", str(tokens_file),
            "--count", str(attack.count)]
