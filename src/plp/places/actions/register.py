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
from plp.places.actions.drawing import refresh
from plp.places.actions.refusals import UnknownMunicipality
from plp.places.gazetteer import current_nis
from plp.places.models import Street
from plp.places.register.lines import Unreadable, lines
from plp.places.register.report import Faults, ImportReport
from plp.places.register.rows import Faulty, Row, Streets, read_header, read_row
from plp.places.register.staging import count, drop_lines, move_in, put, repeated, staged, staging
from plp.places.rules import fold

NAMES = ("name_fr", "name_nl", "name_de")
BATCH = 2_000


def import_register(
    *,
    source: Path | BinaryIO,
    nis: str = "",
    skip_bad: bool = False,
    by: models.Model | None,
    at: datetime,
) -> ImportReport:
    """Read a BeST-shaped file (CSV in UTF-8, plain or gzip) into streets and addresses.

    All or nothing: with one faulty row nothing is written, unless ``skip_bad`` leaves the faulty rows out. A file
    that cannot be read to its end is never written. ``nis`` is the municipality of rows that name none; a register
    extract must then hold that municipality only, an arrondissement file at least one address of it. A code that
    ended with a merger stands for the municipality of today. An address that is not in the file stays as it is.

    Content never raises: each fault is in the report, by line. Raises ``UnknownMunicipality`` for ``nis``, and
    ``OSError`` for a file that is not there.
    """
    asked = current_nis(nis) if nis else ""
    if nis and not asked:
        raise UnknownMunicipality(nis=nis[:10])
    if isinstance(source, Path):
        with source.open("rb") as file:
            return _Import(file, asked, skip_bad).run(by=by, at=at)
    return _Import(source, asked, skip_bad).run(by=by, at=at)


class _Import:
    """One run: reads into the staging table, then moves everything in by one transaction."""

    def __init__(self, file: BinaryIO, nis: str, skip_bad: bool) -> None:
        self.file = file
        self.nis = nis
        self.skip_bad = skip_bad
        self.started = time.monotonic()
        self.rows = 0
        self.streets: Streets = {}
        self.faults = Faults()

    def run(self, *, by: models.Model | None, at: datetime) -> ImportReport:
        with staging() as cursor:
            is_readable = self._read(cursor)
            total = staged(cursor)
            if not is_readable or (self.faults.total and not self.skip_bad):
                return self._report(staged(cursor), 0, 0, is_written=False)
            with transaction.atomic():
                _write_streets(cursor, self.streets)
                total, created, updated = count(cursor)
                if created or updated:
                    move_in(cursor)
                    refresh(municipalities={nis for nis, _street in self.streets}, by=by, at=at)
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

    def _read(self, cursor: CursorWrapper) -> bool:
        """Fill the staging table; answer whether the file could be read to its end."""
        try:
            for batch in _batches(self._sound_rows()):
                put(cursor, "places_arriving", batch)
            self._check_municipality()
        except Unreadable as fault:
            self.faults.add(fault.line, fault.reason)
            return False
        twins = list(repeated(cursor))
        for line, earlier in twins:
            self.faults.add(line, _("The address is already on line %(line)d.") % {"line": earlier})
        drop_lines(cursor, (line for line, _earlier in twins))
        return True

    def _sound_rows(self) -> Iterator[Row]:
        numbered = lines(self.file)
        first, text, fault = next(numbered, (1, None, _("The file is empty.")))
        try:
            header = read_header(text, self.nis) if text is not None else None
        except Faulty as wrong:
            raise Unreadable(first, str(wrong)) from wrong
        if header is None:
            raise Unreadable(first, fault)
        for line, row, unread in numbered:
            self.rows += 1
            try:
                if row is None:
                    raise Faulty(unread)
                yield read_row(header, line, row, self.streets)
            except Faulty as wrong:
                self.faults.add(line, str(wrong))

    def _check_municipality(self) -> None:
        if not self.rows:
            raise Unreadable(1, _("The file contains no row below its first line."))
        if self.nis and not self.faults.total and all(nis != self.nis for nis, _street in self.streets):
            raise Unreadable(1, _("No row of this file is of municipality %(nis)s.") % {"nis": self.nis})

    def _report(self, total: int, created: int, updated: int, *, is_written: bool) -> ImportReport:
        return ImportReport(
            rows=self.rows,
            streets=len(self.streets),
            addresses=total,
            created=created,
            updated=updated,
            unchanged=total - created - updated if is_written else 0,
            errors=self.faults.first(),
            errors_total=self.faults.total,
            seconds=round(time.monotonic() - self.started, 3),
            is_written=is_written,
        )


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    yield batch


def _write_streets(cursor: CursorWrapper, streets: Streets) -> None:
    """Create and rename streets, and lay their keys beside the staged addresses."""
    old = {
        (street.nis, street.register_id): street
        for street in Street.objects.filter(nis__in={nis for nis, _key in streets}).iterator()
    }
    new, renamed = [], []
    for (nis, key), read in streets.items():
        names = {name: read.name(name[-2:]) for name in NAMES}
        street = old.get((nis, key))
        if street is None:
            folded = "|".join(fold(name) for name in dict.fromkeys(names.values()) if name)
            new.append(Street(nis=nis, register_id=key, postcode=read.postcode, folded=folded, **names))
        elif any(getattr(street, name) != value for name, value in names.items()):
            for name, value in names.items():
                setattr(street, name, value)
            street.folded = "|".join(fold(name) for name in dict.fromkeys(names.values()) if name)
            street.postcode = street.postcode or read.postcode
            renamed.append(street)
    Street.objects.bulk_create(new, batch_size=1_000)
    Street.objects.bulk_update(renamed, [*NAMES, "folded", "postcode"], batch_size=200)
    moved = {street.pk for street in renamed}
    known = [*new, *(street for place, street in old.items() if place in streets)]
    put(cursor, "places_arriving_street", [(s.nis, s.register_id, s.pk, s.pk in moved) for s in known])
