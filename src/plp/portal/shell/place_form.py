"""The form that asks for a place, and finds its municipality."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from plp.places.gazetteer import postcodes
from plp.places.queries import Place, places_of, search_streets
from plp.toolbox.words import alphabetical_key


class PlaceForm(forms.Form):
    """A street and its postcode; the municipality only where several share the postcode."""

    street = forms.CharField(
        label=_("Street"),
        help_text=_("Without the house number."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "address-line1"}),
    )
    postcode = forms.RegexField(
        r"^[1-9]\d{3}$",
        label=_("Postcode"),
        error_messages={"invalid": _("Four digits, for example 1130.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "postal-code"}),
    )
    municipality = forms.ChoiceField(label=_("Municipality"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place: Place | None = None
        self.has_choice = False

    def clean_postcode(self) -> str:
        """A postcode of Belgium."""
        postcode: str = self.cleaned_data["postcode"]
        if postcode not in postcodes():
            raise forms.ValidationError(
                _("No municipality in Belgium has this postcode. For a place abroad, ask the police there.")
            )
        return postcode

    def clean(self) -> None:
        """Find the place; several ask for a choice, none says what to do."""
        street, postcode = self.cleaned_data.get("street"), self.cleaned_data.get("postcode")
        if not street or not postcode:
            return
        found = {place.municipality.nis: place for place in places_of(street, postcode)}
        if not found:
            self.add_error("street", self._unknown(street, postcode))
        elif len(found) == 1:
            self.place = next(iter(found.values()))
        else:
            self._let_choose(found)

    def _let_choose(self, found: dict[str, Place]) -> None:
        language = get_language() or "fr"
        named = sorted((alphabetical_key(place.municipality.shown(language)), nis) for nis, place in found.items())
        self.has_choice = True
        self.fields["municipality"].choices = [("", _("Choose")), *((nis, name) for (_folded, name), nis in named)]  # type: ignore[attr-defined]
        self.place = found.get(self.data.get("municipality", ""))
        if self.place is None:
            self.add_error("municipality", _("Several municipalities share this postcode. Choose yours."))

    def _unknown(self, street: str, postcode: str) -> forms.ValidationError:
        language = get_language() or "fr"
        near = [one.name(language) for one in search_streets(street, postcode=postcode, language=language, limit=3)]
        if near:
            words = _("We know no street of this name here. Did you mean: %(names)s?")
            return forms.ValidationError(words, params={"names": ", ".join(near)})
        return forms.ValidationError(
            _("We know no street of this name here. Check the name, or take a street next to it.")
        )
