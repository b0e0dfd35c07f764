"""Forms of the area, the informing and the survey."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plp.launch.actions.informed_streets import MOST_CARRIER
from plp.launch.models import Informing
from plp.launch.questionnaire import ANSWER_LABELS, QUESTION_LABELS, QUESTIONS
from plp.places.models import Street
from plp.places.queries import StreetPart
from plp.places.rules import Selector
from plp.places.rules.shapes import MOST_CORNERS
from plp.portal.subjects.launch.groundwork.forms.ground import day_field

CORNER = re.compile(r"(\d{1,3}(?:\.\d{1,12})?)[,;\s]\s*(\d{1,3}(?:\.\d{1,12})?)")
FEWEST_CORNERS = 3
SIDES = [("all", _("all numbers")), ("odd", _("odd numbers")), ("even", _("even numbers"))]


class SearchForm(forms.Form):
    """Part of a street's name."""

    q = forms.CharField(label=_("Search for a street"), max_length=120)


class StreetsForm(forms.Form):
    """Some of these streets, ticked."""

    streets = forms.TypedMultipleChoiceField(
        label=_("Streets"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one street.")},
    )

    def __init__(self, *args: Any, streets: Sequence[Street], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {street.pk: street for street in streets}
        self.fields["streets"].choices = [(one.pk, one.names) for one in streets]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> list[Street]:
        """The ticked streets."""
        return [self.known[key] for key in self.cleaned_data["streets"]]


class PartForm(StreetsForm):
    """Which part of the ticked streets (R4): side, number range, or an exception."""

    side = forms.ChoiceField(label=_("Side"), choices=SIDES)
    first = forms.CharField(label=_("From number"), max_length=20, required=False)
    last = forms.CharField(label=_("To number"), max_length=20, required=False)
    excluded = forms.BooleanField(label=_("This is an exception: leave these numbers out"), required=False)

    def clean(self) -> None:
        """A range that makes sense."""
        if self._selector().faults():
            self.add_error("first", _("Write a range like 2 to 48B, the lower number first."))

    def _selector(self) -> Selector:
        given = self.cleaned_data
        return Selector(
            side=given.get("side", "all"),
            first=given.get("first", ""),
            last=given.get("last", ""),
            excluded=given.get("excluded", False),
        )

    @property
    def parts(self) -> list[StreetPart]:
        """What was chosen."""
        return [StreetPart(street, self._selector()) for street in self.chosen]


class DoorForm(forms.Form):
    """An address, to see whether it lies in the area."""

    street = forms.CharField(label=_("Street"), max_length=120)
    number = forms.CharField(label=_("House number"), max_length=20)


class BorderForm(forms.Form):
    """The corners of a border, one a line, latitude first as on a telephone; none takes the border out."""

    corners = forms.CharField(
        label=_("Corners of the boundary"),
        help_text=_("One corner a line: latitude, longitude. For example: 50.88930, 4.41720. Empty: no boundary."),
        required=False,
        max_length=MOST_CORNERS * 25,
        widget=forms.Textarea(attrs={"rows": 6, "class": "code", "spellcheck": "false"}),
    )

    def __init__(self, data: Any = None, *, boundary: dict[str, Any] | None) -> None:
        super().__init__(data, initial={"corners": _written(boundary)})

    def clean_corners(self) -> dict[str, Any] | None:
        """The border as GeoJSON, closed; ``None`` when nothing is written."""
        lines = [CORNER.fullmatch(line.strip()) for line in self.cleaned_data["corners"].splitlines() if line.strip()]
        if not lines:
            return None
        corners = [[float(found[2]), float(found[1])] for found in lines if found]
        if len(corners) < len(lines):
            raise forms.ValidationError(_("Write each corner like 50.88930, 4.41720."))
        if len(corners) < FEWEST_CORNERS:
            raise forms.ValidationError(_("A boundary has at least three corners."))
        return {"type": "Polygon", "coordinates": [[*corners, corners[0]]]}


def _written(boundary: dict[str, Any] | None) -> str:
    """The corners of a border of one piece, to go on with; a border of several pieces is drawn anew."""
    if not boundary or boundary["type"] != "Polygon" or len(boundary["coordinates"]) > 1:
        return ""
    return "\n".join(f"{y:.5f}, {x:.5f}" for x, y in boundary["coordinates"][0][:-1])


class InformForm(StreetsForm):
    """Which streets were informed, how, when, by whom (R16). The press needs no street."""

    means = forms.ChoiceField(label=_("How?"), choices=Informing.Means.choices)
    informed_on = day_field(_("On which day?"))
    carrier = forms.CharField(
        label=_("Who went round?"),
        help_text=_("For the press: the title of the newspaper."),
        max_length=MOST_CARRIER,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_press = self.data.get("means") == Informing.Means.PRESS
        self.fields["streets"].required = not self.is_press
        self.fields["carrier"].required = self.is_press


class OpenForm(forms.Form):
    """Until when the survey runs."""

    last_day = day_field(_("Last day to answer"), _("Two or three weeks are usual."))


class HandsForm(forms.Form):
    """A show of hands at a meeting."""

    held_on = day_field(_("On which day?"))
    occasion = forms.CharField(
        label=_("At which meeting?"), help_text=_("For example the meeting of the street committee."), max_length=120
    )
    yes = forms.IntegerField(label=_("In favour"), min_value=0, max_value=5000)
    no = forms.IntegerField(label=_("Against"), min_value=0, max_value=5000)
    unsure = forms.IntegerField(label=_("Do not know"), min_value=0, max_value=5000)


class PaperForm(forms.Form):
    """A paper form that bears its code."""

    code = forms.CharField(
        label=_("Code on the form"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "class": "code"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, answers in QUESTIONS.items():
            self.fields[key] = forms.ChoiceField(
                label=QUESTION_LABELS[key],
                choices=[(one, ANSWER_LABELS[one]) for one in answers],
                widget=forms.RadioSelect,
            )

    @property
    def answers(self) -> dict[str, str]:
        """Question to answer."""
        return {key: self.cleaned_data[key] for key in QUESTIONS}


class CountForm(forms.Form):
    """Forms without a code, counted street by street: in favour, against, do not know."""

    street = forms.TypedChoiceField(label=_("Street"), coerce=int)
    yes = forms.IntegerField(label=_("In favour"), min_value=0, max_value=9999, initial=0)
    no = forms.IntegerField(label=_("Against"), min_value=0, max_value=9999, initial=0)
    unsure = forms.IntegerField(label=_("Do not know"), min_value=0, max_value=9999, initial=0)

    def __init__(self, *args: Any, streets: Sequence[Street], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {street.pk: street for street in streets}
        self.fields["street"].choices = [(one.pk, one.names) for one in streets]  # type: ignore[attr-defined]
