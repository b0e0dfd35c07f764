"""The mails that tell police what waits for them: a message to release, or one of others to take over."""

from datetime import datetime, timedelta
from pathlib import Path

from django.db.models import QuerySet

from plp.charter.kinds import KINDS
from plp.delivery import pages
from plp.delivery.letters import LetterTemplate, send_letter
from plp.mandates.grants import Permission
from plp.mandates.queries import permission_holders
from plp.mandates.rota_queries import on_call_persons_else_all
from plp.notices.models import Forwarding, Notice
from plp.notices.queries.writers import persons_who_may_release, writers_of_notice
from plp.partnership.signs import SIGNS
from plp.people.models import Person
from plp.people.queries import contacts_of

TEXTS = Path(__file__).parent / "texts"
WAITING_LASTS = timedelta(hours=12)
TO_RELEASE = LetterTemplate(TEXTS, "to_release", "notices.to_release", lasts=WAITING_LASTS)
TO_ACCEPT = LetterTemplate(TEXTS, "to_accept", "notices.to_accept", lasts=WAITING_LASTS)


def mail_releasers_that_notice_waits(notice: Notice, *, by: Person, at: datetime) -> int:
    """Tell the persons who may release it, none of whom wrote some of it, that it waits; its words stay here.

    Whoever of them is on call first, where a rota names somebody (ADR 74).
    """
    able = persons_who_may_release(notice, at=at).exclude(pk=by.pk)
    return _mail_notice_letter_to_officers(
        TO_RELEASE, notice, on_call_persons_else_all(able, notice.partnership.area, at=at), by=by, at=at
    )


def mail_takeover_request_to_police(forwarding: Forwarding, lead: Notice, *, by: Person, at: datetime) -> int:
    """Tell the police of the place that a message of others waits for their answer (R120); its words stay here."""
    there = Notice(partnership=forwarding.partnership, kind=lead.kind)
    persons = permission_holders(Permission.NOTICE_RELEASE, forwarding.partnership.area, at=at).exclude(pk=by.pk)
    persons = persons.exclude(pk__in=writers_of_notice(lead).values("pk"))
    return _mail_notice_letter_to_officers(TO_ACCEPT, there, persons, by=by, at=at)


def _mail_notice_letter_to_officers(
    template: LetterTemplate, notice: Notice, officers: QuerySet[Person], *, by: Person, at: datetime
) -> int:
    """Send one of this room's letters about a notice."""
    return send_letter(
        template,
        to=contacts_of(officers),
        context=lambda language: {
            "sign": SIGNS[notice.partnership.kind][language],
            "partnership": notice.partnership.name(language),
            "kind": str(KINDS[notice.kind].label),
            "link": pages.START.link(),
        },
        area=notice.partnership.area,
        by=by,
        at=at,
    )
