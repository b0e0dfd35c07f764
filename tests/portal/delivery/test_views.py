"""Whether messages leave, for everybody; the main tap, for the administrator alone."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from plp.delivery import actions
from plp.delivery.models import Pause, Pulse, Spending, Supplier
from plp.delivery.rules import start_of_belgian_day
from plp.mandates.grants import Role
from plp.portal.subjects.delivery import views
from plp.toolbox import clock
from tests.factories.outbox import audience, message, people
from tests.portal.staff import sign_in, staff

pytestmark = pytest.mark.django_db


def test_everybody_reads_whether_messages_leave(client: Client) -> None:
    silent = client.get(reverse("delivery:status")).content.decode()
    Pulse.objects.create(key="worker", at=clock.now())
    well = client.get(reverse("delivery:status")).content.decode()

    assert "Messages are not being sent at the moment." in silent
    assert "Messages are being sent normally." in well
    assert "Goal: 95 of a hundred messages leave within 10 seconds" in well
    assert "nothing was measured" in well


@pytest.mark.parametrize("language", ["fr", "nl", "de"])
@pytest.mark.any_database
def test_in_every_language(language: str, client: Client) -> None:
    client.cookies.load({settings.LANGUAGE_COOKIE_NAME: language})
    words = {"nl": "Vertrekken de berichten?", "de": "Werden Nachrichten verschickt?", "fr": "Les messages partent-ils"}

    assert words[language] in client.get(reverse("delivery:status")).content.decode()


def test_the_outbox_is_opened_by_who_says_that_he_looked(client: Client) -> None:
    sign_in(client, staff(role=Role.ADMINISTRATOR))
    people(2)
    actions.enqueue_copy_for_each_person(message=message(at=clock.now()), contacts=audience(), at=clock.now())
    actions.pause_outbox(reason=Pause.Reason.RESTORED, by=None, at=clock.now())

    shown = client.get(reverse("delivery:overview")).content.decode()
    unread = client.post(reverse("delivery:open"), {}).content.decode()
    still_shut = Pause.objects.exists()
    opened = client.post(reverse("delivery:open"), {"looked": "on"}, follow=True).content.decode()

    assert "Preventive advice" in shown
    assert ("Tick the box" in unread, still_shut, Pause.objects.exists()) == (True, True, False)
    assert "Messages are being sent again." in opened


def test_it_says_which_supplier_serves_meanwhile(client: Client, settings: Any) -> None:
    settings.SMS_URL, settings.SMS_URL_2 = (f"http://plp:x@127.0.0.1:{port}/cgi-bin/sendsms" for port in (1, 2))
    now = clock.now()
    for number, reason in ((1, "sms-cut"), (2, "")):
        Supplier.objects.create(
            channel="sms", number=number, suspended_at=now if reason else None, reason=reason, changed_at=now
        )
    sign_in(client, staff(role=Role.ADMINISTRATOR))

    shown = client.get(reverse("delivery:overview")).text

    assert "<li>SMS: it breaks off (sms-cut); meanwhile SMS 2 serves</li>" in shown


def test_while_a_supplier_fails_nothing_is_called_late_that_is_not(
    client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SMS_URL = "http://plp:x@127.0.0.1:1/cgi-bin/sendsms"
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now)  # the mail about the sign-in waits no second
    Pulse.objects.create(key="worker", at=now)
    Supplier.objects.create(channel="sms", number=1, suspended_at=now, reason="sms-cut", changed_at=now)
    sign_in(client, staff(role=Role.ADMINISTRATOR))

    shown = client.get(reverse("delivery:overview")).text

    assert ("Some messages may be sent late." in shown, "No message is late." in shown) == (True, True)


def test_it_is_shut_by_the_same_page(client: Client) -> None:
    sign_in(client, staff(role=Role.ADMINISTRATOR))

    client.post(reverse("delivery:shut"))

    assert Pause.objects.get().reason == Pause.Reason.OPERATOR


def test_what_messages_cost_stands_beside_the_most_that_may_be_spent(client: Client) -> None:
    sign_in(client, staff(role=Role.ADMINISTRATOR))
    Spending.objects.create(
        channel="sms", scope=Spending.Scope.DAY, since=start_of_belgian_day(clock.now()), parts=2000
    )

    page = client.get(reverse("delivery:overview")).content.decode()

    assert 'data-label="This month" class="number">€\xa0140<' in page
    assert "€\xa0860 of €\xa01,000" in page


def test_nobody_else_touches_it(client: Client) -> None:
    sign_in(client, staff(role=Role.OFFICER))

    assert client.get(reverse("delivery:overview")).status_code == 404
    assert client.post(reverse("delivery:open"), {"looked": "on"}).status_code == 404
    assert client.post(reverse("delivery:shut")).status_code == 404
    assert not Pause.objects.exists()


def test_the_list_asks_the_same_for_one_message_and_three(client: Client, django_assert_num_queries: object) -> None:
    from plp.delivery.health import messages_with_waiting_copies  # noqa: PLC0415 - the list itself

    people(1)
    for number in (1, 2):
        for _ in range(number):
            actions.enqueue_copy_for_each_person(message=message(at=clock.now()), contacts=audience(), at=clock.now())
        with django_assert_num_queries(1):  # type: ignore[operator]
            assert {one.waiting for one in messages_with_waiting_copies(50)} == {1}  # type: ignore[attr-defined]


def test_a_list_that_is_cut_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    sign_in(client, staff(role=Role.ADMINISTRATOR))
    people(1)
    for _ in range(3):
        actions.enqueue_copy_for_each_person(message=message(at=clock.now()), contacts=audience(), at=clock.now())

    whole = client.get(reverse("delivery:overview")).content.decode()
    monkeypatch.setattr(views, "LISTED", 2)
    cut = client.get(reverse("delivery:overview")).content.decode()

    assert (whole.count("Preventive advice"), cut.count("Preventive advice")) == (3, 2)
    assert "more are waiting" not in whole
    assert "These are the 2 newest messages; more are waiting." in cut


def test_what_is_shut_or_open_already_is_not_told_anew(client: Client) -> None:
    sign_in(client, staff(role=Role.ADMINISTRATOR))

    opened = client.post(reverse("delivery:open"), {"looked": "on"}, follow=True).content.decode()
    client.post(reverse("delivery:shut"), follow=True)
    shut = client.post(reverse("delivery:shut"), follow=True).content.decode()

    assert "Messages are being sent again." not in opened
    assert "Nothing is sent any more, until you open it again." not in shut
    assert Pause.objects.count() == 1
