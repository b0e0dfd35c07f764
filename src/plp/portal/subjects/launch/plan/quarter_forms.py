"""The forms of a change of a quarter: what, which streets, whose office goes."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext_lazy as _

from plp.launch.actions.quarter_changes import QuarterPlan
from plp.launch.models import QuarterChange
from plp.mandates.models import Mandate
from plp.partnership.models import Partnership
from plp.places.models import Street
from plp.places.queries import StreetPart
from plp.places.rules import Selector
from plp.portal.shell.fields import day_field
from plp.portal.shell.forms import Form
from plp.portal.subjects.launch.plan.forms import ReasonForm
from plp.portal.subjects.launch.plan.street_ticks import leaving_streets_field

SIDES = [("all", _("all numbers")), ("odd", _("odd numbers")), ("even", _("even numbers"))]
LONGEST_KEY = 40


class LeavingStreetPartsForm(Form):
    """Which streets go, and which part of them."""

    streets = leaving_streets_field()
    side = forms.ChoiceField(label=_("Side"), choices=SIDES)
    first = forms.CharField(label=_("From number"), max_length=20, required=False)
    last = forms.CharField(label=_("To number"), max_length=20, required=False)

    def __init__(self, *args: Any, streets: Sequence[Street], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["streets"].set_streets(streets)  # type: ignore[attr-defined]

    def clean(self) -> None:
        """A range that makes sense."""
        super().clean()
        if self._house_number_selector().faults():
            self.add_error("first", _("Write a range like 2 to 48B, the lower number first."))

    def _house_number_selector(self) -> Selector:
        typed = self.cleaned_data
        return Selector(typed.get("side", "all"), typed.get("first", ""), typed.get("last", ""))

    @property
    def parts(self) -> list[StreetPart]:
        """What was chosen."""
        return [StreetPart(street, self._house_number_selector()) for street in self.cleaned_data["streets"]]


class QuarterChangeForm(ReasonForm):
    """The day and the reason of every change."""

    kind = QuarterChange.Kind.MERGE
    day = day_field(_("On which day?"), _("In two weeks at the earliest: members may object until then."))

    def quarter_plan(self) -> QuarterPlan:
        """What was typed, as the action takes it."""
        return QuarterPlan(kind=self.kind, day=self.cleaned_data["day"], reason=self.cleaned_data["reason"])


class MergeQuartersForm(QuarterChangeForm):
    """Into which neighbour."""

    other = forms.ChoiceField(label=_("With which partnership?"))
    field_order = ["other", "day", "reason"]

    def __init__(self, *args: Any, partnerships: Iterable[Partnership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.neighbours = {neighbour.key: neighbour for neighbour in partnerships}
        choices = [(key, neighbour.name()) for key, neighbour in self.neighbours.items()]
        self.fields["other"].choices = choices  # type: ignore[attr-defined]

    def quarter_plan(self) -> QuarterPlan:
        """With the neighbour."""
        typed = self.cleaned_data
        neighbour = self.neighbours[typed["other"]]
        return QuarterPlan(kind=self.kind, day=typed["day"], reason=typed["reason"], other=neighbour)


class RedrawQuartersForm(LeavingStreetPartsForm, MergeQuartersForm):
    """To which neighbour, and which streets."""

    kind = QuarterChange.Kind.REDRAW
    field_order = ["other", "streets", "side", "first", "last", "day", "reason"]

    def quarter_plan(self) -> QuarterPlan:
        """With the neighbour and the streets."""
        typed = self.cleaned_data
        neighbour = self.neighbours[typed["other"]]
        return QuarterPlan(
            kind=self.kind, day=typed["day"], reason=typed["reason"], other=neighbour, parts=tuple(self.parts)
        )


class SplitQuarterForm(LeavingStreetPartsForm, QuarterChangeForm):
    """What the new part is called, and which streets go to it."""

    kind = QuarterChange.Kind.SPLIT
    name_fr = forms.CharField(
        label=_("Name of the new partnership, in French"),
        help_text=_("One language is enough."),
        max_length=80,
        required=False,
    )
    name_nl = forms.CharField(label=capfirst(_("in Dutch")), max_length=80, required=False)
    name_de = forms.CharField(label=capfirst(_("in German")), max_length=80, required=False)
    field_order = ["name_fr", "name_nl", "name_de", "streets", "side", "first", "last", "day", "reason"]

    def clean(self) -> None:
        """A name in one language at least."""
        super().clean()
        if not any(self.cleaned_data.get(f"name_{language}") for language in ("fr", "nl", "de")):
            self.add_error("name_fr", _("Type a name in one of the languages."))

    def quarter_plan(self) -> QuarterPlan:
        """With names, the short name made of them, and the streets."""
        typed = self.cleaned_data
        names = {language: typed[f"name_{language}"] for language in ("fr", "nl", "de") if typed[f"name_{language}"]}
        key = slugify(next(iter(names.values()), ""))[:LONGEST_KEY].strip("-")
        return QuarterPlan(
            kind=self.kind, day=typed["day"], reason=typed["reason"], key=key, names=names, parts=tuple(self.parts)
        )


class MandatesAfterChangeForm(Form):
    """Whose office stays, goes along or ends."""

    def __init__(self, *args: Any, change: QuarterChange, mandates: Iterable[Mandate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_merger = change.kind == QuarterChange.Kind.MERGE
        choices = [("goes", _("goes along")), ("ends", _("ends"))]
        for mandate in mandates:
            key = str(mandate.pk)
            self.fields[key] = forms.ChoiceField(
                label=f"{mandate.person.name}, {mandate.get_role_display()}",
                choices=choices if is_merger else [("stays", _("stays")), *choices],
                initial=change.roles.get(key, "ends" if is_merger else "stays"),
            )
