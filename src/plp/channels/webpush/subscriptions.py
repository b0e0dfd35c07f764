"""What a browser gives us to reach it: an address at its push service and two keys (RFC 8030, 8291)."""

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence

from cryptography.hazmat.primitives.asymmetric import ec

LONGEST = 2_000  # characters of a subscription
# Nothing that two readers of addresses may read differently: no name, no port, no bracket, no backslash (T44).
ENDPOINT = re.compile(r"https://(?P<host>[a-z0-9-]+(?:\.[a-z0-9-]+)+)/[A-Za-z0-9/_.~:%?=&+,;@-]*")
ON_THIS_MACHINE = re.compile(r"http://127\.0\.0\.1:\d{1,5}")  # as it stands in PLP_PUSH_HOSTS, for trying only


def is_allowed_endpoint(endpoint: str, hosts: Sequence[str]) -> bool:
    """Whether an address is that of a push service in ``hosts``: a name, ``.name`` for any host of that domain."""
    match = ENDPOINT.fullmatch(endpoint)
    if match is None:
        return any(
            ON_THIS_MACHINE.fullmatch(allowed) and re.fullmatch(re.escape(allowed) + r"/[A-Za-z0-9/_-]*", endpoint)
            for allowed in hosts
        )
    host = match["host"]
    return any(host == allowed or (allowed.startswith(".") and host.endswith(allowed)) for allowed in hosts)


def normalise_subscription(raw: str, hosts: Sequence[str]) -> str:
    """A subscription as it is stored: one line of JSON with its address and two keys.

    Raises ``ValueError`` for anything that is no subscription, or one of a service that is not in ``hosts``.
    """
    if len(raw) > LONGEST:
        raise ValueError("too long")
    try:
        subscription = json.loads(raw)
        endpoint, keys = subscription["endpoint"], subscription["keys"]
        point, secret = _decode_base64url(keys["p256dh"]), _decode_base64url(keys["auth"])
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except (TypeError, KeyError, RecursionError) as wrong:
        raise ValueError("no subscription") from wrong
    if len(secret) != 16 or not isinstance(endpoint, str) or not is_allowed_endpoint(endpoint, hosts):
        raise ValueError("no subscription of a known service")
    normalised = {"endpoint": endpoint, "keys": {"p256dh": base64url(point), "auth": base64url(secret)}}
    return json.dumps(normalised, separators=(",", ":"))


def base64url(content: bytes) -> str:
    """Bytes in the alphabet of addresses, without padding."""
    return urlsafe_b64encode(content).decode().rstrip("=")


def _decode_base64url(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
