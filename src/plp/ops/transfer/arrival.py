"""A partnership arrives from another installation: its archive is checked, put under the zone here, and written, once.

What the other side may bring is what belongs to one partnership: no role of the police, no row of a zone, nothing that
is here already. All or nothing.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, models, transaction

from plp.exchange.models import MovedEntry, PartnershipMove
from plp.exchange.queries import own_letter_secrets
from plp.exchange.states import MachineReason
from plp.mandates.models import Mandate
from plp.ops.transfer.archive import ArchiveUnreadable, PartnershipArchive, open_partnership_archive
from plp.ops.transfer.importer import write_missing_rows_without_erased_persons
from plp.ops.transfer.scope import CITIZENS, OF_THE_ZONE, foreign_keys_of, is_table_left_out_of_transfer
from plp.partnership.models import Partnership
from plp.partnership.states import State
from plp.places.actions.coverage import recompute_and_count_covered
from plp.places.gazetteer import municipalities_by_nis
from plp.places.models import Area, Street
from plp.sandbox.refusals import TooHeavy

FITTING = (LookupError, TypeError, ValueError, AttributeError, ValidationError, DataError, IntegrityError)
BATCH = 1_000
type Data = dict[str, list[dict[str, Any]]]


class ArchiveRefused(ValueError):
    """An archive that is not taken in, and why."""

    def __init__(self, reason: MachineReason) -> None:
        super().__init__(reason)
        self.reason = reason


@transaction.atomic
def import_archive_of_moved_partnership(move: PartnershipMove, *, at: datetime) -> Partnership:
    """Write a partnership whose archive is whole. Raises ``ArchiveRefused``: nothing is written then."""
    pieces = move.received_parts.order_by("number").values_list("content", flat=True)
    try:
        archive = open_partnership_archive(b"".join(bytes(piece) for piece in pieces), own_letter_secrets())
        path = _path_of_quarter_here(move, archive)
        data = checked_importable_rows(move, archive, path)
        with transaction.atomic():
            write_missing_rows_without_erased_persons(data)
    except (ArchiveUnreadable, TooHeavy, *FITTING) as wrong:
        if isinstance(wrong, ArchiveRefused):
            raise
        raise ArchiveRefused(MachineReason.UNREADABLE) from wrong
    partnership = Partnership.objects.select_related("area").get(key=move.slug)
    recompute_and_count_covered(partnership.area)
    MovedEntry.objects.bulk_create([MovedEntry(move=move, **entry) for entry in archive.journal], batch_size=BATCH)
    return partnership


def _path_of_quarter_here(move: PartnershipMove, archive: PartnershipArchive) -> str:
    """Where its quarter stands here: as it was if that is in the zone that takes it, else in the zone itself."""
    zone, path = move.partner.area.path, archive.head["area"]
    if path.startswith(zone):
        return path
    quarter = next(row for row in archive.data["places.Area"] if row[""] == path)
    place = municipalities_by_nis().get(quarter["nis"])
    parent = f"{zone}m{place.nis}/" if place and zone == f"be/{place.zone}/" else zone
    return f"{parent}{path.rstrip('/').rpartition('/')[2]}/"


def checked_importable_rows(move: PartnershipMove, archive: PartnershipArchive, path: str) -> Data:
    """The rows that may be written here, their quarter at ``path``. Raises ``ArchiveRefused``."""
    own, data = archive.head["area"], {label: rows for label, rows in archive.data.items() if _is_movable_table(label)}
    partnership = data["partnership.Partnership"]
    if len(partnership) != 1 or partnership[0]["key"] != move.slug or archive.head["partnership"] != move.slug:
        raise ArchiveRefused(MachineReason.UNREADABLE)
    if partnership[0]["state"] not in {State.ACTIVE, State.DORMANT} or partnership[0]["area"] != own:
        raise ArchiveRefused(MachineReason.UNREADABLE)
    data["partnership.Partnership"] = [{**partnership[0], "contact_phone": ""}]  # of the police who had it
    _require_known_streets(data.get("places.Street", []))
    data["places.Area"] = [
        {**row, "": path, "path": path, "merged_into": None} for row in data["places.Area"] if row[""] == own
    ]
    if len(data["places.Area"]) != 1 or data["places.Area"][0]["kind"] != Area.Kind.QUARTER:
        raise ArchiveRefused(MachineReason.UNREADABLE)
    data = {label: _rows_with_local_area(apps.get_model(label), rows, own, path) for label, rows in data.items()}
    _refuse_rows_already_here(data, path)
    return data


def _is_movable_table(label: str) -> bool:
    try:
        return label not in OF_THE_ZONE and not is_table_left_out_of_transfer(apps.get_model(label))
    except LookupError as unknown:
        raise ArchiveRefused(MachineReason.UNREADABLE) from unknown


def _rows_with_local_area(
    table: type[models.Model], rows: list[dict[str, Any]], own: str, path: str
) -> list[dict[str, Any]]:
    """The rows of a table with the quarter where it stands here; what points to another area does not come."""
    if table is Mandate:
        rows = [row for row in rows if row["role"] in CITIZENS]
    for field in foreign_keys_of(table):
        if field.related_model is not Area:
            continue
        rows = [{**row, field.name: path if row[field.name] == own else None} for row in rows]
        if not field.null:
            rows = [row for row in rows if row[field.name] == path]
    return rows


def _require_known_streets(rows: list[dict[str, Any]]) -> None:
    wanted = {row[""] for row in rows}
    streets = Street.objects.filter(nis__in={name.partition("|")[0] for name in wanted})
    present = {f"{nis}|{register_id}" for nis, register_id in streets.values_list("nis", "register_id")}
    if wanted - present:
        raise ArchiveRefused(MachineReason.STREETS)


def _refuse_rows_already_here(data: Data, path: str) -> None:
    """That nothing of it is here: so nobody's row is changed, and nothing is here twice."""
    if Area.objects.filter(path=path).exists():
        raise ArchiveRefused(MachineReason.IS_HERE)
    for label, rows in data.items():
        table = apps.get_model(label)
        if table in {Area, Street} or not isinstance(table._meta.pk, models.UUIDField):
            continue
        keys = [UUID(row[""]) for row in rows]
        for start in range(0, len(keys), BATCH):
            if table._default_manager.filter(pk__in=keys[start : start + BATCH]).exists():
                raise ArchiveRefused(MachineReason.IS_HERE)
