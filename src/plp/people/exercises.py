"""Which exercises somebody did, and by how many of an area."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, QuerySet

from plp.journal.actions import note
from plp.people.models import FinishedExercise, Person


@transaction.atomic
def record_finished_exercise(*, person: Person, exercise: str, by: Person, at: datetime) -> None:
    """Note that ``person`` did an exercise, once more or for the first time."""
    FinishedExercise.objects.update_or_create(person=person, exercise=exercise, defaults={"finished_at": at})
    note(verb="person.exercise_finished", by=by, at=at, target=person, exercise=exercise)


def finished_exercises(person: Person) -> dict[str, datetime]:
    """When ``person`` did each exercise for the last time."""
    return dict(person.exercises.values_list("exercise", "finished_at"))


def finished_counts_by_exercise(people: QuerySet[Any, UUID]) -> dict[str, int]:
    """How many of ``people`` did each exercise."""
    rows = FinishedExercise.objects.filter(person__in=people).order_by().values_list("exercise")
    return dict(rows.annotate(number=Count("person")))
