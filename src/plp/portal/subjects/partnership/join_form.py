"""The form to join: who one is and where, how to be reached, what one accepts. One page, so all is checked at once."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from plp.delivery.channel import BadAddress, Channel
from plp.delivery.installed import channels_with_typed_addresses
from plp.firms.models import Firm
from plp.membership.firms import asks_for_firms
from plp.membership.street_recruits import street_code
from plp.partnership.models import Partnership
from plp.partnership.queries import neighbours_covering_door
from plp.people.models import LANGUAGE_CHOICES
from plp.people.rules import BadHouse, clean_house_number
from plp.places.models import Street
from plp.places.postal_addresses import postal_address
from plp.places.queries import streets_of
from plp.portal.shell.firm_fields import FIRM_FIELDS, clean_firm_fields, firm_fields
from plp.portal.shell.forms import Form
from plp.portal.shell.person_form import PersonNameField
from plp.toolbox.words import alphabetical_key

LANGUAGES = [(code, name) for code, name in settings.LANGUAGES if code in dict(LANGUAGE_CHOICES)]
POSTAL = "street-address"  # the word of the HTML standard by which a channel says that it needs a postal address
DECLARED = ("is_adult", "accepts_rules")  # what everybody ticks who joins


class JoinForm(Form):
    """Whoever lives here comes first; nothing is asked that joining does not need (R63-R65, R68, R81).

    One box per channel is its consent, with one field for its address; ``cleaned_data["contacts"]`` are (channel,
    normal address) in the order of trying. ``street_of`` gives the chosen street. ``neighbour``: the partnership that
    has the other side of the street, once a door of it was typed. Whoever comes by the link of a firm is at its door
    (``firm_door``), and is not asked for one.
    """

    neighbour: Partnership | None = None

    name = PersonNameField(label=_("Your name"), widget=forms.TextInput(attrs={"autocomplete": "name"}))
    street = forms.ChoiceField(
        label=_("Street"),
        error_messages={"required": _("Choose your street, or tick that you work in the neighbourhood.")},
    )
    house = forms.CharField(
        label=_("House number"),
        help_text=_("As it is on the door: 12, 12A, 12 box 3."),
        max_length=20,
    )
    works_here = forms.BooleanField(label=_("I do not live in the neighbourhood, I work there"), required=False)
    is_adult = forms.BooleanField(label=_("I am 18 or older, and I live or work in this neighbourhood"))
    accepts_rules = forms.BooleanField(
        label=_("I keep to the rules of conduct and the internal rules: I never step in myself")
    )
    message_language = forms.ChoiceField(label=_("Language of your messages"), required=False)
    first = forms.ChoiceField(label=_("What we try first"), required=False)
    police_sees_name = forms.BooleanField(
        label=_("The police may see my name (you can join without this)"), required=False
    )
    rules = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)  # the version on the page

    def __init__(
        self,
        data: Any = None,
        *,
        partnership: Partnership,
        rules: str,
        initial: dict[str, Any],
        colleague_of: Firm | None = None,
    ) -> None:
        super().__init__(data, initial=initial | {"rules": rules})
        self.partnership, self.rules_now = partnership, rules
        self.works = bool(self.data.get("works_here"))
        self.fields["street"].required = self.fields["house"].required = not self.works
        self.streets = {str(street.pk): street for street in streets_of(partnership.area)}
        named = ((key, street.name()) for key, street in self.streets.items())
        names = sorted(named, key=lambda pair: alphabetical_key(pair[1]))
        self.fields["street"].choices = [("", _("Choose your street")), *names]  # type: ignore[attr-defined]
        self.fields["message_language"].choices = [("", _("The language of this page")), *LANGUAGES]  # type: ignore[attr-defined]
        for name in DECLARED:
            self.fields[name].error_messages["required"] = _("Tick this to join.")
        self.colleague_of = colleague_of
        self.firm_door = _street_and_number_of_firm(colleague_of, self.streets)
        if self.firm_door is not None:
            for name in ("street", "house", "works_here"):
                del self.fields[name]
        self.asks_firm = asks_for_firms(partnership) and colleague_of is None
        if self.asks_firm:
            self._add_firm_fields()
        self._add_channel_fields()
        ways = [name for key in self.channels for name in (f"use_{key}", f"address_{key}")]
        self.order_fields(
            ["has_firm", *FIRM_FIELDS, "name", "street", "house", "works_here", *ways]
        )  # as on the page: its faults stand so too

    def _add_firm_fields(self) -> None:
        """A tick, set already, and what it opens: only among the self-employed. The street is then the firm's."""
        self.fields["has_firm"] = forms.BooleanField(
            label=_("I have a firm here, or a shop"), required=False, initial=True
        )
        has_firm = bool(self.data.get("has_firm"))
        fields = firm_fields(needed=has_firm)
        for field in fields.values():
            field.need = _("needed if you tick it")  # type: ignore[attr-defined]
        self.fields |= fields
        if has_firm:
            self.works = False
            self.fields["street"].required = self.fields["house"].required = True

    def _add_channel_fields(self) -> None:
        self.channels = dict(
            sorted(channels_with_typed_addresses().items(), key=lambda pair: pair[1].abilities.by_hand)
        )
        for key, channel in self.channels.items():
            shape = channel.address_form
            is_postal = shape.autocomplete == POSTAL
            self.fields[f"use_{key}"] = forms.BooleanField(label=channel.label, required=False)
            field = forms.CharField(
                label=shape.label,
                help_text=_("Leave this empty for a letter to the door above.") if is_postal else shape.hint,
                required=False,
                max_length=254,
                widget=forms.TextInput(attrs={"type": shape.input_type, "autocomplete": shape.autocomplete}),
            )
            field.need = "" if is_postal else _("needed if you tick it")  # type: ignore[attr-defined]
            self.fields[f"address_{key}"] = field
        ways = [(key, channel.label) for key, channel in self.channels.items()]
        self.fields["first"].choices = [("", _("In the order above")), *ways]  # type: ignore[attr-defined]

    def channel_fields(self) -> list[tuple[Any, Any]]:
        """The box and the address of each channel, for the page."""
        return [(self[f"use_{key}"], self[f"address_{key}"]) for key in self.channels]

    def clean_message_language(self) -> str:
        """The chosen language, else that of the page."""
        return self.cleaned_data["message_language"] or get_language() or "fr"

    def clean_house(self) -> str:
        """The number in its one form; none for whoever only works here."""
        if self.works:
            return ""
        try:
            return clean_house_number(self.cleaned_data["house"])
        except BadHouse as bad:
            raise forms.ValidationError(bad.in_words()) from bad

    def clean_street(self) -> str:
        """The key of the street; none for whoever only works here."""
        return "" if self.works else self.cleaned_data["street"]

    def street_of(self, key: str) -> Street | None:
        """The chosen street."""
        return self.streets.get(key)

    def clean(self) -> dict[str, Any]:
        """The contacts in the member's order; the rules must be those on the page: nobody accepts unread ones."""
        used = [key for key in self.channels if self.cleaned_data.get(f"use_{key}")]
        first = self.cleaned_data.get("first", "")
        used.sort(key=lambda key: key != first)
        asks = self._tick_and_report_unticked_channels()
        if self.firm_door is not None:
            self.cleaned_data |= {"street": str(self.firm_door[0].pk), "house": self.firm_door[1]}
        else:
            self._refuse_door_of_neighbour()
        self._check_firm()
        if not used and not asks:
            self.add_error(f"use_{next(iter(self.channels))}", _("Tick at least one way to reach you."))
        self.cleaned_data["contacts"] = [(key, self._clean_channel_address(key, self.channels[key])) for key in used]
        if self.cleaned_data.get("rules", "") != self.rules_now:
            self.data = {**self.data.dict(), "rules": self.rules_now}  # type: ignore[attr-defined]
            self.add_error("accepts_rules", _("The internal rules have just changed. Read them again, then accept."))
        return self.cleaned_data

    def _check_firm(self) -> None:
        """What was typed of a firm; a name without its tick is asked about, for nothing is dropped in silence."""
        if not self.asks_firm:
            return
        clean_firm_fields(self)
        if not self.cleaned_data.get("has_firm") and any(self.cleaned_data.get(name) for name in FIRM_FIELDS):
            self.add_error("has_firm", _("You filled in a firm. Tick this box, or empty the fields below."))

    def _refuse_door_of_neighbour(self) -> None:
        """A street may be shared: whoever lives on the other side is told who looks after it."""
        street, house = self.street_of(self.cleaned_data.get("street", "")), self.cleaned_data.get("house", "")
        if street is None or not house:
            return
        self.neighbour = next(iter(neighbours_covering_door(self.partnership, street, house)), None)
        if self.neighbour is not None:
            self.neighbour_name = self.neighbour.name()
            self.add_error("house", _("This door belongs to %(name)s. Join there.") % {"name": self.neighbour_name})

    @property
    def neighbour_link(self) -> str:
        """The form of the partnership that covers the door, with the street chosen; no house in the address."""
        street = self.street_of(self.data.get("street", ""))
        if self.neighbour is None or street is None:
            return ""
        return reverse("partnership:join_street", args=[self.neighbour.key, street_code(street)])

    def _tick_and_report_unticked_channels(self) -> bool:
        """Ask beside each address that was typed without its tick, and tick it for the next try; whether there is one.

        An address is used by consent alone, and what somebody typed is never dropped in silence.
        """
        typed = [key for key in self.channels if self.cleaned_data.get(f"address_{key}")]
        unticked = [key for key in typed if not self.cleaned_data.get(f"use_{key}")]
        for key in unticked:
            ticked: QueryDict = self.data.copy()  # type: ignore[attr-defined]
            ticked[f"use_{key}"] = "on"
            self.data = ticked
            words = _("You filled this in, so this box is ticked now. Send again, or empty the field below.")
            self.add_error(f"use_{key}", words)
        return bool(unticked)

    def _clean_channel_address(self, key: str, channel: Channel) -> str:
        typed = self.cleaned_data.get(f"address_{key}", "")
        if not typed and channel.address_form.autocomplete == POSTAL:
            typed = self._postal_address_of_door()
        try:
            return channel.normalise(typed)
        except BadAddress as bad:
            self.add_error(f"address_{key}", bad.in_words())
            return ""

    def _postal_address_of_door(self) -> str:
        """Where a letter finds whoever lives here, as far as it is told already."""
        street, house = self.street_of(self.cleaned_data.get("street", "")), self.cleaned_data.get("house", "")
        if street is None or not house:
            return ""
        return postal_address(street, house, self.cleaned_data.get("message_language", "fr"))


def _street_and_number_of_firm(firm: Firm | None, streets: dict[str, Street]) -> tuple[Street, str] | None:
    """Street and number of a firm, where it stands in one of ``streets``."""
    street = streets.get(str(firm.street_id)) if firm is not None and firm.house else None
    return (street, firm.house) if firm is not None and street is not None else None
