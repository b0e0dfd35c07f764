"""The forms of a launch."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from plp.launch.models import Publication, Sign
from plp.launch.refusals import RoadManagerMissing
from plp.places.models import EmergencyNumbers
from plp.places.rules.emergency import HelpNumbers
from plp.portal.shell.fields import day_field
from plp.portal.shell.forms import Form


def line_field(label: Any, hint: Any, most: int, *, required: bool = True) -> forms.CharField:
    """One line."""
    return forms.CharField(label=label, help_text=hint, max_length=most, required=required)


def lines_field(label: Any, hint: Any, most: int) -> forms.CharField:
    """A few lines."""
    return forms.CharField(label=label, help_text=hint, max_length=most, widget=forms.Textarea(attrs={"rows": 4}))


class DayForm(Form):
    """The day on which something happened."""

    day = day_field(_("On which day?"))


class LaunchDayForm(Form):
    """The day on which the launch is planned."""

    day = day_field(_("Day of the launch"), _("As the evening agreed, until you save another day."))


class ReasonForm(Form):
    """Why."""

    reason = lines_field(_("Why?"), _("One sentence. It stays on file; the partners read it, the members do not."), 300)


class SentForm(Form):
    """The file leaves."""

    sent_on = day_field(_("Day of sending"), _("The day on which the file goes to FPS Interior."))


class ReturnForm(Form):
    """The file came back."""

    returned_on = day_field(_("Day of the answer"))
    remarks = lines_field(_("Remarks of FPS Interior"), _("What must be corrected."), 2000)


class LettersForm(Form):
    """The letters of FPS Interior to mayor and chief of corps (R97)."""

    mayor_on = day_field(_("Letter to the mayor, of which day?"), required=False)
    chief_on = day_field(_("Letter to the chief of corps, of which day?"), required=False)


class ValidationForm(LettersForm):
    """The validation letter, with the two others where they came with it."""

    validated_on = day_field(_("Day of the letter"))
    reference = line_field(_("Reference of the letter"), "", 60)
    field_order = ["validated_on", "reference", "mayor_on", "chief_on"]


class PublicationForm(Form):
    """Where the launch was made known (R28)."""

    medium = forms.ChoiceField(label=_("Where?"), choices=Publication.Medium.choices)
    title = line_field(_("Title"), _("Of the newspaper, the paper of the municipality, the website or the place."), 120)
    published_on = day_field(_("Day of publication"))
    proof = line_field(_("Proof"), _("The address of the page, or number and page of the paper."), 300)


class SignOrderForm(Form):
    """An order of signs or stickers (R147)."""

    kind = forms.ChoiceField(label=_("What?"), choices=Sign.Kind.choices)
    count = forms.IntegerField(label=_("How many?"), min_value=1, max_value=5000)
    place = line_field(_("For which place?"), _("For signs: which road, and where on it."), 160)
    road_manager = line_field(
        _("Road authority"), _("Who agreed to signs on the road: municipality or region."), 120, required=False
    )
    ordered_on = day_field(_("Ordered on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["road_manager"].need = _("needed for signs on the road")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A sign on the road names who agreed to it."""
        typed = self.cleaned_data
        if typed.get("kind") == Sign.Kind.SIGN and not typed.get("road_manager"):
            self.add_error("road_manager", RoadManagerMissing.sentence)
        return typed


class EmergencyNumbersForm(Form):
    """Whom one phones (R124); a station in each language, for some zones answer each one elsewhere."""

    police = forms.CharField(label=_("Police, at once"), max_length=4, initial=HelpNumbers.police)
    help = forms.CharField(label=_("Any help, at once"), max_length=4, initial=HelpNumbers.help)

    def __init__(self, data: Any = None, *, own: EmergencyNumbers | None) -> None:
        super().__init__(data, initial={"police": own.police, "help": own.help} if own else None)
        for code, name in settings.LANGUAGES:
            self.fields[f"desk_{code}"] = forms.CharField(
                label=_("Police station, not urgent (%s)") % name,
                max_length=30,
                required=False,
                initial=own.desk.get(code, "") if own else "",
                widget=forms.TextInput(attrs={"inputmode": "tel"}),
            )

    def emergency_number_values(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        told = self.cleaned_data
        desk = {code: told[f"desk_{code}"] for code, _name in settings.LANGUAGES}
        return {"police": told["police"], "help_": told["help"], "desk": desk}


class RuleForm(Form):
    """Whether a zone waits for recognition (R27)."""

    needs_recognition = forms.TypedChoiceField(
        label=_("Before a launch, partnerships of this zone"),
        choices=[
            ("yes", _("wait for the recognition of FPS Interior")),
            ("no", _("may start as soon as charter and internal rules are signed")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    publishes_figures = forms.BooleanField(
        label=_("The figures of our partnerships are open to everybody"),
        help_text=_("Counts without names, as CSV and JSON; one to four persons are hidden. Off unless you tick it."),
        required=False,
    )
