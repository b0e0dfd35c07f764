"""The forms of requests and explanations."""

from django import forms
from django.utils.translation import gettext_lazy as _

from plp.followup.actions.explanations import MOST_WORDS as MOST_EXPLAINED
from plp.followup.actions.requests import MOST_SUBJECT, MOST_WORDS
from plp.followup.models import Explanation, InformationRequest
from plp.portal.shell.fields import day_field
from plp.portal.shell.forms import Form
from plp.wording.held_words import ALL_RULES

NO_PERSON = _("Do not name or describe anybody. At most 1000 characters.")


class AskPoliceForm(Form):
    """What one wants to know, and by when."""

    read_rules = ALL_RULES  # as the action

    subject = forms.CharField(label=_("Subject"), max_length=MOST_SUBJECT)
    words = forms.CharField(
        label=_("What would you like to know?"),
        help_text=NO_PERSON,
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    due_on = day_field(label=_("By when?"), help_text=_("Ten working days are usual, and sixty days the most."))


class AnswerRequestForm(Form):
    """An answer, or no with a reason."""

    read_rules = ALL_RULES  # as the action

    outcome = forms.ChoiceField(
        label=_("What do you do?"),
        choices=[("answer", _("I answer")), ("refuse", _("I cannot answer, for this reason:"))],
        widget=forms.RadioSelect,
    )
    reason = forms.ChoiceField(
        label=_("Reason, if you cannot answer"),
        choices=[("", _("I answer")), *InformationRequest.Reason.choices],
        required=False,
    )
    words = forms.CharField(
        label=_("Your words"),
        help_text=NO_PERSON,
        max_length=MOST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def clean(self) -> dict[str, object]:
        """A refusal has a reason; an answer has words, and so has another reason."""
        given = super().clean() or {}
        refuses, reason = given.get("outcome") == "refuse", given.get("reason", "")
        if refuses and not reason:
            self.add_error("reason", _("Choose the reason for which you cannot answer."))
        if not given.get("words") and (not refuses or reason == InformationRequest.Reason.OTHER):
            self.add_error("words", _("Write a few words: whoever asked reads them."))
        return given


class ExplainForm(Form):
    """Why no message came, without a detail."""

    read_rules = ALL_RULES  # as the action

    about = day_field(label=_("Which day is it about?"))
    to = forms.ChoiceField(label=_("Who may read it?"), choices=Explanation.To.choices, widget=forms.RadioSelect)
    reason = forms.ChoiceField(label=_("Why?"), choices=Explanation.Reason.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("A few words more"),
        help_text=_("No person, no place, no detail of what happened. At most 500 characters."),
        max_length=MOST_EXPLAINED,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
