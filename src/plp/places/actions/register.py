"""Import of a file of the public register of addresses."""

import time
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.db import models, transaction
from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext as _

from plp.journal.actions import note
from plp.places.actions.coverage import refresh_quarter_coverage
from plp.places.actions.refusals import MistypedZone, UnknownMunicipality, UnknownZone
from plp.places.gazetteer import current_nis, nis_codes_of_zone
from plp.places.models import Area, Street
from plp.places.queries.territory import similar_area_names
from plp.places.register.lines import UnreadableRegister, register_lines
from plp.places.register.report import FaultCounts, ImportReport
from plp.places.register.rows import (
    FaultyRow,
    RegisterRow,
    SkippedRow,
    StreetRead,
    Streets,
    WithoutMunicipality,
    read_header,
    read_row_and_collect_street,
)
from plp.places.register.staging_tables import (
    count_staged_new_and_changed,
    count_staged_rows,
    delete_staged_lines,
    insert_rows,
    number_twins_and_find_duplicates,
    staging_tables,
    write_staged_addresses,
)
from plp.places.rules import fold

NAMES = ("name_fr", "name_nl", "name_de")
BATCH = 2_000


def import_address_register(
    *,
    source: Path | BinaryIO,
    nis: str = "",
    zone: str = "",
    skip_bad: bool = False,
    by: models.Model | None,
    at: datetime,
) -> ImportReport:
    """Read a BeST-shaped file (CSV in UTF-8, plain, gzip or ZIP) into streets and addresses.

    All or nothing: with one faulty row nothing is written, unless ``skip_bad`` leaves the faulty rows out. A file
    that cannot be read to its end is never written. ``nis`` is the municipality, ``zone`` the police zone asked for
    (its key, official number or name). Of the published file of a region or the country only that part is read; a
    register extract must hold nothing else; an arrondissement file at least one address of it, and ``nis`` is the
    municipality of rows that name none. A code that ended with a merger stands for the municipality of today. An
    address that is not in the file stays as it is, and so does a street's name where the file has none, or a number.

    Content never raises: each fault is in the report, by line. Raises ``UnknownMunicipality`` for ``nis``,
    ``UnknownZone`` for ``zone``, and ``OSError`` for a file that is not there.
    """
    municipalities = _requested_municipalities(nis, zone)
    if isinstance(source, Path):
        with source.open("rb") as file:
            return _Import(file, municipalities, skip_bad).run(by=by, at=at)
    return _Import(source, municipalities, skip_bad).run(by=by, at=at)


def _requested_municipalities(nis: str, zone: str) -> frozenset[str]:
    """The municipalities asked for; none means all."""
    codes = set()
    if nis:
        codes.add(current_nis(nis))
        if "" in codes:
            raise UnknownMunicipality(nis=nis[:10])
    if zone:
        of_zone = nis_codes_of_zone(zone)
        if not of_zone:
            if names := similar_area_names(Area.Kind.ZONE, zone):
                raise MistypedZone(zone=zone[:40], names=", ".join(names))
            raise UnknownZone(zone=zone[:40])
        codes |= of_zone
    return frozenset(codes)


