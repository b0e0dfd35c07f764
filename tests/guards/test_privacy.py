"""Every column that tells something of a person is named in its room's ``privacy.py`` (docs/design.md#privacy)."""

import importlib
import importlib.util
from collections.abc import Iterable

from django.apps import apps
from django.db import models

from plp.toolbox.crypto import SealedText

PEOPLE = {"Person", "Account", "ContactPoint", "Household"}
NAMES = {"digest", "username", "email", "phone", "name", "browser", "person", "actor", "recipient"}
PUBLIC = {"Area", "Street", "Address", "Supplier", "Permission", "Group", "ContentType", "Chain"}  # name no person


def is_personal(table: type[models.Model], field: models.Field) -> bool:
    """Sealed, pointing to a person from another room, or called like something personal."""
    target = field.related_model if field.is_relation else None
    points = target is not None and target.__name__ in PEOPLE and table._meta.app_label != "people"
    return isinstance(field, SealedText) or points or (field.name in NAMES and not field.is_relation)


def personal_columns(tables: Iterable[type[models.Model]]) -> set[str]:
    """The columns to be named, as ``room.Model.field``."""
    return {
        f"{table._meta.label}.{field.name}"
        for table in tables
        if table.__name__ not in PUBLIC
        for field in table._meta.concrete_fields
        if is_personal(table, field)
    }


def declared() -> dict[str, str]:
    """What the rooms say they know, and what becomes of it."""
    known: dict[str, str] = {}
    for room in (config.name for config in apps.get_app_configs() if config.name.startswith("plp.")):
        if importlib.util.find_spec(f"{room}.privacy"):
            known |= importlib.import_module(f"{room}.privacy").PERSONAL
    return known


def test_every_personal_column_is_named() -> None:
    tables = [table for table in apps.get_models() if table.__module__.startswith("plp.")]

    assert sorted(personal_columns(tables) - set(declared())) == []


def test_every_named_column_exists_and_says_what_becomes_of_it() -> None:
    columns = {
        f"{table._meta.label}.{field.name}" for table in apps.get_models() for field in table._meta.concrete_fields
    }

    assert sorted(set(declared()) - columns) == []
    assert [name for name, fate in declared().items() if not fate.strip()] == []


def test_a_sealed_column_is_personal() -> None:
    person = apps.get_model("people", "Person")

    assert personal_columns([person]) == {"people.Person.name"}
