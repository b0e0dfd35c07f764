"""Pure decisions about an official alert: which kind it is, what its draft says, whether its area meets a quarter."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from plp.alerts.cap.values import ALL_CLEAR, SEVERITIES, AlertArea, AlertInfo, OfficialAlert, Point
from plp.toolbox.lazy_import import lazy_import
from plp.toolbox.texts import LANGUAGES

if TYPE_CHECKING:
    import shapely
else:
    shapely = lazy_import("shapely")

TITLE, MORE, AREAS = 100, 3_600, 300
ORIGINAL = 600  # characters of the sender's words beside sentences: what the composer keeps
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
KILOMETRES_PER_DEGREE = 111.32
LEAST_SQUEEZE = 0.17  # near the poles a circle grows wide, not endless
COUNTRY = {"BE", "BEL"}
MUNICIPALITY_CODES = {"NIS", "NIS5", "INS", "NISINS", "NIS-INS", "LAU", "LAU2"}  # names of a value that is a NIS code
COUNTRY_CODES = {"ISO3166", "ISO3166-1", "ISO 3166-1", "NUTS0", "NUTS"}
NOTHING = {"none", "not applicable", "n/a", "nil", "-", "aucune", "aucun", "néant", "geen", "nihil", "keine"}
MISSING_CODES = {"CAE", "MEP"}  # SAME: child abduction, missing and endangered person
MISSING_WORDS = re.compile(
    r"\b(missing|abduct\w*|amber|disparu\w*|disparition|enlèvement|vermist\w*|verdwijning|ontvoering|vermisst\w*|"
    r"entführung)\b",
    re.IGNORECASE,
)


def notice_kind(infos: Iterable[AlertInfo]) -> str:
    """``missing_person`` for a person who is looked for, else ``calamity`` (R108)."""
    return "missing_person" if any(_is_missing_person(info) for info in infos) else "calamity"


def _is_missing_person(info: AlertInfo) -> bool:
    return bool(MISSING_CODES & set(info.event_codes)) or MISSING_WORDS.search(info.event) is not None


def current_infos_or_cancel(official: OfficialAlert, at: datetime) -> OfficialAlert:
    """The alert without the blocks that are over or not expected.

    When all are over by the sender's own word (an all-clear, or the past), it ends what it names, or the same event in
    the same area, as a cancel does; its blocks then say what and where.
    """
    infos = tuple(info for info in official.infos if not _is_over(info, at) and info.certainty != "Unlikely")
    ends = bool(official.infos) and all(_is_all_clear(info) for info in official.infos)
    return replace(official, kind="Cancel") if ends else replace(official, infos=infos)


def _is_all_clear(info: AlertInfo) -> bool:
    return ALL_CLEAR in info.response_types or info.urgency == "Past"


def _is_over(info: AlertInfo, at: datetime) -> bool:
    return _is_all_clear(info) or (info.expires is not None and info.expires <= at)


def latest_expiry(infos: Iterable[AlertInfo]) -> datetime | None:
    """When the whole alert is over; ``None`` when one part has no end."""
    ends = [info.expires for info in infos]
    return max((end for end in ends if end is not None), default=None) if None not in ends else None


def most_severe_by_language(infos: Iterable[AlertInfo]) -> dict[str, AlertInfo]:
    """The most severe block in each of our languages, the first of equals."""
    chosen: dict[str, AlertInfo] = {}
    for info in sorted(infos, key=lambda block: SEVERITIES.index(block.severity)):
        if info.language in LANGUAGES:
            chosen.setdefault(info.language, info)
    return chosen


def title_core_and_more(info: AlertInfo, *, limit: int, source_lines: str) -> tuple[str, str, str]:
    """Title, core of at most ``limit`` characters and more: the sender's words, with ``source_lines`` last."""
    title = _as_one_line(info.headline or info.event)
    instruction = "" if _as_one_line(info.instruction).rstrip(".").lower() in NOTHING else info.instruction
    advice = _as_one_line(instruction) or _as_one_line(info.description)
    core = _whole_sentences_within_limit([title.rstrip(".!") + ".", *SENTENCE_END.split(advice)], limit)
    long_text = "\n\n".join(part for part in (info.description, instruction) if _as_one_line(part) not in core)
    more = "\n".join(" ".join(line.split()) for line in long_text.splitlines())
    more = re.sub(r"\n{3,}", "\n\n", more).strip()
    more = more if len(more) <= MORE else more[: MORE - 1].rstrip() + "…"
    return shortened_at_word(title, TITLE), core, "\n\n".join(part for part in (more, source_lines) if part)


