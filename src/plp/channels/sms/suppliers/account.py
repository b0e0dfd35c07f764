"""Who we are at a supplier: what PLP_SMS_URL says, such as ``twilio://SID:TOKEN@?from=+32460001234``."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from plp.channels.sms.suppliers.descriptions import (
    HERE,
    FaultyDescription,
    SupplierDescription,
    read_description,
    supplier_keys,
)
from plp.toolbox.crypto import is_valid_signature, sign

INBOUND_PURPOSE = "sms-supplier"
EXAMPLE = "twilio://user:password@?from=+32460001234"
ALWAYS = frozenset({"from"})  # options that any supplier takes


@dataclass(frozen=True)
class SupplierAccount:
    """A supplier's description, and the values that stand in PLP_SMS_URL."""

    description: SupplierDescription
    values: Mapping[str, str]

    @property
    def supplier_key(self) -> str:
        """The name of the description, which stands in the address of callbacks."""
        return self.description.key

    @property
    def callback_path(self) -> str:
        """Where it brings receipts and replies; its last part is the secret of this installation."""
        return f"/api/inbound/sms/{self.supplier_key}/{sign(self.supplier_key, purpose=INBOUND_PURPOSE)}"

    def is_callback_secret(self, secret: str) -> bool:
        """Whether the last part of an address is that secret."""
        return is_valid_signature(self.supplier_key, secret, purpose=INBOUND_PURPOSE)


def parse_supplier_url(url: str, setting: str) -> SupplierAccount:
    """The account of the setting ``setting``; the scheme names the supplier, a path an own description.

    Raises ``ValueError`` with a sentence for whoever sets it up, without secrets.
    """
    parts = urlsplit(url)
    path = Path(unquote(parts.path)) if len(parts.path) > 1 else HERE / f"{parts.scheme}.toml"
    if path.parent == HERE and path.stem not in supplier_keys():
        names = ", ".join(supplier_keys())
        raise ValueError(f"{setting} must look like {EXAMPLE}: nobody described {parts.scheme}, only {names}.")
    try:
        description = read_description(path)
    except FaultyDescription as wrong:
        raise ValueError(f"{setting}: {wrong}") from wrong
    user, _colon, password = parts.netloc.rpartition("@")[0].partition(":")
    options = dict(parse_qsl(parts.query.replace("+", "%2B"), keep_blank_values=True))
    values = {"user": unquote(user), "password": unquote(password), "host": parts.hostname or "", **options}
    missing = next((key for key in description.account if not values.get(key)), "")
    if missing:
        raise ValueError(f"{setting}: {description.title} needs {missing} ({description.account[missing]}).")
    stray = next((key for key in options if key not in description.account and key not in ALWAYS), "")
    if stray:
        raise ValueError(f"{setting}: {description.title} knows no {stray}=.")
    return SupplierAccount(description, values)
