"""The form of the financing plan: its lines and the rest."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plp.charter.actions.money import PLAIN, CostEntry, FinancingEntry
from plp.charter.models import CostLine, FinancingPlan
from plp.charter.queries import insured_plan_of_neighbour
from plp.evening.queries.decisions import EveningAgreement, agreement_of_last_held_evening
from plp.membership.models import Membership
from plp.membership.states import Belonging
from plp.partnership.models import Partnership
from plp.partnership.translations import TranslatedText
from plp.people.models import Person
from plp.portal.shell.fields import day_field
from plp.portal.shell.forms import Form
from plp.portal.shell.translated_fields import TranslatedTextField
from plp.portal.subjects.charter.forms import SHORT

SPARE, MOST = 3, 30  # empty lines to fill in; lines of one plan


class CostLineForm(Form):
    """One cost. Emptied, it is taken out."""

    kind = forms.ChoiceField(label=_("Kind of cost"), choices=CostLine.Kind.choices, required=False)
    yearly = forms.DecimalField(label=_("Euros a year"), required=False, max_digits=9, decimal_places=2, min_value=0)
    payer = forms.ChoiceField(label=_("Paid by"), choices=CostLine.Payer.choices, required=False)
    paid_until = day_field(_("Promised until"), required=False, help_text=_("Leave it empty when no end is set."))

    def __init__(self, *given: Any, languages: Sequence[str], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["what"] = TranslatedTextField(
            label=_("What"),
            languages=languages,
            topic="cost",
            max_length=SHORT,
            initial=self.initial.get("what"),
            required=False,
        )
        self.order_fields(["what"])
        self.empty_permitted = False  # a line that was not touched is a line too

    @property
    def summary_label(self) -> str:
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


LineForms = forms.formset_factory(CostLineForm, extra=SPARE, max_num=MOST, absolute_max=MOST, validate_max=True)


TEXTS = {  # label, topic of the common sentences, most characters
    "alternative": (_("What happens if funding stops?"), "alternative", 1000),
    "insured": (_("What is insured?"), "insured", 200),
    "uninsured_because": (_("No insurance yet: why?"), "uninsured", 200),
}


@dataclass(frozen=True)
class FinancingProposal:
    """What is known before anybody has written the plan: what the evening ``agreement`` says, who insures the
    volunteers of a partnership beside this one, how many ``members`` have registered.
    """

    agreement: EveningAgreement | None = None
    insurance: FinancingPlan | None = None
    members: int = 0

    @property
    def contribution(self) -> Decimal | None:
        """The contribution on which the evening agreed."""
        return self.agreement.contribution if self.agreement else None

    def initial_values(self) -> dict[str, Any]:
        """The values with which an empty form begins. Members are counted only where they contribute."""
        values: dict[str, Any] = {"contribution": self.contribution or None}
        if self.contribution and self.agreement:
            values["members_expected"] = max(self.members, self.agreement.forms) or None
        if self.insurance:
            values |= {"insurer": self.insurance.insurer, "insured_until": self.insurance.insured_until}
        return values


def financing_proposal(partnership: Partnership, reader: Person, *, at: datetime) -> FinancingProposal:
    """What ``reader`` need not type into the financing plan: each may be corrected."""
    registered = Membership.objects.filter(partnership=partnership, state__in=[Belonging.ACTIVE, Belonging.PENDING])
    return FinancingProposal(
        agreement=agreement_of_last_held_evening(partnership),
        insurance=insured_plan_of_neighbour(partnership, reader, at=at),
        members=registered.count(),
    )


class FinancingPlanForm(Form):
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
    insurer = forms.CharField(label=_("Who insures the volunteers?"), required=False, max_length=SHORT)
    insured_until = day_field(_("Insured until"), required=False)

    def __init__(
        self, data: Any = None, *, plan: FinancingPlan | None, proposal: FinancingProposal, languages: Sequence[str]
    ) -> None:
        super().__init__(
            data, initial={name: getattr(plan, name) for name in PLAIN} if plan else proposal.initial_values()
        )
        for name, (label, topic, most) in TEXTS.items():
            source = plan or (proposal.insurance if name == "insured" else None)
            text = source.text_of(name, languages) if source else None
            self.fields[name] = TranslatedTextField(
                label=label, languages=languages, topic=topic, max_length=most, initial=text, required=False
            )
            self.initial.pop(name, None)  # the field knows it, with its language


def initial_lines_of(plan: FinancingPlan | None, languages: Sequence[str]) -> list[dict[str, Any]]:
    """The lines of a plan, for the form."""
    names = ("kind", "yearly", "payer", "paid_until")
    return [
        {"what": line.text_of("what", languages), **{name: getattr(line, name) for name in names}}
        for line in (plan.lines.all() if plan else [])
    ]


def financing_entry_of(form: FinancingPlanForm, lines: Any) -> FinancingEntry:
    """What was typed; empty lines are left out."""
    filled = [line.cleaned_data for line in lines.forms if line.cleaned_data.get("what")]
    return FinancingEntry(
        lines=[CostEntry(**_flatten_translated_texts(line, ["what"])) for line in filled],
        **_flatten_translated_texts(form.cleaned_data, TEXTS),
    )


def _flatten_translated_texts(typed: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """The values of a row: of each text its words, and beside them its language and its sisters."""
    texts: dict[str, TranslatedText] = {name: typed[name] for name in names if typed[name]}
    words = {name: texts[name].words if name in texts else "" for name in names}
    return {**typed, **words, "translations": {name: text.stored() for name, text in texts.items()}}
