"""How a receiver is called: its address, the signature, when to try again. Pure."""

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Sequence
from datetime import timedelta

BEGINS = "whsec_"  # by which a scanner of sources knows one that somebody left in the open
MOST_TRIES = 20  # with pauses up to an hour: most of a day
KEPT = timedelta(days=30)  # calls that came to an end
# Nothing that two readers of addresses may read differently: no name, no port, no bracket, no backslash (T44).
ADDRESS = re.compile(r"https://(?P<host>[a-z0-9-]+(?:\.[a-z0-9-]+)+)/[A-Za-z0-9/_.~%?=&+-]{0,300}")
ON_THIS_MACHINE = re.compile(r"http://127\.0\.0\.1:\d{1,5}")  # as it stands in PLP_WEBHOOK_HOSTS, for trying only


def is_allowed_webhook_address(address: str, hosts: Sequence[str]) -> bool:
    """Whether an address is on a host of the list: a name, ``.name`` for any host of that domain."""
    match = ADDRESS.fullmatch(address)
    if match is None:
        beginnings = [allowed_host for allowed_host in hosts if ON_THIS_MACHINE.fullmatch(allowed_host)]
        return any(
            re.fullmatch(re.escape(allowed_host) + r"/[A-Za-z0-9/_-]{0,300}", address) for allowed_host in beginnings
        )
    host = match["host"]
    return any(
        host == allowed_host or (allowed_host.startswith(".") and host.endswith(allowed_host)) for allowed_host in hosts
    )


def new_webhook_secret() -> str:
    """A secret of 256 bits in the form of Standard Webhooks."""
    return BEGINS + base64.b64encode(secrets.token_bytes(32)).decode()


def webhook_signature(secret: str, call_id: str, unix_seconds: int, body: str) -> str:
    """What ``webhook-signature`` holds (Standard Webhooks, version 1): keyed over name, moment and body."""
    key = base64.b64decode(secret.removeprefix(BEGINS))
    mac = hmac.digest(key, f"{call_id}.{unix_seconds}.{body}".encode(), hashlib.sha256)
    return f"v1,{base64.b64encode(mac).decode()}"
