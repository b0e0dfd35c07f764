"""XML as nodes: what goes too deep, too wide or declares something is rejected, the rest comes as it is."""

import pytest

from plp.sandbox.client import parse_in_sandbox
from plp.sandbox.parsers import Rejected
from plp.sandbox.parsers.xml import MOST_BYTES, find_elements_or_feed_links, read_tree


def test_an_element_comes_with_its_texts_through_the_sandbox() -> None:
    found = parse_in_sandbox("xml:read_tree", b"<a xmlns='urn:x' b='1'>un <c>deux</c> trois<!-- x --><?p i?></a>")

    assert found == ["urn:x", "a", "un ", [["urn:x", "c", "deux", [], " trois"]], ""]


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "unreadable"),
        (b"<a>", "unreadable"),
        (b"<a>\0</a>", "unreadable"),
        (b"<a>" * 100 + b"</a>" * 100, "unreadable"),
        (b"<a>" + b"<b/>" * 100_000 + b"</a>", "unreadable"),
        (b"<a>" + b" " * MOST_BYTES + b"</a>", "too_big"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "unsafe"),
        (b"<?xml version='1.0' encoding='UTF-7'?><a/>", "unsafe"),
        ("<?xml version='1.0' encoding='UTF-16'?><a/>".encode("utf-16"), "unreadable"),
    ],
)
def test_what_is_no_plain_xml_is_rejected(content: bytes, key: str) -> None:
    with pytest.raises(Rejected) as rejected:
        read_tree(content)

    assert rejected.value.key == key


def test_a_feed_gives_what_is_asked_for_or_its_links() -> None:
    feed = b"<f><entry><x/><link href='a'/></entry><entry><link>b</link></entry><link href='c'/></f>"

    assert find_elements_or_feed_links(feed, name="x") == {"found": ["<x/>"], "links": []}
    assert find_elements_or_feed_links(feed, name="y") == {"found": [], "links": ["a", "b"]}
