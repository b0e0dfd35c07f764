"""Finding what an address names, within the scope of whoever asks: absent and foreign answer the same 404 (T10)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from plp.charter.plan_in_words import roles_in_words
from plp.documents import Document
from plp.documents.dates import date_format
from plp.mandates.grants import Role
from plp.measures.ladders import Rung
from plp.measures.models import Appeal, File, Measure
from plp.measures.papers import measure_letter_pdf
from plp.measures.queries import (
    are_roles_of_police,
    deciding_offices_of,
    files_in_scope,
    measures_of,
    next_signer,
    offices_held_then_in_words,
    own_words_for,
    seems_to_describe_others,
    words_fingerprint,
    words_kept_from,
)
from plp.measures.rules import appeal_days_left, last_appeal_day
from plp.measures.states import MeasureState, MeasureStep
from plp.membership.looks import note_look_at_members
from plp.portal.shell.files import download
from plp.portal.shell.requests import StaffRequest
from plp.toolbox.clock import local


def letter_to_post(request: StaffRequest, letter: Document, file: File, *, name: str, at: datetime) -> HttpResponse:
    """``letter`` of a ``file`` as an office posts it; that it saw where the person lives is noted (R80)."""
    note_look_at_members(file.partnership, "measure", 1, by=request.person, at=request.at)
    return download(measure_letter_pdf(letter, file, at=at), name=name, content_type="application/pdf", inline=True)


@dataclass(frozen=True)
class MeasureRow:
    """A measure as a page shows it. ``turn``: the office that signs next; ``appeal_days_left``: to send an appeal."""

    measure: Measure
    rung: Rung
    turn: Role | None
    is_mine: bool
    last_day: date | None = None
    days_left: int = 0
    appeal: Appeal | None = None
    acts: tuple[tuple[str, str], ...] = ()  # what was done, and who did it in which office

    @property
    def colour(self) -> str:
        """The colour of its state."""
        return {MeasureState.PROPOSED: "busy", MeasureState.TAKEN: "warn"}.get(
            MeasureState(self.measure.state), "plain"
        )

    @property
    def can_be_appealed(self) -> bool:
        """Whether an appeal can still be sent."""
        return self.measure.state == MeasureState.TAKEN and self.appeal is None and self.days_left > 0

    @property
    def can_be_lifted(self) -> bool:
        """Whether it lasts and can be lifted."""
        return self.measure.state == MeasureState.TAKEN and self.measure.step == MeasureStep.SUSPENSION

    @property
    def lacks_copy_to_interior(self) -> bool:
        """Whether the copy to the FPS Interior was not noted yet."""
        return (
            self.rung.copy_to_interior and self.measure.state == MeasureState.TAKEN and self.measure.copied_on is None
        )


def file_or_404(request: StaffRequest, file_key: UUID) -> File:
    """A file on which the person decides."""
    return get_object_or_404(files_in_scope(request.person, at=request.at), pk=file_key)


def measure_or_404(request: StaffRequest, file_key: UUID, measure_key: UUID) -> Measure:
    """A step of such a file."""
    file = file_or_404(request, file_key)
    found = next((one for one in measures_of(file, seen_by_deciders=True) if one.pk == measure_key), None)
    if found is None:
        raise Http404
    return found


def offices_over_file(request: StaffRequest, file: File) -> list[Role]:
    """The offices of the person over the partnership of a file."""
    return deciding_offices_of(request.person, file.partnership.area, at=request.at)


def own_words_context(file: File, roles: list[Role]) -> dict[str, Any]:
    """What these offices read of what the person says, whether they wait for more, and what they are to pass on."""
    own_words, kept_words = own_words_for(file, roles), words_kept_from(file, roles)
    unseen = [one for one in file.own_words.all() if one not in own_words]
    unread = next((one for one in own_words if one.is_waiting_for_police), None) if are_roles_of_police(roles) else None
    return {
        "own_words": own_words,
        "do_words_stop": any(one.is_waiting_for_police for one in unseen),
        "are_words_kept": bool(kept_words),
        "words_fingerprint": words_fingerprint(own_words, kept=kept_words),
        "unread": unread,
        "looks_twice": unread is not None and seems_to_describe_others(unread),
    }


def measure_rows(measures: list[Measure], roles: list[Role], *, at: datetime) -> list[MeasureRow]:
    """The steps of a file for the page."""
    found = []
    for one in measures:
        turn, days = next_signer(one), one.rung.appeal_days

        last = last_appeal_day(one.taken_at, days) if days and one.taken_at else None
        left = appeal_days_left(one.taken_at, days, at=at) if days and one.taken_at else 0
        appeal, acts = getattr(one, "appeal", None), tuple(acts_with_actor_texts(one))
        found.append(MeasureRow(one, one.rung, turn, turn in roles, last, left, appeal, acts))
    return found


def acts_with_actor_texts(measure: Measure) -> Iterator[tuple[str, str]]:
    """What was done beside signing, each act with who did it, in which office and when."""
    begun = _("Noted by") if measure.step == MeasureStep.TALK else _("Proposed by")
    ended = _("Not taken, decided by") if measure.state == MeasureState.DROPPED else _("Ended by")
    appeal = getattr(measure, "appeal", None)
    acts = [
        (begun, measure.proposed_by, measure.proposed_at),
        (ended, measure.ended_by, measure.ended_at),
        *([(_("Appeal decided by"), appeal.decided_by, appeal.decided_at)] if appeal else []),
    ]
    for act, by, at in acts:
        if by is not None and at is not None:
            office = offices_held_then_in_words(by, measure.rung, measure.file.partnership.area, at=at)
            day = date_format(local(at), "DATETIME_FORMAT")
            yield act, ", ".join(filter(None, (office, by.name, day)))


def opener_office_and_day_text(file: File) -> str:
    """Who opened a file, in which office and when; the day alone once that person is forgotten."""
    day, by = date_format(local(file.opened_at), "DATETIME_FORMAT"), file.opened_by
    if by is None:
        return day
    roles = deciding_offices_of(by, file.partnership.area, at=file.opened_at)
    office = ", ".join(str(role.label) for role in roles if role in file.steps.opened_by)
    return ", ".join(filter(None, (office, by.name, day)))


def rungs_with_proposers_in_words(rungs: list[Rung]) -> list[tuple[str, str]]:
    """What may come next, with who may do it: for a reader who may not."""
    return [(str(rung.title), roles_in_words(role.value for role in rung.proposers)) for rung in rungs]
