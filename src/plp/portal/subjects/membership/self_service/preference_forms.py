"""The forms in which a member says what comes, when, and by whose hand."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.conf import settings
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from plp.charter.kinds import MUTABLE
from plp.people.models import LANGUAGE_CHOICES, Preference
from plp.people.queries import EVERYTHING
from plp.portal.shell.forms import Form
from plp.portal.shell.person_form import PersonNameField
from plp.portal.subjects.membership.self_service.forms import AnyChannelAddressForm

HOURS = [(str(hour), f"{hour}:00") for hour in range(6, 23)]
NAMES = [(code, name) for code, name in settings.LANGUAGES if code in dict(LANGUAGE_CHOICES)]


class WantedTopicsForm(Form):
    """Which kinds come. An alarm is muted only by whoever wants nothing at all (R115)."""

    kinds = forms.MultipleChoiceField(
        label=_("I want to receive"), required=False, widget=forms.CheckboxSelectMultiple, choices=[]
    )
    drills = forms.BooleanField(
        label=_("Drills, too"),
        help_text=_("Now and then a message that begins with the word DRILL, to see whether it arrives."),
        required=False,
    )
    nothing = forms.BooleanField(
        label=_("No messages at all"),
        help_text=_("Not even alarms. You stay a member."),
        required=False,
    )

    def __init__(self, *args: Any, muted: Collection[str] = (), drills: bool = False, **kwargs: Any) -> None:
        wanted = [key for key, _label, _help in MUTABLE if key not in muted]
        kwargs["initial"] = {"kinds": wanted, "drills": drills, "nothing": EVERYTHING in muted}
        super().__init__(*args, **kwargs)
        self.fields["kinds"].choices = [(key, label) for key, label, _help in MUTABLE]  # type: ignore[attr-defined]

    def muted(self) -> set[str]:
        """The topics that must not come."""
        known = {key for key, _label, _help in MUTABLE}
        everything = {EVERYTHING} if self.cleaned_data["nothing"] else set()
        return (known - set(self.cleaned_data["kinds"])) | everything


class TogetherForm(Form):
    """At once, or together at an hour."""

    digest = forms.ChoiceField(
        label=_("What is not urgent"), choices=Preference.Digest.choices, widget=forms.RadioSelect, required=False
    )
    digest_hour = forms.ChoiceField(label=_("At"), choices=HOURS)
    digest_weekday = forms.ChoiceField(
        label=_("On (for once a week)"), choices=[(str(number), name) for number, name in WEEKDAYS.items()]
    )


class ReadingAidsForm(Form):
    """For eyes and ears."""

    large_print = forms.BooleanField(label=_("My letters in very large print"), required=False)
    easy_to_read = forms.BooleanField(
        label=_("Messages in simple words"),
        help_text=_(
            "In e-mails, letters and on your page. Letters are in larger print, each sentence on its own line."
        ),
        required=False,
    )
    shares_letters = forms.BooleanField(
        label=_("One letter for our address"),
        help_text=_("Together with the other members at my address who tick this, too. Our names stand on it."),
        required=False,
    )
    call_note = forms.ChoiceField(
        label=_("A note for whoever calls me"),
        help_text=_("Whoever calls you reads it on the call list."),
        choices=(),
        required=False,
    )

    def __init__(self, *args: Any, preference: Preference, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(preference, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        self.fields["call_note"].choices = preference.call_note_choices  # type: ignore[attr-defined]


class BuddyForm(AnyChannelAddressForm):
    """Who should receive on behalf: a name, a language, and a contact of their own."""

    field_order = ("name", "address", "language")
    name = PersonNameField(label=_("Name of this person"))
    address = forms.CharField(
        label=_("Their e-mail address or mobile number"),
        help_text=_("They get a link, and say yes or no. Nothing comes without their yes."),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    language = forms.ChoiceField(label=_("Their language"), choices=NAMES)
