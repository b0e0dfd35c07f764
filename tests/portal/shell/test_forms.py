"""What is typed into a form passes the message check before others read it."""

from typing import Any

import pytest
from django import forms
from django.utils import translation

from plp.partnership.translations import TranslatedText
from plp.portal.shell.forms import Form
from plp.portal.shell.translated_fields import TranslatedTextField

HELD = "Un Marocain rôde, suivez-le jusque chez lui."


class LetterForm(Form):
    """A name, words, a code that only a program reads, and words in two languages."""

    name = forms.CharField(max_length=120)
    words = forms.CharField(widget=forms.Textarea)
    code = forms.CharField(max_length=20, required=False)
    words_nl = forms.CharField(required=False)
    what = TranslatedTextField(languages=["fr", "nl"], max_length=400, required=False)


class PrivateForm(LetterForm):
    """The same, read by nobody else."""

    read_rules = frozenset()


def faults(form: type[Form], initial: dict[str, Any] | None = None, **typed: str) -> list[str]:
    """The fields at fault when this is typed."""
    with translation.override("fr"):
        return [*form({"name": "Kim Polak", "words": "Bonjour", **typed}, initial=initial).errors]


@pytest.mark.parametrize(
    ("typed", "at_fault"),
    [
        ({}, []),
        ({"name": "Théâtre De Roma"}, []),
        ({"name": "Patrouille contre les Roumains"}, ["name"]),
        ({"name": "Le voleur est Jean Dupont du douze"}, ["name"]),
        ({"words": HELD}, ["words"]),
        ({"words": "Deux Roma"}, ["words"]),
        ({"code": "Roma dehors"}, []),
        ({"words_nl": "Volg de Marokkaan tot bij hem thuis."}, ["words_nl"]),
        ({"what": "Bonjour", "what_language": "fr", "what_nl": "Volg de Marokkaan tot bij hem thuis."}, ["what"]),
    ],
)
def test_what_breaks_a_rule_is_refused_at_its_field(typed: dict[str, str], at_fault: list[str]) -> None:
    assert faults(LetterForm, **typed) == at_fault
    assert faults(PrivateForm, **typed) == []


def test_what_stood_there_before_may_stay() -> None:
    before = {"words": HELD, "what": TranslatedText(HELD, "fr")}

    assert faults(LetterForm, before, words=f"{HELD}\nBonjour", what=HELD, what_language="fr") == []
    assert faults(LetterForm, before, words="Suivez la voiture grise.") == ["words"]
