"""An empty machine, its first administrator, the first chief of corps and a message to oneself."""

import json

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from plp.accounts import installation
from plp.accounts.models import Account
from plp.channels.sms.channel import supplier_accounts
from plp.delivery.models import Dispatch, Message
from plp.delivery.states import State
from plp.mandates.grants import Role
from plp.mandates.models import Mandate
from plp.membership import trial_messages
from plp.ops.commands import setup
from plp.people.models import Person
from plp.places.models import Area
from plp.portal.subjects.setup import steps
from plp.sightings.models import Question
from tests.places.build import street
from tests.portal.staff import Staff, sign_in, staff

pytestmark = pytest.mark.django_db
ANN = {"name": "Ann Peeters", "email": "ann@plp.test", "language": "fr"}


@pytest.fixture
def country() -> Area:
    """The country with one zone of two municipalities."""
    Area.objects.create(kind="zone", path="be/5343/", name_fr="Montgomery", name_nl="Montgomery")
    Area.objects.create(
        kind="municipality", path="be/5343/21004/", name_fr="Etterbeek", name_nl="Etterbeek", nis="21004"
    )
    return Area.objects.create(kind="country", path="be/", name_fr="Belgique", name_nl="België")


def administrator(country: Area) -> Staff:
    """Somebody who runs the machine."""
    someone = staff("Ann Peeters", role=Role.ADMINISTRATOR)
    Mandate.objects.update(area=country)
    return someone


def path_of(link: str) -> str:
    """What stands behind the name of the machine."""
    return link.removeprefix(settings.ORIGIN)


def test_the_link_of_the_terminal_makes_one_administrator(
    client: Client, country: Area, capsys: pytest.CaptureFixture[str]
) -> None:
    link = path_of(installation.first_administrator_link())
    shown = client.get(link).content.decode()

    made = client.post(link, ANN)
    again = client.post(link, ANN | {"email": "eve@plp.test"})

    mandate = Mandate.objects.get()
    assert "Nobody is here yet" in shown
    assert made.headers["Location"].startswith("/account/set-up/")
    assert (mandate.role, mandate.area, mandate.person.account.email) == (Role.ADMINISTRATOR, country, "ann@plp.test")
    assert (again.status_code, Account.objects.count()) == (409, 1)
    assert setup.run(setup.argparse.Namespace()) == 1


def test_a_link_that_was_not_printed_here_is_worth_nothing(client: Client, country: Area) -> None:
    made_up = client.post(reverse("setup:begin", args=["first:1abcde:made-up"]), ANN)
    other = client.post(reverse("setup:begin", args=[installation.SIGNER.sign(installation.WORD)[:-1]]), ANN)

    assert (made_up.status_code, other.status_code, Person.objects.count()) == (409, 409, 0)


def test_the_command_prints_the_link_while_nobody_is_there(country: Area, capsys: pytest.CaptureFixture[str]) -> None:
    code = setup.run(setup.argparse.Namespace())

    link = capsys.readouterr().out.strip()
    assert (code, link.startswith(f"{settings.ORIGIN}/setup/begin/first:")) == (0, True)


def test_the_first_chief_is_named_by_a_municipality_and_once(client: Client, country: Area) -> None:
    sign_in(client, administrator(country))
    given = {"place": "etterbeek", "name": "Jeanne Lambert", "email": "chief@plp.test", "language": "fr"}
    url = reverse("setup:name", args=["chief"])

    unknown = client.post(url, given | {"place": "Nowhere"}).content.decode()
    named = client.post(url, given, follow=True).content.decode()
    again = client.post(url, given | {"email": "eve@plp.test"})

    mandate = Mandate.objects.get(role=Role.CHIEF)
    assert "No municipality has this name" in unknown
    assert "A link is on its way to them: chief of corps, Montgomery." in named
    assert (mandate.area.kind, Message.objects.filter(purpose="people.invitation").count()) == ("zone", 1)
    assert (again.status_code, Mandate.objects.filter(role=Role.CHIEF).count()) == (409, 1)


def test_no_other_role_is_given_here(client: Client, country: Area) -> None:
    sign_in(client, administrator(country))

    assert client.get(reverse("setup:name", args=["federal"])).status_code == 404


def test_a_message_to_oneself_is_followed_until_it_arrived(client: Client, country: Area) -> None:
    someone = administrator(country)
    sign_in(client, someone)

    sent = client.post(reverse("setup:test", args=["email"]), {"address": someone.email}, follow=True).content.decode()
    waits = client.get("/").content.decode()
    Dispatch.objects.update(state=State.DELIVERED)
    arrived = client.get(reverse("setup:overview")).content.decode()

    assert ("On its way" in sent, "every 2s" in sent, "noscript" in sent) == (True, True, True)
    assert "3 steps are left to finish the set-up." in waits
    assert ("It arrived" in arrived, "every 2s" in arrived) == (True, False)


