"""The plan as a picture: kinds that pass the same hands share a diagram, and each has its row."""

from dataclasses import replace

import pytest

from plp.charter.diagram import message_routes_of_plan
from plp.charter.kinds import KINDS
from plp.charter.queries import default_plan_rules

pytestmark = pytest.mark.usefixtures("english")


def test_one_way_for_all_is_one_diagram() -> None:
    found = message_routes_of_plan(default_plan_rules())

    assert [way.kinds for way in found] == ["All kinds of message"]
    assert [one.head for one in found[0].flow.stations] == [
        "Written by",
        "Read and released by a second person",
        "Relayed by",
        "Received by",
    ]
    assert sorted(kind.lower() for row in found[0].grid.rows for kind in row[0].split(", ")) == sorted(
        str(kind.label).lower() for kind in KINDS.values()
    )
    assert len({tuple(row[1:]) for row in found[0].grid.rows}) == len(found[0].grid.rows)  # what goes alike is one row


def test_what_goes_directly_has_a_way_of_its_own() -> None:
    rules = [
        replace(rule, route="direct", relayers=()) if rule.kind == "alarm" else rule for rule in default_plan_rules()
    ]

    direct, others = message_routes_of_plan(rules)

    assert (direct.kinds, len(direct.flow.stations)) == ("Alarm", 3)
    assert direct.rows_as_head_cell_pairs[0][2:] == [
        ("Hours", "at any hour; not in the quiet hours of a member, unless the member accepts alarms then"),
        ("Not sent any more after", "4 hours; a letter only where somebody carries it within that time"),
        ("Feedback within", "1 day"),
        ("Not released? Chief of corps told after", "15 minutes"),
        ("Who reads answers", "the police"),
    ]
    assert (len(others.flow.stations), len(others.rows_as_head_cell_pairs)) == (4, 6)
