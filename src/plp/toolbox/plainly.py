"""Plain words in a template: most of what one shows, and the longest way round for it (ADR 28)."""

import html
from typing import Any

from django.template import Context, base
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

_as_django = base.render_value_in_context


def write_plainly() -> None:
    """Let templates write words at once, and ask Django about everything else.

    For each value Django asks whether it is a moment, a number, a promise of words, whether it can write itself, and in
    which zone and language: twenty calls, a sixth of a page with a list. Words are none of these.
    """
    base.render_value_in_context = write


def write(value: Any, context: Context) -> str:
    """What stands on the page for ``value``: the same as by Django."""
    kind = type(value)
    if kind is SafeString:
        return value
    if kind is str:
        return html.escape(value) if context.autoescape else value
    return _as_django(value, context)


def escaped(words: str) -> str:
    """Words as they stand on a page: the same as by Django's ``conditional_escape``."""
    kind = type(words)
    if kind is SafeString:
        return words
    return html.escape(words) if kind is str else conditional_escape(words)
