"""The first people of a real installation: a command, a link, a password of their own."""

import argparse
import io

import pytest
from django.test import Client

from plp.accounts.models import Account
from plp.delivery.links import stop_link
from plp.delivery.models import Dispatch, Message, MessageText
from plp.journal.models import Entry
from plp.mandates.models import Mandate
from plp.ops.cli import Failed
from plp.ops.commands import appoint
from plp.people.models import Person
from plp.places import actions as places
from plp.portal.subjects.account.factors import factor_kinds_of, replace_totp_and_ensure_recovery_codes
from tests.factories.cast import NOW
from tests.portal.staff import SECRET

pytestmark = pytest.mark.django_db
PASSWORD = "zes rode fietsen zwijgen stil"


@pytest.fixture
def _territory() -> None:
    places.create_and_correct_territory(by=None, at=NOW)


def options(**given: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    appoint.add_arguments(parser)
    asked = {"role": "chief", "name": "Carla Modèle", "email": "Chef@Example.be", "area": "21004", "language": "fr"}
    return parser.parse_args([part for key, value in (asked | given).items() if value for part in (f"--{key}", value)])


def flagged() -> argparse.Namespace:
    asked = options()
    asked.new_factor = True
    return asked


@pytest.mark.usefixtures("_territory")
def test_a_stop_silences_no_invitation() -> None:
    """Mails about a sign-in are asked for by the office, and leave whatever was stopped (T3)."""
    appoint.run(options())
    contact = Mandate.objects.get().person.contacts.get()
    stopped = Client().post(
        stop_link(contact.pk).removeprefix("http://127.0.0.1:8000"), {"List-Unsubscribe": "One-Click"}
    )

    appoint.run(options())

    contact.refresh_from_db()
    assert stopped.status_code == 200
    assert contact.stopped_at is not None
    assert list(Dispatch.objects.values_list("state", "contact")) == [("queued", contact.pk)] * 2
    assert {message.despite_stop for message in Message.objects.all()} == {True}


@pytest.mark.usefixtures("_territory")
def test_a_chief_is_appointed_chooses_a_password_and_signs_in(capsys: pytest.CaptureFixture[str]) -> None:
    assert appoint.run(options()) == 0
    link = capsys.readouterr().out.strip()
    client = Client()
    path = link.removeprefix("http://127.0.0.1:8000")

    weak = client.post(path, {"new": "short"})
    done = client.post(path, {"new": PASSWORD})

    mandate = Mandate.objects.get()
    assert (mandate.role, mandate.area.path.count("/"), mandate.decided_by) == ("chief", 2, None)
    assert (weak.status_code, done.status_code) == (200, 302)
    assert client.get(done.url).status_code in {200, 302}
    assert client.session["_auth_user_id"] == str(Account.objects.get().pk)
    assert Client().get(path).status_code == 409
    assert mandate.person.contacts.get().confirmed_at is not None


@pytest.mark.usefixtures("_territory")
def test_the_same_link_is_mailed_and_no_password_is_known() -> None:
    mandate = appoint.appoint_person_with_sign_in(options())

    assert not mandate.person.account.has_usable_password()
    assert Dispatch.objects.get().contact.person == mandate.person
    assert "/account/set-up/" in MessageText.objects.get(channel="email").body


@pytest.mark.usefixtures("_territory")
def test_a_second_time_adds_the_role_and_nobody_new() -> None:
    appoint.appoint_person_with_sign_in(options())
    appoint.appoint_person_with_sign_in(options())
    appoint.appoint_person_with_sign_in(options(role="municipality", area="21004"))

    assert Person.objects.count() == 1
    assert sorted(Mandate.objects.values_list("role", flat=True)) == ["chief", "municipality"]


@pytest.mark.usefixtures("_territory")
@pytest.mark.parametrize("amiss", [{"area": "Nowhere"}, {"area": "99999"}, {"name": ""}])
def test_what_is_missing_or_unknown_is_said_and_nothing_is_written(
    amiss: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))

    with pytest.raises(Failed):
        appoint.appoint_person_with_sign_in(options(**amiss))
    assert not Person.objects.exists()


@pytest.mark.usefixtures("_territory")
def test_a_mistyped_zone_gets_the_names_that_are_near() -> None:
    with pytest.raises(Failed, match=r"There is no zone 'Payz de Herve'\. Did you mean: Pays de Herve\?"):
        appoint.run(options(area="Payz de Herve"))


@pytest.mark.usefixtures("_territory")
def test_everything_can_be_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("municipality\nMalmedy\nvt@example.be\nPaul Muster\nde\n"))

    mandate = appoint.appoint_person_with_sign_in(options(role="", name="", email="", area="", language=""))

    assert (mandate.role, mandate.area.nis, mandate.person.account.email) == ("municipality", "63049", "vt@example.be")


@pytest.mark.usefixtures("_territory")
def test_a_lost_second_factor_is_forgotten_only_when_asked() -> None:
    account = appoint.appoint_person_with_sign_in(options()).person.account
    replace_totp_and_ensure_recovery_codes(account=account, secret=SECRET, by=account.person, at=NOW)

    appoint.run(options())
    kept = factor_kinds_of(account)
    appoint.run(flagged())

    assert kept == {"totp", "recovery_codes"}
    assert factor_kinds_of(account) == set()
    assert Entry.objects.filter(verb="account.factors_forgotten").count() == 1


@pytest.mark.usefixtures("_territory")
def test_a_federal_reader_reads_the_whole_country_and_nothing_smaller() -> None:
    with pytest.raises(Failed, match=r"held over the whole country: leave the area out\.$"):
        appoint.appoint_person_with_sign_in(options(role="federal"))
    mandate = appoint.appoint_person_with_sign_in(options(role="federal", area=""))

    assert (mandate.role, mandate.area.path) == ("federal", "be/")


def test_without_territory_it_says_to_migrate() -> None:
    with pytest.raises(Failed, match="migrate"):
        appoint.appoint_person_with_sign_in(options())


def test_only_roles_that_the_operator_gives_can_be_given() -> None:
    assert appoint.ROLES == ["chief", "municipality", "federal", "administrator"]
