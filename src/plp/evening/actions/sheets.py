"""The whole evening from one sheet: entered, closed with its minutes, corrected until these are approved."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from plp.evening.actions.contributions import (
    normalised_phone_or_email,
    note_volunteer_contacted,
    record_decision,
    record_help_offer,
    record_opinion,
)
from plp.evening.actions.meetings import end_meeting_and_delete_codes, open_meeting_for_presence_and_votes
from plp.evening.actions.minutes import write_minutes
from plp.evening.actions.typed_votes import (
    correct_typed_vote_and_consequences,
    prepare_usual_questions,
    record_typed_vote,
    record_vote_on_new_candidate,
)
from plp.evening.guards import note_in_journal, require_leader, require_texts_pass_check
from plp.evening.minutes import draft_minutes_markdown
from plp.evening.models import Attendance, Meeting, Minutes, Question
from plp.evening.queries.sheet_votes import APPROVAL
from plp.evening.rules import VoteCounts
from plp.evening.sheet import AgreementLine, EveningSheet, NewCandidate, OpinionLine, VolunteerLine
from plp.evening.states import MeetingState, Voting
from plp.journal.queries import entries_about
from plp.partnership.common_sentences import translations_of
from plp.partnership.models import Partnership, Statement
from plp.partnership.statements import add_statement
from plp.partnership.translations import TranslatedRow, TranslatedText
from plp.people.models import Person
from plp.people.rules import clean_name
from plp.toolbox.moves import WrongState
from plp.toolbox.texts import LANGUAGES
from plp.toolbox.words import fold

RESIDENTS = "plp"  # the kind of partnership in which residents speak first; in the others it is those who work there


@transaction.atomic
def enter_sheet_ending_meeting_with_minutes(
    *, meeting: Meeting, sheet: EveningSheet, by: Person | None, at: datetime
) -> None:
    """Enter the sheet, end the meeting, write its minutes: all of it or nothing.

    Candidates hear of their votes, objectives stand in the charter. Raises what single acts raise: ``DoorsTooEarly``,
    ``PointsMissing``, ``VotesOpen``, ``MoreVotesThanPeople``, ``WordsMissing``, ``HeldWords``, ``WrongState``.
    """
    require_leader(by, meeting, at=at)
    locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if locked.state == MeetingState.CONVENED:
        open_meeting_for_presence_and_votes(meeting=meeting, by=by, at=at)
    elif locked.state != MeetingState.OPEN:
        raise WrongState
    _require_sheet_passes_check(meeting, sheet)
    _write_presence_and_terms(meeting, sheet)
    _write_points(meeting, sheet, at=at)
    prepare_usual_questions(meeting=meeting, by=by, at=at)
    _record_or_correct_votes(meeting, sheet.votes, by=by, at=at)
    _write_people_agreements_and_opinions(meeting, sheet, by=by, at=at)
    note_in_journal("sheet_entered", meeting, by=by, at=at, persons=sheet.persons, forms=sheet.forms)
    end_meeting_and_delete_codes(meeting=meeting, by=by, at=at)
    Meeting.objects.filter(pk=meeting.pk).update(held_at=min(at, meeting.ends_at))
    write_minutes(meeting=meeting, by=by, at=at)


@transaction.atomic
def correct_sheet_with_votes_and_minutes(
    *, meeting: Meeting, sheet: EveningSheet, by: Person | None, at: datetime
) -> list[str]:
    """Put a sheet right until the minutes are approved; answer the languages whose minutes somebody worded by hand.

    The other minutes are written anew, candidates follow their votes. Raises ``WrongState``, ``HeldWords``,
    ``MoreVotesThanPeople`` and ``VoteWasUsed``, which says why a vote cannot change any more.
    """
    require_leader(by, meeting, at=at)
    locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if locked.state not in {MeetingState.HELD, MeetingState.MINUTED}:
        raise WrongState
    untouched = _minutes_worded_by_nobody(meeting)
    _require_sheet_passes_check(meeting, sheet)
    _write_presence_and_terms(meeting, sheet)
    _write_points(meeting, sheet, at=at)
    _record_or_correct_votes(meeting, sheet.votes, by=by, at=at)
    _write_people_agreements_and_opinions(meeting, sheet, by=by, at=at)
    note_in_journal("sheet_corrected", meeting, by=by, at=at, persons=sheet.persons, forms=sheet.forms)
    return _redraft_minutes(meeting, untouched)


@transaction.atomic
def add_agreement_and_redraft_minutes(
    *, meeting: Meeting, by: Person | None, at: datetime, **agreement: Any
) -> list[str]:
    """Keep an agreement, as ``record_decision`` does; minutes that wait for approval are written anew with it.

    Answer the languages whose minutes somebody worded by hand. Raises what ``record_decision`` raises.
    """
    locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
    record_decision(meeting=meeting, by=by, at=at, **agreement)
    if untouched := _minutes_worded_by_nobody(locked):
        note_in_journal("minutes_redrafted", meeting, by=by, at=at, languages=[row.language for row in untouched])
    return _redraft_minutes(meeting, untouched)


def _minutes_worded_by_nobody(meeting: Meeting) -> list[Minutes]:
    """The minutes that stand as they were written from the facts; none where a move brought no journal."""
    corrections = entries_about(meeting).filter(verb="evening.minutes_corrected")
    worded = set(corrections.values_list("details__language", flat=True))
    has_journal = entries_about(meeting).filter(verb="evening.planned").exists()
    return [row for row in meeting.minutes.all() if has_journal and row.language not in worded]


def _redraft_minutes(meeting: Meeting, untouched: Sequence[Minutes]) -> list[str]:
    """Write ``untouched`` minutes anew; answer the languages of the others."""
    for row in untouched:
        row.text = draft_minutes_markdown(meeting, row.language)
        row.save(update_fields=["text"])
    return sorted(set(meeting.minutes.values_list("language", flat=True)) - {row.language for row in untouched})


def _require_sheet_passes_check(meeting: Meeting, sheet: EveningSheet) -> None:
    """Raise ``HeldWords`` for a record, an agreement or who sees to it that the check holds."""
    records = [*sheet.points.values(), *(row.words for row in sheet.agreements)]
    earlier = [*meeting.points.values_list("record", flat=True), *meeting.decisions.values_list("words", flat=True)]
    require_texts_pass_check(meeting, *records, accepted=earlier)
    require_texts_pass_check(meeting, *(row.owner for row in sheet.agreements), is_name=True)


def _write_presence_and_terms(meeting: Meeting, sheet: EveningSheet) -> None:
    Attendance.objects.update_or_create(
        meeting=meeting,
        way=Attendance.Way.PAPER,
        defaults={"persons": sheet.persons},
        create_defaults={"persons": sheet.persons, "name": ""},
    )
    if meeting.is_information:  # the sheet of a meeting of members does not ask for these
        meeting.forms, meeting.contribution, meeting.launch_on = sheet.forms, sheet.contribution, sheet.launch_on
        meeting.save(update_fields=["forms", "contribution", "launch_on"])


def _write_points(meeting: Meeting, sheet: EveningSheet, *, at: datetime) -> None:
    """What was said on each point; a point that was discussed stays so."""
    for point in meeting.points.all():
        if point.position in sheet.points:
            _set_translated_text(point, "record", sheet.points[point.position].strip(), sheet.language)
            point.ticked_at = point.ticked_at or at
            point.save(update_fields=["record", "ticked_at", "translations"])


def _set_translated_text(row: TranslatedRow, name: str, words: str, language: str) -> None:
    """Put other words into a row, in the language of the sheet; the same words keep their sisters."""
    if words and words != getattr(row, name):
        row.set_text(name, TranslatedText(words, language))
    else:
        setattr(row, name, words)


def _record_or_correct_votes(
    meeting: Meeting, votes: Mapping[str, VoteCounts], *, by: Person | None, at: datetime
) -> None:
    """Close what is prepared and was voted on; correct what was typed before."""
    for question in meeting.questions.all():
        question.meeting = meeting
        counts = _typed_counts(question, votes)
        if counts is not None and question.state == Voting.PREPARED:
            record_typed_vote(question, counts, by=by, at=at)
        elif counts is not None and question.state == Voting.CLOSED:
            correct_typed_vote_and_consequences(question, counts, by=by, at=at)


def _typed_counts(question: Question, votes: Mapping[str, VoteCounts]) -> VoteCounts | None:
    """What was typed on a question: under its own key, its candidate's, or as the vote on the partnership."""
    keys = [str(question.pk), str(question.subject)]
    if question.kind == Question.Kind.APPROVAL:
        keys.append(APPROVAL)
    return next((votes[key] for key in keys if key in votes), None)


