"""The living page: every component stands on it, every colour of a text stands out by day and by night."""

import re

import pytest
from django import forms
from django.conf import LazySettings
from django.template import Context, Template
from django.test import Client
from django.utils import translation

from plp.portal.shell import design, pictures, tags

SHEET = (design.SHEET.parent / "design.css").read_text(encoding="utf-8")
NOT_SHOWN = {  # what stands on every page, or draws inside another
    *("breadcrumbs", "demonstration", "error_summary", "field", "icon", "languages", "menu", "moment", "pagination"),
    *("drawing", "drafted", "page_warning", "help_here", "capture", "reach", "colon", "unless_ended"),
}


@pytest.mark.django_db
def test_nobody_finds_the_design_on_a_public_origin(client: Client, settings: LazySettings) -> None:
    settings.IS_LOCAL = False

    assert client.get("/design/").status_code == 404


@pytest.mark.django_db
def test_whoever_builds_may_look_at_the_design(client: Client) -> None:
    """Open on one's own machine; it begins at its head, though a specimen of a form shows faults."""
    page = client.get("/design/").content.decode()

    assert re.findall(r'<section class="specimen" id="([a-z]+)"', page) == [
        *("colours", "type"),
        *(one.key for one in design.COMPONENTS),
    ]
    assert " autofocus" not in page


def test_every_component_is_shown_with_its_tag() -> None:
    shown = {name for one in design.COMPONENTS for name in re.findall(r"\{% (\w+)", one.tag)}

    assert {*tags.register.tags, *pictures.register.tags} - shown - NOT_SHOWN == set()


def test_every_pair_of_colours_stands_out() -> None:
    """AAA for texts, also of alarms; three to one for edges."""
    poor = [one for one in design.contrasts_of_pairs() if min(one.light, one.dark) < one.pair.least]

    assert poor == []


@pytest.mark.parametrize(("current", "said"), [("/c", ["<span>C</span>"]), ("", [])])
def test_folded_tabs_name_the_view_and_say_that_there_are_more(current: str, said: list[str]) -> None:
    tag = "{% tabs 'A' '/a' 'B' '/b' 'C' '/c' 'D' '/d' 'E' '/e' current=current %}"

    with translation.override("en"):
        (head,) = re.findall(r"(?s)<summary>(.*)</summary>", Template(tag).render(Context({"current": current})))

    assert (re.findall(r"<span>[^<]*</span>", head), "All views <svg" in head) == (said, True)


def test_contrast_is_measured_as_wcag_does() -> None:
    assert design.contrast_ratio("#000000", "#ffffff") == 21
    assert round(design.contrast_ratio("#777777", "#ffffff"), 2) == 4.48


def test_every_pair_is_drawn() -> None:
    drawn = re.findall(r"\.([a-z-]+-on-[a-z-]+) \{", SHEET)

    assert sorted(drawn) == sorted(pair.css_class for pair in design.PAIRS)


def test_a_label_that_is_a_sentence_gets_no_colon_beside_its_full_stop() -> None:
    class Sworn(forms.Form):
        name = forms.CharField(label="Nom")
        agreed = forms.BooleanField(label="Je suis d’accord.")

    form = Sworn({})

    with translation.override("fr"):
        shown = Template("{% error_summary form %}").render(Context({"form": form}))
        faults = [form.errors["name"][0], form.errors["agreed"][0]]

    assert re.findall(r'<a href="[^"]+">([^<]+)</a>', shown) == [
        f"Nom\u00a0: {faults[0]}",
        f"Je suis d’accord. {faults[1]}",
    ]


def test_a_group_in_which_a_choice_stands_is_not_called_optional() -> None:
    class Wishes(forms.Form):
        at_once = forms.ChoiceField(choices=[("yes", "Yes")], widget=forms.RadioSelect, required=False)
        always = forms.ChoiceField(choices=[("", "No"), ("yes", "Yes")], widget=forms.RadioSelect, required=False)

    group, answered = Template("{% field form.at_once %}"), Template("{% field form.always %}")

    with translation.override("en"):
        shown = [group.render(Context({"form": Wishes(initial=initial)})) for initial in ({}, {"at_once": "yes"})]

    assert ["(optional)" in one for one in shown] == [True, False]
    assert "(optional)" not in answered.render(Context({"form": Wishes()}))
