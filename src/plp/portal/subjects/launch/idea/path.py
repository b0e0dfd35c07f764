"""The path of an idea as its initiator sees it: steps, offices that are waited for, and papers to carry round.

The secret link is all that an initiator has: no mandate, no right, and nothing personal of others.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404

from plp.documents import Value, pdf
from plp.evening.sheet_paper import sheet_document
from plp.launch.documents.files import names_of_missing_placeholders, official_languages_of_partnership
from plp.launch.documents.pack_document import PackDocument
from plp.launch.documents.place_names import GIVEN_PLACES
from plp.launch.documents.placeholder_values import gather_partnership_data, values_of_all_placeholders
from plp.launch.documents.register import BY_KEY
from plp.launch.documents.room_documents import coming_evening_with_public_page, next_information_evening
from plp.launch.models import Idea
from plp.launch.queries.ideas import idea_after_merges, idea_by_key, room_of_initiator
from plp.launch.queries.informed_streets import covered_addresses_in_streets
from plp.launch.queries.offices import AwaitedOffice, offices_awaited_in_open_steps
from plp.launch.queries.progress import step_plan_progress_of_partnership
from plp.launch.queries.texts import Wordings, newest_wordings_for_partnership
from plp.launch.rules import StepState
from plp.launch.states import Standing
from plp.partnership.models import Partnership
from plp.partnership.queries import public_page_url
from plp.places.queries import streets_of
from plp.portal.shell.requests import PortalRequest
from plp.portal.subjects.launch.idea import draft
from plp.portal.subjects.launch.idea.forms import InitiatorNoteForm

COLOURS = {Standing.CLOSED: "plain", Standing.OPEN: "busy", Standing.STALLED: "warn", Standing.DONE: "good"}
PAPERS = {  # what an initiator carries round or lays on the table, by step: none of them names anybody
    "informing": ("letter_residents", "folder", "door_hanger", "survey"),
    "evening": ("invitation", "agenda", "presence_list", "volunteer_form", "opinion_form"),
}

EVENING_SHEET = "evening_sheet"  # a paper too, once an evening is planned: with room for names instead of names


@dataclass(frozen=True)
class PathPaper:
    """A paper in one language of the quarter, and what is still awaited for it: it goes out whole or not at all."""

    document: PackDocument
    title: str
    language: str
    awaited: Sequence[Any] = ()


@dataclass(frozen=True)
class PathStep:
    """A step with its standing in words, the offices on which it waits, and the papers that one may take along."""

    state: StepState
    colour: str
    offices: Sequence[AwaitedOffice]
    papers: Sequence[PathPaper]
    has_sheets: bool

    @property
    def is_open(self) -> bool:
        """Whether one works on it now."""
        return _is_step_open_unless_waived(self.state)


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


def idea_path_context(partnership: Partnership, *, at: datetime) -> dict[str, Any]:
    """What the page of the path shows."""
    now = step_plan_progress_of_partnership(partnership, at=at)
    offices = offices_awaited_in_open_steps(now, at=at)
    papers = papers_of_steps(
        partnership, [state.step.key for state in now.states if _is_step_open_unless_waived(state)], at=at
    )
    has_doors = bool(covered_addresses_in_streets(partnership, streets_of(partnership.area)))
    steps = [
        PathStep(
            state,
            COLOURS[Standing(state.standing)],
            [office for office in offices if office.step.key == state.step.key],
            papers.get(state.step.key, ()),
            has_sheets=state.step.key == "informing" and has_doors,
        )
        for state in now.states
    ]
    return {
        "steps": steps,
        "done": now.done_count,
        "acts": list(partnership.initiator_acts.all()),
        "note_form": InitiatorNoteForm(initial=noted_acts_and_room(partnership)),
        "sheet_languages": official_languages_of_partnership(partnership),
        "has_evening": next_information_evening(partnership) is not None,
        "public_page": public_page_url(partnership),
        "is_launched": partnership.launched_at is not None,
        "is_helped_online": coming_evening_with_public_page(partnership) is not None,
    }


def noted_acts_and_room(partnership: Partnership) -> dict[str, Any]:
    """What the initiator ticked and which room they named."""
    room = room_of_initiator(partnership)
    return {
        "acts": [act.kind for act in partnership.initiator_acts.all()],
        "place": room.place if room else "",
        "street": room.street if room else "",
    }


def _is_step_open_unless_waived(state: StepState) -> bool:
    return state.standing in {Standing.OPEN, Standing.STALLED} and not state.is_waived


def papers_of_steps(partnership: Partnership, steps: Sequence[str], *, at: datetime) -> dict[str, list[PathPaper]]:
    """By step, the papers that an initiator may take along, in each language of the quarter."""
    wanted = {step: PAPERS[step] for step in steps if step in PAPERS}
    if not wanted:
        return {}
    languages = official_languages_of_partnership(partnership)
    data, texts = gather_partnership_data(partnership, at=at), newest_wordings_for_partnership(partnership)
    values = {language: values_of_all_placeholders(data, language) for language in languages}
    return {
        step: [
            _path_paper(BY_KEY[key], language, texts, values[language], partnership)
            for key in keys
            for language in languages
            if language in BY_KEY[key].languages
        ]
        for step, keys in wanted.items()
    }


def _path_paper(
    document: PackDocument, language: str, texts: Wordings, values: Mapping[str, Value], partnership: Partnership
) -> PathPaper:
    lacks = names_of_missing_placeholders(
        texts.own_else_zone_else_standard_wording(document, language).source, values, partnership.kind
    )
    return PathPaper(document, document.title(language), language, [GIVEN_PLACES[name] for name in lacks])


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
