"""What becomes of a sighting: filed by anybody, read and ended by the police, erased by rule (R75, R85, R121-R123)."""

import json
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.queries import require
from plp.membership import erasure
from plp.people import actions as persons
from plp.people.models import Person
from plp.people.retention_terms import retention_term
from plp.sightings import refusals
from plp.sightings.actions.assignment import assign_and_notify_next_officer
from plp.sightings.actions.referrals import erase_referral_content
from plp.sightings.facts import FACTS, VEHICLE
from plp.sightings.letters import mail_state_to_reporter
from plp.sightings.models import Photo, Sighting, SightingReader
from plp.sightings.models.sighting import KEY
from plp.sightings.pictures import reencode_picture_as_jpeg
from plp.sightings.queries.sightings import has_sighting_desk
from plp.sightings.report import SightingReport
from plp.sightings.rules import KEPT, has_any_fact, is_about_number_plate, must_be_erased, refuse_unfit_moment
from plp.sightings.states import MOVES, State
from plp.toolbox.crypto import seal_bytes, sealing_context_of_row
from plp.toolbox.ids import new_random_id
from plp.toolbox.moves import move
from plp.toolbox.words import normalise_text
from plp.wording.check import check
from plp.wording.held_words import PUBLIC_RULES, require_text_passes_check

MOST_ANSWER, MOST_PICTURES = 1000, 3
REFUSED_RULE = "ethnic_profiling"
UNNAMED = "Report"  # the name of nobody: whoever leaves an address to hear of it gives none


def file_and_assign_sighting(*, report: SightingReport, by: Person | None, at: datetime) -> Sighting:  # noqa: ARG001 - who reports is noted nowhere
    """Send what was seen to the police of the zone in which the place lies. Anybody may (R121).

    Nobody is named in the journal, whoever is signed in (T16). Raises ``StillUrgent``, ``StillToCome``, ``TooOld``,
    ``NothingSeen``, ``TellsOrigin``, ``NobodyReads``, ``BadWords``, ``NoPicture``, ``TooManyPictures``, and what
    ``sandbox.virus_scan`` and ``sandbox.parse_in_sandbox`` refuse. While pictures are read nobody holds the database.
    """
    if not has_sighting_desk(report.municipality, at=at):
        raise refusals.NobodyReads
    refuse_unfit_moment(report.day, report.clock, at=at)
    facts = _valid_facts_or_raise(report)
    if len(report.pictures) > MOST_PICTURES:
        raise refusals.TooManyPictures(most=MOST_PICTURES)
    return _create_and_assign(report, facts, [reencode_picture_as_jpeg(content) for content in report.pictures], at=at)


@transaction.atomic
def _create_and_assign(
    report: SightingReport, facts: dict[str, str], pictures: list[bytes], *, at: datetime
) -> Sighting:
    sighting = Sighting.objects.create(
        id=report.key or new_random_id(),
        municipality=report.municipality,
        kind=Sighting.Kind(report.kind),
        day=report.day,
        clock=report.clock,
        place=normalise_text(report.place, most=200),
        facts=json.dumps(facts, ensure_ascii=False),
        reporter_name=normalise_text(report.reporter[0], most=120, empty=True),
        reporter_reach=normalise_text(report.reporter[1], most=120, empty=True),
        service_sees_name=report.service_sees_name and bool(report.reporter[0]),
        language=report.language,
        filed_at=at,
    )
    _seal_and_save_pictures(sighting, pictures)
    if report.email:
        _create_reporter_contact(sighting, report.email, at=at)
    assign_and_notify_next_officer(sighting=sighting, by=None, at=at)
    _note_sighting("filed", sighting, by=None, at=at, pictures=len(pictures))
    return sighting


@transaction.atomic
def mark_sighting_read_and_tell_reporter(*, sighting: Sighting, by: Person, at: datetime) -> None:
    """Note that the police opened it; a second look changes nothing. Raises ``NotAllowed``."""
    require(by, Permission.SIGHTING_HANDLE, sighting.municipality, at=at)
    if sighting.state == State.FILED:
        move(sighting, State.READ, table=MOVES, read_at=at)
        mail_state_to_reporter(sighting, by=by, at=at)
        _note_sighting("read", sighting, by=by, at=at)


@transaction.atomic
def mark_sightings_read_and_exported(*, sightings: Sequence[Sighting], form: str, by: Person, at: datetime) -> None:
    """Note that reports left as a file, and that they were read. Raises ``NotAllowed``."""
    for sighting in sightings:
        mark_sighting_read_and_tell_reporter(sighting=sighting, by=by, at=at)
        _note_sighting("taken_along", sighting, by=by, at=at, form=form)


@transaction.atomic
def answer_sighting_and_tell_reporter(*, sighting: Sighting, words: str, by: Person, at: datetime) -> None:
    """Answer on the follow-up page (R123). Raises ``NotAllowed``, ``BadWords``, ``HeldWords`` or ``WrongState``."""
    require(by, Permission.SIGHTING_HANDLE, sighting.municipality, at=at)
    _end_and_tell_reporter(
        sighting, State.ANSWERED, words=normalise_text(words, most=MOST_ANSWER, lines=True), reason="", by=by, at=at
    )


@transaction.atomic
def close_and_tell_reporter(*, sighting: Sighting, reason: str, words: str, by: Person, at: datetime) -> None:
    """Say why there is no answer on the matter (R123); ``words`` may be empty.

    Raises as ``answer_sighting_and_tell_reporter``.
    """
    require(by, Permission.SIGHTING_HANDLE, sighting.municipality, at=at)
    explanation = normalise_text(words, most=MOST_ANSWER, lines=True, empty=True)
    _end_and_tell_reporter(sighting, State.CLOSED, words=explanation, reason=Sighting.Reason(reason), by=by, at=at)


