"""RFC 6455 as tables, own work: one module a family, the section named in each case."""

from . import closing, control, fragments, frame_forms, handshake, json_text, text

FAMILIES = {module.__name__.rpartition(".")[2]: module.CASES
            for module in (frame_forms, fragments, control, closing, text)}
HANDSHAKES = handshake.CASES
JSON = json_text.CASES  # on the subprotocol of text messages
