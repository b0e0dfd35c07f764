"""To whom in the quarter a message goes: everybody, parts of streets, or what lies around a place."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from plp.places.models import Street
from plp.places.rules import Selector
from plp.places.rules.target_areas import FIRMS, RADII, RESIDENTS, Surroundings, TargetArea
from plp.portal.shell.forms import Form

EVERYBODY, STREETS, AROUND = "everybody", "streets", "around"
SIDES = [("all", _("all numbers")), ("odd", _("odd numbers")), ("even", _("even numbers"))]

NEEDED_AROUND = {  # fields that only a circle asks for, and how far it needs them
    "centre": _("needed around a place"),
    "number": _("one of the two"),
    "crossing": _("one of the two"),
    "metres": _("needed around a place"),
}


class TargetAreaForm(Form):
    """Everybody unless something else is chosen. A ticked street gets fields of its own for side and numbers."""

    who = forms.ChoiceField(
        label=_("Where?"),
        widget=forms.RadioSelect,
        required=False,
        choices=[
            (EVERYBODY, _("Everybody in the neighbourhood")),
            (STREETS, _("Some streets")),
            (AROUND, _("Around a house or a crossing")),
        ],
    )
    streets = forms.TypedMultipleChoiceField(
        label=_("Streets"), coerce=int, widget=forms.CheckboxSelectMultiple, required=False
    )
    centre = forms.TypedChoiceField(label=_("Street"), coerce=int, empty_value=None, required=False)
    number = forms.CharField(label=_("House number"), max_length=20, required=False)
    crossing = forms.TypedChoiceField(label=_("or the street it crosses"), coerce=int, empty_value=None, required=False)
    metres = forms.TypedChoiceField(
        label=_("How far around"),
        coerce=int,
        choices=[(metres, f"{metres} m") for metres in RADII],
        empty_value=None,
        required=False,
    )

    members = forms.ChoiceField(
        label=_("Who of them?"),
        widget=forms.RadioSelect,
        required=False,
        choices=[
            ("", _("Firms and residents")),
            (FIRMS, capfirst(_("firms alone"))),
            (RESIDENTS, capfirst(_("residents alone"))),
        ],
    )

    def __init__(
        self, data: Any = None, *, streets: Sequence[Street], area: TargetArea | None, has_firms: bool
    ) -> None:
        super().__init__(data, prefix="target", initial=_initial_values(area))
        self.has_firms = has_firms
        names = [(street.pk, street.names) for street in streets]
        self.fields["streets"].choices = names  # type: ignore[attr-defined]
        for name in ("centre", "crossing"):
            self.fields[name].choices = [("", _("Choose a street")), *names]  # type: ignore[attr-defined]
        for name, need in NEEDED_AROUND.items():
            self.fields[name].need = need  # type: ignore[attr-defined]
        ticked = {str(key) for key in self["streets"].value() or ()}
        self.rows = [self._add_part_fields_and_return_names(street) for street in streets if str(street.pk) in ticked]

    def _add_part_fields_and_return_names(self, street: Street) -> tuple[str, Sequence[str]]:
        """Fields for side and numbers of a street that is ticked."""
        fields = {
            "side": forms.ChoiceField(label=_("Side"), choices=SIDES, required=False),
            "first": forms.CharField(label=_("From number"), max_length=20, required=False),
            "last": forms.CharField(label=_("To number"), max_length=20, required=False),
        }
        names = [f"{name}_{street.pk}" for name in fields]
        self.fields |= dict(zip(names, fields.values(), strict=True))
        return street.names, names

    @property
    def part_rows(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Each ticked street with its fields."""
        return [(street, [self[name] for name in names]) for street, names in self.rows]

    def clean(self) -> dict[str, Any]:
        """What the choice needs, and a range that makes sense."""
        cleaned = self.cleaned_data
        who = cleaned.get("who")
        if who == STREETS and not cleaned.get("streets"):
            self.add_error("streets", _("Tick at least one street."))
        if who == AROUND and not cleaned.get("centre"):
            self.add_error("centre", _("Choose a street."))
        elif who == AROUND and not (cleaned.get("number") or cleaned.get("crossing")):
            self.add_error("number", _("Give a house number, or the street it crosses."))
        for _street, (_side, first, _last) in self.rows:
            if self._house_number_selector(first.partition("_")[2]).faults():
                self.add_error(first, _("Write a range like 2 to 48B, the lower number first."))
        return cleaned

    def _house_number_selector(self, street: str) -> Selector:
        cleaned = self.cleaned_data
        parts = {name: str(cleaned.get(f"{name}_{street}") or "").strip() for name in ("side", "first", "last")}
        return Selector(parts["side"] or "all", parts["first"], parts["last"])

    def target_area(self) -> TargetArea | None:
        """What was chosen; ``None`` for everybody."""
        cleaned = self.cleaned_data
        members = cleaned["members"] if self.has_firms else ""
        if cleaned["who"] == STREETS:
            return TargetArea(
                tuple((key, self._house_number_selector(str(key))) for key in cleaned["streets"]), members=members
            )
        if cleaned["who"] == AROUND:
            number = "" if cleaned["crossing"] else cleaned["number"]
            metres = cleaned["metres"] or RADII[1]
            return TargetArea(
                around=Surroundings(cleaned["centre"], metres, number, cleaned["crossing"]), members=members
            )
        return TargetArea(members=members) if members else None


def _initial_values(area: TargetArea | None) -> dict[str, Any]:
    """What the form shows of a choice that was kept."""
    if area is None or not area.is_part:
        return {"who": EVERYBODY, "metres": RADII[1], "members": area.members if area else ""}
    if area.around is not None:
        place = area.around
        return {
            "who": AROUND,
            "centre": place.street,
            "number": place.number,
            "crossing": place.crossing,
            "metres": place.metres,
            "members": area.members,
        }
    parts = {
        f"{name}_{street}": getattr(part, name) for street, part in area.parts for name in ("side", "first", "last")
    }
    return {
        "who": STREETS,
        "streets": [street for street, _part in area.parts],
        "metres": RADII[1],
        "members": area.members,
        **parts,
    }
