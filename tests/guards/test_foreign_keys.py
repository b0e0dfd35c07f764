"""A foreign key points to its own room or to one below: a linter does not see the strings of an ORM."""

from collections.abc import Iterable, Sequence

from django.apps import apps
from django.db import models

from tests.guards.tree import layers


def room_of(table: type[models.Model]) -> str:
    """The room whose module holds the table: its label may be that of another one (ADR 41)."""
    name = table.__module__.split(".")
    return name[1] if name[0] == "plp" else table._meta.app_label


def faults(tables: Iterable[type[models.Model]], order: Sequence[set[str]]) -> list[str]:
    """Relations that point up or sideways."""
    height = {room: level for level, line in enumerate(order) for room in line}
    found = []
    for table in tables:
        for field in table._meta.get_fields():
            target = field.related_model if isinstance(field, models.ForeignKey | models.ManyToManyField) else None
            own, other = room_of(table), room_of(target) if target else room_of(table)
            if own in height and other in height and own != other and height[other] <= height[own]:
                found.append(f"{table._meta.label}.{field.name} points to {other}, which is not below {own}")
    return found


def test_foreign_keys_point_down() -> None:
    tables = [table for table in apps.get_models() if table.__module__.startswith("plp.")]

    assert faults(tables, layers()) == []
    assert len(tables) > 10


def test_a_key_that_points_up_is_found() -> None:
    membership = apps.get_model("partnership", "Membership")

    found = faults([membership], [{"people"}, {"membership"}])

    assert found == ["partnership.Membership.person points to people, which is not below membership"]
