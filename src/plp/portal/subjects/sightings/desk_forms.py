"""The forms by which the police end a report."""

from django import forms
from django.utils.translation import gettext_lazy as _

from plp.sightings.actions.sightings import MOST_ANSWER
from plp.sightings.models import Sighting


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