@transaction.atomic
def hand_over_and_tell_reporter(*, sighting: Sighting, by: Person, at: datetime) -> None:
    """Note that the police took it into their own system: here it only waits to be erased.

    Raises as ``answer_sighting_and_tell_reporter``.
    """
    require(by, Permission.SIGHTING_HANDLE, sighting.municipality, at=at)
    _end_and_tell_reporter(sighting, State.HANDED_OVER, words="", reason="", by=by, at=at)


@transaction.atomic
def erase_reporter(*, sighting: Sighting, by: Person | None, at: datetime) -> None:  # noqa: ARG001 - as above
    """Erase name, reach and e-mail address at the wish of whoever holds the link or code; the journal names nobody."""
    is_kept = _erase_reporter_contact(sighting, at=at)
    if sighting.reporter_name or sighting.reporter_reach or is_kept:
        sighting.reporter_name = sighting.reporter_reach = ""
        sighting.save(update_fields=["reporter_name", "reporter_reach"])
        _note_sighting("reporter_withdrawn", sighting, by=None, at=at)


@transaction.atomic
def erase_old_sightings(*, by: Person | None, at: datetime) -> int:
    """Erase the words, pictures and reporter of what ended 30 days ago, or came a year ago (R84, R85); answer how many.

    Kind, municipality, days and state stay, for counting alone. For the machine, once a day.
    """
    sightings = Sighting.objects.exclude(state=State.PURGED).select_related("municipality")
    term = retention_term("sightings", KEPT)
    old = [
        candidate
        for candidate in sightings.order_by("filed_at")
        if must_be_erased(candidate.filed_at, candidate.ended_at, at=at, term=term)
    ]
    for sighting in old:
        move(sighting, State.PURGED, table=MOVES, purged_at=at, ended_at=sighting.ended_at or at)
        sighting.photos.all().delete()
        erase_referral_content(sighting=sighting, by=by, at=at)
        _erase_reporter_contact(sighting, at=at)
        sighting.place = sighting.facts = sighting.reporter_name = sighting.reporter_reach = sighting.answer = ""
        sighting.clock = None
        sighting.save(update_fields=["place", "facts", "reporter_name", "reporter_reach", "answer", "clock"])
        _note_sighting("purged", sighting, by=by, at=at)
    return len(old)


def _valid_facts_or_raise(report: SightingReport) -> dict[str, str]:
    """The fields that hold something, each within its length; none tells where people come from (R74)."""
    facts = {
        fact.key: normalise_text(report.facts.get(fact.key, ""), most=fact.most, lines=fact.rows > 1, empty=True)
        for fact in FACTS
    }
    if not has_any_fact(facts):
        raise refusals.NothingSeen
    of_persons = "\n".join(facts[fact.key] for fact in FACTS if fact.part != VEHICLE and facts[fact.key])
    for finding in check(of_persons, language=report.language, kind="information_request", any_language=True).findings:
        if finding.rule == REFUSED_RULE and not is_about_number_plate(finding.excerpt):
            raise refusals.TellsOrigin(words=finding.excerpt)
    return {key: words for key, words in facts.items() if words}


def _create_reporter_contact(sighting: Sighting, email: tuple[str, str], *, at: datetime) -> None:
    reader = persons.register_person(name=UNNAMED, language=sighting.language, by=None, at=at)
    persons.add_contact(person=reader, channel=email[0], address=email[1], by=None, at=at)
    SightingReader.objects.create(sighting=sighting, reader=str(reader.pk))


def _erase_reporter_contact(sighting: Sighting, *, at: datetime) -> bool:
    """Forget to whom it was written; answer whether there was somebody."""
    row = SightingReader.objects.filter(sighting=sighting).first()
    if row is None:
        return False
    for reader in Person.objects.filter(pk=row.reader):
        erasure.erase_person(person=reader, by=None, at=at)
    row.delete()
    return True


def _seal_and_save_pictures(sighting: Sighting, pictures: Sequence[bytes]) -> None:
    for position, content in enumerate(pictures, start=1):
        photo = Photo(sighting=sighting, position=position)
        context = sealing_context_of_row(Photo._meta.db_table, "sealed", photo.pk)
        photo.sealed = seal_bytes(content, context=context, key_purpose=KEY)
        photo.save(force_insert=True)


def _end_and_tell_reporter(
    sighting: Sighting, state: State, *, words: str, reason: str, by: Person, at: datetime
) -> None:
    """Note who read it if nobody had, then move it to its end: its reporter hears of it once.

    An answer after the taking over does not lengthen its stay. Raises ``HeldWords``.
    """
    require_text_passes_check(words, language=sighting.language, rules=PUBLIC_RULES)
    if sighting.state == State.FILED:
        move(sighting, State.READ, table=MOVES, read_at=at)
        _note_sighting("read", sighting, by=by, at=at)
    ended_at = sighting.ended_at or at
    move(sighting, state, table=MOVES, ended_at=ended_at, ended_by=by, reason=reason)
    sighting.answer = words
    sighting.save(update_fields=["answer"])
    mail_state_to_reporter(sighting, by=by, at=at)
    _note_sighting(str(state), sighting, by=by, at=at)


def _note_sighting(verb: str, sighting: Sighting, *, by: Person | None, at: datetime, **details: object) -> None:
    note(verb=f"sighting.{verb}", by=by, at=at, area=sighting.municipality.path, target=sighting, **details)
