"""Papers with a shape of their own: posters, folds, cards, signs, pictures. A typst template each (docs/adr/0047)."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from plp.documents import identity
from plp.documents.dates import date_format, hour_text
from plp.documents.identity import Identity, Partner, identity_content
from plp.documents.tagged_pdf import PICTURE

HERE = Path(__file__).parent
PRELUDES = (identity.TEMPLATE, HERE / "design.typ")


@dataclass(frozen=True)
class Theme:
    """Whom a paper speaks to, in drawings: ``scene`` a wide one, ``people`` and ``night`` square ones."""

    scene: str = "neighbourhood"
    people: str = "neighbours"
    night: str = "night"


@dataclass(frozen=True)
class Design:
    """What a drawn paper shows beside the words of its document; ``area_map`` is an SVG, ``day`` that of an
    invitation, on the clock of the place."""

    identity: Identity
    theme: Theme = Theme()
    area_map: str = ""
    map_words: str = ""
    day: datetime | None = None

    def with_partner(self, partner: Partner) -> "Design":
        """The same with one partner more."""
        return replace(self, identity=replace(self.identity, partners=(*self.identity.partners, partner)))


DRAWINGS: dict[str, tuple[str, ...]] = {
    "cards": ("telephone",),
    "fold": ("mobile", "no_patrol"),
}  # beside those of the theme


def template_path(name: str) -> Path:
    """The template of the design ``name``."""
    return HERE / f"{name}.typ"


def design_content(name: str, design: Design) -> dict[str, Any]:
    """What the template ``name`` needs beside its words, in the active language."""
    theme = design.theme
    drawings = (theme.scene, theme.people, theme.night, *DRAWINGS.get(name, ()))
    return {
        "identity": identity_content(design.identity, drawings=drawings),
        "theme": {"scene": theme.scene, "people": theme.people, "night": theme.night},
        "map": {PICTURE: design.area_map, "words": design.map_words} if design.area_map else None,
        "day": _date_and_hour_parts(design.day) if design.day else None,
    }


def _date_and_hour_parts(day: datetime) -> dict[str, str]:
    """Weekday, day, month with year and hour, in the active language."""
    return {
        "weekday": date_format(day, "l"),
        "day": str(day.day),
        "month": date_format(day, "F Y"),
        "hour": hour_text(day),
    }