def _write_people_agreements_and_opinions(
    meeting: Meeting, sheet: EveningSheet, *, by: Person | None, at: datetime
) -> None:
    """What stands on lines of its own: people, agreements, objectives, opinions."""
    who: dict[str, Any] = {"by": by, "at": at}
    for candidate in sheet.candidates:
        record_vote_on_new_candidate(meeting, candidate, **who)
        _record_candidate_as_volunteer_once(meeting, candidate, **who)
    for volunteer in sheet.volunteers:
        _save_or_delete_offer(meeting, volunteer, **who)
    for agreement in sheet.agreements:
        _save_or_delete_decision(meeting, agreement, sheet.language, **who)
    for opinion in sheet.opinions:
        _save_or_delete_opinion(meeting, opinion, **who)
    party = Statement.Party.RESIDENTS if meeting.partnership.kind == RESIDENTS else Statement.Party.TRADERS
    known_objectives = _objectives_by_folded_words(meeting.partnership)
    for words in sheet.objectives:
        same = known_objectives.get(fold(words), [])
        if any(row.party == party for row in same):
            continue
        language, others = _objective_in_its_languages(words, sheet.language, same, meeting.partnership.languages)
        add_statement(
            partnership=meeting.partnership,
            party=party,
            kind=Statement.Kind.OBJECTIVE,
            text=words,
            language=language,
            others=others,
            **who,
        )


