"""Requests that two parties could read differently, as tables: one module a family."""

from . import (expected, field_lines, host, length, line_ends, meaning, request_line, target,
               transfer)

# Family by name, so that a failure says where its case stands.
FAMILIES = {module.__name__.rpartition(".")[2]: module.CASES
            for module in (transfer, length, host, line_ends, request_line, target, field_lines,
                           meaning)}
SOUND = expected.CASES
