"""Where replies by SMS come in: only the gateway of this installation may bring them (T34)."""

from plp.toolbox.crypto import is_valid_signature, sign

INBOUND_PURPOSE = "sms-inbound"
OPERATOR = "gateway"  # who may bring replies


def sms_reply_callback_path() -> str:
    """The address to give to the gateway for replies; its last part is the secret of this installation."""
    return f"/api/inbound/sms/{sign(OPERATOR, purpose=INBOUND_PURPOSE)}"


def is_gateway_callback_secret(secret: str) -> bool:
    """Whether the last part of an address is that secret."""
    return is_valid_signature(OPERATOR, secret, purpose=INBOUND_PURPOSE)
