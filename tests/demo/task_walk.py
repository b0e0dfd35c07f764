"""A random walk through a built demonstration: rows change, time passes, and the lists that were not asked are empty.

``WALK`` runs in an environment with ``PLP_HOME`` and is given the number of steps; what it changes is rolled back. It
says how many lists it compared and how many of them held something.
"""

import random
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from unittest import mock

from django.apps import apps
from django.db import DatabaseError, models, transaction

from plp.mandates.models import Mandate
from plp.partnership.open_rows import OpenRows
from plp.people.models import Person
from plp.portal.shell import offers
from plp.toolbox import clock

WALK = "import django; django.setup(); from tests.demo.task_walk import main; main()"
CHANGED = """
alerts.Trace charter.Amendment charter.CommunicationPlan charter.Deed evaluation.DueDay evaluation.Report
evening.Meeting followup.Due followup.FollowUpMeeting followup.Rating launch.Position mandates.Absence mandates.Mandate
measures.Measure notices.Forwarding notices.Notice notices.Relay partnership.Membership partnership.Partnership
people.ContactPoint protection.Breach sightings.Question
""".split()
DAYS = [-700, -400, -320, -290, -91, -31, -5, -3, -1, 0, 1, 20, 40, 400]


class Undone(Exception):
    """The walk is over: nothing of it stays."""


def change(chance: random.Random, at: datetime) -> None:
    """Give one field of one row another value, unless the database refuses it."""
    model = apps.get_model(chance.choice(CHANGED))
    keys = list(model._default_manager.order_by("pk").values_list("pk", flat=True)[:200])
    fields = [field for field in model._meta.concrete_fields if _values(field, at)]
    if keys and fields:
        field = chance.choice(fields)
        value = chance.choice(_values(field, at))
        with suppress(DatabaseError), transaction.atomic():
            model._default_manager.filter(pk=chance.choice(keys)).update(**{field.name: value})


def _values(field: Any, at: datetime) -> list[Any]:
    """What one may put there."""
    if field.choices:
        return [key for key, _label in field.flatchoices]
    empty: list[Any] = [None] if field.null else []
    if isinstance(field, models.DateTimeField):
        return empty + [at + timedelta(days=days) for days in DAYS]
    if isinstance(field, models.DateField):
        return empty + [(at + timedelta(days=days)).date() for days in DAYS]
    return empty if isinstance(field, models.ForeignKey) else []


def outcome(ask: Callable[[], list[Any]]) -> list[Any] | str:
    """What waits, or how a list broke over a row that no act would leave like this."""
    try:
        with transaction.atomic():
            return ask()
    except Exception as broken:
        return type(broken).__name__


def walk(steps: int, seed: int = 1) -> tuple[int, int]:
    """Change and compare; how many lists were compared, and how many held something."""
    chance, compared, full = random.Random(seed), 0, 0
    persons = list(Person.objects.filter(pk__in=Mandate.objects.values("person")).order_by("pk"))
    for _step in range(steps):
        at = clock.now() + timedelta(days=chance.choice(DAYS))
        change(chance, at)
        person = chance.choice(persons)
        asked = outcome(lambda person=person, at=at: offers.tasks_of_person(person, at))
        with mock.patch.object(OpenRows, "may_exist_for", return_value=True):
            everything = outcome(lambda person=person, at=at: offers.tasks_of_person(person, at))
        if isinstance(everything, list):
            assert asked == everything, (person, at)
            compared, full = compared + 1, full + bool(everything)
    return compared, full


def main() -> None:
    """Walk, tell, and leave nothing changed."""
    with suppress(Undone), transaction.atomic():
        sys.stdout.write(" ".join(map(str, walk(int(sys.argv[1])))))
        raise Undone
