"""Replies that were taken: brought a second time, nothing happens (T34)."""

from datetime import datetime

from plp.notices.models import TakenReply
from plp.toolbox.crypto import digest


def record_reply_unless_already_taken(event: str, at: datetime) -> bool:
    """Whether this reply was not taken before; an empty name always is new."""
    if not event:
        return True
    key = digest(event, purpose="reply")
    return TakenReply.objects.get_or_create(event=key, defaults={"at": at})[1]
