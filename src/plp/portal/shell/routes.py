"""``{% url %}`` in place of Django's: the address of a page is composed once for each page, not once for each row."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any
from uuid import UUID

from django import template
from django.conf import settings
from django.template import defaulttags
from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils.html import escape

register = template.Library()
WORD = re.compile(r"[-a-zA-Z0-9_]+")  # stands in an address as it is


def address(name: str, given: Sequence[Any]) -> str | None:
    """The address of the page ``name`` for these identifiers and words; None where only Django can tell."""
    if not all(isinstance(one, UUID) or (isinstance(one, str) and WORD.fullmatch(one)) for one in given):
        return None
    kinds = tuple(UUID if isinstance(one, UUID) else str for one in given)
    form = _form(name, kinds, get_script_prefix(), settings.ROOT_URLCONF)
    return form.format(*given) if form else None


def path_to(name: str, *given: Any) -> str:
    """The address of the page ``name``, as by Django's ``reverse``."""
    return address(name, given) or reverse(name, args=given)


@cache
def _form(name: str, kinds: Sequence[type], prefix: str, tree: str) -> str:
    """The address with ``{0}``, ``{1}`` ... where something is given; empty where the page takes something else.

    ``prefix`` and ``tree`` are what Django goes by: below another beginning the address is another.
    """
    signs = [UUID(int=2**127 + number) if kind is UUID else f"word-{number:05}" for number, kind in enumerate(kinds)]
    try:
        form = reverse(name, args=signs)
    except NoReverseMatch:
        return ""
    if escape(form) != form or any(form.count(str(sign)) != 1 for sign in signs):
        return ""
    for number, sign in enumerate(signs):
        form = form.replace(str(sign), f"{{{number}}}")
    return form


class Link(defaulttags.URLNode):
    """Django's node, asked where ``address`` does not know."""

    def render(self, context: template.Context) -> str:
        """The address, or nothing where the template keeps it under a name."""
        given = [argument.resolve(context) for argument in self.args]
        found = None if self.kwargs else address(self.view_name.resolve(context), given)
        if found is None:
            return super().render(context)
        if self.asvar:
            context[self.asvar] = found
            return ""
        return found


@register.tag
def url(parser: template.base.Parser, token: template.base.Token) -> Link:
    """As Django's tag of that name."""
    node = defaulttags.url(parser, token)
    return Link(node.view_name, node.args, node.kwargs, node.asvar)
