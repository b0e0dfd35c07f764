"""Whether a callback comes from the supplier: an HMAC over parts of the request, or a JWT (T34)."""

import base64
import hashlib
import hmac
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from plp.channels.sms.suppliers.account import SupplierAccount
from plp.channels.sms.suppliers.descriptions import SignatureRules

TOLERANCE = 3600  # seconds that a signed time may differ: a supplier brings again what we did not take
NEWLINE, DOT = b"\n", b"."


class SignedRequest(NamedTuple):
    """A request as it came: the public address with its query, the headers in lower case, the body, and its fields."""

    url: str
    headers: Mapping[str, str]
    body: bytes
    fields: Any


def is_genuine_request(account: SupplierAccount, request: SignedRequest, *, now: float) -> bool:
    """Whether the signature is the supplier's, and of our time. ``now``: seconds since 1970.

    Where the supplier signs nothing, the secret in the address is all there is, and was looked at before.
    """
    rules = account.description.callbacks.signature
    checks: dict[str, Callable[[SupplierAccount, SignatureRules, SignedRequest, float], bool]] = {
        "address": _accept_unsigned,
        "hmac": _is_right_hmac,
        "jwt": _is_right_jwt,
    }
    return checks[rules.kind](account, rules, request, now)


def _accept_unsigned(*_given: object) -> bool:
    return True


def _is_right_hmac(account: SupplierAccount, rules: SignatureRules, request: SignedRequest, now: float) -> bool:
    """An HMAC in base64 in a header, over the pieces that the description names."""
    if rules.time:
        moment = request.headers.get(rules.time.lower(), "")
        if not (moment.isascii() and moment.isdecimal()) or abs(now - int(moment[:12])) > TOLERANCE:
            return False
    message = b"".join(_signed_piece(piece, request) for piece in rules.over)
    right = hmac.digest(account.values[rules.key].encode(), message, rules.digest)
    return hmac.compare_digest(base64.b64encode(right), request.headers.get(rules.header.lower(), "").encode())


def _signed_piece(piece: str, request: SignedRequest) -> bytes:
    """The bytes of one piece. ``fields``: names and values of a form, sorted by name, with nothing between."""
    if piece.startswith("header:"):
        return request.headers.get(piece.removeprefix("header:").lower(), "").encode()
    fields = request.fields if isinstance(request.fields, dict) else {}
    pieces: dict[str, Callable[[], bytes]] = {
        "url": request.url.encode,
        "fields": lambda: "".join(f"{name}{fields[name]}" for name in sorted(fields)).encode(),
        "body": lambda: request.body,
        "body-sha256": lambda: hashlib.sha256(request.body).digest(),
        "newline": lambda: NEWLINE,
        "dot": lambda: DOT,
    }
    return pieces[piece]()


def _is_right_jwt(account: SupplierAccount, rules: SignatureRules, request: SignedRequest, now: float) -> bool:
    """A JWT (HS256) that names when it was made, us, and the digest of the body."""
    import jwt  # noqa: PLC0415 - heavy, and wanted by one supplier

    token = request.headers.get(rules.header.lower(), "").removeprefix("Bearer ")
    try:
        claims = jwt.decode(
            token,
            account.values[rules.key],
            algorithms=["HS256"],
            options={
                "verify_iat": False,
                "verify_nbf": False,
                "verify_exp": False,
                "verify_aud": False,
                "require": ["iat"],
            },
        )
    except jwt.PyJWTError:
        return False
    moment = claims["iat"]
    names_us = all(claims.get(claim) == account.values[place] for claim, place in rules.issuer.items())
    is_whole = claims.get("payload_hash") == hashlib.sha256(request.body).hexdigest()
    return isinstance(moment, int) and abs(now - moment) <= TOLERANCE and names_us and is_whole
