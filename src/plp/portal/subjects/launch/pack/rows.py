"""What the list of the pack shows: per step its documents, what each still lacks, where it is given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from plp.documents import Value
from plp.launch.documents.files import missing_places
from plp.launch.documents.pack_document import PackDocument
from plp.launch.documents.place_names import GIVEN_PLACES
from plp.launch.documents.register import STEPS, documents_of_step
from plp.launch.documents.room_documents import ROOM_DOCUMENTS, RoomDocument
from plp.launch.plan import PLAN_OF_KIND, PLANS
from plp.launch.queries.texts import Wordings
from plp.partnership.models import Partnership

# Where somebody gives what is missing: the URL name of a page that takes the key of the partnership.
GIVEN_AT: dict[str, str] = {
    **dict.fromkeys(("streets", "doors", "motives", "expectations", "objectives"), "launch:groundwork:home"),
    **dict.fromkeys(
        (f"evening_{part}" for part in ("date", "time", "place", "address", "access", "link")), "evening:home"
    ),
    **dict.fromkeys(("officer", "coordinator"), "mandates:people"),
    **dict.fromkeys(("contacts", "finance", "signed_on"), "charter:home"),
    "plan": "charter:plan",
    **dict.fromkeys(("recognised_on", "launched_on", "members"), "launch:plan:where"),
    **dict.fromkeys(("purpose", "police_contact", "coordinator_contact"), "launch:pack:presentation"),
}


@dataclass(frozen=True)
class Lack:
    """Something that nobody has given yet, and the page where it is given."""

    words: Any
    page: str


@dataclass(frozen=True)
class Row:
    """One document: its title, whose text it has, what it lacks."""

    entry: PackDocument
    title: str
    whose: str
    lacks: Sequence[Lack]


@dataclass(frozen=True)
class Step:
    """One step of the plan with its documents, and those that another page makes."""

    title: Any
    rows: Sequence[Row]
    elsewhere: Sequence[RoomDocument]


def lacks(source: str, values: Mapping[str, Value], kind: str) -> list[Lack]:
    """What a text still lacks, in the reader's language."""
    return [Lack(GIVEN_PLACES[name], GIVEN_AT[name]) for name in missing_places(source, values, kind)]


def steps(partnership: Partnership, texts: Wordings, values: Mapping[str, Value], language: str) -> list[Step]:
    """The whole list, in the order of the plan."""
    plan = PLANS[PLAN_OF_KIND[partnership.kind]]
    found = []
    for key in STEPS:
        step = plan.step(key)
        rows = [_row(entry, partnership, texts, values, language) for entry in documents_of_step(key)]
        found.append(Step(step.title if step else key, rows, [one for one in ROOM_DOCUMENTS if one.step == key]))
    return found


def _row(
    entry: PackDocument, partnership: Partnership, texts: Wordings, values: Mapping[str, Value], language: str
) -> Row:
    wording = texts.of(entry, language)
    return Row(entry, str(entry.label), wording.whose, lacks(wording.source, values, partnership.kind))
