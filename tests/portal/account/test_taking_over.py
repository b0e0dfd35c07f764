"""Nobody takes a sign-in over unseen: new browsers, another address, a new start (T4)."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client

from plp.accounts import actions as accounts
from plp.accounts import address_changes, devices, recoveries
from plp.accounts.models import Account, Device, Recovery
from plp.delivery.actions import stop_contact
from plp.delivery.models import Dispatch, Message, MessageText
from plp.mandates.grants import Role
from plp.mandates.queries import NotAllowed
from plp.membership.codes import send_one_time_code
from plp.toolbox import clock
from tests.factories.cast import Cast, contact
from tests.portal import signing
from tests.portal.signing import signed_in
from tests.portal.staff import PASSWORD, sign_in, staff

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def letters(purpose: str) -> list[MessageText]:
    return list(MessageText.objects.filter(message__purpose=f"people.{purpose}").order_by("message__created_at"))


def link(purpose: str) -> str:
    """The path of the link in the last letter of this kind."""
    body = letters(purpose)[-1].body
    return next(line for line in body.splitlines() if line.startswith(settings.ORIGIN)).removeprefix(settings.ORIGIN)


def test_a_new_browser_is_told_and_a_known_one_is_not(client: Client) -> None:
    ann = staff()

    sign_in(client, ann)
    client.post("/account/sign-out/")
    sign_in(client, ann, steps=1)
    sign_in(Client(), ann, steps=-1)

    assert len(letters("new_device")) == Device.objects.count() == 2
    assert client.cookies[settings.DEVICE_COOKIE_NAME]["httponly"]


def test_no_stop_silences_what_is_said_of_a_sign_in() -> None:
    cast = Cast()
    nora = cast.here.coordinator
    account = accounts.create_account(person=nora, email="nora@plp.test", password=None, by=None, at=clock.now())
    mailbox = contact(nora, "email", "nora@plp.test")
    stop_contact(contact=mailbox, how="mail", at=clock.now())

    devices.tell_owner_and_officers_of_new_device(account, at=clock.now())
    address_changes.request_address_change_by_mail(account, email="other@plp.test", at=clock.now())
    send_one_time_code(contact=mailbox, purpose="settings_code", browser="x", by=None, at=clock.now())

    sent = Dispatch.objects.filter(contact=mailbox).values_list("message__purpose", "message__despite_stop", "state")
    assert sorted(sent) == [(f"people.{purpose}", True, "queued") for purpose in ("address_old", "code", "new_device")]


def test_the_officer_learns_of_a_new_browser_of_a_coordinator() -> None:
    cast = Cast()
    account = Account(person=cast.here.coordinator, username="a", email="nora@plp.test", created_at=clock.now())
    account.save()
    contact(cast.officer, "email", "officer@plp.test")

    devices.tell_owner_and_officers_of_new_device(account, at=clock.now())

    told = set(Message.objects.values_list("purpose", flat=True))
    assert told == {"people.new_device", "people.new_device_of"}
    assert cast.here.coordinator.name not in "".join(text.body for text in letters("new_device_of"))


def test_another_address_holds_a_day_after_it_was_asked_for(client: Client) -> None:
    ann = staff()
    sign_in(client, ann)

    client.post("/account/address/", {"email": "Ann.New@PLP.test"})
    looked, client_elsewhere = Client().get(link("address_new")), Client()
    proven = client_elsewhere.post(link("address_new"))
    early = address_changes.replace_account_and_contact_addresses(at=clock.now() + DAY - timedelta(minutes=1))
    late = address_changes.replace_account_and_contact_addresses(at=clock.now() + DAY)

    assert (looked.status_code, proven.status_code, early, late) == (200, 200, 0, 1)
    account = Account.objects.get(pk=ann.account.pk)
    assert account.email == "Ann.New@plp.test"
    assert [one.address for one in ann.person.contacts.all()] == ["Ann.New@plp.test"]
    assert client.get("/account/").status_code == 302


def test_without_proof_nothing_changes_and_the_old_address_can_stop_it(client: Client) -> None:
    ann = staff()
    sign_in(client, ann)
    client.post("/account/address/", {"email": "thief@evil.test"})

    unproven = address_changes.replace_account_and_contact_addresses(at=clock.now() + 2 * DAY)
    Client().post(link("address_new"))
    looked = Client().get(link("address_old"))
    still = client.get("/account/").status_code
    Client().post(link("address_old"))
    after = address_changes.replace_account_and_contact_addresses(at=clock.now() + 2 * DAY)

    assert (unproven, looked.status_code, still, after) == (0, 200, 200, 0)
    assert client.get("/account/").status_code == 302
    assert Client().get(link("address_old")).status_code == 409
    assert Account.objects.get(pk=ann.account.pk).email == ann.email


def test_the_two_links_do_not_stand_in_for_each_other(client: Client) -> None:
    ann = staff()
    change = address_changes.create_address_change(account=ann.account, email="ann.new@plp.test", at=clock.now())

    for purpose, other in (
        (address_changes.PROVE, address_changes.CANCEL),
        (address_changes.CANCEL, address_changes.PROVE),
    ):
        with pytest.raises(address_changes.ChangeOver):
            address_changes.open_address_change_by_key(address_changes.address_change_link_key(change, purpose), other)


def test_another_address_needs_a_fresh_proof(client: Client) -> None:
    sign_in(client, staff())

    with time_machine.travel(clock.now() + timedelta(minutes=6)):
        asked = client.post("/account/address/", {"email": "ann.new@plp.test"})

    assert asked.url.startswith("/account/prove/")
    assert letters("address_new") == []


def test_removing_a_factor_ends_the_other_sessions(client: Client) -> None:
    ann, other = staff(), Client()
    sign_in(client, ann)
    sign_in(other, ann, steps=1)
    key = Authenticator.objects.create(user=ann.account, type="webauthn", data={"name": "Key", "credential": {}})

    client.post(f"/account/second-factor/{key.pk}/remove/")

    assert (client.get("/account/").status_code, other.get("/account/").status_code) == (200, 302)


# A new start: one asks, another agrees


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setattr(signing, "AT", clock.now())
    cast = Cast()
    account = Account(person=cast.here.coordinator, username="a", email="nora@plp.test", created_at=clock.now())
    account.set_password(PASSWORD)
    account.save()
    Authenticator.objects.create(user=account, type="totp", data={"secret": "x"})
    return cast


def asked(cast: Cast) -> Recovery:
    mandate = cast.here.coordinator.mandates.get()
    return recoveries.request_recovery_and_mail_holder(mandate, by=cast.officer, at=clock.now())


def test_a_new_start_needs_two_and_leaves_nothing_of_the_old(cast: Cast) -> None:
    lost = signed_in(cast.here.coordinator)
    recovery = asked(cast)
    page = f"/mandates/new-starts/{recovery.pk}/"

    own, alone = signed_in(cast.officer).get(page).status_code, signed_in(cast.here.coordinator).get(page).status_code
    second = signed_in(cast.second_officer)
    question = second.get(page)
    second.post(page, {"agree": "1"})

    account = Account.objects.get(person=cast.here.coordinator)
    assert (own, alone, question.status_code) == (404, 404, 200)
    assert not account.has_usable_password()
    assert Authenticator.objects.filter(user=account).count() == 0
    assert lost.get("/account/").status_code == 302
    assert letters("invitation")
    assert second.post(page, {"agree": "1"}).status_code == 404


def test_one_alone_cannot_make_it(cast: Cast) -> None:
    recovery = asked(cast)

    for person, refusal in ((cast.officer, recoveries.NotTheSecond), (cast.here.coordinator, NotAllowed)):
        with pytest.raises(refusal):
            recoveries.approve_recovery_reset_and_invite(recovery, by=person, at=clock.now())
    with pytest.raises(recoveries.RecoveryOver):
        recoveries.approve_recovery_reset_and_invite(recovery, by=cast.second_officer, at=clock.now() + 2 * DAY)
    assert Authenticator.objects.count() == 1


def test_a_second_person_may_refuse(cast: Cast) -> None:
    recovery = asked(cast)

    signed_in(cast.second_officer).post(f"/mandates/new-starts/{recovery.pk}/", {})

    assert Authenticator.objects.filter(user=recovery.account).count() == 1
    assert recoveries.recoveries_to_approve(cast.second_officer, at=clock.now()).count() == 0


def test_an_officer_elsewhere_sees_nothing_of_it(cast: Cast) -> None:
    recovery = asked(cast)
    stranger = staff("Bo Maes", role=Role.OFFICER)

    assert signed_in(stranger.person).get(f"/mandates/new-starts/{recovery.pk}/").status_code == 404
    with pytest.raises(NotAllowed):
        recoveries.approve_recovery_reset_and_invite(recovery, by=stranger.person, at=clock.now())
