"""A list of members while it is a draft: read, its letters and columns and rows corrected, thrown away (R48)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from plp.delivery.texts import strip_slots
from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.queries import require, require_unless_machine
from plp.membership.firms import asks_for_firms
from plp.membership.lists.columns import OF_FIRMS, Field, match_columns
from plp.membership.lists.preview import Preview, preview_list
from plp.membership.lists.tables import ListTable, parse_list_file
from plp.membership.models import ListImport
from plp.membership.states import Listing
from plp.partnership.models import Partnership
from plp.partnership.queries import partnerships_in_scope
from plp.partnership.states import OPEN
from plp.people.models import Person
from plp.sandbox.parsers import OLD_ENCODINGS
from plp.sandbox.virus_scan import scan_for_viruses
from plp.toolbox.clock import local
from plp.toolbox.moves import Refused, WrongState


class ConsentProofMissing(Refused):
    """Nobody is brought in without a proof of their consent (R81)."""

    sentence = _("Say what these people agreed to, on which day (not a day to come), and where the proof is kept.")
    field = "on"


class NotOpenToLists(Refused):
    """The partnership is an idea, rests or has ended."""

    sentence = _("This partnership takes no members at the moment.")


@dataclass(frozen=True)
class ConsentProof:
    """That the people on a list agreed: to what, on which day, and where that can be seen.

    ``asks_anew``: they say yes once more before they are members.
    """

    what: str
    on: date
    kept: str
    asks_anew: bool = False


def require_partnership_open_for_list_import(partnership: Partnership) -> None:
    """Refuse a list where nobody can join. Raises ``NotOpenToLists``."""
    if partnership.state not in OPEN:
        raise NotOpenToLists


def list_imports_in_scope(person: Person | None, *, at: datetime) -> QuerySet[ListImport]:
    """The lists that ``person`` may see: of the partnerships whose members they manage."""
    imports = ListImport.objects.filter(partnership__in=partnerships_in_scope(person, Permission.MEMBERS_MANAGE, at=at))
    return imports.select_related("partnership__area")


def list_table_of_draft(list_import: ListImport) -> ListTable:
    """What the file held, while the list is a draft."""
    held = json.loads(list_import.content)
    lines = tuple((line, tuple(cells)) for line, cells in held["lines"])
    return ListTable(tuple(held["header"]), lines, held.get("encoding", ""))


def splits_couples(list_import: ListImport) -> bool:
    """Whether the name of a couple stands for two people."""
    return bool(json.loads(list_import.content).get("parts_couples"))


def preview_of_draft(list_import: ListImport) -> Preview:
    """Every row of a draft, judged afresh."""
    return preview_list(
        list_table_of_draft(list_import),
        list_import.columns,
        list_import.partnership,
        parts_couples=splits_couples(list_import),
    )


def _table_as_json(table: ListTable, *, parts_couples: bool = False) -> str:
    return json.dumps({**asdict(table), "parts_couples": parts_couples})


def create_list_draft_from_file(
    *, partnership: Partnership, content: bytes, proof: ConsentProof, by: Person, at: datetime
) -> ListImport:
    """Read a file as a draft. While it is read the database is held by nobody.

    Raises ``NotAllowed``, ``NotOpenToLists``, ``ConsentProofMissing``, and what ``parse_list_file`` and ``scan`` raise.
    """
    require(by, Permission.MEMBERS_MANAGE, partnership.area, at=at)
    require_partnership_open_for_list_import(partnership)
    if not (proof.what.strip() and proof.kept.strip() and proof.on <= local(at).date()):
        raise ConsentProofMissing
    scan_for_viruses(content)
    table = parse_list_file(content)
    columns = match_columns(table.header, with_firms=asks_for_firms(partnership))
    return create_list_draft_from_table(partnership, table, columns, proof, by=by, at=at)


@transaction.atomic
def create_list_draft_from_table(
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
        content=_table_as_json(table),
        columns=list(columns),
        proof_what=strip_slots(proof.what.strip()),
        proof_kept=strip_slots(proof.kept.strip()),
        proof_on=proof.on,
        asks_anew=proof.asks_anew,
        started_by=by,
        started_at=at,
    )
    note(verb="list.read", by=by, at=at, area=partnership.area.path, target=listed, rows=len(table.lines))
    return listed


@transaction.atomic
def set_list_columns(*, list_import: ListImport, columns: Sequence[str], by: Person, at: datetime) -> None:
    """Correct what the columns hold; an unknown word leaves the column in the file. Raises ``WrongState``."""
    require(by, Permission.MEMBERS_MANAGE, list_import.partnership.area, at=at)
    readable = set(Field) if asks_for_firms(list_import.partnership) else set(Field) - OF_FIRMS
    fields = [column if column in readable else "" for column in columns]
    if not ListImport.objects.filter(pk=list_import.pk, state=Listing.DRAFT).update(columns=fields):
        raise WrongState
    list_import.columns = fields
    note(verb="list.matched", by=by, at=at, area=list_import.partnership.area.path, target=list_import)


@transaction.atomic
def set_list_encoding_and_couples(
    *, list_import: ListImport, encoding: str, parts_couples: bool, by: Person, at: datetime
) -> None:
    """Read the letters of a draft by another old encoding, and say whether couples are two people.

    ``encoding`` is one of ``OLD_ENCODINGS``, or empty to leave the letters as they are. Raises ``WrongState``.
    """
    table = list_table_of_draft(_lock_draft(list_import, by=by, at=at))
    if table.encoding and encoding in OLD_ENCODINGS:
        table = table.with_encoding(encoding)
    _save_draft_content(list_import, _table_as_json(table, parts_couples=parts_couples))


@transaction.atomic
def correct_list_draft_row(
    *, list_import: ListImport, line: int, cells: Mapping[int, str], by: Person, at: datetime
) -> None:
    """Write other words into the cells of a row of a draft, by the place of their column; ``line`` as in the file.

    A row or a column that the file does not have is passed over. Raises ``WrongState``.
    """
    table = list_table_of_draft(_lock_draft(list_import, by=by, at=at))
    lines = tuple(
        (number, tuple(cells.get(place, cell) for place, cell in enumerate(old)) if number == line else old)
        for number, old in table.lines
    )
    _save_draft_content(
        list_import, _table_as_json(replace(table, lines=lines), parts_couples=splits_couples(list_import))
    )


def _lock_draft(list_import: ListImport, *, by: Person, at: datetime) -> ListImport:
    """The draft, held until the end of the transaction, so that two corrections of it do not cross."""
    require(by, Permission.MEMBERS_MANAGE, list_import.partnership.area, at=at)
    draft = ListImport.objects.select_for_update().filter(pk=list_import.pk, state=Listing.DRAFT).first()
    if draft is None:
        raise WrongState
    list_import.content = draft.content
    return list_import


def _save_draft_content(list_import: ListImport, content: str) -> None:
    list_import.content = content
    list_import.save(update_fields=["content"])


@transaction.atomic
def discard_list_draft(*, list_import: ListImport, by: Person, at: datetime) -> None:
    """Throw a draft away with all it held. Nothing happens to a list that was brought in."""
    require(by, Permission.MEMBERS_MANAGE, list_import.partnership.area, at=at)
    ListImport.objects.filter(pk=list_import.pk, state=Listing.DRAFT).delete()
    note(
        verb="list.discarded",
        by=by,
        at=at,
        area=list_import.partnership.area.path,
        target=f"partnership.listimport:{list_import.pk}",
    )


@transaction.atomic
def delete_list_drafts_of(*, partnership: Partnership, by: Person | None, at: datetime) -> int:
    """Throw away what was read in for a partnership that is over and was not added; answer how many lists."""
    require_unless_machine(by, Permission.PARTNERSHIP_LEAD, partnership.area, at=at)
    drafts = ListImport.objects.filter(partnership=partnership, state=Listing.DRAFT)
    gone = drafts.count()
    if gone:
        drafts.delete()
        note(verb="list.forgotten", by=by, at=at, area=partnership.area.path, lists=gone)
    return gone
