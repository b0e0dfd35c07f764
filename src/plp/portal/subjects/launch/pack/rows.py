"""What the list of the pack shows: per step its documents, what each still lacks, where it is given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from plp.documents import Value, foreign_texts, placeholder_names, select_variant
from plp.launch.documents.files import names_of_missing_placeholders
from plp.launch.documents.pack_document import PackDocument
from plp.launch.documents.place_names import GIVEN_PLACES
from plp.launch.documents.register import STEPS
from plp.launch.documents.room_documents import ROOM_DOCUMENTS
from plp.launch.plan import PLAN_OF_KIND, PLANS
from plp.launch.queries.texts import Wordings
from plp.partnership.gates import is_over
from plp.portal.shell.page_access import PageAccess

# Where somebody gives what is missing: the URL name of a page that takes the key of the partnership.
GIVEN_AT: dict[str, str] = {
    **dict.fromkeys(
        ("streets", "doors", "motives", "all_motives", "expectations", "objectives"), "launch:groundwork:home"
    ),
    **dict.fromkeys(
        (f"evening_{part}" for part in ("date", "time", "until", "place", "address", "access", "link")), "evening:home"
    ),
    "launch_day": "evening:home",  # of the sheet of the evening
    **dict.fromkeys(("officer", "coordinator", "deputies", "committee"), "mandates:people"),
    **dict.fromkeys(
        ("contacts", "coordinator_phone", "officer_phone", "finance", "costs", "signed_on"), "charter:home"
    ),
    **dict.fromkeys(("plan", "plan_hands", "plan_table", "ways", "ways_hours", "notification_way"), "charter:plan"),
    **dict.fromkeys(("survey_return", "survey_until"), "launch:groundwork:survey"),
    **dict.fromkeys(("recognised_on", "launched_on", "members", "confirmed"), "launch:plan:where"),
    **dict.fromkeys(
        ("purpose", "police_contact", "coordinator_contact", "area_languages", "message_languages"),
        "launch:pack:presentation",
    ),
}


# Where a text is written with its other languages: pages that GIVEN_AT does not name, or not so near.
WRITTEN_AT: dict[str, str] = {
    **dict.fromkeys(
        ("statements", "motives", "all_motives", "expectations", "objectives"), "launch:groundwork:statements"
    ),
    **dict.fromkeys(("costs", "finance", "cost_lines", "funding_end", "insurance"), "charter:financing_write"),
    "contacts": "charter:contacts",
}


@dataclass(frozen=True)
class MissingValueRow:
    """Something that nobody has given yet: the ``url`` of the page where it is given, or ``who`` may open that page."""

    words: Any
    url: str
    who: str


@dataclass(frozen=True)
class PackDocumentRow:
    """One document: its title, whose text it has, what it lacks."""

    entry: PackDocument
    title: str
    whose: str
    lacks: Sequence[MissingValueRow]


@dataclass(frozen=True)
class PackStep:
    """One step of the plan with its documents, and those that another page makes."""

    title: Any
    rows: Sequence[PackDocumentRow]
    elsewhere: Sequence[tuple[Any, str]]  # label, and the address of its page; empty where the reader may not go


def missing_value_rows(text: str, values: Mapping[str, Value], access: PageAccess) -> list[MissingValueRow]:
    """What a text still lacks, in the reader's language."""
    names = names_of_missing_placeholders(text, values, access.partnership.kind)
    return [_missing_value_row(GIVEN_PLACES[name], GIVEN_AT[name], access) for name in names]


def foreign_text_rows(
    text: str, values: Mapping[str, Value], language: str, access: PageAccess
) -> list[MissingValueRow]:
    """The texts of a paper that nobody has said in its ``language`` yet, each with the page on which to write it."""
    names = sorted(placeholder_names(select_variant(text, access.partnership.kind)) & {*GIVEN_AT, *WRITTEN_AT})
    found = {
        foreign: WRITTEN_AT.get(name) or GIVEN_AT[name]
        for name in names
        for foreign in foreign_texts(values.get(name), language)
    }
    return [_missing_value_row(foreign, page, access) for foreign, page in found.items()]


def _missing_value_row(missing: Any, page: str, access: PageAccess) -> MissingValueRow:
    url = access.url_if_allowed(page)
    return MissingValueRow(missing, url, "" if url else access.roles_allowed_text(page))


def step_title(step_key: str, partnership_kind: str = "plp") -> str:
    """What a step is called in the plan of a kind of partnership."""
    step = PLANS[PLAN_OF_KIND[partnership_kind]].step(step_key)
    return step.title if step else step_key


def pack_steps(
    access: PageAccess, texts: Wordings, values: Mapping[str, Value], language: str, entries: Sequence[PackDocument]
) -> list[PackStep]:
    """The list of ``entries``, in the order of the plan; after an end, the steps that have one of them."""
    found = []
    for key in STEPS:
        rows = [_document_row(entry, access, texts, values, language) for entry in entries if entry.step == key]
        elsewhere = [
            (document.label, access.url_if_allowed(document.page))
            for document in ROOM_DOCUMENTS
            if document.step == key
        ]
        if rows or not is_over(access.partnership):
            found.append(PackStep(step_title(key, access.partnership.kind), rows, elsewhere))
    return found


def _document_row(
    entry: PackDocument, access: PageAccess, texts: Wordings, values: Mapping[str, Value], language: str
) -> PackDocumentRow:
    wording = texts.own_else_zone_else_standard_wording(entry, language)
    return PackDocumentRow(entry, str(entry.label), wording.whose, missing_value_rows(wording.source, values, access))
