"""The forms of a report: three questions, then what its kind asks for."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from plp.portal.shell.contact_forms import key_and_channel_for_email, normalised_email_address
from plp.portal.shell.fields import EmailField, RobotTrapField, day_field
from plp.portal.shell.forms import Form
from plp.portal.shell.place_form import PlaceForm
from plp.sightings.actions.sightings import MOST_PICTURES
from plp.sightings.facts import FIELDS
from plp.sightings.models import Sighting
from plp.sightings.pictures import MOST_BYTES
from plp.sightings.refusals import NoPicture, TooManyPictures
from plp.sightings.rules import refuse_unfit_moment
from plp.toolbox.clock import local
from plp.toolbox.moves import Refused

NOW, HOUR, EARLIER = "now", "hour", "earlier"
TODAY, YESTERDAY, DAY = "today", "yesterday", "day"


class UrgencyAndKindForm(Form):
    """The gate, for what is urgent is for the telephone; then what it is about."""

    when = forms.ChoiceField(
        label=_("When was it?"),
        choices=[
            (NOW, _("It is happening now, or somebody is in danger")),
            (HOUR, _("Less than an hour ago")),
            (EARLIER, _("Longer ago")),
        ],
        widget=forms.RadioSelect,
    )
    kind = forms.ChoiceField(label=_("What is it about?"), choices=Sighting.Kind.choices, widget=forms.RadioSelect)

    @property
    def is_urgent(self) -> bool:
        """Whether only the telephone helps, whatever else was filled in."""
        return self.data.get("when") in {NOW, HOUR}


class PlaceAndDayForm(PlaceForm):
    """Where it was and on which day."""

    read_rules = frozenset()  # the police alone read a report

    which = forms.ChoiceField(
        label=_("Which day?"),
        choices=[(TODAY, _("Today")), (YESTERDAY, _("Yesterday")), (DAY, _("Another day"))],
        widget=forms.RadioSelect,
    )
    day = day_field(_("Day"), required=False)
    clock = forms.TimeField(
        label=_("About what time?"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at

    def clean(self) -> None:
        """The day that was meant: one that can be, and not so fresh that a form does harm."""
        super().clean()
        which, today = self.cleaned_data.get("which", ""), local(self.at).date()
        day = {TODAY: today, YESTERDAY: today - timedelta(days=1)}.get(which, self.cleaned_data.get("day"))
        if which == DAY and day is None and "day" not in self.errors:
            self.add_error("day", _("Which day was it?"))
        if day is None:
            return
        try:
            refuse_unfit_moment(day, self.cleaned_data.get("clock"), at=self.at)
        except Refused as refused:
            self.add_error("day" if which == DAY else "clock", refused.in_words())
        self.cleaned_data["day"] = day


class PicturesInput(forms.ClearableFileInput):
    """A field of files: a telephone lets one choose several."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"

    def __init__(self) -> None:
        super().__init__(attrs={"accept": "image/jpeg,image/png,image/webp"})


class PictureFilesField(forms.FileField):
    """Up to ``MOST_PICTURES`` files, chosen at once."""

    widget = PicturesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """The files; none larger than a picture may be, not more than fit."""
        files = [super(PictureFilesField, self).clean(file, initial) for file in data or ()]
        if len(files) > MOST_PICTURES:
            raise forms.ValidationError(TooManyPictures.sentence % {"most": MOST_PICTURES})
        if any((file.size or 0) > MOST_BYTES for file in files):
            raise forms.ValidationError(NoPicture.sentence)
        return files


class SightingFactsForm(Form):
    """The facts that a kind of report asks for, pictures, how to hear of it, and whether the police see who reports."""

    read_rules = frozenset()  # the police alone read a report

    pictures = PictureFilesField(
        label=_("Pictures"),
        help_text=_("Up to three that you have already. Never go back for one. Only the police see them."),
        required=False,
    )
    email = EmailField(
        label=_("Your e-mail address"),
        help_text=_("We write when the police have read, answered or closed it. The police do not see this address."),
        max_length=120,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
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
    service_sees = forms.BooleanField(
        label=_("The municipality may see it too"),
        help_text=_("Only if this is for one of its services: lights, roads, waste."),
        required=False,
    )
    homepage = RobotTrapField()

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind_fields = FIELDS[kind]
        for fact in self.kind_fields.facts:
            box = forms.Textarea(attrs={"rows": fact.rows}) if fact.rows > 1 else forms.TextInput()
            self.fields[f"fact_{fact.key}"] = forms.CharField(
                label=fact.label, help_text=fact.hint, max_length=fact.most, required=False, widget=box
            )

    @property
    def facts(self) -> dict[str, str]:
        """What was told, by the key of the fact."""
        return {fact.key: self.cleaned_data[f"fact_{fact.key}"] for fact in self.kind_fields.facts}

    @property
    def open_fields(self) -> list[forms.BoundField]:
        """The fields of this kind that stand open."""
        return [self[f"fact_{fact.key}"] for fact in self.kind_fields.first]

    @property
    def folded_fields(self) -> list[forms.BoundField]:
        """The fields of this kind behind a line to unfold."""
        return [self[f"fact_{fact.key}"] for fact in self.kind_fields.more]

    @property
    def is_fold_open(self) -> bool:
        """Whether something was typed, or is wrong, where it could not be seen."""
        return any(field.errors or field.value() for field in self.folded_fields)

    @property
    def is_reporter_fold_open(self) -> bool:
        """As ``is_fold_open``, for whoever reports."""
        return any(self[name].errors or self[name].value() for name in ("email", "shows", "name", "reach"))

    @property
    def name_and_reach_for_police(self) -> tuple[str, str]:
        """Name and reach, only with the tick."""
        answers = self.cleaned_data
        return (answers["name"], answers["reach"]) if answers["shows"] else ("", "")

    @property
    def reporter_channel_and_address(self) -> tuple[str, str] | None:
        """The channel and address by which the reporter wishes to hear of it."""
        channel, address = key_and_channel_for_email(), self.cleaned_data["email"]
        return (channel[0], address) if channel and address else None

    def clean_email(self) -> str:
        """The address in the normal form of its channel."""
        return normalised_email_address(self.cleaned_data["email"])

    def clean(self) -> None:
        """A name and a way to reach whoever wants to be seen."""
        if self.cleaned_data.get("shows") and not (self.cleaned_data.get("name") and self.cleaned_data.get("reach")):
            self.add_error("shows", _("Give your name and how to reach you, or remove the tick."))


class ReportCodeForm(Form):
    """The code by which a report is followed without its link."""

    code = forms.CharField(
        label=_("The code of your report"),
        help_text=_("It stands on the page that you saw after sending: nine characters, a dash, eight characters."),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "class": "code"}),
    )
