"""Forms of the evenings. They validate shape; whether it can be is decided in the room."""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from plp.evening import actions as evening
from plp.evening.actions.voices import TASKS
from plp.evening.models import Decision, Meeting, Question
from plp.evening.rules import CHOICES, MOST, Counts, fits_clock, read_code, read_codes
from plp.evening.states import Purpose
from plp.partnership.models import Candidate, Partnership
from plp.partnership.queries import candidates
from plp.partnership.states import Candidacy
from plp.toolbox.clock import BRUSSELS, local

CLOCK = {
    "past": ("day", _("This date is past. Choose a date and an hour that are still to come.")),
    "backwards": ("until", _("The meeting would end before it begins. Change one of the two hours.")),
    "long": ("until", _("The meeting would end before it begins. Change one of the two hours.")),
}
VOICES = {"yes": _("Yes"), "no": _("No"), "abstain": _("I abstain")}
OFFERS = {
    "committee": _("Sit on the steering committee"),
    "coordinator": _("Be the coordinator"),
    "deputy": _("Be a deputy coordinator"),
    "letters": _("Carry letters"),
    "welcome": _("Welcome people"),
    "languages": _("Translate"),
    "other": _("Something else"),
}


def _hour(label: Any) -> forms.TimeField:
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


def _number(label: Any, most: int = MOST, **more: Any) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(label=label, min_value=0, max_value=most, widget=widget, **more)


def _words(label: Any, most: int, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": 4}), **more)


class PlanForm(forms.Form):
    """When, where, for whom."""

    purpose = forms.ChoiceField(label=_("What kind of meeting"), choices=Purpose.choices, widget=forms.RadioSelect)
    day = _day(_("Day"))
    begins = _hour(_("From what time"))
    until = _hour(_("Until what time"))
    place = forms.CharField(label=_("Place"), help_text=_("For example: parish hall, first floor."), max_length=120)
    street = forms.CharField(label=_("Street, number and town"), max_length=200)
    access = forms.CharField(
        label=_("Getting in"),
        help_text=_("Steps, lift, parking, bus, interpreter. Who needs help must know before."),
        max_length=400,
        required=False,
    )
    capacity = _number(_("How many people fit in"), 5_000, required=False)
    languages = forms.MultipleChoiceField(
        label=_("Languages of the meeting"), choices=settings.LANGUAGES, widget=forms.CheckboxSelectMultiple
    )
    voters = forms.ChoiceField(label=_("Who votes"), choices=Meeting.Voters.choices, widget=forms.RadioSelect)

    def __init__(self, data: Any, *, partnership: Partnership, meeting: Meeting | None = None) -> None:
        known = _known(meeting) if meeting else {"languages": partnership.languages, "voters": "person"}
        super().__init__(data, initial={"purpose": Purpose.INFORMATION} | known)
        if meeting:
            del self.fields["purpose"]

    def plan(self) -> evening.Plan:
        """What was typed, on a Belgian clock."""
        given = dict(self.cleaned_data)
        day, begins, until = (given.pop(name) for name in ("day", "begins", "until"))
        starts_at = datetime.combine(day, begins, tzinfo=BRUSSELS)
        return evening.Plan(starts_at=starts_at, ends_at=datetime.combine(day, until, tzinfo=BRUSSELS), **given)

    def fits(self, at: datetime) -> bool:
        """Whether the hours can be; else the form says at the field what is wrong."""
        plan = self.plan()
        wrong = fits_clock(plan.starts_at, plan.ends_at, at)
        if wrong:
            self.add_error(*CLOCK[wrong])
        return not wrong


def _known(meeting: Meeting) -> dict[str, Any]:
    starts, ends = local(meeting.starts_at), local(meeting.ends_at)
    same = ("place", "street", "access", "capacity", "languages", "voters")
    return {name: getattr(meeting, name) for name in same} | {
        "day": starts.date(),
        "begins": starts.time(),
        "until": ends.time(),
    }


class ReasonForm(forms.Form):
    """Why a meeting does not take place."""

    because = forms.CharField(label=_("Reason"), help_text=_("Everybody can read it."), max_length=300)


class ThemeForm(forms.Form):
    """A theme at the end of the agenda."""

    title = forms.CharField(label=_("Theme"), max_length=120)
    duration = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=240, initial=15)


class RecordForm(forms.Form):
    """What was said on a point."""

    record = _words(_("What was said"), 4_000, required=False)


class PresenceForm(forms.Form):
    """How many are on the list on paper."""

    persons = _number(_("People on the list on paper"), 5_000)


class FormsForm(forms.Form):
    """How many registration forms on paper came in."""

    forms = _number(_("Registration forms on paper"), 5_000)


class NumberForm(forms.Form):
    """How many ballots to print."""

    number = forms.IntegerField(label=_("How many ballots"), min_value=0, max_value=300, initial=60)


