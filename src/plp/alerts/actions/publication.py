"""Open a calamity message to everybody, as CAP."""

from datetime import datetime

from django.db import transaction

from plp.alerts import refusals
from plp.alerts.models import Publication
from plp.alerts.queries import PUBLIC_KINDS
from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.queries import require
from plp.notices.models import Notice
from plp.notices.states import State
from plp.people.models import Person


@transaction.atomic
def publish_notice(
    *, notice: Notice, category: str, urgency: str, severity: str, certainty: str, by: Person, at: datetime
) -> Publication:
    """Let everybody read a calamity message that was sent to the members, in the words that were released.

    Raises ``NotAllowed``, ``NotPublishable`` or ``AlreadyPublished``.
    """
    require(by, Permission.NOTICE_RELEASE, notice.partnership.area, at=at)
    notice = Notice.objects.select_for_update().select_related("partnership__area").get(pk=notice.pk)
    if notice.kind not in PUBLIC_KINDS or notice.state != State.RELAYED:
        raise refusals.NotPublishable
    if Publication.objects.filter(notice=notice).exists():
        raise refusals.AlreadyPublished
    cap_values = {"category": category, "urgency": urgency, "severity": severity, "certainty": certainty}
    publication = Publication.objects.create(notice=notice, at=at, by=by, **cap_values)
    note(verb="alert.published", by=by, at=at, area=notice.partnership.area.path, target=notice, **cap_values)
    return publication
