"""Forms of official alerts."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from plp.alerts.cap.parser import MOST_BYTES
from plp.alerts.refusals import TooLarge
from plp.portal.shell.fields import NamedMultipleChoiceField
from plp.portal.shell.forms import Form


class ReceiveCapFileForm(Form):
    """A CAP file, and the quarters where the alert does not name them."""

    file = forms.FileField(
        label=_("Alert file"),
        help_text=_("A file in the format CAP 1.2 or 1.1, at most 1 MB. It often ends in .cap or .xml."),
        widget=forms.FileInput(attrs={"accept": ".cap,.xml,application/cap+xml,application/xml,text/xml"}),
    )

    def __init__(self, *given: Any, quarters: Any, language: str, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["quarters"] = NamedMultipleChoiceField(
            label=_("Neighbourhoods"),
            help_text=_(
                "Leave this empty: the area in the alert finds the neighbourhoods. Choose them if it does not."
            ),
            queryset=quarters,
            language=language,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )

    def clean_file(self) -> bytes:
        """What is in the file. What it is, its content says and not its name."""
        upload: UploadedFile = self.cleaned_data["file"]
        if (upload.size or 0) > MOST_BYTES:
            raise forms.ValidationError(TooLarge().in_words())
        return upload.read(MOST_BYTES + 1)


class PublishForm(Form):
    """How the alert is classed for the machines that read it, in the words of CAP."""

    category = forms.ChoiceField(
        label=_("What is it about?"),
        initial="Safety",
        choices=[
            ("Fire", _("fire")),
            ("Env", _("smoke, pollution")),
            ("Met", _("weather, water")),
            ("Transport", _("roads and traffic")),
            ("Infra", _("gas, water or electricity")),
            ("Health", _("health")),
            ("Safety", _("safety in general")),
            ("Other", _("something else")),
        ],
    )
    urgency = forms.ChoiceField(
        label=_("When should people act?"),
        initial="Immediate",
        choices=[
            ("Immediate", _("at once")),
            ("Expected", _("within the hour")),
            ("Future", _("later")),
            ("Unknown", _("not known")),
        ],
    )
    severity = forms.ChoiceField(
        label=_("How serious is it?"),
        initial="Moderate",
        choices=[
            ("Extreme", _("exceptional danger to life or property")),
            ("Severe", _("serious danger to life or property")),
            ("Moderate", _("possible danger to life or property")),
            ("Minor", _("little or no danger")),
            ("Unknown", _("not known")),
        ],
    )
    certainty = forms.ChoiceField(
        label=_("How certain is it?"),
        initial="Observed",
        choices=[
            ("Observed", _("it has happened or is happening")),
            ("Likely", _("it is likely")),
            ("Possible", _("it is possible")),
            ("Unknown", _("not known")),
        ],
    )
