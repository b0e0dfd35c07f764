"""Notifications on a member's devices: turned on by the browser itself, read by nobody else."""

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from plp.people.models import Person
from plp.people.queries import consent_history_of
from tests.factories.cast import Cast
from tests.factories.devices import Device
from tests.portal.membership.self_service.test_members import opened
from tests.portal.signing import signed_in

pytestmark = pytest.mark.django_db
PAGE = "/m/settings/devices/"


def test_a_browser_turns_its_notifications_on_and_is_used_at_once(mia: Person) -> None:
    browser, telephone, desk = opened(), Device(), Device("https://web.push.apple.com/Q1")

    answers = [browser.post(PAGE, {"subscription": one.subscription}) for one in (telephone, desk, telephone)]

    assert {answer.url for answer in answers} == {"/m/settings/"}
    ways = list(mia.contacts.order_by("rank").values_list("channel", "rank", "stopped_at"))
    assert ways == [("email", 1, None), ("webpush", 2, None), ("webpush", 3, None)]
    assert mia.contacts.filter(confirmed_at=None).count() == 0
    assert [one.subject for one in consent_history_of(mia)] == ["webpush"]


def test_what_the_browser_gave_is_shown_to_nobody(cast: Cast, mia: Person) -> None:
    browser, device = opened(), Device()
    browser.post(PAGE, {"subscription": device.subscription})
    membership = mia.memberships.get()

    own = browser.get("/m/settings/").content.decode()
    hers = (
        signed_in(cast.here.coordinator).get(reverse("membership:desk:member", args=[membership.pk])).content.decode()
    )

    assert "Notification on a device" in own
    assert "fcm.googleapis.com" not in own + hers
    assert "mia@<wbr>plp.test" in hers


@pytest.mark.parametrize("subscription", ["", "{}", Device("https://evil.example/x").subscription])
def test_anything_else_is_refused_with_a_sentence(mia: Person, subscription: str) -> None:
    answer = opened().post(PAGE, {"subscription": subscription})

    assert answer.status_code == 409
    assert "Your browser did not give us an address for notifications." in answer.content.decode()
    assert mia.contacts.count() == 1


@override_settings(PUSH_HOSTS=[])
def test_where_it_is_switched_off_there_is_no_page(mia: Person) -> None:
    browser = opened()

    assert browser.get(PAGE).status_code == 404
    assert PAGE not in browser.get("/m/settings/").content.decode()


def test_nobody_is_asked_for_such_an_address(client: Client, cast: Cast, mia: Person) -> None:
    """A form has no field for it, whoever fills it in."""
    page = opened().get("/m/settings/contacts/add/").content.decode()

    assert "webpush" not in page
    assert client.get(PAGE).status_code == 302


def test_whoever_holds_a_role_adds_a_way_after_a_fresh_proof_alone(cast: Cast, mia: Person) -> None:
    """T4: the code to one mailbox does not lead the messages of a coordinator to somebody else's telephone."""
    signed_in(mia)
    by_code, by_sign_in = opened(), signed_in(mia, minutes_ago=6)
    pages = (PAGE, "/m/settings/contacts/add/")

    answers = [browser.get(page).url.split("?")[0] for browser in (by_code, by_sign_in) for page in pages]

    assert answers == ["/account/prove/"] * 4
    assert by_code.get("/m/settings/").status_code == 200


def test_they_are_offered_on_the_way_in_until_somebody_answers(mia: Person) -> None:
    browser = opened()
    first, second = (browser.get("/m/messages/").content.decode() for _look in range(2))

    answer = browser.post("/m/settings/devices/decline/", follow=True).content.decode()

    assert all(f'action="{PAGE}" data-push=' in page and f'href="{PAGE}"' in page for page in (first, second))
    assert "As you like." in answer
    assert "data-push=" not in answer
    assert "data-push=" not in opened().get("/m/messages/").content.decode()
    assert PAGE in browser.get("/m/settings/").content.decode()


def test_who_has_them_is_not_asked(mia: Person) -> None:
    browser = opened()
    browser.post(PAGE, {"subscription": Device().subscription})

    assert "data-push=" not in browser.get("/m/messages/").content.decode()


def test_they_are_not_offered_to_whoever_signs_in_or_where_they_are_off(mia: Person) -> None:
    with override_settings(PUSH_HOSTS=[]):
        off = opened().get("/m/messages/").content.decode()
    staff = signed_in(mia).get("/m/messages/").content.decode()

    assert "data-push=" not in off + staff
