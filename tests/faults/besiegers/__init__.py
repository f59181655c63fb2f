"""Besiegers by name: each a function of the field, giving what it met."""

from . import heavy, readers, strangers, talkers

ALL = {function.__name__: function
       for module in (strangers, readers, talkers, heavy) for function in module.BESIEGERS}
