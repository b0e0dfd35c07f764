"""E-mail by SMTP."""

from plp.channels.email.channel import Email
