"""Somebody at the till says that the shop has seen a message."""

from datetime import datetime

from django.db import transaction

from plp.firms.models import Firm
from plp.journal.actions import note
from plp.notices.models import Notice, ScreenAcknowledgement
from plp.people.models import Person


@transaction.atomic
def record_seen_on_shop_screen(*, notice: Notice, firm: Firm, by: Person | None, at: datetime) -> None:
    """Note that the shop has seen a message: the first touch counts, a second does nothing. The caller found both."""
    _row, created = ScreenAcknowledgement.objects.get_or_create(notice=notice, firm=firm, defaults={"at": at})
    if created:
        note(verb="notice.seen_at_till", by=by, at=at, area=notice.partnership.area.path, target=notice)
