"""A sound request as parts, and ways to spoil one of them."""

import dataclasses

BOTH = ("POST", "GET")


@dataclasses.dataclass(frozen=True)
class Request:
    line: bytes
    fields: tuple
    body: bytes = b""

    def encoded(self):
        return b"\r\n".join([self.line, *self.fields]) + b"\r\n\r\n" + self.body

    def named(self, name):
        """The lines of one field."""
        begin = name.lower().encode() + b":"
        return tuple(line for line in self.fields if line.lower().startswith(begin))

    def without(self, name):
        named = self.named(name)
        return dataclasses.replace(
            self, fields=tuple(line for line in self.fields if line not in named))

    def adding(self, *lines):
        return dataclasses.replace(self, fields=self.fields + lines)


@dataclasses.dataclass(frozen=True)
class Case:
    """`spoil` takes a Request and gives one, or the bytes to send instead; `status` refuses it."""
    name: str
    spoil: object
    status: int
    bases: tuple = BOTH  # methods of the sound requests it is tried on


def add(*lines):
    return lambda request: request.adding(*lines)


def first(*lines):
    return lambda request: dataclasses.replace(request, fields=lines + request.fields)


def edit(name, *values):
    """Replaces a field, by one for each value."""
    def spoil(request):
        lines = (name.encode() + b": " + value for value in values)
        return request.without(name).adding(*lines)
    return spoil


def line(template):
    """Replaces the request line; METHOD stands for the method of the sound request, and TARGET
    for its target."""
    def spoil(request):
        method, target, _ = request.line.split(b" ")
        return dataclasses.replace(
            request, line=template.replace(b"METHOD", method).replace(b"TARGET", target))
    return spoil


def raw(change):
    """Edits the bytes on the wire."""
    return lambda request: change(request.encoded())
