"""A list of members while it is a draft: read, its letters and columns and rows corrected, thrown away (R48)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from plp.delivery.texts import plain
from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.queries import require
from plp.membership.lists.columns import Field, matched
from plp.membership.lists.preview import Preview, preview_list
from plp.membership.lists.tables import ListTable, read_table
from plp.membership.models import ListImport
from plp.membership.states import Listing
from plp.partnership.models import Partnership
from plp.partnership.queries import partnerships_in_scope
from plp.partnership.states import OPEN
from plp.people.models import Person
from plp.sandbox.parsers import OLD_ENCODINGS
from plp.sandbox.virus_scan import scan
from plp.toolbox.clock import local
from plp.toolbox.moves import Refused, WrongState


class ConsentProofMissing(Refused):
    """Nobody is brought in without a proof of their consent (R81)."""

    sentence = _("Say what these people agreed to, on which day (not a day to come), and where the proof is kept.")


class NotOpenToLists(Refused):
    """The partnership is an idea, rests or has ended."""

    sentence = _("This partnership takes no members at the moment.")


@dataclass(frozen=True)
class ConsentProof:
    """That the people on a list agreed: to what, on which day, and where that can be seen."""

    what: str
    on: date
    kept: str


def imports_in_scope(person: Person | None, *, at: datetime) -> QuerySet[ListImport]:
    """The lists that ``person`` may see: of the partnerships whose members they manage."""
    imports = ListImport.objects.filter(partnership__in=partnerships_in_scope(person, Permission.MEMBERS_MANAGE, at=at))
    return imports.select_related("partnership__area")


def table_of(listed: ListImport) -> ListTable:
    """What the file held, while the list is a draft."""
    held = json.loads(listed.content)
    lines = tuple((line, tuple(cells)) for line, cells in held["lines"])
    return ListTable(tuple(held["header"]), lines, held.get("encoding", ""))


def parts_couples(listed: ListImport) -> bool:
    """Whether the name of a couple stands for two people."""
    return bool(json.loads(listed.content).get("parts_couples"))


def preview_of(listed: ListImport) -> Preview:
    """Every row of a draft, judged afresh."""
    return preview_list(table_of(listed), listed.columns, listed.partnership, parts_couples=parts_couples(listed))


def _content(table: ListTable, *, parts_couples: bool = False) -> str:
    return json.dumps({**asdict(table), "parts_couples": parts_couples})


def create_draft(
    *, partnership: Partnership, content: bytes, proof: ConsentProof, by: Person, at: datetime
) -> ListImport:
    """Read a file as a draft. While it is read the database is held by nobody.

    Raises ``NotAllowed``, ``NotOpenToLists``, ``ConsentProofMissing``, and what ``read_table`` and ``scan`` raise.
    """
    require(by, Permission.MEMBERS_MANAGE, partnership.area, at=at)
    if partnership.state not in OPEN:
        raise NotOpenToLists
    if not (proof.what.strip() and proof.kept.strip() and proof.on <= local(at).date()):
        raise ConsentProofMissing
    scan(content)
    table = read_table(content)
    return create_from_table(partnership, table, matched(table.header), proof, by=by, at=at)


@transaction.atomic
def create_from_table(
    partnership: Partnership,
    table: ListTable,
    columns: Sequence[str],
    proof: ConsentProof,
    *,
    by: Person,
    at: datetime,
) -> ListImport:
    listed = ListImport.objects.create(
        partnership=partnership,
        content=_content(table),
        columns=list(columns),
        proof_what=plain(proof.what.strip()),
        proof_kept=plain(proof.kept.strip()),
        proof_on=proof.on,
        started_by=by,
        started_at=at,
    )
    note(verb="list.read", by=by, at=at, area=partnership.area.path, target=listed, rows=len(table.lines))
    return listed


@transaction.atomic
def set_columns(*, listed: ListImport, columns: Sequence[str], by: Person, at: datetime) -> None:
    """Correct what the columns hold; an unknown word leaves the column in the file. Raises ``WrongState``."""
    require(by, Permission.MEMBERS_MANAGE, listed.partnership.area, at=at)
    fields = [column if column in set(Field) else "" for column in columns]
    if not ListImport.objects.filter(pk=listed.pk, state=Listing.DRAFT).update(columns=fields):
        raise WrongState
    listed.columns = fields
    note(verb="list.matched", by=by, at=at, area=listed.partnership.area.path, target=listed)


@transaction.atomic
def set_reading(*, listed: ListImport, encoding: str, parts_couples: bool, by: Person, at: datetime) -> None:
    """Read the letters of a draft by another old encoding, and say whether couples are two people.

    ``encoding`` is one of ``OLD_ENCODINGS``, or empty to leave the letters as they are. Raises ``WrongState``.
    """
    table = table_of(_draft(listed, by=by, at=at))
    if table.encoding and encoding in OLD_ENCODINGS:
        table = table.reread(encoding)
    _keep(listed, _content(table, parts_couples=parts_couples))


@transaction.atomic
def correct_row(*, listed: ListImport, line: int, cells: Mapping[int, str], by: Person, at: datetime) -> None:
    """Write other words into the cells of a row of a draft, by the place of their column; ``line`` as in the file.

    A row or a column that the file does not have is passed over. Raises ``WrongState``.
    """
    table = table_of(_draft(listed, by=by, at=at))
    lines = tuple(
        (number, tuple(cells.get(place, cell) for place, cell in enumerate(old)) if number == line else old)
        for number, old in table.lines
    )
    _keep(listed, _content(replace(table, lines=lines), parts_couples=parts_couples(listed)))


def _draft(listed: ListImport, *, by: Person, at: datetime) -> ListImport:
    """The draft, held until the end of the transaction, so that two corrections of it do not cross."""
    require(by, Permission.MEMBERS_MANAGE, listed.partnership.area, at=at)
    draft = ListImport.objects.select_for_update().filter(pk=listed.pk, state=Listing.DRAFT).first()
    if draft is None:
        raise WrongState
    listed.content = draft.content
    return listed


def _keep(listed: ListImport, content: str) -> None:
    listed.content = content
    listed.save(update_fields=["content"])


@transaction.atomic
def discard_draft(*, listed: ListImport, by: Person, at: datetime) -> None:
    """Throw a draft away with all it held. Nothing happens to a list that was brought in."""
    require(by, Permission.MEMBERS_MANAGE, listed.partnership.area, at=at)
    ListImport.objects.filter(pk=listed.pk, state=Listing.DRAFT).delete()
    note(
        verb="list.discarded",
        by=by,
        at=at,
        area=listed.partnership.area.path,
        target=f"partnership.listimport:{listed.pk}",
    )
