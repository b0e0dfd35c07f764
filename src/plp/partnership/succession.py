"""A coordinator goes: told to those who see to the next one; until then the deputies or the police hold (R152)."""

from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from plp.delivery import pages
from plp.delivery.letters import LetterTemplate, send_letter
from plp.delivery.texts import strip_slots
from plp.documents.dates import date_format
from plp.mandates import actions as mandates
from plp.mandates.grants import Permission
from plp.mandates.models import Mandate
from plp.mandates.queries import mandates_of_exact_area, permission_holders
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.people.queries import contacts_of

TEXTS = Path(__file__).parent / "texts"
RESIGNED = LetterTemplate(TEXTS, "resigned", "partnership.resigned")


@transaction.atomic
def resign_and_notify(*, partnership: Partnership, mandate: Mandate, last_day: date, by: Person, at: datetime) -> None:
    """Lay down one's own mandate after ``last_day``; officers, deputies and committee are told.

    Raises what ``mandates.resign_mandate`` raises.
    """
    mandates.resign_mandate(mandate=mandate, last_day=last_day, by=by, at=at)
    officers = permission_holders(Permission.MANDATE_APPOINT_COORDINATOR, partnership.area, at=at)
    others_in_office = Person.objects.filter(pk__in=mandates_of_exact_area(partnership.area, at=at).values("person"))
    send_letter(
        RESIGNED,
        to=contacts_of((officers | others_in_office).exclude(pk=by.pk)),
        context=lambda language: {
            "partnership": partnership.name(language),
            "who": strip_slots(by.name),
            "role": str(mandate.get_role_display()),
            "day": date_format(last_day, "DATE_FORMAT"),
            "link": pages.SUCCESSION.link(partnership.key),
        },
        area=partnership.area,
        by=by,
        at=at,
    )
