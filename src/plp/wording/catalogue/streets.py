"""Where something is, as each language says it: ``dans la rue de la Gare``, ``op de Grote Markt``, ``im Bereich …``."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache

from plp.toolbox.texts import LANGUAGES
from plp.wording.catalogue.reader import DATA

QUARTER = "quarter"
NAME = re.compile(r"[^\W\d_][\w .,'’()/-]{1,78}", re.UNICODE)
HOUSE_NUMBER = re.compile(r"\d+\s*[A-Za-z]?$")


@cache
def _street_name_forms() -> dict[str, dict[str, str]]:
    return tomllib.loads((DATA / "streets.toml").read_text(encoding="utf-8"))


def is_street_name(name: str) -> bool:
    """Whether a name has the form of a street of the register: letters, and no house number at its end."""
    return bool(NAME.fullmatch(name)) and not HOUSE_NUMBER.search(name)


def place_with_preposition_text(value: str, places: Mapping[str, Mapping[str, str]], language: str) -> str:
    """The place with its preposition; ``quarter`` is the reader's own, without its name."""
    if value == QUARTER:
        return _street_name_forms()[language]["quarter"]
    names = places[value]
    spoken_in = language if language in names else next(other for other in LANGUAGES if other in names)
    return _with_preposition(names[spoken_in], spoken_in, language)


def _with_preposition(name: str, spoken_in: str, language: str) -> str:
    table = _street_name_forms()[language]
    pattern = next((key for key in table if _matches_pattern(name.casefold(), key)), "")
    if pattern and language in {spoken_in, "en"}:
        return table[pattern].format(_lower_case_inside_sentence(name, pattern if language == "fr" else ""))
    elided = name[0].casefold() in "aeiouyhéèêâîô"
    return table["other_elided" if elided and language == "fr" else "other"].format(name)


def _matches_pattern(name: str, pattern: str) -> bool:
    """``rue *`` is a beginning, ``*straat`` an end."""
    if pattern.startswith("*"):
        return name.endswith(pattern[1:])
    return pattern.endswith("*") and name.startswith(pattern[:-1])


def _lower_case_inside_sentence(name: str, pattern: str) -> str:
    """``Rue de la Gare`` is ``rue de la Gare`` inside a French sentence; ``Grand-Place`` stays."""
    return name[0].lower() + name[1:] if pattern.endswith(" *") else name
