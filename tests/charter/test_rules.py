"""The pure decisions of the charter: money, words, files, order, the course of a message."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plp.charter.kinds import KINDS
from plp.charter.queries import default_plan_rules
from plp.charter.rules import (
    ORDERS,
    FinancingData,
    YearlyCost,
    financing_contradictions,
    indexes_of_contradictory_costs,
    is_same_text,
    is_turn_to_sign,
    media_type_of,
    next_sending_time,
    plan_rule_faults,
    signing_order_key,
    simulate_message,
    text_differences,
)
from plp.toolbox.clock import BRUSSELS

TODAY = date(2026, 11, 25)
LATER, EARLIER = TODAY + timedelta(days=90), TODAY - timedelta(days=1)
BASE = YearlyCost("base", Decimal(240), "municipality", None)
BY_MEMBERS = YearlyCost("base", Decimal(100), "members", None)
SOUND = FinancingData(
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
    assert financing_contradictions(replace(SOUND, **change), today=TODAY) == [fault]


def test_a_contradiction_is_about_some_costs_or_about_the_whole_plan() -> None:
    lines = [BASE, replace(BASE, paid_until=EARLIER), BY_MEMBERS, replace(BASE, paid_until=LATER)]
    keys = ("ended", "no_alternative", "no_contribution", "no_base")

    assert [indexes_of_contradictory_costs(key, lines, today=TODAY) for key in keys] == [[1], [1, 3], [2], []]


@pytest.mark.parametrize(
    "change",
    [
        {},
        INSURED,
        {"costs": [], "costs_nothing": True},
        {"costs": [BY_MEMBERS], "contribution": Decimal(1), "members_expected": 100},
        {"costs": [replace(BASE, paid_until=LATER)], "alternative": "The municipality takes over."},
        {"costs": [replace(BASE, paid_until=TODAY)], "alternative": "The municipality takes over."},
        INSURED | {"insured_until": TODAY},
        {"members_expected": 100},
    ],
)
def test_a_sound_plan_has_no_contradiction(change: dict) -> None:
    assert financing_contradictions(replace(SOUND, **change), today=TODAY) == []


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_pieces_make_up_both_versions(old: str, new: str) -> None:
    pieces = text_differences(old, new)

    assert "".join(piece.words for piece in pieces if piece.kind != "new") == old
    assert "".join(piece.words for piece in pieces if piece.kind != "gone") == new
    assert is_same_text(pieces) == (old == new)


def test_one_changed_word_is_one_change() -> None:
    kinds = [(piece.kind, piece.words) for piece in text_differences("préavis de trois mois.", "préavis de six mois.")]

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
    assert media_type_of(content) == media


def test_each_signs_in_turn() -> None:
    order = ORDERS["citizens"][1]

    assert is_turn_to_sign("coordinator", order=order, signed=[])
    assert not is_turn_to_sign("municipality", order=order, signed=["coordinator", "officer"])
    assert is_turn_to_sign("municipality", order=order, signed=["coordinator", "officer", "chief"])
    assert not is_turn_to_sign("coordinator", order=order, signed=["coordinator"])
    assert is_turn_to_sign("chief", order=(), signed=["municipality"])
    assert [signing_order_key(slots) for _label, slots in ORDERS.values()] == list(ORDERS)
    assert signing_order_key(("chief", "municipality", "officer", "coordinator")) == "any"


def test_an_alarm_on_a_sunday_at_three_leaves_at_once_and_advice_waits() -> None:
    alarm, _feedback, advice = default_plan_rules()[:3]
    sunday = datetime(2026, 11, 29, 2, 0, tzinfo=UTC)  # three o'clock in Brussels

    urgent, calm = (
        simulate_message(alarm, sunday),
        simulate_message(replace(advice, hours_from=time(8), hours_until=time(21)), sunday),
    )

    assert urgent.waits is False
    assert urgent.leaves_at == sunday
    assert (urgent.expires_at, urgent.feedback_by) == (sunday + timedelta(hours=4), sunday + timedelta(hours=24))
    assert calm.waits is True
    assert calm.leaves_at == datetime(2026, 11, 29, 7, 0, tzinfo=UTC)
    assert (calm.expires_at, calm.feedback_by) == (None, None)


ALARM, _FEEDBACK, ADVICE = default_plan_rules()[:3]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, []),
        ({"channels": ()}, ["no_channel"]),
        ({"channels": ("email", "pigeon")}, ["unknown_channel"]),
        ({"route": "coordinator", "relayers": ()}, ["no_relayer"]),
        ({"route": "direct", "relayers": ()}, []),
        ({"expiry_minutes": KINDS["alarm"].expiry_minutes}, []),
        ({"expiry_minutes": KINDS["alarm"].expiry_minutes + 1}, ["too_long"]),
        ({"expiry_minutes": None}, ["too_long"]),
        ({"relay_minutes": 300}, ["late_hands"]),
        ({"release_minutes": 240}, ["late_hands"]),
        ({"relay_minutes": 60, "release_minutes": 60}, []),
        ({"hours_from": time(8)}, ["half_hours"]),
        ({"hours_until": time(8)}, ["half_hours"]),
        ({"hours_from": time(10), "hours_until": time(10)}, ["equal_hours"]),
        ({"channels": ("sms", "email", "sms")}, ["double_channel"]),
    ],
)
def test_what_is_wrong_with_a_row_of_the_plan_is_named(change: dict, found: list[str]) -> None:
    rule = replace(ALARM, channels=("email",), hours_from=None, hours_until=None)

    assert plan_rule_faults(replace(rule, **change), installed=["email", "sms"]) == found


def test_advice_does_not_go_without_the_coordinator() -> None:
    assert plan_rule_faults(replace(ADVICE, route="direct", channels=("email",)), installed=["email"]) == ["not_direct"]


@pytest.mark.parametrize(
    ("opens", "closes", "at", "leaves"),
    [
        (8, 21, time(7, 59), time(8)),
        (8, 21, time(8), time(8)),
        (8, 21, time(20, 59), time(20, 59)),
        (22, 6, time(23), time(23)),
        (22, 6, time(5, 59), time(5, 59)),
        (22, 6, time(6), time(22)),
        (22, 6, time(22), time(22)),
    ],
)
def test_a_message_leaves_within_the_hours_of_the_plan_also_over_midnight(
    opens: int, closes: int, at: time, leaves: time
) -> None:
    rule = replace(ADVICE, hours_from=time(opens), hours_until=time(closes))
    ready = datetime.combine(TODAY, at, BRUSSELS)

    assert next_sending_time(rule, ready.astimezone(UTC)) == datetime.combine(TODAY, leaves, BRUSSELS)


def test_after_the_hours_of_the_plan_it_leaves_the_next_morning() -> None:
    rule = replace(ADVICE, hours_from=time(8), hours_until=time(21))
    summer = datetime(2026, 7, 1, 19, 0, tzinfo=UTC)  # nine in the evening on a Belgian clock

    assert next_sending_time(rule, summer) == datetime(2026, 7, 2, 6, 0, tzinfo=UTC)
    assert next_sending_time(replace(rule, hours_until=None), summer) == summer