def _objectives_by_folded_words(partnership: Partnership) -> dict[str, list[Statement]]:
    """The objectives that any party has written down, by their words in each language in which they are known."""
    rows: dict[str, list[Statement]] = {}
    for row in Statement.objects.filter(partnership=partnership, kind=Statement.Kind.OBJECTIVE):
        for words in row.text_of("text", partnership.languages).by_language().values():
            rows.setdefault(fold(words), []).append(row)
    return rows


def _objective_in_its_languages(
    words: str, language: str, same: Sequence[Statement], spoken: Sequence[str]
) -> tuple[str, dict[str, str]]:
    """The language of an objective and the same in the others, as another party said it in ``same``, or as the common
    sentence that it is in whichever language.
    """
    for row in same:
        versions = row.text_of("text", spoken).by_language()
        code = next(code for code, version in versions.items() if fold(version) == fold(words))
        return code, {other: version for other, version in versions.items() if other != code}
    for code in dict.fromkeys([language, *LANGUAGES]):
        if others := translations_of("objective", words, code):
            return code, others
    return language, {}


def _record_candidate_as_volunteer_once(meeting: Meeting, candidate: NewCandidate, **who: Any) -> None:
    """Keep how to reach whoever stood up; who was elected waits for no task."""
    if not candidate.reach or any(offer.name == candidate.name for offer in meeting.offers.all()):
        return
    offer = record_help_offer(
        meeting=meeting, name=candidate.name, reach=candidate.reach, tasks=[candidate.function], **who
    )
    if candidate.counts.yes > candidate.counts.no:
        note_volunteer_contacted(offer=offer, **who)


def _save_or_delete_offer(meeting: Meeting, line: VolunteerLine, **who: Any) -> None:
    kept = meeting.offers.filter(pk=line.row).first() if line.row else None
    if kept is None:
        record_help_offer(meeting=meeting, name=line.name, reach=line.reach, tasks=line.tasks, **who)
    elif not line.name:
        kept.delete()
    else:
        kept.name = line.name if line.name == kept.name else clean_name(line.name)
        kept.reach = line.reach if line.reach == kept.reach else normalised_phone_or_email(line.reach)
        kept.tasks = list(line.tasks)
        kept.save(update_fields=["name", "reach", "tasks"])


def _save_or_delete_decision(meeting: Meeting, line: AgreementLine, language: str, **who: Any) -> None:
    kept = meeting.decisions.filter(pk=line.row).first() if line.row else None
    if kept is not None and not line.words:
        kept.delete()
    elif kept is not None and line.due is not None:
        _set_translated_text(kept, "words", line.words, language)
        kept.about, kept.owner, kept.due = line.about, line.owner, line.due
        kept.save(update_fields=["about", "words", "owner", "due", "translations"])
    elif line.due is not None:
        record_decision(
            meeting=meeting,
            about=line.about,
            words=line.words,
            owner=line.owner,
            due=line.due,
            language=language,
            **who,
        )


def _save_or_delete_opinion(meeting: Meeting, line: OpinionLine, **who: Any) -> None:
    kept = meeting.opinions.filter(pk=line.row).first() if line.row else None
    if kept is None:
        record_opinion(meeting=meeting, about=line.about, view=line.view, name=line.name, **who)
    elif line.about:
        kept.about, kept.view = line.about, line.view
        kept.name = line.name if line.name in {"", kept.name} else clean_name(line.name)
        kept.save(update_fields=["about", "view", "name"])
    elif not kept.words:  # one in words is of a version before: a draft of that version has no subject for it
        kept.delete()
