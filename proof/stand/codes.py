"""Codes guessed over a whole population at full speed, with a clock that is moved (T5): the limiter is the real one."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import time_machine
from django.core.management import call_command
from django.db import transaction
from django.db.models import Max
from django.test import RequestFactory

from plp.people import actions as people
from plp.people.models import Code, ContactPoint
from plp.people.rules import CODE_DIGITS, CODE_TRIES
from plp.portal.shell import limits
from plp.portal.shell.codes import CodeForm, spend
from tests.factories import outbox

BEGIN = datetime(2026, 11, 25, 0, 0, tzinfo=UTC)
HOURS = 40  # over which all guesses are spread


def play(guesses: int, accounts: int, seed: int) -> dict[str, Any]:
    """Answers how many guesses were looked at in the busiest hour, how many were right, and the most at one code."""
    outbox.make_database()
    call_command("createcachetable", verbosity=0)
    outbox.people(accounts, at=BEGIN)
    contacts, dice = list(ContactPoint.objects.order_by("digest")), random.Random(seed)
    hours, seen, right = max(1, min(HOURS, guesses // 400)), [], 0
    each = guesses // hours
    for hour in range(hours):
        with time_machine.travel(BEGIN + timedelta(hours=hour, minutes=1), tick=False), transaction.atomic():
            hits, looked_at = _one_hour(contacts, each, dice, BEGIN + timedelta(hours=hour, minutes=1))
            right += hits
            seen.append((looked_at, Code.objects.aggregate(most=Max("tries"))["most"] or 0))
            Code.objects.all().delete()
    return {
        "guesses": each * hours,
        "hours": hours,
        "right": right,
        "busiest": max(tries for tries, _most in seen),
        "most": max(most for _tries, most in seen),
        "space": 10**CODE_DIGITS,
    }


def _one_hour(contacts: list[ContactPoint], number: int, dice: random.Random, at: datetime) -> tuple[int, int]:
    """Guess at one account after the other, six times each (one more than a code bears), each from its own network.

    Answers how many were right, and how many were looked at.
    """
    right = done = looked_at = 0
    while done < number:
        contact, browser = dice.choice(contacts), f"{dice.getrandbits(64):x}"
        people.issue_code(contact=contact, browser=browser, by=None, at=at)
        request = RequestFactory().post("/m/code/", REMOTE_ADDR=_network(dice))
        request.session, request.person, request.at = {"browser": browser}, None, at  # type: ignore[attr-defined]
        for _ in range(min(CODE_TRIES + 1, number - done)):
            form = CodeForm({"code": f"{dice.randrange(10**CODE_DIGITS):0{CODE_DIGITS}d}"})
            form.is_valid()
            done += 1
            try:
                right += spend(request, contacts=[contact], form=form) is not None  # type: ignore[arg-type]
                looked_at += 1
            except limits.TooOften:
                continue
    return right, looked_at


def _network(dice: random.Random) -> str:
    return f"{dice.randrange(1, 223)}.{dice.randrange(256)}.{dice.randrange(256)}.9"