def test_who_is_ready_is_told_so_and_asked_no_more(client: Client, country: Area) -> None:
    someone = administrator(country)
    sign_in(client, someone)
    trial_messages.send_installation_test(
        channel="email", address=someone.email, by=someone.person, at=someone.account.created_at
    )
    Dispatch.objects.update(state=State.ACCEPTED)
    staff("Jeanne Lambert", role=Role.CHIEF)
    missing = client.get(reverse("setup:overview")).content.decode()
    street()

    assert "./plp import addresses FILE --zone" in missing
    assert "The chief of corps goes on from here." in client.get(reverse("setup:overview")).content.decode()
    assert "Set this installation up" not in client.get("/").content.decode()


def test_findings_are_shown_with_what_to_do(client: Client, country: Area) -> None:
    cache.clear()
    sign_in(client, administrator(country))

    before = client.get(reverse("setup:machine")).content.decode()
    page = client.post(reverse("setup:machine"), follow=True).content.decode()

    assert ("none has run here yet" in page, "things are in order" in page) == (True, True)
    assert ("none has run here yet" in before, "It takes some seconds." in before) == (False, True)
    assert client.get(reverse("setup:machine")).content.decode().count("Looked at on") == 1
    kept = cache.get("setup.amiss.en")[1:]
    assert json.dumps(kept), "the next version reads what this one kept"


@pytest.mark.any_database
def test_nobody_else_sets_up(client: Client) -> None:
    sign_in(client, staff(role=Role.CHIEF))

    answers = [client.get(f"/setup/{page}").status_code for page in ("", "machine/", "named/chief/", "test/email/")]
    assert answers == [404, 404, 404, 404]


def test_the_page_shows_the_receipt_and_the_answer_to_a_test_as_they_come(
    client: Client, country: Area, settings
) -> None:
    cache.clear()
    settings.SMS_URL, settings.ANSWERED = "ringring://:key@", ["sms"]
    door = supplier_accounts()[0].callback_path
    sign_in(client, administrator(country))
    client.post(reverse("setup:test", args=["sms"]), {"address": "0475 12 34 56"})
    Dispatch.objects.filter(channel="sms").update(state=State.ACCEPTED, reference="ringring/m1")

    taken = client.get(reverse("setup:overview")).content.decode()
    receipt = {"MessageId": "m1", "StatusCode": "200", "StatusDescription": "Delivered"}
    client.post(door, receipt, content_type="application/json")
    arrived = client.get(reverse("setup:overview")).content.decode()
    answer = {"MessageId": "a1", "From": "32475123456", "Message": "Bien reçu <b>", "TimeReceived": "2026-11-30"}
    client.post(door, answer, content_type="application/json")
    answered = client.get(reverse("setup:overview")).content.decode()

    polls = [page.count('data-hx-trigger="every 2s"') for page in (taken, arrived, answered)]
    links = [page.count("<noscript><p><a href=") for page in (taken, arrived, answered)]
    assert polls == links == [1, 1, 0]
    assert "The supplier has taken it" in taken
    assert "It arrived" in arrived
    assert "Answer it from the telephone" in arrived
    assert "<blockquote>Bien reçu &lt;b&gt;</blockquote>" in answered
    assert not Question.objects.exists()


def test_a_test_call_stands_beside_the_test_sms_where_there_is_a_trunk(client: Client, country: Area, settings) -> None:
    sign_in(client, administrator(country))
    without = client.get(reverse("setup:test", args=["voice"])).status_code
    settings.VOICE_URL = "sip://plp:secret@127.0.0.1:5060"

    client.post(reverse("setup:test", args=["voice"]), {"address": "02 555 12 12"})
    waiting = client.get(reverse("setup:overview")).content.decode()
    Dispatch.objects.filter(channel="voice").update(state=State.DELIVERED, reason="heard")
    heard = client.get(reverse("setup:overview")).content.decode()

    assert without == 404
    assert [(copy.channel, copy.contact.address) for copy in Dispatch.objects.filter(channel="voice")] == [
        ("voice", "+3225551212")
    ]
    assert ("Call yourself" in waiting, "A key was pressed" in waiting) == (True, False)
    assert "A key was pressed: it was heard." in heard


def test_without_a_gateway_no_test_sms_is_offered(client: Client, country: Area, settings) -> None:
    """It would wait for ever: the page says what is missing instead."""
    settings.SMS_URL = settings.SMS_URL_2 = ""
    sign_in(client, administrator(country))
    address = reverse("setup:test", args=["sms"])

    page = client.get(reverse("setup:overview")).text
    sent = client.post(address, {"address": "0475 12 34 56"})

    assert "It needs a supplier: PLP_SMS_URL" in page
    assert address not in page
    assert sent.status_code == 404
    assert not Dispatch.objects.filter(channel="sms").exists()


def test_a_channel_of_another_package_is_tested_by_its_label(
    client: Client, country: Area, settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(steps.TESTS, "email")
    sign_in(client, administrator(country))

    overview = client.get(reverse("setup:overview")).text
    page = client.get(reverse("setup:test", args=["email"])).text

    assert "Send yourself a test: E-mail" in overview
    assert "Send yourself a test: E-mail" in page
