"""The pages for a day without network: the coordinator's alone, after a fresh proof, and every print is noted."""

import pytest
from django.urls import reverse

from plp.journal.models import Entry
from tests.factories.cast import Cast, contact, member
from tests.portal.signing import signed_in, stop_clock

pytestmark = pytest.mark.django_db
FILE = ("haren", "nl")


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    stop_clock(monkeypatch)


def test_the_coordinator_prints_todays_pages_and_it_is_noted() -> None:
    """0.2 s: a paper is set."""
    cast = Cast()
    client = signed_in(cast.here.coordinator)
    without_caller = client.get(reverse("membership:desk:paper")).text
    contact(cast.here.coordinator, "calls", "+3225550001")
    contact(member(cast.here.partnership, "Ann A"), "calls", "+3225550100")

    page = client.get(reverse("membership:desk:paper")).content.decode()
    paper = client.get(reverse("membership:desk:paper_file", args=FILE))

    assert reverse("membership:desk:paper_file", args=FILE) in page
    assert "1 person is called." in page
    nobody_calls = "Nobody in office can be reached by telephone"
    assert (nobody_calls in without_caller, nobody_calls in page) == (True, False)
    assert "Ann A" not in page
    assert (paper["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")
    look = Entry.objects.get(verb="members.viewed")
    assert (look.actor, look.details) == (str(cast.here.coordinator.pk), {"list": "paper", "count": 1})


def test_nobody_else_prints_them_and_nobody_without_a_fresh_proof() -> None:
    cast = Cast()
    url = reverse("membership:desk:paper_file", args=FILE)

    others = [
        signed_in(one).get(url).status_code for one in (cast.next_door.coordinator, cast.officer, cast.here.deputy)
    ]
    stale = signed_in(cast.here.coordinator, minutes_ago=6).get(url)

    # A coordinator next door has the right over other quarters: this one is not found.
    assert others == [404, 404, 404]
    assert stale.url.startswith("/account/prove/")
    unknown = signed_in(cast.here.coordinator).get(reverse("membership:desk:paper_file", args=("haren", "en")))
    assert unknown.status_code == 404
