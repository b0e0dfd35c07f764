"""Words are written as Django would write them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.template import Context, Template, base
from django.utils.functional import lazystr
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from plp.toolbox import plainly
from plp.toolbox.plainly import escaped, write, write_plainly


class Loud(str):
    """Words of another kind."""

    __slots__ = ()

    def __str__(self) -> str:
        return self.upper()


class Own:
    """Writes itself."""

    def __repr__(self) -> str:
        return "own"

    def __html__(self) -> str:
        return "<b>own</b>"


VALUES = [
    "",
    "Rue de l'Église",
    "<script>alert(\"1\")</script> & 'one'",
    mark_safe("<b>bold</b>"),
    lazystr("<i>later</i>"),
    lazystr(mark_safe("<i>later</i>")),
    Loud("<u>loud</u>"),
    Own(),
    None,
    True,
    1234567,
    12.5,
    Decimal("1234.50"),
    date(2026, 7, 5),
    datetime(2026, 7, 5, 12, 30, tzinfo=UTC),
    ["<a>", 1],
]


@pytest.mark.parametrize("autoescape", [True, False])
@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_every_value_is_written_as_by_django(value: Any, language: str, *, autoescape: bool) -> None:
    context = Context(autoescape=autoescape)
    with override(language):
        written = write(value, context)
        assert (str(written), isinstance(written, str)) == (str(plainly._as_django(value, context)), True)


@pytest.mark.parametrize("words", [one for one in VALUES if isinstance(one, str)] + [VALUES[4], VALUES[5]], ids=repr)
def test_words_are_escaped_as_by_django(words: Any) -> None:
    assert escaped(words) == conditional_escape(words)


def test_templates_write_by_it() -> None:
    write_plainly()
    page = Template("{{ one }} {{ two }} {% autoescape off %}{{ one }}{% endautoescape %}")

    assert base.render_value_in_context is write
    assert page.render(Context({"one": "<a & b>", "two": SafeString("<br>")})) == "&lt;a &amp; b&gt; <br> <a & b>"
