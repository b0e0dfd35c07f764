"""What the first draft of a clause is filled with: area, streets, partners, what each party said (R13, R14)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from plp.documents.dates import date_format
from plp.partnership.models import Partnership, Statement
from plp.partnership.queries import statements_of
from plp.partnership.translations import texts_in
from plp.places.coverage_text import covered_postcodes, street_part_text, streets_with_selectors, whole_street_sentence
from plp.places.models import Area
from plp.places.municipality_titles import municipality_title
from plp.places.queries import municipalities_of_quarter
from plp.places.queries.maps import frame_of_area
from plp.places.rules import fold
from plp.places.rules.bilingual import required_languages

DRAWN_UP: Mapping[str, Any] = MappingProxyType(
    {
        "fr": gettext_lazy("The charter and its annexes are drawn up in French."),
        "nl": gettext_lazy("The charter and its annexes are drawn up in Dutch."),
        "de": gettext_lazy("The charter and its annexes are drawn up in German."),
    }
)


def clause_values(partnership: Partnership, language: str, *, circular_on: date) -> dict[str, str]:
    """The value of each place of our clauses in ``language``; a list is one line an entry, as Markdown."""
    area = partnership.area
    said = list(statements_of(partnership))
    with override(language):
        streets = sorted((street_part_text(part, language) for part in streets_with_selectors(area)), key=fold)
        return {
            "area": area.name(language),
            "municipality": _names_or_blank_to_fill_in(
                [municipality_title(municipality, language) for municipality in municipalities_of_quarter(area)]
            ),
            "zone": _names_or_blank_to_fill_in(
                [
                    around.name(language)
                    for around in Area.objects.containing(area.path)
                    if around.kind == Area.Kind.ZONE
                ]
            ),
            "streets": _markdown_list(streets) or _("The streets are listed on the map of the area."),
            "whole_streets": whole_street_sentence(covered_postcodes(area), language),
            "map": _("The map is annex 5.") if frame_of_area(area) else "",
            "motives": _statements_as_markdown_list(said, Statement.Kind.MOTIVE, language)
            or _("(to be filled in by the partners)"),
            "expectations": _statements_as_markdown_list(said, Statement.Kind.EXPECTATION, language)
            or _("(to be filled in by the partners)"),
            "objectives": _statements_as_markdown_list(said, Statement.Kind.OBJECTIVE, language)
            or _("(to be filled in by the partners)"),
            "circular": date_format(circular_on, "DATE_FORMAT"),
            "valid_version": _prevailing_language_sentence(
                partnership.languages, [municipality.nis for municipality in municipalities_of_quarter(area)]
            ),
        }


def _prevailing_language_sentence(spoken: Sequence[str], nis_codes: Iterable[str]) -> str:
    """In which language the charter is drawn up; where it is in several, which version prevails."""
    administrative = {language for nis in nis_codes for language in required_languages(nis)}
    if len(spoken) == 1 and administrative <= {*spoken} and spoken[0] in DRAWN_UP:
        return str(DRAWN_UP[spoken[0]])
    if len(administrative) > 1:
        return _(
            "Where the charter and its annexes exist in several languages, the versions in the two administrative "
            "languages of the municipality prevail."
        )
    return _(
        "Where the charter and its annexes exist in several languages, the version in the administrative language of "
        "the municipality prevails."
    )


def _names_or_blank_to_fill_in(names: list[str]) -> str:
    return " – ".join(names) or _("(to be filled in by the partners)")


def _markdown_list(entries: list[str]) -> str:
    return "\n".join(f"- {entry}" for entry in entries)


def _statements_as_markdown_list(said: list[Statement], kind: str, language: str) -> str:
    """What the parties said of one kind, for a reader of ``language``."""
    spoken = said[0].partnership.languages if said else []
    texts = texts_in([row for row in said if row.kind == kind], "text", language, spoken)
    return _markdown_list([" ".join(text.split()) for text in texts])
