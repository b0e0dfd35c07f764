"""Writes of clauses: change the words, agree for one's side, add and take out (R91)."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import override

from plp.charter import refusals
from plp.charter.actions.deeds import (
    mark_agreed_and_amend_when_complete,
    require_party_of_charter,
    return_agreed_deed_to_draft_or_raise,
)
from plp.charter.clauses import OWN, is_required_clause
from plp.charter.models import Assent, Clause, Deed, Party, Revision
from plp.charter.queries import party_represented_by
from plp.charter.states import DeedState
from plp.documents.dates import date_format
from plp.journal.actions import note, note_for_each_target
from plp.mandates.grants import Permission
from plp.mandates.queries import require
from plp.partnership.gates import require_living
from plp.people.models import Person
from plp.toolbox.moves import WrongState


@transaction.atomic
def change_clause_text_and_void_assents(
    *, clause: Clause, texts: Mapping[str, str], seen: int, by: Person, at: datetime, why: str = ""
) -> None:
    """Change the words; every side has to agree anew, and the old words are kept.

    ``seen`` is the revision that the writer read. Raises ``ClauseChanged``, ``EmptyClause``, ``WrongState``.
    """
    deed = clause.deed
    require(by, Permission.CHARTER_WRITE, deed.partnership.area, at=at)
    party = require_party_of_charter(party_represented_by(by, deed.partnership, at=at))
    return_agreed_deed_to_draft_or_raise(deed)
    new = {language: texts.get(language, "").strip() for language in deed.languages}
    if not all(new.values()):
        raise refusals.EmptyClause
    if new == clause.texts:
        mark_agreed_and_amend_when_complete(deed, by=by, at=at)
        return
    save_clause_revision_and_void_assents(clause, new, seen=seen, party=party, why=why, by=by, at=at)


def save_clause_revision_and_void_assents(
    clause: Clause, texts: dict[str, str], *, seen: int, party: Party, why: str, by: Person, at: datetime
) -> None:
    """The next revision of a clause, from exactly the one that was seen. Raises ``ClauseChanged``."""
    changed = Clause.objects.filter(pk=clause.pk, revision=seen).update(texts=texts, revision=seen + 1)
    if not changed:
        raise refusals.ClauseChanged
    Revision.objects.create(clause=clause, number=seen + 1, texts=texts, why=why, written_by=by, party=party, at=at)
    clause.assents.all().delete()
    clause.texts, clause.revision = texts, seen + 1
    area = clause.deed.partnership.area.path
    note(verb="clause.written", by=by, at=at, area=area, target=clause, key=clause.key, revision=clause.revision)


@transaction.atomic
def agree_to_clause(*, clause: Clause, seen: int, by: Person, at: datetime) -> None:
    """Agree for one's side to the words one read. The last agreement makes the whole version agreed.

    Raises ``ClauseChanged`` when other words stand there now, ``WrongState``, ``NoSide``.
    """
    deed = clause.deed
    require(by, Permission.CHARTER_WRITE, deed.partnership.area, at=at)
    party = require_party_of_charter(party_represented_by(by, deed.partnership, at=at))
    _require_deed_in_preparation(deed)
    if not Clause.objects.select_for_update().filter(pk=clause.pk, revision=seen).exists():
        raise refusals.ClauseChanged
    _write_missing_assents(deed, [clause], party, by=by, at=at)
    mark_agreed_and_amend_when_complete(deed, by=by, at=at)


@transaction.atomic
def agree_to_all_clauses(*, deed: Deed, seen: Mapping[str, int], by: Person, at: datetime) -> None:
    """Agree for one's side to every clause one read. ``seen``: key to revision. Raises as ``agree_to_clause``."""
    require(by, Permission.CHARTER_WRITE, deed.partnership.area, at=at)
    party = require_party_of_charter(party_represented_by(by, deed.partnership, at=at))
    _require_deed_in_preparation(deed)
    clauses = list(deed.clauses.select_for_update())
    if any(seen.get(clause.key) != clause.revision for clause in clauses):
        raise refusals.ClauseChanged
    _write_missing_assents(deed, clauses, party, by=by, at=at)
    mark_agreed_and_amend_when_complete(deed, by=by, at=at)


def _require_deed_in_preparation(deed: Deed) -> None:
    require_living(deed.partnership)
    deed.refresh_from_db(fields=["state"])
    if deed.state not in {DeedState.DRAFT, DeedState.AGREED}:
        raise WrongState


