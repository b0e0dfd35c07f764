"""A code in the letterbox: printed on a letter to somebody who waits, typed by whoever lives or works there (R24, R65).

Nobody has to ring at the door: the letter reached it. Wrong codes open nothing; of nine signs there are more than ten
million million (ADR 34).
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from plp.delivery.installed import channels, senders
from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.queries import require
from plp.membership.models import LetterboxCode, Membership
from plp.membership.states import Belonging
from plp.people import actions as persons
from plp.people.models import Person
from plp.toolbox.crypto import digest
from plp.toolbox.ids import normalise_code, readable_code

CODE_LASTS = timedelta(days=30)


def needs_code_letter(membership: Membership) -> bool:
    """Whether a letter helps somebody who waits: they have a door here, and no mail or SMS asked them already.

    Needs contacts loaded.
    """
    is_asked = membership.says_yes_anew and any(
        contact.channel in senders() for contact in membership.person.contacts.all()
    )
    return membership.person.household_id is not None and not is_asked


@transaction.atomic
def issue_letterbox_codes(*, memberships: Iterable[Membership], by: Person, at: datetime) -> dict[Membership, str]:
    """The code of each who waits and has a door here; valid from now on for thirty days. Raises ``NotAllowed``."""
    codes = {}
    for membership in memberships:
        require(by, Permission.MEMBERS_MANAGE, membership.partnership.area, at=at)
        codes[membership] = readable_code(int(digest(membership.pk.hex, purpose="letterbox"), 16))
        LetterboxCode.objects.update_or_create(
            membership=membership,
            defaults={
                "digest": digest(codes[membership], purpose="partnership.letterbox"),
                "printed_at": at,
                "expires_at": at + CODE_LASTS,
            },
        )
        note(verb="membership.code_printed", by=by, at=at, area=membership.partnership.area.path, target=membership)
    return codes


def membership_of_letterbox_code(typed: str, *, at: datetime) -> Membership | None:
    """Who got the letter with this code, however it was typed, while it is valid; ``None`` for any other code."""
    code = normalise_code(typed)
    printed = LetterboxCode.objects.filter(digest=digest(code, purpose="partnership.letterbox"), expires_at__gt=at)
    inside = printed.filter(membership__state__in=[Belonging.PENDING, Belonging.ACTIVE]) if code else printed.none()
    printed_code = inside.select_related("membership__partnership__area", "membership__person").first()
    return printed_code.membership if printed_code else None


@transaction.atomic
def record_home_as_proven(*, membership: Membership, by: Person | None, at: datetime) -> bool:
    """The code of the letter was typed: they live or work there, and letters reach them. Whether that is news."""
    if not LetterboxCode.objects.filter(membership=membership, proven_at=None).update(proven_at=at):
        return False
    letterboxes = [key for key, channel in channels().items() if channel.abilities.paper]
    for contact in membership.person.contacts.filter(channel__in=letterboxes, confirmed_at=None):
        persons.confirm_contact_and_clear_failure(contact=contact, by=by, at=at)
    note(verb="membership.home_proven", by=by, at=at, area=membership.partnership.area.path, target=membership)
    return True
