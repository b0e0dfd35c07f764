"""What members answer a call about a message by pressing a key: that they heard it, and that they need help."""

from datetime import datetime

from plp.delivery.channel import HELP_WANTED
from plp.delivery.models import Dispatch
from plp.notices.actions.answers import record_notice_of_call_heard
from plp.notices.actions.help_calls import open_help_call_and_mail_coordinator


def record_call_heard_and_open_help_call_if_asked(dispatch: Dispatch, at: datetime) -> None:
    """Note that the message was heard, whatever was pressed; who asks for help is red on the coordinator's desk."""
    if dispatch.contact is None:
        return
    person = dispatch.contact.person
    record_notice_of_call_heard(message=dispatch.message, by=person, at=at)
    if dispatch.reason == HELP_WANTED:
        open_help_call_and_mail_coordinator(message=dispatch.message, channel=dispatch.channel, by=person, at=at)
