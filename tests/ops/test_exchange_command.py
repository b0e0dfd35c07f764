"""What the operator does with other installations: list, invite, answer, a stick, keys; words stay for chiefs."""

import argparse
import base64
import io
import json
from pathlib import Path
from uuid import uuid4

import pytest

from plp.exchange.models import PartnerInstallation
from plp.exchange.queries import verification_words_of
from plp.exchange.states import PartnerState
from plp.ops.cli import Failed
from plp.ops.commands import exchange
from tests.exchange.peer import Peer, connected, fields_of, met
from tests.exchange.test_moves import arriving
from tests.factories.cast import NOW, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setattr("plp.toolbox.clock.now", lambda: NOW)
    return Cast()


def done(*words: str) -> None:
    """Run ``./plp exchange`` with these words."""
    parser = argparse.ArgumentParser()
    exchange.add_arguments(parser)
    exchange.run(parser.parse_args(words))


def test_an_invitation_is_printed(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    done("invite", "Zone Un", "--by-file")

    fields = fields_of(capsys.readouterr().out)
    assert (fields["meeting"], fields["origin"]) == (str(PartnerInstallation.objects.get().pk), "")


def test_an_answer_prints_the_words_and_confirms_nothing(
    cast: Cast, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(Peer().invitation()))

    done("answer", "register")

    partner = PartnerInstallation.objects.get()
    assert capsys.readouterr().out.split() == verification_words_of(partner)
    assert (partner.state, partner.confirmed_at) == (PartnerState.MET, None)


def test_letters_go_and_come_by_file(cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    peer, partner = met(cast)
    file = tmp_path / "letters"

    done("export", str(partner.pk), str(file))
    assert file.read_bytes().startswith(b"plp-letters-1\n")
    from_there = b"plp-letters-1\n" + base64.b64encode(peer.letter("confirmed")) + b"\n"
    file.write_bytes(from_there)
    done("import", str(file))

    assert json.loads(capsys.readouterr().out)["taken"] == 1


def test_the_list_says_what_waits(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    met(cast)

    done("list", "--json")
    done("list")

    rows, _brace, _line = capsys.readouterr().out.rpartition("]")
    assert json.loads(f"{rows}]")[0] | {"words": [], "id": ""} == {
        "id": "",
        "name": "Zone Elders",
        "area": "Zone Un",
        "purpose": "messages",
        "state": "met",
        "origin": "https://plp.elders.example",
        "waiting": 1,
        "trouble": "",
        "words": [],
    }


def test_nothing_to_list_is_said(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    done("list")
    done("moves")
    done("retry")

    shown = capsys.readouterr()
    assert (shown.out, shown.err.splitlines()) == (
        "",
        [
            "plp: No other installation is known yet: ./plp exchange invite ZONE makes an invitation.",
            "plp: No partnership moves or has moved.",
            "plp: 0 letters arrived.",
        ],
    )


def test_keys_are_shown_and_renewed_and_a_partner_is_ended(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    peer, partner = connected(cast)

    done("keys")
    done("keys", "--renew")
    done("end", str(partner.pk))

    shown = capsys.readouterr().out.split()
    assert len(set(shown)) == 4
    assert peer.kinds() == ["keys", "ended"]


def test_what_is_not_there_is_said(cast: Cast) -> None:
    with pytest.raises(Failed, match="Did you mean: Zone Un"):
        done("invite", "Zone Une")
    with pytest.raises(Failed, match="or several"):
        done("invite", "Atlantis")
    with pytest.raises(Failed):
        done("end", str(uuid4()))


def test_moves_are_listed_with_what_lacks(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    _peer, move = arriving(cast)

    done("moves")
    line = capsys.readouterr().out
    done("moves", "--json")
    row = json.loads(capsys.readouterr().out)[0]

    assert str(move.key) in line
    assert (row["state"], row["way"], row["lacking_streets"]) == ("offered", "from", ["21004|BS/1"])
