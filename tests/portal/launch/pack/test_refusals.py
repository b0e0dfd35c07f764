"""What the pages of the pack ask first, and what they refuse."""

import pytest
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation

from plp.documents import Bars, Grid, Lines, Value
from plp.launch.documents.placeholder_values import allowed_placeholders
from plp.launch.documents.register import BY_KEY
from plp.launch.models import PackText
from plp.portal.shell import limits
from plp.portal.subjects.launch.pack.forms import PublicPresentationForm
from plp.portal.subjects.launch.pack.scope import language_of_request
from plp.portal.subjects.launch.pack.text_editor import placeholders_with_current_values
from tests.factories.cast import Cast
from tests.portal.launch.pack.test_pack import chief_of_zone, url
from tests.portal.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
WRONG = "This is not a telephone number. Write it like 02 555 00 00."


@pytest.mark.parametrize(
    ("typed", "kept", "errors"),
    [("", "", []), (" 02 555 13 13 ", "+3225551313", []), ("allo", None, [WRONG]), ("02 5", None, [WRONG])],
)
def test_a_telephone_number_is_one_or_none(typed: str, kept: str | None, errors: list[str]) -> None:
    with translation.override("en"):
        form = PublicPresentationForm({"contact_phone": typed}, kind="plp")
        found = [str(error) for error in form.errors.get("contact_phone", [])]

    assert found == errors
    assert form.cleaned_data.get("contact_phone") == kept


def test_where_no_language_of_the_pack_is_spoken_it_is_the_first(cast: Cast) -> None:
    request, partnership = HttpRequest(), cast.here.partnership
    partnership.languages = ["en"]

    with translation.override("en"):
        languages = [language_of_request(request, partnership)]  # type: ignore[arg-type]
        partnership.languages = ["en", "nl"]
        languages.append(language_of_request(request, partnership))  # type: ignore[arg-type]

    assert languages == ["fr", "nl"]


def test_whoever_takes_the_whole_pack_too_often_waits(monkeypatch: pytest.MonkeyPatch, cast: Cast) -> None:
    monkeypatch.setitem(limits.LIMITS, "pack.person", limits.Limit(0, 60))

    assert signed_in(cast.here.coordinator).get(url("all", "nl")).status_code == 409


def test_a_zone_goes_back_to_our_text_after_a_question(cast: Cast) -> None:
    chief, address = chief_of_zone(cast), reverse("launch:pack:zone_restore", args=[cast.zone.pk, "press", "fr"])
    chief.post(
        reverse("launch:pack:zone_word", args=[cast.zone.pk, "press", "fr"]), {"source": "# Autre\n\n{partnership}"}
    )
    before = PackText.objects.count()

    asked = chief.get(address).content.decode()

    assert "<form" in asked
    assert PackText.objects.count() == before


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Lines(["un", "deux"]), "un, deux"),
        (Grid(["Quoi", "Par an"], [["SMS", "240"], ["Papier", "10"]]), "SMS, 240; Papier, 10"),
        (Bars("Par an", []), "Par an"),
        ("Haren", "Haren"),
    ],
)
def test_what_stands_in_a_place_is_told_on_one_line(value: Value, words: str) -> None:
    entry = BY_KEY["press"]

    shown = placeholders_with_current_values(entry, dict.fromkeys(allowed_placeholders(entry), value))

    assert {said for _name, said in shown} == {words}
