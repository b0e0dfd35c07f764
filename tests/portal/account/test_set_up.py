"""The link by which somebody chooses the first password: for one person, one week, once."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from plp.accounts import actions as accounts
from plp.accounts.models import Account
from plp.accounts.setup_links import setup_key
from plp.people import actions as people
from plp.toolbox import clock
from tests.portal.staff import PASSWORD, sign_in, staff

pytestmark = pytest.mark.django_db
NEW = "zes rode fietsen zwijgen stil"


def invited() -> Account:
    """Somebody who has not chosen a password yet."""
    at = clock.now()
    person = people.register_person(name="Inès Modèle", language="fr", by=None, at=at)
    return accounts.create_account(person=person, email="ines@plp.test", password=None, by=None, at=at)


def url(account: Account) -> str:
    return reverse("account_set_up", args=[setup_key(account)])


def test_without_a_password_nobody_signs_in(client: Client) -> None:
    invited()

    answer = client.post("/account/sign-in/", {"login": "ines@plp.test", "password": ""})

    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "key", ["x", "0" * 32, f"{'0' * 32}-", f"{'g' * 32}-a-b", f"{'0' * 32}-aaaaaa-{'0' * 32}", "é" * 32, "-" * 200]
)
def test_a_forged_link_opens_nothing(client: Client, key: str) -> None:
    answer = client.get(reverse("account_set_up", args=[key]))

    assert answer.status_code == 409
    assert "This link is no longer valid." in answer.content.decode()


def test_the_link_of_another_account_does_not_fit(client: Client) -> None:
    mine, other = invited(), staff()

    key = f"{other.account.pk.hex}-{setup_key(mine).partition('-')[2]}"

    assert client.post(reverse("account_set_up", args=[key]), {"new": NEW}).status_code == 409
    assert Account.objects.get(pk=other.account.pk).check_password(PASSWORD)


def test_a_link_lives_a_week(client: Client) -> None:
    link, week = url(invited()), clock.now() + timedelta(days=7)
    with time_machine.travel((week - timedelta(minutes=1)).timestamp()):
        in_time = client.get(link).status_code
    with time_machine.travel((week + timedelta(minutes=1)).timestamp()):
        too_late = client.get(link).status_code

    assert (in_time, too_late) == (200, 409)


def test_a_link_dies_with_its_use_and_with_the_next_sign_in(client: Client) -> None:
    ann, fresh = staff(), invited()
    first, second = url(fresh), url(ann.account)

    client.post(first, {"new": NEW})
    sign_in(Client(), ann)

    assert [client.get(link).status_code for link in (first, second)] == [409, 409]


def test_a_closed_account_has_no_link(client: Client) -> None:
    account = invited()
    link = url(account)
    Account.objects.filter(pk=account.pk).update(is_active=False)

    assert client.get(link).status_code == 409


def test_a_short_password_is_named_and_nothing_changes(client: Client) -> None:
    account = invited()

    page = client.post(url(account), {"new": "court"}).content.decode()

    assert "field-wrong" in page
    assert "15 characters" in page
    assert not Account.objects.get(pk=account.pk).has_usable_password()


def test_whoever_chose_a_password_is_signed_in_by_it(client: Client) -> None:
    account = invited()

    chosen = client.post(url(account), {"new": NEW})

    assert client.session["_auth_user_id"] == str(account.pk)
    assert chosen.status_code == 302


def test_a_link_does_not_stand_in_for_a_second_factor(client: Client) -> None:
    ann = staff()

    chosen = client.post(url(ann.account), {"new": NEW})

    assert "_auth_user_id" not in client.session
    assert "second-factor" in chosen.headers["Location"]
