"""The forms about mandates: shapes only; who may and whether it can be is asked by the actions."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from plp.delivery.channel import BadAddress
from plp.delivery.installed import channels
from plp.mandates.grants import Role, Task
from plp.membership.models import Candidate
from plp.membership.queries import confirmed_contacts_of_members
from plp.membership.states import Function
from plp.partnership.models import Partnership
from plp.places.models import Area
from plp.portal.shell.fields import NamedChoiceField, day_field
from plp.portal.shell.forms import Form
from plp.portal.shell.person_form import PersonForm, clean_address
from plp.portal.subjects.mandates.staff import DESIGNATED
from plp.toolbox.clock import local
from plp.toolbox.words import fold

KINDS = {
    Area.Kind.ZONE: _("the whole zone %(name)s"),
    Area.Kind.MUNICIPALITY: _("the municipality %(name)s"),
    Area.Kind.QUARTER: _("the neighbourhood %(name)s"),
}
MOST_VOTES = 99_999


class AreaWithKindField(NamedChoiceField):
    """A choice among the areas of a chief of corps, each with its kind."""

    def label_from_instance(self, obj: Area) -> str:
        """Kind and name."""
        return str(KINDS[Area.Kind(obj.kind)]) % {"name": obj.name(self.language)}


class DesignateForm(PersonForm):
    """Who becomes what, where, and by which decision (R53)."""

    role = forms.ChoiceField(
        label=_("Role"), widget=forms.RadioSelect, choices=[(role.value, role.label) for role in DESIGNATED]
    )
    decision = forms.CharField(
        label=_("Your decision"),
        help_text=_("Its date and reference, for example: service order 12 of 20 November 2026."),
        max_length=200,
    )

    def __init__(self, *given: Any, areas: Any, spoken: str, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["area"] = AreaWithKindField(label=_("For"), queryset=areas, language=spoken, empty_label=None)
        self.initial.setdefault("language", spoken)
        self.order_fields(["name", "email", "language", "role", "area", "decision"])

    def clean_decision(self) -> str:
        """A date or a number stands in it: what can be found again."""
        typed: str = self.cleaned_data["decision"]
        if not any(sign.isdigit() for sign in typed):
            raise forms.ValidationError(_("Write the date and the reference, so that the decision can be found again."))
        return typed

    def clean_role(self) -> Role:
        """The role itself."""
        return Role(self.cleaned_data["role"])


class ProposeCandidateForm(Form):
    """Somebody who belongs to the partnership, found by the name and contact they gave: nobody browses a list (T15).

    A contact alone tells neither whose it is nor whether somebody is a member (T13).
    """

    function = forms.ChoiceField(label=_("As"), widget=forms.RadioSelect, choices=Function.choices)
    contact = forms.CharField(
        label=_("Their e-mail address or telephone number"),
        help_text=_("The one they registered with. Ask them for it."),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    name = forms.CharField(label=_("Their name"), help_text=_("As they registered it."), max_length=120)
    agrees = forms.BooleanField(label=_("They agree to be put forward."))

    def __init__(self, *given: Any, partnership: Partnership, **named: Any) -> None:
        super().__init__(*given, **named)
        self.partnership = partnership

    def clean(self) -> None:
        """The person, as ``person``."""
        raw, name = self.cleaned_data.get("contact", ""), self.cleaned_data.get("name", "")
        if not raw or not name:
            return
        points = confirmed_contacts_of_members(self.partnership, _addresses_by_channel(raw))
        people = {point.person_id: point.person for point in points if fold(point.person.name) == fold(name)}
        if len(people) == 1:
            (self.cleaned_data["person"],) = people.values()
        else:
            words = _("No member registered with this name and this contact. Ask them for both, as they typed them.")
            self.add_error("contact", words)


def _addresses_by_channel(raw: str) -> list[tuple[str, str]]:
    """What was typed, as an address of each channel that can read it."""
    found = []
    for key, channel in channels().items():
        try:
            found.append((key, channel.normalise(raw)))
        except BadAddress:
            continue
    return found


class _PastDayForm(Form):
    """A day that has come."""

    def __init__(self, *given: Any, at: datetime, **named: Any) -> None:
        super().__init__(*given, **named)
        self.today = local(at).date()

    def past_day_of_field(self, field_name: str) -> Any:
        """The day, unless it is still to come."""
        typed = self.cleaned_data[field_name]
        if typed > self.today:
            raise forms.ValidationError(_("This day is still to come. Enter the day on which it took place."))
        return typed


class CandidateVoteForm(_PastDayForm):
    """What the members said, at which meeting, with how many votes."""

    outcome = forms.ChoiceField(
        label=_("What did the members decide?"),
        widget=forms.RadioSelect,
        choices=[("approved", _("They approved")), ("rejected", _("They did not approve"))],
    )
    decided_on = day_field(_("Day of the vote"))
    occasion = forms.CharField(
        label=_("Meeting"), help_text=_("For example: information evening, school hall."), max_length=120
    )
    votes_for = forms.IntegerField(label=_("Votes for"), min_value=0, max_value=MOST_VOTES)
    votes_against = forms.IntegerField(label=_("Votes against"), min_value=0, max_value=MOST_VOTES)
    abstentions = forms.IntegerField(label=_("Abstentions"), min_value=0, max_value=MOST_VOTES, initial=0)

    def __init__(self, *given: Any, members: int, **named: Any) -> None:
        super().__init__(*given, **named)
        self.members = members

    def clean_decided_on(self) -> Any:
        """A day that has come."""
        return self.past_day_of_field("decided_on")

    def clean(self) -> None:
        """More votes for than against, where the members approved; more votes than members are asked about once."""
        given = self.cleaned_data
        total = sum(given.get(name) or 0 for name in ("votes_for", "votes_against", "abstentions"))
        if total > self.members:
            self.fields["was_public"] = forms.BooleanField(label=_("Others than members voted too"), required=False)
        if total > self.members and not self.data.get("was_public"):
            words = _("%(votes)d votes, and %(members)d members. Check the numbers, or tick that others voted too.")
            self.add_error("votes_for", words % {"votes": total, "members": self.members})
        votes = given.get("votes_for"), given.get("votes_against")
        if given.get("outcome") == "approved" and None not in votes and votes[0] <= votes[1]:  # type: ignore[operator]
            self.add_error("votes_for", _("An approval needs more votes for than against. Check the numbers."))

    @property
    def vote_values(self) -> dict[str, Any]:
        """Everything but the outcome, as the actions want it."""
        names = ("decided_on", "occasion", "votes_for", "votes_against", "abstentions")
        return {name: self.cleaned_data[name] for name in names}


class AppointmentForm(_PastDayForm):
    """One candidate whom the members chose: the slip of the screening where the role needs one, the day and the outcome
    and no more (R36); and the appointment. Left as it was, nothing is done.
    """

    outcome = forms.ChoiceField(
        label=_("Outcome of the screening"),
        widget=forms.RadioSelect,
        choices=[("", capfirst(_("not known yet"))), ("fit", _("Favourable")), ("unfit", _("Not favourable"))],
        required=False,
    )
    screened_on = day_field(_("Day of the screening"), required=False)
    appoints = forms.BooleanField(label=_("Appoint"), required=False)
    email = forms.CharField(
        label=_("E-mail address for signing in"),
        help_text=_("Leave it empty to use the address they gave as a member."),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, data: Any, *, candidate: Candidate, belongs: str, at: datetime) -> None:
        super().__init__(data, prefix=str(candidate.pk), at=at, use_required_attribute=False)
        self.candidate, self.belongs = candidate, belongs
        self.needs_screening = candidate.function != Function.COMMITTEE and candidate.screened_on is None
        if not self.needs_screening:
            del self.fields["outcome"], self.fields["screened_on"]

    def clean_screened_on(self) -> Any:
        """A day that has come."""
        return self.past_day_of_field("screened_on") if self.cleaned_data["screened_on"] else None

    def clean_email(self) -> str:
        """A usable address in its normal form, or nothing."""
        raw: str = self.cleaned_data["email"]
        return clean_address("email", raw) if raw else ""

    def clean(self) -> None:
        """An outcome has its day, and whoever is appointed was screened where the role needs it."""
        if not self.needs_screening:
            return
        outcome, appoints = self.cleaned_data.get("outcome"), self.cleaned_data.get("appoints")
        if outcome and not self.cleaned_data.get("screened_on") and "screened_on" not in self.errors:
            self.add_error("screened_on", _("Enter the day of the screening."))
        if appoints and outcome != "fit":
            self.add_error("appoints", _("Nobody is appointed before a favourable screening."))


class TasksForm(Form):
    """The tasks of one committee member, ticked one by one (R37)."""

    tasks = forms.MultipleChoiceField(
        label=_("Tasks"), widget=forms.CheckboxSelectMultiple, choices=Task.choices, required=False
    )


class EndMandateForm(Form):
    """When a mandate ends: today, or with a day to come. Where nobody could release any more, that is ticked."""

    last_day = day_field(
        _("Last day"), _("Leave it empty: it ends now. A later day than before is possible, too."), required=False
    )
    accepts_gap = forms.BooleanField(
        label=_("I know that nobody can release a message then, and I see to it today."), required=True
    )

    def __init__(self, *given: Any, leaves_gap: bool, **named: Any) -> None:
        super().__init__(*given, **named)
        if not leaves_gap:
            del self.fields["accepts_gap"]


class ResignForm(Form):
    """The last day of one's own mandate."""

    last_day = forms.DateField(
        label=_("Your last day"),
        help_text=_("From the day after, you can do nothing more in this role."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
