"""How long answers take, without a person: median and longest, where enough were counted."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from plp.evaluation.rules import MedianAndLongest, median_and_longest_minutes
from plp.notices.models import Notice
from plp.people.small_counts import FEWEST
from plp.sightings.models import Question


def release_and_answer_minutes(
    partnerships: Collection[UUID], *, since: datetime, until: datetime
) -> dict[str, MedianAndLongest]:
    """Median and longest minutes by key, of what ended in the period: two queries.

    "release": from the message as it was offered until a second person released it. "question": from a question of a
    member or neighbour until its answer; told from five answers on, so that nobody finds their own (T53).
    """
    released = Notice.objects.filter(
        partnership__in=partnerships, release__at__gte=since, release__at__lt=until, submitted_at__isnull=False
    ).values_list("submitted_at", "release__at")
    answered = Question.objects.filter(
        partnership__in=partnerships, answered_at__gte=since, answered_at__lt=until
    ).values_list("asked_at", "answered_at")
    questions = list(answered)
    times = {
        "release": median_and_longest_minutes(end - begin for begin, end in released if begin),
        "question": median_and_longest_minutes(end - begin for begin, end in questions if end)
        if len(questions) >= FEWEST
        else None,
    }
    return {key: pair for key, pair in times.items() if pair}
