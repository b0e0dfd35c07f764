"""Read the mailbox of answers once, as the worker does every minute."""

import argparse

from django.conf import settings

from plp.channels.email.inbox import BadInboxUrl, InboxUnreachable
from plp.ops.cli import SUCCESS, Failed, say
from plp.ops.inbox import AnswerMailbox


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(options: argparse.Namespace) -> int:
    """Fetch, act, mark as read. Says how many mails were read, and how many of them did something."""
    if not settings.IMAP_URL:
        raise Failed("No mailbox is set: name it in PLP_IMAP_URL, for example imaps://user:password@imap.example.be.")
    box = AnswerMailbox()
    try:
        box.fetch_new_mails_and_delete_old()
        mails_handled = box.record_bounces_and_answer_fetched_mails()
        read = len(box.handled)
        box.open_inbox_and_mark_answered_as_seen()
    except BadInboxUrl as wrong:
        raise Failed(str(wrong)) from wrong
    except InboxUnreachable as fault:
        raise Failed(f"The mailbox cannot be read ({fault.reason}): check PLP_IMAP_URL and the server.") from fault
    say(f"plp: {read} mails read, {mails_handled} of them did something.")
    return SUCCESS
