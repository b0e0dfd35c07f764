"""The pure decisions of the charter: money, words, files, order, the course of a message."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plp.charter.queries import default_rules
from plp.charter.rules import (
    ORDERS,
    Cost,
    Money,
    contradictions,
    course,
    differences,
    is_same,
    may_sign_now,
    media_of,
    order_called,
)

TODAY = date(2026, 11, 25)
LATER, EARLIER = TODAY + timedelta(days=90), TODAY - timedelta(days=1)
BASE = Cost("base", Decimal(240), "municipality", None)
BY_MEMBERS = Cost("base", Decimal(100), "members", None)
SOUND = Money(
    costs=[BASE],
    costs_nothing=False,
    contribution=None,
    members_expected=None,
    alternative="",
    insurer="",
    insured="",
    insured_until=None,
    uninsured_because="asked",
)
INSURED = {"insurer": "Assureur", "insured": "liability", "insured_until": LATER, "uninsured_because": ""}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"costs": []}, "no_costs"),
        ({"costs_nothing": True}, "denied_costs"),
        ({"costs": [replace(BASE, kind="extra")]}, "no_base"),
        ({"costs": [replace(BASE, paid_until=EARLIER)], "alternative": "x"}, "ended"),
        ({"costs": [replace(BASE, paid_until=LATER)]}, "no_alternative"),
        ({"costs": [BY_MEMBERS]}, "no_contribution"),
        ({"costs": [BY_MEMBERS], "contribution": Decimal(1)}, "no_members"),
        ({"costs": [BY_MEMBERS], "contribution": Decimal("1.01"), "members_expected": 100}, "above_costs"),
        ({"contribution": Decimal(1), "members_expected": 1}, "above_costs"),
        (INSURED | {"insured": ""}, "half_insured"),
        (INSURED | {"insured_until": EARLIER}, "insurance_ended"),
        (INSURED | {"uninsured_because": "x"}, "insured_and_not"),
        ({"uninsured_because": ""}, "no_insurance"),
    ],
)
def test_a_contradiction_is_named(change: dict, fault: str) -> None:
    assert contradictions(replace(SOUND, **change), today=TODAY) == [fault]


@pytest.mark.parametrize(
    "change",
    [
        {},
        INSURED,
        {"costs": [], "costs_nothing": True},
        {"costs": [BY_MEMBERS], "contribution": Decimal(1), "members_expected": 100},
        {"costs": [replace(BASE, paid_until=LATER)], "alternative": "The municipality takes over."},
    ],
)
def test_a_sound_plan_has_no_contradiction(change: dict) -> None:
    assert contradictions(replace(SOUND, **change), today=TODAY) == []


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_pieces_make_up_both_versions(old: str, new: str) -> None:
    pieces = differences(old, new)

    assert "".join(piece.words for piece in pieces if piece.kind != "new") == old
    assert "".join(piece.words for piece in pieces if piece.kind != "gone") == new
    assert is_same(pieces) == (old == new)


def test_one_changed_word_is_one_change() -> None:
    kinds = [(piece.kind, piece.words) for piece in differences("préavis de trois mois.", "préavis de six mois.")]

    assert kinds == [("same", "préavis de "), ("gone", "trois"), ("new", "six"), ("same", " mois.")]


@pytest.mark.parametrize(
    ("content", "media"),
    [
        (b"%PDF-1.7 ... %%EOF", "application/pdf"),
        (b"%PDF-1.7 cut off", None),
        (b"\x89PNG\r\n\x1a\n...", "image/png"),
        (b"\xff\xd8\xff\xe0...", "image/jpeg"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", None),
        (b"PK\x03\x04", None),
        (b"", None),
    ],
)
def test_a_file_is_known_by_its_content(content: bytes, media: str | None) -> None:
    assert media_of(content) == media


def test_each_signs_in_turn() -> None:
    order = ORDERS["citizens"][1]

    assert may_sign_now("coordinator", order=order, signed=[])
    assert not may_sign_now("municipality", order=order, signed=["coordinator", "officer"])
    assert may_sign_now("municipality", order=order, signed=["coordinator", "officer", "chief"])
    assert not may_sign_now("coordinator", order=order, signed=["coordinator"])
    assert may_sign_now("chief", order=(), signed=["municipality"])
    assert [order_called(slots) for _label, slots in ORDERS.values()] == list(ORDERS)


def test_an_alarm_on_a_sunday_at_three_leaves_at_once_and_advice_waits() -> None:
    alarm, _feedback, advice = default_rules()[:3]
    sunday = datetime(2026, 11, 29, 2, 0, tzinfo=UTC)  # three o'clock in Brussels

    urgent, calm = course(alarm, sunday), course(replace(advice, hours_from=time(8), hours_until=time(21)), sunday)

    assert (urgent.waits, urgent.leaves_at) == (False, sunday)
    assert (urgent.expires_at, urgent.feedback_by) == (sunday + timedelta(hours=4), sunday + timedelta(hours=24))
    assert (calm.waits, calm.leaves_at) == (True, datetime(2026, 11, 29, 7, 0, tzinfo=UTC))
    assert (calm.expires_at, calm.feedback_by) == (None, None)
