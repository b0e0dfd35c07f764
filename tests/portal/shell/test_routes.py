"""Addresses in templates: composed once, and the same as Django's."""

import re
from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from django.template import Context, Template
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse, set_script_prefix

from plp.portal.shell.routes import address

OF_A_KIND = {"uuid": uuid4, "slug": lambda: "quartier-nord_2", "str": lambda: "csv", "int": lambda: 12}


def _named(patterns: list[URLPattern | URLResolver], spaces: tuple[str, ...] = ()) -> Iterator[tuple[str, list[str]]]:
    """Every name with the kinds of what its page takes."""
    for one in patterns:
        if isinstance(one, URLResolver):
            inner = (*spaces, one.namespace) if one.namespace else spaces
            taken = re.findall(r"<(\w+):", str(one.pattern))
            yield from ((name, [*taken, *kinds]) for name, kinds in _named(one.url_patterns, inner))
        elif one.name:
            yield ":".join((*spaces, one.name)), re.findall(r"<(\w+):", str(one.pattern))


def _asked(name: str, given: list[object]) -> str | None:
    try:
        return reverse(name, args=given)
    except NoReverseMatch:
        return None


def test_each_page_has_the_address_that_django_gives_it() -> None:
    composed = 0
    for name, kinds in _named(get_resolver().url_patterns):
        for given in ([OF_A_KIND[kind]() for kind in kinds], ["12"] * len(kinds), [uuid4() for _ in kinds]):
            found = address(name, given)
            assert found in {None, _asked(name, given)}, name
            composed += found is not None
    assert composed > 500


@pytest.mark.parametrize("given", ["", "a b", "é", "x/y", "<b>", "a'b", None, 12])
def test_what_is_no_plain_word_is_left_to_django(given: object) -> None:
    assert address("shell:worker", [given]) is None
    assert address("coordinator:member", [given]) is None


def test_a_page_that_takes_something_else_has_no_address() -> None:
    with pytest.raises(NoReverseMatch):
        Template("{% url 'coordinator:member' 'nobody' %}").render(Context())
    assert Template("[{% url 'coordinator:member' 'nobody' as kept %}{{ kept }}]").render(Context()) == "[]"


def test_a_template_writes_it_or_keeps_it() -> None:
    key = UUID(int=7)
    template = Template("{% url 'coordinator:member' key %} {% url 'coordinator:member' key as kept %}{{ kept }}")
    wanted = reverse("coordinator:member", args=[key])
    assert template.render(Context({"key": key})) == f"{wanted} {wanted}"
    assert Template("{% url 'coordinator:member' key=key %}").render(Context({"key": key})) == wanted


def test_below_another_beginning_the_address_is_another() -> None:
    plain = address("coordinator:members", [])
    set_script_prefix("/quartier/")
    try:
        assert address("coordinator:members", []) == f"/quartier{plain}"
    finally:
        set_script_prefix("/")