class _Import:
    """One run: reads into the staging table, then moves everything in by one transaction."""

    def __init__(self, file: BinaryIO, municipalities: frozenset[str], skip_bad: bool) -> None:
        self.file = file
        self.municipalities = municipalities
        self.skip_bad = skip_bad
        self.started = time.monotonic()
        self.rows = self.passed_over = self.without_municipality = 0
        self.streets: Streets = {}
        self.faults = FaultCounts()

    def run(self, *, by: models.Model | None, at: datetime) -> ImportReport:
        with staging_tables() as cursor:
            is_readable = self._stage_valid_rows(cursor)
            total = count_staged_rows(cursor)
            if not is_readable or (self.faults.total and not self.skip_bad):
                return self._report(count_staged_rows(cursor), 0, 0, is_written=False)
            with transaction.atomic():
                _create_or_rename_streets_and_stage_keys(cursor, self.streets)
                total, created, updated = count_staged_new_and_changed(cursor)
                if created or updated:
                    write_staged_addresses(cursor)
                    refresh_quarter_coverage(municipalities=set(self.streets), by=by, at=at)
                    note(
                        verb="places.register_imported",
                        by=by,
                        at=at,
                        rows=self.rows,
                        created=created,
                        updated=updated,
                        faulty=self.faults.total,
                    )
            return self._report(total, created, updated, is_written=True)

    def _stage_valid_rows(self, cursor: CursorWrapper) -> bool:
        """Fill the staging table; answer whether the file could be read to its end."""
        try:
            for batch in _rows_in_batches(self._read_valid_rows()):
                insert_rows(cursor, "places_arriving", batch)
            self._refuse_foreign_or_empty_file()
        except UnreadableRegister as fault:
            self.faults.add(fault.line, fault.reason)
            return False
        twins = list(number_twins_and_find_duplicates(cursor))
        for line, earlier in twins:
            self.faults.add(line, _("The address is already on line %(line)d.") % {"line": earlier})
        delete_staged_lines(cursor, (line for line, _earlier in twins))
        return True

    def _read_valid_rows(self) -> Iterator[RegisterRow]:
        numbered = register_lines(self.file)
        first, titles, fault = next(numbered, (1, None, _("The file is empty.")))
        try:
            header = read_header(titles, self.municipalities) if titles is not None else None
        except FaultyRow as wrong:
            raise UnreadableRegister(first, str(wrong)) from wrong
        if header is None:
            raise UnreadableRegister(first, fault)
        for line, row, unread in numbered:
            if row == titles:
                continue  # files of several regions, one behind the other
            self.rows += 1
            try:
                if row is None:
                    raise FaultyRow(unread)
                yield read_row_and_collect_street(header, line, row, self.streets)
            except WithoutMunicipality:
                self.without_municipality += 1
            except SkippedRow:
                self.passed_over += 1
            except FaultyRow as wrong:
                self.faults.add(line, str(wrong))

    def _refuse_foreign_or_empty_file(self) -> None:
        if not self.rows:
            raise UnreadableRegister(1, _("The file contains no row below its first line."))
        if (
            not self.faults.total
            and self.municipalities.isdisjoint(self.streets)
            and (self.municipalities or not self.streets)
        ):
            if not self.municipalities:
                raise UnreadableRegister(1, _("No row of this file is of a municipality of the country."))
            wanted = ", ".join(sorted(self.municipalities))
            raise UnreadableRegister(1, _("No row of this file is of municipality %(nis)s.") % {"nis": wanted})

    def _report(self, total: int, created: int, updated: int, *, is_written: bool) -> ImportReport:
        return ImportReport(
            rows=self.rows,
            streets=sum(len(streets) for streets in self.streets.values()),
            addresses=total,
            created=created,
            updated=updated,
            unchanged=total - created - updated if is_written else 0,
            errors=self.faults.first_faults(),
            errors_total=self.faults.total,
            seconds=round(time.monotonic() - self.started, 3),
            is_written=is_written,
            passed_over=self.passed_over,
            without_municipality=self.without_municipality,
        )


def _rows_in_batches(rows: Iterable[RegisterRow]) -> Iterator[list[RegisterRow]]:
    batch: list[RegisterRow] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    yield batch


def _create_or_rename_streets_and_stage_keys(cursor: CursorWrapper, streets: Streets) -> None:
    """Create and rename streets, and lay their keys beside the staged addresses; a municipality at a time."""
    for nis, read in streets.items():
        old = {street.register_id: street for street in Street.objects.filter(nis=nis).iterator()}
        new, renamed = [], []
        for key, street_read in read.items():
            street = old.get(key)
            if street is None:
                new.append(
                    _assign_imported_names_unsaved(
                        Street(nis=nis, register_id=key, postcode=street_read.postcode), street_read
                    )
                )
            elif _names_after_import(street, street_read) != [getattr(street, field) for field in NAMES]:
                street.postcode = street.postcode or street_read.postcode
                renamed.append(_assign_imported_names_unsaved(street, street_read))
        Street.objects.bulk_create(new, batch_size=1_000)
        Street.objects.bulk_update(renamed, [*NAMES, "folded", "postcode"], batch_size=200)
        moved = {street.pk for street in renamed}
        present = [*new, *(street for key, street in old.items() if key in read)]
        insert_rows(cursor, "places_arriving_street", [(nis, s.register_id, s.pk, s.pk in moved) for s in present])


def _names_after_import(street: Street, read: StreetRead) -> list[str]:
    """What the street is called from now on, in the order of ``NAMES``: an empty or numeric name replaces no name, and
    a street without any is called by its key."""
    names = []
    for field in NAMES:
        old, new = getattr(street, field), getattr(read, field)
        names.append(old if not new or (new.isdecimal() and old) else new)
    if any(not _is_key_or_digits(name, street.register_id) for name in names if name):
        names = ["" if _is_key_or_digits(name, street.register_id) else name for name in names]
    return names if any(names) else [street.register_id, street.register_id, ""]


def _is_key_or_digits(name: str, key: str) -> bool:
    """Whether ``name`` only stands for one: the key by which a street without a name is called, or digits."""
    return name == key or name.isdecimal()


def _assign_imported_names_unsaved(street: Street, read: StreetRead) -> Street:
    names = _names_after_import(street, read)
    for field, name in zip(NAMES, names, strict=True):
        setattr(street, field, name)
    street.folded = "|".join(fold(name) for name in dict.fromkeys(names) if name)
    return street
