"""Forms of the area, the informing and the survey."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from plp.launch.actions.informed_streets import MOST_CARRIER
from plp.launch.actions.surveys import MOST_QUESTION, MOST_RETURN
from plp.launch.models import Informing, Survey
from plp.launch.questionnaire import (
    ALWAYS,
    OWN,
    QUESTION_LABELS,
    USUAL,
    answers_from_digits,
    question_keys_offered,
)
from plp.places.models import Street
from plp.places.queries import StreetPart
from plp.places.rules import Selector
from plp.places.rules.shapes import MOST_CORNERS
from plp.portal.shell.fields import day_field
from plp.portal.shell.forms import Form
from plp.portal.shell.translated_fields import NAMES, TranslatedTextField

CORNER = re.compile(r"(\d{1,3}(?:\.\d{1,12})?)[,;\s]\s*(\d{1,3}(?:\.\d{1,12})?)")
FEWEST_CORNERS = 3
SIDES = [("all", _("all numbers")), ("odd", _("odd numbers")), ("even", _("even numbers"))]


class SearchForm(Form):
    """Part of a street's name."""

    q = forms.CharField(label=_("Search for a street"), max_length=120)


class StreetsForm(Form):
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
    def chosen_streets(self) -> list[Street]:
        """The ticked streets."""
        return [self.known[key] for key in self.cleaned_data["streets"]]


class StreetPartsToAddForm(StreetsForm):
    """Which part of the ticked streets (R4): side, number range, or an exception."""

    side = forms.ChoiceField(label=_("Side"), choices=SIDES)
    first = forms.CharField(label=_("From number"), max_length=20, required=False)
    last = forms.CharField(label=_("To number"), max_length=20, required=False)
    excluded = forms.BooleanField(label=_("This is an exception: leave these numbers out"), required=False)

    def clean(self) -> None:
        """A range that makes sense."""
        if self._house_number_selector().faults():
            self.add_error("first", _("Write a range like 2 to 48B, the lower number first."))

    def _house_number_selector(self) -> Selector:
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
        return [StreetPart(street, self._house_number_selector()) for street in self.chosen_streets]


class DoorForm(Form):
    """An address, to see whether it lies in the area."""

    street = forms.CharField(label=_("Street"), max_length=120)
    number = forms.CharField(label=_("House number"), max_length=20)


TOO_FEW_CORNERS = _("A boundary has at least three corners.")


class AreaBorderForm(Form):
    """The corners of a border, one a line, latitude first as on a telephone; none takes the border out."""

    corners = forms.CharField(
        label=_("Corners of the boundary"),
        help_text=_("One corner a line: latitude, longitude. For example: 50.88930, 4.41720."),
        required=False,
        max_length=MOST_CORNERS * 25,
        widget=forms.Textarea(attrs={"rows": 6, "class": "code", "spellcheck": "false"}),
    )

    def __init__(self, data: Any = None, *, boundary: dict[str, Any] | None) -> None:
        super().__init__(data, initial={"corners": _corners_text(boundary)})
        self.fields["corners"].required = boundary is None
        self.fields["corners"].error_messages["required"] = TOO_FEW_CORNERS

    def clean_corners(self) -> dict[str, Any] | None:
        """The border as GeoJSON, closed; ``None`` when nothing is written, which takes out the border that is there."""
        lines = [CORNER.fullmatch(line.strip()) for line in self.cleaned_data["corners"].splitlines() if line.strip()]
        if not lines:
            return None
        corners = [[float(found[2]), float(found[1])] for found in lines if found]
        if len(corners) < len(lines):
            raise forms.ValidationError(_("Write each corner like 50.88930, 4.41720."))
        if len(corners) < FEWEST_CORNERS:
            raise forms.ValidationError(TOO_FEW_CORNERS)
        return {"type": "Polygon", "coordinates": [[*corners, corners[0]]]}


def _corners_text(boundary: dict[str, Any] | None) -> str:
    """The corners of a border of one piece, to go on with; a border of several pieces is drawn anew."""
    if not boundary or boundary["type"] != "Polygon" or len(boundary["coordinates"]) > 1:
        return ""
    return "\n".join(f"{y:.5f}, {x:.5f}" for x, y in boundary["coordinates"][0][:-1])


class InformedStreetsForm(StreetsForm):
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


