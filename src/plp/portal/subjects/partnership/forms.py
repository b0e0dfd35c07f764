"""The forms of the public pages."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from plp.delivery.channel import BadAddress, Channel
from plp.delivery.installed import typed_channels
from plp.people.models import LANGUAGE_CHOICES
from plp.people.rules import BadHouse, BadName, clean_house, clean_name
from plp.places.models import Area, Street
from plp.places.queries import streets_of
from plp.toolbox.ids import CODE_LENGTH, READABLE
from plp.toolbox.words import alphabetical_key

NAMES = [(code, name) for code, name in settings.LANGUAGES if code in dict(LANGUAGE_CHOICES)]


POSTAL = "street-address"  # the word of the HTML standard by which a channel says that it needs a postal address


DOOR = re.compile(r"(?P<street>\D.*?)[ ,]+(?P<number>\d{1,4}[a-zA-Z]?)")  # "Rue Haute 12b", not "Avenue Albert 1er"


class StreetForm(forms.Form):
    """A street, its postcode, and a house number if one likes."""

    street = forms.CharField(label=_("Street"), max_length=120)
    number = forms.CharField(label=_("House number"), max_length=20, required=False)
    postcode = forms.RegexField(
        r"^[1-9]\d{3}$",
        label=_("Postcode"),
        error_messages={"invalid": _("Four digits, for example 1130.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "postal-code"}),
    )

    def clean(self) -> dict[str, Any]:
        """A house number typed behind the street is one all the same."""
        given: dict[str, Any] = super().clean() or {}
        together = DOOR.fullmatch(given.get("street", ""))
        if together and not given.get("number"):
            given |= {"street": together["street"], "number": together["number"]}
        return given


class CheckForm(forms.Form):
    """The check code of a message, however it is typed."""

    code = forms.CharField(
        label=_("Check code"),
        help_text=_("Nine letters and digits, at the end of the message."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "class": "code"}),
    )

    def clean_code(self) -> str:
        """Lower case without spaces and dashes; signs that no code has make it empty, and so unknown."""
        code = "".join(self.cleaned_data["code"].lower().split()).replace("-", "")
        self.is_whole = len(code) == CODE_LENGTH
        return code if set(code) <= set(READABLE) else ""


class WhoForm(forms.Form):
    """Step 1: who you are and where. The streets are those of the quarter and nothing else is asked (R63, R65)."""

    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    language = forms.ChoiceField(label=_("Language of your messages"), choices=NAMES)
    works_here = forms.BooleanField(label=_("I do not live in the neighbourhood, I work there"), required=False)
    street = forms.ChoiceField(
        label=_("Street"),
        error_messages={"required": _("Choose your street, or tick that you work in the neighbourhood.")},
    )
    house = forms.CharField(
        label=_("House number"),
        help_text=_("As it is on the door: 12, 12A, 12 box 3."),
        max_length=20,
    )

    def __init__(self, *args: Any, area: Area, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.works = bool(self.data.get("works_here"))
        self.fields["street"].required = self.fields["house"].required = not self.works
        language = get_language() or "fr"
        self.streets = {str(street.pk): street for street in streets_of(area)}
        named = ((key, street.name(language)) for key, street in self.streets.items())
        names = sorted(named, key=lambda pair: alphabetical_key(pair[1]))
        self.fields["street"].choices = [("", _("Choose your street")), *names]  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        """The name in its one form."""
        try:
            return clean_name(self.cleaned_data["name"])
        except BadName as bad:
            raise forms.ValidationError(bad.in_words()) from bad

    def clean_house(self) -> str:
        """The number in its one form; none for whoever only works here."""
        if self.works:
            return ""
        try:
            return clean_house(self.cleaned_data["house"])
        except BadHouse as bad:
            raise forms.ValidationError(bad.in_words()) from bad

    def clean_street(self) -> str:
        """The key of the street; none for whoever only works here."""
        return "" if self.works else self.cleaned_data["street"]

    def street_of(self, key: str) -> Street | None:
        """The chosen street."""
        return self.streets.get(key)


class ReachForm(forms.Form):
    """Step 2: how to reach you. One box per channel is its consent (R81), one field its address, one its rank."""

    def __init__(self, *args: Any, door: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.channels = dict(sorted(typed_channels().items(), key=lambda pair: pair[1].abilities.by_hand))
        ranks = [(number, str(number)) for number in range(1, len(self.channels) + 1)]
        for rank, (key, channel) in enumerate(self.channels.items(), start=1):
            shape = channel.address_form
            kind = forms.TextInput(attrs={"type": shape.input_type, "autocomplete": shape.autocomplete})
            known = door if shape.autocomplete == POSTAL else ""
            self.fields[f"use_{key}"] = forms.BooleanField(
                label=format_lazy(_("{channel}: yes, you may write or call me this way"), channel=channel.label),
                required=False,
            )
            self.fields[f"address_{key}"] = forms.CharField(
                label=shape.label, help_text=shape.hint, required=False, max_length=254, widget=kind, initial=known
            )
            self.fields[f"rank_{key}"] = forms.ChoiceField(label=_("Try this as number"), choices=ranks, initial=rank)

    def parts(self) -> list[tuple[Any, Any, Any, Any]]:
        """Channel label and the three fields of each, for the page."""
        return [
            (channel.label, self[f"use_{key}"], self[f"address_{key}"], self[f"rank_{key}"])
            for key, channel in self.channels.items()
        ]

    def clean(self) -> None:
        """Each chosen address in the channel's own form, in the member's order, as ``cleaned_data["contacts"]``."""
        found = []
        for key, channel in self.channels.items():
            if self.cleaned_data.get(f"use_{key}"):
                rank = self.cleaned_data.get(f"rank_{key}") or "9"
                found.append((int(rank), key, self._address(key, channel)))
        asks = self._ask_for_ticks()
        if not found and not asks:
            raise forms.ValidationError(_("Tick at least one way to reach you."))
        self.cleaned_data["contacts"] = [
            (key, address) for _rank, key, address in sorted(found, key=lambda one: one[0])
        ]

    def _ask_for_ticks(self) -> bool:
        """Ask beside each address that was typed without its tick; whether there is one.

        An address is used by consent alone, and what somebody typed is never dropped in silence.
        """
        given = {name for name in self.changed_data if self.cleaned_data.get(name)}
        unticked = [key for key in self.channels if f"address_{key}" in given and f"use_{key}" not in given]
        for key in unticked:
            self.add_error(f"use_{key}", _("You filled this in. Tick this box to use it, or empty the field below."))
        return bool(unticked)

    def _address(self, key: str, channel: Channel) -> str:
        try:
            return channel.normalise(self.cleaned_data.get(f"address_{key}", ""))
        except BadAddress as bad:
            self.add_error(f"address_{key}", bad.in_words())
            return ""


class AcceptForm(forms.Form):
    """Step 3: each declaration and consent on its own (R64, R65, R68, R81)."""

    is_adult = forms.BooleanField(label=_("I am 18 or older"))
    lives_or_works_here = forms.BooleanField(label=_("I live or work in this neighbourhood"))
    accepts_conduct = forms.BooleanField(label=_("I keep to the rules of conduct: I never step in myself"))
    accepts_rules = forms.BooleanField(label=_("I accept the internal rules"))
    joins = forms.BooleanField(label=_("I have read the privacy notice and I want to join"))
    police_sees_name = forms.BooleanField(
        label=_("The police may see my name (you can join without this)"), required=False
    )
    rules = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)  # the version on the page

    def __init__(self, data: Any = None, *, rules: str) -> None:
        super().__init__(data, initial={"rules": rules})
        self.now = rules
        for name in ("is_adult", "lives_or_works_here", "accepts_conduct", "accepts_rules", "joins"):
            self.fields[name].error_messages["required"] = _("Tick this to join.")

    def clean(self) -> dict[str, Any]:
        """Nobody accepts rules that they have not read: the version on the page must be the one that holds."""
        if self.is_bound and self.cleaned_data.get("rules", "") != self.now:
            self.data = {**self.data.dict(), "rules": self.now}  # type: ignore[attr-defined]
            self.add_error("accepts_rules", _("The internal rules have just changed. Read them again, then accept."))
        return self.cleaned_data
