"""What to say on each point: our text, and what is known of this quarter: motives, partners, objectives."""

from datetime import datetime
from pathlib import Path

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from plp.delivery.phone_numbers import format_phone_number
from plp.documents import Document, compose, select_variant
from plp.evening.models import AgendaPoint, Meeting
from plp.evening.states import PointKind
from plp.mandates.grants import Role
from plp.mandates.queries import mandates_in_force
from plp.partnership.models import Statement
from plp.partnership.queries import statements_of
from plp.toolbox.texts import text

TEXTS = Path(__file__).parent / "texts"
PARTNERS = (Role.OFFICER, Role.DEPUTY_OFFICER, Role.COORDINATOR, Role.DEPUTY, Role.COMMITTEE, Role.MUNICIPALITY)


class DocumentBuilder:
    """A text that grows, and the values of its places."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.places: dict[str, str] = {}

    def add_value(self, words: str) -> str:
        """The place that ``words`` will be put into, letter for letter; nothing for blank words."""
        if not words.strip():
            return ""
        number, letters = len(self.places), ""
        while number or not letters:
            number, rest = divmod(number, 26)
            letters += chr(97 + rest)
        self.places[f"p_{letters}"] = words
        return f"{{p_{letters}}}"

    def add(self, *parts: str) -> None:
        """Parts of the text, one paragraph or block each."""
        self.parts += [part for part in parts if part]

    def new_page(self) -> None:
        """What follows stands on a page of its own."""
        self.add("---")

    def build_document(self, language: str, title: str) -> Document:
        """What was put together."""
        return compose("\n\n".join(self.parts), self.places, language=language, title=title)


def speaking_notes(point: AgendaPoint, language: str, *, at: datetime) -> Document | None:
    """What to say on a point; nothing on a theme. The fixed legal text stands with the first point (R19).

    The first point also holds the motives and the third the objectives that were written down before (R14, R21); the
    second who the partners are, with role and contact (R20).
    """
    if point.key == PointKind.THEME:
        return None
    pages = DocumentBuilder()
    add_speaking_notes(pages, point, language, at=at)
    return pages.build_document(language, str(point.name))


def add_speaking_notes(pages: DocumentBuilder, point: AgendaPoint, language: str, *, at: datetime) -> None:
    """Put what to say on a point into ``pages``."""
    if point.key == PointKind.THEME:
        return
    kind = point.meeting.partnership.kind
    pages.add(select_variant(text(TEXTS, "_".join(("point", point.key)), language), kind))
    with translation.override(language):
        if point.key == PointKind.CONCEPT:
            _add_titled_list_unless_empty(
                pages, _("Why here: the reasons"), _statement_texts(point.meeting, Statement.Kind.MOTIVE, language)
            )
            _add_titled_list_unless_empty(
                pages,
                capfirst(_("the expectations of the parties")),
                _statement_texts(point.meeting, Statement.Kind.EXPECTATION, language),
            )
            pages.add(select_variant(text(TEXTS, "is_is_not", language), kind))
        elif point.key == PointKind.PARTNERS:
            _add_titled_list_unless_empty(pages, _("Who they are"), _office_holder_lines(point.meeting, at=at))
        elif point.key == PointKind.APPROVAL:
            _add_titled_list_unless_empty(
                pages,
                _("The objectives to approve"),
                _statement_texts(point.meeting, Statement.Kind.OBJECTIVE, language),
            )


def _add_titled_list_unless_empty(pages: DocumentBuilder, title: str, lines: list[str]) -> None:
    if lines:
        pages.add(f"**{title}**", "\n".join(f"- {pages.add_value(line)}" for line in lines))


def _statement_texts(meeting: Meeting, kind: str, language: str) -> list[str]:
    statements = statements_of(meeting.partnership).filter(kind=kind)
    spoken = meeting.partnership.languages
    said = (f"{row.text_in('text', language, spoken)} ({row.get_party_display()})" for row in statements)
    return list(dict.fromkeys(said))


def _office_holder_lines(meeting: Meeting, *, at: datetime) -> list[str]:
    """Who holds a role over the quarter, and the public contacts."""
    partnership = meeting.partnership
    path = partnership.area.path
    beginnings = [path[: end + 1] for end, sign in enumerate(path) if sign == "/"]
    held = mandates_in_force(at).filter(area__path__in=beginnings, role__in=PARTNERS).select_related("person")
    rows = sorted(held, key=lambda mandate: (PARTNERS.index(Role(mandate.role)), mandate.starts_at))
    lines = [f"{mandate.person.name}, {mandate.get_role_display()}" for mandate in rows]
    contacts = [
        contact for contact in (partnership.contact_email, format_phone_number(partnership.contact_phone)) if contact
    ]
    return [*lines, *([_("Contact: %s") % ", ".join(contacts)] if contacts else [])]
