"""Rows that an act changes or makes, kept as they were, so that it can be taken back exactly."""

from typing import Any

from django.apps import apps
from django.db import models

type KeptRow = list[Any]  # label of the model, key, and attribute to earlier value; None for a row that was made


class TableChanges:
    """Changes rows and keeps how they were. ``rows`` are plain values for JSON; ``take_back`` reads them."""

    def __init__(self) -> None:
        self.rows: list[KeptRow] = []

    def update_and_record(self, row: models.Model, **values: Any) -> None:
        """Change these fields of ``row``."""
        fields: list[Any] = [row._meta.get_field(name) for name in values]
        before = {field.attname: _stored_value(field, row) for field in fields}
        self.rows.append([row._meta.label, str(row.pk), before])
        type(row)._default_manager.filter(pk=row.pk).update(**values)
        for name, value in values.items():
            setattr(row, name, value)

    def record_created(self, row: models.Model) -> None:
        """Keep that ``row`` was made by this act."""
        self.rows.append([row._meta.label, str(row.pk), None])


def undo_table_changes(rows: list[KeptRow]) -> None:
    """Set every field back and delete every row that was made, the last first. Raises ``models.ProtectedError``."""
    for label, key, before in reversed(rows):
        model = apps.get_model(label)
        row = model._default_manager.filter(pk=key)
        if before is None:
            row.delete()
        else:
            fields = {field.attname: field for field in model._meta.concrete_fields}
            row.update(**{name: _parse_stored_value(fields[name], value) for name, value in before.items()})


def _stored_value(field: Any, row: models.Model) -> str | None:
    return None if getattr(row, field.attname) is None else field.value_to_string(row)


def _parse_stored_value(field: Any, value: str | None) -> Any:
    target = field.target_field if field.is_relation else field
    return None if value is None else target.to_python(value)
