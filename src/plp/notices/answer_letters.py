"""Letters about what members say back: it arrived, help is called for, nobody reads this now. Never their words."""

from datetime import datetime, timedelta
from pathlib import Path

from plp.delivery import pages
from plp.delivery.letters import LetterTemplate, send_letter
from plp.documents.dates import date_format
from plp.mandates.grants import Permission
from plp.mandates.queries import permission_holders
from plp.mandates.rota_queries import on_call_persons_else_all
from plp.notices.models import HelpCall, Notice
from plp.partnership.letters import emergency_number_values
from plp.partnership.models import Partnership
from plp.people.models import ContactPoint, Person
from plp.people.queries import contacts_of
from plp.toolbox.clock import local

TEXTS = Path(__file__).parent / "texts"
ANSWER_TAKEN = LetterTemplate(TEXTS, "answer_taken", "notices.answer_taken")
CRY_LASTS = timedelta(hours=1)
CRY = LetterTemplate(TEXTS, "cry_for_help", "notices.cry", lasts=CRY_LASTS, despite_stop=True, to_unconfirmed=True)
HELP_CALLED = LetterTemplate(TEXTS, "help_called", "notices.help_called", lasts=timedelta(hours=12))
HELP_DRILL = LetterTemplate(TEXTS, "help_drill", "notices.help_called", lasts=timedelta(hours=12))
DESKS = {
    Permission.QUESTION_COORDINATOR: pages.HELP_CALLS_COORDINATOR,
    Permission.QUESTION_POLICE: pages.HELP_CALLS_POLICE,
}


def send_receipt_of_answer_to_police(notice: Notice, contact: ContactPoint, *, by: Person | None, at: datetime) -> int:
    """Write to whoever answered, where they wrote from, that the police alone read it, and whom to call in a hurry.

    It names the message that the answer lies with: words about one that has not left yet lie with an earlier one.
    """
    return _send_answer_letter(ANSWER_TAKEN, notice.partnership, contact, by=by, at=at, notice=notice)


def send_whom_to_call_to_crying_person(
    partnership: Partnership, contact: ContactPoint, *, by: Person | None, at: datetime
) -> int:
    """Write at once to whoever cries for help that nobody reads this now, and whom to call."""
    return _send_answer_letter(CRY, partnership, contact, by=by, at=at)


def _send_answer_letter(
    template: LetterTemplate,
    partnership: Partnership,
    contact: ContactPoint,
    *,
    by: Person | None,
    at: datetime,
    notice: Notice | None = None,
) -> int:
    return send_letter(
        template,
        to=ContactPoint.objects.filter(pk=contact.pk),
        context=lambda language: {
            "partnership": partnership.name(language),
            **({"message": f"{notice.get_kind_display()}, {_day_relayed_or_created_text(notice)}"} if notice else {}),
            **emergency_number_values(partnership, language),
        },
        area=partnership.area,
        by=by,
        at=at,
    )


def _day_relayed_or_created_text(notice: Notice) -> str:
    return date_format(local(notice.relayed_at or notice.created_at), "DATE_FORMAT")


def mail_help_call_to_desks(call: HelpCall, *, at: datetime) -> int:
    """Write to the coordinator, and for a cry or its drill to the police, that somebody calls: no name and no words.

    To whoever is on call, where a rota names somebody; ``followup`` tells the next ones (ADR 74).
    """
    area = call.partnership.area
    desks = [Permission.QUESTION_COORDINATOR]
    if call.cause != HelpCall.Cause.CALL_ME:
        desks.append(Permission.QUESTION_POLICE)
    staffed = [permission for permission in desks if permission_holders(permission, area, at=at).exists()]
    template = HELP_DRILL if call.cause == HelpCall.Cause.DRILL else HELP_CALLED
    return sum(
        _mail_on_call_holders_of_permission(template, call.partnership, permission, at=at) for permission in staffed
    )


def _mail_on_call_holders_of_permission(
    template: LetterTemplate, partnership: Partnership, permission: Permission, *, at: datetime
) -> int:
    link = DESKS[permission].link()
    return send_letter(
        template,
        to=contacts_of(
            on_call_persons_else_all(permission_holders(permission, partnership.area, at=at), partnership.area, at=at)
        ),
        context=lambda language: {"partnership": partnership.name(language), "link": link},
        area=partnership.area,
        by=None,
        at=at,
    )
