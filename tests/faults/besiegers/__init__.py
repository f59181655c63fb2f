"""Besiegers by name: each a function of the field, giving what it met."""

from . import readers, strangers, talkers

ALL = {function.__name__: function
       for module in (strangers, readers, talkers) for function in module.BESIEGERS}
