"""Forms to ask the meeting, to count, and to vote."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from plp.evening.models import Question
from plp.evening.rules import CHOICES, VoteCounts, normalise_ballot_code, normalise_ballot_codes
from plp.membership.models import Candidate
from plp.membership.queries import candidates_of
from plp.membership.states import Candidacy
from plp.partnership.models import Partnership
from plp.partnership.translations import TranslatedText
from plp.portal.shell import fields
from plp.portal.shell.forms import Form
from plp.portal.shell.translated_fields import TranslatedTextField

VOICES = {"yes": _("Yes"), "no": _("No"), "abstain": _("I abstain")}


class PrepareQuestionForm(Form):
    """A question for the meeting; candidates put forward are offered by name."""

    kind = forms.ChoiceField(label=_("The vote is on"), choices=Question.Kind.choices, widget=forms.RadioSelect)
    candidate = forms.ChoiceField(label=_("Candidate"), required=False)
    function = forms.ChoiceField(
        label=_("For which role"), choices=[("", "–"), *Question.Function.choices], required=False
    )
    quorum = fields.number_field(
        _("Votes needed at least"),
        help_text=_("Leave 0 if every number of votes is enough."),
        initial=0,
        required=False,
    )

    def __init__(self, *args: Any, partnership: Partnership, languages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["label"] = TranslatedTextField(
            label=_("Name, or words of the question"), languages=languages, max_length=300, required=False
        )
        waiting = candidates_of(partnership).filter(state=Candidacy.PROPOSED)
        self.known: dict[str, Candidate] = {str(one.pk): one for one in waiting}
        names = [(key, f"{one.person.name} ({one.get_function_display()})") for key, one in self.known.items()]
        self.fields["candidate"].choices = [("", _("Nobody on the list")), *names]  # type: ignore[attr-defined]

    def question_values(self) -> dict[str, Any]:
        """What ``prepare_question`` wants to know."""
        given = self.cleaned_data
        asked: dict[str, Any] = {"kind": given["kind"], "quorum": given["quorum"] or 0}
        one = self.known.get(given["candidate"]) if given["kind"] == Question.Kind.PERSON else None
        if one:
            return asked | {"label": one.person.name, "function": one.function, "subject": one.pk}
        words: TranslatedText | None = given["label"]
        said = {"label": words.words, "translations": {"label": words.stored()}} if words else {}
        return asked | said | {"function": given["function"]}


class VoteCountsForm(Form):
    """Counts of hands or of ballots on paper."""

    yes = fields.number_field(_("Yes"))
    no = fields.number_field(_("No"))
    abstain = fields.number_field(capfirst(_("abstained")), required=False)

    def counts(self) -> VoteCounts:
        """What was counted."""
        given = self.cleaned_data
        return VoteCounts(given["yes"], given["no"], given["abstain"] or 0)


class PaperBallotsForm(VoteCountsForm):
    """Ballots on paper: all counts, and the codes that were torn off."""

    codes = forms.CharField(
        label=_("Codes that were torn off"),
        help_text=_("One a line. Only those that you have not entered yet."),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6, "autocapitalize": "none", "autocomplete": "off"}),
    )

    def clean_codes(self) -> list[str]:
        """The codes, each in its one form where it has one."""
        return normalise_ballot_codes(self.cleaned_data["codes"])


class BallotForm(Form):
    """A code, and a choice on each open question."""

    code = forms.CharField(
        label=_("Your code"),
        help_text=_("Nine letters and digits, as on your ballot."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "class": "code"}),
    )

    def __init__(self, *args: Any, questions: list[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        choices = [(key, VOICES[key]) for key in CHOICES]
        for question in questions:
            self.fields[str(question.pk)] = forms.ChoiceField(
                label=capfirst(question.title), choices=choices, widget=forms.RadioSelect, required=len(questions) == 1
            )

    def clean_code(self) -> str:
        """The code in its one form; what cannot be one is left to the room, which answers one thing for all."""
        return normalise_ballot_code(self.cleaned_data["code"])

    def chosen_answers_by_question(self) -> dict[Any, str]:
        """Question to choice, of those that were answered."""
        given = ((question.pk, self.cleaned_data.get(str(question.pk))) for question in self.questions)
        return {key: choice for key, choice in given if choice}
