"""Whether a webhook is the hub's: Standard Webhooks (its specification, "Signature scheme"), verified with
Python's standard library."""

import base64
import hmac
import re

TOLERANCE_SECONDS = 300


class NotGenuine(Exception):
    """To be answered 401; nothing of the body is to be believed."""


def verify(secrets, headers, body, now):
    """Returns when one of `secrets` (whsec_…, two while they are changed) signed these very bytes, at most five
    minutes from `now` (Unix seconds); else raises NotGenuine. `headers` are by lower-case name."""
    try:
        identifier, timestamp, signatures = (headers[f"webhook-{name}"]
                                             for name in ("id", "timestamp", "signature"))
    except KeyError as missing:
        raise NotGenuine(f"no header {missing}") from None
    if not re.fullmatch(r"[0-9]{1,12}", timestamp) or abs(now - int(timestamp)) > TOLERANCE_SECONDS:
        raise NotGenuine("not of these minutes: an old one sent again, or a wrong clock")
    signed = f"{identifier}.{timestamp}.".encode() + body
    for secret in secrets:
        key = base64.b64decode(secret.removeprefix("whsec_"))
        wanted = "v1," + base64.b64encode(hmac.digest(key, signed, "sha256")).decode()
        for signature in signatures.split(" "):
            if hmac.compare_digest(signature.encode(), wanted.encode()):
                return
    raise NotGenuine("no signature fits")
