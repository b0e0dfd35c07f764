"""Reads of measures: each office sees the files on which it decides, and nobody decides about themselves (R102)."""

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from plp.mandates.grants import GRANTS, Permission, Role
from plp.mandates.queries import mandates_in_force, mandates_of
from plp.mandates.scopes import AreaScope, area_scope_of_mandates
from plp.measures import refusals
from plp.measures.ladders import LADDERS, OFFICE, OFFICES, Ladder, Rung
from plp.measures.models import WAITS, File, Measure, OwnWords
from plp.measures.rules import MOST_TIMES
from plp.measures.states import Appealing, MeasureState, MeasureStep
from plp.membership.models import Membership
from plp.membership.states import Belonging
from plp.partnership.gates import OVER
from plp.partnership.models import Partnership
from plp.partnership.open_rows import OpenRows
from plp.partnership.queries import partnerships_in_scope
from plp.people.models import Person
from plp.places.models import Area
from plp.wording.witness import describes_plate_vehicle_or_person

READ_FIRST = frozenset({Role.OFFICER, Role.CHIEF})


def areas_held_as(person: Person, role: Role, *, at: datetime) -> AreaScope:
    """The areas over which ``person`` holds ``role`` itself: an absence that one covers gives no office."""
    return area_scope_of_mandates([one for one in mandates_of(person, at=at) if one.role == role])


def deciding_offices_of(person: Person, area: Area, *, at: datetime) -> list[Role]:
    """The offices that decide on measures and that ``person`` holds over ``area``."""
    beginnings = [area.path[: end + 1] for end, sign in enumerate(area.path) if sign == "/"]
    held = mandates_in_force(at).filter(person=person, role__in=OFFICES, area__path__in=beginnings)
    roles = set(held.values_list("role", flat=True))
    return [role for role in OFFICES if role in roles]


def offices_held_then_in_words(person: Person, rung: Rung, area: Area, *, at: datetime) -> str:
    """The offices of a rung that ``person`` held over ``area`` at that moment, in words; empty once that is unknown."""
    part = {*rung.proposers, *rung.signers}
    return ", ".join(str(role.label) for role in deciding_offices_of(person, area, at=at) if role in part)


def holders_of(role: Role, area: Area, *, at: datetime) -> QuerySet[Person]:
    """Who holds an office over ``area``: whose turn it may be to sign."""
    beginnings = [area.path[: end + 1] for end, sign in enumerate(area.path) if sign == "/"]
    posts = mandates_in_force(at).filter(role=role, area__path__in=beginnings)
    return Person.objects.filter(pk__in=posts.values("person"))


def nearest_holder(role: Role, area: Area, *, at: datetime) -> UUID | None:
    """The one on whose desk a thing for an office lies: who holds it nearest, and longest."""
    beginnings = [area.path[: end + 1] for end, sign in enumerate(area.path) if sign == "/"]
    posts = mandates_in_force(at).filter(role=role, area__path__in=beginnings)
    return posts.order_by("-area__path", "starts_at", "pk").values_list("person", flat=True).first()


def files_in_scope(person: Person | None, *, at: datetime) -> QuerySet[File]:
    """The files that ``person`` may see: those of their offices, never their own. The open ones first.

    Who opens files or proposes steps sees every file of the ladder; who only signs sees a file once a step that they
    sign was proposed.
    """
    offices = _offices_held(person, at) if person else []
    if not person or not offices:
        return File.objects.none()
    found = _files_seen_by(person.pk, offices)
    return found.select_related("partnership__area", "person").order_by(
        F("closed_at").asc(nulls_first=True), "opened_at"
    )


def _offices_held(person: Person, at: datetime) -> list[tuple[Role, AreaScope]]:
    """Those that decide on measures, with the areas over which ``person`` holds each."""
    held = {Role(one.role) for one in mandates_of(person, at=at)} & set(OFFICES)
    return [(role, areas_held_as(person, role, at=at)) for role in sorted(held)]


def _files_seen_by(person: UUID, offices: Sequence[tuple[Role, AreaScope]]) -> QuerySet[File]:
    seen = [
        _is_seen_condition(ladder, role) & Q(partnership__area__in=areas)
        for role, areas in offices
        for ladder in LADDERS.values()
        if ladder.permission in GRANTS[role]
    ]
    return File.objects.filter(reduce(or_, seen, Q())).exclude(person=person) if seen else File.objects.none()


def _is_seen_condition(ladder: Ladder, role: Role) -> Q:
    mine = Q(ladder=ladder.key)
    if ladder.always_seen_by(role):
        return mine
    signed = Measure.objects.filter(file=OuterRef("pk"), step__in=ladder.steps_signed_by(role)).exclude(
        state=MeasureState.DROPPED
    )
    return mine & Q(Exists(signed))


def own_disclosed_files(person: Person) -> QuerySet[File]:
    """One's own files: told to oneself as soon as something was noted or decided."""
    told = Measure.objects.filter(file=OuterRef("pk")).exclude(state__in=[MeasureState.PROPOSED, MeasureState.DROPPED])
    found = File.objects.filter(Exists(told), person=person).select_related("partnership__area", "person")
    return found.order_by("-opened_at")


