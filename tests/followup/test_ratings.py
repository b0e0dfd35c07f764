"""The officer rates an exchange, the coordinator answers once; the neighbour sees nothing (R56, R57)."""

from datetime import date, timedelta
from typing import Any

import pytest

from plp.delivery.models import Dispatch
from plp.followup.actions import ratings
from plp.followup.models import Rating
from plp.followup.queries.ratings import average_grades_of_period, ratings_in_scope, recent_unrated_messages
from plp.followup.refusals import BadRatingPeriod, NotExchanged, RatingAlreadyAnswered
from plp.mandates.grants import Permission
from plp.mandates.queries import NotAllowed
from plp.people.models import Person
from plp.toolbox.moves import WrongState
from plp.wording.held_words import HeldWords
from tests.factories.cast import NOW, Cast
from tests.followup.stage import released
from tests.followup.together import relayed

pytestmark = pytest.mark.django_db


def rated(cast: Cast, **changes: Any) -> Rating:
    """A rating of the officer."""
    given: dict[str, Any] = {
        "quality": 3,
        "timeliness": 4,
        "words": "Passé en dix minutes.",
        "language": "fr",
        "by": cast.officer,
        "at": NOW + timedelta(hours=1),
    }
    return ratings.rate_message(**{"notice": changes.pop("notice", None) or relayed(cast), **given, **changes})


def test_a_message_is_rated_told_and_leaves_the_list(cast: Cast) -> None:
    notice = relayed(cast)
    before = list(recent_unrated_messages(cast.officer, at=NOW))

    rated(cast, notice=notice)

    letters = Dispatch.objects.filter(message__purpose="followup.rated").select_related("contact")
    assert before == [notice]
    assert list(recent_unrated_messages(cast.officer, at=NOW)) == []
    assert {one.contact.person_id for one in letters} == {cast.here.coordinator.pk}
    found = average_grades_of_period(since=NOW, until=NOW + timedelta(days=1), partnership=cast.here.partnership)
    assert (found.number, found.quality, found.timeliness) == (1, 3.0, 4.0)


def test_it_changes_until_it_is_answered_and_never_after(cast: Cast) -> None:
    notice = relayed(cast)
    rated(cast, notice=notice)
    rating = rated(cast, notice=notice, quality=2, words="Un peu tard.")
    ratings.answer_rating(rating=rating, words="Nous étions en vacances.", by=cast.here.coordinator, at=NOW)

    with pytest.raises(RatingAlreadyAnswered):
        rated(cast, notice=notice, quality=1)
    with pytest.raises(WrongState):
        ratings.answer_rating(rating=rating, words="Encore un mot.", by=cast.here.coordinator, at=NOW)
    kept = Rating.objects.get()
    assert (kept.quality, kept.words, kept.answer) == (2, "Un peu tard.", "Nous étions en vacances.")
    letters = Dispatch.objects.filter(message__purpose="followup.rating_answered").select_related("contact")
    assert {one.contact.person_id for one in letters} == {cast.officer.pk}


@pytest.mark.parametrize(("begins", "until"), [("2026-11-25", "2026-11-24"), ("2026-11-01", "2026-11-26")])
def test_a_period_lies_behind(cast: Cast, begins: str, until: str) -> None:
    with pytest.raises(BadRatingPeriod):
        ratings.rate_period(
            partnership=cast.here.partnership,
            begins=date.fromisoformat(begins),
            until=date.fromisoformat(until),
            quality=3,
            timeliness=3,
            words="",
            language="fr",
            by=cast.officer,
            at=NOW,
        )


def test_only_what_travelled_is_rated_and_words_are_checked(cast: Cast) -> None:
    with pytest.raises(NotExchanged):
        rated(cast, notice=released(cast))
    with pytest.raises(HeldWords):
        rated(cast, words="Des gitans rôdent dans la rue, faites attention.")


def test_rights_in_both_directions(cast: Cast) -> None:
    rating = rated(cast)

    def sees(person: Person) -> bool:
        return ratings_in_scope(person, Permission.EXCHANGE_TALK, at=NOW).exists()

    assert [sees(one) for one in (cast.officer, cast.here.coordinator)] == [True, True]
    strangers = (cast.here.deputy, cast.next_door.coordinator, cast.foreign_officer, cast.chief)
    assert not any(sees(one) for one in strangers)
    for one in (cast.here.coordinator, cast.foreign_officer, cast.chief):
        with pytest.raises(NotAllowed):
            ratings.rate_message(notice=rating.notice, quality=1, timeliness=1, words="", language="fr", by=one, at=NOW)
    for one in (cast.officer, cast.next_door.coordinator, cast.here.deputy):
        with pytest.raises(NotAllowed):
            ratings.answer_rating(rating=rating, words="Non.", by=one, at=NOW)
