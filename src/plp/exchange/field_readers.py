"""What may stand in one value of a letter: a check for each kind of field. Pure."""

import re
from datetime import date, datetime
from typing import Any
from uuid import UUID

from plp.charter.kinds import KINDS
from plp.exchange.states import PartnerPurpose
from plp.toolbox.texts import LANGUAGES

VERSION = 1
REASONS = ("threat", "phenomenon", "prevention", "information")


def _is_text(value: Any, most: int) -> bool:
    return isinstance(value, str) and len(value) <= most and "\0" not in value


def _is_uuid(value: Any, _most: int) -> bool:
    return isinstance(value, str) and str(UUID(value)) == value


def _is_moment(value: Any, _most: int) -> bool:
    return datetime.fromisoformat(value).tzinfo is not None


def _is_count(value: Any, _most: int) -> bool:
    return type(value) is int and 0 <= value < 2**31


def _are_uuids(value: Any, most: int) -> bool:
    return isinstance(value, list) and len(value) <= most and all(_is_uuid(key, 0) for key in value)


def _are_lines(value: Any, most: int, longest: int) -> bool:
    return isinstance(value, list) and len(value) <= most and all(_is_text(line, longest) for line in value)


def _are_area_names(value: Any, most: int) -> bool:
    return isinstance(value, dict) and set(value) <= set(LANGUAGES) and all(_is_text(n, most) for n in value.values())


def _are_texts_by_language(value: Any, most: int) -> bool:
    parts = {"title": 200, "core": most, "more": most}
    return (
        isinstance(value, dict)
        and bool(value)
        and set(value) <= set(LANGUAGES)
        and all(
            isinstance(words, dict) and set(words) == set(parts) and all(_is_text(words[p], parts[p]) for p in parts)
            for words in value.values()
        )
    )


def _are_register_entries(value: Any, most: int) -> bool:
    return (
        isinstance(value, list)
        and len(value) <= most
        and all(isinstance(entry, dict) and _is_text(entry.get("key"), 60) and entry["key"] for entry in value)
        and all(_is_plain_register_cell(cell) for entry in value for cell in entry.values())
    )


def _is_plain_register_cell(cell: Any) -> bool:
    """Text or a number; of a year a flat object of numbers."""
    if isinstance(cell, dict):
        return len(cell) <= 50 and all(
            _is_text(key, 60) and _are_plain_year_figures(year) for key, year in cell.items()
        )
    return cell is None or _is_text(cell, 300) or type(cell) is int


def _are_plain_year_figures(year: Any) -> bool:
    return isinstance(year, dict) and all(_is_text(key, 60) and type(n) in {int, type(None)} for key, n in year.items())


READERS = {
    "line": lambda value, most: _is_text(value, most) and value.isprintable(),
    "uuid": _is_uuid,
    "moment": _is_moment,
    "day": lambda value, _most: bool(date.fromisoformat(value)),
    "count": _is_count,
    "version": lambda value, _most: value == VERSION,
    "letter_kind": lambda value, _most: _is_text(value, 20),
    "message_kind": lambda value, _most: value in KINDS,
    "reason": lambda value, _most: value in REASONS,
    "purpose": lambda value, _most: value in PartnerPurpose.values,
    "key": lambda value, _most: bool(re.fullmatch(r"[A-Za-z0-9+/]{43}=", value)),
    "recipient": lambda value, _most: bool(re.fullmatch(r"age1[a-z0-9]{58}", value)),
    "signature": lambda value, _most: bool(re.fullmatch(r"[A-Za-z0-9+/]{86}==", value)),
    "base64": lambda value, most: len(value) <= most and bool(re.fullmatch(r"[A-Za-z0-9+/]+={0,2}", value)),
    "slug": lambda value, most: len(value) <= most and bool(re.fullmatch(r"[a-z0-9-]+", value)),
    "names": lambda value, most: _are_lines(value, most, 60),
    "streets": lambda value, most: _are_lines(value, most, 110),
    "area_names": _are_area_names,
    "uuids": _are_uuids,
    "texts": _are_texts_by_language,
    "entries": _are_register_entries,
}
