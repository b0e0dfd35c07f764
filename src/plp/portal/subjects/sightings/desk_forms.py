"""The forms by which the police give a report to somebody, and end it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plp.people.models import Person
from plp.portal.shell.contact_forms import key_and_channel_for_email, normalised_email_address
from plp.portal.shell.fields import EmailField
from plp.portal.shell.forms import Form
from plp.sightings.actions.referrals import MOST_NOTE, MOST_WORDS, ServiceAddress
from plp.sightings.actions.sightings import MOST_ANSWER
from plp.sightings.models import Referral, Sighting
from plp.toolbox.words import alphabetical_key


class AssignOfficerForm(Form):
    """Who deals with it: somebody of the desk."""

    officer = forms.ChoiceField(label=_("Who deals with it?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, officers: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.officers = {str(officer.pk): officer for officer in officers}
        names = [(key, officer.name) for key, officer in self.officers.items()]
        self.fields["officer"].choices = sorted(names, key=lambda pair: alphabetical_key(pair[1]))  # type: ignore[attr-defined]

    @property
    def chosen_officer(self) -> Person:
        """Who it is."""
        return self.officers[self.cleaned_data["officer"]]


class AnswerSightingForm(Form):
    """The answer on the follow-up page; a template can be put in first."""

    words = forms.CharField(
        label=_("Your answer"),
        help_text=_("The person reads it by their follow-up link. Tell nothing that harms an investigation."),
        max_length=MOST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class ReferSightingForm(Form):
    """What the municipality reads of a report, and where it is written to."""

    read_rules = frozenset()  # between police and services, about one report

    words = forms.CharField(
        label=_("What the municipality reads"),
        help_text=_("Leave out persons, vehicles and number plates. Place and day stand beside it."),
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    email = EmailField(
        label=_("E-mail address of the municipality"),
        help_text=_("Empty: you get a link to pass on yourself."),
        max_length=120,
        required=False,
    )

    def clean_email(self) -> str:
        """The address in the normal form of its channel."""
        return normalised_email_address(self.cleaned_data["email"])

    @property
    def service_address(self) -> ServiceAddress | None:
        """Where it is mailed; ``None`` without an address."""
        channel, address = key_and_channel_for_email(), self.cleaned_data["email"]
        return ServiceAddress(channel[0], address) if channel and address else None


class ReferralOutcomeForm(Form):
    """What a service of the municipality makes of a report."""

    read_rules = frozenset()  # between police and services, about one report

    outcome = forms.ChoiceField(
        label=_("What becomes of it?"), choices=Referral.Outcome.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("A word to the person"),
        max_length=MOST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CloseForm(Form):
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