def measures_of(file: File, *, seen_by_deciders: bool) -> list[Measure]:
    """The steps of a file in their order; the person concerned sees what was taken, not what is being considered."""
    rows = (
        file.measures.select_related("appeal__decided_by", "proposed_by", "ended_by")
        .prefetch_related("signatures")
        .order_by("proposed_at", "pk")
    )
    if not seen_by_deciders:
        rows = rows.exclude(state__in=[MeasureState.PROPOSED, MeasureState.DROPPED])
    found = list(rows)
    for one in found:
        one.file = file
    return found


def are_roles_of_police(roles: Collection[Role]) -> bool:
    """Whether who holds these offices reads first what somebody says for themselves, and passes it on."""
    return not READ_FIRST.isdisjoint(roles)


def own_words_for(file: File, roles: Collection[Role]) -> list[OwnWords]:
    """What the person says, as far as these offices read it: a neighbour what the police passed on, the others all."""
    rows = list(file.own_words.all())
    if any(file.steps.reads_words_at_once(role) for role in roles):
        return rows
    return [one for one in rows if one.passed_on_at]


def words_kept_from(file: File, roles: Collection[Role]) -> list[OwnWords]:
    """What the police keep to themselves: these offices know that it came, and nothing of what it says."""
    if any(file.steps.reads_words_at_once(role) for role in roles):
        return []
    return [one for one in file.own_words.all() if one.held_back_at]


def words_fingerprint(words: Collection[OwnWords], *, kept: Collection[OwnWords]) -> str:
    """Of the words that somebody saw, and of those of which they saw that the police keep them. Empty without any."""
    texts = "|".join([*(f"{one.pk}:{one.words}" for one in words), *(str(one.pk) for one in kept)])
    return hashlib.sha256(texts.encode()).hexdigest() if texts else ""


def must_wait_for_police(file: File, roles: Collection[Role]) -> bool:
    """Whether these offices wait until the police read what the person says."""
    return not any(file.steps.reads_words_at_once(role) for role in roles) and file.own_words.filter(WAITS).exists()


def require_words_seen(file: File, roles: Collection[Role], *, fingerprint: str) -> None:
    """Hold the file as it stands; raise ``WordsUnread`` where these offices wait for the police.

    ``fingerprint`` is of what they saw: raise ``OtherWordsThanShown`` where there is more to read or to know.
    """
    held = File.objects.select_for_update().get(pk=file.pk)
    if must_wait_for_police(held, roles):
        raise refusals.WordsUnread
    if fingerprint != words_fingerprint(own_words_for(held, roles), kept=words_kept_from(held, roles)):
        raise refusals.OtherWordsThanShown


def may_write_own_words(file: File) -> bool:
    """Whether the person may write now: nothing of theirs waits, and since the last letter they wrote seldom."""
    if file.closed_at:
        return False
    letters = file.measures.values_list("taken_at", "appeal__noted_at")
    last = max((moment for row in letters for moment in row if moment), default=file.opened_at)
    rows = list(file.own_words.all())
    return (
        not any(one.is_waiting_for_police for one in rows) and sum(one.written_at >= last for one in rows) < MOST_TIMES
    )


def seems_to_describe_others(words: OwnWords) -> bool:
    """Whether it seems to tell of a plate, a vehicle or somebody seen: an officer looks twice."""
    return describes_plate_vehicle_or_person(words.words, language=words.file.person.language)


def offices_that_see(file: File) -> list[Role]:
    """The offices whose holders open this file now: who only signs, once a step that they sign was proposed."""
    steps = set(file.measures.exclude(state=MeasureState.DROPPED).values_list("step", flat=True))
    return [role for role in OFFICES if file.steps.always_seen_by(role) or steps & {*file.steps.steps_signed_by(role)}]


UNREAD = OpenRows(
    "FROM measures_ownwords t JOIN measures_file f ON f.id = t.file_id WHERE t.passed_on_at IS NULL "
    "AND t.held_back_at IS NULL AND f.closed_at IS NULL AND f.partnership_id IN {partnerships}",
    permission=Permission.MEASURE_SEE,
)


def own_words_for_police_to_read(person: Person, *, at: datetime) -> list[OwnWords]:
    """What somebody says for themselves in an open file and ``person``, of the police, reads first."""
    if not UNREAD.may_exist_for(person):
        return []
    offices = [(role, areas) for role, areas in _offices_held(person, at) if role in READ_FIRST]
    waiting = OwnWords.objects.filter(WAITS, file__closed_at=None, file__in=_files_seen_by(person.pk, offices))
    return list(waiting.select_related("file__partnership__area"))


