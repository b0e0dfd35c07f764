"""Rows as plain values for JSON, and back."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import models

from plp.firms.models import Firm
from plp.people.models import ContactPoint, Household
from plp.places.models import Area, Street
from plp.toolbox.crypto import SealedText

REMADE = (ContactPoint, Firm, Household)  # their look-up digests are made anew under the key of the new installation
KeysByName = dict[tuple[str, str], Any]  # (table, name in the file) -> key here


def export_name_of_row(row: models.Model) -> str:
    """Under which name a row stands in the file: areas and streets by their public name, others by key."""
    if isinstance(row, Area):
        return row.path
    if isinstance(row, Street):
        return f"{row.nis}|{row.register_id}"
    return str(row.pk)


def values_of_row(row: models.Model, names: dict[tuple[str, Any], str]) -> dict[str, Any]:
    """A row for the file: sealed texts opened, references by the names of ``names``, those that stay behind empty."""
    values: dict[str, Any] = {"": export_name_of_row(row)}
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if isinstance(field, models.ForeignKey):
            values[field.name] = names.get((field.related_model._meta.label, value), "") if value is not None else None
        elif not field.primary_key:
            values[field.name] = "" if isinstance(row, REMADE) and field.name == "digest" else _plain_value(value)
    for many in row._meta.many_to_many:
        there = ((many.related_model._meta.label, key) for key in getattr(row, many.name).values_list("pk", flat=True))
        values[many.name] = [names[target] for target in there if target in names]
    return values


def _plain_value(value: Any) -> Any:
    return (
        value.isoformat()
        if isinstance(value, date | datetime | time)
        else str(value)
        if isinstance(value, UUID)
        else value
    )


def unsaved_row_of_values(
    table: type[models.Model], values: dict[str, Any], keys_by_name: KeysByName
) -> models.Model | None:
    """A row to be written here; ``None`` if it must point to something that is not here."""
    fields: dict[str, Any] = {}
    for field in table._meta.concrete_fields:
        if isinstance(field, models.ForeignKey):
            name = values[field.name]
            key = keys_by_name.get((field.related_model._meta.label, name)) if name else None
            if key is None and not field.null:
                return None
            fields[field.attname] = key
        elif not field.primary_key:
            value = values[field.name]
            fields[field.name] = value if isinstance(field, SealedText | models.JSONField) else field.to_python(value)
    pk = table._meta.pk
    if isinstance(pk, models.UUIDField) and table is not Area:
        fields[pk.name] = UUID(values[""])
    elif isinstance(pk, models.CharField):
        fields[pk.name] = values[""]
    return table(**fields)
