"""Streets to tick: a list, or, where there are many, groups that fold, each with a tick for all of it."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import batched
from typing import Any

from django import forms
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from plp.places.models import Street
from plp.toolbox.words import alphabetical_key

MOST_IN_A_LIST = 40
IN_A_GROUP = 25


class StreetTicks(forms.CheckboxSelectMultiple):
    """Check boxes; those of a group stand in one fold, which is open where something in it is ticked."""

    template_name = "launch/plan/_street_ticks.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """With ``groups``: title, check boxes, whether it is open."""
        context = super().get_context(name, value, attrs)
        context["widget"]["groups"] = [
            (title, options, any(option["selected"] for option in options))
            for title, options, _index in context["widget"]["optgroups"]
        ]
        return context


class StreetsField(forms.MultipleChoiceField):
    """Some of the streets that are set: ``cleaned_data`` holds them, in the order of their names."""

    def set_streets(self, streets: Sequence[Street]) -> None:
        """Offer these streets."""
        language = get_language() or "fr"
        ordered = sorted(streets, key=lambda street: alphabetical_key(street.name(language)))
        self.offered_streets = {str(street.pk): [street] for street in ordered}
        self.choices = [(str(street.pk), street.names) for street in ordered]
        if len(ordered) > MOST_IN_A_LIST:
            self.widget = StreetTicks()
            self.choices = list(self._grouped_street_choices(ordered, language))

    def _grouped_street_choices(
        self, ordered: Iterable[Street], language: str
    ) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        for group in batched(ordered, IN_A_GROUP):
            group_key = f"{group[0].pk}-{group[-1].pk}-{len(group)}"
            self.offered_streets[group_key] = list(group)
            words = ngettext("All of these: %d street", "All of these: %d streets", len(group)) % len(group)
            choices = [(str(street.pk), street.names) for street in group]
            yield f"{group[0].name(language)} – {group[-1].name(language)}", [(group_key, words), *choices]

    def clean(self, value: Any) -> Any:
        """The streets that were ticked, alone or with their group, each once."""
        keys = super().clean(value)
        return list(dict.fromkeys(street for key in keys for street in self.offered_streets[key]))


def leaving_streets_field() -> StreetsField:
    """The field of the streets that go; its form sets them."""
    return StreetsField(
        label=_("Streets that go"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one street.")},
    )
