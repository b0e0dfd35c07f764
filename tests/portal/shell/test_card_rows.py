"""The rows of a long list: what a template would write, at once."""

from typing import Any

import pytest
from django.template import Context, Template
from django.utils.safestring import mark_safe

from plp.portal.shell.tags import card_rows, row_head_link, row_open_link

WRITTEN = Template(
    '{% for row in rows %}<tr><th scope="row">{{ row.0 }}</th><td data-label="{{ one }}">{{ row.1 }}</td>'
    '<td data-label="{{ two }}">{{ row.2 }}</td></tr>{% endfor %}'
)
LINK = Template('<a href="{{ url }}">{{ word }}<span class="hidden-words"> {{ name }}</span></a>')
HEAD = Template('<a href="{{ url }}">{{ title }}</a><br><span class="small">{{ beneath }}</span>')
HOSTILE = ["<script>alert(1)</script>", "{0} {1} {evil}", '"onclick="x', "{{ 1 }}", "O'Brien & co", "%s"]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_rows_are_those_of_a_template(hostile: str) -> None:
    rows: list[Any] = [("Ann", hostile, mark_safe("<b>yes</b>")), (hostile, "", hostile)]
    label = f"L {hostile}"

    written = WRITTEN.render(Context({"rows": rows, "one": label, "two": "Entry"}))

    assert card_rows(rows, label, "Entry") == written


def test_no_row_is_nothing() -> None:
    assert card_rows([], "Street") == ""


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_row_is_opened_by_a_link_that_says_what_it_opens(hostile: str) -> None:
    told = {"url": "/members/1/?a=1&b=2", "word": "Open", "name": hostile}

    assert row_open_link(**told) == LINK.render(Context(told))


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_row_is_headed_by_a_link_and_words_beneath(hostile: str) -> None:
    told = {"url": "/police/1/?a=1&b=2", "title": hostile, "beneath": f"B {hostile}"}

    assert row_head_link(**told) == HEAD.render(Context(told))
