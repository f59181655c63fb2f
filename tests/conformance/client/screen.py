"""A program on a terminal of its own, and what that terminal shows."""

import codecs
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
import unicodedata

_STEP = re.compile(r"\x1b\[(\d*)([A-Za-z])|([^\x1b])|(\x1b)", re.DOTALL)


def columns(text):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
               for c in text)


class Screen:
    """A terminal so far as a program that draws in place needs one: it moves up, erases below,
    breaks a line that is too long, scrolls."""

    def __init__(self, command, environment, lines=24, width=80):
        self.lines, self.width = lines, width
        self.text, self.row = [""], 0
        self.output = ""
        self.broken_lines = 0
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._rest = ""
        self._master, follower = pty.openpty()
        self._resize()
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=follower,
                                        stderr=follower, env=environment, start_new_session=True)
        os.close(follower)

    def resize(self, lines, width):
        self.lines, self.width = lines, width
        self._resize()
        self.process.send_signal(signal.SIGWINCH)

    def _resize(self):
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", self.lines, self.width, 0, 0))

    def read(self, seconds):
        """Takes what comes within so long; False at the program's end."""
        if not select.select([self._master], [], [], seconds)[0]:
            return True
        try:
            more = os.read(self._master, 65536)
        except OSError:
            return False
        text = self._decoder.decode(more)
        self.output += text
        self._obey(self._rest + text)
        return bool(more)

    def _obey(self, text):
        whole = re.search(r"\x1b(\[\d*)?$", text)  # an escape that is not all here yet
        self._rest = text[whole.start():] if whole else ""
        text = text[:whole.start()] if whole else text
        for number, letter, character, strange in _STEP.findall(text):
            if letter == "A":
                self.row -= int(number or 1)
                assert self.row >= max(0, len(self.text) - self.lines), "drawn above the terminal"
            elif letter == "J":
                del self.text[self.row + 1:]
                self.text[self.row] = ""
            elif letter or strange:
                raise AssertionError(f"a sequence nobody asked for: {number}{letter}")
            elif character == "\n":
                self.row += 1
                if self.row == len(self.text):
                    self.text.append("")
            elif character != "\r":
                if columns(self.text[self.row] + character) > self.width:
                    self.broken_lines += 1
                    self.row += 1
                    self.text.insert(self.row, "")
                self.text[self.row] += character

    def until(self, shown, seconds):
        """Waits until the text that is there is as wanted."""
        deadline = time.monotonic() + seconds
        while not shown("\n".join(self.text)):
            assert time.monotonic() < deadline, "\n".join(self.text)
            if not self.read(0.1):
                assert shown("\n".join(self.text)), "\n".join(self.text)

    def end(self, seconds):
        """Waits for the program's end; its exit code, as a shell has it."""
        deadline = time.monotonic() + seconds
        while self.read(0.1):
            assert time.monotonic() < deadline, "it goes on"
        code = self.process.wait(seconds)
        return code if code >= 0 else 128 - code

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self._master)
