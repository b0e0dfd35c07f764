"""In: a folder that another installation wrote becomes a partnership here, all or nothing."""

import hashlib
import json
from datetime import datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, models, transaction

from plp.firms.models import Firm
from plp.firms.queries import enterprise_number_digest
from plp.journal.actions import note
from plp.ops.cli import Failed
from plp.ops.transfer.exporter import FORMAT
from plp.ops.transfer.scope import is_table_left_out_of_transfer
from plp.ops.transfer.values import KeysByName, unsaved_row_of_values
from plp.ops.triggers import triggers_lifted_for_transaction
from plp.partnership.models import Partnership
from plp.people import erasures
from plp.people.models import ContactPoint, Household, Person
from plp.people.queries import contact_digest, house_digest
from plp.places.models import Area, Street
from plp.sandbox.client import parse_in_sandbox
from plp.sandbox.parsers import Rejected
from plp.sandbox.refusals import NotReadNow, TooHeavy

BATCH = 500
CHANGED = "data.json cannot be read: take the folder as it was written."
Tables = list[tuple[type[models.Model], list[dict[str, Any]]]]  # with their rows
FIRST = ("delivery.Message", "places.Area", "places.Street", "people.Household", "people.Person")


def read_manifest_and_data(folder: Path) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]:
    """Manifest and data of a folder, compared with their sums. Raises ``Failed``."""
    no_manifest = f"{folder} holds no manifest.json of ./plp export: name the folder of one partnership."
    manifest = _load_json(folder / "manifest.json", no_manifest)
    if manifest.get("format") != FORMAT:
        raise Failed("This export has another format: bring the older installation up to this version, export again.")
    files = manifest.get("files")
    if not isinstance(files, dict) or not isinstance(manifest.get("partnership"), str):
        raise Failed(no_manifest)
    for name, wanted in files.items():
        path = folder / name
        is_inside = path.resolve().is_relative_to(folder.resolve())
        if not is_inside or not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != wanted:
            raise Failed(f"{name} is missing or was changed after the export: take the folder as it was written.")
    data = _load_json(folder / "data.json", CHANGED)
    if not all(isinstance(rows, list) and all(isinstance(row, dict) for row in rows) for rows in data.values()):
        raise Failed(CHANGED)
    unknown = [label for label in data if not _is_importable_table(label)]
    if unknown:
        raise Failed(f"This version does not know {', '.join(unknown)}: install the version that wrote the export.")
    return manifest, data


def _load_json(path: Path, reason: str) -> dict[str, Any]:
    """The object in a file of JSON, once the sandbox could read it. Raises ``Failed`` with ``reason``."""
    try:
        content = path.read_bytes()
        parse_in_sandbox("data:keys_of_object", content)
        content_of_file: dict[str, Any] = json.loads(content)
    except (OSError, Rejected, ValueError) as wrong:
        raise Failed(reason) from wrong
    except (TooHeavy, NotReadNow) as refused:
        raise Failed(f"{path.name}: {refused.in_words()}") from refused
    return content_of_file


def _is_importable_table(label: str) -> bool:
    try:
        return not is_table_left_out_of_transfer(apps.get_model(label))
    except LookupError:
        return False


def import_partnership_from_folder(folder: Path, *, at: datetime) -> dict[str, int]:
    """Bring a partnership in; answer how many rows of each table were written. Raises ``Failed``.

    Whoever was erased here is left out, with whatever belongs to them alone. What is here already stays as it is.
    """
    manifest, data = read_manifest_and_data(folder)
    try:
        return _import_data(manifest, data, at=at)
    except (LookupError, TypeError, ValueError, AttributeError, ValidationError, DataError, IntegrityError) as wrong:
        raise Failed(CHANGED) from wrong


@transaction.atomic
def _import_data(manifest: dict[str, Any], data: dict[str, list[dict[str, Any]]], *, at: datetime) -> dict[str, int]:
    if Partnership.objects.filter(key=manifest["partnership"]).exists():
        raise Failed(f"There is a partnership {manifest['partnership']!r} here already: it is not overwritten.")
    counts = write_missing_rows_without_erased_persons(data)
    partnership = Partnership.objects.select_related("area").get(key=manifest["partnership"])
    details = {"version": manifest["version"], "exported": manifest["at"], "rows": sum(counts.values())}
    note(verb="partnership.brought_in", by=None, at=at, area=partnership.area.path, target=partnership, **details)
    return counts


def write_missing_rows_without_erased_persons(data: dict[str, list[dict[str, Any]]]) -> dict[str, int]:
    """Write every row that is not here, parents first; answer how many of each table. Inside a transaction.

    Whoever was erased here is left out. Raises what the database and the fields raise for rows that do not fit.
    """
    gone = {
        act.key
        for act in erasures.erasures_in_file() | erasures.erasures_in_journal()
        if act.verb == "person.forgotten"
    }
    keys_by_name: KeysByName = {}
    counts: dict[str, int] = {}
    order = [*FIRST, *(label for label in data if label not in FIRST)]
    tables = [(apps.get_model(label), data[label]) for label in order if label in data]
    with triggers_lifted_for_transaction(
        table._meta.db_table for table, _rows in tables if table._meta.app_label == "charter"
    ):
        _write_tables_parents_first(tables, keys_by_name, counts, gone)
        _write_many_to_many_links(data, keys_by_name)
    return counts