def files_waiting_for_police(measures: Collection[Measure]) -> set[UUID]:
    """The files among these measures in which the next to sign waits until the police read what the person says."""
    files = [one.file_id for one in measures if next_signer(one) == Role.COORDINATOR]
    return set(OwnWords.objects.filter(WAITS, file__in=files).values_list("file", flat=True)) if files else set()


def next_signer(measure: Measure) -> Role | None:
    """The office whose turn it is; ``None`` when all have signed or nothing waits."""
    if measure.state != MeasureState.PROPOSED:
        return None
    signed = {one.slot for one in measure.signatures.all()}
    return next((role for role in measure.rung.signers if role not in signed), None)


PROPOSED = OpenRows(
    f"FROM measures_measure t JOIN measures_file f ON f.id = t.file_id WHERE t.state = '{MeasureState.PROPOSED}' "
    "AND f.partnership_id IN {partnerships}"
)


def _proposed_measures(person: UUID, offices: Sequence[tuple[Role, AreaScope]]) -> QuerySet[Measure]:
    waiting = Measure.objects.filter(file__in=_files_seen_by(person, offices), state=MeasureState.PROPOSED)
    return waiting.prefetch_related("file__partnership__area", "signatures")


def measures_to_sign(person: Person, *, at: datetime) -> list[Measure]:
    """The measures that wait for the signature of ``person``."""
    if not PROPOSED.may_exist_for(person):
        return []
    offices = _offices_held(person, at)
    waiting = _proposed_measures(person.pk, offices) if offices else []
    return [one for one in waiting if next_signer(one) in deciding_offices_of(person, one.file.partnership.area, at=at)]


def possible_next_steps(file: File, measures: Collection[Measure], roles: Collection[Role]) -> list[Rung]:
    """The steps that one of these offices may begin now; a talk may be held again, the last step ends the ladder."""
    if file.closed_at or any(one.state == MeasureState.PROPOSED for one in measures):
        return []
    taken = {one.step for one in measures if one.state in {MeasureState.TAKEN, MeasureState.LIFTED}}
    lasting = {one.step for one in measures if one.state == MeasureState.TAKEN}
    if lasting & {MeasureStep.EXCLUSION}:
        return []
    return [
        rung
        for rung in file.steps.rungs
        if set(roles) & set(rung.proposers)
        and set(rung.after) <= taken
        and not (rung.step == MeasureStep.SUSPENSION and rung.step in lasting)
    ]


def ladders_to_open(person: Person, *, at: datetime) -> list[tuple[Partnership, Ladder]]:
    """Where ``person`` may open a file, and of which kind; not where the partnership has ended or merged."""
    found = []
    for ladder in LADDERS.values():
        scope = partnerships_in_scope(person, ladder.permission, at=at).exclude(state__in=OVER).order_by("key")
        mine = reduce(or_, (Q(area__in=areas_held_as(person, role, at=at)) for role in ladder.opened_by))
        found += [(one, ladder) for one in scope.filter(mine)]
    return found


def persons_eligible_for_file(partnership: Partnership, ladder: Ladder, *, at: datetime) -> QuerySet[Person]:
    """About whom a file of this kind can be opened: coordinators and deputies in office, else the other members."""
    office = (
        mandates_in_force(at).filter(area=partnership.area, role__in=[Role.COORDINATOR, Role.DEPUTY]).values("person")
    )
    if ladder is OFFICE:
        return Person.objects.filter(pk__in=office)
    members = Membership.objects.filter(partnership=partnership, state=Belonging.ACTIVE)
    return Person.objects.filter(pk__in=members.values("person")).exclude(pk__in=office)


def measures_with_open_appeal(partnerships: QuerySet[Partnership]) -> QuerySet[Measure]:
    """Final removals whose appeal waits for a decision."""
    found = Measure.objects.filter(file__partnership__in=partnerships, appeal__state=Appealing.OPEN)
    return found.select_related("file__partnership__area", "appeal")


def removals_without_interior_copy(partnerships: QuerySet[Partnership]) -> QuerySet[Measure]:
    """Final removals of which no copy went to the FPS Interior yet (R100)."""
    removed = Measure.objects.filter(
        file__partnership__in=partnerships, file__ladder=OFFICE.key, step=MeasureStep.EXCLUSION
    )
    return removed.filter(state=MeasureState.TAKEN, copied_on=None).select_related("file__partnership__area")


def unappealed_final_removals(partnerships: QuerySet[Partnership]) -> QuerySet[Measure]:
    """Final removals in force against which nobody appealed yet (R101)."""
    removed = Measure.objects.filter(
        file__partnership__in=partnerships, file__ladder=OFFICE.key, step=MeasureStep.EXCLUSION
    )
    return removed.filter(state=MeasureState.TAKEN, appeal=None).select_related("file")


def provisional_measures_in_force(partnerships: QuerySet[Partnership]) -> QuerySet[Measure]:
    """Provisional exclusions and suspensions in force."""
    found = Measure.objects.filter(
        file__partnership__in=partnerships, step=MeasureStep.SUSPENSION, state=MeasureState.TAKEN
    )
    return found.select_related("file__partnership__area")
