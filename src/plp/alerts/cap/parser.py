"""A stranger's file becomes an ``OfficialAlert`` or a refusal. What is no XML, or unsafe, the sandbox rejects."""

import re
from base64 import b64decode
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from plp.alerts import refusals
from plp.alerts.cap.values import (
    CATEGORIES,
    CERTAINTIES,
    KINDS,
    NAMESPACES,
    SCOPES,
    SEVERITIES,
    STATUSES,
    URGENCIES,
    AlertArea,
    AlertInfo,
    AlertReference,
    OfficialAlert,
    Point,
)
from plp.sandbox.client import parse_in_sandbox
from plp.sandbox.parsers import Rejected
from plp.toolbox.moves import Refused

MOST_BYTES = 2**20
MOST_POINTS = 20_000
MOST_INFOS, MOST_PLACES = 60, 500
LONGEST = {"identifier": 201, "sender": 201, "event": 200, "headline": 300, "description": 20_000, "web": 300}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:[+-]\d\d:\d\d|Z)")
YEARS = range(1900, 9999)  # beyond them another zone has no hour
BLANK = re.compile(r"[^\S\n\t]")  # the spaces that do not break a line, and other rare ones
NAME = re.compile(r"[^\s,<&]{1,200}")  # what CAP allows in a sender and an identifier
REJECTED: dict[str, type[Refused]] = {"too_big": refusals.TooLarge, "unsafe": refusals.Unsafe}


@dataclass(frozen=True)
class XmlElement:
    """An element as the sandbox tells it."""

    space: str
    name: str
    text: str
    children: tuple["XmlElement", ...]
    tail: str

    def walk(self) -> Iterator["XmlElement"]:
        """This one and all below it, in the order of the file."""
        yield self
        for child in self.children:
            yield from child.walk()

    def all_text(self) -> str:
        """Its text, with that of the elements within."""
        return self.text + "".join(child.all_text() + child.tail for child in self.children)


def _xml_element_from_list(node: list[Any]) -> XmlElement:
    space, name, words, children, tail = node
    return XmlElement(space, name, words, tuple(map(_xml_element_from_list, children)), tail)


def parse_alert(content: bytes) -> OfficialAlert:
    """The alert in a CAP file, or in a feed of one entry that holds it.

    Raises ``TooLarge``, ``Unsafe``, ``NotXml``, ``NotCap``, ``OldVersion`` or ``Faulty``.
    """
    if len(content) > MOST_BYTES:
        raise refusals.TooLarge
    root = _xml_element_from_list(_parse_in_sandbox("xml:read_tree", content))
    if root.name != "alert":
        root = _unwrap_alert(root)
    version = NAMESPACES.get(root.space)
    if version is None:
        raise refusals.NotCap
    if version == "1.0":
        raise refusals.OldVersion(version=version)
    return _parse_official_alert(root, version)


def _unwrap_alert(root: XmlElement) -> XmlElement:
    """The one alert in a feed or an EDXL wrapper: as XML in it, else packed in ``contentData``. Raises ``NotCap``."""
    embedded = [element for element in root.walk() if element.name == "embeddedXMLContent"] or [root]
    alerts = [element for parent in embedded for element in parent.walk() if element.name == "alert"]
    if not alerts:
        packed = [element.text for element in root.walk() if element.name == "contentData"]
        alerts = [alert for words in packed for alert in _decode_base64_alert_if_any(words)]
    if len(alerts) != 1:
        raise refusals.NotCap
    return alerts[0]


def _decode_base64_alert_if_any(text: str) -> Iterator[XmlElement]:
    """The alert that a text in base64 holds, if it holds one."""
    try:
        content = b64decode("".join(text.split()), validate=True)
    except ValueError:
        return
    if b"alert" in content[:MOST_BYTES]:
        root = _xml_element_from_list(_parse_in_sandbox("xml:read_tree", content))
        if root.name == "alert":
            yield root


def alerts_and_links_of_feed(content: bytes) -> tuple[list[bytes], list[str]]:
    """The CAP files that a feed holds, and the addresses to which its other entries lead. A CAP file is its own feed.

    Raises ``TooLarge``, ``Unsafe`` or ``NotXml``.
    """
    parts = _parse_in_sandbox("xml:find_elements_or_feed_links", content, name="alert")
    return [file.encode("ascii") for file in parts["found"]], parts["links"]


def _parse_in_sandbox(parser: str, content: bytes, **options: str) -> Any:
    """What the sandbox makes of it. Raises ``TooLarge``, ``Unsafe`` or ``NotXml``."""
    try:
        return parse_in_sandbox(parser, content, **options)
    except Rejected as rejected:
        raise REJECTED.get(rejected.key, refusals.NotXml) from rejected


def _children_named(element: XmlElement, name: str) -> list[XmlElement]:
    """The children called ``name`` in the same namespace."""
    return [child for child in element.children if child.name == name and child.space == element.space]


def _clean_text(element: XmlElement | None) -> str:
    """The text of an element, without what no text needs."""
    words = "" if element is None else BLANK.sub(" ", element.all_text())
    return "".join(sign for sign in words if sign in "\n\t" or sign.isprintable()).strip()


