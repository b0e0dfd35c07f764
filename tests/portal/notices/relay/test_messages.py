"""The coordinator's inbox: seen, acknowledged, relayed to so many people, followed, stopped."""

import re
from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from plp.charter.models import PlanRule
from plp.delivery.models import Dispatch
from plp.notices import actions as notices
from plp.notices.models import Notice, Reading
from plp.notices.queries import sending_times
from plp.notices.states import State
from plp.people.models import Person
from plp.toolbox.clock import local
from tests.factories.cast import Cast, contact, member
from tests.portal.notices.relay.stage import released
from tests.portal.signing import AT, signed_in

pytestmark = pytest.mark.django_db


def url(name: str, notice: Notice) -> str:
    return reverse(f"notices:relay:{name}", args=[notice.pk])


def page(client: Client, name: str, notice: Notice) -> str:
    return client.get(url(name, notice)).content.decode()


def test_a_message_is_seen_acknowledged_and_relayed(cast: Cast) -> None:
    for name in ("Eva Exemple", "Frank Voorbeeld"):
        contact(member(cast.here.partnership, name), "email", f"{name[:3].lower()}@plp.test")
    notice, client = released(cast), signed_in(cast.here.coordinator)
    assert "Vol par ruse" in client.get(reverse("notices:relay:inbox")).content.decode()
    home = client.get("/").content.decode()
    assert ("1 message waits to be relayed" in home, url("detail", notice) in home) == (True, True)

    assert "Bart Voorbeeld" in page(client, "detail", notice)
    client.post(url("acknowledge", notice))
    reading = Reading.objects.get()
    assert (reading.seen_at, reading.acknowledged_at) == (AT, AT)
    asked = page(client, "relay", notice)
    assert "Relay this message to 2 people?" in asked
    assert "Exactly what each of them gets" in asked
    answer = client.post(url("relay", notice), follow=True)

    assert "Relayed to 2 people." in answer.content.decode()
    assert "<strong>2</strong> waiting" in answer.content.decode()
    notice.refresh_from_db()
    assert (notice.state, notice.relay.by) == (State.RELAYED, cast.here.coordinator)
    assert client.post(url("relay", notice)).status_code == 409


def test_who_relays_learns_which_languages_are_there_and_what_the_others_get(cast: Cast) -> None:
    for name, language in (("Eva Exemple", "fr"), ("Frank Voorbeeld", "nl"), ("Greet Voorbeeld", "nl")):
        contact(member(cast.here.partnership, name, language), "email", f"{name[:3].lower()}@plp.test")
    notice, client = released(cast), signed_in(cast.here.coordinator)

    asked = page(client, "relay", notice)
    Person.objects.filter(language="nl").update(language="fr")
    all_own = page(client, "relay", notice)

    assert "The police wrote it in: French." in asked
    assert re.findall(r"<li>(\d .*?)</li>", asked) == [
        "2 people read Dutch and get it in French, with a line in Dutch that says so."
    ]
    assert "The police wrote it in: French. Each member gets it in their own language." in all_own


def test_who_relays_at_night_learns_when_it_leaves(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    notice, client = released(cast, "advice"), signed_in(cast.here.coordinator)
    assert "It leaves at: " not in page(client, "relay", notice)

    monkeypatch.setattr(sending_times, "next_sending_time", lambda rule, at: at + timedelta(hours=9))

    assert "It leaves at: " in page(client, "relay", notice)


def test_the_progress_partial_asks_again_only_while_copies_wait(cast: Cast) -> None:
    contact(member(cast.here.partnership, "Eva Exemple"), "email", "eva@plp.test")
    notice, client = released(cast), signed_in(cast.here.coordinator)
    client.post(url("relay", notice))
    partial = client.get(url("progress", notice), headers={"hx-request": "true"}).content.decode()
    assert "<html" not in partial
    assert "every 2s" in partial

    Dispatch.objects.filter(message=notice.relay.message).update(state="failed")

    partial = client.get(url("progress", notice), headers={"hx-request": "true"}).content.decode()
    assert "every 2s" not in partial
    assert "1 person could not be reached" in partial
    assert url("calls", notice) in partial
    assert "Eva Exemple" in page(client, "calls", notice)


def test_the_coordinator_stops_a_message(cast: Cast) -> None:
    contact(member(cast.here.partnership, "Eva Exemple"), "email", "eva@plp.test")
    notice, client = released(cast), signed_in(cast.here.coordinator)
    client.post(url("relay", notice))
    assert "cannot be undone" in page(client, "stop", notice)

    client.post(url("stop", notice))

    notice.refresh_from_db()
    assert notice.state == State.RETRACTED
    assert Dispatch.objects.get(message=notice.relay.message).state == "stopped"


GET = ["detail", "relay", "stop", "progress", "calls", "call_list", "letters", "letters_file", "rounds_file", "unknown"]


def test_what_was_stopped_offers_nothing_but_its_words(cast: Cast) -> None:
    notice, client = released(cast), signed_in(cast.here.coordinator)
    client.post(url("stop", notice))

    shown = page(client, "detail", notice)

    assert client.get(url("relay", notice)).url == url("detail", notice)
    assert "Vol par ruse" in shown
    assert not any(url(name, notice) in shown for name in ("relay", "acknowledge", "stop"))


def test_the_coordinator_next_door_finds_nothing(cast: Cast) -> None:
    notice = released(cast)
    notices.relay_notice_to_members(notice=notice, by=cast.here.coordinator, at=AT)
    client = signed_in(cast.next_door.coordinator)
    tokens = re.compile(rb'csrfmiddlewaretoken" value="\w+"|/coordinator/messages/[0-9a-f-]+/')

    for name in [*GET, "acknowledge"]:
        method = client.get if name in GET else client.post
        answers = [method(reverse(f"notices:relay:{name}", args=[key])) for key in (notice.pk, uuid4())]
        assert [answer.status_code for answer in answers] == [404, 404], name
        assert tokens.sub(b"", answers[0].content) == tokens.sub(b"", answers[1].content), name


@pytest.mark.parametrize("number", [1, 3])
def test_the_inbox_costs_the_same_however_full(
    cast: Cast, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(number):
        released(cast)
        notices.relay_notice_to_members(notice=released(cast), by=cast.here.coordinator, at=AT)
    client = signed_in(cast.here.coordinator)
    client.get(reverse("notices:relay:inbox"))

    with django_assert_num_queries(8):
        shown = client.get(reverse("notices:relay:inbox")).content.decode()

    assert shown.count("Vol par ruse") == 2 * number


def test_an_officer_has_no_inbox_of_the_coordinator(cast: Cast) -> None:
    client = signed_in(cast.officer)

    assert [
        client.get(reverse(name)).status_code
        for name in ("notices:relay:inbox", "membership:desk:members", "mandates:absences:absence")
    ] == [
        404,
        404,
        404,
    ]


def test_who_relays_what_ends_before_it_can_leave_is_told_so(cast: Cast) -> None:
    notice, client = released(cast, "advice"), signed_in(cast.here.coordinator)
    hour = local(AT).hour
    closed = {"hours_from": time(hour + 1), "hours_until": time(hour + 2), "expiry_minutes": None}
    PlanRule.objects.filter(plan=cast.here.plan, kind="advice").update(**closed)
    Notice.objects.filter(pk=notice.pk).update(expires_at=AT + timedelta(minutes=5))

    told = client.get(url("relay", notice), follow=True)

    assert "This message ends before the plan lets it leave, so it is not sent." in told.content.decode()
    notice.refresh_from_db()
    assert notice.state == State.RELEASED
