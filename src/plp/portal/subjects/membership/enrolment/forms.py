"""The forms of the enrolment desk."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from plp.delivery.channel import BadAddress
from plp.delivery.installed import channels
from plp.membership import enquiries, refusals
from plp.membership.firms import asks_for_firms
from plp.membership.lists.rows import MAIL, POSTAL, TELEPHONE, channels_for_input_type
from plp.membership.models import Enquiry
from plp.membership.states import Ground
from plp.partnership.models import Partnership
from plp.people.models import LANGUAGE_CHOICES
from plp.people.rules import BadHouse, clean_house_number
from plp.places.models import Street
from plp.places.postal_addresses import postal_address
from plp.places.queries import streets_of
from plp.portal.shell.fields import day_field
from plp.portal.shell.firm_fields import FIRM_FIELDS, clean_firm_fields, firm_fields
from plp.portal.shell.forms import FoldedFields, Form
from plp.portal.shell.person_form import PersonNameField
from plp.toolbox.words import alphabetical_key

WORKS_HERE = "works"  # instead of a street
NAMES = [(code, name) for code, name in settings.LANGUAGES if code in dict(LANGUAGE_CHOICES)]


class ExportForm(Form):
    """Why, and in which form."""

    reason = forms.CharField(
        label=_("What you need the list for"),
        help_text=_("The mandated officer gets this reason, with your name."),
        min_length=10,
        max_length=200,
    )
    form = forms.ChoiceField(
        label=_("File format"),
        widget=forms.RadioSelect,
        choices=[
            ("xlsx", _("Spreadsheet (XLSX): opens in Excel and LibreOffice")),
            ("csv", _("Text with semicolons (CSV)")),
            ("vcf", _("Address book (vCard)")),
            ("phones", _("Telephone numbers to print (PDF)")),
            ("labels", _("Address labels to print, 24 a sheet (PDF)")),
            ("bealert", _("For BE-Alert: members with the ways they chose (CSV)")),
        ],
        initial="xlsx",
    )


class EnquiryForm(Form):
    """A question to somebody who asks to join."""

    words = forms.CharField(
        label=_("Your question"),
        help_text=_("One that yes or no answers, in the language of the reader. They see your words."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=enquiries.MOST_WORDS,
    )


class ApplicantAnswerForm(Form):
    """The answer of whoever was asked: to choose, not to write."""

    words = forms.ChoiceField(label=_("The answer"), choices=Enquiry.ChosenAnswer.choices, widget=forms.RadioSelect)


class RecordApplicantAnswerForm(Form):
    """The answer as the coordinator heard it."""

    words = forms.CharField(
        label=_("The answer"), widget=forms.Textarea(attrs={"rows": 4}), max_length=enquiries.MOST_WORDS
    )


class RefuseApplicantForm(Form):
    """The ground, and a few words if need be."""

    ground = forms.ChoiceField(label=_("Why"), choices=Ground.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("A sentence of your own"),
        help_text=_("It appears in the message, after the reason. Write it in the language of the reader."),
        max_length=refusals.MOST_WORDS,
        required=False,
    )


class PaperConsentForm(FoldedFields, Form):
    """One consent form on paper. Short fields in the order of the sheet: everything goes by keyboard."""

    folded_title = _("A firm or a shop")
    name = PersonNameField(label=_("First name and surname"), widget=forms.TextInput({"autofocus": True}))
    language = forms.ChoiceField(label=_("Language"), choices=NAMES)
    street = forms.ChoiceField(
        label=_("Street"),
        error_messages={"required": _("Choose the street. Whoever only works here stands at the end of the list.")},
    )
    house = forms.CharField(label=_("House number"), max_length=20, required=False)
    email = forms.CharField(label=_("E-mail"), max_length=254, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    letters = forms.BooleanField(label=_("Wants letters on paper"), required=False)
    police_sees_name = forms.BooleanField(label=_("The police may see this name"), required=False)
    signed_on = day_field(
        _("Signed on"),
        help_text=_(
            "On that day this form was signed. It says: 18 or older, lives or works here, accepts the rules, may be "
            "reached in this way."
        ),
    )

    def __init__(self, *args: Any, partnership: Partnership, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.asks_firm = today, asks_for_firms(partnership)
        if self.asks_firm:
            self.fields |= firm_fields(needed=bool(self.data.get("firm_name")))
            self.folded = FIRM_FIELDS
        self.streets: dict[str, Street] = {str(street.pk): street for street in streets_of(partnership.area)}
        named = ((key, street.name()) for key, street in self.streets.items())
        names = sorted(named, key=lambda pair: alphabetical_key(pair[1]))
        works_here = (WORKS_HERE, _("Works here, lives elsewhere"))
        self.fields["street"].choices = [("", _("Choose the street")), *names, works_here]  # type: ignore[attr-defined]

    def clean_signed_on(self) -> date:
        """Not a day to come."""
        if self.cleaned_data["signed_on"] > self.today:
            raise forms.ValidationError(_("This day is still to come."))
        return self.cleaned_data["signed_on"]

    def clean(self) -> None:
        """Door and contacts in their normal forms; at least one way to be reached."""
        told = self.cleaned_data
        if self.asks_firm:
            clean_firm_fields(self)
        told["street"] = self.streets.get(told.get("street", ""))
        told["house"] = self._clean_house_number() if told["street"] else ""
        found = [
            self._first_channel_and_clean_address("email", MAIL),
            self._first_channel_and_clean_address("phone", TELEPHONE),
            self._clean_postal_channel_and_address(),
        ]
        told["contacts"] = [contact for contact in found if contact]
        if not told["contacts"] and not self.errors:
            raise forms.ValidationError(_("Give at least one way to reach this person."))

    def _clean_house_number(self) -> str:
        try:
            return clean_house_number(self.cleaned_data.get("house", ""))
        except BadHouse as bad:
            self.add_error("house", bad.in_words())
            return ""

    def _first_channel_and_clean_address(self, name: str, kind: str) -> tuple[str, str] | None:
        """The first channel that can reach what was typed."""
        typed, sentence = self.cleaned_data.get(name, ""), ""
        if not typed:
            return None
        for channel in channels_for_input_type(kind):
            try:
                return channel.key, channel.normalise(typed)
            except BadAddress as bad:
                sentence = bad.in_words()
        self.add_error(name, sentence)
        return None

    def _clean_postal_channel_and_address(self) -> tuple[str, str] | None:
        told = self.cleaned_data
        if not told.get("letters"):
            return None
        street, house = told["street"], told["house"]
        if street is None or not house:
            self.add_error("letters", _("Letters need a street and a house number of the neighbourhood."))
            return None
        post = next(one for one in channels().values() if one.address_form.autocomplete == POSTAL)
        return post.key, post.normalise(postal_address(street, house, told.get("language", "fr")))


class LetterboxCodeForm(Form):
    """The code of a letter, as somebody types it."""

    code = forms.CharField(
        label=_("The code of the letter"),
        help_text=_("Nine letters and digits."),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "class": "code"}),
    )
