"""Detectors: what is recognised by its form, in any language: numbers, plates, addresses, names."""

from collections.abc import Iterable

from plp.wording.detectors.addresses import find_addresses
from plp.wording.detectors.identifiers import find_identifiers
from plp.wording.detectors.links import find_picture_links
from plp.wording.detectors.names import find_names
from plp.wording.detectors.phones import find_phones
from plp.wording.detectors.plates import find_plates
from plp.wording.detectors.surface import clean_surface
from plp.wording.findings import Mark


def detect_marks(text: str, language: str, kind: str, *, official_numbers: Iterable[str] = ()) -> list[Mark]:
    """Every mark of every detector, spans in the written text."""
    surface = clean_surface(text)
    phones = find_phones(surface, official_numbers)
    taken = [(mark.start, mark.end) for mark in phones]
    marks = [*phones, *find_identifiers(surface), *find_plates(surface), *find_picture_links(surface)]
    marks += find_addresses(surface, kind)
    marks += find_names(surface, language)
    return [surface.mark_in_written_text(mark) for mark in marks if mark in phones or not _is_inside(mark, taken)]


def _is_inside(mark: Mark, spans: list[tuple[int, int]]) -> bool:
    return any(start <= mark.start and mark.end <= end for start, end in spans)
