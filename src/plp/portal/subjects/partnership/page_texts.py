"""The whole texts of these pages: headings, paragraphs and lists out of plain files."""

from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import get_language

from plp.charter.papers import rules_paper
from plp.charter.plan_in_words import languages_in_words
from plp.charter.queries import rules_for_new_members
from plp.documents import document_html
from plp.partnership.models import Partnership
from plp.toolbox.texts import text

TEXTS = Path(__file__).parent / "texts"
RULES_VERSION = "2026-12"  # of conduct, internal rules and privacy notice as accepted: change it with the texts


@dataclass(frozen=True)
class TextBlock:
    """A piece of a text: ``kind`` is "heading", "list" or "words"; ``lines`` are its lines without signs."""

    kind: str
    lines: list[str]


def text_blocks(name: str, **placeholders: str) -> list[TextBlock]:
    """The text ``name`` in the language of the page, cut at its empty lines. Raises ``TextMissing``."""
    whole = text(TEXTS, name, get_language() or "fr", **placeholders)
    return [_block_of_lines(piece.splitlines()) for piece in whole.split("\n\n")]


def text_sections(name: str, **placeholders: str) -> list[tuple[str, list[TextBlock]]]:
    """The text ``name`` by its headings, each with what stands beneath; "" heads what stands before the first."""
    sections: list[tuple[str, list[TextBlock]]] = []
    for block in text_blocks(name, **placeholders):
        if block.kind == "heading":
            sections.append((block.lines[0], []))
        else:
            if not sections:
                sections.append(("", []))
            sections[-1][1].append(block)
    return sections


@dataclass(frozen=True)
class RulesInForce:
    """The internal rules of one partnership: ``version`` is what a member accepts, "" for our general text.

    ``other_language`` is that of the rules where it is not that of the page, "" where it is; ``agreed_languages`` are
    all those in which the partnership agreed them, in words.
    """

    version: str
    page: str
    other_language: str = ""
    agreed_languages: str = ""


def internal_rules_in_force(partnership: Partnership) -> RulesInForce:
    """The internal rules that hold in ``partnership``, in the language of the page where they have it (R68, R98)."""
    deed = rules_for_new_members(partnership)
    if deed is None:
        return RulesInForce("", "")
    wanted = get_language() or "fr"
    language = wanted if wanted in deed.languages else deed.languages[0]
    other = "" if language == wanted else language
    page = document_html(rules_paper(deed, language))
    return RulesInForce(f"rules-{deed.version}", page, other, languages_in_words(deed.languages))


def _block_of_lines(lines: list[str]) -> TextBlock:
    for sign, kind in (("# ", "heading"), ("- ", "list")):
        if all(line.startswith(sign) for line in lines):
            return TextBlock(kind, [line.removeprefix(sign) for line in lines])
    return TextBlock("words", [" ".join(lines)])
