"""What the pages of the demonstration show where nothing was built and nothing was sent; what can be answered."""

import copy
import json
from pathlib import Path

import pytest
from django.test import Client

from plp.delivery.models import MessageText
from plp.mandates.grants import Role
from plp.ops.environment import PACKAGE
from plp.portal.subjects.demo import records
from tests.factories.cast import Cast
from tests.portal.notices.relay.test_carrying import relayed
from tests.portal.signing import stop_clock

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.portal.demo.urls")]


@pytest.fixture
def home(settings, tmp_path: Path) -> Path:
    """A demonstration that was not built yet."""
    settings.ANSWERED, settings.HOME = ["sms"], tmp_path
    settings.TEMPLATES = copy.deepcopy(settings.TEMPLATES)
    settings.TEMPLATES[0]["DIRS"].append(PACKAGE / "portal" / "subjects" / "demo" / "templates")
    (tmp_path / "outbox").mkdir()
    return tmp_path


def test_before_it_is_built_nobody_signs_in(home: Path, client: Client) -> None:
    assert records.demo_sign_ins() == []
    assert client.get("/demo/").status_code == 200


def test_everybody_who_signs_in_has_the_code_of_this_moment(home: Path) -> None:
    Cast()
    one = {"role": "officer", "quarter": "haren", "name": "Ann", "email": "ann@plp.test", "password": "vijf fietsen"}
    (home / "demo.json").write_text(json.dumps([one | {"totp_secret": "JBSWY3DPEHPK3PXP"}]))

    (found,) = records.demo_sign_ins()

    assert (found.role, found.quarter, len(found.code)) == (Role.OFFICER.label, "Haren", 6)


@pytest.mark.parametrize(("kind", "answered"), [("email", False), ("sms", True)])
def test_a_piece_is_answered_where_its_channel_can_be(home: Path, client: Client, kind: str, *, answered: bool) -> None:
    landed = {"kind": kind, "to": "x@plp.test", "from": "PLP", "subject": "", "text": "Un message attend."}
    (home / "outbox" / "1.json").write_text(json.dumps(landed))

    page = client.get(f"/demo/outbox/?kind={kind}").content.decode()

    assert "Un message attend." in page
    assert ("Answer as its receiver" in page) == answered


def test_a_letter_is_read_as_its_receiver_gets_it(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    stop_clock(monkeypatch)
    relayed(Cast(), "paper", "Rue de Verdun 3, 1130 Haren")

    (letter,), number = records.letters_or_calls_and_their_number("paper", 0, 1)

    assert (letter.to, number) == ("Eva Exemple, Rue de Verdun 3, 1130 Haren", 1)
    assert "Deux personnes" in letter.text


def test_a_letter_whose_words_are_gone_is_left_out(monkeypatch: pytest.MonkeyPatch, home: Path, client: Client) -> None:
    stop_clock(monkeypatch)
    relayed(Cast(), "paper", "Rue de Verdun 3, 1130 Haren")
    MessageText.objects.all().delete()

    page = client.get("/demo/outbox/?kind=paper&page=40")

    assert (page.status_code, "Nothing here yet" in page.content.decode()) == (200, True)
