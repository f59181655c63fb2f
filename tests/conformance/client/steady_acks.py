"""A subscriber on the stream that takes everything and answers while it is told to: deliveries and
probes alike; what it owes is answered with the next."""

import threading

from . import websocket


class SteadyAcks(threading.Thread):
    def __init__(self, stream, answers=True):
        super().__init__(name="steady acks", daemon=True)
        self.answers = answers
        self._stream = stream
        self._over = False
        self.start()

    def run(self):
        self._stream.hello()
        try:
            while not self._over:
                try:
                    message = self._stream.receive(0.2)
                except TimeoutError:
                    continue
                kind = message.WhichOneof("message")
                if kind in ("delivery", "probe") and self.answers:
                    self._stream.ack(getattr(message, kind).sequence)
        except (OSError, websocket.Closed, websocket.ProtocolViolation):
            pass  # the hub has gone

    def close(self):
        self._over = True
        self.join(10)
        self._stream.close()
