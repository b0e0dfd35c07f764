"""What citizens told in the demonstration."""

from collections import Counter

import pytest

from plp.demo.quarter import Quarter
from plp.demo.quarter_settings import SETTINGS
from plp.demo.sightings_and_questions import add_sightings_and_questions
from plp.places.models import Area
from plp.sightings.models import Question, SharedAnswer, Sighting
from tests.factories.cast import NOW, Cast, member

pytestmark = pytest.mark.django_db


def test_the_desks_of_the_demonstration_have_something_to_show() -> None:
    cast = Cast()
    setting = SETTINGS[0]
    Area.objects.filter(path="be/z1/m21004/").update(nis=setting.nis)
    member(cast.here.partnership, "Marie Membre", setting.languages[0])
    people = (cast.officer, cast.second_officer, cast.here.coordinator, cast.here.deputy)
    quarter = Quarter(setting, cast.here.partnership, *people, launched=NOW)

    add_sightings_and_questions([quarter], at=NOW.replace(year=2027))

    assert Counter(Sighting.objects.values_list("state", flat=True)) == {"answered": 1, "filed": 1}
    assert Counter(Question.objects.values_list("to", "for_coordinator", "state")) == {
        ("coordinator", False, "answered"): 1,
        ("coordinator", False, "open"): 1,
        ("police", False, "open"): 1,
        ("police", True, "open"): 1,
    }
    assert SharedAnswer.objects.count() == 1
    assert set(Question.objects.values_list("asker", flat=True)).isdisjoint(
        {cast.here.coordinator.pk, cast.here.deputy.pk}
    )
