"""Somebody with one partnership goes straight to it; with several they choose, everywhere on the same page."""

import pytest
from django.urls import reverse

from plp.portal.shell import choices
from plp.portal.shell.offers import Task
from tests.factories.cast import Cast
from tests.portal.signing import signed_in

pytestmark = pytest.mark.django_db
CHOOSERS = {  # a page of choices: where a partnership leads
    "charter:index": "charter:home",
    "evening:everywhere": "evening:home",
    "launch:pack:index": "launch:pack:recruit",
    "mandates:home": "mandates:people",
}


@pytest.mark.parametrize("chooser", CHOOSERS)
def test_who_has_several_partnerships_chooses_and_who_has_one_goes_there(cast: Cast, chooser: str) -> None:
    officer, coordinator = signed_in(cast.officer), signed_in(cast.here.coordinator)

    page = officer.get(reverse(chooser))
    only = coordinator.get(reverse(chooser))

    keys = [cast.here.partnership.key, cast.next_door.partnership.key]
    assert {choice.url for choice in page.context["choices"]} == {
        reverse(CHOOSERS[chooser], args=[key]) for key in keys
    }
    assert only.headers["Location"] == reverse(CHOOSERS[chooser], args=[cast.here.partnership.key])


def test_a_second_page_of_choices_shows_the_next_places_and_goes_nowhere_by_itself(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choices, "PER_PAGE", 1)
    officer, address = signed_in(cast.officer), reverse("charter:index")

    shown = [officer.get(address, {"page": number}) for number in (1, 2)]

    urls = [[choice.url for choice in page.context["choices"]] for page in shown]
    keys = sorted([cast.here.partnership.key, cast.next_door.partnership.key])
    assert sorted(urls) == [[reverse("charter:home", args=[key])] for key in keys]
    assert "?page=2" in shown[0].text
    assert "?page=1" in shown[1].text


@pytest.mark.parametrize(
    ("title", "count", "beside"), [("4 messages wait", 4, 0), ("A message waits", 1, 0), ("Rate the messages", 8, 8)]
)
def test_a_number_stands_beside_a_title_that_does_not_say_it(title: str, count: int, beside: int) -> None:
    assert Task(title, "", "/", count=count).count_beside == beside
