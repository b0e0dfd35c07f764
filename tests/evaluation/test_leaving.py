"""Why members leave, how long answers take: counts without persons (K8)."""

from datetime import timedelta

import pytest

from plp.evaluation.actions.departures import increment_leaving_reason
from plp.evaluation.models import LeavingCount
from plp.evaluation.queries.answer_times import release_and_answer_minutes
from plp.evaluation.queries.departures import shown_leaving_reason_counts
from plp.evaluation.queries.zone import partnerships_with_visible_figures, zone_figures
from plp.membership.models import Membership
from plp.sightings.models import Question
from plp.toolbox.clock import local
from tests.evaluation.year import relayed
from tests.factories.cast import NOW, Cast, member

pytestmark = pytest.mark.django_db
DAY = local(NOW).date()


def said(cast: Cast, **times: int) -> None:
    """So many members of the partnership here gave each reason."""
    for reason, number in times.items():
        for _member in range(number):
            increment_leaving_reason(partnership=cast.here.partnership.pk, reason=reason, by=None, at=NOW)


def test_fewer_than_five_are_not_told(cast: Cast) -> None:
    said(cast, many=4)

    assert shown_leaving_reason_counts([cast.here.partnership.pk], since=DAY) == {}
    assert LeavingCount.objects.get().members == 4


def test_no_reason_of_few_can_be_found_by_subtraction(cast: Cast) -> None:
    said(cast, moved=9, many=6, few=1)

    assert shown_leaving_reason_counts([cast.here.partnership.pk], since=DAY) == {"moved": 9}
    assert shown_leaving_reason_counts([cast.next_door.partnership.pk], since=DAY) == {}


def test_only_a_reason_of_the_list_is_counted(cast: Cast) -> None:
    with pytest.raises(ValueError, match="not a valid"):
        increment_leaving_reason(partnership=cast.here.partnership.pk, reason="angry", by=None, at=NOW)

    assert not LeavingCount.objects.exists()


def test_a_zone_sees_who_joined_and_left_by_month(cast: Cast) -> None:
    for number in range(6):
        eva = member(cast.here.partnership, f"Eva Exemple{'abcdef'[number]}")
        Membership.objects.filter(person=eva).update(joined_at=NOW - timedelta(days=40))
    Membership.objects.filter(person=eva).update(state="left", left_at=NOW)

    months = zone_figures(partnerships_with_visible_figures(cast.officer, at=NOW), at=NOW).members

    assert list(months.values())[-2:] == [(6, 0), (0, 1)]
    assert len(months) == 12


def test_a_message_offered_is_timed_until_its_release(cast: Cast) -> None:
    relayed(cast, "advice", NOW)

    times = release_and_answer_minutes(
        [cast.here.partnership.pk], since=NOW - timedelta(days=1), until=NOW + timedelta(days=1)
    )

    assert times == {"release": (0, 0)}
    assert release_and_answer_minutes([cast.next_door.partnership.pk], since=NOW, until=NOW + timedelta(days=1)) == {}


@pytest.mark.parametrize(("number", "told"), [(4, None), (5, (120, 120))])
def test_answers_to_few_questions_are_not_timed(cast: Cast, number: int, told: tuple[int, int] | None) -> None:
    for _question in range(number):
        Question.objects.create(
            partnership=cast.here.partnership,
            to="police",
            state="answered",
            language="fr",
            asked_at=NOW,
            answered_at=NOW + timedelta(hours=2),
            due_at=NOW + timedelta(days=5),
        )

    times = release_and_answer_minutes([cast.here.partnership.pk], since=NOW, until=NOW + timedelta(days=1))

    assert times.get("question") == told
