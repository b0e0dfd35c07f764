"""The list of partnerships: narrowed, sorted, and acted on together; another zone is never in it."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from plp.launch.models import Reminder
from plp.launch.queries.positions import PartnershipFilter, filter_and_order_partnerships
from plp.partnership.models import Partnership
from plp.partnership.states import State
from tests.factories.cast import NOW, Cast
from tests.launch.ground import Ground, reachable_officer
from tests.portal.signing import signed_in, stop_clock

pytestmark = pytest.mark.django_db
LIST = "launch:plan:all"


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Client:
    """The officer of a zone with two partnerships; one rests. The third is of another zone."""
    stop_clock(monkeypatch)
    cast = Cast()
    Partnership.objects.filter(key="laeken").update(state=State.DORMANT)
    return signed_in(cast.officer)


def listed(client: Client, **asked: str) -> list[str]:
    """The keys on the page, in its order."""
    return [row.partnership.key for _name, row in client.get(reverse(LIST), asked).context["rows"]]


def test_the_list_is_narrowed_by_name_and_state_and_sorted(client: Client) -> None:
    found = [
        listed(client, order="name"),
        listed(client, words="LAEK"),
        listed(client, state="dormant"),
        listed(client, words="haren", state="dormant"),
        listed(client, words="malmedy"),
        listed(client, order="nonsense", state="nonsense"),
    ]

    assert found == [["haren", "laeken"], ["laeken"], ["laeken"], [], [], ["haren", "laeken"]]
    assert "No partnership fits" in client.get(reverse(LIST), {"words": "x"}).text


def test_only_what_is_late_is_shown_when_asked_for(client: Client) -> None:
    listed(client)
    position = Partnership.objects.get(key="haren").position
    type(position).objects.filter(pk=position.pk).update(due=NOW.date() - timedelta(days=3))
    type(position).objects.exclude(pk=position.pk).update(due=None)

    late = filter_and_order_partnerships(Partnership.objects.all(), PartnershipFilter(language="fr", late=True), at=NOW)

    assert [partnership.key for partnership in late] == ["haren"]


def test_those_that_are_ticked_go_into_a_table(client: Client) -> None:
    answer = client.post(reverse(LIST), {"key": ["haren", "malmedy"], "export": "1"})

    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        words = "".join(book.read(part).decode() for part in book.namelist() if part.endswith(".xml"))
    assert [name in words for name in ("Haren", "Laeken", "Malmedy")] == [True, False, False]


def test_offices_are_reminded_together_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    stop_clock(monkeypatch)
    ground = Ground()
    reachable_officer(ground)
    client = signed_in(ground.coordinator)
    ticked = {"key": [ground.partnership.key, "malmedy"], "remind": "1"}

    first = client.post(reverse(LIST), ticked, follow=True).text
    told = set(Reminder.objects.filter(key__startswith="asked.").values_list("partnership__key", flat=True))
    again = client.post(reverse(LIST), ticked, follow=True).text

    assert "reminded by e-mail" in first
    assert told == {ground.partnership.key}
    assert "Nobody is left to remind" in again


def test_nothing_ticked_is_said_and_the_filter_stays(client: Client) -> None:
    answer = client.post(f"{reverse(LIST)}?state=active", {"remind": "1"}, follow=True)

    assert "Tick at least one partnership." in answer.text
    assert answer.request["QUERY_STRING"] == "state=active"


def test_who_has_a_single_partnership_is_led_to_its_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """A list of one says nothing; its page leads back to no list either. The officer may found another."""
    stop_clock(monkeypatch)
    cast = Cast()

    coordinator = signed_in(cast.here.coordinator).get(reverse(LIST), follow=True)
    officer = signed_in(cast.officer).get(reverse(LIST))

    assert coordinator.redirect_chain == [(reverse("launch:plan:where", args=["haren"]), 302)]
    assert f'href="{reverse(LIST)}"' not in coordinator.text.partition("<main")[2]
    assert officer.status_code == 200