def _write_tables_parents_first(
    tables: Tables, keys_by_name: KeysByName, counts: dict[str, int], gone: set[str]
) -> None:
    while tables:  # what points to rows that come later waits for them
        later = [pair for pair in tables if _refers_to_tables(pair[0], {table for table, _rows in tables} - {pair[0]})]
        ready = [pair for pair in tables if pair not in later] or tables
        for table, rows in ready:
            counts[table._meta.label] = _write_missing_rows_of_table(table, rows, keys_by_name, gone)
        tables = [pair for pair in tables if pair not in ready]


def _refers_to_tables(table: type[models.Model], other_tables: set[type[models.Model]]) -> bool:
    return any(
        isinstance(field, models.ForeignKey) and field.related_model in other_tables for field in table._meta.fields
    )


def _write_missing_rows_of_table(
    table: type[models.Model], rows: list[dict[str, Any]], keys_by_name: KeysByName, gone: set[str]
) -> int:
    label = table._meta.label
    here = _existing_household_keys(rows, keys_by_name) if table is Household else _existing_keys_by_name(table, rows)
    keys_by_name |= {(label, name): key for name, key in here.items()}
    todo = [row for row in rows if row[""] not in here and not (table is Person and row[""] in gone)]
    written = 0
    while todo:  # a row may point to one of the same table: again until nothing more fits
        pairs = [
            (row, made_row)
            for row in todo
            if _has_its_parents(table, row, keys_by_name)
            and (made_row := unsaved_row_of_values(table, row, keys_by_name)) is not None
        ]
        for start in range(0, len(pairs), BATCH):
            part = [_row_with_local_lookup_digests(made_row) for _row, made_row in pairs[start : start + BATCH]]
            table._default_manager.bulk_create(part)
        keys_by_name |= {(label, row[""]): made_row.pk for row, made_row in pairs}
        written += len(pairs)
        written_names = {row[""] for row, _one in pairs}
        remaining_rows = [row for row in todo if row[""] not in written_names]
        if not pairs or not remaining_rows:
            break
        todo = remaining_rows
    return written


def _has_its_parents(table: type[models.Model], row: dict[str, Any], keys_by_name: KeysByName) -> bool:
    """Whether every row of its own table that it points to is here."""
    own = [field.name for field in table._meta.fields if field.is_relation and field.related_model is table]
    return all(row[name] is None or row[name] == "" or (table._meta.label, row[name]) in keys_by_name for name in own)


def _existing_keys_by_name(table: type[models.Model], rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Those of the rows that are here already: name -> key."""
    names = [row[""] for row in rows]
    if table is Area:
        return dict(Area.objects.filter(path__in=names).values_list("path", "pk"))
    if table is Street:
        streets = Street.objects.filter(nis__in={name.partition("|")[0] for name in names})
        return {f"{street.nis}|{street.register_id}": street.pk for street in streets}
    if isinstance(table._meta.pk, models.UUIDField):
        return {str(key): key for key in table._default_manager.filter(pk__in=names).values_list("pk", flat=True)}
    return {}


def _existing_household_keys(rows: list[dict[str, Any]], keys_by_name: KeysByName) -> dict[str, Any]:
    """Front doors that are here already, behind which somebody else lives or the same person: name -> key."""
    here = _existing_keys_by_name(Household, rows)
    streets = Street.objects.in_bulk([key for (label, _name), key in keys_by_name.items() if label == "places.Street"])
    for row in rows:
        street = streets.get(keys_by_name.get(("places.Street", row["street"])))
        if street is not None and row[""] not in here:
            door = Household.objects.filter(digest=house_digest(street, row["house"])).first()
            if door is not None:
                here[row[""]] = door.pk
    return here


def _row_with_local_lookup_digests(row: models.Model) -> models.Model:
    """The look-up digests under the key of this installation."""
    if isinstance(row, ContactPoint):
        row.digest = contact_digest(row.channel, row.address)
    elif isinstance(row, Household):
        row.digest = house_digest(row.street, row.house)
    elif isinstance(row, Firm):
        row.digest = enterprise_number_digest(row.number)
    return row


def _write_many_to_many_links(data: dict[str, list[dict[str, Any]]], keys_by_name: KeysByName) -> None:
    """The rows that point to many others."""
    for label, rows in data.items():
        for many in apps.get_model(label)._meta.many_to_many:
            target = many.related_model._meta.label
            for row in rows:
                key = keys_by_name.get((label, row[""]))
                there = [keys_by_name[target, name] for name in row[many.name] if (target, name) in keys_by_name]
                if key is not None and there:
                    getattr(apps.get_model(label)._default_manager.get(pk=key), many.name).set(there)
