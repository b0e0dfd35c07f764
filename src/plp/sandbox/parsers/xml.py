"""XML of strangers as plain nodes: hardened against entities, depth, size and encodings.

Size and encoding are looked at before a parser sees a byte. What declares a document type is rejected whole: without
one there is no entity to expand, to fetch or to multiply.
"""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from plp.sandbox.parsers import Rejected

MOST_BYTES = 2**20
MOST_NODES = 100_000
DEEPEST = 60
ENCODINGS = {"utf-8", "utf8", "us-ascii", "iso-8859-1", "latin1", "iso-8859-15", "windows-1252", "cp1252"}
DECLARED = re.compile(rb"""(?:\xef\xbb\xbf)?<\?xml\b[^>]*?\bencoding\s*=\s*["']([^"']*)["']""")

type Node = list[Any]  # namespace, name, text, children, and the text behind it; nobody reads attributes


def read_tree(content: bytes) -> Node:
    """The root. Rejects ``too_big``, ``unsafe`` or ``unreadable``."""
    return _as_node_tree(_parse_xml(content))


def find_elements_or_feed_links(content: bytes, *, name: str) -> dict[str, list[Any]]:
    """The elements called ``name`` somewhere inside, each as XML of its own (``found``); without any, the addresses to
    which the entries of a feed lead (``links``). Rejects as ``read_tree``.
    """
    root = _parse_xml(content)
    matches = [element for element in _all_elements(root) if etree.QName(element).localname == name]
    if matches:
        return {"found": [etree.tostring(element, with_tail=False).decode("ascii") for element in matches], "links": []}
    links = [_link_target(element) for element in _all_elements(root) if etree.QName(element).localname == "link"]
    return {"found": [], "links": [link for link in dict.fromkeys(links) if link]}


def _parse_xml(content: bytes) -> etree._Element:
    if len(content) > MOST_BYTES:
        raise Rejected("too_big")
    content = content.lstrip()
    declared = DECLARED.match(content)
    if declared and declared[1].decode("ascii", "replace").lower() not in ENCODINGS:
        raise Rejected("unsafe")
    if b"\0" in content:  # a picture, or an encoding in which a declaration would not be seen
        raise Rejected("unreadable")
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Rejected("unsafe")
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
        raise Rejected("unreadable") from wrong
    if root.getroottree().docinfo.internalDTD is not None:
        raise Rejected("unsafe")
    return root


def _all_elements(root: etree._Element) -> Iterator[etree._Element]:
    return (element for element in root.iter() if isinstance(element.tag, str))


def _as_node_tree(root: etree._Element) -> Node:
    """The nodes, as long as they are neither too many nor too deep."""
    count = 0

    def node(element: etree._Element, depth: int) -> Node:
        nonlocal count
        count += 1
        if count > MOST_NODES or depth > DEEPEST:
            raise Rejected("unreadable")
        name = etree.QName(element)
        children = [node(child, depth + 1) for child in element if isinstance(child.tag, str)]
        return [name.namespace or "", name.localname, element.text or "", children, element.tail or ""]

    return node(root, 0)


def _link_target(link: etree._Element) -> str:
    """Where a link of Atom or RSS leads; empty for one that leads to the feed itself."""
    parent = link.getparent()
    if parent is None or etree.QName(parent).localname not in {"entry", "item"}:
        return ""
    return str(link.get("href") or "".join(link.itertext()).strip())
