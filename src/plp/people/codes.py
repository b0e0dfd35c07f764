"""Somebody tries codes until one is right: the watch tells the operator (T5)."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from plp.journal.actions import note
from plp.people.actions import confirm_contact_and_clear_failure
from plp.people.models import Code, ContactPoint, Person
from plp.people.rules import (
    CODE_DIGITS,
    CODE_DIGITS_LONG,
    CODE_MINUTES,
    CODE_TRIES,
    CODES_WAITING,
)
from plp.toolbox.crypto import digest
from plp.toolbox.moves import Refused

GUESSES_NOTICED = 300  # tries at codes that were really sent, in an hour
HOUR = timedelta(hours=1)


def are_many_codes_tried(at: datetime) -> bool:
    """Whether so many tries were made in the past hour. Nobody is refused for it (ADR 34)."""
    tries = Code.objects.filter(created_at__gt=at - HOUR).aggregate(tries=Sum("tries"))["tries"]
    return (tries or 0) >= GUESSES_NOTICED


def delete_old_codes(*, at: datetime) -> int:
    """Delete the codes that have been over for an hour; answer how many."""
    return Code.objects.filter(expires_at__lt=at - HOUR).delete()[0]


MOST_TRIES = 30_000  # that are counted


class WrongCode(Refused):
    """The code is wrong, too old, used, asked for in another browser, or tried too often. One answer for all."""

    sentence = _(
        "This code is not right, or too old: look at the digits once more. The message with the code says how long it "
        "is good."
    )


@transaction.atomic
def issue_code(
    *, contact: ContactPoint, browser: str, by: Person | None, at: datetime, until: datetime | None = None
) -> str:
    """A fresh code for ``contact``: eight digits, valid for ten minutes in one browser, whose earlier code dies.

    With ``until`` it is one that stands: twelve digits, valid until then in every browser. So it is where no other can
    be sent for a while, so that nobody who asks first keeps the owner of the address out. While many codes wait, each
    has twelve digits (ADR 34). The caller sends it; here only its digest is kept.
    """
    secret = digest(browser, purpose="browser")
    Code.objects.filter(contact=contact, browser=secret, used_at=None, expires_at__gt=at).update(expires_at=at)
    hour = Code.objects.filter(created_at__gt=at - timedelta(hours=1), used_at=None)
    digits = CODE_DIGITS_LONG if until or len(hour.values_list("pk")[:CODES_WAITING]) == CODES_WAITING else CODE_DIGITS
    code = f"{secrets.randbelow(10**digits):0{digits}d}"
    Code.objects.create(
        contact=contact,
        digest=digest(code, purpose="code"),
        browser="" if until else secret,
        created_at=at,
        expires_at=until or at + timedelta(minutes=CODE_MINUTES),
    )
    note(verb="contact.code_issued", by=by, at=at, target=contact)
    return code


def confirm_contact_by_code(
    *, contact: ContactPoint | None, code: str, browser: str, by: Person | None, at: datetime
) -> ContactPoint:
    """Spend a code: the contact is then confirmed. Raises ``WrongCode``; each wrong try is counted even so.

    A code that stands has so many digits that its tries need no end: nobody can use them up.
    """
    typed = digest(code.strip(), purpose="code")
    with transaction.atomic():
        own = Q(browser=digest(browser, purpose="browser"), tries__lt=CODE_TRIES) | Q(browser="")
        among = Code.objects.select_for_update().filter(own, contact=contact, used_at=None, expires_at__gt=at)
        codes = list(among.order_by("-created_at"))  # asked for an unknown contact too: equal time (T45)
        right = next((candidate for candidate in codes if secrets.compare_digest(candidate.digest, typed)), None)
        for candidate in codes:
            candidate.tries, candidate.used_at = (
                min(candidate.tries + 1, MOST_TRIES),
                at if candidate is right else None,
            )
            candidate.save(update_fields=["tries", "used_at"])
    if right is None or contact is None:
        raise WrongCode
    confirm_contact_and_clear_failure(contact=contact, by=by, at=at)
    return contact