class OpenSurveyForm(Form):
    """Until when the survey runs, what it asks, to whom paper comes back."""

    last_day = day_field(_("Last day to answer"), _("Two or three weeks are usual."))
    questions = forms.MultipleChoiceField(
        label=_("What do you ask?"),
        help_text=_("Screen, letters and the sheet of the launch pack ask the same. Fewer questions, more answers."),
        initial=[key for key in USUAL if key != ALWAYS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    returned_to = forms.CharField(
        label=_("Who takes paper forms, and where?"),
        help_text=_("Name, street and number, town: it stands on every form."),
        max_length=MOST_RETURN,
        required=False,
    )
    needed_share = forms.IntegerField(
        label=_("How many of a hundred answers must be in favour?"),
        help_text=_("Of those that answer. Left blank: no mark. The result says whether it is reached; people decide."),
        min_value=1,
        max_value=100,
        required=False,
    )

    def __init__(self, data: Any = None, *, languages: Sequence[str], are_traders: bool) -> None:
        super().__init__(data)
        offered = question_keys_offered(are_traders=are_traders)
        self.fields["questions"].choices = [  # type: ignore[attr-defined]
            (key, QUESTION_LABELS[key]) for key in offered if key != ALWAYS
        ]
        for number, key in enumerate(OWN, start=1):
            self.fields[key] = TranslatedTextField(
                label=format_lazy("{} {}", _("Question of your own"), number),
                languages=languages,
                max_length=MOST_QUESTION,
                required=False,
            )
        self.fields["may_be_untranslated"] = forms.BooleanField(
            label=_("Where a language is missing, every home gets the question in the other one."), required=False
        )
        self.languages = languages
        self.has_untranslated = False

    def clean(self) -> None:
        """A question in each language of the letters, unless one knows that it is not."""
        for key in OWN:
            question = self.cleaned_data.get(key)
            spoken = {question.language, *question.others} if question else set(self.languages)
            missing = ", ".join(str(NAMES[language]) for language in self.languages if language not in spoken)
            self.has_untranslated |= bool(missing)
            if missing and not self.cleaned_data.get("may_be_untranslated"):
                sentence = _("Not translated yet: %(languages)s. Type it, or tick below that it stays so.")
                self.add_error(key, forms.ValidationError(sentence, params={"languages": missing}))

    def usual_fields(self) -> list[forms.BoundField]:
        """What everybody sees at once."""
        return [self[name] for name in self.base_fields]

    def own_question_fields(self) -> list[forms.BoundField]:
        """The questions of one's own, folded away; a tick where one is not translated."""
        return [self[key] for key in (*OWN, *(["may_be_untranslated"] if self.has_untranslated else []))]

    @property
    def survey_values(self) -> dict[str, Any]:
        """What the action takes."""
        typed = {name: self.cleaned_data[name] for name in self.base_fields}
        return {**typed, "own_questions": [self.cleaned_data[key] for key in OWN if self.cleaned_data.get(key)]}


class HandsForm(Form):
    """A show of hands at a meeting."""

    held_on = day_field(_("On which day?"))
    occasion = forms.CharField(
        label=_("At which meeting?"), help_text=_("For example the meeting of the street committee."), max_length=120
    )
    yes = forms.IntegerField(label=_("In favour"), min_value=0, max_value=5000)
    no = forms.IntegerField(label=_("Against"), min_value=0, max_value=5000)
    unsure = forms.IntegerField(label=_("Do not know"), min_value=0, max_value=5000)


class PaperSurveyForm(Form):
    """A paper form that bears its code: its answers as digits, or ticked one by one."""

    code = forms.CharField(
        label=_("Code on the form"),
        max_length=30,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "class": "code", "autofocus": True}
        ),
    )
    digits = forms.CharField(
        label=_("Answers"),
        help_text=_("One digit for each question: 1 for its first answer, 0 for none. For example 121."),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric", "class": "code"}),
    )

    def __init__(self, *args: Any, survey: Survey, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.survey = survey
        self.asked = survey.question_labels(language)
        for key, label in self.asked.items():
            self.fields[key] = forms.ChoiceField(
                label=label,
                choices=survey.answer_choices(key),
                widget=forms.RadioSelect,
                required=False,
            )

    def answers_with_digits_by_question(self) -> list[tuple[Any, list[tuple[int, Any]]]]:
        """Each question with its answers and their digits."""
        return [
            (label, list(enumerate((words for _key, words in self.survey.answer_choices(key)), start=1)))
            for key, label in self.asked.items()
        ]

    def tick_fields(self) -> list[forms.BoundField]:
        """The questions to be ticked one by one."""
        return [self[key] for key in self.asked]

    def clean(self) -> dict[str, Any]:
        """The answers, as ``answers``; support is always among them."""
        typed: dict[str, Any] = self.cleaned_data
        ticked = {key: typed[key] for key in self.asked if typed.get(key)}
        answer_keys = {key: self.survey.answer_keys(key) for key in self.asked}
        try:
            self.answers = answers_from_digits(answer_keys, typed["digits"]) if typed.get("digits") else ticked
        except ValueError:
            self.add_error("digits", _("Type one digit for each question, as the table says."))
            return typed
        if ALWAYS not in self.answers:
            self.add_error("digits", _("Whether the home is in favour is missing: nothing can be counted without it."))
        return typed


class SupportCountForm(Form):
    """Forms without a code, counted street by street: in favour, against, do not know."""

    street = forms.TypedChoiceField(label=_("Street"), coerce=int)
    yes = forms.IntegerField(label=_("In favour"), min_value=0, max_value=9999, initial=0)
    no = forms.IntegerField(label=_("Against"), min_value=0, max_value=9999, initial=0)
    unsure = forms.IntegerField(label=_("Do not know"), min_value=0, max_value=9999, initial=0)

    def __init__(self, *args: Any, streets: Sequence[Street], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {street.pk: street for street in streets}
        self.fields["street"].choices = [(one.pk, one.names) for one in streets]  # type: ignore[attr-defined]
