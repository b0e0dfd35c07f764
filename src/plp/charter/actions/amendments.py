"""What changes after the signature: the partners are told, FPS Interior gets its letter (R95)."""

from datetime import date, datetime, timedelta
from pathlib import Path

from django.db import transaction

from plp.charter import refusals
from plp.charter.models import SLOTS, Amendment, Contact, Deed
from plp.charter.queries import office_holders, signed_deed
from plp.delivery import pages
from plp.delivery.letters import LetterTemplate, send_letter
from plp.journal.actions import note
from plp.mandates.grants import Permission, Role
from plp.mandates.models import Mandate
from plp.mandates.queries import permission_holders, require
from plp.partnership.models import Partnership
from plp.partnership.states import State as Life
from plp.people.models import Person
from plp.people.queries import contacts_of
from plp.toolbox.clock import local
from plp.toolbox.words import fold

LOOKED_BACK = timedelta(days=2)
TEXTS = Path(__file__).parents[1] / "texts"
SIGNATURE_REQUEST = LetterTemplate(TEXTS, "signature_request", "charter.signature_request")
AMENDMENT = LetterTemplate(TEXTS, "amendment", "charter.amendment")


def raise_and_mail_amendment(*, partnership: Partnership, cause: str, by: Person | None, at: datetime) -> None:
    """Note that the signed charter no longer says what holds, and tell the partners: once a cause and version.

    Does nothing while no charter is signed.
    """
    deed = signed_deed(partnership, Deed.Kind.CHARTER)
    if deed is None:
        return
    amendment, is_new = Amendment.objects.get_or_create(deed=deed, cause=cause, defaults={"raised_at": at})
    if not is_new:
        return
    amendment.partners_told = queue_letter_to_charter_writers(AMENDMENT, partnership, by=by, at=at)
    amendment.save(update_fields=["partners_told"])
    told = amendment.partners_told
    note(verb="charter.amended", by=by, at=at, area=partnership.area.path, target=amendment, cause=cause, told=told)


@transaction.atomic
def raise_amendments_for_ended_offices(*, by: None, at: datetime) -> None:
    """Amend each signed charter that names somebody whose mandate ended since the day before yesterday (R95)."""
    ended = Mandate.objects.filter(role__in=SLOTS, ends_at__gt=at - LOOKED_BACK, ends_at__lte=at)
    for mandate in ended.select_related("person", "area"):
        named = Contact.objects.filter(slot=mandate.role, partnership__area__path__startswith=mandate.area.path)
        living = named.exclude(partnership__state__in=(Life.ENDED, Life.MERGED))
        for contact in living.select_related("partnership__area"):
            holders = office_holders(contact.partnership, at=at)[Role(mandate.role)]
            if fold(contact.name) == fold(mandate.person.name) and mandate.person not in holders:
                raise_and_mail_amendment(partnership=contact.partnership, cause=Amendment.Cause.CONTACT, by=by, at=at)


def queue_letter_to_charter_writers(
    template: LetterTemplate, partnership: Partnership, *, by: Person | None, at: datetime
) -> int:
    """Queue one of our letters to everybody who writes this charter; answer how many copies."""
    return send_letter(
        template,
        to=contacts_of(permission_holders(Permission.CHARTER_WRITE, partnership.area, at=at)),
        context=lambda language: {
            "partnership": partnership.name(language),
            "link": pages.CHARTER.link(partnership.key),
        },
        area=partnership.area,
        by=by,
        at=at,
    )


@transaction.atomic
def note_interior_told_of_amendment(
    *, amendment: Amendment, on: date, reference: str, by: Person, at: datetime
) -> None:
    """Note that FPS Interior was told of the change, by which letter. Raises ``BadLetterDay``."""
    area = amendment.deed.partnership.area
    require(by, Permission.CHARTER_WRITE, area, at=at)
    if not local(amendment.raised_at).date() <= on <= local(at).date():
        raise refusals.BadLetterDay
    Amendment.objects.filter(pk=amendment.pk).update(
        interior_told_on=on, interior_reference=reference.strip(), noted_by=by
    )
    note(verb="charter.interior_told", by=by, at=at, area=area.path, target=amendment, on=str(on))
