"""E-mail by SMTP."""

from plp.channels.email.channel import Email

__all__ = ["Email"]
