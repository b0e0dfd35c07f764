"""Codes guessed over a whole population at full speed, with a clock that is moved (T5).

Every code is sent to somebody who did not ask, and tried six times: nobody uses one, so that as many wait as can.
"""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import time_machine
from django.core.management import call_command
from django.db import transaction
from django.test import RequestFactory

from plp.people import codes
from plp.people.models import Code, ContactPoint
from plp.people.rules import CODE_DIGITS, CODE_DIGITS_LONG, CODE_TRIES
from plp.portal.shell.codes import CodeForm, confirm_contact_by_typed_code
from tests.factories import outbox

BEGIN = datetime(2026, 11, 25, 0, 0, tzinfo=UTC)
HOURS = 40  # over which all guesses are spread


def try_and_count(guesses: int, accounts: int, seed: int) -> dict[str, Any]:
    """Answers how many guesses at short and at long codes the busiest hour looked at, how many were right, and the most
    at one code.
    """
    outbox.make_database()
    call_command("createcachetable", verbosity=0)
    outbox.people(accounts, at=BEGIN)
    contacts, dice = list(ContactPoint.objects.order_by("digest")), random.Random(seed)
    hours, seen, right = max(1, min(HOURS, guesses // 1_600)), [], 0
    each = guesses // hours
    for hour in range(hours):
        with time_machine.travel(BEGIN + timedelta(hours=hour, minutes=1), tick=False), transaction.atomic():
            hits, short = _guess_codes_of_random_contacts(
                contacts, each, dice, BEGIN + timedelta(hours=hour, minutes=1)
            )
            right += hits
            tries = list(Code.objects.values_list("tries", flat=True))
            seen.append((short, sum(tries) - short, max(tries)))
            Code.objects.all().delete()
    return {
        "guesses": each * hours,
        "hours": hours,
        "right": right,
        "short": max(short for short, _long, _most in seen),
        "long": max(long for _short, long, _most in seen),
        "most": max(most for _short, _long, most in seen),
        "spaces": [10**CODE_DIGITS, 10**CODE_DIGITS_LONG],
    }


def _guess_codes_of_random_contacts(
    contacts: list[ContactPoint], number: int, dice: random.Random, at: datetime
) -> tuple[int, int]:
    """Guess at one account after the other, six times each (one more than a code bears), each in its own browser and
    with as many digits as its code has.

    Answers how many were right, and how many were looked at that had eight digits.
    """
    right = done = short = 0
    while done < number:
        contact, browser = dice.choice(contacts), f"{dice.getrandbits(64):x}"
        digits = len(codes.issue_code(contact=contact, browser=browser, by=None, at=at))
        request = RequestFactory().post("/m/code/", REMOTE_ADDR="203.0.113.9")
        request.session, request.person, request.at = {"browser": browser}, None, at  # type: ignore[attr-defined]
        for guess in range(min(CODE_TRIES + 1, number - done)):
            form = CodeForm({"code": f"{dice.randrange(10**digits):0{digits}d}"})
            form.is_valid()
            done += 1
            short += digits == CODE_DIGITS and guess < CODE_TRIES
            right += confirm_contact_by_typed_code(request, contacts=[contact], form=form) is not None  # type: ignore[arg-type]
    return right, short
