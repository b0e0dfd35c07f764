"""Writes of charters and internal rules: draft a version, move it on."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from plp.charter import refusals
from plp.charter.actions.amendments import raise_and_mail_amendment
from plp.charter.clause_values import clause_values
from plp.charter.clauses import KEYS, standard_clause_title_and_text
from plp.charter.models import Amendment, Assent, Clause, Deed, Party, Revision
from plp.charter.models.deed import CIRCULAR_ON
from plp.charter.queries import deed_in_preparation, signed_deed
from plp.charter.queries.facts import count_open_clauses
from plp.charter.states import DEED_MOVES, DeedState
from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.queries import require_unless_machine
from plp.partnership.gates import Gate, require_gate, require_living
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.toolbox.moves import WrongState, move


@transaction.atomic
def draft_next_deed_version(
    *, partnership: Partnership, kind: str, by: Person | None, at: datetime, circular_on: date | None = None
) -> Deed:
    """Begin the next version: our clauses the first time, else a copy of what holds (R90, R95, R98).

    Of a copy, each side still agrees to what it agreed to. Raises ``VersionAtWork`` or ``NotAllowed``.
    """
    require_unless_machine(by, Permission.CHARTER_WRITE, partnership.area, at=at)
    require_gate(partnership, Gate.AREA, by=by, at=at)
    Partnership.objects.select_for_update(no_key=True).get(pk=partnership.pk)
    if deed_in_preparation(partnership, kind):
        raise refusals.VersionAtWork
    old = signed_deed(partnership, kind)
    day = circular_on or (old.circular_on if old else CIRCULAR_ON)
    deed = create_empty_next_deed_version(partnership, kind, day, by=by, at=at)
    if old:
        copy_clauses_and_assents(old, deed, at=at)
    else:
        _write_standard_clauses(deed, by=by, at=at)
    if old and kind == Deed.Kind.CHARTER:
        mark_agreed_and_amend_when_complete(deed, by=by, at=at)  # its annexes may be all that changes
    return deed


def create_empty_next_deed_version(
    partnership: Partnership, kind: str, circular_on: date, *, by: Person | None, at: datetime
) -> Deed:
    """An empty next version."""
    last = partnership.deeds.filter(kind=kind).aggregate(last=Max("version"))["last"] or 0
    deed = Deed.objects.create(
        partnership=partnership,
        kind=kind,
        version=last + 1,
        languages=partnership.languages,
        circular_on=circular_on,
        drafted_at=at,
    )
    note(verb=f"{kind}.drafted", by=by, at=at, area=partnership.area.path, target=deed, version=deed.version)
    return deed


def _write_standard_clauses(deed: Deed, *, by: Person | None, at: datetime) -> None:
    """Fill a first version with our clauses."""
    places = {
        language: clause_values(deed.partnership, language, circular_on=deed.circular_on) for language in deed.languages
    }
    clauses = []
    for position, key in enumerate(KEYS[deed.kind], start=1):
        titles, texts = {}, {}
        for language in deed.languages:
            titles[language], texts[language] = standard_clause_title_and_text(
                key, deed.partnership.kind, language, **places[language]
            )
        clauses.append(Clause(deed=deed, key=key, position=position, titles=titles, texts=texts))
    Clause.objects.bulk_create(clauses)
    Revision.objects.bulk_create(
        Revision(clause=clause, number=1, texts=clause.texts, written_by=by, at=at) for clause in clauses
    )


def copy_clauses_and_assents(old: Deed, new: Deed, *, at: datetime) -> None:
    """The clauses of ``old`` in ``new``, with what each side agreed to."""
    originals = list(old.clauses.prefetch_related("assents"))
    copies = Clause.objects.bulk_create(
        Clause(deed=new, key=clause.key, position=clause.position, titles=clause.titles, texts=clause.texts)
        for clause in originals
    )
    Revision.objects.bulk_create(Revision(clause=copy, number=1, texts=copy.texts, at=at) for copy in copies)
    Assent.objects.bulk_create(
        Assent(clause=copy, party=assent.party, given_by_id=assent.given_by_id, at=assent.at)
        for clause, copy in zip(originals, copies, strict=True)
        for assent in clause.assents.all()
    )


def mark_agreed_and_amend_when_complete(deed: Deed, *, by: Person | None, at: datetime) -> None:
    """Mark a draft as agreed once every side agreed to every clause."""
    if count_open_clauses(deed) == 0 and deed.state == DeedState.DRAFT:
        move(deed, DeedState.AGREED, table=DEED_MOVES, agreed_at=at)
        note(verb=f"{deed.kind}.agreed", by=by, at=at, area=deed.partnership.area.path, target=deed)
        if deed.kind == Deed.Kind.RULES:
            raise_and_mail_amendment(partnership=deed.partnership, cause=Amendment.Cause.RULES, by=by, at=at)


def return_agreed_deed_to_draft_or_raise(deed: Deed) -> None:
    """Take an agreed version back to work, because its words change. Raises ``WrongState`` once it is put up, and
    ``PartnershipOver``.
    """
    require_living(deed.partnership)
    deed.refresh_from_db(fields=["state"])
    if deed.state == DeedState.AGREED:
        move(deed, DeedState.DRAFT, table=DEED_MOVES, agreed_at=None)
    if deed.state != DeedState.DRAFT:
        raise WrongState


def require_party_of_charter(party: Party | None) -> Party:
    """The side, or ``NoSide`` for whoever speaks for nobody."""
    if party is None:
        raise refusals.NoSide
    return party
