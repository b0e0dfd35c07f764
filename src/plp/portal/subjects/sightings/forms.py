"""The forms of a report, and those by which the police end it."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from plp.sightings.actions.sightings import MOST_ANSWER, MOST_PICTURES
from plp.sightings.facts import FACTS
from plp.sightings.models import Sighting
from plp.sightings.pictures import MOST_BYTES
from plp.sightings.refusals import NoPicture

NOW, HOUR, EARLIER = "now", "hour", "earlier"


class WhenForm(forms.Form):
    """The gate: what is urgent is for the telephone."""

    when = forms.ChoiceField(
        label=_("When was it?"),
        choices=[
            (NOW, _("It is happening now, or somebody is in danger")),
            (HOUR, _("Less than an hour ago")),
            (EARLIER, _("Longer ago")),
        ],
        widget=forms.RadioSelect,
    )

    @property
    def is_urgent(self) -> bool:
        """Whether only the telephone helps."""
        return bool(self.cleaned_data["when"] != EARLIER)


class SeenForm(forms.Form):
    """The facts, the hour, up to three pictures, and whether the police may see who reports."""

    kind = forms.ChoiceField(label=_("What is it about?"), choices=Sighting.Kind.choices, widget=forms.RadioSelect)
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    clock = forms.TimeField(
        label=_("About what time?"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    spot = forms.CharField(
        label=_("Where exactly?"),
        help_text=_("For example: near number 12, behind the school. Where you saw it, not where you live."),
        max_length=80,
        required=False,
    )
    shows = forms.BooleanField(
        label=_("The police may see who I am"),
        help_text=_("Then they can call you back. Without this tick nobody knows who reports, the police neither."),
        required=False,
    )
    name = forms.CharField(
        label=_("Your name"), max_length=120, required=False, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    reach = forms.CharField(
        label=_("Your telephone number or e-mail address"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel"}),
    )
    homepage = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for fact in FACTS:
            box = forms.Textarea(attrs={"rows": fact.rows}) if fact.rows > 1 else forms.TextInput()
            self.fields[f"fact_{fact.key}"] = forms.CharField(
                label=fact.label, help_text=fact.hint, max_length=fact.most, required=False, widget=box
            )
        for place in range(1, MOST_PICTURES + 1):
            self.fields[f"picture_{place}"] = forms.FileField(
                label=_("Picture %(number)d") % {"number": place},
                required=False,
                widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
            )

    @property
    def facts(self) -> dict[str, str]:
        """What was told, by the key of the fact."""
        return {fact.key: self.cleaned_data[f"fact_{fact.key}"] for fact in FACTS}

    @property
    def pictures(self) -> list[bytes]:
        """The files as they came, none larger than a picture may be."""
        files = [self.cleaned_data[f"picture_{place}"] for place in range(1, MOST_PICTURES + 1)]
        return [file.read() for file in files if file]

    @property
    def reporter(self) -> tuple[str, str]:
        """Name and reach, only with the tick."""
        given = self.cleaned_data
        return (given["name"], given["reach"]) if given["shows"] else ("", "")

    def clean_homepage(self) -> str:
        """Whoever fills in what nobody sees is a robot, or has a helpful browser: say it, lose nothing."""
        if self.cleaned_data["homepage"]:
            raise forms.ValidationError(_("Empty the field that says “Leave this empty”, then send again."))
        return ""

    def clean(self) -> None:
        """A size that can be read; a name and a way to reach whoever wants to be seen."""
        for place in range(1, MOST_PICTURES + 1):
            file = self.cleaned_data.get(f"picture_{place}")
            if isinstance(file, UploadedFile) and (file.size or 0) > MOST_BYTES:
                self.add_error(f"picture_{place}", NoPicture.sentence)
        if self.cleaned_data.get("shows") and not (self.cleaned_data.get("name") and self.cleaned_data.get("reach")):
            self.add_error("shows", _("Give your name and how to reach you, or remove the tick."))


class AnswerForm(forms.Form):
    """The answer on the follow-up page; a template can be put in first."""

    words = forms.CharField(
        label=_("Your answer"),
        help_text=_("The person reads it by their follow-up link. Tell nothing that harms an investigation."),
        max_length=MOST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class CloseForm(forms.Form):
    """Why there is no answer on the matter."""

    reason = forms.ChoiceField(
        label=_("Why is there no answer on the matter?"), choices=Sighting.Reason.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("A word to the person"),
        max_length=MOST_ANSWER,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
