"""Whole texts: one file per language beside the code that uses it, ``<room>/texts/<name>.<language>.md``."""

import re
from functools import lru_cache
from pathlib import Path

LANGUAGES = ("fr", "nl", "de", "en")
OFFICIAL_LANGUAGES = ("fr", "nl", "de")  # those of Belgium: of the law, the authorities and the streets
PLACE = re.compile(r"\{([a-z_]+)\}")


class TextMissing(LookupError):
    """A text does not exist in the asked language, or a place in it was not filled: never a silent blank (R8)."""


@lru_cache(maxsize=512)
def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except FileNotFoundError as missing:
        raise TextMissing(str(path)) from missing


def text(folder: Path, name: str, language: str, /, **placeholder_values: str) -> str:
    """The text ``name`` of ``folder`` in ``language`` with its ``{places}`` filled literally, once.

    A value is never read as a template again (T47). Raises ``TextMissing`` for an absent file or an unfilled place.
    """
    template = _read_text(folder / f"{name}.{language}.md")

    def placeholder_value_or_raise(place: re.Match[str]) -> str:
        if place[1] not in placeholder_values:
            raise TextMissing(f"{name}.{language}: no value for {{{place[1]}}}")
        return placeholder_values[place[1]]

    return PLACE.sub(placeholder_value_or_raise, template)
