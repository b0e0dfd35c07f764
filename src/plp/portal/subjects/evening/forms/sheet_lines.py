"""The lines of the sheet of an evening that are added one by one. An empty line is none."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from plp.evening.actions.contributions import TASKS
from plp.evening.models import Decision, Opinion, Question
from plp.evening.rules import VoteCounts
from plp.evening.sheet import AgreementLine, NewCandidate, OpinionLine, VolunteerLine
from plp.portal.shell import fields
from plp.portal.shell.forms import Form
from plp.portal.shell.person_form import valid_name
from plp.portal.subjects.evening.forms.sheet_votes import COMPLETE_VOTE
from plp.portal.subjects.evening.forms.voices import OFFERS, clean_phone_or_email

MOST = 40  # lines of one kind on one sheet


class SheetLineForm(Form):
    """One line. Without ``main``, the field that names it, the line is empty; one that was kept is then taken out."""

    main = "words"
    kind: Any = ""
    rows: tuple[tuple[str, ...], ...] = (("words",),)  # the fields as they stand beside each other
    row = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.empty_permitted = False  # a line that was not touched is a line too

    def fields_by_row(self) -> list[list[forms.BoundField]]:
        """The fields of the line, row by row."""
        return [[self[name] for name in names] for names in self.rows]

    @property
    def summary_label(self) -> str:
        """Which line it is, for the summary of what is wrong."""
        return f"{self.kind} {int((self.prefix or '-0').rpartition('-')[2]) + 1}"

    @property
    def is_in_use(self) -> bool:
        """Whether something is to be written down, or taken out."""
        return bool(self.cleaned_data.get(self.main) or self.cleaned_data.get("row"))

    def clean_name(self) -> str:
        """The name in its one form, if there is one."""
        return self._check_if_changed("name", valid_name)

    def clean_reach(self) -> str:
        """A telephone number or an e-mail address, if there is one."""
        return self._check_if_changed("reach", clean_phone_or_email)

    def _check_if_changed(self, name: str, check: Callable[[str], str]) -> str:
        """What was typed, checked unless it stood there before."""
        typed: str = self.cleaned_data[name]
        return check(typed) if typed and typed != self.initial.get(name) else typed

    def clean(self) -> dict[str, Any]:
        """Whoever wrote something else wrote the main thing too."""
        typed: dict[str, Any] = self.cleaned_data
        is_begun = any(map(typed.get, self.fields_needing_main()))
        if is_begun and not (typed.get(self.main) or typed.get("row") or self.main in self.errors):
            self.add_error(self.main, _("Fill this in too, or empty the line."))
        return typed

    def fields_needing_main(self) -> list[str]:
        """The fields that say nothing without the main one."""
        return [name for name in self.fields if name not in {self.main, "row", "about", "function"}]

    def require_if_begun(self, *names: str) -> None:
        """Ask for what a line that is begun cannot do without."""
        for name in names:
            if self.cleaned_data.get(self.main) and not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, _("Fill this in too, or empty the line."))


class CandidateLineForm(SheetLineForm):
    """Somebody who stood at the evening and was voted on."""

    main, kind = "name", _("Candidate")
    rows = (("name", "function", "reach"), ("yes", "no", "abstain"))
    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    function = forms.ChoiceField(
        label=_("For which role"),
        choices=Question.Function.choices,
        initial=Question.Function.COMMITTEE,
        required=False,
    )
    reach = forms.CharField(label=_("Telephone or e-mail"), max_length=200, required=False)
    yes = fields.number_field(_("Yes"), required=False)
    no = fields.number_field(_("No"), required=False)
    abstain = fields.number_field(capfirst(_("abstained")), required=False)

    def clean(self) -> dict[str, Any]:
        """A name has a role and counts."""
        typed = super().clean()
        self.require_if_begun("function")
        if typed.get("name") and (typed.get("yes") is None or typed.get("no") is None) and not self.errors:
            self.add_error("yes", COMPLETE_VOTE)
        return typed

    def typed_line(self) -> NewCandidate:
        """What was typed."""
        typed = self.cleaned_data
        counts = VoteCounts(typed["yes"], typed["no"], typed["abstain"] or 0)
        return NewCandidate(typed["name"], typed["function"], typed["reach"], counts)


class VolunteerLineForm(SheetLineForm):
    """Somebody who wants to help."""

    main, kind = "name", _("Volunteer")
    rows = (("name", "reach"), ("tasks",))
    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    reach = forms.CharField(label=_("Telephone or e-mail"), max_length=200, required=False)
    tasks = forms.MultipleChoiceField(
        label=_("Can help with"),
        choices=[(key, OFFERS[key]) for key in TASKS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """A name can be reached."""
        typed = super().clean()
        self.require_if_begun("reach")
        return typed

    def typed_line(self) -> VolunteerLine:
        """What was typed."""
        typed = self.cleaned_data
        return VolunteerLine(typed["name"], typed["reach"], typed["tasks"], typed["row"])


class AgreementLineForm(SheetLineForm):
    """What was agreed, who sees to it, by when."""

    kind = _("Agreement")
    rows = (("words",), ("about", "owner", "due"))
    words = forms.CharField(label=_("What was agreed"), max_length=400, required=False)
    about = forms.ChoiceField(
        label=_("About"), choices=Decision.About.choices, initial=Decision.About.ORGANISATION, required=False
    )
    owner = forms.CharField(label=_("Who sees to it"), max_length=200, required=False)
    due = fields.day_field(_("By when"), required=False)

    def clean(self) -> dict[str, Any]:
        """An agreement has somebody who sees to it, and a day."""
        typed = super().clean()
        self.require_if_begun("about", "owner", "due")
        return typed

    def typed_line(self) -> AgreementLine:
        """What was typed."""
        typed = self.cleaned_data
        return AgreementLine(typed["about"], typed["words"], typed["owner"], typed["due"], typed["row"])


class ObjectiveLineForm(SheetLineForm):
    """An objective that the evening added."""

    kind = _("Objective")
    words = forms.CharField(label=_("What should be reached"), max_length=500, required=False)


class OpinionLineForm(SheetLineForm):
    """On what somebody has which opinion."""

    main, kind = "about", _("Opinion")
    rows = (("about", "view", "name"),)
    about = forms.ChoiceField(label=_("About"), choices=[("", "–"), *Opinion.About.choices], required=False)
    view = forms.ChoiceField(label=_("Opinion"), choices=[("", "–"), *Opinion.View.choices], required=False)
    name = forms.CharField(label=_("Name, if they wish"), max_length=120, required=False)

    def clean(self) -> dict[str, Any]:
        """A subject has an opinion."""
        typed = super().clean()
        self.require_if_begun("view")
        return typed

    def fields_needing_main(self) -> list[str]:
        """The opinion and the name."""
        return ["view", "name"]

    def typed_line(self) -> OpinionLine:
        """What was chosen."""
        typed = self.cleaned_data
        return OpinionLine(typed["about"], typed["view"], typed["name"], typed["row"])


def line_formset_factory(form: type[SheetLineForm], spare: int) -> type[forms.BaseFormSet]:
    """A set of lines of one kind with so many empty ones."""
    return forms.formset_factory(form, extra=spare, max_num=MOST, absolute_max=MOST, validate_max=True)


CandidateLines = line_formset_factory(CandidateLineForm, 8)
VolunteerLines = line_formset_factory(VolunteerLineForm, 8)
AgreementLines = line_formset_factory(AgreementLineForm, 6)
ObjectiveLines = line_formset_factory(ObjectiveLineForm, 3)
OpinionLines = line_formset_factory(OpinionLineForm, 8)
