"""Print the lines that a Kannel gateway needs so that it sends for us and brings us replies."""

import argparse

from django.conf import settings

from plp.channels.sms.replies import inbound_path
from plp.ops.cli import SUCCESS

# %p, %b, %C and %I are Kannel's own: number, words, charset and name of a reply. What we answer is sent back.
GROUPS = """\
group = sendsms-user
username = "the name in PLP_SMS_URL"
password = "the password in PLP_SMS_URL"
concatenation = true
max-messages = 10

group = sms-service
keyword = default
max-messages = 1
omit-empty = true
get-url = "{replies}?from=%p&text=%b&charset=%C&id=%I"
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(options: argparse.Namespace) -> int:
    """Print the groups for ``kannel.conf``. The address of replies is a secret: who has it can say STOP for others."""
    origin = settings.SMS_CALLBACK_ORIGIN or settings.ORIGIN
    print(GROUPS.format(replies=f"{origin}{inbound_path()}"), end="")
    return SUCCESS
