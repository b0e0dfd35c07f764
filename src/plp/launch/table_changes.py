"""Rows that an act changes, makes or deletes, kept as they were, so that it can be taken back exactly."""

from typing import Any

from django.apps import apps
from django.db import models

# Label of the model, key, attribute to earlier value (None for a row that was made); DELETED after a row's every value.
type KeptRow = list[Any]
DELETED = "deleted"


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

    def record_deletion(self, row: models.Model) -> None:
        """Keep the whole of ``row``, which this act is about to delete."""
        before = {field.attname: _stored_value(field, row) for field in row._meta.concrete_fields}
        self.rows.append([row._meta.label, str(row.pk), before, DELETED])


def undo_table_changes(rows: list[KeptRow]) -> None:
    """Set every field back, delete what was made and make again what was deleted, the last first.

    Raises ``models.ProtectedError``.
    """
    for label, key, before, *deleted in reversed(rows):
        model = apps.get_model(label)
        row = model._default_manager.filter(pk=key)
        if before is None:
            row.delete()
            continue
        fields = {field.attname: field for field in model._meta.concrete_fields}
        values = {name: _parse_stored_value(fields[name], value) for name, value in before.items()}
        if not deleted:
            row.update(**values)
        elif _exist_all_targets(model, values):
            model._default_manager.create(**values)


def _exist_all_targets(model: type[models.Model], values: dict[str, Any]) -> bool:
    """Whether all that a deleted row refers to is still there: who was erased since does not come back."""
    relations: list[Any] = [field for field in model._meta.concrete_fields if field.is_relation]
    targets = [(field.related_model, values[field.attname]) for field in relations if values[field.attname] is not None]
    return all(target._default_manager.filter(pk=key).exists() for target, key in targets)


def _stored_value(field: Any, row: models.Model) -> str | None:
    return None if getattr(row, field.attname) is None else field.value_to_string(row)


def _parse_stored_value(field: Any, value: str | None) -> Any:
    target = field.target_field if field.is_relation else field
    return None if value is None else target.to_python(value)
