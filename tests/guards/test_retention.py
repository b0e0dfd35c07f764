"""Every personal column has a term or a stated reason; every term is kept by a chore of the worker (R84)."""

import pytest

from plp.ops import housekeeping
from plp.protection.retention import RULES, column_rule
from tests.guards.test_privacy import declared


def test_every_personal_column_falls_under_a_rule() -> None:
    assert [column for column in declared() if column_rule(column) is None] == []


def test_a_column_nobody_thought_of_is_found() -> None:
    assert column_rule("somewhere.Table.name") is None
    assert column_rule("launch.Ideas.words") == column_rule("launch.Tick.by") != column_rule("launch.Idea.words")


@pytest.mark.parametrize("rule", RULES, ids=[rule.key for rule in RULES])
def test_every_term_is_kept_by_the_worker(rule: object) -> None:
    done = {chore.action.__name__ for chore in housekeeping.daily_chores()}

    assert not rule.chore or rule.chore in done  # type: ignore[attr-defined]
    assert rule.chore or rule.kept is None  # type: ignore[attr-defined]
