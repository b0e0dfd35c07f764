"""A stranger's file becomes an ``Official`` or a refusal: hardened against entities, depth, size and encodings.

Size and encoding are looked at before a parser sees a byte. What declares a document type is refused whole: without
one there is no entity to expand, to fetch or to multiply.
"""

import re
from collections.abc import Callable, Iterable
from datetime import datetime

from lxml import etree

from plp.alerts import refusals
from plp.alerts.cap.form import (
    CATEGORIES,
    CERTAINTIES,
    KINDS,
    NAMESPACES,
    SCOPES,
    SEVERITIES,
    STATUSES,
    URGENCIES,
    Info,
    Official,
    Place,
    Point,
    Reference,
)

MOST_BYTES = 2**20
MOST_POINTS = 20_000
MOST_INFOS, MOST_PLACES = 60, 500
LONGEST = {"identifier": 201, "sender": 201, "event": 200, "headline": 300, "description": 20_000, "web": 300}
ENCODINGS = {"utf-8", "utf8", "us-ascii", "iso-8859-1", "latin1", "iso-8859-15", "windows-1252", "cp1252"}
DECLARED = re.compile(rb"""(?:\xef\xbb\xbf)?<\?xml\b[^>]*?\bencoding\s*=\s*["']([^"']*)["']""")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:[+-]\d\d:\d\d|Z)")
YEARS = range(1900, 9999)  # beyond them another zone has no hour
BLANK = re.compile(r"[^\S\n\t]")  # the spaces that do not break a line, and other rare ones
NAME = re.compile(r"[^\s,<&]{1,200}")  # what CAP allows in a sender and an identifier


def read(content: bytes) -> Official:
    """The alert in a CAP file, or in a feed of one entry that holds it.

    Raises ``TooLarge``, ``Unsafe``, ``NotXml``, ``NotCap``, ``OldVersion`` or ``Faulty``.
    """
    root = parse(content)
    space, name = _named(root)
    if name != "alert":
        found = alerts_in(root)
        if len(found) != 1:
            raise refusals.NotCap
        root, (space, name) = found[0], _named(found[0])
    version = NAMESPACES.get(space)
    if version is None:
        raise refusals.NotCap
    if version == "1.0":
        raise refusals.OldVersion(version=version)
    return _official(root, version)


def parse(content: bytes) -> etree._Element:
    """The root of an XML file that declares nothing. Raises ``TooLarge``, ``Unsafe`` or ``NotXml``."""
    if len(content) > MOST_BYTES:
        raise refusals.TooLarge
    content = content.lstrip()
    declared = DECLARED.match(content)
    if declared and declared[1].decode("ascii", "replace").lower() not in ENCODINGS:
        raise refusals.Unsafe
    if b"\0" in content:  # a picture, or an encoding in which a declaration would not be seen
        raise refusals.NotXml
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise refusals.Unsafe
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as wrong:
        raise refusals.NotXml from wrong
    if root.getroottree().docinfo.internalDTD is not None:
        raise refusals.Unsafe
    return root


def alerts_of_feed(content: bytes) -> tuple[list[bytes], list[str]]:
    """The CAP files that a feed holds, and the addresses to which its other entries lead. A CAP file is its own feed.

    Raises what ``parse`` raises.
    """
    root = parse(content)
    held = alerts_in(root)
    if held:
        return [etree.tostring(one, with_tail=False) for one in held], []
    links = [_address(one) for one in root.iter() if isinstance(one.tag, str) and _named(one)[1] == "link"]
    return [], [link for link in dict.fromkeys(links) if link]


def _address(link: etree._Element) -> str:
    """Where a link of Atom or RSS leads; empty for one that leads to the feed itself."""
    parent = link.getparent()
    if parent is None or _named(parent)[1] not in {"entry", "item"}:
        return ""
    return link.get("href") or _words(link)


def alerts_in(root: etree._Element) -> list[etree._Element]:
    """The CAP alerts that an XML tree holds somewhere inside."""
    return [one for one in root.iter() if isinstance(one.tag, str) and _named(one)[1] == "alert"]


def _named(element: etree._Element) -> tuple[str, str]:
    """Namespace and name."""
    name = etree.QName(element)
    return name.namespace or "", name.localname


def _all(element: etree._Element, name: str) -> list[etree._Element]:
    """The children called ``name`` in the same namespace."""
    return element.findall(f"{{{_named(element)[0]}}}{name}")


def _words(element: etree._Element | None) -> str:
    """The text of an element, without what no text needs."""
    given = "" if element is None else BLANK.sub(" ", "".join(element.itertext()))
    return "".join(sign for sign in given if sign in "\n\t" or sign.isprintable()).strip()


