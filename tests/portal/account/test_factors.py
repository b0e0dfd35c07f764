"""Second factors and passwords: enrolled, seen, replaced, taken away."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from plp.journal.models import Entry
from plp.portal.subjects.account.factors import LastFactor, remove_factor_and_end_sessions
from plp.toolbox import clock
from tests.portal.staff import PASSWORD, SECRET, Staff, code, sign_in, staff

pytestmark = pytest.mark.django_db

NEW = "zes rode fietsen zwijgen stil"


def half_signed_in(client: Client) -> Staff:
    """Somebody who typed the password and has no second factor yet."""
    ann = staff(app=False)
    client.post("/account/sign-in/", {"login": ann.email, "password": PASSWORD})
    return ann


def test_an_app_is_enrolled_by_typing_the_secret(client: Client) -> None:
    """Without JavaScript and without a camera; then the account is open and the recovery codes are shown."""

    ann = half_signed_in(client)

    page = client.get("/account/second-factor/app/").content.decode()
    secret = re.search(r'class="secret"[^>]*>([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    typed = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    done = client.post("/account/second-factor/app/", {"code": typed})
    codes = client.get(done.url).content.decode()

    assert done.url == "/account/recovery-codes/"
    assert len(re.findall(r"<li>\d{8}</li>", codes)) == 10
    assert client.get("/account/").status_code == 200
    assert list(Entry.objects.filter(verb="account.factor_added").values_list("actor", "details")) == [
        (str(ann.person.pk), {"kind": "totp"})
    ]


def test_a_wrong_first_code_enrols_nothing(client: Client) -> None:
    """The secret must have arrived; it stays the same for the next try."""
    half_signed_in(client)
    before = client.get("/account/second-factor/app/").content.decode()

    after = client.post("/account/second-factor/app/", {"code": "000000"}).content.decode()

    assert Authenticator.objects.count() == 0
    assert re.findall(r'class="secret"[^>]*>([^<]+)<', before) == re.findall(r'class="secret"[^>]*>([^<]+)<', after)


def test_the_picture_is_an_image_of_our_own(client: Client) -> None:
    """An SVG without style or script, so the policy lets it through."""
    half_signed_in(client)

    picture = client.get("/account/second-factor/app/picture.svg")

    assert picture.headers["Content-Type"] == "image/svg+xml"
    assert picture.content.startswith(b"<svg")
    assert b"style" not in picture.content
    assert picture.headers["Cache-Control"] == "no-store, private"


def test_the_secret_of_the_app_is_sealed_in_the_database() -> None:
    """T52: a copy of the database signs nobody in."""
    ann = staff()

    rows = list(Authenticator.objects.filter(user=ann.account))

    assert len(rows) == 2
    assert SECRET not in str([row.data for row in rows])


def test_replacing_the_app_asks_for_a_fresh_proof(client: Client) -> None:
    """Somebody at an open screen cannot move the account to their own telephone."""
    sign_in(client, staff())
    session = client.session
    session["account_authentication_methods"] = [
        record | {"at": record["at"] - 301} for record in session["account_authentication_methods"]
    ]
    session.save()

    answers = [
        client.get(f"/account/{page}/") for page in ("second-factor/app", "second-factor", "recovery-codes", "password")
    ]

    assert [answer.status_code for answer in answers] == [302] * 4
    assert {answer.url.split("?")[0] for answer in answers} == {"/account/prove/"}


def test_recovery_codes_are_replaced_as_a_whole(client: Client) -> None:
    """The old ones are worth nothing."""
    ann = staff()
    sign_in(client, ann)
    old = Authenticator.objects.get(user=ann.account, type="recovery_codes").wrap().get_unused_codes()

    client.post("/account/recovery-codes/")

    new = Authenticator.objects.get(user=ann.account, type="recovery_codes").wrap().get_unused_codes()
    assert len(new) == 10
    assert set(old).isdisjoint(new)


def test_without_a_recovery_code_the_account_says_to_make_new_ones(client: Client) -> None:
    ann = staff()
    sign_in(client, ann)
    row = Authenticator.objects.get(user=ann.account, type="recovery_codes")
    for left in row.wrap().get_unused_codes():
        row.wrap().validate_code(left)

    pages = [client.get(f"/account/{page}").content.decode() for page in ("", "recovery-codes/")]

    assert ["You have no recovery code. Make ten" in page for page in pages] == [True, True]
    assert "I have kept them" not in pages[1]


def test_the_only_second_factor_stays() -> None:
    """All staff have one, always."""
    ann = staff()
    app = Authenticator.objects.get(user=ann.account, type="totp")

    with pytest.raises(LastFactor):
        remove_factor_and_end_sessions(factor=app, by=ann.person, at=clock.now())

    assert Authenticator.objects.filter(user=ann.account, type="totp").count() == 1


def test_a_second_passkey_can_be_removed(client: Client) -> None:
    """After a question; the refusal of the last one is said as a sentence."""
    ann = staff()
    sign_in(client, ann)
    key = Authenticator.objects.create(user=ann.account, type="webauthn", data={"name": "Key", "credential": {}})
    app = Authenticator.objects.get(user=ann.account, type="totp")

    asked = client.get(f"/account/second-factor/{key.pk}/remove/").content.decode()
    removed = client.post(f"/account/second-factor/{key.pk}/remove/")
    refused = client.post(f"/account/second-factor/{app.pk}/remove/")

    assert "Remove this second proof?" in asked
    assert removed.url == "/account/"
    assert refused.status_code == 409
    assert "your only second proof" in refused.content.decode()


def test_nobody_removes_the_factor_of_another(client: Client) -> None:
    """A foreign key answers as an absent one."""
    sign_in(client, staff())
    foreign = Authenticator.objects.get(user=staff("Bo Maes").account, type="totp")

    statuses = [client.post(f"/account/second-factor/{key}/remove/").status_code for key in (foreign.pk, 999_999)]

    assert statuses == [404, 404]


def test_a_new_password_ends_the_other_sessions(client: Client) -> None:
    """T6: this one goes on."""
    ann = staff()
    sign_in(client, ann)
    other = Client()
    sign_in(other, ann, steps=1)
    before = other.get("/account/").status_code

    changed = client.post("/account/password/", {"old": PASSWORD, "new": NEW})

    assert before == 200
    assert changed.url == "/account/"
    assert client.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 302


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [("wrong wrong wrong", NEW, "old"), (PASSWORD, "short word", "new"), (PASSWORD, "", "new")],
)
def test_a_password_is_changed_only_by_whoever_knows_it_and_to_a_long_one(
    client: Client, old: str, new: str, field: str
) -> None:
    """Fifteen characters at least."""
    ann = staff()
    sign_in(client, ann)

    page = client.post("/account/password/", {"old": old, "new": new})
    ann.account.refresh_from_db()

    assert list(page.context["form"].errors) == [field]
    assert ann.account.check_password(PASSWORD)


def test_only_what_we_use_of_allauth_has_an_address(client: Client) -> None:
    """No sign-up, no reset by e-mail, no list of addresses."""
    paths = ["signup/", "email/", "password/reset/", "password/set/", "login/", "confirm-email/", "inactive/", "2fa/"]

    assert [client.get(f"/account/{path}").status_code for path in paths] == [404] * len(paths)


def test_the_code_of_the_fresh_proof_must_be_new(client: Client) -> None:
    """The code of the sign-in does not prove anything a second time."""
    sign_in(client, staff())

    again = client.post("/account/prove/", {"code": code()})

    assert again.status_code == 200
