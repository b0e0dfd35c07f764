"""What every room holds of a person: the ``export`` of each ``privacy.py`` (R79)."""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps

from plp.people.models import Person


def export_personal_data(person: Person) -> dict[str, Any]:
    """All of it, by the name of the room or of its ``SECTION``: for the person alone, since nobody else may know it."""
    return {name: export(person) for name, export in _export_functions()}


def _export_functions() -> Iterator[tuple[str, Any]]:
    for app in (config.name for config in apps.get_app_configs()):
        if app.startswith("plp.") and find_spec(f"{app}.privacy") is not None:
            room = import_module(f"{app}.privacy")
            if hasattr(room, "export"):
                yield getattr(room, "SECTION", app.removeprefix("plp.")), room.export
