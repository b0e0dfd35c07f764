"""What most leave as it is stands folded, and opens where it holds something or is wrong."""

import re
from typing import Any

import pytest
from django import forms

from plp.portal.shell.forms import FoldedFields


class PlanForm(FoldedFields, forms.Form):
    """A title; folded, a note and a language that always holds something."""

    folded = ("note", "language")
    folded_title = "More"
    note = forms.CharField(max_length=5, required=False)
    language = forms.ChoiceField(choices=[("fr", "fr"), ("nl", "nl")], initial="fr")
    title = forms.CharField(required=False)


@pytest.mark.parametrize(
    ("given", "is_open"),
    [
        ({}, False),
        ({"initial": {"note": "kept"}}, True),
        ({"data": {"title": "x", "language": "fr"}}, False),
        ({"data": {"title": "x", "language": "nl"}}, True),
        ({"data": {"note": "too long", "language": "fr"}}, True),
        ({"data": {"title": "x"}}, True),
    ],
)
def test_fields_unfold_where_they_hold_something_or_are_wrong(given: dict[str, Any], is_open: bool) -> None:
    page = str(PlanForm(**given))

    assert bool(re.search(r"<details[^>]* open", page)) is is_open
    assert page.index('name="title"') < page.index("<details") < page.index('name="note"')
    assert page.count('name="note"') == 1