def _write_missing_assents(deed: Deed, clauses: Sequence[Clause], party: Party, *, by: Person, at: datetime) -> None:
    """Those that the side has not given yet; whoever writes them holds the lock of the clauses."""
    agreed = set(Assent.objects.filter(clause__in=clauses, party=party).values_list("clause", flat=True))
    waiting = [clause for clause in clauses if clause.pk not in agreed]
    if not waiting:
        return
    Assent.objects.bulk_create(Assent(clause=clause, party=party, given_by=by, at=at) for clause in waiting)
    targets = [(clause, {"side": party, "revision": clause.revision}) for clause in waiting]
    note_for_each_target(verb="clause.agreed", by=by, at=at, area=deed.partnership.area.path, targets=targets)


@transaction.atomic
def add_clause(*, deed: Deed, titles: Mapping[str, str], texts: Mapping[str, str], by: Person, at: datetime) -> Clause:
    """Add a clause of the partners' own at the end. Raises ``EmptyClause``, ``WrongState``."""
    require(by, Permission.CHARTER_WRITE, deed.partnership.area, at=at)
    party = require_party_of_charter(party_represented_by(by, deed.partnership, at=at))
    return_agreed_deed_to_draft_or_raise(deed)
    names = {language: titles.get(language, "").strip() for language in deed.languages}
    words = {language: texts.get(language, "").strip() for language in deed.languages}
    if not all([*names.values(), *words.values()]):
        raise refusals.EmptyClause
    last = deed.clauses.aggregate(last=Max("position"))["last"] or 0
    clause = Clause.objects.create(deed=deed, key=f"{OWN}{last + 1}", position=last + 1, titles=names, texts=words)
    Revision.objects.create(clause=clause, number=1, texts=words, written_by=by, party=party, at=at)
    note(verb="clause.added", by=by, at=at, area=deed.partnership.area.path, target=clause, key=clause.key)
    return clause


@transaction.atomic
def delete_clause(*, clause: Clause, by: Person, at: datetime) -> None:
    """Take out a clause that the partners added themselves. Raises ``NeededClause``, ``WrongState``."""
    deed = clause.deed
    require(by, Permission.CHARTER_WRITE, deed.partnership.area, at=at)
    require_party_of_charter(party_represented_by(by, deed.partnership, at=at))
    if is_required_clause(clause.key):
        raise refusals.NeededClause
    return_agreed_deed_to_draft_or_raise(deed)
    note(verb="clause.dropped", by=by, at=at, area=deed.partnership.area.path, target=clause, key=clause.key)
    clause.delete()
    mark_agreed_and_amend_when_complete(deed, by=by, at=at)


@transaction.atomic
def set_circular_date_and_clauses(*, deed: Deed, circular_on: date, by: Person, at: datetime) -> None:
    """Say under which ministerial circular this version is made, also in the clauses that name it (R31, R91).

    Whoever agreed to those agrees anew; where none names it, to all. Raises ``CircularToCome``, ``WrongState``.
    """
    require(by, Permission.CHARTER_WRITE, deed.partnership.area, at=at)
    party = require_party_of_charter(party_represented_by(by, deed.partnership, at=at))
    if circular_on > at.date():
        raise refusals.CircularToCome
    if circular_on == deed.circular_on:
        return
    return_agreed_deed_to_draft_or_raise(deed)
    days = {}
    for language in deed.languages:
        with override(language):
            old, new = (date_format(day, "DATE_FORMAT") for day in (deed.circular_on, circular_on))
            days[language] = rf"(?<!\w){re.escape(old)}(?!\w)", new
    is_named = False
    for clause in deed.clauses.all():
        texts = {language: re.sub(*days[language], text) for language, text in clause.texts.items()}
        if texts != clause.texts:
            is_named = True
            save_clause_revision_and_void_assents(
                clause, texts, seen=clause.revision, party=party, why="", by=by, at=at
            )
    if not is_named:
        Assent.objects.filter(clause__deed=deed).delete()
    Deed.objects.filter(pk=deed.pk).update(circular_on=circular_on)
    deed.circular_on = circular_on
    note(verb=f"{deed.kind}.circular", by=by, at=at, area=deed.partnership.area.path, target=deed, on=str(circular_on))
