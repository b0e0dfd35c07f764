"""An alert of ours as CAP 1.2, and a feed of several: what machines of others read."""

from datetime import datetime

from lxml import etree

from plp.alerts.cap.values import AlertArea, AlertInfo, FeedEntry, OfficialAlert, Point

CAP = "urn:oasis:names:tc:emergency:cap:1.2"
ATOM = "http://www.w3.org/2005/Atom"
KEPT = "\n\t\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"


def alert_as_xml(official: OfficialAlert) -> bytes:
    """The alert as a CAP 1.2 file, parts in the order of the schema."""
    root = etree.Element(f"{{{CAP}}}alert", nsmap={None: CAP})
    references = " ".join(
        f"{reference.sender},{reference.identifier},{_cap_datetime_text(reference.sent)}"
        for reference in official.references
    )
    for name, words in (
        ("identifier", official.identifier),
        ("sender", official.sender),
        ("sent", _cap_datetime_text(official.sent)),
        ("status", official.status),
        ("msgType", official.kind),
        ("scope", official.scope),
        ("references", references),
    ):
        _add_text_child(root, name, words)
    for info in official.infos:
        _add_info_element(root, info)
    return _serialize_xml(root)


def feed_as_xml(*, link: str, title: str, updated: datetime, entries: list[FeedEntry]) -> bytes:
    """An Atom feed (RFC 4287) of alerts, the newest first."""
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    for name, words in (("id", link), ("title", title), ("updated", _cap_datetime_text(updated))):
        _add_text_child(root, name, words)
    etree.SubElement(root, f"{{{ATOM}}}link", rel="self", href=link)
    _add_text_child(etree.SubElement(root, f"{{{ATOM}}}author"), "name", title)
    for feed_entry in sorted(entries, key=lambda entry: entry.updated, reverse=True):
        entry = etree.SubElement(root, f"{{{ATOM}}}entry")
        for name, words in (
            ("id", feed_entry.identifier),
            ("title", feed_entry.title),
            ("updated", _cap_datetime_text(feed_entry.updated)),
        ):
            _add_text_child(entry, name, words)
        etree.SubElement(entry, f"{{{ATOM}}}link", href=feed_entry.link, type="application/cap+xml")
    return _serialize_xml(root)


def _serialize_xml(root: etree._Element) -> bytes:
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _add_text_child(parent: etree._Element, name: str, text: str) -> None:
    """A child with words, in the namespace of its parent; none without words."""
    if text:
        space = etree.QName(parent).namespace
        clean = "".join(sign for sign in text if sign in KEPT or sign.isprintable())
        etree.SubElement(parent, f"{{{space}}}{name}").text = clean


def _cap_datetime_text(moment: datetime) -> str:
    """A date and hour as CAP wants it: whole seconds, and never Z."""
    return moment.replace(microsecond=0).isoformat().replace("Z", "+00:00")


def _add_info_element(root: etree._Element, info: AlertInfo) -> None:
    element = etree.SubElement(root, f"{{{CAP}}}info")
    for name, words in (
        ("language", info.language),
        *(("category", category) for category in info.categories),
        ("event", info.event),
        *(("responseType", response) for response in info.response_types),
        ("urgency", info.urgency),
        ("severity", info.severity),
        ("certainty", info.certainty),
        ("expires", _cap_datetime_text(info.expires) if info.expires else ""),
        ("senderName", info.sender_name),
        ("headline", info.headline),
        ("description", info.description),
        ("instruction", info.instruction),
        ("web", info.web),
    ):
        _add_text_child(element, name, words)
    for place in info.places:
        _add_area_element(element, place)


def _add_area_element(info: etree._Element, place: AlertArea) -> None:
    element = etree.SubElement(info, f"{{{CAP}}}area")
    _add_text_child(element, "areaDesc", place.name)
    for polygon in place.polygons:
        _add_text_child(element, "polygon", " ".join(_point_text(point) for point in polygon))
    for centre, radius in place.circles:
        _add_text_child(element, "circle", f"{_point_text(centre)} {radius:g}")
    for name, value in place.codes:
        code = etree.SubElement(element, f"{{{CAP}}}geocode")
        _add_text_child(code, "valueName", name)
        _add_text_child(code, "value", value)


def _point_text(point: Point) -> str:
    longitude, latitude = point
    return f"{latitude:.5f},{longitude:.5f}"