def _text(element: etree._Element, name: str, *, needed: bool = False) -> str:
    """The words of a child, cut to what is kept of it."""
    found = _all(element, name)
    words = _words(found[0]) if found else ""
    if needed and not words:
        raise refusals.Faulty(part=name)
    return words[: LONGEST.get(name, LONGEST["description"])]


def _one_of(element: etree._Element, name: str, known: tuple[str, ...]) -> str:
    words = _text(element, name, needed=True)
    if words not in known:
        raise refusals.Faulty(part=name)
    return words


def _moment(words: str, part: str) -> datetime:
    if not MOMENT.fullmatch(words) or int(words[:4]) not in YEARS:
        raise refusals.Faulty(part=part)
    try:
        return datetime.fromisoformat(words)
    except ValueError as wrong:
        raise refusals.Faulty(part=part) from wrong


def _official(root: etree._Element, version: str) -> Official:
    """The alert with all its parts."""
    for name in ("identifier", "sender"):
        if not NAME.fullmatch(_text(root, name, needed=True)):
            raise refusals.Faulty(part=name)
    infos = _all(root, "info")
    if len(infos) > MOST_INFOS:
        raise refusals.NotXml
    return Official(
        version=version,
        sender=_text(root, "sender"),
        identifier=_text(root, "identifier"),
        sent=_moment(_text(root, "sent", needed=True), "sent"),
        status=_one_of(root, "status", STATUSES),
        kind=_one_of(root, "msgType", KINDS),
        scope=_one_of(root, "scope", SCOPES),
        references=_references(_text(root, "references")),
        infos=tuple(_info(one) for one in infos),
    )


def _references(words: str) -> tuple[Reference, ...]:
    """The earlier alerts named as ``sender,identifier,sent``, parted by white space."""
    found = []
    for triple in words.split():
        parts = triple.split(",")
        if len(parts) != 3 or not all(parts):
            raise refusals.Faulty(part="references")
        found.append(Reference(parts[0], parts[1], _moment(parts[2], "references")))
    return tuple(found)


def _info(element: etree._Element) -> Info:
    """One information block."""
    categories = tuple(_words(one) for one in _all(element, "category"))
    if not categories or not set(categories) <= set(CATEGORIES):
        raise refusals.Faulty(part="category")
    expires = _text(element, "expires")
    places = _all(element, "area")
    if len(places) > MOST_PLACES:
        raise refusals.NotXml
    return Info(
        language=(_text(element, "language") or "en")[:2].lower(),
        categories=categories,
        event=_text(element, "event", needed=True),
        urgency=_one_of(element, "urgency", URGENCIES),
        severity=_one_of(element, "severity", SEVERITIES),
        certainty=_one_of(element, "certainty", CERTAINTIES),
        event_codes=tuple(_text(one, "value") for one in _all(element, "eventCode")),
        expires=_moment(expires, "expires") if expires else None,
        sender_name=_text(element, "senderName")[:200],
        headline=_text(element, "headline"),
        description=_text(element, "description"),
        instruction=_text(element, "instruction"),
        web=_text(element, "web"),
        places=tuple(_place(one) for one in places),
    )


def _place(element: etree._Element) -> Place:
    """One area. Raises ``Faulty`` for figures that are no places on the earth."""
    return Place(
        name=_text(element, "areaDesc", needed=True)[:300],
        polygons=tuple(_figures(_all(element, "polygon"), "polygon", _polygon)),
        circles=tuple(_figures(_all(element, "circle"), "circle", _circle)),
        codes=tuple((_text(one, "valueName"), _text(one, "value")) for one in _all(element, "geocode")),
    )


def _figures[Figure](elements: Iterable[etree._Element], part: str, made: Callable[[str], Figure]) -> Iterable[Figure]:
    """Each figure, empty ones left out."""
    for element in elements:
        if words := _words(element):
            try:
                yield made(words)
            except ValueError as wrong:
                raise refusals.Faulty(part=part) from wrong


def _point(words: str) -> Point:
    latitude, longitude = (float(part) for part in words.split(","))
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise ValueError("not on the earth")
    return longitude, latitude


def _polygon(words: str) -> tuple[Point, ...]:
    pairs = words.split()
    if not 3 <= len(pairs) <= MOST_POINTS:
        raise ValueError("no ring")
    return tuple(_point(pair) for pair in pairs)


def _circle(words: str) -> tuple[Point, float]:
    centre, radius = words.split()
    kilometres = float(radius)
    if not 0 <= kilometres <= 20_000:
        raise ValueError("no radius")
    return _point(centre), kilometres
