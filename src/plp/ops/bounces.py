"""What other mail servers send back becomes a receipt of its copy, if our own signature says which one (T34)."""

from datetime import datetime
from typing import Any

from plp.channels.email.incoming_mail import parse_bounce
from plp.channels.email.refusals import refusal_reason
from plp.channels.email.verp import copy_numbers_and_macs_in, is_signed_by_us
from plp.delivery.actions import record_receipt_and_move_dispatch
from plp.delivery.channel import COMPLAINT, Receipt
from plp.delivery.queries import reference_of_copy
from plp.delivery.states import State

CHANNEL = "email"
BACK = "bounced"  # it came back, and nothing says that the mailbox is to blame


def record_new_bounce_or_complaint(report: dict[str, Any], *, at: datetime) -> bool:
    """Keep what a report says of one of our copies (see ``parse_bounce``). Whether that was news.

    Nobody can speak of a copy that was not sent to them, and each thing is said of a copy once: a report that is forged
    or brought again changes nothing.
    """
    for number, signature in copy_numbers_and_macs_in(" ".join(report["addressed"])):
        reference = reference_of_copy(CHANNEL, number)
        if reference and is_signed_by_us(reference, signature):
            return record_receipt_and_move_dispatch(
                channel=CHANNEL, receipt=receipt_of_bounce(report, reference), at=at
            )
    return False


def receipt_of_bounce(report: dict[str, Any], reference: str) -> Receipt:
    """A report in the words of the outbox: only *failed* and a complaint say something about the address."""
    outcome = report["outcome"]
    if outcome == "complaint":
        state, reason = State.DELIVERED, COMPLAINT
    elif outcome == "failed":
        state, reason = State.FAILED, refusal_reason(report["words"], status=report["status"]) or BACK
    else:
        state, reason = (State.DELIVERED, "") if outcome == "delivered" else (State.ACCEPTED, "delayed")
    return Receipt(reference, state, f"{reference}:{outcome}", reason)


def record_bounce_in_returned_mail(raw: bytes, recipient: str, *, at: datetime) -> bool:
    """Take a mail that came to ``recipient`` (as the mail server says, or empty). Whether it was a report with news."""
    report = parse_bounce(raw)
    if report is None:
        return False
    return record_new_bounce_or_complaint(report | {"addressed": [recipient, *report["addressed"]]}, at=at)