def headline_description_and_instruction(info: AlertInfo) -> str:
    """What the sender says, in one text: headline, description and what to do."""
    instruction = "" if _as_one_line(info.instruction).rstrip(".").lower() in NOTHING else info.instruction
    parts = dict.fromkeys(_as_one_line(part) for part in (info.headline, info.description, instruction))
    return " ".join(part if part.endswith((".", "!", "?")) else f"{part}." for part in parts if part)


def areas_line(infos: Iterable[AlertInfo], language: str) -> str:
    """Where, in the sender's words: the areas of the blocks in one language, each once."""
    names = dict.fromkeys(
        _as_one_line(place.name) for info in infos if info.language == language for place in info.places
    )
    return shortened_at_word(", ".join(names), AREAS)


def _as_one_line(text: str) -> str:
    return " ".join(text.split())


def shortened_at_word(text: str, limit: int) -> str:
    """At most ``limit`` characters, ended at a word with an ellipsis."""
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def _whole_sentences_within_limit(sentences: Sequence[str], limit: int) -> str:
    """As many whole sentences as fit; the first one is cut if it must be."""
    fitting = shortened_at_word(sentences[0], limit)
    for sentence in sentences[1:]:
        if not sentence or len(fitting) + 1 + len(sentence) > limit:
            break
        fitting = f"{fitting} {sentence}"
    return fitting


def concerns_quarter(info: AlertInfo, *, quarter: Any, municipalities: set[str]) -> bool:
    """Whether a block concerns a quarter: by code of its municipality or the country, else by its figures.

    ``quarter`` is GeoJSON or ``None``.
    """
    return any(
        _has_code_of_municipality_or_country(place, municipalities)
        or (quarter is not None and _touches_shape(place, shapely.geometry.shape(quarter)))
        for place in info.places
    )


def _has_code_of_municipality_or_country(place: AlertArea, municipalities: set[str]) -> bool:
    for name, value in place.codes:
        if name.upper() in MUNICIPALITY_CODES and value.strip() in municipalities:
            return True
        if name.upper() in COUNTRY_CODES and value.strip().upper() in COUNTRY:
            return True
    return False


def _touches_shape(place: AlertArea, quarter: "shapely.Geometry") -> bool:
    figures = [_repaired_polygon(points) for points in place.polygons]
    figures += [_circle_in_degrees(centre, radius) for centre, radius in place.circles]
    return any(bool(shapely.intersects(figure, quarter)) for figure in figures)


def _repaired_polygon(points: Sequence[Point]) -> "shapely.Geometry":
    """A polygon as it was meant: repaired where it crosses itself, a line or a point where it is none."""
    if len(set(points)) < 3:
        return shapely.MultiPoint(points).convex_hull
    return shapely.make_valid(shapely.Polygon(points))


def _circle_in_degrees(centre: Point, kilometres: float) -> "shapely.Geometry":
    """A circle on the earth as an ellipse in degrees: wide enough rather than too narrow."""
    north = kilometres / KILOMETRES_PER_DEGREE
    east = north / max(math.cos(math.radians(centre[1])), LEAST_SQUEEZE)
    return shapely.transform(shapely.Point(0, 0).buffer(1), lambda rim: rim * [east, north] + [*centre])
