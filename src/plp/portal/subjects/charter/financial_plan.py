"""The form of the financing plan: its lines and the rest."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plp.charter.actions.money import PLAIN, CostEntry, FinancingEntry
from plp.charter.models import CostLine, FinancingPlan
from plp.portal.subjects.charter.forms import SHORT, day

SPARE, MOST = 3, 30  # empty lines to fill in; lines of one plan


class LineForm(forms.Form):
    """One cost. Emptied, it is taken out."""

    what = forms.CharField(label=_("What"), max_length=SHORT, required=False)
    kind = forms.ChoiceField(label=_("Kind of cost"), choices=CostLine.Kind.choices, required=False)
    yearly = forms.DecimalField(label=_("Euros a year"), required=False, max_digits=9, decimal_places=2, min_value=0)
    payer = forms.ChoiceField(label=_("Paid by"), choices=CostLine.Payer.choices, required=False)
    paid_until = day(_("Promised until"), required=False, help_text=_("Leave it empty when no end is set."))

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.empty_permitted = False  # a line that was not touched is a line too

    @property
    def named(self) -> str:
        """Which line it is, for the summary of what is wrong."""
        number = int((self.prefix or "").rpartition("-")[2]) + 1
        return str(_("Cost %(number)s") % {"number": number})

    def clean(self) -> dict[str, Any]:
        """A line has a name and an amount, or neither."""
        given: dict[str, Any] = self.cleaned_data
        if not self.errors and bool(given.get("what")) != (given.get("yearly") is not None):
            missing = "yearly" if given.get("what") else "what"
            self.add_error(missing, _("Give both: what it is, and how much a year."))
        return given


LineForms = forms.formset_factory(LineForm, extra=SPARE, max_num=MOST, absolute_max=MOST, validate_max=True)


class MoneyForm(forms.Form):
    """What belongs to the plan beside its lines."""

    costs_nothing = forms.BooleanField(label=_("The partnership costs nothing"), required=False)
    contribution = forms.DecimalField(
        label=_("Contribution, euros a member a year"),
        help_text=_("Voluntary, never a condition of membership, and no more than the members' costs. Empty: none."),
        required=False,
        max_digits=6,
        decimal_places=2,
        min_value=0,
    )
    members_expected = forms.IntegerField(label=_("Members you expect"), required=False, min_value=1, max_value=100_000)
    alternative = forms.CharField(
        label=_("What happens if funding stops?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    insurer = forms.CharField(label=_("Who insures the volunteers?"), required=False, max_length=SHORT)
    insured = forms.CharField(label=_("What is insured?"), required=False, max_length=200)
    insured_until = day(_("Insured until"), required=False)
    uninsured_because = forms.CharField(label=_("No insurance yet: why?"), required=False, max_length=200)

    def __init__(self, data: Any = None, *, plan: FinancingPlan | None) -> None:
        super().__init__(data, initial={name: getattr(plan, name) for name in PLAIN} if plan else {})


def lines_of(plan: FinancingPlan | None) -> list[dict[str, Any]]:
    """The lines of a plan, for the form."""
    names = ("what", "kind", "yearly", "payer", "paid_until")
    return [{name: getattr(line, name) for name in names} for line in plan.lines.all()] if plan else []


def entry_of(form: MoneyForm, lines: Any) -> FinancingEntry:
    """What was typed; empty lines are left out."""
    filled = [line.cleaned_data for line in lines.forms if line.cleaned_data.get("what")]
    return FinancingEntry(lines=[CostEntry(**line) for line in filled], **form.cleaned_data)
