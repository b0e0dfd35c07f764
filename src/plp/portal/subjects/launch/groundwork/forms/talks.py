"""The talks of the beginning on one sheet: a row for each authority that was not spoken with, and the decision."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plp.launch.actions.consultations import TalkDetails
from plp.launch.models import Consultation
from plp.launch.queries.groundwork import GroundworkFacts
from plp.portal.shell.forms import Form
from plp.portal.subjects.launch.groundwork.forms.ground import AuthorityTalkForm

AUTHORITY = Consultation.Authority
HELD_BY_FACT = {  # the fact of a talk, and with whom it is held
    "police_consulted": AUTHORITY.POLICE,
    "authority_consulted": AUTHORITY.MUNICIPALITY,
    "administrative_contacted": AUTHORITY.GOVERNOR,
    "judicial_contacted": AUTHORITY.PROSECUTOR,
}


def missing_authorities(facts: GroundworkFacts) -> list[Consultation.Authority]:
    """With whom a talk is still needed, in the order of the step plan (R12, R13)."""
    missing = [authority for fact, authority in HELD_BY_FACT.items() if getattr(facts, fact) is None]
    by_municipality = AUTHORITY.MUNICIPALITY in missing  # its talk is the one with the administrative authority, too
    return [authority for authority in missing if not (by_municipality and authority == AUTHORITY.GOVERNOR)]


class TalkRowForm(AuthorityTalkForm):
    """One row of the sheet; left as it was, it is no talk."""

    authority = forms.ChoiceField(choices=AUTHORITY.choices, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, authority: Consultation.Authority) -> None:
        initial = {"authority": authority.value, "outcome": Consultation.Outcome.AGREED}
        super().__init__(
            data, prefix=authority.value, initial=initial, empty_permitted=True, use_required_attribute=False
        )
        self.title = authority.label


class GoOnForm(Form):
    """The decision that follows the talks (R12)."""

    goes_on = forms.BooleanField(
        label=_("We go on: the creation begins"),
        help_text=_("Once every talk is noted. From then on people can register."),
        required=False,
    )


class TalkSheet:
    """Every row and the decision, as one form. ``decides``: whether the reader may decide."""

    def __init__(self, data: Any, facts: GroundworkFacts, *, decides: bool) -> None:
        self.rows = [TalkRowForm(data, authority=authority) for authority in missing_authorities(facts)]
        self.decision = GoOnForm(data) if decides else None
        self.forms: list[forms.Form] = [*self.rows, *filter(None, [self.decision])]

    def is_valid(self) -> bool:
        """Whether every row that was written in is complete."""
        answers = [form.is_valid() for form in self.forms]  # all of them: each shows its errors
        return all(answers)

    @property
    def filled_in_talks(self) -> list[tuple[TalkRowForm, TalkDetails]]:
        """The rows that were written in, with what they say."""
        return [(row, row.talk) for row in self.rows if row.has_changed()]

    @property
    def decides_to_go_on(self) -> bool:
        """Whether the decision is taken with it."""
        return self.decision is not None and self.decision.cleaned_data["goes_on"]