class AskForm(forms.Form):
    """A question for the meeting; candidates put forward are offered by name."""

    kind = forms.ChoiceField(label=_("The vote is on"), choices=Question.Kind.choices, widget=forms.RadioSelect)
    candidate = forms.ChoiceField(label=_("Candidate"), required=False)
    label = forms.CharField(label=_("Name, or words of the question"), max_length=300, required=False)
    function = forms.ChoiceField(label=_("As what"), choices=[("", "–"), *Question.Function.choices], required=False)
    quorum = _number(
        _("Votes needed at least"),
        help_text=_("Leave 0 if every number of votes is enough."),
        initial=0,
        required=False,
    )

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waiting = candidates(partnership).filter(state=Candidacy.PROPOSED)
        self.known: dict[str, Candidate] = {str(one.pk): one for one in waiting}
        names = [(key, f"{one.person.name} ({one.get_function_display()})") for key, one in self.known.items()]
        self.fields["candidate"].choices = [("", _("Nobody of the list")), *names]  # type: ignore[attr-defined]

    def question(self) -> dict[str, Any]:
        """What ``actions.ask`` wants to know."""
        given = self.cleaned_data
        asked: dict[str, Any] = {"kind": given["kind"], "quorum": given["quorum"] or 0}
        one = self.known.get(given["candidate"]) if given["kind"] == Question.Kind.PERSON else None
        if one:
            return asked | {"label": one.person.name, "function": one.function, "subject": one.pk}
        return asked | {"label": given["label"], "function": given["function"]}


class CountsForm(forms.Form):
    """Counts of hands or of ballots on paper."""

    yes = _number(_("Yes"))
    no = _number(_("No"))
    abstain = _number(_("Abstained"), required=False)

    def counts(self) -> Counts:
        """What was counted."""
        given = self.cleaned_data
        return Counts(given["yes"], given["no"], given["abstain"] or 0)


class PaperForm(CountsForm):
    """Ballots on paper: all counts, and the codes that were torn off."""

    codes = forms.CharField(
        label=_("Codes that were torn off"),
        help_text=_("One a line. Only those that you have not entered yet."),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6, "autocapitalize": "none", "autocomplete": "off"}),
    )

    def clean_codes(self) -> list[str]:
        """The codes, each in its one form where it has one."""
        return read_codes(self.cleaned_data["codes"])


class BallotForm(forms.Form):
    """A code, and a choice on each open question."""

    code = forms.CharField(
        label=_("Your code"),
        help_text=_("Six letters and digits, as on your ballot."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "class": "code"}),
    )

    def __init__(self, *args: Any, questions: list[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        choices = [(key, VOICES[key]) for key in CHOICES]
        for question in questions:
            self.fields[str(question.pk)] = forms.ChoiceField(
                label=question.title, choices=choices, widget=forms.RadioSelect, required=len(questions) == 1
            )

    def clean_code(self) -> str:
        """The code in its one form; what cannot be one is left to the room, which answers one thing for all."""
        return read_code(self.cleaned_data["code"])

    def choices(self) -> dict[Any, str]:
        """Question to choice, of those that were answered."""
        given = ((question.pk, self.cleaned_data.get(str(question.pk))) for question in self.questions)
        return {key: choice for key, choice in given if choice}


class HereForm(forms.Form):
    """I am here, with how many; the name only if one wants."""

    persons = forms.IntegerField(label=_("How many are you"), min_value=1, max_value=12, initial=1)
    name = forms.CharField(
        label=_("Your name"),
        help_text=_("Only if you want it on the list of those present."),
        max_length=120,
        required=False,
    )


class OpinionForm(forms.Form):
    """An opinion, named or not."""

    words = _words(_("What do you think?"), 1_500, help_text=_("Write no names of others."))
    name = forms.CharField(label=_("Your name"), max_length=120, required=False)


class AnswerForm(forms.Form):
    """The answer to an opinion."""

    answer = _words(_("Answer"), 1_500)


class HelpForm(forms.Form):
    """Who wants to help, and with what."""

    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    reach = forms.CharField(label=_("Telephone or e-mail"), max_length=200)
    tasks = forms.MultipleChoiceField(
        label=_("I can help with"),
        choices=[(key, OFFERS[key]) for key in TASKS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    words = _words(_("Something to add"), 1_500, required=False)


class DecisionForm(forms.Form):
    """What was agreed, who sees to it, by when."""

    about = forms.ChoiceField(label=_("About"), choices=Decision.About.choices, widget=forms.RadioSelect)
    words = forms.CharField(label=_("What was agreed"), max_length=400)
    owner = forms.CharField(label=_("Who sees to it"), max_length=200)
    due = _day(_("By when"))


class MinutesForm(forms.Form):
    """The words of the minutes."""

    text = forms.CharField(label=_("Minutes"), max_length=60_000, widget=forms.Textarea(attrs={"rows": 28}))