def _shortened_child_text(element: XmlElement, name: str, *, needed: bool = False) -> str:
    """The words of a child, cut to what is kept of it."""
    children = _children_named(element, name)
    words = _clean_text(children[0]) if children else ""
    if needed and not words:
        raise refusals.Faulty(part=name)
    return words[: LONGEST.get(name, LONGEST["description"])]


def _allowed_child_text(element: XmlElement, name: str, allowed: tuple[str, ...]) -> str:
    words = _shortened_child_text(element, name, needed=True)
    if words not in allowed:
        raise refusals.Faulty(part=name)
    return words


def _parse_moment(text: str, part: str) -> datetime:
    if not MOMENT.fullmatch(text) or int(text[:4]) not in YEARS:
        raise refusals.Faulty(part=part)
    try:
        return datetime.fromisoformat(text)
    except ValueError as wrong:
        raise refusals.Faulty(part=part) from wrong


def _parse_official_alert(root: XmlElement, version: str) -> OfficialAlert:
    """The alert with all its parts."""
    for name in ("identifier", "sender"):
        if not NAME.fullmatch(_shortened_child_text(root, name, needed=True)):
            raise refusals.Faulty(part=name)
    infos = _children_named(root, "info")
    if len(infos) > MOST_INFOS:
        raise refusals.NotXml
    return OfficialAlert(
        version=version,
        sender=_shortened_child_text(root, "sender"),
        identifier=_shortened_child_text(root, "identifier"),
        sent=_parse_moment(_shortened_child_text(root, "sent", needed=True), "sent"),
        status=_allowed_child_text(root, "status", STATUSES),
        kind=_allowed_child_text(root, "msgType", KINDS),
        scope=_allowed_child_text(root, "scope", SCOPES),
        references=_parse_references(_shortened_child_text(root, "references")),
        infos=tuple(_parse_alert_info(info) for info in infos),
    )


def _parse_references(text: str) -> tuple[AlertReference, ...]:
    """The earlier alerts named as ``sender,identifier,sent``, parted by white space."""
    references = []
    for triple in text.split():
        parts = triple.split(",")
        if len(parts) != 3 or not all(parts):
            raise refusals.Faulty(part="references")
        references.append(AlertReference(parts[0], parts[1], _parse_moment(parts[2], "references")))
    return tuple(references)


def _parse_alert_info(element: XmlElement) -> AlertInfo:
    """One information block."""
    categories = tuple(_clean_text(child) for child in _children_named(element, "category"))
    if not categories or not set(categories) <= set(CATEGORIES):
        raise refusals.Faulty(part="category")
    expires = _shortened_child_text(element, "expires")
    places = _children_named(element, "area")
    if len(places) > MOST_PLACES:
        raise refusals.NotXml
    return AlertInfo(
        language=(_shortened_child_text(element, "language") or "en")[:2].lower(),
        categories=categories,
        event=_shortened_child_text(element, "event", needed=True),
        urgency=_allowed_child_text(element, "urgency", URGENCIES),
        severity=_allowed_child_text(element, "severity", SEVERITIES),
        certainty=_allowed_child_text(element, "certainty", CERTAINTIES),
        response_types=tuple(_clean_text(child) for child in _children_named(element, "responseType")),
        event_codes=tuple(_shortened_child_text(child, "value") for child in _children_named(element, "eventCode")),
        expires=_parse_moment(expires, "expires") if expires else None,
        sender_name=_shortened_child_text(element, "senderName")[:200],
        headline=_shortened_child_text(element, "headline"),
        description=_shortened_child_text(element, "description"),
        instruction=_shortened_child_text(element, "instruction"),
        web=_shortened_child_text(element, "web"),
        places=tuple(_parse_alert_area(child) for child in places),
    )


def _parse_alert_area(element: XmlElement) -> AlertArea:
    """One area. Raises ``Faulty`` for figures that are no places on the earth."""
    return AlertArea(
        name=_shortened_child_text(element, "areaDesc", needed=True)[:300],
        polygons=tuple(_parse_figures_skipping_empty(_children_named(element, "polygon"), "polygon", _parse_polygon)),
        circles=tuple(_parse_figures_skipping_empty(_children_named(element, "circle"), "circle", _parse_circle)),
        codes=tuple(
            (_shortened_child_text(code, "valueName"), _shortened_child_text(code, "value"))
            for code in _children_named(element, "geocode")
        ),
    )


def _parse_figures_skipping_empty[Figure](
    elements: Iterable[XmlElement], part: str, parse_figure: Callable[[str], Figure]
) -> Iterable[Figure]:
    """Each figure, empty ones left out."""
    for element in elements:
        if words := _clean_text(element):
            try:
                yield parse_figure(words)
            except ValueError as wrong:
                raise refusals.Faulty(part=part) from wrong


def _parse_point(text: str) -> Point:
    latitude, longitude = (float(part) for part in text.split(","))
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise ValueError("not on the earth")
    return longitude, latitude


def _parse_polygon(text: str) -> tuple[Point, ...]:
    pairs = text.split()
    if not 3 <= len(pairs) <= MOST_POINTS:
        raise ValueError("no ring")
    return tuple(_parse_point(pair) for pair in pairs)


def _parse_circle(text: str) -> tuple[Point, float]:
    centre, radius = text.split()
    kilometres = float(radius)
    if not 0 <= kilometres <= 20_000:
        raise ValueError("no radius")
    return _parse_point(centre), kilometres
