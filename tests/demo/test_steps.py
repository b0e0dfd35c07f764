"""A step of the demonstration that does not hold is told, kept in the report, and stops none of the others."""

import subprocess
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from plp.demo import playthrough
from plp.demo.year.followup import _rate_last_notice
from plp.demo.year.membership import _let_a_member_leave
from plp.demo.year.messages import message_acts
from plp.followup.models import Rating
from plp.membership.models import Membership
from tests.factories.cast import NOW, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def quarter() -> Any:
    """A quarter in which nothing was sent and nobody joined."""
    cast = Cast()
    setting = SimpleNamespace(key="haren", languages=["fr"], is_for_shops=False)
    here = {"partnership": cast.here.partnership, "officer": cast.officer, "coordinator": cast.here.coordinator}
    return SimpleNamespace(setting=setting, streets_with_most_doors=lambda: ["Rue de Verdun"], **here)


@pytest.fixture
def run() -> playthrough.Playthrough:
    """A run of which nothing was played yet."""
    return playthrough.Playthrough(smtp=None, sms=None)  # type: ignore[arg-type]


def test_an_alarm_that_could_not_be_written_is_not_released(
    monkeypatch: pytest.MonkeyPatch, run: playthrough.Playthrough, quarter: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_words: object, **_more: object) -> None:
        raise ValueError("no words")

    monkeypatch.setattr(
        playthrough, "list_rules_holding_draft_and_drop_it", lambda *_words, **_more: {"confront_search"}
    )
    monkeypatch.setattr(playthrough, "write_and_submit", broken)

    run._play_alarm(quarter)

    assert [(step["name"], step["ok"]) for step in run.steps] == [
        ("haren: a call to pursue is held", True),
        ("haren: the officer writes an alarm", False),
    ]
    assert run.sent == []
    assert "FAIL haren: the officer writes an alarm" in capsys.readouterr().err


def test_feedback_that_could_not_be_written_is_not_carried(
    monkeypatch: pytest.MonkeyPatch, run: playthrough.Playthrough, quarter: Any
) -> None:
    monkeypatch.setattr(playthrough, "write_release_and_relay_notice", lambda *_words, **_more: None)

    run._send_feedback(quarter, alarm=SimpleNamespace())  # type: ignore[arg-type]

    assert run.sent == []


@pytest.mark.parametrize("code", [0, 1])
def test_what_a_worker_said_when_it_failed_is_told(
    monkeypatch: pytest.MonkeyPatch, run: playthrough.Playthrough, capsys: pytest.CaptureFixture[str], code: int
) -> None:
    ended = subprocess.CompletedProcess([], code, "", "plp: Free some space.")
    monkeypatch.setattr(playthrough.subprocess, "run", lambda *_words, **_more: ended)

    assert run._run_worker_once() == (code == 0)
    assert ("Free some space." in capsys.readouterr().err) == (code == 1)


def test_where_nothing_was_sent_nothing_is_rated(quarter: Any) -> None:
    _rate_last_notice(quarter, 0, NOW)

    assert not Rating.objects.exists()


def test_where_nobody_joined_nobody_leaves(quarter: Any) -> None:
    _let_a_member_leave(quarter, NOW)

    assert not Membership.objects.exists()


def test_no_time_holds_no_message(quarter: Any) -> None:
    assert list(message_acts(quarter, begins=NOW, ends=NOW - timedelta(days=1), days_later=0)) == []
