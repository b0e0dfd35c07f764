"""The path of an idea as its initiator sees it: steps, offices that are waited for, and papers to carry round.

The secret link is all that an initiator has: no mandate, no right, and nothing personal of others.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404
from django.utils.translation import get_language

from plp.documents import pdf
from plp.evening.sheet_paper import sheet_document
from plp.launch.documents.files import official_languages_own_first
from plp.launch.documents.pack_document import PackDocument
from plp.launch.documents.register import BY_KEY
from plp.launch.documents.room_documents import next_information_evening
from plp.launch.models import Idea
from plp.launch.queries.ideas import idea_after_merges, idea_by_key
from plp.launch.queries.informed_streets import addresses_in
from plp.launch.queries.offices import AwaitedOffice, awaited_offices
from plp.launch.queries.progress import progress_of
from plp.launch.rules import StepState
from plp.launch.states import Standing
from plp.partnership.models import Partnership
from plp.partnership.queries import public_page_url
from plp.places.queries import streets_of
from plp.portal.shell.requests import PortalRequest
from plp.portal.subjects.launch.idea import draft
from plp.portal.subjects.launch.idea.forms import NoteForm
from plp.toolbox.texts import OFFICIAL_LANGUAGES

COLOURS = {Standing.CLOSED: "plain", Standing.OPEN: "busy", Standing.STALLED: "warn", Standing.DONE: "good"}
PAPERS = {  # what an initiator carries round or lays on the table, by step: none of them names anybody
    "informing": ("letter_residents", "folder", "door_hanger", "survey"),
    "evening": ("invitation", "agenda", "presence_list", "volunteer_form", "opinion_form"),
}

EVENING_SHEET = "evening_sheet"  # a paper too, once an evening is planned: with room for names instead of names


@dataclass(frozen=True)
class PathStep:
    """A step with its standing in words, the offices on which it waits, and the papers that one may take along."""

    state: StepState
    colour: str
    offices: Sequence[AwaitedOffice]
    papers: Sequence[tuple[str, PackDocument]]
    has_sheets: bool

    @property
    def is_open(self) -> bool:
        """Whether one works on it now."""
        return self.state.standing in {Standing.OPEN, Standing.STALLED} and not self.state.is_waived


def followed_idea_or_404(request: PortalRequest) -> Idea:
    """The idea whose link was opened in this browser, or 404."""
    key = draft.remembered_idea_key(request)
    idea = idea_by_key(key) if key else None
    if idea is None:
        raise Http404
    return idea


def followed_partnership_or_404(request: PortalRequest) -> Partnership:
    """The partnership that came of it, or 404: absent and not taken up look the same."""
    partnership = idea_after_merges(followed_idea_or_404(request)).partnership
    if partnership is None:
        raise Http404
    return partnership


def path_context(partnership: Partnership, *, at: datetime) -> dict[str, Any]:
    """What the page of the path shows."""
    now, language = progress_of(partnership, at=at), get_language() or "fr"
    offices = awaited_offices(now, at=at)
    acts = list(partnership.initiator_acts.all())
    has_doors = bool(addresses_in(partnership, streets_of(partnership.area)))
    steps = [
        PathStep(
            state,
            COLOURS[Standing(state.standing)],
            [office for office in offices if office.step.key == state.step.key],
            [(BY_KEY[key].title(language), BY_KEY[key]) for key in PAPERS.get(state.step.key, ())],
            has_sheets=state.step.key == "informing" and has_doors,
        )
        for state in now.states
    ]
    return {
        "steps": steps,
        "done": now.done_count,
        "acts": acts,
        "note_form": NoteForm(initial={"acts": [act.kind for act in acts]}),
        "paper_language": paper_language(partnership),
        "has_evening": next_information_evening(partnership) is not None,
        "public_page": public_page_url(partnership),
        "is_launched": partnership.launched_at is not None,
    }


def paper_language(partnership: Partnership) -> str:
    """The reader's language if the pack has it, else the first of the area."""
    language = get_language() or ""
    return language if language in OFFICIAL_LANGUAGES else official_languages_own_first(partnership)[0]


def nameless_evening_sheet_pdf_or_404(partnership: Partnership, language: str, *, at: datetime) -> bytes:
    """The sheet of the coming evening as PDF, with room for names instead of names; 404 before one is planned."""
    meeting = next_information_evening(partnership)
    if meeting is None:
        raise Http404
    return pdf(sheet_document(meeting, language, names_persons=False), at=at)


def paper_or_404(document_key: str) -> PackDocument:
    """One of ``PAPERS``, or 404."""
    if not any(document_key in keys for keys in PAPERS.values()):
        raise Http404
    return BY_KEY[document_key]
